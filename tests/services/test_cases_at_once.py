"""The same person in several windows at the same moment, on both databases, with real connections.

However many forms arrive together, there is one standing case for a target, and one submission.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from config import ROOT, read_settings
from portal.app import create_app
from portal.domain.errors import AlreadyDone, Conflict, Refused
from portal.models.cases import Case, CaseMove, Photograph
from portal.models.database import db
from portal.models.records import OutboxMessage
from portal.services.cases import start_application, submit_application
from portal.services.house import House
from tests.builders.applications import TRACK, TYPE_9, a_file, an_application
from tests.databases import postgresql_database

WINDOWS = 8


@contextmanager
def a_portal(address: str, folder: Path) -> Iterator[Flask]:
    """A portal of its own over an empty, migrated database."""
    settings = read_settings({"PORTAL_ENV": "test", "DATABASE_URL": address}, instance=folder)
    app = create_app(settings)
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    if request.param == "sqlite":
        with a_portal(f"sqlite:///{tmp_path / 'windows.sqlite3'}", tmp_path) as app:
            yield app
        return
    with postgresql_database() as address, a_portal(address, tmp_path) as app:
        yield app


def in_all_windows(app: Flask, act: Callable[[int], str]) -> list[str]:
    """Let every window send its form at once; gives what each was told, or the code of its refusal."""
    house_of(app).session.rollback()  # a writer of SQLite keeps all others waiting
    barrier = Barrier(WINDOWS)

    def send(window: int) -> str:
        with app.app_context():
            barrier.wait(timeout=60)
            try:
                return act(window)
            except AlreadyDone as done:
                return done.result
            except (Conflict, Refused) as refusal:
                return refusal.code
            finally:
                db.session.remove()

    with ThreadPoolExecutor(max_workers=WINDOWS) as threads:
        return list(threads.map(send, range(WINDOWS)))


def house_of(app: Flask) -> House:
    house: House = app.extensions["house"]
    return house


def test_eight_windows_begin_one_application(portal: Flask) -> None:
    house = house_of(portal)
    actor = a_file(house)

    def begin(window: int) -> str:
        return start_application(
            house, actor, track=TRACK, targets=[TYPE_9], language="en", once=f"window {window}"
        )

    told = in_all_windows(portal, begin)
    assert house.session.scalar(select(func.count()).select_from(Case)) == 1
    refused = [answer for answer in told if answer in ("row.changed", "application.already_open")]
    assert len(refused) == WINDOWS - 1


def test_one_form_sent_eight_times_is_one_application(portal: Flask) -> None:
    house = house_of(portal)
    actor = a_file(house)

    def begin(_window: int) -> str:
        return start_application(
            house, actor, track=TRACK, targets=[TYPE_9], language="en", once="the same form"
        )

    told = set(in_all_windows(portal, begin))
    begun = house.session.scalars(select(Case.application_id)).one()
    assert str(begun) in told
    assert told <= {str(begun), "application.already_open"}


def test_eight_windows_submit_once(portal: Flask) -> None:
    house = house_of(portal)
    actor = a_file(house)
    draft = an_application(house, actor, stage="declared")

    def submit(window: int) -> str:
        return submit_application(
            house, actor, draft.id, version=draft.draft_version, once=f"window {window}"
        )

    told = in_all_windows(portal, submit)
    assert told.count(str(draft.id)) == 1
    assert house.session.scalar(select(func.count()).select_from(CaseMove)) == 2
    assert house.session.scalar(select(func.count()).select_from(Photograph)) == 4
    assert house.session.scalar(select(func.count()).select_from(OutboxMessage)) == 1
