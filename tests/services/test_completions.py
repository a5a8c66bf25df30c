"""Results by module, completion, and what a completion sets in motion."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.cases import Stage, Verdict
from portal.domain.credentials import Standing, VerificationMethod
from portal.domain.enrolments import EnrolmentState, ModuleOutcome
from portal.domain.errors import Conflict, NotFound, NotPermitted, Refused
from portal.domain.people import Actor
from portal.domain.places import Jurisdiction
from portal.domain.sense import CredentialDays
from portal.models.cases import Case
from portal.models.credentials import Credential, Verification
from portal.models.programmes import Enrolment, Programme
from portal.models.records import JournalEntry, OutboxMessage
from portal.services.assessment import recommend_case
from portal.services.completions import close_enrolment, complete_enrolment, record_result
from portal.services.credentials import CredentialAnswers, register_credential
from portal.services.facts import dossier_of
from portal.services.house import House
from tests.builders.decisions import (
    PAPER_1_CONDITION,
    a_case,
    an_actor,
    decide,
    fact_seen,
    verify,
    verify_everything,
)
from tests.builders.programmes import (
    GIVES,
    a_cohort,
    a_programme,
    an_enrolment,
    pass_every_module,
    the_manager,
)

SHENZHEN = Jurisdiction.SHENZHEN
SECURITIES = "bridging.dual-qualification.hong-kong-securities-regulation"


@pytest.fixture
def learner(house: House, clock: SettableClock) -> Enrolment:
    """A confirmed learner, on the last day of the course."""
    enrolment = an_enrolment(house, clock, state="confirmed")
    clock.advance(enrolment.cohort.ends_on - house.clock.today())
    return enrolment


def record_first(
    house: House,
    manager: Actor,
    enrolment: Enrolment,
    *,
    outcome: ModuleOutcome = ModuleOutcome.COMPLETED,
    on: date = date(2027, 2, 1),
    version: int | None = None,
) -> None:
    record_result(
        house,
        manager,
        enrolment_id=enrolment.id,
        version=enrolment.version if version is None else version,
        module_id=enrolment.cohort.programme.modules[0].id,
        outcome=outcome,
        on=on,
    )


def test_a_later_result_replaces_an_earlier_one(house: House, learner: Enrolment) -> None:
    manager = the_manager(house, SHENZHEN)
    record_first(house, manager, learner, outcome=ModuleOutcome.NOT_COMPLETED)
    record_first(house, manager, learner, on=date(2027, 3, 1))
    (result,) = learner.results
    assert (result.outcome, result.on) == (ModuleOutcome.COMPLETED, date(2027, 3, 1))


def test_a_result_makes_older_forms_stale(house: House, learner: Enrolment) -> None:
    manager = the_manager(house, SHENZHEN)
    seen = learner.version
    record_first(house, manager, learner, version=seen)
    with pytest.raises(Conflict, match=r"row\.changed"):
        record_first(house, manager, learner, version=seen)


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2027, 3, 31), "result.in_the_future"),
        (date(2027, 1, 11), "result.before_the_course"),
    ],
)
def test_a_result_lies_between_the_first_day_and_today(
    house: House, learner: Enrolment, on: date, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        record_first(house, the_manager(house, SHENZHEN), learner, on=on)
    assert (refusal.value.code, refusal.value.field) == (code, "on")


def test_only_the_manager_of_that_side_records_completes_and_closes(house: House, learner: Enrolment) -> None:
    other = the_manager(house, Jurisdiction.HONG_KONG)
    with pytest.raises(NotPermitted):
        record_first(house, other, learner)
    with pytest.raises(NotPermitted):
        complete_enrolment(house, other, enrolment_id=learner.id, version=learner.version)
    with pytest.raises(NotPermitted):
        close_enrolment(house, other, enrolment_id=learner.id, version=learner.version)
    with pytest.raises(NotFound):
        close_enrolment(house, other, enrolment_id=uuid4(), version=1)


def test_results_are_for_confirmed_learners_and_modules_of_their_programme(
    house: House, clock: SettableClock, learner: Enrolment
) -> None:
    manager = the_manager(house, SHENZHEN)
    with pytest.raises(NotFound):
        record_result(
            house,
            manager,
            enrolment_id=learner.id,
            version=learner.version,
            module_id=uuid4(),
            outcome=ModuleOutcome.COMPLETED,
            on=house.clock.today(),
        )
    close_enrolment(house, manager, enrolment_id=learner.id, version=learner.version)
    with pytest.raises(Conflict, match=r"enrolment\.not_confirmed"):
        record_first(house, manager, learner)


def test_completion_needs_every_module(house: House, learner: Enrolment) -> None:
    manager = the_manager(house, SHENZHEN)
    record_first(house, manager, learner)
    with pytest.raises(Refused) as refusal:
        complete_enrolment(house, manager, enrolment_id=learner.id, version=learner.version)
    assert (refusal.value.code, refusal.value.params) == ("enrolment.modules_missing", {"missing": 1})


def test_a_module_not_completed_is_no_completion(house: House, learner: Enrolment) -> None:
    manager = the_manager(house, SHENZHEN)
    pass_every_module(house, learner)
    record_first(house, manager, learner, outcome=ModuleOutcome.NOT_COMPLETED)
    with pytest.raises(Refused, match=r"enrolment\.modules_missing"):
        complete_enrolment(house, manager, enrolment_id=learner.id, version=learner.version)


def test_a_completion_is_a_verified_credential_of_every_module(house: House, clock: SettableClock) -> None:
    enrolment = an_enrolment(house, clock, state="completed")
    credentials = house.session.scalars(select(Credential)).all()
    findings = house.session.scalars(select(Verification)).all()
    assert {each.qualification for each in credentials} == set(GIVES)
    assert {each.standing for each in credentials} == {Standing.VERIFIED}
    assert {each.enrolment_id for each in credentials} == {enrolment.id}
    assert {each.awarded_on for each in credentials} == {date(2027, 3, 30)}
    assert {each.method for each in findings} == {VerificationMethod.COMPLETION}
    assert {each.fact_id for each in findings} == {each.id for each in credentials}
    assert all(each.fact_version == 1 for each in findings)


def test_the_engine_counts_a_completion_at_once(house: House, clock: SettableClock) -> None:
    enrolment = an_enrolment(house, clock, state="completed")
    dossier = dossier_of(house, enrolment.person_id, on=house.clock.today())
    assert {(each.qualification, each.verified) for each in dossier.holdings} == {
        (award, True) for award in GIVES
    }


def test_a_completion_is_journaled_with_its_credentials(house: House, clock: SettableClock) -> None:
    enrolment = an_enrolment(house, clock, state="completed")
    entry = house.session.scalars(
        select(JournalEntry).where(JournalEntry.kind == "enrolment.completed")
    ).one()
    assert entry.person_id == enrolment.person_id
    assert len(entry.facts["credential"]) == len(GIVES)


def test_a_completed_enrolment_is_completed_once(house: House, clock: SettableClock) -> None:
    enrolment = an_enrolment(house, clock, state="completed")
    with pytest.raises(Conflict, match=r"enrolment\.not_in_state"):
        complete_enrolment(
            house,
            the_manager(house, SHENZHEN),
            enrolment_id=enrolment.id,
            version=enrolment.version,
        )
    assert len(house.session.scalars(select(Credential)).all()) == len(GIVES)


def test_closing_gives_no_credential(house: House, clock: SettableClock) -> None:
    enrolment = an_enrolment(house, clock, state="not_completed")
    assert enrolment.state is EnrolmentState.NOT_COMPLETED
    assert house.session.scalars(select(Credential)).all() == []


@pytest.fixture
def waiting_case(house: House) -> Case:
    """Chen Wei's case, granted on two conditions: Paper 1, and the module that prepares for it."""
    programme = a_programme(house, gives=(SECURITIES,))
    (module,) = programme.modules
    case = a_case(house, stage="under_assessment", has_paper=False)
    officer = an_actor(house, "ada_ko")
    verify_everything(house, officer, case)
    due = date(2027, 6, 30)
    recommend_case(
        house,
        officer,
        reference=case.reference,
        version=case.version,
        verdict=Verdict.GRANT_WITH_CONDITIONS,
        conditions={PAPER_1_CONDITION: due, f"paper_1/module.{module.id}": due},
        note="Paper 1 and the module that prepares for it remain.",
    )
    decide(house, an_actor(house, "bo_yip"), case)
    return case


