"""A register laid out in columns: every fact of every person, one row a fact.

Owns the layout and how dossiers become columns. A register may also be made
from columns directly, without a dossier in between. It must not know any rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

import numpy as np

from portal.domain.dossier import Dossier, HeldRecognition, Holding, Judgement, Work
from portal.domain.rules.batch.bits import Flags, Numbers
from portal.domain.rules.batch.coded import Coded, coded
from portal.domain.rules.batch.days import NO_DAY, known, ordinals
from portal.domain.rules.batch.layout import Layout
from portal.domain.rules.batch.schooling import Schooling, schooling_of
from portal.domain.rules.facts import read_facts
from portal.domain.rules.vocabulary import Basis

Row = TypeVar("Row", Holding, Work, Judgement, HeldRecognition)


@dataclass(frozen=True, eq=False)
class HoldingColumns:
    """Qualifications held: whose, which, when, and the attributes of each, coded as texts.

    Any order will do; rows of one qualification are read fastest where they stand together.
    """

    person: Numbers
    qualification: Coded[str]
    awarded_on: Numbers
    begun_on: Numbers
    ended_on: Numbers
    valid_until: Numbers
    attributes: Mapping[str, Coded[str]]
    verified: Flags

    @cached_property
    def gained(self) -> Numbers:
        """The day of the award, else of the beginning."""
        return np.where(known(self.awarded_on), self.awarded_on, self.begun_on)

    @cached_property
    def first_day_without(self) -> Numbers:
        """The earlier of the end and the day after the last valid one."""
        ended, expiry = self.ended_on, np.where(known(self.valid_until), self.valid_until + 1, NO_DAY)
        both = known(ended) & known(expiry)
        return np.where(both, np.minimum(ended, expiry), np.maximum(ended, expiry)).astype(np.int32)

    @cached_property
    def schooling(self) -> Schooling:
        """The rows that are schooling, made when first asked for."""
        return schooling_of(self.person, self.qualification, self.attributes, self.awarded_on, self.verified)

    def side_by_side(self) -> HoldingColumns:
        """The same rows, those of one qualification together."""
        rows = np.argsort(self.qualification.numbers, kind="stable").astype(np.int32)
        return HoldingColumns(
            self.person[rows],
            self.qualification.taken(rows),
            self.awarded_on[rows],
            self.begun_on[rows],
            self.ended_on[rows],
            self.valid_until[rows],
            {name: column.taken(rows) for name, column in self.attributes.items()},
            self.verified[rows],
        )


@dataclass(frozen=True, eq=False)
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

    @cached_property
    def layout(self) -> Layout:
        """The same periods side by side, made when first asked for."""
        return Layout(self)


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

    @property
    def layouts_nbytes(self) -> int:
        """What it keeps beside its columns: layouts that depend on no day and no rule."""
        held = self.holdings
        order = held.qualification.nbytes_of_order
        derived = held.gained.nbytes + held.first_day_without.nbytes
        return order + derived + held.schooling.nbytes + self.work.layout.nbytes


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
    ).side_by_side()


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
