"""A register laid out in columns: every fact of every person, one row a fact.

Owns the layout and how dossiers become columns. A register may also be made
from columns directly, without a dossier in between. It must not know any rule.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np

from portal.domain.dossier import Dossier, HeldRecognition, Holding, Judgement, Work
from portal.domain.rules.batch.bits import Flags, Numbers
from portal.domain.rules.batch.days import NO_DAY, ordinals
from portal.domain.rules.facts import read_facts
from portal.domain.rules.vocabulary import Basis

Value = TypeVar("Value", bound=Hashable)
Row = TypeVar("Row", Holding, Work, Judgement, HeldRecognition)


class Coded(Generic[Value]):
    """A column of values, each distinct one kept once; the number -1 stands for none at all."""

    def __init__(self, numbers: Numbers, values: Sequence[Value]) -> None:
        self.numbers = numbers
        self.values = tuple(values)

    @cached_property
    def _number_of(self) -> Mapping[Value, int]:
        return {value: number for number, value in enumerate(self.values)}

    @cached_property
    def _by_value(self) -> tuple[Numbers, Numbers]:
        """Rows in the order of their values, and where each value's rows begin."""
        order = np.argsort(self.numbers, kind="stable").astype(np.int32)
        begins = np.searchsorted(self.numbers[order], np.arange(len(self.values) + 1)).astype(np.int32)
        return order, begins

    def rows(self, values: Iterable[Value]) -> Numbers:
        """The rows that hold any of the values; those of one value in the order of the column."""
        order, begins = self._by_value
        numbers = [self._number_of[value] for value in dict.fromkeys(values) if value in self._number_of]
        return np.concatenate([order[:0], *(order[begins[n] : begins[n + 1]] for n in numbers)])

    def translated(self, answer: Callable[[Value], int], missing: int, rows: Numbers) -> Numbers:
        """One answer a row, asked once for each distinct value."""
        answers = np.array([*(answer(value) for value in self.values), missing], dtype=np.int32)
        return answers[self.numbers[rows]]


@dataclass(frozen=True, slots=True, eq=False)
class HoldingColumns:
    """Qualifications held: whose, which, when, and the attributes of each, coded as texts."""

    person: Numbers
    qualification: Coded[str]
    awarded_on: Numbers
    begun_on: Numbers
    ended_on: Numbers
    valid_until: Numbers
    attributes: Mapping[str, Coded[str]]
    verified: Flags


@dataclass(frozen=True, slots=True, eq=False)
class WorkColumns:
    """Periods of work, in the order of the people they belong to."""

    person: Numbers
    functions: Coded[tuple[str, ...]]
    employer_kind: Coded[str]
    place: Coded[str]
    begun_on: Numbers
    ended_on: Numbers
    share: Coded[Fraction | None]
    manages: Flags
    month_precision: Flags
    verified: Flags


@dataclass(frozen=True, slots=True, eq=False)
class FactColumns:
    """One question to everybody: who said yes, who gave another answer, and the day where it is one."""

    yes: Flags
    otherwise: Flags
    day: Numbers | None = None


@dataclass(frozen=True, slots=True, eq=False)
class JudgementColumns:
    """Officers' findings; a target of -1 binds every target."""

    person: Numbers
    clause: Coded[str]
    target: Coded[str]
    finding: Flags


@dataclass(frozen=True, slots=True, eq=False)
class RecognitionColumns:
    """Recognitions held."""

    person: Numbers
    target: Coded[str]
    granted_on: Numbers
    ended_on: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Everybody's facts. ``people`` names them in the order of all columns."""

    people: Sequence[str]
    holdings: HoldingColumns
    work: WorkColumns
    facts: Mapping[Basis, Mapping[str, FactColumns]]
    judgements: JudgementColumns
    recognitions: RecognitionColumns

    @property
    def size(self) -> int:
        """How many people it holds."""
        return len(self.people)


