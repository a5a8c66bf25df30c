"""Eligibility checks: answers kept for one visit, without an account, and carried into one at last.

Owns the keeping: under the digest of a key that only the visitor's browser has, for a day; claimed
by an account that was opened with them, for that account alone, until its first sign-in, a week at
most. Old answers are swept away when the next visitor saves. It must not know which questions there
are, nor any page.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from sqlalchemy import and_, delete, or_, select, update

from portal.domain.eligibility.answers import Answers
from portal.domain.people import NOBODY, Actor
from portal.models.accounts import Account
from portal.models.eligibility import EligibilityCheck
from portal.services.house import House
from portal.services.work import one_act

KEPT_FOR: Final = timedelta(days=1)
CLAIMED_FOR: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """The answers of a visit as they are kept; ``handle`` finds them again for one request."""

    handle: str
    answers: Answers


def read_check(house: House, key: str | None, actor: Actor = NOBODY) -> KeptCheck | None:
    """The answers kept under a browser's key, or waiting for the acting account; none when there are none.

    Answers an account has claimed are that account's alone, whatever key a browser still holds.
    """
    row = house.session.get(EligibilityCheck, _digest(key)) if key else None
    if row is not None and row.account_id not in (None, actor.account_id):
        row = None
    if (row is None or _is_over(house, row)) and actor.account_id is not None:
        row = _claimed(house, actor.account_id)
    if row is None or _is_over(house, row):
        return None
    return KeptCheck(row.key_digest, Answers.from_json(row.answers))


def begin_check(house: House, answers: Answers) -> str:
    """Keep the first answers of a visit; gives the key for the visitor's browser."""
    key = secrets.token_urlsafe(32)
    with one_act(house, NOBODY):
        _sweep(house)
        house.session.add(
            EligibilityCheck(key_digest=_digest(key), answers=answers.to_json(), touched_at=house.clock.now())
        )
    return key


def save_check(house: House, check: KeptCheck, answers: Answers) -> None:
    """Keep the answers as they are now; the day they are kept for begins anew."""
    with one_act(house, NOBODY):
        _sweep(house)
        put_answers(house, check, answers)


def put_answers(house: House, check: KeptCheck, answers: Answers) -> None:
    """Write the answers into their row, or remove it when nothing is left in them; the caller commits."""
    row = house.session.get(EligibilityCheck, check.handle)
    if row is not None and answers == Answers():
        house.session.delete(row)
    elif row is not None:
        row.answers = answers.to_json()
        row.touched_at = house.clock.now()


def forget_check(house: House, check: KeptCheck) -> None:
    """Delete the answers at once, because their owner says so."""
    with one_act(house, NOBODY):
        house.session.execute(delete(EligibilityCheck).where(EligibilityCheck.key_digest == check.handle))


def claim_check(house: House, key: str | None, account_id: UUID) -> None:
    """Let an account that is being opened have the answers of its visit; the caller commits.

    They then wait for the first sign-in on whatever device it happens. Nothing is recorded yet: an
    address is its owner's only once it is confirmed. Whoever mistyped their address and registers
    again takes the answers along: until an account is confirmed, they belong to the browser's key.
    """
    row = house.session.get(EligibilityCheck, _digest(key)) if key else None
    if row is not None and not _is_over(house, row) and not _is_settled(house, row):
        row.account_id = account_id
        row.touched_at = house.clock.now()


def release_checks(house: House, account_id: UUID) -> None:
    """Take from an account the answers claimed for it: for a day they are the browser's again. The caller commits."""
    house.session.execute(
        update(EligibilityCheck)
        .where(EligibilityCheck.account_id == account_id)
        .values(account_id=None, touched_at=house.clock.now())
    )


def _is_settled(house: House, row: EligibilityCheck) -> bool:
    """True of answers whose account is confirmed: they have found their owner."""
    claimed_by = house.session.get(Account, row.account_id) if row.account_id else None
    return claimed_by is not None and claimed_by.confirmed_at is not None


def _claimed(house: House, account_id: UUID) -> EligibilityCheck | None:
    return house.session.scalars(
        select(EligibilityCheck)
        .where(EligibilityCheck.account_id == account_id)
        .order_by(EligibilityCheck.touched_at.desc())
        .limit(1)
    ).first()


def _is_over(house: House, row: EligibilityCheck) -> bool:
    kept_for = KEPT_FOR if row.account_id is None else CLAIMED_FOR
    return row.touched_at <= house.clock.now() - kept_for


def _sweep(house: House) -> None:
    now = house.clock.now()
    unclaimed, touched = EligibilityCheck.account_id.is_(None), EligibilityCheck.touched_at
    house.session.execute(
        delete(EligibilityCheck).where(
            or_(and_(unclaimed, touched <= now - KEPT_FOR), touched <= now - CLAIMED_FOR)
        )
    )


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()
