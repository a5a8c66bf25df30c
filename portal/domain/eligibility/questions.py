"""Which questions are worth asking, and which of them comes first.

Owns the choice. A question is worth asking while its answer can still change a requirement of a
target aimed at; everything else is skipped. Facts about the person come first, because whole routes
hang on them; then licences and registrations, which stand in for much else; and numbered papers
come last, because nobody can be expected to know which of them a role asks for. Within those, the
more open requirements hang on a question alone, the sooner it is asked. It must not know any one
target or any page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from portal.domain.eligibility.answers import Answers
from portal.domain.eligibility.unanswered import (
    COURSES,
    DEGREE,
    FACT,
    LICENCES,
    PAPERS,
    WORK,
    Asking,
    Catalogue,
    open_clauses,
    question_of,
    reads_work,
    tests_of,
)
from portal.domain.rules.catalogue import Qualification
from portal.domain.rules.predicates.registry import PREDICATES
from portal.domain.rules.rulesets import RuleVersion, Target
from portal.domain.rules.structure import in_order

_BIRTH: Final = f"{FACT}born_on"
_LATE: Final = (PAPERS, COURSES)
_FIRST, _SECOND, _THEN, _LAST = range(4)


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its key, the codes it asks for, and the requirements (target, clause) it bears on."""

    key: str
    codes: tuple[str, ...]
    bears_on: tuple[tuple[str, str], ...] = ()

    @property
    def fact(self) -> str:
        """The fact about the person it asks for; empty for every other question."""
        return self.key.removeprefix(FACT) if self.key.startswith(FACT) else ""


def questions_left(targets: Iterable[Target], asking: Asking) -> tuple[Question, ...]:
    """Everything that can still change something, the most decisive first."""
    aims = tuple(targets)
    weights: dict[str, Fraction] = {}
    codes: dict[str, dict[str, None]] = {}
    planks: dict[str, list[tuple[str, str]]] = {}
    for target in aims:
        version, evaluation = target.in_force(asking.on), asking.evaluate(target)
        for plank in evaluation.top_level():
            found: set[str] = set()
            for clause in open_clauses(version, plank):
                for question, named in asking.to_ask(clause).by_question.items():
                    found.add(question)
                    codes.setdefault(question, {}).update(dict.fromkeys(named))
            for question in found:
                weights[question] = weights.get(question, Fraction()) + Fraction(1, len(found))
                planks.setdefault(question, []).append((target.id, plank.clause_id))
    facts = [key for key in weights if _turn(key) == _FIRST]
    after = {key: _left_after(key, aims, asking) for key in facts} if len(facts) > 1 else {}
    order = sorted(weights, key=lambda key: (_turn(key), after.get(key, 0), -weights[key], key))
    return tuple(Question(key, _listed(codes[key], asking), tuple(planks[key])) for key in order)


def _left_after(key: str, targets: tuple[Target, ...], asking: Asking) -> int:
    """How many clauses are left to ask about after the answer to a fact that spares the most."""
    name = key.removeprefix(FACT)
    return min(_open_count(targets, asking.supposing(name, value=value)) for value in (True, False))


def _open_count(targets: tuple[Target, ...], asking: Asking) -> int:
    return sum(
        1
        for target in targets
        for plank in asking.evaluate(target).top_level()
        for clause in open_clauses(target.in_force(asking.on), plank)
        if asking.to_ask(clause)
    )


def question_again(key: str, targets: Iterable[Target], asking: Asking) -> Question | None:
    """A question as it was asked, to answer it anew; none for one these targets do not ask."""
    codes: dict[str, None] = {}
    for target in targets:
        codes.update(dict.fromkeys(_codes_asked(key, target.in_force(asking.on), asking)))
    return Question(key, _listed(codes, asking)) if codes else None


def needed_attributes(code: str, targets: Iterable[Target], asking: Asking) -> frozenset[str]:
    """What these targets read of a qualification besides its days: a score, a field, a sitting."""
    found: set[str] = set()
    for target in targets:
        version = target.in_force(asking.on)
        for name in in_order(version):
            for test, parameters in tests_of(version.clauses[name]):
                reads = PREDICATES[test].reads(parameters, "")
                if code in reads.qualifications:
                    found |= _attributes_in(test, parameters)
                if reads.education and question_of(code, asking.catalogue) == DEGREE:
                    found |= {"level"} | {
                        name
                        for name, plural in (("field", "fields"), ("place", "places"))
                        if plural in parameters
                    }
    return frozenset(found)


def ambiguous_with(code: str, catalogue: Catalogue) -> tuple[Qualification, ...]:
    """Everything an abbreviation of a qualification may stand for, itself included; empty when it is clear.

    Only a name that several bodies use, and about which the catalogue has a question, is unclear:
    “CFA” is a charter to some and a futures qualification to others, and neither is ever picked for
    anybody.
    """
    names = {name.casefold() for name in catalogue[code].abbreviations}
    alike = [
        entry
        for entry in catalogue.values()
        if entry.code == code or not names.isdisjoint(name.casefold() for name in entry.abbreviations)
    ]
    bodies = {entry.authority for entry in alike}
    return tuple(alike) if len(bodies) > 1 and any(entry.ask for entry in alike) else ()


def answered_keys(answers: Answers, asking: Asking) -> tuple[str, ...]:
    """The questions answered so far, in the order in which they are asked."""
    keys = {FACT + name for name in answers.facts}
    keys |= {question_of(code, asking.catalogue) for code in answers.held if code in asking.catalogue}
    keys |= {DEGREE} if answers.degrees else set()
    keys |= {WORK} if answers.work else set()
    return tuple(sorted(keys, key=lambda key: (_turn(key), key)))


def _codes_asked(key: str, version: RuleVersion, asking: Asking) -> Iterable[str]:
    for name in in_order(version):
        for test, parameters in tests_of(version.clauses[name]):
            reads = PREDICATES[test].reads(parameters, "")
            yield from (code for code in reads.qualifications if question_of(code, asking.catalogue) == key)
            if (key == DEGREE and reads.education) or (key == WORK and reads_work(reads)):
                yield key
            yield from (fact for fact in reads.person if FACT + fact == key)


def _attributes_in(test: str, parameters: Mapping[str, object]) -> set[str]:
    if test == "passed_in_consecutive_sittings":
        return {"sitting"}
    asked = (parameters.get(name) for name in ("attributes", "at_least"))
    return {str(name) for table in asked if isinstance(table, Mapping) for name in table}


def _listed(codes: Iterable[str], asking: Asking) -> tuple[str, ...]:
    """In the order of the catalogue, in which kindred qualifications stand together."""
    places = {code: place for place, code in enumerate(asking.catalogue)}
    return tuple(sorted(set(codes), key=lambda code: (places.get(code, len(places)), code)))


def _turn(key: str) -> int:
    if key == _BIRTH or key.startswith(_LATE):
        return _LAST
    if key.startswith(FACT):
        return _FIRST
    return _SECOND if key.startswith(LICENCES) else _THEN
