"""Telling a person that something happened: a line of their inbox, and an e-mail without personal data.

The one door through which a person is told anything about their record. Both are rows of the
transaction they tell of. The e-mail is written in the language of the account and stays as it was
sent; the line keeps the kind and its facts, and is put into words when it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from portal.models.accounts import Account
from portal.models.following import Notice
from portal.services.house import House
from portal.services.outbox import post_email

INBOX: Final = "/me/inbox"
_DAY: Final = "day"


def tell_person(house: House, person_id: UUID, kind: str, *, place: str = INBOX, **facts: object) -> None:
    """Write a line into the person's inbox and an e-mail of a kind to their account; the caller commits.

    The e-mail says that there is something to read and leads to ``place``; what it is stays behind
    the sign-in. Facts are references, keys and days, never what a person is called or holds.
    """
    account = house.session.scalars(select(Account).where(Account.person_id == person_id)).one_or_none()
    if account is None:
        return  # erased: what was decided about them stays for a while, and there is nobody left to tell
    message_id = post_email(
        house,
        kind,
        recipient=account.email,
        language=account.language,
        facts={"base_url": f"{house.base_url}{place}", **facts},
    )
    house.session.flush()  # the e-mail must stand before the line names it
    house.session.add(
        Notice(
            id=house.new_key(),
            person_id=person_id,
            kind=kind,
            facts={name: _kept(fact) for name, fact in facts.items() if fact is not None},
            message_id=message_id,
            at=house.clock.now(),
        )
    )


def facts_of(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a notice as they were told, from the form that is kept.

    >>> facts_of({"reply_by": {"day": "2026-12-01"}, "reference": "HK-1"})
    {'reply_by': datetime.date(2026, 12, 1), 'reference': 'HK-1'}
    """
    return {
        name: date.fromisoformat(fact[_DAY]) if isinstance(fact, dict) else fact
        for name, fact in kept.items()
    }


def _kept(fact: object) -> object:
    if isinstance(fact, date):
        return {_DAY: fact.isoformat()}
    return str(fact) if isinstance(fact, UUID) else fact
