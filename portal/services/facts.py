"""From the rows about a person to the dossier the engine reads: one reading, few statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.domain.credentials import COUNTS_AS_DECLARED, Standing
from portal.domain.dossier import Dossier, HeldRecognition, Holding, Judgement, PersonFact, Work
from portal.domain.recognitions import DatedAct, Status, status_on
from portal.models.cases import Case, RecordedJudgement
from portal.models.credentials import Credential, WorkPeriod
from portal.models.people import PersonalFact
from portal.models.recognitions import Recognition
from portal.services.house import House

Row = TypeVar("Row", Credential, WorkPeriod, PersonalFact)


def dossier_of(house: House, person_id: UUID, *, on: date, case_id: UUID | None = None) -> Dossier:
    """Read the facts about one person as they count on a day.

    Rejected and withdrawn facts are left out. With a case, the judgements its officers recorded
    are in it: a judgement belongs to one case and is worth nothing in another.
    """
    return Dossier(
        holdings=tuple(map(_holding, _rows(house, Credential, person_id))),
        work=tuple(map(_work, _rows(house, WorkPeriod, person_id))),
        facts=tuple(map(_fact, _rows(house, PersonalFact, person_id))),
        judgements=_judgements(house, case_id) if case_id else (),
        recognitions=_recognitions(house, person_id, on),
    )


def _rows(house: House, model: type[Row], person_id: UUID) -> Sequence[Row]:
    return house.session.scalars(
        select(model)
        .where(model.person_id == person_id, model.standing.in_(COUNTS_AS_DECLARED))
        .order_by(model.id)
    ).all()


def _holding(row: Credential) -> Holding:
    return Holding(
        id=str(row.id),
        qualification=row.qualification,
        awarded_on=row.awarded_on,
        begun_on=row.begun_on,
        ended_on=row.ended_on,
        valid_until=row.valid_until,
        attributes=row.attributes,
        verified=row.standing is Standing.VERIFIED,
    )


def _work(row: WorkPeriod) -> Work:
    return Work(
        id=str(row.id),
        functions=tuple(row.functions),
        employer_kind=row.employer_kind,
        place=row.place,
        begun_on=row.begun_on,
        ended_on=row.ended_on,
        share=None if row.share_percent is None else Fraction(row.share_percent, 100),
        manages=row.manages,
        verified=row.standing is Standing.VERIFIED,
    )


def _fact(row: PersonalFact) -> PersonFact:
    return PersonFact(
        name=row.name,
        value=row.day if row.truth is None else row.truth,
        verified=row.standing is Standing.VERIFIED,
    )


def _judgements(house: House, case_id: UUID) -> tuple[Judgement, ...]:
    rows = house.session.execute(
        select(RecordedJudgement, Case.target)
        .join(Case, Case.id == RecordedJudgement.case_id)
        .where(RecordedJudgement.case_id == case_id)
        .order_by(RecordedJudgement.at, RecordedJudgement.id)
    ).all()
    newest = {row.clause: Judgement(row.clause, row.finding, row.reason, target) for row, target in rows}
    return tuple(newest.values())


def _recognitions(house: House, person_id: UUID, on: date) -> tuple[HeldRecognition, ...]:
    rows = house.session.scalars(
        select(Recognition).where(Recognition.person_id == person_id).options(joinedload(Recognition.acts))
    ).unique()
    return tuple(
        HeldRecognition(id=str(row.id), target=row.target, granted_on=row.granted_on)
        for row in rows
        if status_of(row, on=on) in (Status.FULL, Status.CONDITIONAL)
    )


def status_of(recognition: Recognition, *, on: date) -> Status:
    """What a recognition is worth on a day, from its acts."""
    return status_on(
        on,
        [DatedAct(done.act, done.on, done.order) for done in recognition.acts],
        conditional=recognition.conditional,
        expires_on=recognition.expires_on,
    )
