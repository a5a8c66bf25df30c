"""Rules compiled: a version's text turned into closures once, then asked about many people.

Owns what makes asking quick. A clause that reads none of a person's facts says
what it says of nobody, and is not asked. A clause that several rules share is
compiled once and answered once for each person and day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from typing import Final, NamedTuple

from portal.domain.dossier import Dossier
from portal.domain.rules.clauses import Clause, Group, Leaf, identity_of
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
    is_pending,
)
from portal.domain.rules.facts import Facts, Reads, read_facts
from portal.domain.rules.hearing import Answer, Docket, Hearing
from portal.domain.rules.predicates.registry import PREDICATES
from portal.domain.rules.predicates.schema import Check, Finding, undetermined
from portal.domain.rules.reasons import Because
from portal.domain.rules.results import ClauseResult
from portal.domain.rules.rulesets import Program, RuleVersion
from portal.domain.rules.structure import below, in_order
from portal.domain.rules.vocabulary import Basis, ClauseKind, Confidence, Outcome

_MASKS: Final = {
    Outcome.MET: MET,
    Outcome.NOT_MET: NOT_MET,
    Outcome.UNDETERMINED: EITHER,
    Outcome.NOT_APPLICABLE: NOT_APPLICABLE,
}
_NOTHING_KNOWN: Final = read_facts(Dossier(), basis=Basis.DECLARED)

Asking = Callable[[Hearing], Answer]


class Node(NamedTuple):
    """A compiled clause: its number, the bits it reads, what it says of nobody, and how to ask it."""

    number: int
    reads: int
    blank: Answer
    ask: Asking


class Workshop:
    """Compiles the versions of one rulebook, each different clause once."""

    def __init__(self) -> None:
        self._docket = Docket()
        self._nodes: dict[Hashable, Node] = {}

    def compile(self, version: RuleVersion, *, target_id: str = "") -> Program:
        """Turn a version's text into a program, children before parents.

        The text must be free of faults.
        """
        nodes: dict[str, Node] = {}
        for clause_id in in_order(version):
            nodes[clause_id] = self._node(version.clauses[clause_id], nodes, target_id)
        root = nodes[version.root]

        def program(facts: Facts, on: date) -> ClauseResult:
            return _heard(root, self._hearing(facts, on)).result

        return program

    def _hearing(self, facts: Facts, on: date) -> Hearing:
        """One for a person and a day, however many rules are asked."""
        hearing = facts.worked_out.get((self, on))
        if not isinstance(hearing, Hearing):
            hearing = Hearing(facts, on, self._docket.present(facts))
            facts.worked_out[self, on] = hearing
        return hearing

    def _node(self, clause: Clause, nodes: Mapping[str, Node], target_id: str) -> Node:
        identity = (_identity(clause, target_id), *(nodes[name].number for name in below(clause)))
        node = self._nodes.get(identity)
        if node is None:
            node = self._compiled(clause, nodes, target_id)
            self._nodes[identity] = node
        return node

    def _compiled(self, clause: Clause, nodes: Mapping[str, Node], target_id: str) -> Node:
        """The clause itself, then the exception to it, then whether it applies at all."""
        place = f"{target_id}/{clause.id}"
        if isinstance(clause, Leaf):
            ask = _leaf(clause, place)
            reads = self._docket.listed(_reads_of(clause, place))
        else:
            ask, reads = _group(clause, tuple(nodes[child] for child in clause.children)), 0
        for name in below(clause):
            reads |= nodes[name].reads
        if clause.unless is not None:
            ask = _unless(ask, clause.unless, nodes[clause.unless])
        if clause.applies_when is not None:
            parameters, predicate = clause.applies_when.parameters, PREDICATES[clause.applies_when.test]
            ask = _applying(ask, predicate.build(parameters, place))
            reads |= self._docket.listed(predicate.reads(parameters, place))
        return Node(len(self._nodes), reads, ask(Hearing(_NOTHING_KNOWN, date.max, 0)), ask)


def compile_version(version: RuleVersion, *, target_id: str = "") -> Program:
    """Compile one version by itself."""
    return Workshop().compile(version, target_id=target_id)


def _identity(clause: Clause, target_id: str) -> Hashable:
    """What a clause's results depend on besides the clauses below it. Words are not among it."""
    own: Hashable
    if isinstance(clause, Group):
        own = (clause.kind, clause.needed)
    else:
        own = (clause.test, identity_of(clause.parameters), clause.decides, clause.cites)
    tests = [clause.test] if isinstance(clause, Leaf) else []
    condition: Hashable = None
    if clause.applies_when is not None:
        condition = (clause.applies_when.test, identity_of(clause.applies_when.parameters))
        tests.append(clause.applies_when.test)
    # A judgement is recorded against a clause of a target, and binds no other.
    whose = target_id if "judgement" in tests else None
    return (clause.id, own, clause.owner, clause.unless, condition, whose)


