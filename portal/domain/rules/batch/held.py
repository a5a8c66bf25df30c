"""Questions about qualifications, for a whole register: holds, education, sittings.

The vectorised twins of the predicates of the same names; a property test holds
them equal to those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Final, cast

import numpy as np

from portal.domain.rules.batch.bits import Flags, Numbers
from portal.domain.rules.batch.days import NO_DAY, add_months, known
from portal.domain.rules.batch.register import Coded, HoldingColumns
from portal.domain.rules.batch.verdicts import Question, Verdicts, best_of_each, settle
from portal.domain.rules.clauses import Parameters
from portal.domain.rules.predicates.education import DEGREE, LEVELS, PREFIX
from portal.domain.rules.predicates.schema import day_of, number_of, texts_of
from portal.domain.rules.predicates.sittings import sitting_number

_PASSES: Final = 1
_FAILS: Final = 0
_UNKNOWN: Final = -1


class _Examination:
    """Asks rows one question after another; the first that stops a row decides it."""

    def __init__(self, held: HoldingColumns, rows: Numbers) -> None:
        self.held = held
        self.rows = rows
        self.passed: Flags = np.ones(len(rows), dtype=np.bool_)
        self.unknown: Flags = np.zeros(len(rows), dtype=np.bool_)
        awarded = held.awarded_on[rows]
        self.gained = np.where(known(awarded), awarded, held.begun_on[rows]).astype(np.int32)

    def stop(self, fails: Flags, unknown: Flags | None = None) -> None:
        if unknown is not None:
            self.unknown |= self.passed & unknown & ~fails
            self.passed &= ~unknown
        self.passed &= ~fails

    def attribute(self, name: str, answer: Callable[[str], int]) -> None:
        column = self.held.attributes.get(name)
        if column is None:
            self.stop(np.zeros_like(self.passed), np.ones_like(self.passed))
            return
        answers = column.translated(answer, _UNKNOWN, self.rows)
        self.stop(answers == _FAILS, answers == _UNKNOWN)

    def verdicts(self) -> Verdicts:
        return Verdicts(self.passed, self.unknown)


def holds(parameters: Parameters, question: Question) -> Verdicts:
    """Who holds one of the qualifications as the clause asks."""
    register = question.register
    held = register.holdings

    def answer(rows: Numbers) -> Verdicts:
        facts = _examined(parameters, held, rows, question.day)
        return best_of_each(register.size, held.person[rows], facts)

    return settle(question, held.verified, held.qualification.rows(texts_of(parameters, "any_of")), answer)


def _examined(parameters: Parameters, held: HoldingColumns, rows: Numbers, on: int) -> Verdicts:
    asked = _Examination(held, rows)
    asked.stop(known(asked.gained) & (asked.gained > on))
    if parameters.get("current") is True:
        _ask_current(asked, on)
    recent = number_of(parameters, "current_or_ended_within_months")
    if recent is not None:
        ended = _first_day_without(asked)
        too_long_ago = known(ended) & (add_months(ended, recent) <= on)
        asked.stop(too_long_ago, ~known(ended) & ~known(asked.gained))
    months = number_of(parameters, "awarded_within_months")
    if months is not None:
        too_old = known(asked.gained) & (add_months(asked.gained, months) <= on)
        asked.stop(too_old, ~known(asked.gained))
    _ask_limits(asked, parameters)
    _ask_attributes(asked, parameters)
    return asked.verdicts()


def _ask_current(asked: _Examination, on: int) -> None:
    ended, valid = asked.held.ended_on[asked.rows], asked.held.valid_until[asked.rows]
    over = (known(ended) & (ended <= on)) | (known(valid) & (valid < on))
    asked.stop(over, ~known(asked.gained))


def _first_day_without(asked: _Examination) -> Numbers:
    ended, valid = asked.held.ended_on[asked.rows], asked.held.valid_until[asked.rows]
    expiry = np.where(known(valid), valid + 1, NO_DAY)
    earlier = np.where(known(ended) & known(expiry), np.minimum(ended, expiry), np.maximum(ended, expiry))
    return cast("Numbers", earlier.astype(np.int32))


def _ask_limits(asked: _Examination, parameters: Parameters) -> None:
    last, first = day_of(parameters, "awarded_on_or_before"), day_of(parameters, "awarded_on_or_after")
    if last is not None:
        asked.stop(asked.gained > last.toordinal(), ~known(asked.gained))
    if first is not None:
        asked.stop(known(asked.gained) & (asked.gained < first.toordinal()), ~known(asked.gained))


def _ask_attributes(asked: _Examination, parameters: Parameters) -> None:
    allowed = cast("Mapping[str, tuple[str, ...]]", parameters.get("attributes", {}))
    for name, values in sorted(allowed.items()):
        asked.attribute(name, _among(values))
    least = cast("Mapping[str, int]", parameters.get("at_least", {}))
    for name, number in sorted(least.items()):
        asked.attribute(name, _reaching(number))


def _among(allowed: tuple[str, ...]) -> Callable[[str], int]:
    return lambda value: _UNKNOWN if value == "" else int(value in allowed)


def _reaching(needed: int) -> Callable[[str], int]:
    return lambda value: int(int(value) >= needed) if value.isdecimal() else _UNKNOWN


def education(parameters: Parameters, question: Question) -> Verdicts:
    """Who reached the level of schooling the clause asks."""
    register, needed = question.register, LEVELS.index(str(parameters["level"]))
    held = register.holdings

    def answer(rows: Numbers) -> Verdicts:
        asked = _Examination(held, rows)
        asked.attribute(
            "level", lambda level: int(LEVELS.index(level) >= needed) if level in LEVELS else _UNKNOWN
        )
        awarded = held.awarded_on[rows]
        asked.stop(known(awarded) & (awarded > question.day))
        for name, plural in (("field", "fields"), ("place", "places")):
            allowed = texts_of(parameters, plural)
            if allowed:
                asked.attribute(name, _among(allowed))
        return best_of_each(register.size, held.person[rows], asked.verdicts())

    return settle(question, held.verified, _degrees(held), answer)


def _degrees(held: HoldingColumns) -> Numbers:
    """Rows of degrees, and of other education that states a level."""
    codes = held.qualification
    others = [code for code in codes.values if code.startswith(PREFIX) and code != DEGREE]
    stated = held.attributes.get("level")
    rows = codes.rows(others)
    rows = rows[stated.numbers[rows] >= 0] if stated is not None else rows[:0]
    return np.concatenate([codes.rows([DEGREE]), rows])


def sittings(parameters: Parameters, question: Question) -> Verdicts:
    """Who passed papers of every group in the same or adjacent sittings."""
    groups = cast("tuple[tuple[str, ...], ...]", parameters["papers"])
    held = question.register.holdings
    rows = held.qualification.rows([code for group in groups for code in group])
    return settle(question, held.verified, rows, lambda chosen: _passed(groups, question, chosen))


def _passed(groups: Sequence[Sequence[str]], question: Question, rows: Numbers) -> Verdicts:
    held, size = question.register.holdings, question.register.size
    awarded = held.awarded_on[rows]
    rows = rows[~known(awarded) | (awarded <= question.day)]
    sitting = _sittings_of(held, rows)
    numbers = sorted({int(number) for number in np.unique(sitting) if number >= 0})
    members = [_members(held.qualification, group, rows) for group in groups]

    def those(chosen: Flags) -> Flags:
        found = np.zeros(size, dtype=np.bool_)
        found[held.person[rows[chosen]]] = True
        return found

    together = np.zeros(size, dtype=np.bool_)
    for number in numbers:
        near = (sitting == number) | (sitting == number + 1)
        together |= _everywhere(those(member & near) for member in members)
    complete = _everywhere(those(member) for member in members)
    unknown = reduce(np.logical_or, (those(member & (sitting < 0)) for member in members))
    return Verdicts(together, ~together & complete & unknown)


def _sittings_of(held: HoldingColumns, rows: Numbers) -> Numbers:
    column = held.attributes.get("sitting")
    if column is None:
        return np.full(len(rows), _UNKNOWN, dtype=np.int32)

    def number(label: str) -> int:
        found = sitting_number(label)
        return _UNKNOWN if found is None else found

    return column.translated(number, _UNKNOWN, rows)


def _members(qualification: Coded[str], group: Sequence[str], rows: Numbers) -> Flags:
    member = qualification.translated(lambda code: int(code in group), 0, rows)
    return cast("Flags", member == 1)


def _everywhere(found: Iterable[Flags]) -> Flags:
    return reduce(np.logical_and, found)
