"""Asking that people look again at what the program answered about one case."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.errors import Refused
from portal.domain.people import Role
from portal.services.mapping import read_mapping
from portal.services.own_cases import read_case
from portal.services.reviews import ask_review
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.messages.table import message_for
from portal.web.outcomes import sent_once
from portal.web.professional.blueprint import professional
from portal.web.professional.reviews.forms import AskReviewForm, ask_review_form
from portal.web.professional.reviews.pages import ask_review_page

Answer = str | Response | tuple[str, int]


@professional.route("/cases/<reference>/review", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def request_review(reference: str) -> Answer:
    """Which answers people should look at, and why."""
    house, actor = the_house(), current_actor()
    case = read_case(house, actor, reference)
    mapping = read_mapping(house, actor, on=house.clock.today(), targets=[case.target], with_cases=False)
    if case.target not in mapping.verdicts:
        raise Refused("rules.not_yet_in_force")
    page = ask_review_page(case, mapping.verdicts[case.target], house.rulebook)
    form = ask_review_form(page.choices)
    if request.method == "POST" and form.validate():
        try:
            key = sent_once(lambda: _ask(reference, form))
            flash(_("Your request is recorded. We tell you when it is answered."), "success")
            return redirect(url_for("professional.application", application_id=UUID(key)), 303)
        except Refused as refused:
            form.refuse(message_for(refused), field=refused.field)
    drawn = render_template("professional/request_review.html", form=form, page=page)
    return (drawn, 422) if request.method == "POST" else drawn


def _ask(reference: str, form: AskReviewForm) -> str:
    return ask_review(
        the_house(),
        current_actor(),
        reference,
        clauses=form.meant,
        why=form.why.data or "",
        once=form.once.data,
    )
