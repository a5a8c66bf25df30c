"""Asking a referee, and taking a request back."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.credentials import Standing
from portal.domain.people import Role
from portal.domain.referees import State
from portal.services.referees import (
    ask_referee as ask,
    nomination_problems,
    own_request,
    withdraw_request,
)
from portal.services.work_history import own_work_period
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.limits import limiter
from portal.web.professional.acting import acted
from portal.web.professional.blueprint import professional
from portal.web.professional.referees.forms import RefereeForm, TakeBackForm
from portal.web.professional.work.pages import described

Answer = Response | tuple[str, int]


@professional.route("/work/<uuid:work_id>/referees/new", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
@limiter.limit("20 per day", methods=["POST"])
def ask_referee(work_id: UUID) -> Answer:
    """Name a referee for a period of work; the portal writes to them."""
    house, actor = the_house(), current_actor()
    work = own_work_period(house, actor, work_id)
    if work.standing is Standing.WITHDRAWN:
        return redirect(url_for("professional.work_history"), 303)
    form = RefereeForm()
    if request.method == "POST":
        said = form.nomination
        done = acted(
            form,
            lambda: ask(house, actor, work_id=work_id, said=said, once=form.once.data),
            problems=lambda: nomination_problems(house, actor, work_id, said),
        )
        if done is not None:
            flash(_("Sent. The referee has six weeks to answer, and is reminded twice."), "success")
            return redirect(url_for("professional.work_history") + f"#work-{work_id}", 303)
    lines = [{"key": label, "value": value} for label, value in described(house, work.said).values()]
    body = render_template("professional/ask_referee.html", form=form, work_id=work_id, lines=lines)
    return body, 422 if form.has_errors else 200


@professional.route("/work/referees/<uuid:request_id>/withdraw", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def withdraw_referee(request_id: UUID) -> Answer:
    """Take a request back, after a page that says what follows."""
    house, actor = the_house(), current_actor()
    record = own_request(house, actor, request_id)
    back = url_for("professional.work_history") + f"#work-{record.work_id}"
    if record.state is not State.WAITING:
        return redirect(back, 303)
    form = TakeBackForm(data={"version": record.version})
    if request.method == "POST":
        done = acted(
            form,
            lambda: withdraw_request(
                house, actor, request_id=request_id, version=form.seen_version, once=form.once.data
            ),
        )
        if done is not None:
            flash(_("Taken back. The link no longer works."), "success")
            return redirect(back, 303)
    body = render_template("professional/withdraw_referee.html", form=form, request=record)
    return body, 422 if form.has_errors else 200
