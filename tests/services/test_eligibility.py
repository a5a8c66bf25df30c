"""Answers of a check: kept for the visit, nobody else's, carried into an account once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.adapters.clock import SettableClock
from portal.domain.eligibility.answers import Answers, Held, HeldAnswer, Told, WorkedAnswer
from portal.domain.errors import AlreadyDone, Refused
from portal.domain.people import Actor
from portal.domain.sense import CredentialDays
from portal.models.accounts import Account
from portal.models.credentials import Credential, WorkPeriod
from portal.models.eligibility import EligibilityCheck
from portal.models.people import PersonalFact
from portal.models.records import JournalEntry
from portal.services.eligibility_carrying import carry_over, plan_carriage
from portal.services.eligibility_checks import (
    begin_check,
    claim_check,
    forget_check,
    read_check,
    save_check,
)
from portal.services.house import House
from portal.services.work import one_act
from tests.builders.records import a_credential, a_description

PAPER = HeldAnswer(
    "01a200fb-5100-7000-8000-000000000001",
    "hksi.le.paper-1",
    CredentialDays(awarded_on=date(2025, 6, 14)),
    told=True,
)
UNDATED = HeldAnswer("01a200fb-5100-7000-8000-000000000002", "hksi.le.paper-7", told=True)
WORK = WorkedAnswer(
    "01a200fb-5100-7000-8000-000000000003",
    "Pearl Securities",
    "mainland-securities-firm",
    "shenzhen",
    ("securities-dealing",),
    date(2020, 3, 1),
)
NAMELESS = replace(WORK, id="01a200fb-5100-7000-8000-000000000004", employer="", begun_on=date(2018, 3, 1))
TOLD = Answers(
    tracks=("securities-dealing",),
    aims=("hk.sfc.representative.type-1",),
    facts={"chinese_citizen": True, "hk_permanent_resident": None, "born_on": date(1994, 4, 2)},
    held={"hksi.le.paper-1": Held.YES},
    holdings=(PAPER,),
    work=Told.WHOLE,
    periods=(WORK,),
)


def count(house: House, model: type[object]) -> int:
    return house.session.scalar(select(func.count()).select_from(model)) or 0


def test_answers_are_read_back_under_their_key_alone(house: House) -> None:
    key = begin_check(house, TOLD)
    kept = read_check(house, key)
    assert kept is not None
    assert kept.answers == TOLD
    assert read_check(house, key + "x") is None
    assert read_check(house, None) is None
    assert key not in str(house.session.scalars(select(EligibilityCheck.key_digest)).all())


def test_a_day_after_the_last_answer_they_are_gone_and_the_next_visitor_sweeps_them(
    house: House, clock: SettableClock
) -> None:
    key = begin_check(house, TOLD)
    clock.put_to(clock.now() + timedelta(hours=23))
    kept = read_check(house, key)
    assert kept is not None
    save_check(house, kept, replace(TOLD, facts={}))
    clock.put_to(clock.now() + timedelta(days=1))
    assert read_check(house, key) is None
    begin_check(house, Answers())
    assert count(house, EligibilityCheck) == 1


def test_they_are_deleted_when_their_owner_says_so(house: House) -> None:
    key = begin_check(house, TOLD)
    kept = read_check(house, key)
    assert kept is not None
    forget_check(house, kept)
    assert count(house, EligibilityCheck) == 0


def test_what_an_account_has_claimed_waits_for_it_on_any_device_and_for_nobody_else(
    house: House, actor: Callable[[str], Actor], account: Callable[[str], Account], clock: SettableClock
) -> None:
    mei, wei = actor("mei_lam"), actor("chen_wei")
    key = begin_check(house, TOLD)
    with one_act(house, mei):
        claim_check(house, key, account("mei_lam").id)
    assert read_check(house, key) is None, "the browser that gave them is anybody's"
    with one_act(house, wei):
        claim_check(house, key, account("chen_wei").id)
    clock.put_to(clock.now() + timedelta(days=3))
    waiting = read_check(house, None, mei)
    assert waiting is not None
    assert waiting.answers == TOLD
    assert read_check(house, key, wei) is None
    clock.put_to(clock.now() + timedelta(days=5))
    assert read_check(house, None, mei) is None


def carried(house: House, actor: Actor, answers: Answers, once: str | None = None) -> int:
    key = begin_check(house, answers)
    check = read_check(house, key, actor)
    assert check is not None
    return int(carry_over(house, actor, check=check, once=once))


def test_everything_is_recorded_in_one_act_by_the_use_cases_of_the_records(
    house: House, actor: Callable[[str], Actor]
) -> None:
    mei = actor("mei_lam")
    assert carried(house, mei, TOLD) == 4
    assert house.session.scalars(select(Credential.qualification)).all() == ["hksi.le.paper-1"]
    assert house.session.scalars(select(WorkPeriod.employer)).all() == ["Pearl Securities"]
    facts = {row.name: row.day or row.truth for row in house.session.scalars(select(PersonalFact))}
    assert facts == {"chinese_citizen": True, "born_on": date(1994, 4, 2)}
    kinds = house.session.scalars(select(JournalEntry.kind)).all()
    assert {"credential.registered", "work.registered", "person.described", "eligibility.carried"} <= set(
        kinds
    )
    assert count(house, EligibilityCheck) == 0


def test_nothing_is_recorded_when_one_part_is_refused(house: House, actor: Callable[[str], Actor]) -> None:
    """The birthday is recorded first, and with it a paper sat before it is refused: all of it is undone."""
    mei = actor("mei_lam")
    early = replace(PAPER, days=CredentialDays(awarded_on=date(1993, 5, 1)))
    key = begin_check(house, replace(TOLD, holdings=(early,)))
    check = read_check(house, key, mei)
    assert check is not None
    with pytest.raises(Refused, match=r"credential\.day_before_birth"):
        carry_over(house, mei, check=check)
    assert count(house, Credential) == count(house, WorkPeriod) == count(house, PersonalFact) == 0
    assert read_check(house, key, mei) is not None


def test_a_double_click_records_once(house: House, actor: Callable[[str], Actor]) -> None:
    mei = actor("mei_lam")
    key = begin_check(house, TOLD)
    check = read_check(house, key, mei)
    assert check is not None
    carry_over(house, mei, check=check, once="one")
    with pytest.raises(AlreadyDone):
        carry_over(house, mei, check=check, once="one")
    assert count(house, Credential) == 1


def test_what_lacks_something_stays_among_the_answers(house: House, actor: Callable[[str], Actor]) -> None:
    mei = actor("mei_lam")
    told = replace(TOLD, holdings=(PAPER, UNDATED), periods=(WORK, NAMELESS))
    key = begin_check(house, told)
    check = read_check(house, key, mei)
    assert check is not None
    plan = plan_carriage(house, mei, told)
    assert [(one.item, one.why.code) for one in plan.lacking] == [
        (UNDATED, "credential.day_missing"),
        (NAMELESS, "work.employer_missing"),
    ]
    assert carry_over(house, mei, check=check) == "4"
    left = read_check(house, key, mei)
    assert left is not None
    assert (left.answers.holdings, left.answers.periods) == ((UNDATED,), (NAMELESS,))
    assert left.answers.facts == {}


def test_what_is_on_record_stays_and_is_not_recorded_twice(
    house: House, actor: Callable[[str], Actor]
) -> None:
    mei = actor("mei_lam")
    a_credential(house, mei, qualification="hksi.le.paper-1", awarded_on=date(2025, 6, 14))
    a_description(house, mei, answers={"chinese_citizen": False}, born_on=date(1990, 5, 17))
    plan = plan_carriage(house, mei, TOLD)
    assert plan.known == (PAPER,)
    assert set(plan.kept) == {"chinese_citizen", "born_on"}
    assert carried(house, mei, TOLD) == 1
    assert count(house, Credential) == 1
    facts = {row.name: row.day or row.truth for row in house.session.scalars(select(PersonalFact))}
    assert facts["born_on"] == date(1990, 5, 17)
