"""The same code from ten places at once is taken once, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.models.accounts import Account
from portal.models.database import db
from portal.models.sign_ins import AuthenticatorApp, RecoveryCode
from portal.services.house import House
from portal.services.second_steps import make_recovery_codes, take_code
from tests.builders.portals import BOTH_ENGINES, a_portal_on, let_go, the_house
from tests.cast import actor_for, seat

AT_ONCE = 10


@pytest.fixture(params=BOTH_ENGINES)
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with a_portal_on(request.param, tmp_path) as app:
        yield app


def an_app(house: House, account: Account) -> None:
    """An authenticator app that has shown no code yet."""
    now, sealed = house.clock.now(), house.one_time_codes.new_secret()
    house.session.add(
        AuthenticatorApp(account_id=account.id, secret=sealed, last_step=0, made_at=now, used_at=now)
    )
    house.session.commit()


def take_at_once(portal: Flask, account_id: UUID, code: str) -> list[bool]:
    """Bring one code from many places at the same moment."""
    barrier = Barrier(AT_ONCE)

    def bring(_number: int) -> bool:
        with portal.app_context():
            house = the_house(portal)
            barrier.wait(timeout=60)
            try:
                taken = take_code(house, house.session.get_one(Account, account_id), code)
                house.session.commit()
            finally:
                db.session.remove()
            return taken

    with ThreadPoolExecutor(max_workers=AT_ONCE) as threads:
        return list(threads.map(bring, range(AT_ONCE)))


def test_a_recovery_code_brought_by_ten_is_taken_from_one(portal: Flask) -> None:
    house = the_house(portal)
    mei = seat(house, "mei_lam")
    an_app(house, mei)
    code = make_recovery_codes(house, actor_for(mei), mei, once=None)[0]
    account_id = mei.id
    let_go(house)
    assert sorted(take_at_once(portal, account_id, code)) == [False] * (AT_ONCE - 1) + [True]
    used = RecoveryCode.used_at.is_not(None)
    assert house.session.scalar(select(func.count(RecoveryCode.id)).where(used)) == 1
