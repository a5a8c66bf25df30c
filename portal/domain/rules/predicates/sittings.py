"""``passed_in_consecutive_sittings``: papers that count only when passed close together.

Sittings are a sequence (two a year), not dates: a pass counts when every other
group of papers was passed in the same sitting or the one next to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import product
from typing import Final, NamedTuple, cast

from portal.domain.rules.clauses import Parameters
from portal.domain.rules.facts import Facts, Holdings, Reads
from portal.domain.rules.predicates.schema import (
    Check,
    Finding,
    ParameterKind,
    ParameterRule,
    Predicate,
    met,
    not_met,
    settle_pending,
    undetermined,
)
from portal.domain.rules.reasons import Because, ParamValue

_SITTING: Final = re.compile(r"(\d{4})-([12])")


class Pass(NamedTuple):
    """One paper passed; ``sitting`` is its place in the sequence, none when not known."""

    sitting: int | None
    qualification: str
    holding: str


def sitting_number(label: str) -> int | None:
    """The place of a sitting in the sequence.

    >>> sitting_number("2026-1") - sitting_number("2025-2")
    1
    """
    match = _SITTING.fullmatch(label)
    return int(match[1]) * 2 + int(match[2]) - 1 if match else None


def sitting_label(number: int) -> str:
    """The label of a place in the sequence."""
    return f"{number // 2}-{number % 2 + 1}"


def _build(parameters: Parameters, _clause: str) -> Check:
    groups = cast("tuple[tuple[str, ...], ...]", parameters["papers"])

    def check(facts: Facts, on: date) -> Finding:
        counted = _answer(groups, facts.counted_holdings, on)
        if not facts.holdings_pending:
            return counted
        return settle_pending(counted, lambda: _answer(groups, facts.all_holdings, on), _awaits)

    return check


def _answer(groups: tuple[tuple[str, ...], ...], holdings: Holdings, on: date) -> Finding:
    passes = [sorted(_passes(group, holdings, on), key=_latest_first) for group in groups]
    known = [[p for p in group if p.sitting is not None] for group in passes]
    together = _together(known)
    if together:
        return _say_pair("sittings.passed_together", together)
    unknown = [p for group in passes for p in group if p.sitting is None]
    if unknown and all(passes):
        reason = Because("sittings.sitting_unknown", {"qualification": unknown[0].qualification})
        return undetermined(reason, (unknown[0].holding,))
    if all(known):
        return _say_pair("sittings.apart", [group[0] for group in known])
    return _missing(groups, [p for group in passes for p in group], on)


def _passes(codes: tuple[str, ...], holdings: Holdings, on: date) -> Iterable[Pass]:
    for code in codes:
        for held in holdings.get(code, ()):
            if held.awarded_on is None or held.awarded_on <= on:
                label = str(held.attributes.get("sitting", ""))
                yield Pass(sitting_number(label), code, held.id)


def _latest_first(one: Pass) -> tuple[int, str, str]:
    return (-(one.sitting or 0), one.qualification, one.holding)


def _together(groups: list[list[Pass]]) -> list[Pass] | None:
    for chosen in product(*groups):
        sittings = [one.sitting for one in chosen if one.sitting is not None]
        if sittings and max(sittings) - min(sittings) <= 1:
            return list(chosen)
    return None


def _say_pair(code: str, chosen: list[Pass]) -> Finding:
    first, other = chosen[0], chosen[-1]
    params: dict[str, ParamValue] = {
        "qualification": first.qualification,
        "sitting": sitting_label(first.sitting or 0),
        "other": other.qualification,
        "other_sitting": sitting_label(other.sitting or 0),
    }
    evidence = tuple(one.holding for one in chosen)
    reason = Because(code, params)
    return met(reason, evidence) if code.endswith("together") else not_met(reason, evidence)


def _missing(groups: tuple[tuple[str, ...], ...], passes: list[Pass], on: date) -> Finding:
    if not passes:
        codes = tuple(code for group in groups for code in group)
        return not_met(Because("sittings.none_found", {"qualifications": codes}))
    latest = min(passes, key=_latest_first)
    if latest.sitting is None:
        reason = Because("sittings.none_found", {"qualifications": _others(groups, latest)})
        return not_met(reason, (latest.holding,))
    last = latest.sitting + 1
    code = "sittings.lapsed" if last // 2 < on.year else "sittings.one_missing"
    params: dict[str, ParamValue] = {
        "qualification": latest.qualification,
        "sitting": sitting_label(latest.sitting),
        "counts_until": sitting_label(last),
    }
    return not_met(Because(code, params), (latest.holding,))


def _others(groups: tuple[tuple[str, ...], ...], held: Pass) -> tuple[str, ...]:
    return tuple(code for group in groups if held.qualification not in group for code in group)


def _awaits(hoped: Finding) -> Because:
    qualification = hoped.because.params["qualification"]
    return Because("sittings.awaits_verification", {"qualification": qualification})


def _reads(parameters: Parameters, _clause: str) -> Reads:
    groups = cast("tuple[tuple[str, ...], ...]", parameters["papers"])
    return Reads(qualifications=tuple(code for group in groups for code in group))


PASSED_IN_CONSECUTIVE_SITTINGS: Final = Predicate(
    "passed_in_consecutive_sittings",
    {"papers": ParameterRule(ParameterKind.PAPERS, required=True)},
    _build,
    _reads,
)
