"""Worked cases in words: who, on which day, with which facts, and what comes out of it and why.

Owns the lines that stand for a made-up person's facts. The outcomes are those worked by hand; the
reasons are the engine's, which the tests hold to them. It must not know real people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _

from portal.domain.dossier import Dossier, HeldRecognition, Holding, Judgement, PersonFact, Work
from portal.domain.rules.alternatives import settling_sets
from portal.domain.rules.catalogue import WorkedCase
from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.results import Evaluation
from portal.domain.rules.rulesets import RuleVersion, Target
from portal.domain.rules.vocabulary import Basis, Outcome
from portal.rulebook.loader import Rulebook
from portal.web.languages import current_language
from portal.web.public.requirements.clauses import said
from portal.web.public.requirements.terms import attributes_said
from portal.wording.dates import listed, long_day, percent, period, period_in_months
from portal.wording.marking import N_
from portal.wording.sentences import Sayer

# How a verdict is drawn: worked cases count their facts as verified.
_STATES: Final = {
    Outcome.MET: "met_verified",
    Outcome.NOT_MET: "not_met",
    Outcome.UNDETERMINED: "undetermined",
    Outcome.NOT_APPLICABLE: "not_applicable",
}
# More ways than this are a maze.
_MOST_WAYS: Final = 3
_WORDS: Final = {
    Outcome.MET: N_("Met"),
    Outcome.NOT_MET: N_("Not met yet"),
    Outcome.UNDETERMINED: N_("Cannot tell yet"),
    Outcome.NOT_APPLICABLE: N_("Not applicable"),
}


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """What comes out of the rule or of one clause, and why; ``title`` is empty for the whole rule."""

    title: str
    state: str
    word: str
    because: str
    lapses_on: date | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """One worked case, in the reader's language; ``story`` is empty where the facts say it all."""

    name: str
    story: str
    on: date
    facts: tuple[str, ...]
    whole: OutcomeView | None
    ways: tuple[str, ...]
    clauses: tuple[OutcomeView, ...]


def case_views(target: Target, rulebook: Rulebook) -> tuple[CaseView, ...]:
    """The cases worked for a target, in the order of the casebook; none for a day without a rule."""
    first, last = target.ruleset.versions[0].in_force_from, target.ruleset.versions[-1].in_force_until
    return tuple(
        _view(case, target, rulebook)
        for case in rulebook.cases
        if case.target == target.id and first <= case.on and (last is None or case.on <= last)
    )


def _view(case: WorkedCase, target: Target, rulebook: Rulebook) -> CaseView:
    version = target.in_force(case.on)
    evaluation = evaluate(target, case.dossier, on=case.on, basis=Basis.VERIFIED)
    titles = {name: clause.title for name, clause in version.clauses.items()}
    outcomes = _Outcomes(case, version, evaluation, Sayer(rulebook, current_language(), titles))
    return CaseView(
        name=said(case.name),
        story=said(case.story) if case.story else "",
        on=case.on,
        facts=tuple(_Facts(rulebook, version).lines(case.dossier)),
        whole=outcomes.view("", case.outcome) if case.outcome is not None else None,
        ways=outcomes.ways(),
        clauses=tuple(
            outcomes.view(name, outcome) for name, outcome in case.clauses.items() if name in titles
        ),
    )


@dataclass(frozen=True, slots=True)
class _Outcomes:
    case: WorkedCase
    version: RuleVersion
    evaluation: Evaluation
    sayer: Sayer

    def view(self, clause_id: str, outcome: Outcome) -> OutcomeView:
        """The outcome worked by hand, with the engine's reason for it."""
        found = {result.clause_id: result for result in self.evaluation.root.walk()}
        result = found.get(clause_id or self.version.root)
        return OutcomeView(
            title=said(self.version.clauses[clause_id].title) if clause_id else "",
            state=_STATES[outcome],
            word=_(_WORDS[outcome]),
            because=self.sayer.say(result.because) if result is not None else "",
            lapses_on=self.case.lapses.get(clause_id or self.version.root),
        )

    def ways(self) -> tuple[str, ...]:
        """The smallest sets of open clauses that would settle the whole, the fewest steps first."""
        if self.case.outcome is None:
            return ()
        sets = settling_sets(self.version, self.evaluation.root)[:_MOST_WAYS]
        titles = ([said(self.version.clauses[name].title) for name in names] for names in sets)
        return tuple(("；" if current_language().is_chinese else "; ").join(each) for each in titles)


@dataclass(frozen=True, slots=True)
class _Facts:
    rulebook: Rulebook
    version: RuleVersion

    def lines(self, dossier: Dossier) -> Iterator[str]:
        """Every fact in a line of its own; what nobody verified says so."""
        for fact in dossier.facts:
            yield _standing(self._person_fact(fact), verified=fact.verified)
        for holding in dossier.holdings:
            yield _standing(self._holding(holding), verified=holding.verified)
        for work in dossier.work:
            yield _standing(self._work(work), verified=work.verified)
        for held in dossier.recognitions:
            yield self._recognition(held)
        for judgement in dossier.judgements:
            yield self._judgement(judgement)

    def _person_fact(self, fact: PersonFact) -> str:
        statement = said(self.rulebook.vocabulary["facts"][fact.name]).rstrip(".。")
        if isinstance(fact.value, bool):
            answer = _("Yes") if fact.value else _("No")
        else:
            answer = long_day(fact.value, current_language()) if fact.value else _("Not stated")
        return _("%(statement)s – %(answer)s", statement=statement, answer=answer)

    def _holding(self, holding: Holding) -> str:
        language = current_language()
        parts = [said(self.rulebook.qualifications[holding.qualification].title)]
        if holding.awarded_on:
            parts.append(long_day(holding.awarded_on, language))
        if holding.begun_on:
            parts.append(period(holding.begun_on, holding.ended_on, language))
        if holding.valid_until:
            parts.append(_("valid until %(day)s", day=long_day(holding.valid_until, language)))
        if holding.attributes:
            parts.append(attributes_said(holding.attributes, self.rulebook))
        return _run_on(parts)

    def _work(self, work: Work) -> str:
        language, words = current_language(), self.rulebook.vocabulary
        functions = [said(words["functions"][code]) for code in work.functions]
        lasting = period_in_months if work.month_precision else period
        parts = [
            listed(functions, language),
            said(words["employer_kinds"][work.employer_kind]),
            said(words["places"][work.place]),
            lasting(work.begun_on, work.ended_on, language),
        ]
        if work.share is None:
            parts.append(_("part of full time, how much is not known"))
        elif work.share != 1:
            parts.append(_("%(share)s of full time", share=percent(float(work.share), language)))
        if work.manages:
            parts.append(_("managing others"))
        return _run_on(parts)

    def _recognition(self, held: HeldRecognition) -> str:
        title = said(self.rulebook.targets[held.target].title)
        when = period(held.granted_on, held.ended_on, current_language())
        return _("Recognised by this programme: %(what)s", what=_run_on([title, when]))

    def _judgement(self, judgement: Judgement) -> str:
        clause = self.version.clauses.get(judgement.clause)
        title = said(clause.title) if clause else judgement.clause
        answer = _("Yes") if judgement.finding else _("No")
        return _("An officer’s finding: %(what)s – %(answer)s", what=title, answer=answer)


def _run_on(parts: list[str]) -> str:
    """Parts of one line, each behind a comma."""
    return ("，" if current_language().is_chinese else ", ").join(parts)


def _standing(line: str, *, verified: bool) -> str:
    return line if verified else _("%(fact)s (not verified yet)", fact=line)
