"""Sign-ins: each browser in which an account is signed in, who is let in again by it, and its end.

Owns the records behind the browser's cookie. A cookie without a record that stands opens nothing, so
ending the record ends the sign-in at its next request. It must not know how somebody proved who they
are; it is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from portal.domain.errors import NotFound
from portal.domain.lost_ways import closes_at, opens_at
from portal.domain.people import NOBODY, Actor
from portal.domain.sign_ins import KEPT_FOR, LONGEST, SEEN_EVERY, Device, WayIn, is_alive
from portal.models.accounts import Account
from portal.models.sign_ins import LostWays, SignIn
from portal.services.house import House
from portal.services.inbox import unread_of
from portal.services.journal import record
from portal.services.outbox import post_email
from portal.services.work import one_act

_MOST_PAST = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """The sign-in behind a request, as far as doors ask: how sure we are, since when, and what is unread."""

    id: UUID
    is_strong: bool
    seen_at: datetime
    proven_at: datetime
    unread: int = 0
    # Somebody says that every way in is lost: when the password alone will do.
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignInListing:
    """One sign-in as its owner's list shows it."""

    id: UUID
    way: WayIn
    browser: str
    system: str
    begun_at: datetime
    seen_at: datetime
    is_this: bool
    is_alive: bool


def begin_sign_in(house: House, account: Account, *, way: WayIn, is_strong: bool, device: Device) -> UUID:
    """Record that an account came in with a browser; the caller commits.

    A browser that was never used for this account before is told of by e-mail, unless the account
    was never used at all.
    """
    now = house.clock.now()
    house.session.execute(
        delete(SignIn).where(SignIn.account_id == account.id, SignIn.begun_at < now - KEPT_FOR)
    )
    known = set(
        house.session.scalars(select(SignIn.device_digest).where(SignIn.account_id == account.id).distinct())
    )
    if known and device.digest not in known:
        tell_account(house, account, "account/new_device")
    key = house.new_key()
    house.session.add(
        SignIn(
            id=key,
            account_id=account.id,
            way=way,
            is_strong=is_strong,
            browser=device.browser,
            system=device.system,
            device_digest=device.digest,
            begun_at=now,
            seen_at=now,
            proven_at=now,
        )
    )
    house.session.flush()
    return key


def find_signed_in(house: House, *, uniquifier: str, sign_in_id: UUID) -> tuple[Account, Standing] | None:
    """The account behind a browser's cookie and its sign-in, in one statement; None when it has ended."""
    now = house.clock.now()
    found = house.session.execute(
        select(
            Account,
            SignIn.is_strong,
            SignIn.seen_at,
            SignIn.proven_at,
            unread_of(Account.person_id),
            LostWays.begun_at,
        )
        .join(SignIn, SignIn.account_id == Account.id)
        .outerjoin(LostWays, LostWays.account_id == Account.id)
        .where(
            SignIn.id == sign_in_id,
            SignIn.ended_at.is_(None),
            SignIn.begun_at > now - LONGEST,
            Account.fs_uniquifier == uniquifier,
            Account.active.is_(True),
        )
        .options(joinedload(Account.roles))
    )
    row = found.unique().one_or_none()
    if row is None:
        return None
    account, is_strong, seen_at, proven_at, unread, wait_begun_at = row
    lost = opens_at(wait_begun_at) if wait_begun_at and now < closes_at(wait_begun_at) else None
    return account, Standing(sign_in_id, is_strong, seen_at, proven_at, unread, lost)


def account_of_sign_in(house: House, sign_in_id: UUID) -> UUID | None:
    """Whose sign-in a key names, whether it stands or has ended; none when there is no such sign-in."""
    return house.session.scalar(select(SignIn.account_id).where(SignIn.id == sign_in_id))


