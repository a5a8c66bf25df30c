"""The officers' pages of qualifications asked for: the list of their side, and the answer."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.people import Role
from portal.domain.search import LONGEST_QUERY
from portal.services.unlisted import (
    answer_request as give_answer,
    request_for_officer,
    waiting_requests,
)
from portal.web.access import current_actor, for_role
from portal.web.administrator.acting import answered, carry
from portal.web.administrator.blueprint import administrator
from portal.web.administrator.qualification_requests.forms import AnswerForm, EntrySearchForm
from portal.web.administrator.qualification_requests.pages import (
    entries_on_offer,
    request_list,
    request_view,
)
from portal.web.house import the_house

Shown = str | Response | tuple[str, int]


@administrator.get("/qualification-requests")
@for_role(Role.OFFICER)
def qualification_requests() -> Shown:
    """What waits for an answer on the officer's side, the longest wait first."""
    found = waiting_requests(the_house(), current_actor(), after=request.args.get("after", ""))
    return render_template("administrator/qualification_requests.html", page=request_list(found))


@administrator.route("/qualification-requests/<uuid:request_id>", methods=["GET", "POST"])
@for_role(Role.OFFICER)
def answer_request(request_id: UUID) -> Shown:
    """Answer one; the entries on offer are those a search finds, and the officer chooses."""
    house, actor = the_house(), current_actor()
    record = request_for_officer(house, actor, request_id)
    typed = request.args.get("q", record.title)[:LONGEST_QUERY]
    form, search = AnswerForm(), EntrySearchForm(formdata=None, data={"q": typed})
    form.offer(entries_on_offer(house, typed, form.listed_as.data or ""))
    said = form.answered()
    answer = answered(
        form,
        lambda: give_answer(
            house,
            actor,
            request_id=request_id,
            version=form.seen_version,
            answered=said,
            once=form.once.data,
        ),
    )
    if answer.result is not None:
        flash(_("Answered. The person is told by e-mail to read it here."), "success")
        return redirect(url_for("administrator.qualification_requests"), 303)
    page = request_view(record)
    carry(form, page.version, answer)
    form.lay_out()
    body = render_template(
        "administrator/answer_request.html", form=form, search=search, page=page, typed=typed
    )
    return body, answer.status
