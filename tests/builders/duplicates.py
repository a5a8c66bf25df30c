"""People who may be one person, made through the real services."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from portal.domain.people import Actor
from portal.domain.places import Jurisdiction
from portal.services.accounts import make_professional
from portal.services.house import House
from portal.services.people import SelfDescription, describe_oneself, read_oneself
from tests.cast import actor_for

BIRTHDAY = date(1988, 12, 5)


def somebody(
    house: House,
    latin: str,
    chinese: str = "",
    born_on: date | None = BIRTHDAY,
    home: Jurisdiction = Jurisdiction.HONG_KONG,
) -> Actor:
    """One more professional, with an account of their own."""
    account = make_professional(
        house, email=f"{uuid4().hex}@example.com", password_digest="x", home=home, language="en"
    )
    house.session.commit()
    actor = actor_for(account)
    describe_oneself(
        house,
        actor,
        said=SelfDescription(latin, chinese, home, born_on),
        version=read_oneself(house, actor).version,
    )
    return actor


def both(one: Actor, other: Actor) -> frozenset[UUID]:
    assert one.person_id is not None
    assert other.person_id is not None
    return frozenset({one.person_id, other.person_id})
