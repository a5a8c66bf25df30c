"""Migrations go up and down on both engines, keep what is in the tables, and end at the models."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from config import ROOT, Settings
from portal.adapters.clock import SettableClock
from portal.app import create_app
from portal.models.database import db
from portal.models.people import Person
from tests.cast import seat
from tests.databases import postgresql_database

MIGRATIONS = str(ROOT / "migrations")


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_app(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    settings: Settings,
    the_app: Flask,
    the_clock: SettableClock,
) -> Iterator[Flask]:
    """A portal over an empty database of either engine."""
    on_sqlite = request.param == "sqlite"
    opened = nullcontext(f"sqlite:///{tmp_path / 'bare.sqlite3'}") if on_sqlite else postgresql_database()
    with opened as url:
        rulebook = the_app.extensions["house"].rulebook
        app = create_app(replace(settings, database_url=url), clock=the_clock, rulebook=rulebook)
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def differences() -> list[object]:
    """What a new migration would have to change: nothing."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "render_as_batch": True}
        )
        return list(compare_metadata(context, db.metadata))


def test_the_migrations_end_at_the_models(bare_app: Flask) -> None:
    upgrade(directory=MIGRATIONS)
    assert differences() == []


def test_a_model_without_its_migration_is_noticed(bare_app: Flask) -> None:
    upgrade(directory=MIGRATIONS)
    with db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE people DROP COLUMN name_chinese")
    assert differences() != []


def test_every_migration_goes_up_and_down_with_people_in_the_tables(bare_app: Flask) -> None:
    revisions = [each.revision for each in ScriptDirectory(MIGRATIONS).walk_revisions()][::-1]
    upgrade(directory=MIGRATIONS)
    house = bare_app.extensions["house"]
    for member in ("mei_lam", "ada_ko", "wu_hai"):
        seat(house, member)
    assert house.session.query(Person).count() == 1
    house.session.remove()
    for revision in revisions[-2::-1]:
        downgrade(directory=MIGRATIONS, revision=revision)
    for revision in revisions[1:]:
        upgrade(directory=MIGRATIONS, revision=revision)
    assert house.session.query(Person).count() == 1
    house.session.remove()
    downgrade(directory=MIGRATIONS, revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade(directory=MIGRATIONS)
    assert differences() == []


def test_the_revisions_are_numbered_in_order() -> None:
    names = sorted(path.stem for path in (ROOT / "migrations/versions").glob("*.py"))
    revisions = [each.revision for each in ScriptDirectory(MIGRATIONS).walk_revisions()][::-1]
    assert names == revisions
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]
