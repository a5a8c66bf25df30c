"""``experience_at_least``: months of work of a kind, counted as an interval.

Owns the two ends of the count and the two days it can print: when a met clause
lapses, and when an open one is met if the person stays in that work. The
arithmetic itself is ``portal.domain.calendar``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
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
from portal.domain.rules.clauses import Parameters, identity_of
from portal.domain.rules.facts import Facts, Reads
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

_NO_END: Final = date(9000, 1, 1)
# Leaving out the last day of a stretch shortens even one that has no end.
_GOES_ON: Final = _NO_END - ONE_DAY
_NEAR: Final = THIRTIETHS + 6
# By how much month ends can shift a count, and the days by which an edge is approached.
_SHIFT: Final = 12
_MARGIN: Final = timedelta(days=5)


class Counted(NamedTuple):
    """The periods a clause counts: for certain, and at most."""

    certain: tuple[Period, ...]
    possible: tuple[Period, ...]
    evidence: tuple[str, ...]


class Amount(NamedTuple):
    """What was counted, and how much of it lies in the window: at least, and at most."""

    counted: Counted
    low: Quantity
    high: Quantity


class Asked(NamedTuple):
    """What the clause asks: so many months, within so many before the day."""

    months: int
    within: int | None

    @property
    def thirtieths(self) -> int:
        return self.months * THIRTIETHS

    def certain(self, counted: Counted, on: date) -> Quantity:
        return worked_thirtieths(counted.certain, since=self.since(on), until=on)

    def possible(self, counted: Counted, on: date) -> Quantity:
        return worked_thirtieths(counted.possible, since=self.since(on), until=on)

    def since(self, on: date) -> date | None:
        """The first day of the window; none when all work counts."""
        return add_months(on, -self.within) if self.within is not None else None


def _build(parameters: Parameters, _clause: str) -> Check:
    asked = Asked(number_of(parameters, "months") or 0, number_of(parameters, "within_months"))
    chosen = work_filter(parameters)
    nothing = Finding(Outcome.NOT_MET, Because("experience.none_found", {"needed": asked.months}))
    # Texts keep their hash, so that a long filter is a quick key.
    filtered = str(identity_of({k: v for k, v in parameters.items() if k != "months"}))
    question = f"{asked.months} {filtered}"

    def amount_once(facts: Facts, work: tuple[Work, ...], on: date) -> Amount:
        """Clauses that differ only in the months they ask share one count."""
        key = (filtered, work is facts.counted_work, on)
        amount = facts.worked_out.get(key)
        if not isinstance(amount, Amount):
            amount = facts.worked_out[key] = _amount(asked, _count(work, chosen), on)
        return amount

    def answer(facts: Facts, work: tuple[Work, ...], on: date) -> Finding:
        """Branches of one rule often ask the same work for the same months: answer once."""
        key = (question, work is facts.counted_work, on)
        found = facts.worked_out.get(key)
        if not isinstance(found, Finding):
            amount = amount_once(facts, work, on)
            found = _answer(asked, amount, on) if amount.counted.evidence else nothing
            facts.worked_out[key] = found
        return found

    def check(facts: Facts, on: date) -> Finding:
        counted = answer(facts, facts.counted_work, on)
        if not facts.work_pending:
            return counted
        return settle_pending(counted, lambda: answer(facts, facts.all_work, on), _awaits)

    return check


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
        possible.append(Period(span.possible_begins, span.possible_until or _NO_END, 1))
        share = period.share
        if accepted and share:
            # Whole numbers are much quicker to count with than fractions of one.
            rate = 1 if share.numerator == share.denominator else share
            certain.append(Period(span.certain_begins, span.certain_until or _NO_END, rate))
    return Counted(drop_last_days(merge_periods(certain)), merge_periods(possible), tuple(evidence))


def _amount(asked: Asked, counted: Counted, on: date) -> Amount:
    low = asked.certain(counted, on)
    return Amount(counted, low, max(low, asked.possible(counted, on)))


def _answer(asked: Asked, amount: Amount, on: date) -> Finding:
    counted, low, high = amount
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
        missing = asked.thirtieths - found
        day = max(_leap(day, missing), _flat_until(asked, counted, day, missing, grows=False))
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
    steady = _steady_from(asked, counted)
    while found >= asked.thirtieths:
        if steady is not None and day >= steady:
            return None
        spare = found - asked.thirtieths
        day = max(_leap(day, spare), _flat_until(asked, counted, day, spare, grows=True))
        if day > last:
            return None
        found = asked.certain(counted, day)
    return day


def _steady_from(asked: Asked, counted: Counted) -> date | None:
    """The day from which work that goes on fills the window and suffices for good; none if never."""
    latest = counted.certain[-1]
    enough = (asked.within or 0) * THIRTIETHS * latest.rate >= asked.thirtieths
    if latest.until < _GOES_ON or not enough:
        return None
    return add_months(latest.begins, asked.within or 0) + _MARGIN


def _flat_until(asked: Asked, counted: Counted, day: date, thirtieths: Quantity, *, grows: bool) -> date:
    """A day before which the count cannot have gone up, or with ``grows`` cannot have gone down.

    What a window gains and loses a day changes only where a period begins or
    ends at one of its two edges. Short months shift the count by a few
    thirtieths, so near the number asked no day is passed over.
    """
    since = asked.since(day)
    if since is None or thirtieths <= _SHIFT:
        return day
    gain, loss = _rate_on(counted, day), _rate_on(counted, since)
    if loss > gain if grows else gain > loss:
        return day
    turns = [add_months(edge, asked.within or 0) for edge in _edges(counted) if edge > since]
    turns.extend(edge for edge in _edges(counted) if edge > day)
    return min(turns, default=day) - _MARGIN


def _rate_on(counted: Counted, day: date) -> Quantity:
    return next((p.rate for p in counted.certain if p.begins <= day < p.until), 0)


def _edges(counted: Counted) -> Iterable[date]:
    for period in counted.certain:
        yield period.begins
        if period.until < _GOES_ON:
            yield period.until


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
    tenths = (2 * quantity + 3) // 6
    if quantity < needed <= tenths * 3:
        tenths = quantity // 3
    return _tenths(tenths)


@cache
def _tenths(number: int) -> Decimal:
    """A table of the few hundred numbers of months a working life can have."""
    return Decimal(number).scaleb(-1)


def _say(code: str, params: dict[str, ParamValue], name: str, day: date | None) -> Because:
    return Because(code, params) if day is None else Because(f"{code}_until", {**params, name: day})


def _awaits(hoped: Finding) -> Because:
    kept = ("months_low", "months_high", "needed")
    return Because("experience.awaits_verification", {name: hoped.because.params[name] for name in kept})


def _reads(_parameters: Parameters, _clause: str) -> Reads:
    return Reads(work=True)


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
    _reads,
)
