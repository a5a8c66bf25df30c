"""A register by chance, the same in every run: people as they might use the portal.

Made as columns, because a million dossiers as objects would weigh more than the
answer. ``dossier_at`` reads one person back out of the columns, so that the
explained evaluator is asked about the very same people.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np

from portal.domain.dossier import Dossier, Holding, PersonFact, Work
from portal.domain.rules.batch.bits import Flags, Numbers
from portal.domain.rules.batch.coded import Coded
from portal.domain.rules.batch.days import NO_DAY
from portal.domain.rules.batch.register import (
    FactColumns,
    HoldingColumns,
    JudgementColumns,
    RecognitionColumns,
    Register,
    WorkColumns,
)
from portal.domain.rules.predicates.education import DEGREE, LEVELS
from portal.domain.rules.vocabulary import Basis
from portal.rulebook.loader import Rulebook

TODAY = date(2026, 11, 22)
_SHARES = (Fraction(1), Fraction(1, 2), Fraction(3, 5), None)
_SHARE_CHANCES = (0.85, 0.07, 0.05, 0.03)
_HOLDINGS, _PERIODS = 4, 3


class Names:
    """People are numbered: a million names as texts would weigh more than the answers."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, place: int) -> str:
        return f"p{place}"


def register_by_chance(rulebook: Rulebook, size: int, *, seed: int = 20261122) -> Register:
    """Everybody has a degree or less, up to four holdings, up to three periods of work, some answers."""
    chance = np.random.default_rng(seed)
    return Register(
        Names(size),  # type: ignore[arg-type]  # a sequence as far as the batch reads it
        _holdings(rulebook, size, chance),
        _work(rulebook, size, chance),
        _facts(rulebook, size, chance),
        JudgementColumns(_none(), Coded(_none(), ()), Coded(_none(), ()), np.zeros(0, np.bool_)),
        RecognitionColumns(_none(), Coded(_none(), ()), _none(), _none()),
    )


def _none() -> Numbers:
    return np.zeros(0, dtype=np.int32)


def _days(chance: np.random.Generator, first: date, last: date, rows: int) -> Numbers:
    return chance.integers(first.toordinal(), last.toordinal(), rows, dtype=np.int32)


def _some(chance: np.random.Generator, days: Numbers, share: float) -> Numbers:
    return np.where(chance.random(len(days)) < share, days, NO_DAY).astype(np.int32)


def _owners(chance: np.random.Generator, size: int, most: int) -> Numbers:
    """Whose each row is: from none to ``most`` rows a person, in the order of people."""
    return np.repeat(np.arange(size, dtype=np.int32), chance.integers(0, most + 1, size))


def _holdings(rulebook: Rulebook, size: int, chance: np.random.Generator) -> HoldingColumns:
    codes = [code for code in rulebook.qualifications if code != DEGREE]
    degrees = np.flatnonzero(chance.random(size) < 0.8).astype(np.int32)
    others = _owners(chance, size, _HOLDINGS)
    person = np.concatenate([degrees, others])
    rows, is_degree = len(person), np.arange(len(person)) < len(degrees)
    number = chance.integers(0, len(codes), rows, dtype=np.int32)
    awarded = _days(chance, date(2012, 1, 1), date(2027, 3, 1), rows)
    begun = _some(chance, awarded, 0.3)
    return HoldingColumns(
        person,
        Coded(np.where(is_degree, len(codes), number).astype(np.int32), [*codes, DEGREE]),
        np.where(begun == NO_DAY, awarded, NO_DAY).astype(np.int32),
        begun,
        _some(chance, _days(chance, date(2022, 1, 1), date(2028, 1, 1), rows), 0.15),
        _some(chance, _days(chance, date(2024, 1, 1), date(2030, 1, 1), rows), 0.15),
        _attributes(rulebook, is_degree, chance),
        chance.random(rows) < 0.7,
    ).side_by_side()


def _attributes(rulebook: Rulebook, is_degree: Flags, chance: np.random.Generator) -> dict[str, Coded[str]]:
    rows = len(is_degree)

    def column(values: list[str], where: Flags) -> Coded[str]:
        return Coded(np.where(where, chance.integers(0, len(values), rows), -1).astype(np.int32), values)

    return {
        "level": column(list(LEVELS), is_degree),
        "field": column(list(rulebook.vocabulary["fields"]), is_degree),
        "place": column(["hk", "mainland", "other"], is_degree),
        "sitting": column([f"{year}-{half}" for year in range(2022, 2027) for half in (1, 2)], ~is_degree),
        "score": column([str(score) for score in range(40, 100)], ~is_degree),
    }


