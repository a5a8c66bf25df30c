"""What a second officer reads before signing: the recommendation, its photograph, and what changed since.

Reading only. It must not know pages of the browser, and it decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from portal.domain.cases import Stage
from portal.domain.errors import NotFound
from portal.domain.grants import Standing, standing_of
from portal.domain.people import Actor
from portal.domain.places import Jurisdiction
from portal.domain.rules.results import Evaluation
from portal.domain.rules.vocabulary import Outcome
from portal.models.accounts import Account
from portal.models.cases import Photograph, Recommendation
from portal.services.decisions import proposal_of, refuse_same_officer
from portal.services.disclosure_to_officers import DisclosedPerson, case_and_file_for_officer
from portal.services.facts import dossier_of
from portal.services.grounds import Condition, Proposal, conditions_on_offer
from portal.services.house import House
from portal.services.mapping import Verdicts, map_dossier


@dataclass(frozen=True, slots=True)
class Change:
    """A clause that came out otherwise than on the photograph; none where a version lacks it."""

    clause: str
    before: Outcome | None
    now: Outcome | None


@dataclass(frozen=True, slots=True)
class DeskCase:
    """A case, its person and both verdicts of today, for the pages that act on it."""

    id: UUID
    reference: str
    target: str
    jurisdiction: Jurisdiction
    stage: Stage
    version: int
    person: DisclosedPerson
    verdicts: Verdicts
    findings: dict[str, bool]
    on: date

    @property
    def standing(self) -> Standing:
        """What today's verified facts carry."""
        return standing_of(self.verdicts.verified, findings=self.findings)


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """Everything a signature rests on."""

    case: DeskCase
    recommendation_id: UUID
    proposal: Proposal
    note: str
    recommended_by: str
    recommended_at: datetime
    photograph: Evaluation
    same_release: bool
    changes: tuple[Change, ...]


def open_desk_case(house: House, actor: Actor, reference: str) -> DeskCase:
    """A case with today's two verdicts, for an officer of its side."""
    case, person = case_and_file_for_officer(house, actor, reference)
    today = house.clock.today()
    dossier = dossier_of(house, case.person_id, on=today, case_id=case.id)
    verdicts, _ = map_dossier([house.rulebook.targets[case.target]], dossier, on=today)
    return DeskCase(
        id=case.id,
        reference=case.reference,
        target=case.target,
        jurisdiction=case.jurisdiction,
        stage=case.stage,
        version=case.version,
        person=person,
        verdicts=verdicts[case.target],
        findings={one.clause: one.finding for one in dossier.judgements},
        on=today,
    )


def conditions_for(house: House, case: DeskCase) -> tuple[Condition, ...]:
    """What could be set as a condition today."""
    return conditions_on_offer(house, case.verdicts.verified, case.findings)


def open_decision(house: House, actor: Actor, reference: str) -> DecisionFile:
    """The newest recommendation of a case with its photograph and today's answer beside it.

    Refuses the officer who recommended, already when reading: there is nothing here to do alone.
    """
    case = open_desk_case(house, actor, reference)
    found = house.session.execute(
        select(Recommendation, Photograph, Account.name)
        .join(Photograph, Photograph.id == Recommendation.photograph_id)
        .outerjoin(Account, Account.id == Recommendation.account_id)
        .where(Recommendation.case_id == case.id)
        .order_by(Recommendation.at.desc(), Recommendation.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        raise NotFound("page.not_found")
    recommendation, photograph, name = found
    refuse_same_officer(actor, recommendation)
    frozen = Evaluation.from_json(photograph.tree)
    return DecisionFile(
        case=case,
        recommendation_id=recommendation.id,
        proposal=proposal_of(recommendation),
        note=recommendation.note,
        recommended_by=name or "",
        recommended_at=recommendation.at,
        photograph=frozen,
        same_release=photograph.release_digest == house.rulebook.digest,
        changes=changes_between(frozen, case.verdicts.verified),
    )


def changes_between(before: Evaluation, now: Evaluation) -> tuple[Change, ...]:
    """The leaves that came out otherwise, in the order of today's rule, then those it no longer has."""
    old = {leaf.clause_id: leaf.outcome for leaf in before.leaves()}
    new = {leaf.clause_id: leaf.outcome for leaf in now.leaves()}
    return tuple(
        Change(clause, old.get(clause), new.get(clause))
        for clause in dict.fromkeys((*new, *old))
        if old.get(clause) is not new.get(clause)
    )
