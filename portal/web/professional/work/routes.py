"""Work history: the list with its totals, registering, changing and withdrawing a period."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.credentials import Standing
from portal.domain.errors import Conflict
from portal.domain.people import Role
from portal.services.experience_totals import running_totals
from portal.services.referees import own_requests
from portal.services.shelf import own_shelf
from portal.services.work_history import (
    WorkAnswers,
    WorkRecord,
    change_work as change,
    own_work,
    own_work_period,
    register_work as register,
    withdraw_work as withdraw,
    work_problems,
)
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.professional.acting import acted, renew
from portal.web.professional.blueprint import professional
from portal.web.professional.credentials.forms import WithdrawForm
from portal.web.professional.words import Difference, change_warning, standing_tag
from portal.web.professional.work.forms import WorkForm, answers_in, answers_of
from portal.web.professional.work.pages import differences, work_page

Answer = str | Response | tuple[str, int]


@professional.get("/work")
@for_role(Role.PROFESSIONAL)
def work_history() -> str:
    """Every period of work, and what they come to."""
    house, actor = the_house(), current_actor()
    page = work_page(
        house,
        own_work(house, actor),
        documents=own_shelf(house, actor),
        requests=own_requests(house, actor),
        reach=running_totals(house, actor, on=house.clock.today()),
    )
    return render_template("professional/work_history.html", page=page)


@professional.route("/work/new", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def register_work() -> Answer:
    """Register a period of work."""
    house, actor = the_house(), current_actor()
    form = WorkForm(house)
    if request.method == "POST":
        typed = answers_in(form)
        made = acted(
            form,
            lambda: register(house, actor, said=typed, once=form.once.data),
            problems=lambda: work_problems(house, actor, typed),
        )
        if made is not None:
            flash(_("Registered. Attach a document, so that an officer can verify it."), "success")
            return redirect(url_for("professional.work_history") + f"#work-{made}", 303)
    form.show_percent()
    body = render_template("professional/register_work.html", form=form)
    return body, 422 if form.has_errors else 200


@professional.route("/work/<uuid:work_id>/change", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def change_work(work_id: UUID) -> Answer:
    """Correct a period; a stale form gets both sides, with what was typed."""
    house, actor = the_house(), current_actor()
    record = own_work_period(house, actor, work_id)
    if record.standing is Standing.WITHDRAWN:
        return redirect(url_for("professional.work_history"), 303)
    form = WorkForm(house, data=answers_of(record))
    if request.method == "GET":
        return _drawn(form, record)
    typed = answers_in(form)
    try:
        done = acted(
            form,
            lambda: change(
                house, actor, work_id=work_id, said=typed, version=form.seen_version, once=form.once.data
            ),
            problems=lambda: work_problems(house, actor, typed),
        )
    except Conflict as conflict:
        return _both_sides(form, work_id, typed, conflict)
    if done is None:
        return _drawn(form, record)
    flash(_("Saved."), "success")
    return redirect(url_for("professional.work_history") + f"#work-{done}", 303)


@professional.route("/work/<uuid:work_id>/withdraw", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def withdraw_work(work_id: UUID) -> Answer:
    """Take a period back, after a page that says what follows."""
    house, actor = the_house(), current_actor()
    record = own_work_period(house, actor, work_id)
    form = WithdrawForm(data={"version": record.version})
    if request.method == "POST":
        done = acted(
            form,
            lambda: withdraw(house, actor, work_id=work_id, version=form.seen_version, once=form.once.data),
        )
        if done is not None:
            flash(_("Withdrawn. It no longer counts."), "success")
            return redirect(url_for("professional.work_history"), 303)
    body = render_template(
        "professional/withdraw_work.html", form=form, employer=record.said.employer, work_id=work_id
    )
    return body, 422 if form.has_errors else 200


def _drawn(
    form: WorkForm, record: WorkRecord, *, sides: tuple[Difference, ...] | None = None
) -> tuple[str, int]:
    form.show_percent()
    body = render_template(
        "professional/change_work.html",
        form=form,
        employer=record.said.employer,
        work_id=record.id,
        standing=standing_tag(record.standing),
        warning=change_warning(record.standing),
        sides=sides,
    )
    return body, 409 if sides is not None else 422 if form.has_errors else 200


def _both_sides(form: WorkForm, work_id: UUID, typed: WorkAnswers, conflict: Conflict) -> tuple[str, int]:
    """The stale form again: what is recorded now beside what was typed, which is kept."""
    house = the_house()
    record = own_work_period(house, current_actor(), work_id)
    if record.standing is Standing.WITHDRAWN:
        raise conflict
    renew(form, record.version)
    return _drawn(form, record, sides=differences(house, record.said, typed))
