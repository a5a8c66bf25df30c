"""Rules asked about a visitor who has not answered everything: a question left open is no no.

Owns the difference between "does not hold it" and "was not asked": a clause that reads something
unanswered, and is not met without it, cannot be told yet. The engine is asked as ever; only the
text of the rule it is asked with says "unknown" where an answer is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from portal.domain.credentials import Kind
from portal.domain.eligibility.answers import EDUCATION, Answers, Held, Told
from portal.domain.places import Jurisdiction
from portal.domain.rules.catalogue import Qualification
from portal.domain.rules.clauses import Clause, Condition, Leaf, Parameters
from portal.domain.rules.compilation import compile_version
from portal.domain.rules.facts import Facts, Reads, read_facts
from portal.domain.rules.predicates.registry import PREDICATES
from portal.domain.rules.reasons import Because
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.rulesets import RuleVersion, Target
from portal.domain.rules.structure import in_order, reachable
from portal.domain.rules.vocabulary import Basis, Outcome

TITLES: Final = "titles"
COURSES: Final = "courses"
LICENCES: Final = "licences"
PAPERS: Final = "papers"
DEGREE: Final = "degree"
WORK: Final = "work"
FACT: Final = "fact-"
_MARK: Final = "unanswered:"
_UNTOLD: Final = "person.not_stated"
_NO_AGE: Final = "age.not_stated"
_BIRTH: Final = f"{FACT}born_on"

_SHELVES: Final = {
    Kind.LICENCE: LICENCES,
    Kind.REGISTRATION: LICENCES,
    Kind.EXAM_PAPER: PAPERS,
    Kind.COURSE: COURSES,
}
# Licences and papers are asked city by city; the rest is little enough for one page.
_BY_CITY: Final = (LICENCES, PAPERS)

Catalogue = Mapping[str, Qualification]


def question_of(code: str, catalogue: Catalogue) -> str:
    """The question that asks for a qualification: always the same one, whatever is aimed at."""
    if code.startswith(EDUCATION):
        return DEGREE
    entry = catalogue[code]
    shelf = _SHELVES.get(Kind(entry.kind), TITLES)
    if shelf not in _BY_CITY:
        return shelf
    return f"{shelf}-{entry.jurisdiction}" if entry.jurisdiction in set(Jurisdiction) else TITLES


def unanswered_as(because: Because) -> str:
    """The question whose answer is missing when a reason says so; empty for every other reason."""
    if because.code == _NO_AGE:
        return _BIRTH
    if because.code != _UNTOLD:
        return ""
    named = str(because.params["fact"])
    return named.removeprefix(_MARK) if named.startswith(_MARK) else FACT + named


@dataclass(frozen=True, slots=True)
class Open:
    """What is missing from a set of facts: the codes not answered, by the question that asks for them."""

    by_question: Mapping[str, tuple[str, ...]]

    def __bool__(self) -> bool:
        return bool(self.by_question)

    @property
    def first(self) -> str:
        return next(iter(self.by_question))


@dataclass(frozen=True, slots=True)
class Asking:
    """One visitor's answers, laid out to be asked about on a day."""

    answers: Answers
    catalogue: Catalogue
    on: date
    facts: Facts

    @staticmethod
    def about(answers: Answers, catalogue: Catalogue, *, on: date) -> Asking:
        """Lay the answers out once for many targets."""
        return Asking(answers, catalogue, on, read_facts(answers.as_dossier(), basis=Basis.DECLARED))

    def supposing(self, fact: str, *, value: bool) -> Asking:
        """The same with one fact about the person answered."""
        answers = replace(self.answers, facts={**self.answers.facts, fact: value})
        return Asking.about(answers, self.catalogue, on=self.on)

    def evaluate(self, target: Target) -> Evaluation:
        """What the answers amount to; refuses as ``version_in_force`` does."""
        version = target.in_force(self.on)
        asked = replace(
            version, clauses={name: self._asked(version.clauses[name]) for name in in_order(version)}
        )
        root = compile_version(asked, target_id=target.id)(self.facts, self.on)
        return Evaluation(target.id, version.in_force_from, self.on, Basis.DECLARED, root.outcome, root)

    def to_ask(self, clause: Clause) -> Open:
        """What would have to be asked to settle a clause itself: never what was answered "not sure"."""
        found: dict[str, tuple[str, ...]] = {}
        for test, parameters in tests_of(clause):
            if self._finds(test, parameters) is Outcome.MET:
                continue
            reads = PREDICATES[test].reads(parameters, "")
            for question, codes in self._open(reads, asked_before=False).by_question.items():
                found[question] = tuple(dict.fromkeys((*found.get(question, ()), *codes)))
        return Open(found)

    def _asked(self, clause: Clause) -> Clause:
        if clause.applies_when is not None:
            condition = clause.applies_when
            missing = self._missing(condition.test, condition.parameters)
            if missing:
                clause = replace(clause, applies_when=Condition("person_is", {"fact": missing}))
        if isinstance(clause, Leaf) and clause.can_decide:
            missing = self._missing(clause.test, clause.parameters)
            if missing:
                clause = replace(clause, test="person_is", parameters={"fact": missing})
        return clause

    def _missing(self, test: str, parameters: Parameters) -> str:
        """The name under which something unanswered stands; empty when the answers settle the test."""
        found = self._open(PREDICATES[test].reads(parameters, ""), asked_before=True)
        if not found or self._finds(test, parameters) is not Outcome.NOT_MET:
            return ""
        return _MARK + found.first

    def _finds(self, test: str, parameters: Parameters) -> Outcome:
        """What a test says of what was answered, taken for all there is."""
        return PREDICATES[test].build(parameters, "")(self.facts, self.on).outcome

    def _open(self, reads: Reads, *, asked_before: bool) -> Open:
        found: dict[str, list[str]] = {}
        for question, code in self._named(reads):
            if self._is_open(question, code, asked_before=asked_before):
                found.setdefault(question, []).append(code)
        return Open({question: tuple(codes) for question, codes in found.items()})

    def _named(self, reads: Reads) -> Iterator[tuple[str, str]]:
        for code in reads.qualifications:
            yield question_of(code, self.catalogue), code
        if reads.education:
            yield DEGREE, DEGREE
        if reads_work(reads):
            yield WORK, WORK
        for name in reads.person:
            yield FACT + name, name

    def _is_open(self, question: str, code: str, *, asked_before: bool) -> bool:
        """Open is what is not known; with ``asked_before`` also what was answered "not sure"."""
        answers = self.answers
        if question in (DEGREE, WORK):
            told = answers.degrees if question == DEGREE else answers.work
            return told is not Told.WHOLE and (asked_before or told is not Told.UNSURE)
        if question.startswith(FACT):
            return answers.facts.get(code) is None and (asked_before or code not in answers.facts)
        held = answers.held.get(code)
        return held is None or (asked_before and held is Held.UNSURE)


def reads_work(reads: Reads) -> bool:
    """Whether a test looks at periods of work at all, whichever of them it picks."""
    return bool(reads.work or reads.functions or reads.employer_kinds or reads.places or reads.management)


def tests_of(clause: Clause) -> Iterator[tuple[str, Parameters]]:
    """What a clause itself puts to the facts: its test, if it can decide, and whether it applies."""
    if isinstance(clause, Leaf) and clause.can_decide:
        yield clause.test, clause.parameters
    if clause.applies_when is not None:
        yield clause.applies_when.test, clause.applies_when.parameters


def open_clauses(version: RuleVersion, plank: ClauseResult) -> Iterator[Clause]:
    """The clauses under one plank whose answer can still change it: none where it is settled."""
    if plank.outcome is not Outcome.UNDETERMINED:
        return
    clause = version.clauses[plank.clause_id]
    yield clause
    if clause.unless is not None:
        for name in reachable(replace(version, root=clause.unless)):
            yield version.clauses[name]
    for child in plank.children:
        yield from open_clauses(version, child)
