"""Conditions: what can be set, what covers, and how the last one finished moves the case by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.cases import Stage, Verdict
from portal.domain.errors import Refused
from portal.models.cases import Case
from portal.models.recognitions import Recognition
from portal.services.assessment import recommend_case
from portal.services.decision_files import conditions_for, open_desk_case
from portal.services.grounds import Condition
from portal.services.house import House
from tests.builders.applications import a_credential
from tests.builders.decisions import (
    PAPER_1_CONDITION,
    a_case,
    an_actor,
    decide,
    fact_seen,
    verify,
    verify_everything,
)
from tests.builders.programmes import a_cohort, a_programme, an_enrolment

PREPARES_FOR_PAPER_1 = "bridging.dual-qualification.hong-kong-securities-regulation"


def on_offer(house: House, case: Case) -> tuple[Condition, ...]:
    return conditions_for(house, open_desk_case(house, an_actor(house, "ada_ko"), case.reference))


def a_case_that_lacks_paper_1(house: House) -> Case:
    case = a_case(house, stage="under_assessment", has_paper=False)
    verify_everything(house, an_actor(house, "ada_ko"), case)
    return case


def recommend(house: House, case: Case, *keys: str, due_on: date | None = None) -> None:
    recommend_case(
        house,
        an_actor(house, "ada_ko"),
        reference=case.reference,
        version=case.version,
        verdict=Verdict.GRANT_WITH_CONDITIONS,
        conditions=dict.fromkeys(keys, due_on),
        note="Paper 1 alone is missing.",
    )


def test_what_closes_the_open_clause_is_on_offer_and_nothing_else(house: House) -> None:
    case = a_case_that_lacks_paper_1(house)

    offers = on_offer(house, case)

    assert [(one.key, one.gives, one.covers) for one in offers] == [
        (PAPER_1_CONDITION, "hksi.le.paper-1", True)
    ]


def test_nothing_is_on_offer_once_everything_is_met(house: House) -> None:
    case = a_case(house, stage="under_assessment")
    verify_everything(house, an_actor(house, "ada_ko"), case)

    assert on_offer(house, case) == ()


def test_a_module_that_prepares_for_the_paper_is_on_offer_and_covers_nothing(house: House) -> None:
    a_programme(house, gives=("bridging.dual-qualification.two-systems", PREPARES_FOR_PAPER_1))
    case = a_case_that_lacks_paper_1(house)

    paper, module = on_offer(house, case)

    assert (module.gives, module.covers) == (PREPARES_FOR_PAPER_1, False)
    assert module.title.en == "Two systems: Module 2"
    assert module.title.zh_hant == "兩地制度：單元2"
    with pytest.raises(Refused) as refusal:
        recommend(house, case, module.key)
    assert refusal.value.code == "decision.conditions_missing"
    recommend(house, case, paper.key, module.key)
    assert case.stage is Stage.RECOMMENDED


def test_conditions_survive_being_kept(house: House) -> None:
    case = a_case_that_lacks_paper_1(house)
    recommend(house, case, PAPER_1_CONDITION, due_on=date(2027, 6, 30))
    decide(house, an_actor(house, "bo_yip"), case)

    kept = house.session.scalars(select(Recognition)).one().conditions

    assert Condition.from_json(kept[0]).to_json() == kept[0]
    assert kept[0]["gives"] == "hksi.le.paper-1"


def test_the_last_completion_sends_the_case_to_the_desk_by_itself(house: House, clock: SettableClock) -> None:
    cohort = a_cohort(house, programme=a_programme(house, gives=(PREPARES_FOR_PAPER_1,)))
    case = a_case_that_lacks_paper_1(house)
    recommend(house, case, *(one.key for one in on_offer(house, case)))
    decide(house, an_actor(house, "bo_yip"), case)
    chen, ada = an_actor(house, "chen_wei"), an_actor(house, "ada_ko")
    clock.advance(timedelta(days=2))
    a_credential(house, chen, "hksi.le.paper-1", awarded_on=date(2026, 11, 23))
    verify(house, ada, case, fact_seen(house, case, "hksi.le.paper-1"))
    assert case.stage is Stage.GRANTED_WITH_CONDITIONS

    an_enrolment(house, clock, state="completed", person="chen_wei", cohort=cohort)

    assert case.stage is Stage.UNDER_ASSESSMENT
    assert case.assigned_to == ada.account_id
