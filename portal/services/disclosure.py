"""What employers see: the one service that says it, live on the day, within a share's scope.

Owns the selection of facts that leave the portal. It speaks in codes and texts of the rulebook;
the pages make sentences of them. It must not know how a checker proved the right to look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select

from portal.domain.credentials import Standing
from portal.domain.enrolments import EnrolmentState, ModuleOutcome
from portal.domain.intakes import next_day
from portal.domain.places import Jurisdiction
from portal.domain.recognitions import Act, Status
from portal.domain.texts import Text
from portal.models.credentials import Credential
from portal.models.disclosure import Share
from portal.models.people import Person
from portal.models.programmes import Cohort, Enrolment, Module, ModuleResult, Programme
from portal.models.recognitions import Recognition
from portal.services.facts import status_of
from portal.services.house import House
from portal.services.sharing import recognitions_in

# A course that was only asked for, or given up, is nobody's business.
_SHOWN_STATES = (
    EnrolmentState.CONFIRMED,
    EnrolmentState.COMPLETED,
    EnrolmentState.NOT_COMPLETED,
)


@dataclass(frozen=True, slots=True)
class ShownCondition:
    """One condition of a recognition: what is to be finished, and by when if a day was set."""

    title: Text
    due_on: date | None
    finished: bool


@dataclass(frozen=True, slots=True)
class ShownRecognition:
    """One recognition as it stands on the day asked; ``since`` is the day its status began."""

    reference: str
    jurisdiction: Jurisdiction
    title: Text
    status: Status
    since: date
    granted_on: date
    expires_on: date | None
    conditions: tuple[ShownCondition, ...]
    remains: Text
    check_elsewhere: Text


@dataclass(frozen=True, slots=True)
class ShownBridging:
    """How far the holder is in one bridging programme."""

    programme: Text
    illustrative: bool
    state: EnrolmentState
    completed: int
    modules: int
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Everything a share shows on a day; ``bridging`` is None when the holder did not share it."""

    name_latin: str
    name_chinese: str
    recognitions: tuple[ShownRecognition, ...]
    bridging: tuple[ShownBridging, ...] | None


def disclose(house: House, share: Share, *, on: date) -> Disclosure:
    """Say what a share shows on a day, never more than its scope."""
    person = house.session.get_one(Person, share.person_id)
    recognitions = recognitions_in(house, share)
    held = (
        held_and_verified(house, person.id) if any(each.conditions for each in recognitions) else frozenset()
    )
    return Disclosure(
        name_latin=person.name_latin,
        name_chinese=person.name_chinese,
        recognitions=tuple(shown_recognition(house, each, on=on, held=held) for each in recognitions),
        bridging=_bridging(house, share.person_id, on) if share.shows_bridging else None,
    )


def shown_recognition(
    house: House, recognition: Recognition, *, on: date, held: frozenset[str] = frozenset()
) -> ShownRecognition:
    """One recognition in the words of the rulebook, as it stands on a day.

    ``held`` are the qualifications its holder has verified: a condition that asks for one of them
    is finished, even while others are not.
    """
    target = house.rulebook.targets[recognition.target]
    status = status_of(recognition, on=on)
    return ShownRecognition(
        reference=recognition.reference,
        jurisdiction=recognition.jurisdiction,
        title=target.title,
        status=status,
        since=_since(recognition, status, on),
        granted_on=recognition.granted_on,
        expires_on=recognition.expires_on,
        conditions=_conditions(house, recognition, status, held),
        remains=target.remains,
        check_elsewhere=target.check_elsewhere,
    )


_BEGUN_BY = {
    Status.SUSPENDED: Act.SUSPENDED,
    Status.REVOKED: Act.REVOKED,
}


def _since(recognition: Recognition, status: Status, on: date) -> date:
    """The day the present status began; the day of the grant for a recognition in good standing."""
    act = _BEGUN_BY.get(status)
    days = [done.on for done in recognition.acts if done.act is act and done.on <= on]
    return max(days, default=recognition.granted_on)


def _conditions(
    house: House, recognition: Recognition, status: Status, held: frozenset[str]
) -> tuple[ShownCondition, ...]:
    all_met = status is not Status.CONDITIONAL and any(
        done.act is Act.CONDITIONS_MET for done in recognition.acts
    )
    return tuple(
        ShownCondition(
            _title(house, condition), _due(condition), finished=all_met or condition.get("gives") in held
        )
        for condition in recognition.conditions
    )


def held_and_verified(house: House, person_id: UUID) -> frozenset[str]:
    """The qualifications a person holds and has verified; a condition that asks for one is finished."""
    return frozenset(
        house.session.scalars(
            select(Credential.qualification).where(
                Credential.person_id == person_id, Credential.standing == Standing.VERIFIED
            )
        )
    )


def _title(house: House, condition: Mapping[str, Any]) -> Text:
    """What a condition asks: the words it was decided with, else the catalogue's."""
    words = condition.get("title")
    if isinstance(words, Mapping):
        return Text.from_json(words)
    code = str(condition.get("gives", ""))
    qualification = house.rulebook.qualifications.get(code)
    return qualification.title if qualification else Text(code, code, code)


def _due(condition: Mapping[str, Any]) -> date | None:
    day = condition.get("due_on")
    return date.fromisoformat(day) if isinstance(day, str) and day else None


def _bridging(house: House, person_id: UUID, on: date) -> tuple[ShownBridging, ...]:
    rows = house.session.execute(
        select(Enrolment.state, Programme, Cohort.starts_on, Cohort.ends_on, _completed(), _modules())
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .where(Enrolment.person_id == person_id, Enrolment.state.in_(_SHOWN_STATES))
        .order_by(Enrolment.requested_at, Enrolment.id)
    )
    return tuple(
        ShownBridging(
            programme=Text.from_json(programme.title),
            illustrative=programme.illustrative,
            state=state,
            completed=completed,
            modules=modules,
            next_on=next_day(state, starts_on=starts_on, ends_on=ends_on, on=on),
        )
        for state, programme, starts_on, ends_on, completed, modules in rows
    )


def _completed() -> ScalarSelect[int]:
    """How many modules an enrolment has completed, counted by the database."""
    return (
        select(func.count(ModuleResult.id))
        .where(
            ModuleResult.enrolment_id == Enrolment.id,
            ModuleResult.outcome == ModuleOutcome.COMPLETED,
        )
        .correlate(Enrolment)
        .scalar_subquery()
    )


def _modules() -> ScalarSelect[int]:
    """How many modules a programme has, counted by the database."""
    return (
        select(func.count(Module.id))
        .where(Module.programme_id == Programme.id)
        .correlate(Programme)
        .scalar_subquery()
    )
