"""The whole answer about one person and one target: both verdicts, why, and what would settle it.

Owns what an answer carries outside the portal, and its JSON form, which others
build on: a snapshot of its schema is kept by a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.dossier import Dossier
from portal.domain.rules.alternatives import settling_sets
from portal.domain.rules.clauses import Clause
from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.rulesets import RuleVersion, Target
from portal.domain.rules.vocabulary import Basis

Plain = dict[str, object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One target, one day, one rulebook, and the photographs on both bases."""

    rulebook: str
    version: RuleVersion
    declared: Evaluation
    verified: Evaluation

    def to_json(self) -> Plain:
        """Plain values only, every clause once and in rule order."""
        return {
            "target": self.declared.target_id,
            "on": self.declared.on.isoformat(),
            "rulebook": self.rulebook,
            "in_force_from": self.version.in_force_from.isoformat(),
            "outcome": {
                "declared": self.declared.outcome.value,
                "verified": self.verified.outcome.value,
            },
            "clauses": self._clauses(),
            "alternatives": {
                "declared": [list(names) for names in settling_sets(self.version, self.declared.root)],
                "verified": [list(names) for names in settling_sets(self.version, self.verified.root)],
            },
            "photographs": {
                "declared": self.declared.to_json(),
                "verified": self.verified.to_json(),
            },
        }

    def _clauses(self) -> list[Plain]:
        on_verified = {result.clause_id: result for result in self.verified.root.walk()}
        on_declared = {result.clause_id: result for result in self.declared.root.walk()}
        return [
            _clause(self.version.clauses[name], result, on_verified[name])
            for name, result in on_declared.items()
        ]


def judge(target: Target, dossier: Dossier, *, on: date, rulebook: str) -> Verdict:
    """Ask on both bases.

    Refuses with ``rules.not_yet_in_force`` before the target's first version,
    and with ``rules.no_longer_in_force`` after its last.
    """
    declared, verified = (
        evaluate(target, dossier, on=on, basis=basis) for basis in (Basis.DECLARED, Basis.VERIFIED)
    )
    return Verdict(rulebook, target.in_force(on), declared, verified)


def _clause(clause: Clause, declared: ClauseResult, verified: ClauseResult) -> Plain:
    return {
        "id": clause.id,
        "title": clause.title.to_json(),
        "kind": clause.kind.value,
        "children": list(clause.children),
        "owner": declared.owner.value,
        "cites": [
            {"source": cite.source, "at": cite.at, "confidence": cite.confidence.value}
            for cite in clause.cites
        ],
        "closed_by": list(clause.closed_by),
        "declared": _result(declared),
        "verified": _result(verified),
    }


def _result(result: ClauseResult) -> Plain:
    return {
        "outcome": result.outcome.value,
        "because": result.because.to_json(),
        "evidence": list(result.evidence),
        "lapses_on": result.lapses_on.isoformat() if result.lapses_on else None,
        "met_on": result.met_on.isoformat() if result.met_on else None,
        "pending": result.pending,
    }
