"""What no document can settle: an officer's judgement, a recognition given here, a text not read."""

from __future__ import annotations

from datetime import date
from typing import Final, cast

from portal.domain.dossier import HeldRecognition, Judgement
from portal.domain.rules.clauses import Parameters
from portal.domain.rules.facts import Facts, Reads
from portal.domain.rules.predicates.schema import (
    Check,
    Finding,
    ParameterKind,
    ParameterRule,
    Predicate,
    met,
    not_met,
    undetermined,
)
from portal.domain.rules.reasons import Because, ParamValue
from portal.domain.texts import Text


def _build_judgement(parameters: Parameters, clause: str) -> Check:
    """The clause is known as ``<target>/<clause>``, so that a finding can bind one target alone."""
    target, _, clause_id = clause.rpartition("/")
    params = {"question": cast("Text", parameters["question"])}
    evidence = (f"judgement:{clause_id}",)
    awaits = undetermined(Because("judgement.awaits_officer", params))
    found_for = met(Because("judgement.found_for", params), evidence)
    found_against = not_met(Because("judgement.found_against", params), evidence)

    def check(facts: Facts, _on: date) -> Finding:
        findings = {
            judgement.finding
            for judgement in facts.judgements.get(clause_id, ())
            if _binds(judgement, target)
        }
        if len(findings) != 1:
            return awaits
        return found_for if True in findings else found_against

    return check


def _binds(judgement: Judgement, target: str) -> bool:
    return judgement.target is None or not target or judgement.target == target


def _build_recognised(parameters: Parameters, _clause: str) -> Check:
    target = str(parameters["target"])
    nothing = not_met(Because("recognised_for.not_recognised", {"target": target}))

    def check(facts: Facts, on: date) -> Finding:
        found = [_recognised(held, on) for held in facts.recognitions if held.target == target]
        return max(found, key=_worth) if found else nothing

    return check


def _recognised(held: HeldRecognition, on: date) -> Finding:
    params: dict[str, ParamValue] = {"target": held.target, "on": held.granted_on}
    evidence = (held.id,)
    if held.granted_on > on:
        return not_met(Because("recognised_for.not_yet", params), evidence, held.granted_on)
    if held.ended_on is None:
        return met(Because("recognised_for.recognised", params), evidence)
    if held.ended_on <= on:
        ended: dict[str, ParamValue] = {"target": held.target, "on": held.ended_on}
        return not_met(Because("recognised_for.ended", ended), evidence)
    params["lapses_on"] = held.ended_on
    return met(Because("recognised_for.recognised_until", params), evidence, held.ended_on)


def _worth(finding: Finding) -> tuple[bool, date, tuple[str, ...]]:
    is_met = finding.outcome.value == "met"
    return (is_met, finding.lapses_on or (date.max if is_met else date.min), finding.evidence)


def _build_unread(parameters: Parameters, _clause: str) -> Check:
    document = cast("str | Text", parameters["document"])
    answer = undetermined(Because("unread.document", {"document": document}))

    def check(_facts: Facts, _on: date) -> Finding:
        return answer

    return check


def _reads_judgement(_parameters: Parameters, clause: str) -> Reads:
    return Reads(judgements=(clause.rpartition("/")[2],))


def _reads_recognitions(parameters: Parameters, _clause: str) -> Reads:
    return Reads(recognitions=(str(parameters["target"]),))


def _reads_nothing(_parameters: Parameters, _clause: str) -> Reads:
    return Reads()


JUDGEMENT: Final = Predicate(
    "judgement",
    {"question": ParameterRule(ParameterKind.QUESTION, required=True)},
    _build_judgement,
    _reads_judgement,
)
RECOGNISED_FOR: Final = Predicate(
    "recognised_for",
    {"target": ParameterRule(ParameterKind.TARGET, required=True)},
    _build_recognised,
    _reads_recognitions,
)
UNREAD: Final = Predicate(
    "unread",
    {"document": ParameterRule(ParameterKind.DOCUMENT, required=True)},
    _build_unread,
    _reads_nothing,
)
