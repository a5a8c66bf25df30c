"""Ways to sign in, all of an account's together: what there is, what may go, and who is told.

Owns the two rules that hold across all ways: the last way in cannot be removed, and a change is told
to the account's address. It must not know how a single way is proven.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, func, select

from portal.domain.errors import Refused
from portal.domain.people import Actor
from portal.models.accounts import Account
from portal.models.sign_ins import AuthenticatorApp, OutsideIdentity, Passkey, RecoveryCode
from portal.services.house import House
from portal.services.journal import record
from portal.services.lost_ways import stop_by_sign_in
from portal.services.sign_ins import tell_account


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A passkey or an outside identity as its owner's page shows it."""

    id: UUID
    name: str
    since: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ways:
    """Everything an account can be entered by."""

    has_password: bool
    passkeys: tuple[HeldKey, ...]
    app_since: datetime | None
    app_used_at: datetime | None
    outside: tuple[HeldKey, ...]
    codes_made_at: datetime | None
    codes_left: int

    @property
    def has_second_step(self) -> bool:
        """True when a password alone no longer opens the account."""
        return bool(self.passkeys) or self.app_since is not None


def read_ways(house: House, account: Account) -> Ways:
    """All ways into an account, each with when it was last used."""
    session = house.session
    passkeys = session.scalars(
        select(Passkey).where(Passkey.account_id == account.id).order_by(Passkey.made_at, Passkey.id)
    ).all()
    app = session.get(AuthenticatorApp, account.id)
    outside = session.scalars(
        select(OutsideIdentity).where(OutsideIdentity.account_id == account.id).order_by(OutsideIdentity.id)
    ).all()
    made_at, left = session.execute(
        select(
            func.max(RecoveryCode.made_at),
            func.count(RecoveryCode.id).filter(RecoveryCode.used_at.is_(None)),
        ).where(RecoveryCode.account_id == account.id)
    ).one()
    return Ways(
        has_password=account.password is not None,
        passkeys=tuple(HeldKey(key.id, key.name, key.made_at, key.used_at) for key in passkeys),
        app_since=app.made_at if app else None,
        app_used_at=app.used_at if app else None,
        outside=tuple(HeldKey(one.id, one.issuer, one.linked_at, one.used_at) for one in outside),
        codes_made_at=made_at,
        codes_left=left,
    )


def has_second_step(house: House, account_id: UUID) -> bool:
    """True when a password, or a provider's word, is not enough to enter this account."""
    return bool(
        house.session.scalar(
            select(
                exists().where(Passkey.account_id == account_id)
                | exists().where(AuthenticatorApp.account_id == account_id)
            )
        )
    )


def require_another_way_in(house: House, account: Account, *, without: UUID) -> None:
    """Refuse with ``way.last_one`` when nothing but the way to be removed opens the account."""
    ways = read_ways(house, account)
    # A provider that is no longer configured opens nothing.
    issuer = house.sign_on.issuer if house.sign_on else None
    usable = [one for one in ways.outside if one.name == issuer]
    others = [key for key in (*ways.passkeys, *usable) if key.id != without]
    if not ways.has_password and not others:
        raise Refused("way.last_one")


def note_change(house: House, actor: Actor, account: Account, kind: str, way: str) -> None:
    """Write a change of ways into the journal and tell the account's address; the caller commits.

    Whoever adds a way has not lost every one.
    """
    if kind == "account.way_added":
        stop_by_sign_in(house, account)
    record(house, actor, kind, person_id=actor.person_id, way=way)
    tell_account(house, account, "account/ways_changed")


def forget_codes_without_use(house: House, account: Account) -> None:
    """Without a second step there is nothing left that a recovery code could stand in for."""
    house.session.flush()
    if not has_second_step(house, account.id):
        house.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
