"""The mapping: what a person's facts amount to on a day, for every target asked, on both bases.

Owns one reading of the facts and the many questions put to it. Nothing is stored here: a mapping
is an answer of the moment, and only a case keeps photographs. It must not know pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from portal.domain.cases import Stage
from portal.domain.dossier import Dossier
from portal.domain.people import Actor, own_person
from portal.domain.rules.evaluation import evaluate_facts
from portal.domain.rules.facts import read_facts
from portal.domain.rules.results import Evaluation
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Basis
from portal.models.evidence import Evidence, EvidenceLink
from portal.models.programmes import Module, Programme
from portal.services.cases import standing_cases
from portal.services.facts import dossier_of
from portal.services.house import House


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Two answers to one question: on everything declared, and on verified facts alone."""

    target: Target
    declared: Evaluation
    verified: Evaluation


@dataclass(frozen=True, slots=True)
class StandingCase:
    """A case of the person's that is not over, for a target."""

    reference: str
    application_id: UUID
    track: str
    target: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class PersonMapping:
    """Everything one mapping page is drawn from.

    ``not_yet`` holds the targets whose rules had not begun on the day asked, with the day they
    began: an older law is not guessed. ``documents`` counts what is attached to each fact.
    """

    on: date
    dossier: Dossier
    verdicts: Mapping[str, Verdicts]
    not_yet: Mapping[str, date]
    cases: Mapping[str, StandingCase]
    documents: Mapping[str, int] = field(default_factory=dict)


def map_dossier(
    targets: Iterable[Target], dossier: Dossier, *, on: date
) -> tuple[dict[str, Verdicts], dict[str, date]]:
    """Put every question to one dossier, laid out once for each basis."""
    declared = read_facts(dossier.on_basis(Basis.DECLARED), basis=Basis.DECLARED)
    verified = read_facts(dossier.on_basis(Basis.VERIFIED), basis=Basis.VERIFIED)
    answered: dict[str, Verdicts] = {}
    not_yet: dict[str, date] = {}
    for target in targets:
        began = target.ruleset.versions[0].in_force_from
        if on < began:
            not_yet[target.id] = began
            continue
        answered[target.id] = Verdicts(
            target,
            evaluate_facts(target, declared, on=on),
            evaluate_facts(target, verified, on=on),
        )
    return answered, not_yet


def read_mapping(
    house: House,
    actor: Actor,
    *,
    on: date,
    targets: Iterable[str] | None = None,
    with_cases: bool = True,
    with_documents: bool = False,
) -> PersonMapping:
    """Map the acting person for the targets asked, or for all of the rulebook, on a day.

    The standing cases and the counts of documents are read only where a page has a use for them.
    """
    person_id = own_person(actor)
    dossier = dossier_of(house, person_id, on=on)
    known = house.rulebook.targets
    asked = [known[target] for target in (known if targets is None else targets)]
    verdicts, not_yet = map_dossier(asked, dossier, on=on)
    cases = _standing_cases(house, person_id) if with_cases else {}
    documents = _documents(house, person_id) if with_documents else {}
    return PersonMapping(on, dossier, verdicts, not_yet, cases, documents)


def preparing_programmes(house: House, codes: Iterable[str]) -> dict[str, str]:
    """The programmes with a module that gives what is asked: qualification code to programme code."""
    asked = set(codes)
    if not asked:
        return {}
    rows = house.session.execute(
        select(Module.gives, Programme.code)
        .join(Programme, Programme.id == Module.programme_id)
        .where(Module.gives.in_(asked))
        .order_by(Programme.code.desc())
    )
    return {row[0]: row[1] for row in rows}


def _documents(house: House, person_id: UUID) -> dict[str, int]:
    rows = house.session.execute(
        select(EvidenceLink.fact_id, func.count())
        .join(Evidence, Evidence.id == EvidenceLink.evidence_id)
        .where(Evidence.person_id == person_id)
        .group_by(EvidenceLink.fact_id)
    )
    return {str(row[0]): row[1] for row in rows}


def _standing_cases(house: House, person_id: UUID) -> dict[str, StandingCase]:
    return {
        case.target: StandingCase(case.reference, case.application_id, case.track, case.target, case.stage)
        for case in standing_cases(house, person_id)
    }
