"""Accounts: making them, and appointing people to roles."""

from __future__ import annotations

import secrets
from uuid import UUID

from sqlalchemy import select

from portal.domain.errors import Refused
from portal.domain.people import JURISDICTIONAL_ROLES, Actor, Role
from portal.domain.places import Jurisdiction
from portal.models.accounts import Account, Appointed
from portal.models.people import Person
from portal.services.eligibility_checks import release_checks
from portal.services.house import House
from portal.services.journal import record
from portal.services.work import one_act


def make_professional(
    house: House, *, email: str, password_digest: str | None, home: Jurisdiction, language: str
) -> Account:
    """Make the account and the person of somebody who registers; the caller commits.

    Without a digest there is no password: another way in must be added in the same transaction.
    """
    person = Person(id=house.new_key(), home=home, created_at=house.clock.now())
    house.session.add(person)
    house.session.flush()
    account = _make_account(house, email=email, password_digest=password_digest, language=language)
    account.person_id = person.id
    _appoint(house, Actor(account_id=account.id), account, Role.PROFESSIONAL, None)
    record(
        house,
        Actor(account_id=account.id),
        "account.registered",
        person_id=person.id,
        role=Role.PROFESSIONAL.value,
    )
    return account


def make_staff(
    house: House,
    actor: Actor,
    *,
    email: str,
    name: str,
    password_digest: str,
    language: str,
    role: Role,
    jurisdiction: Jurisdiction | None,
) -> Account:
    """Make a confirmed account with one appointment; the caller commits.

    Refuses with ``appointment.needs_jurisdiction`` when an officer or a manager would belong to
    no jurisdiction: what they may see follows from it.
    """
    account = _make_account(house, email=email, password_digest=password_digest, language=language)
    account.name = name
    account.confirmed_at = house.clock.now()
    _appoint(house, actor, account, role, jurisdiction)
    return account


def prove_address(house: House, account: Account, *, home: Jurisdiction, language: str) -> None:
    """Give an account that was never confirmed to whoever reads its address; the caller commits.

    Somebody else may have opened it with that address. Nobody could enter it yet, so all they can have
    left is what registering asks, which is said anew here, and the answers of a check: those go back to
    the browser that gave them.
    """
    account.confirmed_at = house.clock.now()
    account.language = language
    if account.person_id is not None:
        house.session.get_one(Person, account.person_id).home = home
    release_checks(house, account.id)
    actor = Actor(account_id=account.id, person_id=account.person_id)
    record(house, actor, "account.address_proven", person_id=account.person_id)


def find_account(house: House, account_id: UUID) -> Account | None:
    """The account with a key, or none."""
    return house.session.get(Account, account_id)


def choose_language(house: House, actor: Actor, *, language: str, once: str | None = None) -> None:
    """Remember the language in which an account is written to, and read to where it asked for no other."""
    with one_act(house, actor, once=once):
        house.session.get_one(Account, actor.account_id).language = language


def is_known(house: House, email: str) -> bool:
    """True when an address has an account; for commands, never for an answer to a stranger."""
    return account_at(house, email) is not None


def account_at(house: House, email: str) -> Account | None:
    """The account with an address, or none; for commands, as ``is_known``."""
    return house.session.scalars(select(Account).where(Account.email == email)).one_or_none()


def _make_account(house: House, *, email: str, password_digest: str | None, language: str) -> Account:
    account = Account(
        id=house.new_key(),
        email=email,
        password=password_digest,
        active=True,
        fs_uniquifier=secrets.token_hex(32),
        language=language,
        created_at=house.clock.now(),
    )
    house.session.add(account)
    house.session.flush()
    return account


def _appoint(
    house: House, actor: Actor, account: Account, role: Role, jurisdiction: Jurisdiction | None
) -> None:
    if (role in JURISDICTIONAL_ROLES) is not (jurisdiction is not None):
        raise Refused("appointment.needs_jurisdiction", role=role.value)
    house.session.add(Appointed(id=house.new_key(), account=account, name=role, jurisdiction=jurisdiction))
    record(
        house,
        actor,
        "account.appointed",
        person_id=account.person_id,
        role=role.value,
        jurisdiction=jurisdiction.value if jurisdiction else None,
    )
