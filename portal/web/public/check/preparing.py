"""What to prepare, and what the open steps cost and take, as far as anybody has written it down.

Owns both lists. Nothing is guessed: a fee nobody has read is “not known”, and what is only an
example says so. Which documents a fact needs follows from the kind of fact, as the evidence pages
accept them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from portal.domain.credentials import Kind
from portal.domain.eligibility.answers import EDUCATION, Answers
from portal.domain.rules.alternatives import settling_sets
from portal.domain.rules.catalogue import Measure
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.rulesets import RuleVersion, Target
from portal.domain.rules.vocabulary import Owner
from portal.domain.texts import Text
from portal.services.house import House
from portal.web.citations import CitationReader, CitationView
from portal.web.languages import current_language
from portal.web.professional.words import vocabulary_word
from portal.web.public.check.words import holding_word, work_word
from portal.wording.marking import N_

# Measures that are sat or attended, and so have a fee, a day and a place whether anybody read them or not.
_TAKEN: Final = ("exam", "course", "module")
_MAINLAND_SCHOOLS: Final = ("mainland", "shenzhen")
_BY_KIND: Final = {
    Kind.LICENCE: N_(
        "The licence, or a document of the body that granted it, with its first day and its end."
    ),
    Kind.REGISTRATION: N_("The certificate of registration, with its first day and its end."),
    Kind.MEMBERSHIP: N_("The certificate of membership, and proof that it is in good standing."),
    Kind.EXAM_PAPER: N_("The result notice, with the day of the sitting."),
    Kind.CERTIFICATE: N_("The certificate, with its number and its day."),
    Kind.COURSE: N_("The certificate of completion, with its day."),
    Kind.TITLE: N_("The certificate of the title, with its number and its day."),
    Kind.EDUCATION: N_("The degree certificate or diploma."),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One fact somebody stated, and what would prove it."""

    fact: str
    document: str


@dataclass(frozen=True, slots=True)
class Cost:
    """One open step: what it costs, when and where it is done, as far as that is known."""

    title: str
    whose: Owner
    told: tuple[tuple[str, str], ...]
    note: str
    is_illustrative: bool
    citations: tuple[CitationView, ...]


def papers_of(house: House, answers: Answers) -> tuple[Paper, ...]:
    """What to have at hand for each fact told."""
    dossier = answers.as_dossier()
    found = [
        Paper(holding_word(house, one), _document(house, one.qualification, one.attributes.get("place")))
        for one in dossier.holdings
    ]
    found += [
        Paper(work_word(house, one), _("The employer’s letter or contract that names the work and its days."))
        for one in dossier.work
    ]
    found += [
        Paper(
            vocabulary_word(house, "facts", fact.name).rstrip(".。"),
            _("The identity or status document that shows it, or your own statement where none exists."),
        )
        for fact in dossier.facts
        if fact.value is not False
    ]
    return tuple(found)


def _document(house: House, code: str, place: object) -> str:
    if code.startswith(EDUCATION) and place in _MAINLAND_SCHOOLS:
        return _(
            "The degree certificate or diploma, and for Mainland education the CHSI online verification code."
        )
    return _(_BY_KIND[Kind(house.rulebook.qualifications[code].kind)])


def costs_of(house: House, asked: Iterable[tuple[Target, Evaluation]]) -> tuple[Cost, ...]:
    """The measures along the shortest way through every open requirement, each once."""
    found: dict[str, Cost] = {}
    reader = CitationReader(house.rulebook.sources)
    for target, evaluation in asked:
        version = target.in_force(evaluation.on)
        for plank in evaluation.top_level():
            if plank.outcome.is_open:
                for measure, owner in _measures(house, version, plank):
                    found.setdefault(measure.id, _cost(measure, owner, reader))
    return tuple(sorted(found.values(), key=lambda one: list(Owner).index(one.whose)))


def _measures(house: House, version: RuleVersion, plank: ClauseResult) -> Iterable[tuple[Measure, Owner]]:
    """What closes a plank as a whole, else what closes each step of its shortest way."""
    results = {one.clause_id: one for one in plank.walk()}
    names = [plank.clause_id]
    if not version.clauses[plank.clause_id].closed_by:
        names = [name for way in settling_sets(version, plank)[:1] for name in way]
    for name in names:
        for known in version.clauses[name].closed_by:
            if known in house.rulebook.measures:
                yield house.rulebook.measures[known], results[name].owner


def _cost(measure: Measure, owner: Owner, reader: CitationReader) -> Cost:
    return Cost(
        title=measure.title.in_language(current_language().locale),
        whose=owner,
        told=_lines(measure),
        note=_told(measure, "note"),
        is_illustrative=measure.more.get("illustrative") is True,
        citations=reader.of_measure(measure),
    )


def _lines(measure: Measure) -> tuple[tuple[str, str], ...]:
    """Fee, time and place; for what is sat or attended a figure nobody has read is said to be unknown."""
    labels = {"fee": _("Fee:"), "when": _("When:"), "where": _("Where:")}
    is_taken = measure.more.get("kind") in _TAKEN
    lines = (
        (label, _told(measure, name) or (_("not known") if is_taken else ""))
        for name, label in labels.items()
    )
    return tuple((label, words) for label, words in lines if words)


def _told(measure: Measure, name: str) -> str:
    text = measure.more.get(name)
    return Text.from_json(text).in_language(current_language().locale) if isinstance(text, dict) else ""
