"""PostgreSQL for tests: a database of one's own, dropped afterwards; skipped plainly where there is none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest

SERVER = os.environ.get("TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")


@contextmanager
def postgresql_database() -> Iterator[str]:
    """The address of an empty database, for as long as it is needed.

    Without a server the test is skipped with the reason; under ``CI=true`` it fails, because
    a skipped proof proves nothing.
    """
    name = f"bridge_test_{uuid4().hex[:12]}"
    try:
        with psycopg.connect(SERVER, autocommit=True, connect_timeout=3) as server:
            server.execute(f'CREATE DATABASE "{name}"')
    except psycopg.OperationalError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"PostgreSQL is not reached at {SERVER.rpartition('@')[2]}: {error}")
    try:
        yield SERVER.rpartition("/")[0].replace("postgresql://", "postgresql+psycopg://") + f"/{name}"
    finally:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
