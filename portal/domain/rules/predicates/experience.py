"""``experience_at_least``: months of work of a kind, counted as an interval.

Owns what is said of the two ends of the count (``counting``) and of the two days
it can print (``crossing``): when a met clause lapses, and when an open one is
met if the person stays in that work.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from portal.domain.rules.clauses import Parameters, identity_of
from portal.domain.rules.facts import Facts, Reads
from portal.domain.rules.predicates.counting import Amount, Asked, accepted_by, amount_of
from portal.domain.rules.predicates.crossing import day_lapsed, day_met
from portal.domain.rules.predicates.employment import WorkFilter, reads_of, work_filter
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


class Amounts(NamedTuple):
    """What counts and, where some of it awaits verification, all that is declared; none of no work."""

    counted: Amount | None
    everything: Amount | None


def _build(parameters: Parameters, _clause: str) -> Check:
    asked = Asked(number_of(parameters, "months") or 0, number_of(parameters, "within_months"))
    chosen = work_filter(parameters)
    nothing = Finding(Outcome.NOT_MET, Because("experience.none_found", {"needed": asked.months}))
    # Texts keep their hash, so that a long filter is a quick key.
    filtered = str(identity_of({k: v for k, v in parameters.items() if k != "months"}))
    question = f"{asked.months} {filtered}"

    def amounts(facts: Facts, on: date) -> Amounts:
        """Clauses that differ only in the months they ask share one count."""
        key = (filtered, on)
        found = facts.worked_out.get(key)
        if not isinstance(found, Amounts):
            found = facts.worked_out[key] = _amounts(facts, chosen, asked.since(on), on)
        return found

    def answer(counted: Amount | None, everything: Amount, on: date) -> Finding:
        found = _answer(asked, counted, on) if counted is not None else nothing
        if everything is counted:
            return found
        return settle_pending(found, lambda: _answer(asked, everything, on), _awaits)

    def check(facts: Facts, on: date) -> Finding:
        """Branches of one rule often ask the same work for the same months: answer once."""
        key = (question, on)
        found = facts.worked_out.get(key)
        if isinstance(found, Finding):
            return found
        counted, everything = amounts(facts, on)
        if everything is None:
            return nothing
        found = facts.worked_out[key] = answer(counted, everything, on)
        return found

    return check


def _amounts(facts: Facts, chosen: WorkFilter, since: date | None, on: date) -> Amounts:
    accepted = accepted_by(chosen, facts.all_work)
    everything = amount_of(accepted, since, on) if accepted else None
    if not facts.work_pending:
        return Amounts(everything, everything)
    sure = [one for one in accepted if one[0].verified]
    if len(sure) == len(accepted):
        return Amounts(everything, everything)
    return Amounts(amount_of(sure, since, on) if sure else None, everything)


def _answer(asked: Asked, amount: Amount, on: date) -> Finding:
    counted, low, high = amount
    needed = asked.parts(counted)
    params = _months(asked, amount, needed)
    if low >= needed:
        lapses_on = day_lapsed(asked, counted, on)
        reason = _say("experience.reached", params, "lapses_on", lapses_on)
        return Finding(Outcome.MET, reason, counted.evidence, lapses_on)
    met_on = day_met(asked, amount, on)
    is_open = high >= needed
    code = "experience.open_counting" if is_open else "experience.short"
    outcome = Outcome.UNDETERMINED if is_open else Outcome.NOT_MET
    return Finding(outcome, _say(code, params, "met_on", met_on), counted.evidence, None, met_on)


def _months(asked: Asked, amount: Amount, needed: int) -> dict[str, ParamValue]:
    counted, low, high = amount
    return {
        "months_low": _shown(low, needed, counted.whole),
        "months_high": _shown(high, needed, counted.whole),
        "needed": asked.months,
    }


def _shown(parts: int, needed: int, whole: int) -> Decimal:
    """Months with one decimal place, never rounded up to a number that would be enough."""
    tenths = (2 * parts + 3 * whole) // (6 * whole)
    if parts < needed <= tenths * 3 * whole:
        tenths = parts // (3 * whole)
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


def _reads(parameters: Parameters, _clause: str) -> Reads:
    return reads_of(work_filter(parameters))


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
