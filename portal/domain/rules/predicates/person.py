"""Questions about the person: a stated fact, an age."""

from __future__ import annotations

from datetime import date
from typing import Final, cast

from portal.domain.calendar import add_months
from portal.domain.dossier import PersonFact
from portal.domain.rules.clauses import Parameters
from portal.domain.rules.facts import Facts, Reads
from portal.domain.rules.predicates.schema import (
    Check,
    Finding,
    ParameterKind,
    ParameterRule,
    Predicate,
    met,
    not_met,
    undetermined,
)
from portal.domain.rules.reasons import Because
from portal.domain.rules.vocabulary import Outcome

BORN_ON: Final = "born_on"
PREFIX: Final = "person:"


def evidence_of(name: str) -> tuple[str, ...]:
    """The id by which a fact about the person stands as evidence."""
    return (PREFIX + name,)


def _build_person_is(parameters: Parameters, _clause: str) -> Check:
    name = str(parameters["fact"])
    params, evidence = {"fact": name}, evidence_of(name)
    yes = met(Because("person.stated", params), evidence)
    no = not_met(Because("person.stated_otherwise", params), evidence)
    unknown = undetermined(Because("person.not_stated", params))
    awaits = _pending(Because("person.awaits_verification", params), evidence)

    def check(facts: Facts, _on: date) -> Finding:
        fact = facts.counted_person.get(name)
        if fact is None:
            return awaits if _is_answered(facts.all_person.get(name)) else unknown
        if fact.value is None:
            return unknown
        return yes if fact.value is True else no

    return check


def _build_age(parameters: Parameters, _clause: str) -> Check:
    years = cast("int", parameters["years"])
    evidence = evidence_of(BORN_ON)
    unknown = undetermined(Because("age.not_stated", {"years": years}))
    awaits = _pending(Because("age.awaits_verification", {"years": years}), evidence)

    def check(facts: Facts, on: date) -> Finding:
        fact = facts.counted_person.get(BORN_ON)
        if fact is None:
            return awaits if _is_answered(facts.all_person.get(BORN_ON)) else unknown
        if not isinstance(fact.value, date):
            return awaits if _is_answered(fact) else unknown
        birthday = add_months(fact.value, years * 12)
        if birthday <= on:
            return met(Because("age.reached", {"years": years, "on": birthday}), evidence)
        return not_met(Because("age.short", {"years": years, "on": birthday}), evidence, birthday)

    return check


def _is_answered(fact: PersonFact | None) -> bool:
    return fact is not None and fact.value is not None


def _pending(because: Because, evidence: tuple[str, ...]) -> Finding:
    return Finding(Outcome.UNDETERMINED, because, evidence, None, None, True)


def _reads_fact(parameters: Parameters, _clause: str) -> Reads:
    return Reads(person=(str(parameters["fact"]),))


def _reads_birth(_parameters: Parameters, _clause: str) -> Reads:
    return Reads(person=(BORN_ON,))


PERSON_IS: Final = Predicate(
    "person_is",
    {"fact": ParameterRule(ParameterKind.FACT, required=True)},
    _build_person_is,
    _reads_fact,
)
AGE_AT_LEAST: Final = Predicate(
    "age_at_least",
    {"years": ParameterRule(ParameterKind.YEARS, required=True)},
    _build_age,
    _reads_birth,
)
