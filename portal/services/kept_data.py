"""What of a person has to be kept for a while after they erase their data, and until when.

Kept is what a decision rests on: the decided case with its acts and letters, the recognition, the
facts its photographs cite, and the evidence for those. A look somebody was shown something at is
the receipt of whoever looked. Everything else goes at once. It must not know how rows are deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from portal.domain.credentials import FactKind
from portal.models.cases import (
    Case,
    CaseMove,
    Decision,
    Declaration,
    Letter,
    Photograph,
    Recommendation,
    RecordedJudgement,
)
from portal.models.credentials import Credential, Verification, WorkPeriod
from portal.models.database import Base
from portal.models.disclosure import Look, Share, ShareItem
from portal.models.evidence import Evidence, EvidenceFile, EvidenceLink, EvidenceTranslation
from portal.models.following import Review
from portal.models.people import Person, PersonalFact
from portal.models.programmes import Enrolment, ModuleResult
from portal.models.recognitions import Recognition, RecognitionAct
from portal.models.referees import RefereeRequest
from portal.services.house import House
from portal.services.person_tables import Held


@dataclass(frozen=True, slots=True)
class Kept:
    """The decided cases of a person, the facts they rest on, and the last day they are kept."""

    person_id: UUID
    cases: frozenset[UUID]
    facts: frozenset[UUID]
    until: date | None

    @property
    def is_nothing(self) -> bool:
        """True when nothing has to be kept."""
        return not self.cases


def kept_of(house: House, person_id: UUID) -> Kept:
    """What has to be kept of a person if they erased their data today."""
    decided = house.session.execute(
        select(Decision.case_id, Decision.on)
        .join(Case, Case.id == Decision.case_id)
        .where(Case.person_id == person_id)
    ).all()
    cases = frozenset(case_id for case_id, _on in decided)
    if not cases:
        return Kept(person_id, frozenset(), frozenset(), None)
    dossiers = house.session.scalars(select(Photograph.dossier).where(Photograph.case_id.in_(cases)))
    facts = frozenset(fact for dossier in dossiers for fact in _facts_in(dossier))
    ends = house.session.scalars(select(Recognition.expires_on).where(Recognition.case_id.in_(cases)))
    days = [on for _case, on in decided] + [day or house.clock.today() for day in ends]
    return Kept(person_id, cases, facts, house.retention.decision_until(max(days)))


def stays(held: Held, kept: Kept) -> ColumnElement[bool]:
    """Which rows of a table stay; none of most tables."""
    if held.outlives:
        return true()
    rule = _STAYS.get(held.model)
    return false() if kept.is_nothing or rule is None else rule(kept)


def _facts_in(dossier: Mapping[str, Any]) -> Iterable[UUID]:
    return (UUID(fact["id"]) for part in ("credential", "work") for fact in dossier[part])


def _evidence(kept: Kept) -> Select[UUID]:
    return select(EvidenceLink.evidence_id).where(EvidenceLink.fact_id.in_(kept.facts))


def _recognitions(kept: Kept) -> Select[UUID]:
    return select(Recognition.id).where(Recognition.case_id.in_(kept.cases))


def _looked_at(kept: Kept) -> Select[UUID]:
    return (
        select(Look.share_id)
        .join(Share, Share.id == Look.share_id)
        .where(Look.shown.is_(True), Share.person_id == kept.person_id)
    )


def _enrolments(kept: Kept) -> Select[UUID | None]:
    return select(Credential.enrolment_id).where(
        Credential.id.in_(kept.facts), Credential.enrolment_id.is_not(None)
    )


def _checked(kept: Kept) -> Select[UUID]:
    """Personal facts have no id in a dossier; those an officer looked at are kept."""
    return select(Verification.fact_id).where(
        Verification.person_id == kept.person_id, Verification.fact_kind == FactKind.PERSONAL
    )


def _of_case(column: Any) -> Callable[[Kept], ColumnElement[bool]]:
    return lambda kept: column.in_(kept.cases)


_STAYS: Final[dict[type[Base], Callable[[Kept], ColumnElement[bool]]]] = {
    Case: _of_case(Case.id),
    **{
        model: _of_case(model.case_id)
        for model in (
            Review,
            Letter,
            Decision,
            Recommendation,
            RecordedJudgement,
            Photograph,
            CaseMove,
            Declaration,
            Recognition,
        )
    },
    RecognitionAct: lambda kept: RecognitionAct.recognition_id.in_(_recognitions(kept)),
    Credential: lambda kept: Credential.id.in_(kept.facts),
    WorkPeriod: lambda kept: WorkPeriod.id.in_(kept.facts),
    PersonalFact: lambda kept: PersonalFact.id.in_(_checked(kept)),
    Verification: lambda kept: or_(
        Verification.fact_id.in_(kept.facts), Verification.fact_kind == FactKind.PERSONAL
    ),
    RefereeRequest: lambda kept: and_(
        RefereeRequest.work_id.in_(kept.facts), RefereeRequest.answered_at.is_not(None)
    ),
    EvidenceLink: lambda kept: EvidenceLink.fact_id.in_(kept.facts),
    Evidence: lambda kept: Evidence.id.in_(_evidence(kept)),
    EvidenceTranslation: lambda kept: EvidenceTranslation.evidence_id.in_(_evidence(kept)),
    EvidenceFile: lambda kept: EvidenceFile.evidence_id.in_(_evidence(kept)),
    Enrolment: lambda kept: Enrolment.id.in_(_enrolments(kept)),
    ModuleResult: lambda kept: ModuleResult.enrolment_id.in_(_enrolments(kept)),
    Look: lambda _kept: Look.shown.is_(True),
    Share: lambda kept: Share.id.in_(_looked_at(kept)),
    ShareItem: lambda kept: ShareItem.share_id.in_(_looked_at(kept)),
    Person: lambda _kept: true(),
}