def _heard(node: Node, hearing: Hearing) -> Answer:
    if not node.reads & hearing.present:
        return node.blank
    answer = hearing.answers.get(node.number)
    if answer is None:
        answer = hearing.answers[node.number] = node.ask(hearing)
    return answer


def _reads_of(leaf: Leaf, place: str) -> Reads:
    return PREDICATES[leaf.test].reads(leaf.parameters, place) if leaf.can_decide else Reads()


def _leaf(leaf: Leaf, place: str) -> Asking:
    check = _check(leaf, place)
    clause_id, owner, kind = leaf.id, leaf.owner, ClauseKind.LEAF

    def ask(hearing: Hearing) -> Answer:
        outcome, because, evidence, lapses_on, met_on, pending = check(hearing.facts, hearing.on)
        result = ClauseResult(
            clause_id, outcome, because, evidence, lapses_on, met_on, pending, owner, (), kind
        )
        return Answer(result, _MASKS[outcome], lapses_on)

    return ask


def _check(leaf: Leaf, place: str) -> Check:
    """A low or missing figure never decides: such a leaf says what must be read."""
    if leaf.can_decide or leaf.test == "unread":
        return PREDICATES[leaf.test].build(leaf.parameters, place)
    because = Because("confidence.none")
    if leaf.cites:
        weakest = [cite for cite in leaf.cites if cite.confidence is Confidence.LOW] or leaf.cites
        because = Because("confidence.low", {"document": weakest[0].source})
    answer = undetermined(because)

    def check(_facts: Facts, _on: date) -> Finding:
        return answer

    return check


def _group(group: Group, children: tuple[Node, ...]) -> Asking:
    def ask(hearing: Hearing) -> Answer:
        present, answers = hearing.present, hearing.answers
        found = []
        for number, reads, blank, ask_child in children:
            # The inside of _heard, written out: this is where the time goes.
            if reads & present:
                answer = answers.get(number)
                if answer is None:
                    answer = answers[number] = ask_child(hearing)
                found.append(answer)
            else:
                found.append(blank)
        return _combined(group, found)

    return ask


def _combined(group: Group, answers: list[Answer]) -> Answer:
    results, possibles, breaks = zip(*answers, strict=True)
    possible = combine(group.kind, group.needed, possibles)
    outcome = OUTCOMES[possible]
    days = group_days(group, outcome, results, breaks)
    result = ClauseResult(
        group.id,
        outcome,
        group_reason(group, outcome, results),
        (),
        days[0],
        days[1],
        outcome is Outcome.UNDETERMINED and is_pending(results),
        group.owner or group_owner(outcome, results),
        results,
        group.kind,
    )
    return Answer(result, possible, days[2])


def _unless(ask: Asking, other_id: str, other: Node) -> Asking:
    """The clause falls away while the other is met, and comes back when that one lapses."""

    def asking(hearing: Hearing) -> Answer:
        answer, spared = ask(hearing), _heard(other, hearing)
        if not spared.possible & MET:
            return answer
        own = answer.result
        if spared.possible == MET:
            reason = Because("unless.met", {"clause": other_id})
            evidence = spared.result.evidence
            return _absent(answer, reason, evidence, spared.result.lapses_on)
        possible = answer.possible | NOT_APPLICABLE
        if possible == NOT_APPLICABLE:
            return answer
        if own.outcome is Outcome.UNDETERMINED:
            return Answer(own, possible, None)
        reason = Because("unless.unknown", {"clause": other_id})
        return Answer(_changed(own, Outcome.UNDETERMINED, reason), possible, None)

    return asking


def _applying(ask: Asking, applies: Check) -> Asking:
    """Settle first whether the clause applies; unknown leaves it open, and says why."""

    def asking(hearing: Hearing) -> Answer:
        return _applied(applies(hearing.facts, hearing.on), ask(hearing))

    return asking


def _applied(found: Finding, own: Answer) -> Answer:
    if found.outcome is Outcome.MET:
        return own if found.lapses_on is None else _while_applying(own, found.lapses_on)
    if found.outcome is Outcome.NOT_MET:
        return _absent(own, found.because, found.evidence, found.met_on)
    if own.possible == NOT_APPLICABLE:
        return own
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
    return Answer(own._replace(lapses_on=ceases_on), answer.possible, None)


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
