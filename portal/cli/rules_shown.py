"""How the ``rules`` commands show faults, clause trees and evaluations as plain lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portal.domain.rules.clauses import Clause, Leaf
from portal.domain.rules.faults import Fault, Severity
from portal.domain.rules.reasons import Because, ParamValue
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.rulesets import RuleVersion, Target
from portal.domain.texts import Text


def fault_lines(faults: Sequence[Fault]) -> list[str]:
    """One line a fault, and a count at the end."""
    lines = [f"{fault.severity}: {fault}" for fault in faults]
    warnings = sum(1 for fault in faults if fault.severity is Severity.WARNING)
    return [*lines, f"{len(faults) - warnings} faults, {warnings} warnings."]


def target_lines(target: Target, version: RuleVersion) -> list[str]:
    """The clauses of a version, each under the group that asks for it."""
    heading = f"{target.id}: {target.title.en}, in force from {version.in_force_from.isoformat()}"
    return [heading, *_clause_lines(version, version.root, 1)]


def _clause_lines(version: RuleVersion, name: str, depth: int) -> Iterable[str]:
    clause = version.clauses[name]
    yield f"{'  ' * depth}{clause.id}: {clause.title.en} [{_asked(clause)}]"
    for cite in clause.cites:
        yield f"{'  ' * (depth + 2)}{cite.source}, {cite.at} ({cite.confidence})"
    for child in clause.children:
        yield from _clause_lines(version, child, depth + 1)


def _asked(clause: Clause) -> str:
    if isinstance(clause, Leaf):
        return f"{clause.test}, {clause.owner}{'' if clause.can_decide else ', never decides'}"
    needed = f" {clause.needed}" if clause.needed else ""
    return f"{clause.kind}{needed}"


def evaluation_lines(evaluation: Evaluation) -> list[str]:
    """The verdict and the tree below it, each clause with its reason and days."""
    heading = (
        f"{evaluation.target_id} on {evaluation.on.isoformat()}, as {evaluation.basis}: "
        f"{evaluation.outcome} (rule of {evaluation.in_force_from.isoformat()})"
    )
    return [heading, *_result_lines(evaluation.root, 1)]


def _result_lines(result: ClauseResult, depth: int) -> Iterable[str]:
    days = "".join(
        f", {words} {day.isoformat()}"
        for words, day in (("lapses on", result.lapses_on), ("met on", result.met_on))
        if day is not None
    )
    yield f"{'  ' * depth}{result.outcome:<14} {result.clause_id}: {_reason(result.because)}{days}"
    for child in result.children:
        yield from _result_lines(child, depth + 1)


def _reason(because: Because) -> str:
    params = ", ".join(f"{name} {_value(value)}" for name, value in because.params.items())
    return f"{because.code} ({params})" if params else because.code


def _value(value: ParamValue) -> str:
    if isinstance(value, Text):
        return value.en
    return "/".join(value) if isinstance(value, tuple) else str(value)
