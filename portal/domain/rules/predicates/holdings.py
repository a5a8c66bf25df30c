"""``holds``: a qualification held, current, recent enough, or with certain attributes.

Each holding of an accepted qualification passes the same questions in turn;
the best answer among the holdings stands for the clause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, cast

from portal.domain.calendar import ONE_DAY, add_months
from portal.domain.dossier import Holding
from portal.domain.rules.clauses import Parameters
from portal.domain.rules.facts import Facts, Holdings, Reads
from portal.domain.rules.predicates.schema import (
    Check,
    Finding,
    ParameterKind,
    ParameterRule,
    Predicate,
    day_of,
    met,
    not_met,
    number_of,
    settle_pending,
    texts_of,
    undetermined,
)
from portal.domain.rules.reasons import Because, ParamValue
from portal.domain.rules.vocabulary import Outcome

# One question to one holding: none when it passes, else the answer that stops it.
Question = Callable[[Holding, date], Finding | None]
Lapse = Callable[[Holding], date | None]

_WORTH: Final = {Outcome.MET: 2, Outcome.UNDETERMINED: 1, Outcome.NOT_MET: 0}


def _build(parameters: Parameters, _clause: str) -> Check:
    codes = texts_of(parameters, "any_of")
    examine = _examination(parameters)
    nothing = not_met(Because("holds.none_found", {"qualifications": codes}))

    accepted = frozenset(codes)

    def best(holdings: Holdings, on: date) -> Finding:
        if accepted.isdisjoint(holdings):
            return nothing
        found = [examine(held, on) for code in codes for held in holdings.get(code, ())]
        return found[0] if len(found) == 1 else max(found, key=_worth)

    def check(facts: Facts, on: date) -> Finding:
        counted = best(facts.counted_holdings, on)
        if not facts.holdings_pending:
            return counted
        return settle_pending(counted, lambda: best(facts.all_holdings, on), _awaits)

    return check


def _examination(parameters: Parameters) -> Callable[[Holding, date], Finding]:
    questions = tuple(_questions(parameters))
    lapses = tuple(_lapses(parameters))
    say = _recent if "current_or_ended_within_months" in parameters else _say_current
    confirm = say if lapses and "awarded_within_months" not in parameters else _say_found

    def examine(held: Holding, on: date) -> Finding:
        for question in questions:
            stopped = question(held, on)
            if stopped is not None:
                return stopped
        days = [day for lapse in lapses if (day := lapse(held)) is not None]
        lapses_on = min(days) if days else None
        return met(confirm(held, on, lapses_on), (held.id,), lapses_on)

    return examine


def _questions(parameters: Parameters) -> Iterable[Question]:
    yield _has_begun
    if parameters.get("current") is True:
        yield _is_current
    recent = number_of(parameters, "current_or_ended_within_months")
    if recent is not None:
        yield _ended_within(recent)
    months = number_of(parameters, "awarded_within_months")
    if months is not None:
        yield _awarded_within(months)
    yield from _limits(parameters)
    allowed = cast("Mapping[str, tuple[str, ...]]", parameters.get("attributes", {}))
    for name, values in sorted(allowed.items()):
        yield _attribute_among(name, values)
    least = cast("Mapping[str, int]", parameters.get("at_least", {}))
    for name, number in sorted(least.items()):
        yield _attribute_reaches(name, number)


def _limits(parameters: Parameters) -> Iterable[Question]:
    last = day_of(parameters, "awarded_on_or_before")
    if last is not None:
        yield _awarded_by(last)
    first = day_of(parameters, "awarded_on_or_after")
    if first is not None:
        yield _awarded_from(first)


def _lapses(parameters: Parameters) -> Iterable[Lapse]:
    if parameters.get("current") is True:
        yield first_day_without
    recent = number_of(parameters, "current_or_ended_within_months")
    if recent is not None:
        yield lambda held: _months_after(first_day_without(held), recent)
    months = number_of(parameters, "awarded_within_months")
    if months is not None:
        yield lambda held: _months_after(_gained_on(held), months)


def first_day_without(held: Holding) -> date | None:
    """The day from which a holding is no longer current; none while no end is known."""
    expiry = held.valid_until + ONE_DAY if held.valid_until is not None else None
    if held.ended_on is None or expiry is None:
        return held.ended_on or expiry
    return min(held.ended_on, expiry)


def _gained_on(held: Holding) -> date | None:
    return held.awarded_on or held.begun_on


def _months_after(day: date | None, months: int) -> date | None:
    return add_months(day, months) if day is not None else None


def _worth(finding: Finding) -> tuple[int, date, date, tuple[str, ...]]:
    """Met before unknown before not met; then what lasts longest; then a fixed order."""
    lapses = finding.lapses_on
    if lapses is None and finding.outcome is Outcome.MET:
        lapses = date.max
    came_close = max((d for d in finding.because.params.values() if isinstance(d, date)), default=date.min)
    return (_WORTH[finding.outcome], lapses or date.min, came_close, finding.evidence)


def _has_begun(held: Holding, on: date) -> Finding | None:
    gained = _gained_on(held)
    if gained is not None and gained > on:
        reason = Because("holds.not_yet", {"qualification": held.qualification, "on": gained})
        return not_met(reason, (held.id,), gained)
    return None


def _is_current(held: Holding, on: date) -> Finding | None:
    params: dict[str, ParamValue] = {"qualification": held.qualification}
    if held.ended_on is not None and held.ended_on <= on:
        return not_met(Because("holds.ended", {**params, "ended_on": held.ended_on}), (held.id,))
    if held.valid_until is not None and held.valid_until < on:
        reason = Because("holds.expired", {**params, "valid_until": held.valid_until})
        return not_met(reason, (held.id,))
    return _day_unknown(held) if _gained_on(held) is None else None


def _ended_within(months: int) -> Question:
    def question(held: Holding, on: date) -> Finding | None:
        ended = first_day_without(held)
        if ended is None:
            return _day_unknown(held) if _gained_on(held) is None else None
        lapsed = add_months(ended, months)
        if on < lapsed:
            return None
        reason = Because(
            "holds.ended_too_long_ago",
            {"qualification": held.qualification, "ended_on": ended, "lapsed_on": lapsed},
        )
        return not_met(reason, (held.id,))

    return question


def _awarded_within(months: int) -> Question:
    def question(held: Holding, on: date) -> Finding | None:
        gained = _gained_on(held)
        if gained is None:
            return _day_unknown(held)
        lapsed = add_months(gained, months)
        if on < lapsed:
            return None
        reason = Because(
            "holds.too_old",
            {"qualification": held.qualification, "on": gained, "lapsed_on": lapsed},
        )
        return not_met(reason, (held.id,))

    return question


def _awarded_by(last: date) -> Question:
    return _compared("holds.too_late", last, lambda gained: gained <= last)


def _awarded_from(first: date) -> Question:
    return _compared("holds.too_early", first, lambda gained: gained >= first)


def _compared(code: str, limit: date, passes: Callable[[date], bool]) -> Question:
    def question(held: Holding, _on: date) -> Finding | None:
        gained = _gained_on(held)
        if gained is None:
            return _day_unknown(held)
        if passes(gained):
            return None
        params: dict[str, ParamValue] = {"qualification": held.qualification, "on": gained, "limit": limit}
        return not_met(Because(code, params), (held.id,))

    return question


def _attribute_among(name: str, allowed: tuple[str, ...]) -> Question:
    def question(held: Holding, _on: date) -> Finding | None:
        value = held.attributes.get(name)
        if value is None or value == "":
            return _attribute_unknown(held, name)
        if str(value) in allowed:
            return None
        params: dict[str, ParamValue] = {"qualification": held.qualification, "attribute": name}
        return not_met(Because("holds.attribute_other", params), (held.id,))

    return question


def _attribute_reaches(name: str, needed: int) -> Question:
    def question(held: Holding, _on: date) -> Finding | None:
        value = str(held.attributes.get(name, ""))
        if not value.isdecimal():
            return _attribute_unknown(held, name)
        if int(value) >= needed:
            return None
        params: dict[str, ParamValue] = {
            "qualification": held.qualification,
            "attribute": name,
            "found": int(value),
            "needed": needed,
        }
        return not_met(Because("holds.below", params), (held.id,))

    return question


def _day_unknown(held: Holding) -> Finding:
    reason = Because("holds.day_unknown", {"qualification": held.qualification})
    return undetermined(reason, (held.id,))


def _attribute_unknown(held: Holding, name: str) -> Finding:
    params: dict[str, ParamValue] = {"qualification": held.qualification, "attribute": name}
    return undetermined(Because("holds.attribute_unknown", params), (held.id,))


def _say_found(held: Holding, _on: date, lapses_on: date | None) -> Because:
    gained = _gained_on(held)
    if gained is None:
        return Because("holds.held", {"qualification": held.qualification})
    if lapses_on is None:
        return Because("holds.found", {"qualification": held.qualification, "on": gained})
    params: dict[str, ParamValue] = {
        "qualification": held.qualification,
        "on": gained,
        "lapses_on": lapses_on,
    }
    return Because("holds.found_until", params)


def _say_current(held: Holding, _on: date, lapses_on: date | None) -> Because:
    if lapses_on is None:
        return Because("holds.current", {"qualification": held.qualification})
    params: dict[str, ParamValue] = {"qualification": held.qualification, "lapses_on": lapses_on}
    return Because("holds.current_until", params)


def _recent(held: Holding, on: date, lapses_on: date | None) -> Because:
    ended = first_day_without(held)
    if ended is None or ended > on or lapses_on is None:
        return _say_current(held, on, lapses_on)
    params: dict[str, ParamValue] = {
        "qualification": held.qualification,
        "ended_on": ended,
        "lapses_on": lapses_on,
    }
    return Because("holds.ended_recently", params)


def _awaits(hoped: Finding) -> Because:
    qualification = hoped.because.params["qualification"]
    return Because("holds.awaits_verification", {"qualification": qualification})


def _reads(parameters: Parameters, _clause: str) -> Reads:
    return Reads(qualifications=texts_of(parameters, "any_of"))


HOLDS: Final = Predicate(
    "holds",
    {
        "any_of": ParameterRule(ParameterKind.QUALIFICATIONS, required=True),
        "awarded_within_months": ParameterRule(ParameterKind.MONTHS),
        "current": ParameterRule(ParameterKind.FLAG),
        "current_or_ended_within_months": ParameterRule(ParameterKind.MONTHS),
        "attributes": ParameterRule(ParameterKind.ATTRIBUTE_VALUES),
        "at_least": ParameterRule(ParameterKind.ATTRIBUTE_NUMBERS),
        "awarded_on_or_before": ParameterRule(ParameterKind.DAY),
        "awarded_on_or_after": ParameterRule(ParameterKind.DAY),
    },
    _build,
    _reads,
)
