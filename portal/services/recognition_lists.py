"""Reading recognitions for officers: the list of their side, and one with its acts. Reading only.

Names come through ``disclosure_to_officers`` alone. It must not know pages of the browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select, tuple_
from sqlalchemy.orm import selectinload

from portal.domain.identifiers import tidy_reference
from portal.domain.people import Actor, Role
from portal.domain.places import Jurisdiction
from portal.domain.recognitions import Act, Status
from portal.models.accounts import Account
from portal.models.cases import Case
from portal.models.people import Person
from portal.models.recognitions import Recognition
from portal.services.credential_history import ChangedGround, changed_grounds
from portal.services.disclosure_to_officers import (
    DisclosedPerson,
    file_for_officer,
    name_contains,
    names_are_disclosed,
)
from portal.services.facts import status_of
from portal.services.grounds import Condition
from portal.services.house import House
from portal.services.letter_documents import ListedLetter, letters_of
from portal.services.recognitions import recognition_for_officer, version_of

PAGE_LENGTH = 20


@dataclass(frozen=True, slots=True)
class ListedRecognition:
    """One recognition in the list, as it stands today."""

    reference: str
    case_reference: str
    target: str
    jurisdiction: Jurisdiction
    status: Status
    granted_on: date
    name_latin: str
    name_chinese: str
    is_disclosed: bool


@dataclass(frozen=True, slots=True)
class RecognitionPage:
    """One page of the list, and where the next begins."""

    rows: tuple[ListedRecognition, ...]
    next_after: str


@dataclass(frozen=True, slots=True)
class SignedAct:
    """One act of a recognition's life, and who signed it."""

    act: Act
    on: date
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecognitionFile:
    """One recognition with its acts, today and on the day asked."""

    reference: str
    case_reference: str
    target: str
    jurisdiction: Jurisdiction
    person: DisclosedPerson
    conditions: tuple[Condition, ...]
    granted_on: date
    acts: tuple[SignedAct, ...]
    version: int
    today: date
    status: Status
    asked_on: date
    status_asked: Status
    letters: tuple[ListedLetter, ...]
    changed_grounds: tuple[ChangedGround, ...] = ()


def list_recognitions(house: House, actor: Actor, *, words: str = "", after: str = "") -> RecognitionPage:
    """One page of the recognitions of the officer's side, newest first: two statements."""
    actor.require(Role.OFFICER)
    found = house.session.execute(
        select(Recognition, Case.reference, Person, names_are_disclosed())
        .join(Case, Case.id == Recognition.case_id)
        .join(Person, Person.id == Recognition.person_id)
        .where(*_asked_for(actor, words, after))
        .options(selectinload(Recognition.acts))
        .order_by(Recognition.granted_on.desc(), Recognition.id.desc())
        .limit(PAGE_LENGTH + 1)
    ).all()
    today = house.clock.today()
    shown = found[:PAGE_LENGTH]
    return RecognitionPage(
        rows=tuple(_listed(*row, today=today) for row in shown),
        next_after=_place(shown[-1][0]) if len(found) > PAGE_LENGTH else "",
    )


def open_recognition(
    house: House, actor: Actor, reference: str, *, on: date | None = None
) -> RecognitionFile:
    """One recognition for an officer of its side, with its status on any day asked."""
    recognition, case = recognition_for_officer(house, actor, reference)
    person = file_for_officer(house, actor, case)
    signers = _signers(house, recognition)
    today = house.clock.today()
    return RecognitionFile(
        reference=recognition.reference,
        case_reference=case.reference,
        target=recognition.target,
        jurisdiction=recognition.jurisdiction,
        person=person,
        conditions=tuple(map(Condition.from_json, recognition.conditions)),
        granted_on=recognition.granted_on,
        acts=tuple(
            SignedAct(
                done.act,
                done.on,
                done.reason,
                signers.get(done.account_id, "") if done.account_id else "",
                done.at,
            )
            for done in recognition.acts
        ),
        version=version_of(recognition),
        today=today,
        status=status_of(recognition, on=today),
        asked_on=on or today,
        status_asked=status_of(recognition, on=on or today),
        letters=letters_of(house, case),
        changed_grounds=changed_grounds(house, case.id),
    )


def _asked_for(actor: Actor, words: str, after: str) -> list[ColumnElement[bool]]:
    sides = sorted(actor.jurisdictions_as(Role.OFFICER))
    asked: list[ColumnElement[bool]] = [Recognition.jurisdiction.in_(sides)]
    if words.strip():
        reference = tidy_reference(words)
        asked.append(
            or_(
                Recognition.reference.startswith(reference, autoescape=True) if reference else false(),
                name_contains(words),
            )
        )
    begins = _read_place(after)
    if begins:
        asked.append(tuple_(Recognition.granted_on, Recognition.id) < tuple_(*begins))
    return asked


def _listed(
    recognition: Recognition, case_reference: str, person: Person, is_disclosed: bool, *, today: date
) -> ListedRecognition:
    return ListedRecognition(
        reference=recognition.reference,
        case_reference=case_reference,
        target=recognition.target,
        jurisdiction=recognition.jurisdiction,
        status=status_of(recognition, on=today),
        granted_on=recognition.granted_on,
        name_latin=person.name_latin if is_disclosed else "",
        name_chinese=person.name_chinese if is_disclosed else "",
        is_disclosed=is_disclosed,
    )


def _signers(house: House, recognition: Recognition) -> dict[UUID, str]:
    keys = {done.account_id for done in recognition.acts if done.account_id is not None}
    rows = house.session.execute(select(Account.id, Account.name).where(Account.id.in_(keys)))
    return dict(rows.all())


def _place(recognition: Recognition) -> str:
    return f"{recognition.granted_on.isoformat()}~{recognition.id}"


def _read_place(after: str) -> tuple[date, UUID] | None:
    """Where a page begins; a place that cannot be read is the beginning."""
    day, _, key = after.partition("~")
    try:
        return date.fromisoformat(day), UUID(key)
    except ValueError:
        return None
