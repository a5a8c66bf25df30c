"""Asking a referee to confirm a period of work: the link, the days it is open, the reminders.

Owns the requests as the person who makes them sees them. What a referee does with the link is
``portal/services/referee_answers.py``. The link is never kept: it follows from the request's id and
the house's key, so that a reminder can name it and a stolen database cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select

from portal.domain.credentials import Standing
from portal.domain.errors import Conflict, NotFound, Refused
from portal.domain.people import NOBODY, Actor, own_person
from portal.domain.referees import (
    MOST_OPEN_PER_PERIOD,
    Flag,
    Relation,
    State,
    confirms,
    flags_of,
    last_day,
    reminders_due,
    same_mailbox,
    state_on,
)
from portal.domain.sense import length_faults, refuse_first
from portal.models.accounts import Account
from portal.models.credentials import WorkPeriod
from portal.models.referees import RefereeRequest
from portal.services.confirmations import answers_about, answers_to, asked_about, questions_of
from portal.services.house import House
from portal.services.journal import record
from portal.services.outbox import post_email
from portal.services.standings import own_row
from portal.services.work import one_act, require_version

LONGEST = {"name": 120, "email": 254}


@dataclass(frozen=True, slots=True)
class Nomination:
    """Whom a person names, and in which language the referee is written to."""

    name: str
    email: str
    relation: Relation | None
    language: str


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """A request as the person who made it sees it; what was answered in free words is not here."""

    id: UUID
    work_id: UUID
    name: str
    email: str
    relation: Relation
    flags: tuple[Flag, ...]
    state: State
    asked_at: datetime
    expires_on: date
    answered_at: datetime | None
    confirms: bool
    about_this_version: bool
    version: int


def own_requests(house: House, actor: Actor) -> Sequence[RequestRecord]:
    """Every request the actor made, newest first."""
    rows = house.session.execute(
        select(RefereeRequest, WorkPeriod)
        .join(WorkPeriod, WorkPeriod.id == RefereeRequest.work_id)
        .where(RefereeRequest.person_id == own_person(actor))
        .order_by(RefereeRequest.asked_at.desc(), RefereeRequest.id.desc())
    )
    return [_record(house, row, work) for row, work in rows]


def own_request(house: House, actor: Actor, request_id: UUID) -> RequestRecord:
    """One of the actor's requests; strangers get ``referee.not_found``."""
    row = _own_request(house, actor, request_id)
    return _record(house, row, house.session.get_one(WorkPeriod, row.work_id))


def nomination_problems(house: House, actor: Actor, work_id: UUID, said: Nomination) -> list[Refused]:
    """Everything about a nomination that cannot be, each at its field."""
    faults = length_faults("referee.too_long", {"name": said.name, "email": said.email}, LONGEST)
    if not said.name:
        faults.append(Refused("referee.name_missing", field="name"))
    if said.relation is None:
        faults.append(Refused("referee.relation_missing", field="relation"))
    if not is_address(said.email):
        faults.append(Refused("referee.email_implausible", field="email"))
    elif _is_asked_already(house, work_id, said.email):
        faults.append(Refused("referee.asked_already", field="email"))
    return faults


def ask_referee(
    house: House, actor: Actor, *, work_id: UUID, said: Nomination, once: str | None = None
) -> str:
    """Send a referee the private link for a period of work as it stands now; gives the request's id.

    Refuses a withdrawn period, an address asked already, and more open requests for one period than
    anybody needs. An address that looks like the person's own, or a public one, is flagged for
    officers and sent all the same.
    """
    with one_act(house, actor, once=once) as act:
        work = own_row(house, actor, WorkPeriod, work_id)
        if work.standing is Standing.WITHDRAWN:
            raise Conflict("work.already_withdrawn")
        refuse_first(nomination_problems(house, actor, work_id, said))
        if len(_open_requests(house, work_id)) >= MOST_OPEN_PER_PERIOD:
            raise Refused("referee.too_many", most=MOST_OPEN_PER_PERIOD)
        row = _new_request(house, work, said)
        house.session.add(row)
        _write_to(house, row, "referee_asked")
        record(
            house,
            actor,
            "referee.asked",
            person_id=work.person_id,
            request=str(row.id),
            work=str(work.id),
            flags=list(row.flags),
        )
        act.result = str(row.id)
    return act.result


def withdraw_request(
    house: House, actor: Actor, *, request_id: UUID, version: int, once: str | None = None
) -> str:
    """Take a request back before it is answered: the link then leads nowhere."""
    with one_act(house, actor, once=once) as act:
        row = _own_request(house, actor, request_id)
        act.result = str(row.id)
        if state_of(house, row) is not State.WAITING:
            raise Conflict("referee.not_waiting")
        require_version(row.version, version)
        _take_back(house, actor, row)
    return act.result


