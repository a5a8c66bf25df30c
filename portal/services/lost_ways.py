"""Coming back into an account when every passkey, the app and the codes are lost.

The right password asks for it; a press behind a private link sent to the account's address begins a
wait; the address and every signed-in browser are told, and each of them can stop it; after the wait the
password alone opens the account, once. Owns the steps; the spans are in ``portal/domain/lost_ways.py``.
It must not know how the password was proven, nor pages.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import delete, select, update

from portal.domain.errors import NotFound, NotPermitted
from portal.domain.lost_ways import Stage, closes_at, may_come_back, opens_at, stage_of
from portal.domain.people import NOBODY, Actor
from portal.models.accounts import Account
from portal.models.sign_ins import AuthenticatorApp, LostWays, Passkey, RecoveryCode
from portal.services.house import House
from portal.services.journal import record
from portal.services.outbox import post_email
from portal.services.sign_ins import close_all_but, tell_account
from portal.services.work import one_act, rows_changed

_BY_SIGN_IN: Final = "sign_in"
_BY_LINK: Final = "link"
_BY_BROWSER: Final = "browser"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as its pages show it; the last two are there once the wait has begun."""

    stage: Stage
    asked_at: datetime
    opens_at: datetime | None = None
    closes_at: datetime | None = None


def may_ask(account: Account) -> bool:
    """False for accounts that decide about others; see ``portal/domain/lost_ways.py``."""
    return may_come_back(held.name for held in account.roles)


def read_request(house: House, account: Account) -> Request | None:
    """What is under way for an account; none when nothing is, or it is over."""
    return _standing(house, house.session.get(LostWays, account.id))


def read_by_link(house: House, token: str) -> Request | None:
    """What a private link leads to; none when it leads nowhere any more."""
    return _standing(house, _row_of(house, token))


def ask_to_come_back(house: House, account: Account) -> None:
    """Send the private link to the address of an account whose password was just proven.

    A link sent before is worth nothing then; once the wait has begun, nothing is sent. Refuses with
    ``actor.lacks_role`` for those who decide about others: the operator finds out who they are.
    """
    if not may_ask(account):
        raise NotPermitted("actor.lacks_role")
    actor = _owner(account)
    with one_act(house, actor):
        present = read_request(house, account)
        if present is not None and present.stage is not Stage.ASKED:
            return
        token = secrets.token_urlsafe(32)
        house.session.merge(
            LostWays(
                account_id=account.id,
                link_digest=_digest(token),
                asked_at=house.clock.now(),
                begun_at=None,
            )
        )
        record(house, actor, "account.lost_ways_asked", person_id=account.person_id)
        _write(house, account, "account/lost_ways_asked", token)


def begin_wait(house: House, token: str) -> None:
    """Begin the wait, and tell the address at once; NotFound for a link that leads nowhere any more.

    A second press changes nothing: the wait counts from the first.
    """
    row = _row_of(house, token)
    request = _standing(house, row)
    if row is None or request is None:
        raise NotFound("page.not_found")
    account = house.session.get_one(Account, row.account_id)
    if not (account.active and may_ask(account)):
        raise NotFound("page.not_found")
    with one_act(house, _owner(account)):
        # Compared where it is written: of two presses at once, the first counts.
        begun = rows_changed(
            house,
            update(LostWays)
            .where(LostWays.link_digest == _digest(token), LostWays.begun_at.is_(None))
            .values(begun_at=house.clock.now()),
        )
        if begun:
            record(house, _owner(account), "account.lost_ways_begun", person_id=account.person_id)
            _write(house, account, "account/lost_ways_begun", token, until=opens_at(house.clock.now()))


def stop_by_link(house: House, token: str) -> None:
    """Stop what a private link leads to; NotFound when that is nothing any more."""
    row = _row_of(house, token)
    if row is None:
        raise NotFound("page.not_found")
    account = house.session.get_one(Account, row.account_id)
    with one_act(house, _owner(account)):
        _stop(house, account, _BY_LINK)


def stop_in_browser(house: House, actor: Actor, account: Account) -> None:
    """Stop it from a browser in which the account is signed in; stopping twice is stopping."""
    with one_act(house, actor):
        _stop(house, account, _BY_BROWSER)


def stop_by_sign_in(house: House, account: Account) -> None:
    """Somebody came in with everything the account asks for, so not every way is lost; the caller commits."""
    _stop(house, account, _BY_SIGN_IN)


def let_in_after_wait(house: House, account: Account) -> bool:
    """After a right password: if the wait is over, remove what was lost; True when that was so.

    Every sign-in ends, and the address is told. The caller commits, and lets the password's owner in.
    """
    request = read_request(house, account)
    if request is None or request.stage is not Stage.OPEN or not may_ask(account):
        return False
    if not _taken(house, account):
        return False
    _remove(house, account, _owner(account), by="wait")
    return True


def remove_second_steps(house: House, account: Account) -> bool:
    """For the operator, who has found out who asks: remove every second step; False when there is none."""
    with one_act(house, NOBODY):
        _taken(house, account)
        return _remove(house, account, NOBODY, by="operator")


def forget_requests(house: House) -> int:
    """Delete the requests that are over; gives how many there were."""
    with one_act(house, NOBODY):
        rows = house.session.scalars(select(LostWays)).all()
        over = [row for row in rows if _standing(house, row) is None]
        for row in over:
            house.session.delete(row)
    return len(over)


def _remove(house: House, account: Account, actor: Actor, *, by: str) -> bool:
    removed = [
        rows_changed(house, delete(table).where(table.account_id == account.id))
        for table in (RecoveryCode, AuthenticatorApp, Passkey)
    ]
    if not any(removed):
        return False
    close_all_but(house, account.id, None)
    record(house, actor, "account.second_steps_removed", person_id=account.person_id, by=by)
    tell_account(house, account, "account/second_steps_removed")
    return True


def _stop(house: House, account: Account, by: str) -> None:
    request = read_request(house, account)
    if request is None or not _taken(house, account):
        return
    record(house, _owner(account), "account.lost_ways_stopped", person_id=account.person_id, by=by)
    if request.opens_at is not None:
        tell_account(house, account, "account/lost_ways_stopped")


def _taken(house: House, account: Account) -> bool:
    """Take the request away; True for the one who did: stopping and coming in cannot both have it."""
    return rows_changed(house, delete(LostWays).where(LostWays.account_id == account.id)) == 1


def _standing(house: House, row: LostWays | None) -> Request | None:
    if row is None:
        return None
    stage = stage_of(row.asked_at, row.begun_at, house.clock.now())
    if stage is Stage.OVER:
        return None
    if row.begun_at is None:
        return Request(stage, row.asked_at)
    return Request(stage, row.asked_at, opens_at(row.begun_at), closes_at(row.begun_at))


def _row_of(house: House, token: str) -> LostWays | None:
    return house.session.scalars(
        select(LostWays)
        .where(LostWays.link_digest == _digest(token))
        .execution_options(populate_existing=True)
    ).one_or_none()


def _write(house: House, account: Account, kind: str, token: str, **facts: datetime) -> None:
    address = f"{house.base_url}/account/lost/{token}"
    post_email(
        house,
        kind,
        recipient=account.email,
        language=account.language,
        facts={"base_url": house.base_url, "address": address, **facts},
    )


def _owner(account: Account) -> Actor:
    return Actor(account_id=account.id, person_id=account.person_id)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