def register_of(people: Iterable[tuple[str, Dossier]]) -> Register:
    """Lay dossiers out in columns, each under the name of its person."""
    named = list(people)
    dossiers = [dossier for _, dossier in named]
    return Register(
        [name for name, _ in named],
        _holdings(*_rows(dossiers, lambda dossier: dossier.holdings)),
        _work(*_rows(dossiers, lambda dossier: dossier.work)),
        {basis: _facts(dossiers, basis) for basis in Basis},
        _judgements(*_rows(dossiers, lambda dossier: dossier.judgements)),
        _recognitions(*_rows(dossiers, lambda dossier: dossier.recognitions)),
    )


def coded(values: Iterable[Value | None]) -> Coded[Value]:
    """Keep each distinct value once; none becomes -1."""
    seen: dict[Value, int] = {}
    numbers = [-1 if value is None else seen.setdefault(value, len(seen)) for value in values]
    return Coded(np.array(numbers, dtype=np.int32), list(seen))


def _rows(
    dossiers: Sequence[Dossier], facts: Callable[[Dossier], Sequence[Row]]
) -> tuple[Numbers, list[Row]]:
    person = [number for number, dossier in enumerate(dossiers) for _ in facts(dossier)]
    return np.array(person, dtype=np.int32), [row for dossier in dossiers for row in facts(dossier)]


def _holdings(person: Numbers, rows: list[Holding]) -> HoldingColumns:
    names = sorted({name for held in rows for name in held.attributes})
    return HoldingColumns(
        person,
        coded(held.qualification for held in rows),
        ordinals(held.awarded_on for held in rows),
        ordinals(held.begun_on for held in rows),
        ordinals(held.ended_on for held in rows),
        ordinals(held.valid_until for held in rows),
        {name: coded(_attribute(held, name) for held in rows) for name in names},
        _flags(held.verified for held in rows),
    )


def _attribute(held: Holding, name: str) -> str | None:
    value = held.attributes.get(name)
    return None if value is None else str(value)


def _work(person: Numbers, rows: list[Work]) -> WorkColumns:
    shares = list(dict.fromkeys(work.share for work in rows))
    place_of = {share: number for number, share in enumerate(shares)}
    return WorkColumns(
        person,
        coded(work.functions for work in rows),
        coded(work.employer_kind for work in rows),
        coded(work.place for work in rows),
        ordinals(work.begun_on for work in rows),
        ordinals(work.ended_on for work in rows),
        Coded(np.array([place_of[work.share] for work in rows], dtype=np.int32), shares),
        _flags(work.manages for work in rows),
        _flags(work.month_precision for work in rows),
        _flags(work.verified for work in rows),
    )


def _facts(dossiers: Sequence[Dossier], basis: Basis) -> dict[str, FactColumns]:
    """The answers that count on a basis, contested ones left open as the engine leaves them."""
    counted = [read_facts(Dossier(facts=d.facts), basis=basis).counted_person for d in dossiers]
    found: dict[str, FactColumns] = {}
    for name in sorted({name for answers in counted for name in answers}):
        values = [answers[name].value if name in answers else None for answers in counted]
        days = ordinals(value if isinstance(value, date) else None for value in values)
        found[name] = FactColumns(
            _flags(value is True for value in values),
            _flags(value is not None and value is not True for value in values),
            days if bool((days != NO_DAY).any()) else None,
        )
    return found


def _judgements(person: Numbers, rows: list[Judgement]) -> JudgementColumns:
    return JudgementColumns(
        person,
        coded(judgement.clause for judgement in rows),
        coded(judgement.target for judgement in rows),
        _flags(judgement.finding for judgement in rows),
    )


def _recognitions(person: Numbers, rows: list[HeldRecognition]) -> RecognitionColumns:
    return RecognitionColumns(
        person,
        coded(held.target for held in rows),
        ordinals(held.granted_on for held in rows),
        ordinals(held.ended_on for held in rows),
    )


def _flags(values: Iterable[bool]) -> Flags:
    return np.fromiter(values, dtype=np.bool_)
