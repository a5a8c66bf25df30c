"""The desk: one case with its file, and every act of the two officers."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.cases import Verdict
from portal.domain.credentials import FactKind
from portal.domain.errors import NotFound
from portal.domain.people import Role
from portal.services import assessment, decisions
from portal.services.case_files import open_file
from portal.services.confirmations import confirmations_of
from portal.services.credential_history import versions_in_file
from portal.services.decision_files import conditions_for, open_decision, open_desk_case
from portal.web.access import current_actor, for_role
from portal.web.administrator.acting import Answer, answered, carry
from portal.web.administrator.blueprint import administrator
from portal.web.administrator.desk.confirmations import confirmation_cards
from portal.web.administrator.desk.findings import fact_page, finding_page
from portal.web.administrator.desk.forms import (
    YES,
    DecideForm,
    JudgementForm,
    ReturnForm,
    VerifyFactForm,
    recommend_form,
)
from portal.web.administrator.desk.pages import case_page, decision_page, proposal_page
from portal.web.forms.sending import EditForm
from portal.web.house import the_house
from portal.web.professional.credentials.history import version_rows

Shown = str | Response | tuple[str, int]


@administrator.get("/cases/<reference>")
@for_role(Role.OFFICER)
def case(reference: str) -> Shown:
    """The assessment desk of one case."""
    return _desk(reference, EditForm(), Answer(None, 200))


@administrator.post("/cases/<reference>/begin")
@for_role(Role.OFFICER)
def begin_assessment(reference: str) -> Shown:
    """Take a submitted case onto the desk."""
    return _taken(reference, assessment.begin_assessment, _("Assessment begun. The case is assigned to you."))


@administrator.post("/cases/<reference>/assign")
@for_role(Role.OFFICER)
def assign_case(reference: str) -> Shown:
    """Take on a case that nobody has."""
    return _taken(reference, assessment.assign_case, _("The case is assigned to you."))


@administrator.route("/cases/<reference>/facts/<kind>/<uuid:fact_id>", methods=["GET", "POST"])
@for_role(Role.OFFICER)
def verify_fact(reference: str, kind: str, fact_id: UUID) -> Shown:
    """Verify or reject one fact; a fact that was changed meanwhile is shown anew, the note kept."""
    house, actor, form = the_house(), current_actor(), VerifyFactForm()
    which = _kind(kind)
    answer = answered(
        form,
        lambda: assessment.verify_fact(
            house,
            actor,
            reference=reference,
            seen=assessment.FactSeen(which, fact_id, form.seen_version),
            verified=form.finding.data == YES,
            method=form.chosen_method,
            note=form.note.data or "",
            once=form.once.data,
        ),
    )
    if answer.result is not None:
        return _back(answer.result, _("The finding is recorded."))
    file = open_file(house, actor, reference)
    page = fact_page(house, file, which, fact_id)
    carry(form, page.version, answer)
    is_credential = which is FactKind.CREDENTIAL
    kept = versions_in_file(house, file.person.person_id, fact_id) if is_credential else ()
    said = confirmations_of(house, fact_id) if which is FactKind.WORK else ()
    body = render_template(
        "administrator/verify_fact.html",
        form=form,
        page=page,
        versions=version_rows(house, kept),
        referees=confirmation_cards(said),
    )
    return body, answer.status


@administrator.route("/cases/<reference>/findings/<clause>", methods=["GET", "POST"])
@for_role(Role.OFFICER)
def record_judgement(reference: str, clause: str) -> Shown:
    """Record a finding on a clause that facts do not decide."""
    house, actor, form = the_house(), current_actor(), JudgementForm()
    answer = answered(
        form,
        lambda: assessment.record_judgement(
            house,
            actor,
            reference=reference,
            version=form.seen_version,
            clause=clause,
            finding=form.finding.data == YES,
            reason=form.reason.data or "",
            once=form.once.data,
        ),
    )
    if answer.result is not None:
        return _back(answer.result, _("The finding is recorded."))
    page = finding_page(house, open_desk_case(house, actor, reference), clause)
    carry(form, page.version, answer)
    return render_template("administrator/record_judgement.html", form=form, page=page), answer.status


@administrator.route("/cases/<reference>/recommend", methods=["GET", "POST"])
@for_role(Role.OFFICER)
def recommend(reference: str) -> Shown:
    """Recommend what a second officer should decide."""
    house, actor = the_house(), current_actor()
    read = open_desk_case(house, actor, reference)
    form = recommend_form(conditions_for(house, read))
    answer = answered(
        form,
        lambda: assessment.recommend_case(
            house,
            actor,
            reference=reference,
            version=form.seen_version,
            verdict=Verdict(str(form.verdict.data)),
            note=form.note.data or "",
            reason_codes=form.reason_codes.data or [],
            conditions=form.chosen,
            once=form.once.data,
        ),
    )
    if answer.result is not None:
        return _back(answer.result, _("Recommended. A second officer decides."))
    page = proposal_page(house, read)
    carry(form, page.version, answer)
    form.lay_out()
    return render_template("administrator/recommend.html", form=form, page=page), answer.status


@administrator.route("/cases/<reference>/decide", methods=["GET", "POST"])
@for_role(Role.OFFICER)
def decide(reference: str) -> Shown:
    """Sign the recommendation."""
    house, actor, form = the_house(), current_actor(), DecideForm()
    answer = answered(
        form,
        lambda: decisions.decide_case(
            house,
            actor,
            reference=reference,
            recommendation_id=_key(form.recommendation.data),
            version=form.seen_version,
            once=form.once.data,
        ),
    )
    if answer.result is not None:
        return _back(answer.result, _("Decided. The letter is in the applicant’s account."))
    page = decision_page(house, open_decision(house, actor, reference))
    carry(form, page.version, answer)
    if answer.status in (200, 409):
        form.recommendation.data = page.recommendation
    return render_template("administrator/decide.html", form=form, page=page), answer.status


@administrator.route("/cases/<reference>/return", methods=["GET", "POST"])
@for_role(Role.OFFICER)
def return_case(reference: str) -> Shown:
    """Send a recommended case back to its assessor."""
    house, actor, form = the_house(), current_actor(), ReturnForm()
    answer = answered(
        form,
        lambda: decisions.return_case(
            house,
            actor,
            reference=reference,
            recommendation_id=_key(form.recommendation.data),
            version=form.seen_version,
            note=form.note.data or "",
            once=form.once.data,
        ),
    )
    if answer.result is not None:
        return _back(answer.result, _("Sent back to the desk."))
    page = decision_page(house, open_decision(house, actor, reference))
    carry(form, page.version, answer)
    if answer.status in (200, 409):
        form.recommendation.data = page.recommendation
    return render_template("administrator/return_case.html", form=form, page=page), answer.status


def _desk(reference: str, form: EditForm, answer: Answer) -> Shown:
    house, actor = the_house(), current_actor()
    page = case_page(house, actor, open_file(house, actor, reference))
    carry(form, page.version, answer)
    return render_template("administrator/case.html", form=form, page=page), answer.status


def _taken(reference: str, use_case: Callable[..., str], done: str) -> Shown:
    """Run an act that takes a case; when it is refused, the desk says why."""
    form = EditForm()
    answer = answered(
        form,
        lambda: use_case(
            the_house(),
            current_actor(),
            reference=reference,
            version=form.seen_version,
            once=form.once.data,
        ),
    )
    if answer.result is not None:
        return _back(answer.result, done)
    return _desk(reference, form, answer)


def _back(reference: str, done: str) -> Response:
    flash(done, "success")
    return redirect(url_for("administrator.case", reference=reference), 303)


def _kind(kind: str) -> FactKind:
    try:
        return FactKind(kind)
    except ValueError:
        raise NotFound("page.not_found") from None


def _key(typed: str | None) -> UUID:
    """The recommendation the page showed; a key that cannot be read is nobody's."""
    try:
        return UUID(typed or "")
    except ValueError:
        return UUID(int=0)
