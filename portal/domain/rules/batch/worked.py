"""Questions about work, for a whole register: employment on the day, and months of experience.

The vectorised twins of the predicates of the same names.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from portal.domain.calendar import THIRTIETHS
from portal.domain.rules.batch.bits import Flags, Numbers
from portal.domain.rules.batch.days import known
from portal.domain.rules.batch.periods import Accepted, Count, counted_thirtieths, spans_of
from portal.domain.rules.batch.register import WorkColumns
from portal.domain.rules.batch.verdicts import Question, Verdicts, best_of_each, settle
from portal.domain.rules.clauses import Parameters, identity_of
from portal.domain.rules.predicates.employment import WorkFilter, work_filter
from portal.domain.rules.predicates.schema import number_of
from portal.domain.rules.vocabulary import Basis

_YES = 1
_NO = 0
_OPEN = -1


class Amount(NamedTuple):
    """What each person worked: at least, at most, and whether anything at all."""

    low: Count
    high: Count
    has_some: Flags


def employed_in(parameters: Parameters, question: Question) -> Verdicts:
    """Who works for such an employer on the day."""
    register, on = question.register, question.day
    work = register.work
    accepted = accepted_rows(work, work_filter(parameters))

    def answer(rows: Numbers) -> Verdicts:
        span = spans_of(work, rows)
        begun, over = span.possible_begins <= on, known(span.possible_until) & (span.possible_until <= on)
        may_be = begun & ~over
        surely = accepted.surely[rows] & (span.certain_begins <= on)
        surely &= ~(known(span.certain_until) & (span.certain_until <= on))
        facts = Verdicts(may_be & surely, may_be & ~surely)
        return best_of_each(register.size, work.person[rows], facts)

    return settle(question, work.verified, accepted.rows, answer)


def experience(parameters: Parameters, question: Question) -> Verdicts:
    """Who has so many months of such work, for certain or as far as can be told."""
    needed = (number_of(parameters, "months") or 0) * THIRTIETHS
    found = []
    for low, high, has_some in _amounts(parameters, question):
        met = has_some & (low.parts >= needed * low.whole)
        found.append(Verdicts(met, has_some & ~met & (high.parts >= needed * high.whole)))
    counted, everything = found[0], found[-1]
    if counted is everything:
        return everything
    return Verdicts(counted.met, ~counted.met & (everything.met | everything.open))


def _amounts(parameters: Parameters, question: Question) -> list[Amount]:
    """What counts and, where some of it awaits verification, everything declared.

    Clauses that differ only in the months they ask share one count.
    """
    key = identity_of({name: value for name, value in parameters.items() if name != "months"})
    found = question.worked_out.get(key)
    if not isinstance(found, list):
        work, within = question.register.work, number_of(parameters, "within_months")
        accepted = accepted_rows(work, work_filter(parameters))
        rows = accepted.rows
        found = [_amount(question, rows, accepted.surely, within)]
        if question.basis is Basis.VERIFIED and not bool(work.verified[rows].all()):
            found.insert(0, _amount(question, rows[work.verified[rows]], accepted.surely, within))
        question.worked_out[key] = found
    return found


def _amount(question: Question, rows: Numbers, surely: Flags, within: int | None) -> Amount:
    low, high = counted_thirtieths(question, rows, surely, within)
    has_some = np.zeros(question.register.size, dtype=np.bool_)
    has_some[question.register.work.person[rows]] = True
    return Amount(low, high, has_some)


def accepted_rows(work: WorkColumns, chosen: WorkFilter) -> Accepted:
    """The periods a clause counts, and whether each is counted for certain."""
    everything = np.arange(len(work.person), dtype=np.int32)
    answers = [
        work.functions.translated(lambda names: _among(names, chosen.functions), _OPEN, everything),
        work.employer_kind.translated(lambda kind: _one_of(kind, chosen.employer_kinds), _OPEN, everything),
        work.place.translated(lambda place: _one_of(place, chosen.places), _OPEN, everything),
    ]
    possible = np.logical_and.reduce([answer != _NO for answer in answers])
    if chosen.management:
        possible &= work.manages
    surely = np.logical_and.reduce([answer == _YES for answer in answers])
    return Accepted(np.flatnonzero(possible).astype(np.int32), surely)


def _one_of(value: str, allowed: frozenset[str]) -> int:
    return _among((value,) if value else (), allowed)


def _among(values: tuple[str, ...], allowed: frozenset[str]) -> int:
    if not allowed:
        return _YES
    return int(any(value in allowed for value in values)) if values else _OPEN
