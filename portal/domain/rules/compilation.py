"""Rules compiled: a version's text turned into closures once, then asked about many people.

Owns what makes asking quick. A clause that reads none of a person's facts says
what it says of nobody, and is not asked; a group none of whose clauses says
anything else is not put together. A clause that several rules share is compiled
once and answered once for each person and day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple, cast

from portal.domain.dossier import Dossier
from portal.domain.rules.clauses import Clause, Group, Leaf, identity_of
from portal.domain.rules.combination import (
    MET,
    NOT_APPLICABLE,
    POSSIBLE,
    possible_of,
    sayings,
)
from portal.domain.rules.facts import Facts, Reads, read_facts
from portal.domain.rules.hearing import Answer, Docket, Hearing, answer_of
from portal.domain.rules.predicates.registry import PREDICATES
from portal.domain.rules.predicates.schema import Check, Finding, undetermined
from portal.domain.rules.reasons import Because
from portal.domain.rules.results import ClauseResult, make_result
from portal.domain.rules.rulesets import Program, RuleVersion
from portal.domain.rules.structure import below, in_order
from portal.domain.rules.turning import group_days
from portal.domain.rules.vocabulary import Basis, ClauseKind, Confidence, Outcome

Asking = Callable[[Hearing], Answer]
_Results = tuple[ClauseResult, ...]
_Marks = tuple[int, ...]
_Breaks = Sequence[date | None]


class Part(NamedTuple):
    """A clause as far as it is compiled: the bits it reads, what it says of nobody, and how to ask it.

    Asked about somebody of whom it says just that, it gives that very answer.
    """

    reads: int
    blank: Answer
    ask: Asking


class Node(NamedTuple):
    """A compiled clause. Its number is that of its answer in a hearing."""

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
            return _heard(root, self._hearing(facts, on))[0]

        return program

    def _hearing(self, facts: Facts, on: date) -> Hearing:
        """One for a person and a day, however many rules are asked."""
        key = (self, on)
        begun = facts.worked_out.get(key)
        if begun is None:
            begun = facts.worked_out[key] = (self._docket.present(facts), {})
        present, answers = cast("tuple[int, dict[int, Answer]]", begun)
        return Hearing(facts, on, present, answers)

    def _node(self, clause: Clause, nodes: Mapping[str, Node], target_id: str) -> Node:
        identity = (_identity(clause, target_id), *(nodes[name].number for name in below(clause)))
        node = self._nodes.get(identity)
        if node is None:
            node = Node(len(self._nodes), *self._compiled(clause, nodes, target_id))
            self._nodes[identity] = node
        return node

    def _compiled(self, clause: Clause, nodes: Mapping[str, Node], target_id: str) -> Part:
        """The clause itself, then the exception to it, then whether it applies at all."""
        place = f"{target_id}/{clause.id}"
        if isinstance(clause, Leaf):
            part = _leaf(clause, place, self._docket.listed(_reads_of(clause, place)))
        else:
            part = _group(clause, tuple(nodes[child] for child in clause.children))
        if clause.unless is not None:
            part = _unless(part, clause.unless, nodes[clause.unless])
        if clause.applies_when is not None:
            parameters, predicate = clause.applies_when.parameters, PREDICATES[clause.applies_when.test]
            reads = self._docket.listed(predicate.reads(parameters, place))
            part = _applying(part, reads, predicate.build(parameters, place))
        return part


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
    """The answer of a clause, asked once."""
    if not node.reads & hearing.present:
        return node.blank
    answer = hearing.answers.get(node.number)
    if answer is None:
        answer = hearing.answers[node.number] = node.ask(hearing)
    return answer


def _reads_of(leaf: Leaf, place: str) -> Reads:
    return PREDICATES[leaf.test].reads(leaf.parameters, place) if leaf.can_decide else Reads()


def _leaf(leaf: Leaf, place: str, reads: int) -> Part:
    check = _check(leaf, place)
    clause_id, owner, kind = leaf.id, leaf.owner, ClauseKind.LEAF

    def answer(finding: Finding) -> Answer:
        outcome, because, evidence, lapses_on, met_on, pending = finding
        result = make_result(
            (clause_id, outcome, because, evidence, lapses_on, met_on, pending, owner, (), kind)
        )
        return answer_of(result, possible_of(outcome), lapses_on)

    nothing = _found_for_nobody(check)
    blank = answer(nothing)

    def ask(hearing: Hearing) -> Answer:
        finding = check(hearing.facts, hearing.on)
        return blank if finding is nothing else answer(finding)

    return Part(reads, blank, ask)


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


def _found_for_nobody(check: Check) -> Finding:
    """What a check says where nothing is known, whatever the day."""
    return check(read_facts(Dossier(), basis=Basis.DECLARED), date.max)


def _group(group: Group, children: tuple[Node, ...]) -> Part:
    put_together = _together(group)
    blank_answers = tuple(zip(*[child.blank for child in children], strict=True))
    blank = put_together(*blank_answers)
    # A clause that reads nothing says the same of everybody.
    asked = [(place, *child) for place, child in enumerate(children) if child.reads]

    def ask(hearing: Hearing) -> Answer:
        _, _, present, answers = hearing
        results = None
        for place, number, reads, of_nobody, ask_child in asked:
            # The inside of _heard, written out: this is where the time goes.
            if reads & present:
                answer = answers.get(number)
                if answer is None:
                    answer = answers[number] = ask_child(hearing)
                if answer is not of_nobody:
                    if results is None:
                        results, marks, breaks = map(list, blank_answers)
                    results[place], marks[place], breaks[place] = answer
        if results is None:
            return blank
        return put_together(tuple(results), tuple(marks), breaks)

    return Part(reduce(or_, [child.reads for child in children], 0), blank, ask)


def _together(group: Group) -> Callable[[_Results, _Marks, _Breaks], Answer]:
    say, clause_id, kind = sayings(group), group.id, group.kind

    def put_together(results: _Results, marks: _Marks, breaks: _Breaks) -> Answer:
        mark, outcome, because, pending, owner, is_dated = say(marks)
        if not is_dated:
            fields = (clause_id, outcome, because, (), None, None, pending, owner, results, kind)
            return (make_result(fields), mark, None)
        lapses_on, met_on, breaks_on = group_days(group, outcome, results, breaks)
        result = make_result(
            (clause_id, outcome, because, (), lapses_on, met_on, pending, owner, results, kind)
        )
        return answer_of(result, mark & POSSIBLE, breaks_on)

    return put_together


def _unless(own: Part, other_id: str, other: Node) -> Part:
    """The clause falls away while the other is met, and comes back when that one lapses."""
    reads, of_nobody, ask_own = own
    blank = _spared(of_nobody, other.blank, other_id)

    def ask(hearing: Hearing) -> Answer:
        answer = ask_own(hearing) if reads & hearing.present else of_nobody
        spared = _heard(other, hearing)
        if answer is of_nobody and spared is other.blank:
            return blank
        return _spared(answer, spared, other_id)

    return Part(reads | other.reads, blank, ask)


def _spared(answer: Answer, spared: Answer, other_id: str) -> Answer:
    """What is left of a clause beside the exception to it."""
    exception, possible = spared[0], spared[1] & POSSIBLE
    if not possible & MET:
        return answer
    if possible == MET:
        reason = Because("unless.met", {"clause": other_id})
        return _absent(answer, reason, exception.evidence, exception.lapses_on)
    own, possible = answer[0], answer[1] & POSSIBLE | NOT_APPLICABLE
    if possible == NOT_APPLICABLE:
        return answer
    if own.outcome is Outcome.UNDETERMINED:
        return answer_of(own, possible, None)
    reason = Because("unless.unknown", {"clause": other_id})
    return answer_of(_changed(own, Outcome.UNDETERMINED, reason), possible, None)


def _applying(own: Part, condition_reads: int, applies: Check) -> Part:
    """Settle first whether the clause applies; unknown leaves it open, and says why."""
    reads, of_nobody, ask_own = own
    nothing = _found_for_nobody(applies)
    blank = _applied(nothing, of_nobody)

    def ask(hearing: Hearing) -> Answer:
        answer = ask_own(hearing) if reads & hearing.present else of_nobody
        finding = applies(hearing.facts, hearing.on) if condition_reads & hearing.present else nothing
        if finding is nothing and answer is of_nobody:
            return blank
        return _applied(finding, answer)

    return Part(reads | condition_reads, blank, ask)


def _applied(found: Finding, own: Answer) -> Answer:
    if found.outcome is Outcome.MET:
        return own if found.lapses_on is None else _while_applying(own, found.lapses_on)
    if found.outcome is Outcome.NOT_MET:
        return _absent(own, found.because, found.evidence, found.met_on)
    possible = own[1] & POSSIBLE
    if possible == NOT_APPLICABLE:
        return own
    result = _changed(
        own[0],
        Outcome.UNDETERMINED,
        found.because,
        evidence=found.evidence,
        pending=found.pending,
    )
    return answer_of(result, possible | NOT_APPLICABLE, None)


def _while_applying(answer: Answer, ceases_on: date) -> Answer:
    """A clause that will cease to apply is met no longer then, but breaks nothing."""
    own = answer[0]
    if own.outcome is not Outcome.MET:
        return answer
    if own.lapses_on is not None and own.lapses_on <= ceases_on:
        return answer
    return answer_of(own._replace(lapses_on=ceases_on), MET, None)


def _absent(answer: Answer, reason: Because, evidence: tuple[str, ...], returns_on: date | None) -> Answer:
    """A clause that does not apply; when it comes back, it breaks what it did not fulfil itself."""
    own, _, breaks_on = answer
    if returns_on is not None and own.outcome is Outcome.MET:
        returns_on = max(returns_on, breaks_on) if breaks_on is not None else None
    result = _changed(own, Outcome.NOT_APPLICABLE, reason, evidence=evidence, lapses_on=returns_on)
    return answer_of(result, NOT_APPLICABLE, returns_on)


def _changed(
    own: ClauseResult,
    outcome: Outcome,
    because: Because,
    *,
    evidence: tuple[str, ...] = (),
    lapses_on: date | None = None,
    pending: bool = False,
) -> ClauseResult:
    clause_id, _, _, _, _, _, _, owner, children, kind = own
    return make_result(
        (clause_id, outcome, because, evidence, lapses_on, None, pending, owner, children, kind)
    )