def note_seen(house: House, standing: Standing) -> None:
    """Write down that a sign-in was used, once in a while: at each request it would cost a write."""
    now = house.clock.now()
    if now - standing.seen_at < SEEN_EVERY:
        return
    # A reading transaction of the page's may be open still, and must not be the one that writes.
    house.session.rollback()
    with one_act(house, NOBODY):
        house.session.execute(
            update(SignIn)
            .where(SignIn.id == standing.id, SignIn.seen_at < now)
            .values(seen_at=now)
            .execution_options(synchronize_session=False)
        )


def note_proof(house: House, sign_in_id: UUID, *, is_strong: bool) -> None:
    """Write down that somebody has just proven again who they are; the caller commits."""
    sign_in = house.session.get_one(SignIn, sign_in_id)
    sign_in.proven_at = house.clock.now()
    sign_in.is_strong = sign_in.is_strong or is_strong


def prove_again(house: House, actor: Actor, sign_in_id: UUID) -> None:
    """Keep that the one who is signed in has just proven it anew."""
    with one_act(house, actor):
        note_proof(house, sign_in_id, is_strong=False)


def list_sign_ins(house: House, actor: Actor, this_id: UUID) -> tuple[SignInListing, ...]:
    """Where the account is signed in, newest use first, then the last few that are over."""
    now = house.clock.now()
    rows = house.session.scalars(
        select(SignIn)
        .where(SignIn.account_id == actor.account_id)
        .order_by(SignIn.begun_at.desc(), SignIn.id.desc())
        .limit(100)
    ).all()
    listed = [_listing(row, this_id, now) for row in rows]
    alive = sorted((one for one in listed if one.is_alive), key=lambda one: (one.is_this, one.seen_at))
    return (*reversed(alive), *[one for one in listed if not one.is_alive][:_MOST_PAST])


def end_sign_in(house: House, actor: Actor, sign_in_id: UUID) -> None:
    """End one of the actor's sign-ins; NotFound for anybody else's. Ending it twice is ending it."""
    with one_act(house, actor):
        sign_in = house.session.get(SignIn, sign_in_id)
        if sign_in is None or sign_in.account_id != actor.account_id:
            raise NotFound("page.not_found")
        if sign_in.ended_at is None:
            sign_in.ended_at = house.clock.now()
            record(
                house,
                actor,
                "account.sign_in_ended",
                person_id=actor.person_id,
                sign_in=str(sign_in_id),
            )


def end_other_sign_ins(house: House, actor: Actor, this_id: UUID) -> int:
    """End every sign-in of the actor's but this one; gives how many were open."""
    with one_act(house, actor):
        others = house.session.scalars(
            select(SignIn).where(
                SignIn.account_id == actor.account_id, SignIn.ended_at.is_(None), SignIn.id != this_id
            )
        ).all()
        now = house.clock.now()
        for each in others:
            each.ended_at = now
        if others:
            record(
                house,
                actor,
                "account.other_sign_ins_ended",
                person_id=actor.person_id,
                count=len(others),
            )
        return sum(is_alive(each.begun_at, each.seen_at, now) for each in others)


def close_all_but(house: House, account_id: UUID, this_id: UUID | None) -> None:
    """End what a new password has shut out anyway, so that lists say so; the caller commits."""
    house.session.execute(
        update(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None), SignIn.id != this_id)
        .values(ended_at=house.clock.now())
    )


def tell_account(house: House, account: Account, kind: str) -> None:
    """Write a notice to the account's address, without personal data; the caller commits."""
    post_email(
        house,
        kind,
        recipient=account.email,
        language=account.language,
        facts={"base_url": house.base_url},
    )


def _listing(row: SignIn, this_id: UUID, now: datetime) -> SignInListing:
    return SignInListing(
        id=row.id,
        way=row.way,
        browser=row.browser,
        system=row.system,
        begun_at=row.begun_at,
        seen_at=row.seen_at,
        is_this=row.id == this_id,
        is_alive=row.id == this_id or (row.ended_at is None and is_alive(row.begun_at, row.seen_at, now)),
    )
