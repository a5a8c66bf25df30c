"""Whole portals over databases of their own, for tests in which many act at once.

Each has its own engine and, on PostgreSQL, a database that is made for it and dropped after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from config import read_settings
from portal.app import create_app
from portal.models.database import db
from portal.services.house import House
from tests.databases import postgresql_database

MIGRATIONS = str(Path(__file__).parents[2] / "migrations")
BOTH_ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@contextmanager
def a_portal_on(engine: str, folder: Path) -> Iterator[Flask]:
    """A portal on one of the two engines."""
    if engine == "sqlite":
        with a_portal(f"sqlite:///{folder / 'portal.sqlite3'}", folder) as app:
            yield app
        return
    with postgresql_database() as address, a_portal(address, folder) as app:
        yield app


@contextmanager
def a_portal(address: str, folder: Path) -> Iterator[Flask]:
    """A portal of its own over an empty, migrated database."""
    settings = read_settings({"PORTAL_ENV": "test", "DATABASE_URL": address}, instance=folder)
    app = create_app(settings)
    with app.app_context():
        upgrade(directory=MIGRATIONS)
        yield app
        db.session.remove()
        db.engine.dispose()


def the_house(app: Flask) -> House:
    house: House = app.extensions["house"]
    return house


def let_go(house: House) -> None:
    """End the test's own transaction: a writer of SQLite keeps all others waiting."""
    house.session.rollback()
