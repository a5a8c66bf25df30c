"""The cast: a few plainly fictional people in whom every role of the portal is tested.

Mei Lam is the owner of the story, a Hong Kong professional; Chen Wei goes the other way. For each
side one officer recommends and another decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_security import hash_password

from portal.domain.people import Actor, Appointment, Role
from portal.domain.places import Jurisdiction
from portal.models.accounts import Account
from portal.services.accounts import make_professional, make_staff
from portal.services.house import House

PASSWORD = "nine planks and two towers"


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast."""

    key: str
    name: str
    role: Role
    jurisdiction: Jurisdiction
    language: str = "en"

    @property
    def email(self) -> str:
        return f"{self.key.replace('_', '.')}@example.com"


CAST: dict[str, Member] = {
    member.key: member
    for member in (
        Member("mei_lam", "Mei Lam", Role.PROFESSIONAL, Jurisdiction.HONG_KONG),
        Member("chen_wei", "Chen Wei", Role.PROFESSIONAL, Jurisdiction.SHENZHEN, "zh_Hans_CN"),
        Member("ada_ko", "Ada Ko", Role.OFFICER, Jurisdiction.HONG_KONG),
        Member("bo_yip", "Bo Yip", Role.OFFICER, Jurisdiction.HONG_KONG, "zh_Hant_HK"),
        Member("su_qing", "Su Qing", Role.OFFICER, Jurisdiction.SHENZHEN, "zh_Hans_CN"),
        Member("ding_lan", "Ding Lan", Role.OFFICER, Jurisdiction.SHENZHEN, "zh_Hans_CN"),
        Member("tam_lok", "Tam Lok", Role.PROGRAMME_MANAGER, Jurisdiction.HONG_KONG),
        Member("wu_hai", "Wu Hai", Role.PROGRAMME_MANAGER, Jurisdiction.SHENZHEN, "zh_Hans_CN"),
        Member("harbour_works", "Harbour Works", Role.EMPLOYER_MEMBER, Jurisdiction.HONG_KONG),
        Member("lantau_labs", "Lantau Labs", Role.EMPLOYER_MEMBER, Jurisdiction.HONG_KONG),
        Member("sys", "Sys Admin", Role.SYSTEM_ADMINISTRATOR, Jurisdiction.HONG_KONG),
    )
}
NOBODY_KEY = "nobody"


def seat(house: House, key: str) -> Account:
    """Make a member's account, through the house's own use cases, once a database."""
    member = CAST[key]
    present = house.session.query(Account).filter_by(email=member.email).one_or_none()
    if present is not None:
        return present
    digest = _digest()
    if member.role is Role.PROFESSIONAL:
        account = make_professional(
            house,
            email=member.email,
            password_digest=digest,
            home=member.jurisdiction,
            language=member.language,
        )
        account.confirmed_at = house.clock.now()
    else:
        bound = member.role in (Role.OFFICER, Role.PROGRAMME_MANAGER)
        account = make_staff(
            house,
            Actor(),
            email=member.email,
            name=member.name,
            password_digest=digest,
            language=member.language,
            role=member.role,
            jurisdiction=member.jurisdiction if bound else None,
        )
    house.session.commit()
    return account


_digests: list[str] = []


def _digest() -> str:
    # Argon2 is slow on purpose; one digest serves the whole cast of a run.
    if not _digests:
        _digests.append(hash_password(PASSWORD))
    return _digests[0]


def actor_for(account: Account) -> Actor:
    """The account as use cases meet it."""
    return Actor(
        account_id=account.id,
        person_id=account.person_id,
        language=account.language,
        appointments=frozenset(Appointment(held.name, held.jurisdiction) for held in account.roles),
    )
