"""Reading one's own applications: what stands in them, what was said, what happened and what is next.

Owns frozen readings for the applicant. An officer's notes never leave the file: the steps read
here carry stages and days alone. It must not know pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import ScalarSelect, and_, select

from portal.domain.cases import OPEN_STAGES, Move, Stage, Turn, may, whose_turn
from portal.domain.declarations import DeclarationKind
from portal.domain.errors import NotFound
from portal.domain.people import Actor, own_person
from portal.domain.places import Jurisdiction
from portal.domain.recognitions import Act
from portal.domain.rules.vocabulary import Basis, Outcome
from portal.models.cases import Case, CaseMove, Declaration, Letter, Photograph
from portal.models.recognitions import Recognition, RecognitionAct
from portal.services.grounds import Condition
from portal.services.house import House

Thing = TypeVar("Thing")
_GRANTED: Final = frozenset({Stage.GRANTED, Stage.GRANTED_WITH_CONDITIONS})
# What was revoked asks for nothing any more.
_IN_FORCE: Final = and_(
    Recognition.case_id == Case.id, ~Recognition.acts.any(RecognitionAct.act == Act.REVOKED)
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the life of a case, without whatever officers noted beside it."""

    move: Move
    stage: Stage
    at: datetime


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter as it was sent."""

    id: UUID
    kind: str
    language: str
    subject: str
    body: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class GivenDeclaration:
    """A declaration or consent, in the words that were read."""

    kind: str
    wording_version: str
    language: str
    wording: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """What happened to some cases, by case."""

    steps: Mapping[UUID, Sequence[Step]]
    letters: Mapping[UUID, Sequence[SentLetter]]


NO_HISTORY: Final = History({}, {})


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One side of an application, as its applicant sees it.

    ``due`` are conditions with a last day; ``last_act`` is the newest that suspended, restored or
    revoked what was granted.
    """

    id: UUID
    application_id: UUID
    reference: str
    target: str
    jurisdiction: Jurisdiction
    stage: Stage
    started_at: datetime
    submitted_at: datetime | None
    version: int
    steps: tuple[Step, ...] = ()
    letters: tuple[SentLetter, ...] = ()
    declarations: tuple[GivenDeclaration, ...] = ()
    submitted_as: tuple[tuple[Basis, Outcome], ...] = ()
    due: tuple[Condition, ...] = ()
    last_act: Act | None = None

    @property
    def is_draft(self) -> bool:
        return self.stage is Stage.DRAFT

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    @property
    def is_revoked(self) -> bool:
        """What was granted is gone for good."""
        return self.last_act is Act.REVOKED

    @property
    def is_suspended(self) -> bool:
        """What was granted does not count for now."""
        return self.last_act is Act.SUSPENDED

    @property
    def turn(self) -> Turn:
        """Who must act next; nobody finishes the conditions of what was revoked."""
        return Turn.NOBODY if self.is_revoked else whose_turn(self.stage)

    @property
    def may_be_withdrawn(self) -> bool:
        return may(self.stage, Move.WITHDRAW)


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """One file with a case for each side applied for."""

    id: UUID
    track: str
    cases: tuple[OwnCase, ...]

    @property
    def drafts(self) -> tuple[OwnCase, ...]:
        """The sides not yet sent."""
        return tuple(case for case in self.cases if case.is_draft)

    @property
    def draft_version(self) -> int:
        """What a form about the drafts carries, so that it cannot act on a newer state."""
        return sum(case.version for case in self.drafts)

    @property
    def given(self) -> frozenset[tuple[Jurisdiction, str]]:
        """Which declarations stand, by side and kind."""
        return frozenset((case.jurisdiction, one.kind) for case in self.cases for one in case.declarations)


def read_applications(house: House, actor: Actor) -> tuple[OwnApplication, ...]:
    """All the acting person's applications, newest first, without their histories."""
    rows = house.session.execute(
        select(Case, Recognition.conditions, _last_act())
        .outerjoin(Recognition, _IN_FORCE)
        .where(Case.person_id == own_person(actor))
        .order_by(Case.started_at.desc(), Case.application_id.desc(), Case.jurisdiction)
    )
    own = [(case.track, _case(case, conditions, last_act=act)) for case, conditions, act in rows]
    return tuple(
        OwnApplication(key, cases[0][0], tuple(case for _, case in cases))
        for key, cases in (
            (key, list(group)) for key, group in groupby(own, key=lambda one: one[1].application_id)
        )
    )


