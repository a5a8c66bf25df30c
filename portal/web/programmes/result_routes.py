"""Results and completions of one learner."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.enrolments import EnrolmentState, ModuleOutcome
from portal.domain.errors import Conflict, Refused
from portal.domain.people import Role
from portal.models.programmes import Enrolment
from portal.services.completions import (
    close_enrolment as close_the_enrolment,
    complete_enrolment as complete_the_enrolment,
    managed_enrolment,
    record_result as record_the_result,
)
from portal.services.intake_lists import read_learner
from portal.web.access import current_actor, for_role
from portal.web.enrolment_words import words
from portal.web.forms.fields import SelectChoice
from portal.web.house import the_house
from portal.web.programmes.acting import CHANGED, acted, see_version
from portal.web.programmes.blueprint import programmes
from portal.web.programmes.forms import ActForm, ResultForm
from portal.web.programmes.pages import LearnerPage, learner_page


@programmes.route("/enrolments/<uuid:enrolment_id>/result", methods=["GET", "POST"])
@for_role(Role.PROGRAMME_MANAGER)
def record_result(enrolment_id: UUID) -> str | Response | tuple[str, int]:
    """Record how a module ended; the results so far stand beside the form."""
    enrolment = _confirmed(enrolment_id)
    form = ResultForm(version=enrolment.version)
    modules = enrolment.cohort.programme.modules
    form.module.choices = [SelectChoice(str(each.id), words(each.title)) for each in modules]
    status = 200
    if request.method == "POST":
        done, status = acted(form, lambda: _record(form, enrolment_id))
        if done:
            flash(_("The result is recorded."), "success")
            return redirect(url_for("programmes.record_result", enrolment_id=enrolment_id), 303)
    page = _page(enrolment_id)
    if status == CHANGED:
        see_version(form, page.version)
    return render_template("programmes/record_result.html", form=form, page=page), status


@programmes.route("/enrolments/<uuid:enrolment_id>/complete", methods=["GET", "POST"])
@for_role(Role.PROGRAMME_MANAGER)
def complete_enrolment(enrolment_id: UUID) -> str | Response | tuple[str, int]:
    """Say what completing gives, then complete."""
    return _asked_then_ended(
        "programmes/complete_enrolment.html",
        enrolment_id,
        complete_the_enrolment,
        said=_("The enrolment is completed."),
    )


@programmes.route("/enrolments/<uuid:enrolment_id>/close", methods=["GET", "POST"])
@for_role(Role.PROGRAMME_MANAGER)
def close_enrolment(enrolment_id: UUID) -> str | Response | tuple[str, int]:
    """Ask whether it is meant, then close without completion."""
    return _asked_then_ended(
        "programmes/close_enrolment.html",
        enrolment_id,
        close_the_enrolment,
        said=_("The enrolment is closed without completion."),
    )


def _asked_then_ended(
    template: str, enrolment_id: UUID, end: Callable[..., str], *, said: str
) -> str | Response | tuple[str, int]:
    """A page that says what follows; sent back, it ends the enrolment and leads to the cohort."""
    enrolment = _confirmed(enrolment_id)
    form = ActForm(version=enrolment.version)
    status = 200
    if request.method == "POST":
        done, status = acted(
            form,
            lambda: end(
                the_house(),
                current_actor(),
                enrolment_id=enrolment_id,
                version=form.seen_version,
                once=form.once.data,
            ),
        )
        if done:
            flash(said, "success")
            return _back_to_cohort(enrolment_id)
    page = _page(enrolment_id)
    if status == CHANGED:
        see_version(form, page.version)
    return render_template(template, form=form, page=page), status


def _record(form: ResultForm, enrolment_id: UUID) -> str:
    on = form.on.data
    if on is None:
        raise Refused("result.in_the_future", field="on")
    return record_the_result(
        the_house(),
        current_actor(),
        enrolment_id=enrolment_id,
        version=form.seen_version,
        module_id=UUID(str(form.module.data)),
        outcome=ModuleOutcome(str(form.outcome.data)),
        on=on,
        once=form.once.data,
    )


def _confirmed(enrolment_id: UUID) -> Enrolment:
    """An enrolment that can still have results; a replay of its last form is answered too."""
    enrolment = managed_enrolment(the_house(), current_actor(), enrolment_id)
    if request.method == "GET" and enrolment.state is not EnrolmentState.CONFIRMED:
        raise Conflict("enrolment.not_confirmed")
    return enrolment


def _page(enrolment_id: UUID) -> LearnerPage:
    house = the_house()
    enrolment = managed_enrolment(house, current_actor(), enrolment_id)
    return learner_page(house, enrolment, read_learner(house, enrolment))


def _back_to_cohort(enrolment_id: UUID) -> Response:
    enrolment = managed_enrolment(the_house(), current_actor(), enrolment_id)
    return redirect(url_for("programmes.cohort", cohort_id=enrolment.cohort_id), 303)
