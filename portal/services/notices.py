"""Telling a person that something happened: an e-mail in their language, without personal data."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.models.accounts import Account
from portal.services.house import House
from portal.services.outbox import post_email


def tell_person(house: House, person_id: UUID, kind: str, **facts: object) -> None:
    """Write an e-mail of a kind to the person's account into the outbox; the caller commits.

    The e-mail says that there is something to read and where; what it is stays behind the sign-in.
    """
    account = house.session.scalars(select(Account).where(Account.person_id == person_id)).one()
    post_email(
        house,
        kind,
        recipient=account.email,
        language=account.language,
        facts={"base_url": house.base_url, **facts},
    )
