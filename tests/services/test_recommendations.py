"""The first officer's opinion: findings on what no fact decides, and what a recommendation needs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.cases import Stage, Verdict
from portal.domain.errors import NotFound, Refused
from portal.models.accounts import Account
from portal.models.cases import Case, Recommendation, RecordedJudgement
from portal.models.records import JournalEntry, OutboxMessage
from portal.services.assessment import (
    recommend_case,
    record_judgement,
)
from portal.services.house import House
from tests.builders.applications import a_credential
from tests.builders.decisions import (
    PAPER_1_CONDITION,
    a_case,
    an_actor,
    fact_seen,
    recommend_grant,
    verify,
    verify_everything,
)


def entries(house: House, kind: str) -> list[JournalEntry]:
    return list(house.session.scalars(select(JournalEntry).where(JournalEntry.kind == kind)))


def judge(
    house: House, case: Case, clause: str, *, finding: bool = True, reason: str = "Nothing on file."
) -> None:
    record_judgement(
        house,
        an_actor(house, "ada_ko"),
        reference=case.reference,
        version=case.version,
        clause=clause,
        finding=finding,
        reason=reason,
    )


def test_a_finding_is_recorded_with_its_reason(house: House) -> None:
    case = a_case(house, stage="under_assessment")

    judge(house, case, "fit_and_proper")

    found = house.session.scalars(select(RecordedJudgement)).one()
    assert (found.clause, found.finding, found.reason) == ("fit_and_proper", True, "Nothing on file.")
    assert entries(house, "case.judged")[0].facts["finding"] is True


def test_a_finding_without_a_reason_is_refused(house: House) -> None:
    case = a_case(house, stage="under_assessment")

    with pytest.raises(Refused) as refusal:
        judge(house, case, "fit_and_proper", reason=" ")

    assert refusal.value.field == "reason"


def test_what_facts_decide_is_not_judged(house: House) -> None:
    case = a_case(house, stage="under_assessment")

    with pytest.raises(Refused) as refusal:
        judge(house, case, "paper_1")
    assert refusal.value.code == "judgement.not_for_officers"
    with pytest.raises(NotFound):
        judge(house, case, "no_such_clause")


def test_a_finding_against_refuses_the_grant_until_it_is_changed(house: House, clock: SettableClock) -> None:
    case, ada = a_case(house, stage="under_assessment"), an_actor(house, "ada_ko")
    verify_everything(house, ada, case)
    judge(house, case, "fit_and_proper", finding=False, reason="A conviction on file.")

    with pytest.raises(Refused) as refusal:
        recommend_grant(house, ada, case)
    assert refusal.value.code == "decision.found_against"

    clock.advance(timedelta(minutes=5))
    judge(house, case, "fit_and_proper", finding=True, reason="Quashed on appeal.")
    recommend_grant(house, ada, case)
    assert case.stage is Stage.RECOMMENDED


def test_nothing_unverified_carries_a_recommendation(house: House) -> None:
    case, ada = a_case(house, stage="under_assessment"), an_actor(house, "ada_ko")

    with pytest.raises(Refused) as refusal:
        recommend_grant(house, ada, case)

    assert refusal.value.code == "decision.clauses_open"
    assert case.stage is Stage.UNDER_ASSESSMENT
    assert not house.session.scalars(select(Recommendation)).all()


def test_a_recommendation_cites_the_photograph_it_rests_on(house: House) -> None:
    case = a_case(house, stage="recommended", has_paper=False)

    made = house.session.scalars(select(Recommendation)).one()
    assert made.photograph_id is not None
    assert [one["gives"] for one in made.conditions] == ["hksi.le.paper-1"]
    assert made.conditions[0]["due_on"] == "2027-06-30"
    assert entries(house, "case.recommended")[0].case_id == case.id


def recommend(house: House, case: Case, verdict: Verdict, **more: object) -> None:
    recommend_case(
        house,
        an_actor(house, "ada_ko"),
        reference=case.reference,
        version=case.version,
        verdict=verdict,
        **{"note": "As read.", **more},  # type: ignore[arg-type]
    )


def test_a_recommendation_needs_a_note_and_its_reasons_or_conditions(house: House) -> None:
    case = a_case(house, stage="under_assessment", has_paper=False)
    verify_everything(house, an_actor(house, "ada_ko"), case)

    for verdict, more, code in (
        (Verdict.DECLINE, {}, "decline.reason_missing"),
        (Verdict.DECLINE, {"reason_codes": ["moon"]}, "decline.reason_unknown"),
        (Verdict.DECLINE, {"reason_codes": ["statement_untrue"]}, "decline.reason_unfounded"),
        (
            Verdict.DECLINE,
            {"reason_codes": ["requirement_not_met"], "note": " "},
            "recommendation.note_missing",
        ),
        (Verdict.GRANT_WITH_CONDITIONS, {}, "decision.conditions_missing"),
        (Verdict.GRANT_WITH_CONDITIONS, {"conditions": {"x/y": None}}, "decision.conditions_not_needed"),
        (
            Verdict.GRANT_WITH_CONDITIONS,
            {"conditions": {PAPER_1_CONDITION: house.clock.today()}},
            "condition.due_in_the_past",
        ),
    ):
        with pytest.raises(Refused) as refusal:
            recommend(house, case, verdict, **more)
        assert refusal.value.code == code

    assert case.stage is Stage.UNDER_ASSESSMENT


def test_what_is_met_needs_no_condition(house: House) -> None:
    case, ada = a_case(house, stage="under_assessment"), an_actor(house, "ada_ko")
    verify_everything(house, ada, case)

    with pytest.raises(Refused) as refusal:
        recommend(house, case, Verdict.GRANT_WITH_CONDITIONS, conditions={PAPER_1_CONDITION: None})

    assert refusal.value.code == "decision.conditions_not_needed"


def test_finishing_the_conditions_sends_the_case_back_to_the_desk_by_itself(house: House) -> None:
    case, ada = a_case(house, stage="granted_with_conditions"), an_actor(house, "ada_ko")
    chen = an_actor(house, "chen_wei")
    a_credential(house, chen, "hksi.le.paper-1", awarded_on=house.clock.today())

    verify(house, ada, case, fact_seen(house, case, "hksi.le.paper-1"))

    assert case.stage is Stage.UNDER_ASSESSMENT
    assert entries(house, "case.conditions_fulfilled")
    told = house.session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == "conditions_finished")
    ).one()
    account = house.session.get_one(Account, chen.account_id)
    assert (told.recipient, told.language) == (account.email, "zh_Hans_CN")
    assert case.reference in told.body
