"""``experience_at_least``: months of work of a kind, counted as an interval.

Owns the two ends of the count and the two days it can print: when a met clause
lapses, and when an open one is met if the person stays in that work. The
arithmetic itself is ``portal.domain.calendar``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil
from typing import Final, NamedTuple

from portal.domain.calendar import (
    ONE_DAY,
    THIRTIETHS,
    Period,
    Quantity,
    add_months,
    day_reaching,
    drop_last_days,
    merge_periods,
    thirtieths_between,
    worked_thirtieths,
)
from portal.domain.dossier import Work
from portal.domain.rules.clauses import Parameters
from portal.domain.rules.facts import Facts
from portal.domain.rules.predicates.employment import WorkFilter, span_of, work_filter
from portal.domain.rules.predicates.schema import (
    Check,
    Finding,
    ParameterKind,
    ParameterRule,
    Predicate,
    number_of,
    settle_pending,
)
from portal.domain.rules.reasons import Because, ParamValue
from portal.domain.rules.vocabulary import Outcome

_FULL: Final = Fraction(1)
_NO_END: Final = date(9000, 1, 1)
# Leaving out the last day of a stretch shortens even one that has no end.
_GOES_ON: Final = _NO_END - ONE_DAY
_TENTH: Final = Decimal("0.1")
_NEAR: Final = THIRTIETHS + 6


class Counted(NamedTuple):
    """The periods a clause counts: for certain, and at most."""

    certain: tuple[Period, ...]
    possible: tuple[Period, ...]
    evidence: tuple[str, ...]


class Asked(NamedTuple):
    """What the clause asks: so many months, within so many before the day."""

    months: int
    within: int | None

    @property
    def thirtieths(self) -> int:
        return self.months * THIRTIETHS

    def certain(self, counted: Counted, on: date) -> Quantity:
        return worked_thirtieths(counted.certain, since=self._since(on), until=on)

    def possible(self, counted: Counted, on: date) -> Quantity:
        return worked_thirtieths(counted.possible, since=self._since(on), until=on)

    def _since(self, on: date) -> date | None:
        return add_months(on, -self.within) if self.within is not None else None


def _build(parameters: Parameters, _clause: str) -> Check:
    asked = Asked(number_of(parameters, "months") or 0, number_of(parameters, "within_months"))
    chosen = work_filter(parameters)
    nothing = Finding(Outcome.NOT_MET, Because("experience.none_found", {"needed": asked.months}))

    def answer(facts: Facts, work: tuple[Work, ...], on: date) -> Finding:
        """Branches of one rule often ask the same work for the same months: answer once."""
        key = (chosen, work is facts.counted_work, asked, on)
        found = facts.worked_out.get(key)
        if not isinstance(found, Finding):
            counted = _counted_once(facts, work, chosen)
            found = _answer(asked, counted, on) if counted.evidence else nothing
            facts.worked_out[key] = found
        return found

    def check(facts: Facts, on: date) -> Finding:
        counted = answer(facts, facts.counted_work, on)
        if not facts.work_pending:
            return counted
        return settle_pending(counted, lambda: answer(facts, facts.all_work, on), _awaits)

    return check


def _counted_once(facts: Facts, work: tuple[Work, ...], chosen: WorkFilter) -> Counted:
    """Clauses that differ only in the months they ask share one count."""
    key = (chosen, work is facts.counted_work)
    counted = facts.worked_out.get(key)
    if not isinstance(counted, Counted):
        counted = facts.worked_out[key] = _count(work, chosen)
    return counted


def _count(work: Iterable[Work], chosen: WorkFilter) -> Counted:
    certain: list[Period] = []
    possible: list[Period] = []
    evidence: list[str] = []
    for period in work:
        accepted = chosen.accepts(period)
        if accepted is False:
            continue
        evidence.append(period.id)
        span = span_of(period)
        possible.append(Period(span.possible_begins, span.possible_until or _NO_END, _FULL))
        if accepted and period.share:
            certain.append(Period(span.certain_begins, span.certain_until or _NO_END, period.share))
    return Counted(drop_last_days(merge_periods(certain)), merge_periods(possible), tuple(evidence))


def _answer(asked: Asked, counted: Counted, on: date) -> Finding:
    low = asked.certain(counted, on)
    high = max(low, asked.possible(counted, on))
    params = _months(asked, low, high)
    if low >= asked.thirtieths:
        lapses_on = _lapse(asked, counted, on, low)
        reason = _say("experience.reached", params, "lapses_on", lapses_on)
        return Finding(Outcome.MET, reason, counted.evidence, lapses_on)
    met_on = _reached(asked, counted, on, low) if _will_grow(counted, on) else None
    is_open = high >= asked.thirtieths
    code = "experience.open_counting" if is_open else "experience.short"
    outcome = Outcome.UNDETERMINED if is_open else Outcome.NOT_MET
    return Finding(outcome, _say(code, params, "met_on", met_on), counted.evidence, None, met_on)


def _will_grow(counted: Counted, on: date) -> bool:
    return any(period.until > on for period in counted.certain)


def _reached(asked: Asked, counted: Counted, on: date, low: Quantity) -> date | None:
    """The first day on which the certain count is enough, day by day and exactly.

    A window drops old months while new ones arrive, so the count may stand
    still for years. Days that cannot bring enough are leapt over.
    """
    latest = counted.certain[-1]
    if asked.within is None and latest.begins <= on and latest.until >= _GOES_ON:
        return _reached_by_going_on(latest, asked.thirtieths - low, on)
    last = add_months(on, max(asked.months, asked.within or 0) * 4 + 12)
    day, found = on, low
    while found < asked.thirtieths:
        day = _leap(day, asked.thirtieths - found)
        if day > last:
            return None
        found = asked.certain(counted, day)
    return day


def _reached_by_going_on(work: Period, missing: Quantity, on: date) -> date:
    """Without a window nothing is lost: only the work that goes on adds to the count."""
    done = thirtieths_between(work.begins, on)
    return day_reaching(work.begins, done + ceil(missing / work.rate))


def _lapse(asked: Asked, counted: Counted, on: date, low: Quantity) -> date | None:
    """The first day on which the certain count is no longer enough; none without a window."""
    if asked.within is None:
        return None
    last = add_months(on, asked.within + 12)
    day, found = on, low
    while found >= asked.thirtieths:
        day = _leap(day, found - asked.thirtieths)
        if day > last:
            return None
        found = asked.certain(counted, day)
    return day


def _leap(day: date, thirtieths: Quantity) -> date:
    """A day by which so much cannot yet have been gained or lost, as far ahead as is safe.

    A day brings one thirtieth, and three where it ends a February.
    """
    if thirtieths > _NEAR:
        return add_months(day, (int(thirtieths) - 6) // THIRTIETHS)
    return day + timedelta(days=max(1, int(thirtieths) - 3))


def _months(asked: Asked, low: Quantity, high: Quantity) -> dict[str, ParamValue]:
    return {
        "months_low": _shown(low, asked.thirtieths),
        "months_high": _shown(high, asked.thirtieths),
        "needed": asked.months,
    }


def _shown(quantity: Quantity, needed: int) -> Decimal:
    """One decimal place, never rounded up to a number that would be enough."""
    exact = Decimal(quantity.numerator) / (quantity.denominator * THIRTIETHS)
    rounded = exact.quantize(_TENTH, ROUND_HALF_UP)
    if quantity < needed <= rounded * THIRTIETHS:
        return exact.quantize(_TENTH, ROUND_DOWN)
    return rounded


def _say(code: str, params: dict[str, ParamValue], name: str, day: date | None) -> Because:
    return Because(code, params) if day is None else Because(f"{code}_until", {**params, name: day})


def _awaits(hoped: Finding) -> Because:
    kept = ("months_low", "months_high", "needed")
    return Because("experience.awaits_verification", {name: hoped.because.params[name] for name in kept})


EXPERIENCE_AT_LEAST: Final = Predicate(
    "experience_at_least",
    {
        "months": ParameterRule(ParameterKind.MONTHS, required=True),
        "within_months": ParameterRule(ParameterKind.MONTHS),
        "functions": ParameterRule(ParameterKind.FUNCTIONS),
        "employer_kinds": ParameterRule(ParameterKind.EMPLOYER_KINDS),
        "places": ParameterRule(ParameterKind.PLACES),
        "management": ParameterRule(ParameterKind.FLAG),
    },
    _build,
)
