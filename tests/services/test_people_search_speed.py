"""What finding a person costs among many, on both engines.

``CROWD=100000`` measures a full register; the suite makes do with fewer people, and looks at the
plan: neither engine may walk through the table of keys. The quickest of some rounds counts, because
PostgreSQL works outside this process and a machine is busy with other work now and then.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from time import perf_counter

import pytest
from flask import Flask
from sqlalchemy import select, text

from portal.domain.people import Actor
from portal.models.database import db
from portal.models.identity import NameKey
from portal.models.people import Person
from portal.services.duplicates import look_for_duplicates
from portal.services.name_keys import found_by_name
from portal.services.people_search import find_people
from portal.services.queue import list_queue
from portal.services.queue_order import QueueFilter
from tests.builders.decisions import an_actor
from tests.builders.named_people import many_people
from tests.builders.portals import BOTH_ENGINES, a_portal_on, the_house
from tests.pages.statements import at_most

SIZE = int(os.environ.get("CROWD", "2400"))
ROUNDS = 15
MOST_SECONDS, MOST_SECONDS_FOR_A_LIST = 0.05, 0.1
ASKED = (
    "陳美文",
    "chan mei man",
    "Man Mei CHAN",
    "zhang siuping",
    "wong",
    "張",
    "ouyang",
    "lam k",
    "nobody such",
    "mei man",
    "ming wong chi",
)


@pytest.fixture(params=BOTH_ENGINES, scope="module")
def crowded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with a_portal_on(request.param, tmp_path_factory.mktemp("crowd")) as app:
        many_people(SIZE)
        _look_after_the_tables()
        yield app


def _look_after_the_tables() -> None:
    """What PostgreSQL does by itself within minutes of a change, and SQLite when it is asked."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.begin() as connection:
            connection.execute(text("ANALYZE"))
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def timed(act: Callable[[], object]) -> list[float]:
    """Seconds of some rounds, quickest first; each begins without what the one before had read."""
    times = []
    for _ in range(ROUNDS):
        db.session.rollback()
        begun = perf_counter()
        act()
        times.append(perf_counter() - begun)
    return sorted(times)


def test_a_person_is_found_within_fifty_milliseconds(crowded: Flask) -> None:
    house = the_house(crowded)
    officer: Actor = an_actor(house, "ada_ko")
    house.session.commit()
    slowest = 0.0
    for words in ASKED:
        with at_most(4):
            found = find_people(house, officer, words)
        assert bool(found.people) is (words != "nobody such"), words
        times = timed(partial(find_people, house, officer, words))
        say(repr(words), times)
        slowest = max(slowest, times[0])
    assert slowest < MOST_SECONDS


def test_the_queue_and_the_look_for_duplicates_stay_quick(crowded: Flask) -> None:
    house = the_house(crowded)
    officer = an_actor(house, "ada_ko")
    house.session.commit()
    for words in ("", *ASKED):
        wanted = QueueFilter(words=words)
        with at_most(6):
            assert bool(list_queue(house, officer, wanted).rows) is (words != "nobody such"), words
        times = timed(partial(list_queue, house, officer, wanted))
        say(f"queue {words!r}", times)
        assert times[0] < MOST_SECONDS_FOR_A_LIST
    person = house.session.scalars(select(Person).limit(1)).one()
    times = timed(partial(look_for_duplicates, house, person))
    say("duplicates", times)
    assert times[0] < MOST_SECONDS
    house.session.rollback()


def say(what: str, times: list[float]) -> None:
    """Print the quickest and the middle one, for people to read."""
    quickest, middle = times[0] * 1000, median(times) * 1000
    print(f"{db.engine.dialect.name} {SIZE} {what}: {quickest:.1f} ms, median {middle:.1f}")  # noqa: T201


def test_neither_engine_walks_through_the_keys(crowded: Flask) -> None:
    for words in ("chan mei man", "陳美文"):
        asked = select(Person.id).where(found_by_name(Person.id, words))
        plan = plan_of(str(asked.compile(db.engine, compile_kwargs={"literal_binds": True})))
        assert "name_keys" in plan
        assert not walks(plan), plan


def test_a_walk_through_the_keys_would_be_noticed(crowded: Flask) -> None:
    asked = select(NameKey.person_id).where(NameKey.key.contains("hei"))
    assert walks(plan_of(str(asked.compile(db.engine, compile_kwargs={"literal_binds": True}))))


def plan_of(statement: str) -> str:
    """How the engine would go about a statement."""
    sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            ("EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN ")
            + statement.replace("%", "%%" if not sqlite else "%")
        )
        return "\n".join(str(row) for row in rows)


def walks(plan: str) -> bool:
    """True when a plan reads the whole table of keys."""
    return "SCAN name_keys" in plan or "Seq Scan on name_keys" in plan
