"""The queue of an officer's side."""

from __future__ import annotations

from flask import render_template, request

from portal.domain.people import Role
from portal.services.open_reviews import cases_with_open_review
from portal.services.queue import list_queue
from portal.services.queue_order import QueueFilter
from portal.web.access import current_actor, for_role
from portal.web.administrator.blueprint import administrator
from portal.web.administrator.queue.forms import QueueForm
from portal.web.administrator.queue.pages import queue_page
from portal.web.house import the_house


@administrator.get("/")
@for_role(Role.OFFICER)
def queue() -> tuple[str, int]:
    """The cases of the officer's side, filtered as asked; a filter that makes no sense is said."""
    house = the_house()
    form = QueueForm(house.rulebook.tracks.values(), formdata=request.args)
    is_sound = form.validate()
    after = request.args.get("after", "")
    wanted = form.wanted(after) if is_sound else QueueFilter()
    queue = list_queue(house, current_actor(), wanted)
    reviewed = cases_with_open_review(house, [row.id for row in queue.rows])
    page = queue_page(queue, wanted, house.rulebook, reviewed)
    return render_template("administrator/queue.html", form=form, page=page), 200 if is_sound else 422