def withdraw_all_about(house: House, actor: Actor, work_id: UUID) -> None:
    """Take back every open request about a period that its owner takes back; the caller commits."""
    for row in _open_requests(house, work_id):
        _take_back(house, actor, row)


def remind_referees(house: House) -> int:
    """Send the reminders that are due, each once however late the round comes; gives how many."""
    today = house.clock.today()
    waiting = house.session.scalars(
        select(RefereeRequest).where(
            RefereeRequest.answered_at.is_(None),
            RefereeRequest.withdrawn_at.is_(None),
            RefereeRequest.expires_on >= today,
        )
    ).all()
    reminded = 0
    for row in waiting:
        due = reminders_due(today, expires_on=row.expires_on, sent=row.reminders_sent)
        if due > row.reminders_sent:
            # One that was answered or withdrawn meanwhile needs no reminder, and holds up no other.
            with suppress(Conflict):
                with one_act(house, NOBODY):
                    row.reminders_sent = due
                    _write_to(house, row, "referee_reminded")
                reminded += 1
    return reminded


def state_of(house: House, row: RefereeRequest) -> State:
    """Where a request stands today."""
    return state_on(
        house.clock.today(),
        expires_on=row.expires_on,
        answered=row.answered_at is not None,
        withdrawn=row.withdrawn_at is not None,
    )


def secret_of(house: House, request_id: UUID) -> str:
    """The secret part of a request's link: the id, and what only the house's key makes of it."""
    return request_id.hex + house.identity_digests.digest(f"referee:{request_id.hex}")[:40]


def is_address(email: str) -> bool:
    """True for what can be an e-mail address; whether anybody reads it is not asked."""
    try:
        validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def _new_request(house: House, work: WorkPeriod, said: Nomination) -> RefereeRequest:
    today = house.clock.today()
    return RefereeRequest(
        id=house.new_key(),
        person_id=work.person_id,
        work_id=work.id,
        asked_about=asked_about(work),
        name=said.name,
        email=said.email,
        mailbox=same_mailbox(said.email),
        relation=said.relation,
        language=said.language,
        flags=[flag.value for flag in _flags(house, work.person_id, said)],
        asked_at=house.clock.now(),
        expires_on=last_day(today),
        reminders_sent=0,
        comment="",
    )


def _take_back(house: House, actor: Actor, row: RefereeRequest) -> None:
    row.withdrawn_at = house.clock.now()
    record(house, actor, "referee.withdrawn", person_id=row.person_id, request=str(row.id))


def _flags(house: House, person_id: UUID, said: Nomination) -> list[Flag]:
    own = house.session.scalars(select(Account.email).where(Account.person_id == person_id)).all()
    flags = list(flags_of(said.email, own_addresses=own))
    names = house.session.scalars(
        select(RefereeRequest.name).where(RefereeRequest.mailbox == same_mailbox(said.email)).distinct()
    )
    if any(name.casefold() != said.name.casefold() for name in names):
        flags.append(Flag.SEVERAL_NAMES)
    return flags


def _write_to(house: House, row: RefereeRequest, kind: str) -> None:
    address = f"{house.base_url}/references/{secret_of(house, row.id)}"
    facts = {"base_url": house.base_url, "address": address, "until": row.expires_on}
    post_email(house, kind, recipient=row.email, language=row.language, facts=facts)


def _open_requests(house: House, work_id: UUID) -> Sequence[RefereeRequest]:
    return house.session.scalars(
        select(RefereeRequest).where(
            RefereeRequest.work_id == work_id,
            RefereeRequest.answered_at.is_(None),
            RefereeRequest.withdrawn_at.is_(None),
            RefereeRequest.expires_on >= house.clock.today(),
        )
    ).all()


def _is_asked_already(house: House, work_id: UUID, email: str) -> bool:
    work = house.session.get(WorkPeriod, work_id)
    if work is None:
        return False
    asked = [*_open_requests(house, work_id), *answers_about(house, work)]
    return any(row.mailbox == same_mailbox(email) for row in asked)


def _own_request(house: House, actor: Actor, request_id: UUID) -> RefereeRequest:
    person_id = own_person(actor)
    row = house.session.get(RefereeRequest, request_id)
    if row is None or row.person_id != person_id:
        raise NotFound("referee.not_found")
    return row


def _record(house: House, row: RefereeRequest, work: WorkPeriod) -> RequestRecord:
    return RequestRecord(
        id=row.id,
        work_id=row.work_id,
        name=row.name,
        email=row.email,
        relation=row.relation,
        flags=tuple(Flag(flag) for flag in row.flags),
        state=state_of(house, row),
        asked_at=row.asked_at,
        expires_on=row.expires_on,
        answered_at=row.answered_at,
        confirms=row.answered_at is not None and confirms(questions_of(row), answers_to(row)),
        about_this_version=row.asked_about == asked_about(work),
        version=row.version,
    )
