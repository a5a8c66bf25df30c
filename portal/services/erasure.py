"""Erasing a person: rows and stored bytes gone, the account closed, only what must be kept left.

What stays and until when is decided in ``kept_data.py``; which rows are a person's in
``person_tables.py``. Bytes are deleted after the commit, and named in the erasure until they are,
so that a fall in between leaves nothing behind for good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import and_, delete, func, literal, not_, select, union_all, update

from portal.domain.cases import ON_THE_DESK
from portal.domain.enrolments import ACTIVE
from portal.domain.errors import Conflict, Refused
from portal.domain.people import NOBODY, Actor, Role, own_person
from portal.models.accounts import Account
from portal.models.cases import Case
from portal.models.certificates import Certificate
from portal.models.database import Base
from portal.models.disclosure import Share
from portal.models.evidence import Evidence, EvidenceFile
from portal.models.my_data import DataExport, Erasure
from portal.models.programmes import Enrolment
from portal.models.recognitions import Recognition
from portal.services.cases import withdraw_case
from portal.services.enrolments import withdraw_enrolment
from portal.services.house import House
from portal.services.journal import record
from portal.services.kept_data import Kept, kept_of, stays
from portal.services.outbox import post_email
from portal.services.person_tables import HELD, Whose, whose_data
from portal.services.work import one_act

# Its address is all that is left of the person, and only until it has left.
FAREWELL: Final = "account_erased"


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that has to be taken back before anything can be erased."""

    reference: str
    target: str
    version: int


@dataclass(frozen=True, slots=True)
class ErasureAhead:
    """What erasing would do today: rows that go and rows that stay, by table."""

    open_cases: tuple[OpenCase, ...]
    goes: Mapping[str, int]
    stays: Mapping[str, int]
    keep_until: date | None
    is_staff: bool


def read_erasure(house: House, actor: Actor) -> ErasureAhead:
    """What would go and what would stay if the actor erased their data now."""
    account, whose = _own(house, actor)
    kept = kept_of(house, whose.person_id)
    goes, left = _counted(house, whose, kept)
    return ErasureAhead(
        open_cases=tuple(
            OpenCase(case.reference, case.target, case.version) for case in _open_cases(house, whose)
        ),
        goes=goes,
        stays=left,
        keep_until=kept.until,
        is_staff=_is_staff(account),
    )


def erase_oneself(house: House, actor: Actor, *, withdraw_open: bool) -> None:
    """Erase the actor: everything goes at once but what a decision rests on; the account is closed.

    ``withdraw_open`` takes back what is still open first, in the same act; without it an open case
    refuses with ``erasure.open_cases``, because officers are still working on it. An account that
    also acts for others is refused: its signed acts need their author.
    """
    with one_act(house, actor):
        account, whose = _own(house, actor)
        if _is_staff(account):
            raise Refused("erasure.staff_account")
        _take_back(house, actor, whose, withdraw_open=withdraw_open)
        house.session.flush()
        kept = kept_of(house, whose.person_id)
        leaving = _stored(house, whose, kept)
        email, language = account.email, account.language
        delete_rows(house, whose, kept)
        _say_farewell(house, email, language, kept.until)
        erasure = Erasure(
            id=house.new_key(),
            person_id=whose.person_id,
            account_id=whose.account_id,
            erased_at=house.clock.now(),
            keep_until=kept.until,
            bytes_left=leaving,
        )
        house.session.add(erasure)
        record(
            house,
            actor,
            "person.erased",
            person_id=whose.person_id,
            keep_until=kept.until.isoformat() if kept.until else None,
        )
        erasure_id = erasure.id
    delete_named_bytes(house, erasure_id)


def delete_rows(house: House, whose: Whose, kept: Kept) -> None:
    """Delete every row of a person that does not stay, and loosen what stays; the caller commits."""
    session = house.session
    _forget_account(house, whose)
    for held in HELD:
        going = and_(held.rows(whose), not_(stays(held, kept)))
        session.execute(delete(held.model).where(going).execution_options(synchronize_session=False))
    session.execute(
        update(Share)
        .where(Share.person_id == whose.person_id)
        .values(
            ended_at=func.coalesce(Share.ended_at, house.clock.now()),
            purpose_note="",
            factor_digest="",
        )
        .execution_options(synchronize_session=False)
    )
    session.expunge_all()


