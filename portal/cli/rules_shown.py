"""How the ``rules`` commands show faults, clause trees and evaluations as plain lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from portal.domain.rules.alternatives import settling_sets
from portal.domain.rules.batch.impact import Change, Impact, TargetImpact
from portal.domain.rules.clauses import Clause, Leaf
from portal.domain.rules.comparison import Difference
from portal.domain.rules.faults import Fault, Severity
from portal.domain.rules.reasons import Because, ParamValue
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.rulesets import RuleVersion, Target
from portal.domain.rules.verdict import Verdict
from portal.domain.texts import Text

Plain = dict[str, object]


def fault_lines(faults: Sequence[Fault]) -> list[str]:
    """One line a fault, and a count at the end."""
    lines = [f"{fault.severity}: {fault}" for fault in faults]
    warnings = sum(1 for fault in faults if fault.severity is Severity.WARNING)
    return [*lines, f"{len(faults) - warnings} faults, {warnings} warnings."]


def target_lines(target: Target, version: RuleVersion) -> list[str]:
    """The clauses of a version, each under the group that asks for it."""
    heading = f"{target.id}: {target.title.en}, in force from {version.in_force_from.isoformat()}"
    return [heading, *_clause_lines(version, version.root, 1)]


def target_record(target: Target, version: RuleVersion) -> Plain:
    """The same as plain values, the clauses in the order of the file."""
    return {
        "target": target.id,
        "title": target.title.to_json(),
        "jurisdiction": target.jurisdiction.value,
        "authority": target.authority,
        "recognition": target.recognition.value,
        "versions": [one.in_force_from.isoformat() for one in target.ruleset.versions],
        "in_force_from": version.in_force_from.isoformat(),
        "root": version.root,
        "clauses": [_clause_record(clause) for clause in version.clauses.values()],
    }


def _clause_record(clause: Clause) -> Plain:
    asks = {"test": clause.test, "decides": clause.can_decide} if isinstance(clause, Leaf) else {}
    return {
        "id": clause.id,
        "title": clause.title.to_json(),
        "kind": clause.kind.value,
        "owner": clause.owner.value if clause.owner is not None else None,
        **asks,
        "children": list(clause.children),
        "unless": clause.unless,
        "cites": [
            {"source": cite.source, "at": cite.at, "confidence": cite.confidence.value}
            for cite in clause.cites
        ],
        "closed_by": list(clause.closed_by),
    }


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


def verdict_lines(verdict: Verdict) -> list[str]:
    """Both verdicts, the trees below them where they differ, and what would settle the target."""
    declared, verified = verdict.declared, verdict.verified
    lines = [f"rulebook {verdict.rulebook}", *evaluation_lines(declared)]
    if verified.root == declared.root:
        lines.append(f"as verified: {verified.outcome}, clause by clause the same")
    else:
        lines.extend(evaluation_lines(verified))
    ways = settling_sets(verdict.version, declared.root)
    return [*lines, *(f"would settle it: {' and '.join(names)}" for names in ways)]


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


def difference_lines(differences: Sequence[Difference]) -> list[str]:
    """One line a difference; those that may change outcomes are marked."""
    lines = []
    for found in differences:
        parts = f" ({', '.join(found.parts)})" if found.parts else ""
        mark = "decides" if found.decides else "words"
        lines.append(f"{mark:<8} {found.kind:<8} {found.shelf}: {' / '.join(found.name)}{parts}")
    return [*lines, f"{len(differences)} differences."]


def impact_lines(found: Impact) -> list[str]:
    """How many people each change concerns, by target and jurisdiction, and who they are."""
    lines = [
        f"On {found.on.isoformat()}, as {found.basis}, {len(found.people)} people: "
        f"{found.before[:12]} to {found.after[:12]}."
    ]
    for jurisdiction, counts in found.by_jurisdiction().items():
        lines.append(f"{jurisdiction}: {_counts(counts)}")
    for target in found.targets:
        if target.is_felt:
            lines.append(f"  {target.target_id}: {_counts({c: target.counted(c) for c in Change})}")
            lines.extend(
                f"    {change.value.replace('_', ' ')}: {', '.join(names)}"
                for change in Change
                if (names := found.names(target.target_id, change))
            )
    return lines


def _counts(counts: Mapping[Change, int]) -> str:
    return ", ".join(f"{number} {change.value.replace('_', ' ')}" for change, number in counts.items())


def impact_record(found: Impact) -> Plain:
    """The same as plain values, with every name."""
    return {
        "before": found.before,
        "after": found.after,
        "on": found.on.isoformat(),
        "basis": found.basis.value,
        "people": len(found.people),
        "by_jurisdiction": {
            jurisdiction.value: {change.value: number for change, number in counts.items()}
            for jurisdiction, counts in found.by_jurisdiction().items()
        },
        "targets": [_target_impact(found, target) for target in found.targets if target.is_felt],
    }


def _target_impact(found: Impact, target: TargetImpact) -> Plain:
    return {
        "target": target.target_id,
        "jurisdiction": target.jurisdiction.value,
        **{change.value: found.names(target.target_id, change) for change in Change},
    }
