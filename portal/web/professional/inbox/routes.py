"""The inbox: read it, open a line, mark it all as read. Reading changes nothing; each mark is a form."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.people import Role
from portal.services.inbox import mark_read, open_line, read_inbox
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.professional.blueprint import professional
from portal.web.professional.inbox.forms import ReadForm
from portal.web.professional.inbox.pages import inbox_page
from portal.web.professional.inbox.places import place_of


@professional.get("/inbox")
@for_role(Role.PROFESSIONAL)
def inbox() -> str:
    """Everything the portal told its reader, the newest first."""
    house = the_house()
    page = inbox_page(read_inbox(house, current_actor(), after=_after()), house.stationery)
    form = ReadForm()
    form.newest.data = page.newest
    return render_template("professional/inbox.html", page=page, form=form)


@professional.post("/inbox/<uuid:notice_id>")
@for_role(Role.PROFESSIONAL)
def open_notice(notice_id: UUID) -> Response:
    """Mark one line as read and go where its matter stands."""
    line = open_line(the_house(), current_actor(), notice_id)
    return redirect(place_of(line.kind, line.facts) or url_for("professional.inbox"), 303)


@professional.post("/inbox/read")
@for_role(Role.PROFESSIONAL)
def mark_inbox_read() -> Response:
    """Mark as read what the page showed and everything before it."""
    mark_read(the_house(), current_actor(), newest=ReadForm().newest_key)
    return redirect(url_for("professional.inbox"), 303)


def _after() -> UUID | None:
    """Where an older page begins; a key that cannot be read begins at the newest."""
    try:
        return UUID(request.args["after"])
    except (KeyError, ValueError):
        return None
