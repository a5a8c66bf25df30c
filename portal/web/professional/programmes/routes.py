"""The learner's pages: browse, enrol, confirm, give up."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.errors import NotFound, Refused
from portal.domain.people import Role, own_person
from portal.services.enrolments import (
    confirm_enrolment as confirm_the_place,
    enrol as ask_for_a_place,
    withdraw_enrolment as give_up_the_place,
)
from portal.services.intake_lists import (
    list_offerings,
    place_in_line,
    read_enrolment,
    read_intake,
)
from portal.services.preparation import open_requirements_by_award
from portal.web.access import current_actor, for_role
from portal.web.enrolment_words import words
from portal.web.house import the_house
from portal.web.messages.table import message_for
from portal.web.outcomes import sent_once
from portal.web.professional.blueprint import professional
from portal.web.professional.programmes.forms import EnrolForm, MoveForm
from portal.web.professional.programmes.pages import (
    EnrolmentPage,
    ProgrammePage,
    enrolment_page,
    intake_row,
    programme_page,
)


@professional.get("/bridging")
@for_role(Role.PROFESSIONAL)
def programmes() -> str:
    """What there is, and which of the reader's open requirements it prepares for."""
    return render_template("professional/programmes.html", programmes=_pages(code=None))


@professional.get("/bridging/<code>")
@for_role(Role.PROFESSIONAL)
def programme(code: str) -> str:
    """One programme: modules, intakes, and what each module prepares for."""
    found = _pages(code=code)
    if not found:
        raise NotFound("page.not_found")
    return render_template("professional/programme.html", page=found[0])


@professional.route("/bridging/cohorts/<uuid:cohort_id>/enrol", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def enrol(cohort_id: UUID) -> str | Response | tuple[str, int]:
    """Say what enrolling means, then ask for a place."""
    house, actor = the_house(), current_actor()
    form = EnrolForm()
    status = 200
    if form.validate_on_submit():
        try:
            made = sent_once(lambda: ask_for_a_place(house, actor, cohort_id=cohort_id, once=form.once.data))
            return redirect(url_for("professional.enrolment", enrolment_id=made), 303)
        except Refused as refusal:
            form.refuse(message_for(refusal))
            status = 422
    intake = read_intake(house, actor, cohort_id)
    row = intake_row(intake, today=house.clock.today())
    offered = intake.cohort.programme
    page = render_template(
        "professional/enrol.html",
        form=form,
        intake=row,
        programme=words(offered.title),
        programme_code=offered.code,
        illustrative=offered.illustrative,
    )
    return page, status


@professional.get("/bridging/enrolments/<uuid:enrolment_id>")
@for_role(Role.PROFESSIONAL)
def enrolment(enrolment_id: UUID) -> str:
    """Where an enrolment stands, what is next, and how far the learner is."""
    page = _enrolment(enrolment_id)
    form = MoveForm(formdata=None, version=page.version)
    return render_template("professional/enrolment.html", page=page, form=form)


@professional.post("/bridging/enrolments/<uuid:enrolment_id>/confirm")
@for_role(Role.PROFESSIONAL)
def confirm_enrolment(enrolment_id: UUID) -> Response | tuple[str, int]:
    """Take up a place that is offered."""
    form = MoveForm()
    form.validate()
    try:
        sent_once(
            lambda: confirm_the_place(
                the_house(),
                current_actor(),
                enrolment_id=enrolment_id,
                version=form.seen_version,
                once=form.once.data,
            )
        )
    except Refused as refusal:
        form.refuse(message_for(refusal))
        page = _enrolment(enrolment_id)
        return render_template("professional/enrolment.html", page=page, form=form), 422
    flash(_("Your place is confirmed."), "success")
    return redirect(url_for("professional.enrolment", enrolment_id=enrolment_id), 303)


@professional.route("/bridging/enrolments/<uuid:enrolment_id>/withdraw", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def withdraw_enrolment(enrolment_id: UUID) -> str | Response:
    """Ask whether it is meant, then give up the place."""
    form = MoveForm()
    if form.validate_on_submit():
        sent_once(
            lambda: give_up_the_place(
                the_house(),
                current_actor(),
                enrolment_id=enrolment_id,
                version=form.seen_version,
                once=form.once.data,
            )
        )
        flash(_("You gave up this place."), "success")
        return redirect(url_for("professional.enrolment", enrolment_id=enrolment_id), 303)
    page = _enrolment(enrolment_id)
    if not page.may_withdraw:
        raise NotFound("page.not_found")
    form.version.data = page.version
    return render_template("professional/withdraw_enrolment.html", page=page, form=form)


def _pages(*, code: str | None) -> list[ProgrammePage]:
    house, actor = the_house(), current_actor()
    requirements = open_requirements_by_award(house, own_person(actor))
    today = house.clock.today()
    return [
        programme_page(each, requirements, today=today) for each in list_offerings(house, actor, code=code)
    ]


def _enrolment(enrolment_id: UUID) -> EnrolmentPage:
    house = the_house()
    found = read_enrolment(house, current_actor(), enrolment_id)
    return enrolment_page(found, place_in_line(house, found), today=house.clock.today())
