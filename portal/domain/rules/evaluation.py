"""The evaluator: a version compiled once, then asked for one dossier on one day.

Evaluation is pure: the day is an argument, and the order of facts and clauses
carries no meaning. Every clause is known as the set of outcomes still possible
for it; groups combine those sets, and only a set of one is a settled answer.
That is why settling an open leaf can never flip a settled answer above it.

Whether a clause applies is settled first, from the person's facts. A figure of
low confidence never decides a clause that applies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from portal.domain.dossier import Dossier
from portal.domain.rules.clauses import Clause, Group, Leaf
from portal.domain.rules.combination import (
    EITHER,
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    OUTCOMES,
    combine,
    group_days,
    group_owner,
    group_reason,
)
from portal.domain.rules.facts import Facts, read_facts
from portal.domain.rules.predicates.registry import PREDICATES
from portal.domain.rules.predicates.schema import Check, Finding, undetermined
from portal.domain.rules.reasons import Because
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.rulesets import Program, RuleVersion, Target
from portal.domain.rules.structure import below
from portal.domain.rules.vocabulary import Basis, ClauseKind, Confidence, Outcome

_MASKS: Final = {
    Outcome.MET: MET,
    Outcome.NOT_MET: NOT_MET,
    Outcome.UNDETERMINED: EITHER,
    Outcome.NOT_APPLICABLE: NOT_APPLICABLE,
}


_NOTHING_KNOWN: Final = read_facts(Dossier(), basis=Basis.DECLARED)


class Answer(NamedTuple):
    """A clause's result, the outcomes still possible for it, and the day it would break an all-of.

    The last differs from the day it lapses where the clause would cease to
    apply: an all-of does without it, an any-of loses a branch.
    """

    result: ClauseResult
    possible: int
    breaks_on: date | None


Asking = Callable[[Facts, date, dict[str, Answer]], Answer]


def evaluate(target: Target, dossier: Dossier, *, on: date, basis: Basis = Basis.DECLARED) -> Evaluation:
    """Ask what a dossier amounts to under the version in force on a day.

    Refuses with ``rules.not_yet_in_force`` before the target's first version.
    """
    return evaluate_facts(target, read_facts(dossier, basis=basis), on=on)


def evaluate_facts(target: Target, facts: Facts, *, on: date) -> Evaluation:
    """The same for facts already laid out: lay them out once to ask many targets."""
    version = target.in_force(on)
    program = target.programs.get(version.in_force_from)
    if program is None:
        program = compile_version(version, target_id=target.id)
    root = program(facts, on)
    return Evaluation(target.id, version.in_force_from, on, facts.basis, root.outcome, root)


def compile_version(version: RuleVersion, *, target_id: str = "") -> Program:
    """Turn a version's text into closures, children before parents.

    The text must be free of faults. What the rule answers about a person of
    whom nothing is known is worked out here, once: most clauses of a wide rule
    answer just that about most people.
    """
    order = _in_order(version)
    uses = Counter(name for clause_id in order for name in below(version.clauses[clause_id]))
    asking: dict[str, Asking] = {}
    for clause_id in order:
        ask = _guarded(version.clauses[clause_id], asking, target_id)
        asking[clause_id] = _once(clause_id, ask) if uses[clause_id] > 1 else ask
    root = asking[version.root]

    def program(facts: Facts, on: date) -> ClauseResult:
        return root(facts, on, {}).result

    return program


def _in_order(version: RuleVersion) -> tuple[str, ...]:
    """Every clause the root reaches, each after all that it rests on."""
    ordered: dict[str, None] = {}

    def visit(clause_id: str) -> None:
        if clause_id not in ordered:
            for name in below(version.clauses[clause_id]):
                visit(name)
            ordered[clause_id] = None

    visit(version.root)
    return tuple(ordered)


def _guarded(clause: Clause, asking: Mapping[str, Asking], target_id: str) -> Asking:
    """The clause itself, then the exception to it, then whether it applies at all."""
    if isinstance(clause, Leaf):
        ask = _leaf(clause, target_id)
    else:
        ask = _group(clause, tuple(asking[child] for child in clause.children))
    if clause.unless is not None:
        ask = _unless(ask, clause.unless, asking[clause.unless])
    if clause.applies_when is not None:
        test, parameters = clause.applies_when.test, clause.applies_when.parameters
        ask = _applying(ask, PREDICATES[test].build(parameters, f"{target_id}/{clause.id}"))
    return ask


def _once(clause_id: str, ask: Asking) -> Asking:
    """A clause that several others rest on is asked once in an evaluation."""

    def asking(facts: Facts, on: date, known: dict[str, Answer]) -> Answer:
        answer = known.get(clause_id)
        if answer is None:
            answer = known[clause_id] = ask(facts, on, known)
        return answer

    return asking


def _leaf(leaf: Leaf, target_id: str) -> Asking:
    check = _check(leaf, target_id)
    clause_id, owner, kind = leaf.id, leaf.owner, ClauseKind.LEAF

    def answer(found: Finding) -> Answer:
        outcome, because, evidence, lapses_on, met_on, pending = found
        result = ClauseResult(
            clause_id, outcome, because, evidence, lapses_on, met_on, pending, owner, (), kind
        )
        return Answer(result, _MASKS[outcome], lapses_on)

    blank = check(_NOTHING_KNOWN, date.max)
    blank_answer = answer(blank)

    def ask(facts: Facts, on: date, _known: dict[str, Answer]) -> Answer:
        found = check(facts, on)
        return blank_answer if found is blank else answer(found)

    return ask


def _check(leaf: Leaf, target_id: str) -> Check:
    """A low or missing figure never decides: such a leaf says what must be read."""
    if leaf.can_decide or leaf.test == "unread":
        return PREDICATES[leaf.test].build(leaf.parameters, f"{target_id}/{leaf.id}")
    because = Because("confidence.none")
    if leaf.cites:
        weakest = [cite for cite in leaf.cites if cite.confidence is Confidence.LOW] or leaf.cites
        because = Because("confidence.low", {"document": weakest[0].source})
    answer = undetermined(because)

    def check(_facts: Facts, _on: date) -> Finding:
        return answer

    return check


def _group(group: Group, children: tuple[Asking, ...]) -> Asking:
    blanks = [child(_NOTHING_KNOWN, date.max, {}) for child in children]
    blank_answer = _combined(group, blanks)

    def ask(facts: Facts, on: date, known: dict[str, Answer]) -> Answer:
        answers = [child(facts, on, known) for child in children]
        for answer, blank in zip(answers, blanks, strict=True):
            if answer is not blank:
                return _combined(group, answers)
        return blank_answer

    return ask


def _combined(group: Group, answers: list[Answer]) -> Answer:
    possible = combine(group.kind, group.needed, [answer.possible for answer in answers])
    results = tuple([answer.result for answer in answers])
    outcome = OUTCOMES[possible]
    days = group_days(group, outcome, results, [answer.breaks_on for answer in answers])
    result = ClauseResult(
        group.id,
        outcome,
        group_reason(group, outcome, results),
        (),
        days.lapses_on,
        days.met_on,
        outcome is Outcome.UNDETERMINED and any(child.pending for child in results),
        group.owner or group_owner(outcome, results),
        results,
        group.kind,
    )
    return Answer(result, possible, days.breaks_on)


def _unless(ask: Asking, other_id: str, other: Asking) -> Asking:
    """The clause falls away while the other is met, and comes back when that one lapses."""

    def asking(facts: Facts, on: date, known: dict[str, Answer]) -> Answer:
        answer, spared = ask(facts, on, known), other(facts, on, known)
        if not spared.possible & MET:
            return answer
        own = answer.result
        if spared.possible == MET:
            reason = Because("unless.met", {"clause": other_id})
            evidence = spared.result.evidence
            return _absent(answer, reason, evidence, spared.result.lapses_on)
        possible = answer.possible | NOT_APPLICABLE
        if own.outcome is Outcome.UNDETERMINED:
            return Answer(own, possible, None)
        reason = Because("unless.unknown", {"clause": other_id})
        return Answer(_changed(own, Outcome.UNDETERMINED, reason), possible, None)

    return asking


def _applying(ask: Asking, applies: Check) -> Asking:
    """Settle first whether the clause applies; unknown leaves it open, and says why."""

    blank, blank_own = applies(_NOTHING_KNOWN, date.max), ask(_NOTHING_KNOWN, date.max, {})
    blank_answer = _applied(blank, blank_own)

    def asking(facts: Facts, on: date, known: dict[str, Answer]) -> Answer:
        found, own = applies(facts, on), ask(facts, on, known)
        return blank_answer if found is blank and own is blank_own else _applied(found, own)

    return asking


def _applied(found: Finding, own: Answer) -> Answer:
    if found.outcome is Outcome.MET:
        return own if found.lapses_on is None else _while_applying(own, found.lapses_on)
    if found.outcome is Outcome.NOT_MET:
        return _absent(own, found.because, found.evidence, found.met_on)
    result = _changed(
        own.result,
        Outcome.UNDETERMINED,
        found.because,
        evidence=found.evidence,
        pending=found.pending,
    )
    return Answer(result, own.possible | NOT_APPLICABLE, None)


def _while_applying(answer: Answer, ceases_on: date) -> Answer:
    """A clause that will cease to apply is met no longer then, but breaks nothing."""
    own = answer.result
    if own.outcome is not Outcome.MET:
        return answer
    if own.lapses_on is not None and own.lapses_on <= ceases_on:
        return answer
    return Answer(replace(own, lapses_on=ceases_on), answer.possible, None)


def _absent(answer: Answer, reason: Because, evidence: tuple[str, ...], returns_on: date | None) -> Answer:
    """A clause that does not apply; when it comes back, it breaks what it did not fulfil itself."""
    if returns_on is not None and answer.result.outcome is Outcome.MET:
        returns_on = max(returns_on, answer.breaks_on) if answer.breaks_on is not None else None
    result = _changed(answer.result, Outcome.NOT_APPLICABLE, reason, evidence=evidence, lapses_on=returns_on)
    return Answer(result, NOT_APPLICABLE, returns_on)


def _changed(
    own: ClauseResult,
    outcome: Outcome,
    because: Because,
    *,
    evidence: tuple[str, ...] = (),
    lapses_on: date | None = None,
    pending: bool = False,
) -> ClauseResult:
    return ClauseResult(
        own.clause_id,
        outcome,
        because,
        evidence,
        lapses_on,
        None,
        pending,
        own.owner,
        own.children,
        own.kind,
    )
