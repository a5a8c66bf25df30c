"""Deleting what has been kept long enough: exports, e-mails that have left, and what outlived its person.

Owns the round of ``./run sweep``; what is kept how long is in ``portal/domain/retention.py``. Every
step can fall over and be done again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, or_, select

from portal.domain.calendar import add_months
from portal.domain.people import NOBODY
from portal.domain.retention import FORM_KEPT_FOR, SENT_FORMS_FOR
from portal.models.following import Notice
from portal.models.my_data import Erasure
from portal.models.records import JournalEntry, KeptForm, OutboxMessage, SentForm
from portal.services.data_exports import drop_old_exports
from portal.services.erasure import FAREWELL, delete_named_bytes, delete_rows, stored_of
from portal.services.house import House
from portal.services.journal import record
from portal.services.kept_data import Kept
from portal.services.lost_ways import forget_requests
from portal.services.person_tables import Whose
from portal.services.work import one_act, rows_changed
from portal.wording.dates import BOTH_BANKS

# An e-mail of farewell that cannot be delivered keeps an address no longer than this.
_FAREWELL_TRIED_FOR: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What a round came to."""

    exports: int
    messages: int
    people: int
    journal_entries: int
    forms: int


def forget_what_is_over(house: House) -> Forgotten:
    """Delete everything whose day has come; gives how much that was."""
    people = sum(_forget_kept(house, erasure_id) for erasure_id in _due(house))
    for erasure_id in house.session.scalars(select(Erasure.id)).all():
        delete_named_bytes(house, erasure_id)
    return Forgotten(
        exports=drop_old_exports(house),
        messages=forget_farewells(house) + _forget_messages(house),
        people=people,
        journal_entries=_forget_journal(house),
        forms=_forget_forms(house),
    )


def forget_farewells(house: House) -> int:
    """Delete the last e-mails to people who are gone, as soon as they have left."""
    last = house.clock.now() - _FAREWELL_TRIED_FOR
    return _delete(
        house,
        and_(
            OutboxMessage.kind == FAREWELL,
            or_(OutboxMessage.sent_at.is_not(None), OutboxMessage.created_at < last),
        ),
    )


def _forget_messages(house: House) -> int:
    kept_from = add_months(house.clock.today(), -house.retention.messages)
    over = datetime.combine(kept_from, time.min, BOTH_BANKS)
    with one_act(house, NOBODY):
        house.session.execute(delete(Notice).where(Notice.at < over))
    return _delete(house, OutboxMessage.sent_at < over)


def _forget_forms(house: House) -> int:
    """Delete what was typed and not fetched, that forms were sent, and requests to come back that are over."""
    now = house.clock.now()
    with one_act(house, NOBODY):
        typed = rows_changed(house, delete(KeptForm).where(KeptForm.at < now - FORM_KEPT_FOR))
        sent = rows_changed(house, delete(SentForm).where(SentForm.at < now - SENT_FORMS_FOR))
    return typed + sent + forget_requests(house)


def _delete(house: House, condition: ColumnElement[bool]) -> int:
    with one_act(house, NOBODY):
        over = delete(OutboxMessage).where(condition).execution_options(synchronize_session=False)
        return rows_changed(house, over)


def _due(house: House) -> list[UUID]:
    """The erasures whose kept data may go: its last day is over."""
    return list(house.session.scalars(select(Erasure.id).where(Erasure.keep_until < house.clock.today())))


def _forget_kept(house: House, erasure_id: UUID) -> int:
    with one_act(house, NOBODY):
        erasure = house.session.get_one(Erasure, erasure_id)
        whose = Whose(erasure.person_id, erasure.account_id, "")
        leaving = stored_of(house, whose)
        delete_rows(house, whose, Kept(whose.person_id, frozenset(), frozenset(), None))
        erasure = house.session.get_one(Erasure, erasure_id)
        erasure.keep_until, erasure.bytes_left = None, leaving
        record(house, NOBODY, "person.kept_data_erased", person_id=whose.person_id)
    delete_named_bytes(house, erasure_id)
    return 1


def _forget_journal(house: House) -> int:
    """Delete the entries about people erased so long ago, and then the erasures themselves."""
    last = add_months(house.clock.today(), -house.retention.journal)
    over = [
        (row.id, row.person_id, row.account_id)
        for row in house.session.scalars(select(Erasure).where(Erasure.keep_until.is_(None)))
        if row.erased_at.date() < last and not row.bytes_left
    ]
    house.session.rollback()
    gone = 0
    for erasure_id, person_id, account_id in over:
        with one_act(house, NOBODY):
            about = or_(JournalEntry.person_id == person_id, JournalEntry.account_id == account_id)
            gone += len(house.session.scalars(select(JournalEntry.id).where(about)).all())
            house.session.execute(delete(JournalEntry).where(about))
            house.session.execute(delete(Erasure).where(Erasure.id == erasure_id))
    return gone