def _work(rulebook: Rulebook, size: int, chance: np.random.Generator) -> WorkColumns:
    person = _owners(chance, size, _PERIODS)
    rows = len(person)
    words = rulebook.vocabulary

    def column(values: list[str]) -> Coded[str]:
        return Coded(chance.integers(0, len(values), rows, dtype=np.int32), values)

    functions = [(name,) for name in words["functions"]]
    begun = _days(chance, date(2012, 1, 1), date(2026, 6, 1), rows)
    ended = np.minimum(begun + chance.integers(30, 2500, rows), TODAY.toordinal() - 1).astype(np.int32)
    return WorkColumns(
        person,
        Coded(chance.integers(0, len(functions), rows, dtype=np.int32), functions),
        column(list(words["employer_kinds"])),
        column(list(words["places"])),
        begun,
        _some(chance, ended, 0.6),
        Coded(chance.choice(len(_SHARES), rows, p=_SHARE_CHANCES).astype(np.int32), _SHARES),
        chance.random(rows) < 0.2,
        chance.random(rows) < 0.1,
        chance.random(rows) < 0.7,
    )


def _facts(rulebook: Rulebook, size: int, chance: np.random.Generator) -> dict[Basis, dict[str, FactColumns]]:
    found: dict[Basis, dict[str, FactColumns]] = {basis: {} for basis in Basis}
    for name in rulebook.vocabulary["facts"]:
        yes, otherwise = chance.random(size) < 0.5, chance.random(size) < 0.2
        verified, day = chance.random(size) < 0.7, None
        if name == "born_on":
            day, yes, otherwise = (
                _days(chance, date(1965, 1, 1), date(2009, 1, 1), size),
                ~yes & yes,
                yes | ~yes,
            )
        found[Basis.DECLARED][name] = FactColumns(yes, otherwise & ~yes, day)
        found[Basis.VERIFIED][name] = FactColumns(
            yes & verified,
            otherwise & ~yes & verified,
            None if day is None else np.where(verified, day, NO_DAY).astype(np.int32),
        )
    return found


def dossier_at(register: Register, place: int) -> Dossier:
    """One person, read back out of the columns."""
    held, work = register.holdings, register.work
    return Dossier(
        tuple(_holding(held, row) for row in np.flatnonzero(held.person == place).tolist()),
        tuple(_period(work, row) for row in np.flatnonzero(work.person == place).tolist()),
        tuple(_answers(register, place)),
    )


def _day(days: Numbers, row: int) -> date | None:
    return None if days[row] == NO_DAY else date.fromordinal(int(days[row]))


def _holding(held: HoldingColumns, row: int) -> Holding:
    return Holding(
        f"h{row}",
        held.qualification.values[held.qualification.numbers[row]],
        _day(held.awarded_on, row),
        _day(held.begun_on, row),
        _day(held.ended_on, row),
        _day(held.valid_until, row),
        {name: c.values[c.numbers[row]] for name, c in held.attributes.items() if c.numbers[row] >= 0},
        bool(held.verified[row]),
    )


def _period(work: WorkColumns, row: int) -> Work:
    return Work(
        f"w{row}",
        work.functions.values[work.functions.numbers[row]],
        work.employer_kind.values[work.employer_kind.numbers[row]],
        work.place.values[work.place.numbers[row]],
        date.fromordinal(int(work.begun_on[row])),
        _day(work.ended_on, row),
        work.share.values[work.share.numbers[row]],
        bool(work.manages[row]),
        bool(work.verified[row]),
        bool(work.month_precision[row]),
    )


def _answers(register: Register, place: int) -> list[PersonFact]:
    found = []
    for name, column in register.facts[Basis.DECLARED].items():
        sure = register.facts[Basis.VERIFIED][name]
        if column.day is not None:
            verified = sure.day is not None and bool(sure.day[place] != NO_DAY)
            found.append(PersonFact(name, _day(column.day, place), verified))
        elif column.yes[place] or column.otherwise[place]:
            verified = bool(sure.yes[place] or sure.otherwise[place])
            found.append(PersonFact(name, bool(column.yes[place]), verified))
    return found
