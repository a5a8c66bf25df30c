"""Outside identities: accounts entered by the word of a single sign-on provider.

Owns which account such a word opens. An address alone never links anything: an account that is there
already is linked only by somebody who is signed in to it.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.domain.errors import Conflict, NotFound, Refused
from portal.domain.people import NOBODY, Actor
from portal.domain.places import Jurisdiction
from portal.domain.ports import OutsidePerson
from portal.models.accounts import Account
from portal.models.sign_ins import OutsideIdentity
from portal.services.accounts import is_known, make_professional
from portal.services.house import House
from portal.services.ways import note_change, require_another_way_in
from portal.services.work import one_act


def account_of(house: House, person: OutsidePerson) -> Account | None:
    """The account an outside identity opens, used now; the caller commits. None when it is linked to none."""
    row = house.session.execute(
        select(OutsideIdentity, Account)
        .join(Account, Account.id == OutsideIdentity.account_id)
        .where(OutsideIdentity.issuer == person.issuer, OutsideIdentity.subject == person.subject)
    ).one_or_none()
    if row is None:
        return None
    identity, account = row
    identity.used_at = house.clock.now()
    found: Account = account
    return found


def has_account(house: House, person: OutsidePerson) -> bool:
    """True when somebody, most likely this person, has an account with the address already."""
    return is_known(house, person.email)


def require_verified_address(person: OutsidePerson) -> None:
    """Refuse with ``sign_on.address_not_verified``: what the provider did not check proves nothing to us."""
    if not (person.email and "@" in person.email and person.email_verified):
        raise Refused("sign_on.address_not_verified")


def open_account(
    house: House, person: OutsidePerson, *, home: Jurisdiction, language: str, once: str | None
) -> Account:
    """Make an account for somebody new. Without a password: the provider is the way in."""
    require_verified_address(person)
    with one_act(house, NOBODY, once=once):
        if has_account(house, person):
            raise Conflict("row.changed")
        account = make_professional(
            house, email=person.email, password_digest=None, home=home, language=language
        )
        account.confirmed_at = house.clock.now()
        _add(house, account, person)
    return account


def link(house: House, actor: Actor, account: Account, person: OutsidePerson, *, once: str | None) -> None:
    """Let an outside identity open the account of the one who is signed in.

    Refuses with ``sign_on.linked_elsewhere`` when it opens another account already.
    """
    with one_act(house, actor, once=once):
        present = account_of(house, person)
        if present is not None and present.id != account.id:
            raise Refused("sign_on.linked_elsewhere")
        if present is None:
            _add(house, account, person)
            note_change(house, actor, account, "account.way_added", "single_sign_on")


def unlink(house: House, actor: Actor, account: Account, identity_id: UUID, *, once: str | None) -> None:
    """Stop an outside identity from opening the account; refuses with ``way.last_one``."""
    with one_act(house, actor, once=once):
        identity = house.session.get(OutsideIdentity, identity_id)
        if identity is None or identity.account_id != account.id:
            raise NotFound("page.not_found")
        require_another_way_in(house, account, without=identity.id)
        house.session.delete(identity)
        note_change(house, actor, account, "account.way_removed", "single_sign_on")


def _add(house: House, account: Account, person: OutsidePerson) -> None:
    now = house.clock.now()
    house.session.add(
        OutsideIdentity(
            id=house.new_key(),
            account_id=account.id,
            issuer=person.issuer,
            subject=person.subject,
            linked_at=now,
            used_at=now,
        )
    )