def delete_named_bytes(house: House, erasure_id: UUID) -> int:
    """Delete the bytes an erasure names, and then their names; gives how many there were."""
    named = list(house.session.get_one(Erasure, erasure_id).bytes_left)
    house.session.rollback()
    for key in named:
        house.storage.delete(key)
    if named:
        with one_act(house, NOBODY):
            house.session.get_one(Erasure, erasure_id).bytes_left = []
    return len(named)


def stored_of(house: House, whose: Whose) -> list[str]:
    """The keys of all bytes stored for a person."""
    evidence = select(EvidenceFile.storage_key).join(Evidence, Evidence.id == EvidenceFile.evidence_id)
    made = select(Certificate.storage_key).join(Recognition, Recognition.id == Certificate.recognition_id)
    exports = select(DataExport.storage_key)
    return [
        *house.session.scalars(evidence.where(Evidence.person_id == whose.person_id)),
        *house.session.scalars(made.where(Recognition.person_id == whose.person_id)),
        *house.session.scalars(exports.where(DataExport.person_id == whose.person_id)),
    ]


def _stored(house: House, whose: Whose, kept: Kept) -> list[str]:
    """The keys of all bytes that go."""
    files = next(held for held in HELD if held.model is EvidenceFile)
    staying = set(
        house.session.scalars(select(EvidenceFile.storage_key).where(files.rows(whose), stays(files, kept)))
    )
    return sorted(set(stored_of(house, whose)) - staying)


def _own(house: House, actor: Actor) -> tuple[Account, Whose]:
    own_person(actor)
    account = house.session.get(Account, actor.account_id)
    if account is None:
        # The first of two clicks has erased it.
        raise Conflict("row.changed")
    return account, whose_data(house.session, account)


def _is_staff(account: Account) -> bool:
    return any(held.name is not Role.PROFESSIONAL for held in account.roles)


def _open_cases(house: House, whose: Whose) -> list[Case]:
    found = select(Case).where(Case.person_id == whose.person_id, Case.stage.in_(ON_THE_DESK))
    return list(house.session.scalars(found.order_by(Case.reference)))


def _take_back(house: House, actor: Actor, whose: Whose, *, withdraw_open: bool) -> None:
    """Withdraw what others still work on or wait for: open cases, and places in programmes."""
    for case in _open_cases(house, whose):
        if not withdraw_open:
            raise Refused("erasure.open_cases", field="withdraw_open")
        withdraw_case(house, actor, case.reference, version=case.version)
    enrolments = house.session.scalars(select(Enrolment).where(Enrolment.person_id == whose.person_id)).all()
    for enrolment in enrolments:
        if enrolment.state in ACTIVE:
            withdraw_enrolment(house, actor, enrolment_id=enrolment.id, version=enrolment.version)


def _counted(house: House, whose: Whose, kept: Kept) -> tuple[dict[str, int], dict[str, int]]:
    """How many rows of each table go, and how many stay, in one statement."""
    parts = [
        select(literal(held.name), literal(staying), func.count())
        .select_from(held.model)
        .where(held.rows(whose), stays(held, kept) if staying else not_(stays(held, kept)))
        for held in HELD
        for staying in (False, True)
    ]
    goes: dict[str, int] = {}
    left: dict[str, int] = {}
    for name, staying, count in house.session.execute(union_all(*parts)):
        (left if staying else goes)[name] = count
    return goes, left


def _forget_account(house: House, whose: Whose) -> None:
    """Let rows that stay, and other people's rows, name the account no longer."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            points = any(key.column.table.name == "accounts" for key in column.foreign_keys)
            if points and column.nullable:
                house.session.execute(
                    update(table).where(column == whose.account_id).values({column.name: None})
                )


def _say_farewell(house: House, email: str, language: str, keep_until: date | None) -> None:
    post_email(
        house,
        FAREWELL,
        recipient=email,
        language=language,
        facts={"base_url": house.base_url, "keep_until": keep_until},
    )
