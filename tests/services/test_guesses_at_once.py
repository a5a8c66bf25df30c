"""Guessing at once is no way around the limit, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.domain.disclosure import TRIES_BEFORE_LOCK
from portal.domain.errors import Refused
from portal.models.database import db
from portal.models.disclosure import Look, Share
from tests.builders.portals import BOTH_ENGINES, a_portal_on, let_go, the_house
from tests.builders.sharing import a_look, a_share


@pytest.fixture(params=BOTH_ENGINES)
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with a_portal_on(request.param, tmp_path) as app:
        yield app


def test_thirty_guesses_at_once_are_ten_tries_and_thirty_looks(portal: Flask) -> None:
    house = the_house(portal)
    code = a_share(house, until=house.clock.today()).code
    let_go(house)
    barrier = Barrier(30)

    def guess(number: int) -> bool:
        with portal.app_context():
            barrier.wait(timeout=60)
            try:
                a_look(house, code, factor=f"91{number:04d}")
            except Refused:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(max_workers=30) as threads:
        shown = list(threads.map(guess, range(30)))
    assert not any(shown)
    assert house.session.scalars(select(Share.wrong_tries)).one() == TRIES_BEFORE_LOCK
    assert house.session.scalar(select(func.count(Look.id))) == 30
