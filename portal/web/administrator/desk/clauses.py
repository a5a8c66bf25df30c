"""The clause tree as the desk shows it: both verdicts, why, on which facts, and what an officer can settle.

Owns frozen views of clauses. It must not know cases or routes beyond the address of a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.domain.grants import awaits_finding
from portal.domain.rules.explanation import PlankState
from portal.domain.rules.reasons import Because
from portal.domain.rules.results import ClauseResult
from portal.domain.rules.rulesets import RuleVersion
from portal.domain.rules.vocabulary import ClauseKind, Outcome
from portal.web.languages import current_language


@dataclass(frozen=True, slots=True)
class DeskClause:
    """One clause and what lies below it.

    ``because_verified`` is empty unless verified facts answer otherwise. ``finding_address`` is
    empty where facts decide. ``below`` are the parts it asks or the ways that meet it, ``others``
    the further ways, ``idle`` what does not apply.
    """

    anchor: str
    title: str
    state: PlankState
    because: str
    because_verified: str
    facts: tuple[tuple[str, str], ...]
    lapses_on: date | None
    finding_address: str
    is_found: bool
    below: tuple[DeskClause, ...]
    others: tuple[DeskClause, ...]
    idle: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseReader:
    """What is needed to read the clauses of one case."""

    version: RuleVersion
    say: Callable[[Because], str]
    facts: Mapping[str, tuple[str, str]]
    findings: Mapping[str, bool]
    finding_address: Callable[[str], str]

    def read(self, declared: ClauseResult, verified: ClauseResult) -> DeskClause:
        """Read one clause and all below it on both verdicts."""
        pairs = list(zip(declared.children, verified.children, strict=True))
        applying = [pair for pair in pairs if pair[0].outcome is not Outcome.NOT_APPLICABLE]
        is_choice = declared.kind in (ClauseKind.ANY_OF, ClauseKind.AT_LEAST)
        aside = [pair for pair in applying if is_choice and pair[0].outcome is not Outcome.MET]
        differs = declared.outcome is not verified.outcome
        can_find = declared.is_leaf and awaits_finding(verified.because)
        return DeskClause(
            anchor=f"clause-{declared.clause_id}",
            title=self.title(declared.clause_id),
            state=_state(declared.outcome, verified.outcome),
            because=self.say(declared.because),
            because_verified=self.say(verified.because) if differs else "",
            facts=tuple(self.facts[one] for one in declared.evidence if one in self.facts),
            lapses_on=verified.lapses_on or declared.lapses_on,
            finding_address=self.finding_address(declared.clause_id) if can_find else "",
            is_found=declared.clause_id in self.findings,
            below=tuple(self.read(*pair) for pair in applying if pair not in aside),
            others=tuple(self.read(*pair) for pair in aside),
            idle=tuple(
                self.title(one.clause_id) for one, _ in pairs if one.outcome is Outcome.NOT_APPLICABLE
            ),
        )

    def title(self, clause_id: str) -> str:
        """A clause by the words of its rule; its key for one a later version dropped."""
        clause = self.version.clauses.get(clause_id)
        return clause.title.in_language(current_language().locale) if clause else clause_id


def _state(declared: Outcome, verified: Outcome) -> PlankState:
    if declared is Outcome.MET:
        return PlankState.MET_VERIFIED if verified is Outcome.MET else PlankState.MET_DECLARED
    return PlankState(declared.value)
