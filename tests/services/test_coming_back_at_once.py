"""Stopping and coming in at the same moment: one of the two happens, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.domain.errors import NotFound
from portal.domain.lost_ways import WAIT
from portal.models.accounts import Account
from portal.models.database import db
from portal.models.records import JournalEntry
from portal.models.sign_ins import AuthenticatorApp, LostWays
from portal.services.house import House
from portal.services.lost_ways import let_in_after_wait, stop_by_link
from tests.builders.portals import BOTH_ENGINES, a_portal_on, let_go, the_house
from tests.cast import seat

AT_ONCE, LINK = 10, "the private link"


@pytest.fixture(params=BOTH_ENGINES)
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with a_portal_on(request.param, tmp_path) as app:
        yield app


def after_the_wait(house: House) -> UUID:
    """An account with an app, whose wait is over just now."""
    account, now = seat(house, "mei_lam"), house.clock.now()
    sealed = house.one_time_codes.new_secret()
    house.session.add(
        AuthenticatorApp(account_id=account.id, secret=sealed, last_step=0, made_at=now, used_at=now)
    )
    digest = sha256(LINK.encode()).hexdigest()
    house.session.add(
        LostWays(account_id=account.id, link_digest=digest, asked_at=now - WAIT, begun_at=now - WAIT)
    )
    house.session.commit()
    return account.id


def test_whoever_is_first_has_it(portal: Flask) -> None:
    account_id = after_the_wait(the_house(portal))
    let_go(the_house(portal))
    barrier = Barrier(AT_ONCE)

    def act(number: int) -> bool:
        with portal.app_context():
            house = the_house(portal)
            barrier.wait(timeout=60)
            try:
                if number % 2:
                    stop_by_link(house, LINK)
                    return False
                came_in = let_in_after_wait(house, house.session.get_one(Account, account_id))
                house.session.commit()
                return came_in
            except NotFound:
                return False
            finally:
                db.session.remove()

    with ThreadPoolExecutor(max_workers=AT_ONCE) as threads:
        came_in = sum(threads.map(act, range(AT_ONCE)))
    session = the_house(portal).session
    kinds = session.scalars(select(JournalEntry.kind).where(JournalEntry.account_id == account_id)).all()
    removed = kinds.count("account.second_steps_removed")
    assert came_in == removed
    assert removed + kinds.count("account.lost_ways_stopped") == 1
    assert session.scalar(select(func.count()).select_from(AuthenticatorApp)) == 1 - removed
    assert session.scalar(select(func.count()).select_from(LostWays)) == 0
