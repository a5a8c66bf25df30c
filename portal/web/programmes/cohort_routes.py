"""Cohorts: the list, one with its learners and its line, opened and changed."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.errors import Refused
from portal.domain.people import Role
from portal.models.programmes import Cohort
from portal.services.intake_lists import list_learners, list_managed_offerings
from portal.services.programmes import (
    CohortPlan,
    change_cohort as change_the_cohort,
    managed_cohort,
    managed_programme,
    open_cohort as open_the_cohort,
    pass_on_unconfirmed_places,
)
from portal.web.access import current_actor, for_role
from portal.web.enrolment_words import words
from portal.web.forms.sending import OnceForm
from portal.web.house import the_house
from portal.web.outcomes import sent_once
from portal.web.programmes.acting import CHANGED, acted, see_version
from portal.web.programmes.blueprint import programmes
from portal.web.programmes.forms import CohortForm, NewCohortForm, spread
from portal.web.programmes.pages import cohort_page, cohort_rows, programme_card


@programmes.get("")
@for_role(Role.PROGRAMME_MANAGER)
def cohorts() -> str:
    """The programmes of the manager's side and their intakes."""
    found = list_managed_offerings(the_house(), current_actor())
    return render_template("programmes/cohorts.html", programmes=list(map(programme_card, found)))


@programmes.get("/cohorts/<uuid:cohort_id>")
@for_role(Role.PROGRAMME_MANAGER)
def cohort(cohort_id: UUID) -> str:
    """One intake: its learners, its line, their results."""
    house = the_house()
    found, learners = list_learners(house, current_actor(), cohort_id)
    page = cohort_page(found, learners, today=house.clock.today())
    return render_template("programmes/cohort.html", page=page, pass_on=OnceForm(formdata=None))


@programmes.route("/<code>/cohorts/new", methods=["GET", "POST"])
@for_role(Role.PROGRAMME_MANAGER)
def open_cohort(code: str) -> str | Response | tuple[str, int]:
    """Open an intake."""
    programme = managed_programme(the_house(), current_actor(), code)
    form = NewCohortForm()
    status = 200
    if request.method == "POST":
        made, status = acted(
            form,
            lambda: open_the_cohort(
                the_house(),
                current_actor(),
                programme_code=code,
                code=form.code.data or "",
                plan=_plan(form),
                once=form.once.data,
            ),
        )
        if made:
            return redirect(url_for("programmes.cohort", cohort_id=made), 303)
        programme = managed_programme(the_house(), current_actor(), code)
    page = render_template(
        "programmes/open_cohort.html",
        form=form,
        code=code,
        programme=words(programme.title),
        illustrative=programme.illustrative,
    )
    return page, status


@programmes.route("/cohorts/<uuid:cohort_id>/change", methods=["GET", "POST"])
@for_role(Role.PROGRAMME_MANAGER)
def change_cohort(cohort_id: UUID) -> str | Response | tuple[str, int]:
    """Change an intake's days, venue or places."""
    found = managed_cohort(the_house(), current_actor(), cohort_id)
    form = CohortForm(data=_as_it_stands(found))
    status = 200
    if request.method == "POST":
        done, status = acted(
            form,
            lambda: change_the_cohort(
                the_house(),
                current_actor(),
                cohort_id=cohort_id,
                version=form.seen_version,
                plan=_plan(form),
                once=form.once.data,
            ),
        )
        if done:
            return redirect(url_for("programmes.cohort", cohort_id=cohort_id), 303)
        found = managed_cohort(the_house(), current_actor(), cohort_id)
    if status == CHANGED:
        see_version(form, found.version)
    page = render_template(
        "programmes/change_cohort.html",
        form=form,
        cohort_id=cohort_id,
        code=found.code,
        programme=words(found.programme.title),
        illustrative=found.programme.illustrative,
        taken=found.places_taken,
        now=cohort_rows(found, 0) if status == CHANGED else (),
    )
    return page, status


@programmes.post("/cohorts/<uuid:cohort_id>/pass-on")
@for_role(Role.PROGRAMME_MANAGER)
def pass_on_places(cohort_id: UUID) -> Response:
    """Pass on the places that were not confirmed in time."""
    form = OnceForm()
    sent_once(
        lambda: pass_on_unconfirmed_places(
            the_house(), current_actor(), cohort_id=cohort_id, once=form.once.data
        )
    )
    flash(_("Places not confirmed in time were passed on."), "success")
    return redirect(url_for("programmes.cohort", cohort_id=cohort_id), 303)


def _plan(form: CohortForm) -> CohortPlan:
    plan = form.plan
    if plan is None:
        raise Refused("cohort.ends_before_it_starts", field="ends_on")
    return plan


def _as_it_stands(cohort: Cohort) -> dict[str, object]:
    return {
        **spread("venue", cohort.venue),
        "enrol_by": cohort.enrol_by,
        "starts_on": cohort.starts_on,
        "ends_on": cohort.ends_on,
        "places": str(cohort.places),
        "version": cohort.version,
    }
