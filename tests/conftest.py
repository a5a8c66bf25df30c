"""The stage every test stands on: one application, a fresh migrated database, a clock that stands still.

The schema is built once a run, by the migrations, into a template file; each test gets a copy of
it, so code under test really commits and nothing is patched.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask_migrate import upgrade

from config import Settings, read_settings
from portal.adapters.clock import SettableClock
from portal.app import create_app
from portal.domain.people import Actor
from portal.domain.sign_ins import LONGEST, Device, WayIn
from portal.models.accounts import Account
from portal.models.database import db, writing
from portal.services.house import House
from portal.services.sign_ins import begin_sign_in
from portal.web.form_tokens import token_value
from portal.web.limits import limiter
from tests.cast import actor_for, seat
from tests.pages.statements import counted, keep_within
from tests.pages.strict_client import StrictClient

# What lands must not depend on luck: without CI, every run looks for new counter-examples.
hypothesis.settings.register_profile("landing", derandomize=True)
if os.environ.get("CI") == "true":
    hypothesis.settings.load_profile("landing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys first, and together: they are the longest, and a run ends evenly when short tests are last."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


# Ten in the morning on both banks.
THE_MORNING = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a run: nothing from the machine's environment."""
    folder = tmp_path_factory.mktemp("instance")
    environ = {"PORTAL_ENV": "test", "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}"}
    return read_settings(environ, instance=folder)


@pytest.fixture(scope="session")
def the_clock() -> SettableClock:
    return SettableClock(THE_MORNING)


@pytest.fixture(scope="session")
def the_app(settings: Settings, the_clock: SettableClock) -> Flask:
    """One application a run: templates compile once."""
    return create_app(settings, clock=the_clock)


@pytest.fixture(scope="session")
def template_database(the_app: Flask, settings: Settings) -> Path:
    """The schema as the migrations make it."""
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    with the_app.app_context():
        upgrade(directory=str(Path(__file__).parents[1] / "migrations"))
        with db.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        db.engine.dispose()
    template = path.with_name("template.sqlite3")
    shutil.copy(path, template)
    return template


@pytest.fixture
def app(
    the_app: Flask, template_database: Path, settings: Settings, the_clock: SettableClock
) -> Iterator[Flask]:
    """The application over a database nobody has touched, in an application context."""
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    for leftover in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        leftover.unlink(missing_ok=True)
    shutil.copy(template_database, path)
    the_clock.put_to(THE_MORNING)
    token = writing.set(True)
    limiter.reset()
    with the_app.app_context():
        yield the_app
        db.session.remove()
        db.engine.dispose()
    writing.reset(token)


@pytest.fixture
def clock(app: Flask, the_clock: SettableClock) -> SettableClock:
    """The clock: ten in the morning of 22 November 2026 on both banks, until a test moves it."""
    return the_clock


@pytest.fixture
def house(app: Flask) -> House:
    """The tools of the use cases."""
    made: House = app.extensions["house"]
    return made


@pytest.fixture
def account(house: House) -> Callable[[str], Account]:
    """An account of the cast, made when first asked for."""
    return lambda key: seat(house, key)


@pytest.fixture
def actor(house: House) -> Callable[[str], Actor]:
    """A member of the cast as use cases meet them."""
    return lambda key: actor_for(seat(house, key))


class Browser(StrictClient):
    """A strict client whose requests share nothing with the test but the database.

    Each request gets an application context of its own, as in service; the test's session lets go
    of its transaction first, or the request would wait for it. No page may cost more than twelve
    statements, in whatever state a test has brought it.
    """

    most_statements = 12

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.rollback()
        with self.application.app_context(), counted() as sent:
            answer = super().open(*args, **kwargs)
        if answer.request.method == "GET" and not answer.history:
            keep_within(self.most_statements, sent)
        return answer


class Returning(Browser):
    """A browser whose owner signs in again whenever half a day is over, as people do while weeks go by.

    That a sign-in ends by then has its own tests, which use the sign-in page.
    """

    def __init__(self, app: Flask, member: Account) -> None:
        super().__init__(app)
        self._uniquifier, self._account_id = member.fs_uniquifier, member.id
        self._house: House = app.extensions["house"]
        self.come_in()

    def come_in(self) -> None:
        """Sign in as the sign-in page would."""
        member = self._house.session.get_one(Account, self._account_id)
        self._begun_at = self._house.clock.now()
        key = begin_sign_in(self._house, member, way=WayIn.PASSWORD, is_strong=False, device=Device())
        self._house.session.commit()
        with self.session_transaction() as session:
            session["_user_id"] = self._uniquifier
            session["_fresh"] = True
            session["sign_in"] = str(key)
            # A page that lay open meanwhile can still be sent.
            session.setdefault("csrf_token", token_value(key))

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if self._house.clock.now() - self._begun_at >= LONGEST:
            self.come_in()
        return super().open(*args, **kwargs)


@pytest.fixture
def client(app: Flask) -> StrictClient:
    """A browser that fails any page below the house's standard."""
    return Browser(app)


@pytest.fixture
def sign_in(app: Flask, house: House) -> Callable[[str], StrictClient]:
    """A strict client signed in as a member of the cast (the sign-in page has its own tests)."""

    return lambda key: Returning(app, seat(house, key))
