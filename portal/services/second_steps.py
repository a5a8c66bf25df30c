"""The second step: codes of an authenticator app, and recovery codes for the day it is lost.

Owns taking a code once and only once. How often somebody may try is the door's business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

from sqlalchemy import delete, update

from portal.domain.errors import NotFound, Refused
from portal.domain.people import Actor
from portal.models.accounts import Account
from portal.models.sign_ins import AuthenticatorApp, RecoveryCode
from portal.services.house import House
from portal.services.journal import record
from portal.services.sign_ins import note_proof, tell_account
from portal.services.ways import forget_codes_without_use, has_second_step, note_change
from portal.services.work import one_act, rows_changed

RECOVERY_CODES: Final = 10
# Without letters that are taken for figures: 32 signs, so sixteen of them are eighty bits of chance.
_SIGNS: Final = "abcdefghjkmnpqrstuvwxyz023456789"
_GROUPS, _GROUP = 4, 4
_APP_CODE: Final = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class AppSecret:
    """A new secret: as it is kept, as it is typed, and as an app reads it."""

    sealed: str
    spelt: str
    address: str


def new_app_secret(house: House, account: Account, sealed: str | None = None) -> AppSecret:
    """A secret for an authenticator app; counts for nothing until a code of it was shown."""
    codes = house.one_time_codes
    sealed = sealed or codes.new_secret()
    return AppSecret(sealed, codes.spelt(sealed), codes.address(sealed, account.email))


def turn_on_app(
    house: House,
    actor: Actor,
    account: Account,
    *,
    sealed: str,
    code: str,
    sign_in_id: UUID,
    once: str | None,
) -> None:
    """Take an authenticator app into use, in place of one before; refuses a wrong code at its field."""
    with one_act(house, actor, once=once):
        now = house.clock.now()
        step = house.one_time_codes.step_of(sealed, _plain(code), now)
        if step is None:
            raise Refused("code.wrong", field="one_time_code")
        house.session.merge(
            AuthenticatorApp(account_id=account.id, secret=sealed, last_step=step, made_at=now, used_at=now)
        )
        note_proof(house, sign_in_id, is_strong=True)
        note_change(house, actor, account, "account.way_added", "authenticator_app")


def turn_off_app(house: House, actor: Actor, account: Account, *, once: str | None) -> None:
    """Stop asking for codes of the app."""
    with one_act(house, actor, once=once):
        app = house.session.get(AuthenticatorApp, account.id)
        if app is None:
            raise NotFound("page.not_found")
        house.session.delete(app)
        forget_codes_without_use(house, account)
        note_change(house, actor, account, "account.way_removed", "authenticator_app")


def make_recovery_codes(house: House, actor: Actor, account: Account, *, once: str | None) -> list[str]:
    """New recovery codes in place of all before; only their digests are kept.

    Refuses with ``page.not_found`` while there is no second step that they could stand in for.
    """
    with one_act(house, actor, once=once):
        if not has_second_step(house, account.id):
            raise NotFound("page.not_found")
        house.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
        made = [_new_code(house) for _ in range(RECOVERY_CODES)]
        now = house.clock.now()
        house.session.add_all(
            RecoveryCode(id=house.new_key(), account_id=account.id, digest=_digest(code), made_at=now)
            for code in made
        )
        record(house, actor, "account.recovery_codes_made", person_id=actor.person_id)
        tell_account(house, account, "account/ways_changed")
    return made


def take_code(house: House, account: Account, code: str) -> bool:
    """Take a code of the app, or a recovery code, once; False for every other. The caller commits."""
    plain = _plain(code)
    if _APP_CODE.fullmatch(plain):
        return _take_app_code(house, account.id, plain)
    return _take_recovery_code(house, account, plain)


def _take_app_code(house: House, account_id: UUID, code: str) -> bool:
    app = house.session.get(AuthenticatorApp, account_id)
    now = house.clock.now()
    step = house.one_time_codes.step_of(app.secret, code, now) if app else None
    if step is None:
        return False
    # Compared where it is written: of two that bring the same code at once, one is late.
    taken = rows_changed(
        house,
        update(AuthenticatorApp)
        .where(AuthenticatorApp.account_id == account_id, AuthenticatorApp.last_step < step)
        .values(last_step=step, used_at=now),
    )
    return taken == 1


def _take_recovery_code(house: House, account: Account, code: str) -> bool:
    taken = rows_changed(
        house,
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.digest == _digest(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=house.clock.now()),
    )
    if taken != 1:
        return False
    actor = Actor(account_id=account.id, person_id=account.person_id)
    record(house, actor, "account.recovery_code_used", person_id=account.person_id)
    tell_account(house, account, "account/recovery_code_used")
    return True


def _new_code(house: House) -> str:
    signs = [_SIGNS[byte % len(_SIGNS)] for byte in house.entropy.bytes(_GROUPS * _GROUP)]
    groups = ["".join(signs[at : at + _GROUP]) for at in range(0, len(signs), _GROUP)]
    return "-".join(groups)


def _plain(code: str) -> str:
    """A code as typed, without what people put between its signs; full-width figures are figures."""
    signs = (str(int(sign)) if sign.isdecimal() else sign for sign in code.lower())
    return re.sub(r"[\s\-–—]", "", "".join(signs))


def _digest(code: str) -> str:
    return sha256(_plain(code).encode()).hexdigest()