def read_application(
    house: House, actor: Actor, application_id: UUID, *, with_history: bool = True
) -> OwnApplication:
    """One application and what was declared in it; ``page.not_found`` for a stranger's.

    The history (steps, letters, the verdicts of the submission) is left out where a page has no
    use for it.
    """
    rows = house.session.execute(
        select(Case, Declaration, Recognition.conditions, _last_act(), *map(_outcome_at_submission, Basis))
        .outerjoin(Declaration, Declaration.case_id == Case.id)
        .outerjoin(Recognition, _IN_FORCE)
        .where(Case.application_id == application_id, Case.person_id == own_person(actor))
        .order_by(Case.jurisdiction)
    ).all()
    if not rows:
        raise NotFound("page.not_found")
    cases = {case.id: (case, *rest) for case, _, *rest in rows}
    declared = _by_case(
        (row[0].id, _declaration(row[1])) for row in sorted(rows, key=_reading_order) if row[1]
    )
    keys = list(cases)
    history = History(_steps(house, keys), _letters(house, keys)) if with_history else NO_HISTORY
    own = tuple(
        _case(case, conditions, declared.get(case.id, ()), history, outcomes, act)
        for case, conditions, act, *outcomes in cases.values()
    )
    return OwnApplication(application_id, rows[0][0].track, own)


def read_case(house: House, actor: Actor, reference: str) -> OwnCase:
    """One of the acting person's cases by its reference; ``page.not_found`` for anything else."""
    row = house.session.scalars(
        select(Case).where(Case.reference == reference, Case.person_id == own_person(actor))
    ).one_or_none()
    if row is None:
        raise NotFound("page.not_found")
    return _case(row)


def _steps(house: House, keys: Sequence[UUID]) -> dict[UUID, list[Step]]:
    rows = house.session.scalars(
        select(CaseMove).where(CaseMove.case_id.in_(keys)).order_by(CaseMove.at, CaseMove.id)
    )
    return _by_case((row.case_id, Step(row.move, row.stage_after, row.at)) for row in rows)


def _letters(house: House, keys: Sequence[UUID]) -> dict[UUID, list[SentLetter]]:
    rows = house.session.scalars(
        select(Letter).where(Letter.case_id.in_(keys)).order_by(Letter.written_at, Letter.id)
    )
    return _by_case(
        (
            row.case_id,
            SentLetter(row.id, row.kind, row.language, row.subject, row.body, row.written_at),
        )
        for row in rows
    )


def _reading_order(row: Sequence[Any]) -> int:
    """Declarations in the order in which they are read."""
    given = row[1]
    return list(DeclarationKind).index(DeclarationKind(given.kind)) if given else 0


def _declaration(row: Declaration) -> GivenDeclaration:
    return GivenDeclaration(row.kind, row.wording_version, row.language, row.wording, row.given_at)


def _last_act() -> ScalarSelect[Act]:
    """The newest act that suspended, restored or revoked the recognition of a case."""
    return (
        select(RecognitionAct.act)
        .join(Recognition, Recognition.id == RecognitionAct.recognition_id)
        .where(
            Recognition.case_id == Case.id,
            RecognitionAct.act.in_((Act.SUSPENDED, Act.LIFTED, Act.REVOKED)),
        )
        .order_by(RecognitionAct.order.desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )


def _outcome_at_submission(basis: Basis) -> ScalarSelect[Outcome]:
    """What a photograph of the submission said; later ones are the officers'."""
    return (
        select(Photograph.outcome)
        .where(
            Photograph.case_id == Case.id,
            Photograph.basis == basis,
            Photograph.taken_at == Case.submitted_at,
        )
        .order_by(Photograph.id)
        .limit(1)
        .scalar_subquery()
    )


def _by_case(pairs: Iterable[tuple[UUID, Thing]]) -> dict[UUID, list[Thing]]:
    found: dict[UUID, list[Thing]] = {}
    for case_id, thing in pairs:
        found.setdefault(case_id, []).append(thing)
    return found


def _case(
    row: Case,
    conditions: Iterable[dict[str, Any]] | None = None,
    declarations: Sequence[GivenDeclaration] = (),
    seen: History = NO_HISTORY,
    outcomes: Iterable[Outcome | None] = (),
    last_act: Act | None = None,
) -> OwnCase:
    return OwnCase(
        id=row.id,
        application_id=row.application_id,
        reference=row.reference,
        target=row.target,
        jurisdiction=row.jurisdiction,
        stage=row.stage,
        started_at=row.started_at,
        submitted_at=row.submitted_at,
        version=row.version,
        steps=tuple(seen.steps.get(row.id, ())),
        letters=tuple(seen.letters.get(row.id, ())),
        declarations=tuple(declarations),
        submitted_as=tuple((basis, said) for basis, said in zip(Basis, outcomes, strict=False) if said),
        due=_due(row, conditions or ()),
        last_act=last_act if row.stage in _GRANTED else None,
    )


def _due(row: Case, conditions: Iterable[dict[str, Any]]) -> tuple[Condition, ...]:
    """The conditions with a last day, while they run."""
    if row.stage is not Stage.GRANTED_WITH_CONDITIONS:
        return ()
    return tuple(one for one in map(Condition.from_json, conditions) if one.due_on)
