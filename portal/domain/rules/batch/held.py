"""Questions about qualifications, for a whole register: holds, education, sittings.

The vectorised twins of the predicates of the same names; a property test holds
them equal to those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import cast

import numpy as np

from portal.domain.rules.batch.bits import Flags, Numbers, pack
from portal.domain.rules.batch.coded import EVERY_ROW, Answers, Coded, Rows
from portal.domain.rules.batch.days import add_months, known
from portal.domain.rules.batch.examination import UNKNOWN, Examination, among, reaching
from portal.domain.rules.batch.planes import Planes
from portal.domain.rules.batch.register import HoldingColumns
from portal.domain.rules.batch.schooling import Schooling, Worth
from portal.domain.rules.batch.verdicts import Question, Verdicts, best_of_facts, settle
from portal.domain.rules.clauses import Parameters
from portal.domain.rules.predicates.education import LEVELS
from portal.domain.rules.predicates.schema import day_of, number_of, texts_of
from portal.domain.rules.predicates.sittings import sitting_number
from portal.domain.rules.vocabulary import Basis


def holds(parameters: Parameters, question: Question) -> Planes:
    """Who holds one of the qualifications as the clause asks."""
    held = question.register.holdings
    rows = held.qualification.stretch(texts_of(parameters, "any_of"))
    facts = _examined(parameters, held, rows, question.day)
    return best_of_facts(question, held.person[rows], held.verified[rows], facts)


def _examined(parameters: Parameters, held: HoldingColumns, rows: Rows, on: int) -> Verdicts:
    gained = held.gained[rows]
    asked = Examination(held.attributes, rows, len(gained))
    asked.stop(gained > on)
    without = held.first_day_without[rows]
    if parameters.get("current") is True:
        asked.stop(known(without) & (without <= on), ~known(gained))
    recent = number_of(parameters, "current_or_ended_within_months")
    if recent is not None:
        asked.stop(_longer_ago(without, recent, on), ~known(without) & ~known(gained))
    months = number_of(parameters, "awarded_within_months")
    if months is not None:
        asked.stop(_longer_ago(gained, months, on), ~known(gained))
    _ask_limits(asked, gained, parameters)
    _ask_attributes(asked, parameters)
    return asked.verdicts()


def _longer_ago(days: Numbers, months: int, on: int) -> Flags:
    return known(days) & (add_months(days, months) <= on)


def _ask_limits(asked: Examination, gained: Numbers, parameters: Parameters) -> None:
    last, first = day_of(parameters, "awarded_on_or_before"), day_of(parameters, "awarded_on_or_after")
    if last is not None:
        asked.stop(gained > last.toordinal(), ~known(gained))
    if first is not None:
        asked.stop(known(gained) & (gained < first.toordinal()), ~known(gained))


def _ask_attributes(asked: Examination, parameters: Parameters) -> None:
    allowed = cast("Mapping[str, tuple[str, ...]]", parameters.get("attributes", {}))
    for name, values in sorted(allowed.items()):
        asked.attribute(name, among(values))
    least = cast("Mapping[str, int]", parameters.get("at_least", {}))
    for name, number in sorted(least.items()):
        asked.attribute(name, reaching(number))


def education(asked: Sequence[Parameters], question: Question) -> list[Planes]:
    """Who reached the level of schooling each question asks."""
    schooling = question.register.holdings.schooling
    late = known(schooling.awarded_on) & (schooling.awarded_on > question.day)
    counts = schooling.verified | (question.basis is Basis.DECLARED)
    # Rows of one kind that also agree in these two come out alike.
    row = schooling.kind.astype(np.intp) * 4 + late * 2 + counts
    found = []
    for parameters in asked:
        worth = schooling.best_of_each(_worth(parameters, schooling).take(row), question.register.size)
        found.append(Planes(pack(worth > 0), pack(worth < 2)))
    return found


def _worth(parameters: Parameters, schooling: Schooling) -> Worth:
    """What each kind is worth: two where it is met, one where that is open, by kind, lateness and standing."""
    worth = np.empty((schooling.kinds, 2, 2), dtype=np.uint8)
    needed = LEVELS.index(str(parameters["level"]))
    for late in (False, True):
        asked = Examination(schooling.attributes, EVERY_ROW, schooling.kinds)
        asked.attribute(
            "level", lambda level: int(LEVELS.index(level) >= needed) if level in LEVELS else UNKNOWN
        )
        asked.stop(np.full(schooling.kinds, late))
        for name, plural in (("field", "fields"), ("place", "places")):
            allowed = texts_of(parameters, plural)
            if allowed:
                asked.attribute(name, among(allowed))
        met, unknown = asked.verdicts()
        worth[:, int(late), 0] = met | unknown
        worth[:, int(late), 1] = 2 * met + unknown
    return worth.ravel()


def sittings(parameters: Parameters, question: Question) -> Planes:
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


def _sittings_of(held: HoldingColumns, rows: Numbers) -> Answers:
    column = held.attributes.get("sitting")
    if column is None:
        return np.full(len(rows), UNKNOWN, dtype=np.int16)

    def number(label: str) -> int:
        found = sitting_number(label)
        return UNKNOWN if found is None else found

    return column.translated(number, UNKNOWN, rows)


def _members(qualification: Coded[str], group: Sequence[str], rows: Numbers) -> Flags:
    member = qualification.translated(lambda code: int(code in group), 0, rows)
    return cast("Flags", member == 1)


def _everywhere(found: Iterable[Flags]) -> Flags:
    return reduce(np.logical_and, found)
