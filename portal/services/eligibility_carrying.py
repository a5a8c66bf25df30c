"""Carrying the answers of an eligibility check into an account: seen first, then recorded in one act.

Owns what is ready, what is on record already, and what still lacks something a record needs. The
records are made by the same use cases as any other; what they would refuse stays among the answers,
so nothing is lost, and what was carried leaves them, so nothing is done twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from portal.domain.credentials import Kind, Standing, dates_asked
from portal.domain.eligibility.answers import Answers, HeldAnswer, WorkedAnswer
from portal.domain.errors import Refused
from portal.domain.people import Actor, own_person
from portal.domain.sense import CredentialDays
from portal.services.credentials import (
    CredentialAnswers,
    CredentialRecord,
    credential_problems,
    own_credentials,
    register_credential,
)
from portal.services.eligibility_checks import KeptCheck, put_answers
from portal.services.house import House
from portal.services.journal import record
from portal.services.people import BORN_ON, PersonRecord, Section, describe_oneself, read_oneself
from portal.services.work import one_act
from portal.services.work_history import (
    WorkAnswers,
    WorkRecord,
    own_work,
    register_work,
    work_problems,
)

_SECTIONS: Final = frozenset({Section.FACTS, Section.BIRTH})


@dataclass(frozen=True, slots=True)
class Lacking:
    """An answer that cannot be recorded as it is, and why."""

    item: HeldAnswer | WorkedAnswer
    why: Refused


@dataclass(frozen=True, slots=True)
class Carriage:
    """What would be recorded, what is on record already, and what lacks something.

    ``kept`` names facts about the person that are on record with another answer; that one stays.
    """

    credentials: tuple[HeldAnswer, ...] = ()
    periods: tuple[WorkedAnswer, ...] = ()
    facts: Mapping[str, bool | date] | None = None
    known: tuple[HeldAnswer | WorkedAnswer, ...] = ()
    kept: tuple[str, ...] = ()
    lacking: tuple[Lacking, ...] = ()

    @property
    def count(self) -> int:
        """How many records would be made."""
        return len(self.credentials) + len(self.periods) + len(self.facts or {})


def plan_carriage(house: House, actor: Actor, answers: Answers) -> Carriage:
    """Sort the answers by what would become of each; nothing is recorded."""
    held = [one for one in own_credentials(house, actor) if one.standing is not Standing.WITHDRAWN]
    done = [one for one in own_work(house, actor) if one.standing is not Standing.WITHDRAWN]
    known: list[HeldAnswer | WorkedAnswer] = [
        *(one for one in answers.holdings if any(_same_holding(one, on_record) for on_record in held)),
        *(one for one in answers.periods if any(_same_period(one, on_record) for on_record in done)),
    ]
    lacking: list[Lacking] = []
    ready: list[HeldAnswer] = []
    for holding in (one for one in answers.holdings if one not in known):
        faults = credential_problems(house, actor, holding.qualification, said_of(house, holding))
        if faults:
            lacking.append(Lacking(holding, faults[0]))
        else:
            ready.append(holding)
    worked: list[WorkedAnswer] = []
    for period in (one for one in answers.periods if one not in known):
        problems = work_problems(house, actor, work_of(period))
        if problems:
            lacking.append(Lacking(period, problems[0]))
        else:
            worked.append(period)
    facts, kept = _new_facts(read_oneself(house, actor), answers)
    return Carriage(tuple(ready), tuple(worked), facts, tuple(known), kept, tuple(lacking))


def carry_over(house: House, actor: Actor, *, check: KeptCheck, once: str | None = None) -> str:
    """Record everything that is ready, in one act; gives how many records were made.

    What lacks something stays among the answers. Refuses, and records nothing, when one of the use
    cases refuses what was ready a moment ago.
    """
    person_id = own_person(actor)
    with one_act(house, actor, once=once) as act:
        plan = plan_carriage(house, actor, check.answers)
        if plan.facts:
            _state(house, actor, plan.facts)
        for holding in plan.credentials:
            said = said_of(house, holding)
            register_credential(house, actor, qualification=holding.qualification, said=said)
        for period in plan.periods:
            register_work(house, actor, said=work_of(period))
        put_answers(house, check, _left_over(check.answers, plan))
        record(house, actor, "eligibility.carried", person_id=person_id, records=plan.count)
        act.result = str(plan.count)
    return act.result


def said_of(house: House, one: HeldAnswer) -> CredentialAnswers:
    """A qualification of the check as the records take it: the days its kind has, and no others."""
    asked = dates_asked(Kind(house.rulebook.qualifications[one.qualification].kind))
    days = CredentialDays(
        one.days.awarded_on if asked.awarded else None,
        one.days.begun_on if asked.period else None,
        one.days.ended_on if asked.period else None,
        one.days.valid_until if asked.expiry else None,
    )
    return CredentialAnswers(days, {name: str(value) for name, value in one.attributes.items()})


def work_of(one: WorkedAnswer) -> WorkAnswers:
    """A period of the check as the records take it."""
    return WorkAnswers(
        employer=one.employer,
        employer_kind=one.employer_kind,
        place=one.place,
        functions=one.functions,
        begun_on=one.begun_on,
        ended_on=one.ended_on,
        post=one.post,
        share_percent=one.share_percent,
        manages=one.manages,
    )


def _same_holding(one: HeldAnswer, on_record: CredentialRecord) -> bool:
    if one.qualification != on_record.qualification:
        return False
    if str(one.attributes.get("level", "")) != on_record.attributes.get("level", ""):
        return False
    said = one.days.awarded_on or one.days.begun_on
    return said in (None, on_record.days.awarded_on or on_record.days.begun_on)


def _same_period(one: WorkedAnswer, on_record: WorkRecord) -> bool:
    said = on_record.said
    return (one.begun_on, one.employer_kind, set(one.functions)) == (
        said.begun_on,
        said.employer_kind,
        set(said.functions),
    )


def _new_facts(person: PersonRecord, answers: Answers) -> tuple[dict[str, bool | date], tuple[str, ...]]:
    """The facts nobody has stated yet; those stated otherwise stay as they are, and are named."""
    on_record: dict[str, bool | date | None] = {
        **person.description.answers,
        BORN_ON: person.description.born_on,
    }
    new: dict[str, bool | date] = {}
    kept: list[str] = []
    for name, value in answers.facts.items():
        if value is None:
            continue
        stated = on_record.get(name)
        if stated is None:
            new[name] = value
        elif stated != value:
            kept.append(name)
    return new, tuple(kept)


def _state(house: House, actor: Actor, facts: Mapping[str, bool | date]) -> None:
    person = read_oneself(house, actor)
    described = person.description
    born_on = facts.get(BORN_ON)
    said = replace(
        described,
        born_on=born_on if isinstance(born_on, date) else described.born_on,
        answers={
            **described.answers,
            **{name: value for name, value in facts.items() if isinstance(value, bool)},
        },
    )
    describe_oneself(house, actor, said=said, version=person.version, sections=_SECTIONS)


def _left_over(answers: Answers, plan: Carriage) -> Answers:
    """What could not be recorded, alone."""
    if not plan.lacking:
        return Answers()
    left = [one.item for one in plan.lacking]
    return Answers(
        towards=answers.towards,
        tracks=answers.tracks,
        aims=answers.aims,
        holdings=tuple(one for one in left if isinstance(one, HeldAnswer)),
        periods=tuple(one for one in left if isinstance(one, WorkedAnswer)),
    )