def pass_paper_1(house: House, case: Case) -> None:
    """Chen Wei sits Paper 1, and an officer verifies the pass."""
    plan = CredentialDays(awarded_on=date(2026, 11, 20))
    register_credential(
        house,
        an_actor(house, "chen_wei"),
        qualification="hksi.le.paper-1",
        said=CredentialAnswers(plan, {}),
    )
    verify(house, an_actor(house, "ada_ko"), case, fact_seen(house, case, "hksi.le.paper-1"))


def complete_the_programme(house: House, clock: SettableClock) -> None:
    """Chen Wei goes through the programme to its end."""
    programme = house.session.scalars(select(Programme)).one()
    cohort = a_cohort(house, programme=programme)
    an_enrolment(house, clock, state="completed", person="chen_wei", cohort=cohort)


def test_a_conditional_case_goes_to_the_officers_desk_by_itself(
    house: House, clock: SettableClock, waiting_case: Case
) -> None:
    pass_paper_1(house, waiting_case)
    assert waiting_case.stage is Stage.GRANTED_WITH_CONDITIONS
    complete_the_programme(house, clock)
    assert waiting_case.stage is Stage.UNDER_ASSESSMENT
    kinds = house.session.scalars(select(OutboxMessage.kind)).all()
    assert {"enrolment_completed", "conditions_finished"} <= set(kinds)


def test_a_case_that_waits_for_something_else_too_stays(
    house: House, clock: SettableClock, waiting_case: Case
) -> None:
    complete_the_programme(house, clock)
    assert waiting_case.stage is Stage.GRANTED_WITH_CONDITIONS
