"""Fifty people ask for seven places at the same moment, on both databases, with real connections.

Every thread has an application context and a connection of its own; a barrier lets them all go
together. What is proven: exactly seven places, forty-three in a line with an order of its own for
each, nobody lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portal.domain.enrolments import HOLDS_A_PLACE, EnrolmentState
from portal.domain.errors import Conflict, Refused
from portal.domain.people import Actor
from portal.models.database import db
from portal.models.programmes import Cohort, Enrolment
from portal.models.records import JournalEntry, OutboxMessage
from portal.services.enrolments import enrol, withdraw_enrolment
from portal.services.house import House
from portal.services.intake_lists import place_in_line
from portal.services.programmes import CohortPlan
from tests.builders.portals import BOTH_ENGINES, a_portal_on, let_go, the_house
from tests.builders.programmes import a_cohort, a_plan, a_stranger

PEOPLE, PLACES = 50, 7


@pytest.fixture(params=BOTH_ENGINES)
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with a_portal_on(request.param, tmp_path) as app:
        yield app


def all_at_once(app: Flask, learners: list[Actor], cohort_id: UUID) -> list[str]:
    """Let every learner ask in a thread of their own, all released together."""
    barrier = Barrier(len(learners))
    house = the_house(app)
    let_go(house)

    def ask(learner: Actor) -> str:
        with app.app_context():
            barrier.wait(timeout=60)
            try:
                return enrol(house, learner, cohort_id=cohort_id)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(max_workers=len(learners)) as threads:
        return list(threads.map(ask, learners))


def test_fifty_people_at_once_take_exactly_seven_places_and_nobody_is_lost(portal: Flask) -> None:
    house = the_house(portal)
    learners = [a_stranger(house, f"learner{number}") for number in range(PEOPLE)]
    cohort = a_cohort(house, places=PLACES, plan=_soon(house))
    keys = all_at_once(portal, learners, cohort.id)
    house.session.expire_all()
    enrolments = house.session.scalars(select(Enrolment)).all()
    holding = [each for each in enrolments if each.state in HOLDS_A_PLACE]
    line = [each for each in enrolments if each.state is EnrolmentState.WAITLISTED]
    places = [place_in_line(house, each) for each in line]
    assert {str(each.id) for each in enrolments} == set(keys)
    assert {each.person_id for each in enrolments} == {each.person_id for each in learners}
    assert (len(holding), len(line)) == (PLACES, PEOPLE - PLACES)
    assert cohort.places_taken == PLACES
    assert sorted(place.position for place in places if place) == list(range(1, PEOPLE - PLACES + 1))


def test_fifty_people_at_once_are_each_journaled_and_written_to_once(portal: Flask) -> None:
    house = the_house(portal)
    learners = [a_stranger(house, f"learner{number}") for number in range(PEOPLE)]
    cohort = a_cohort(house, places=PLACES, plan=_soon(house))
    all_at_once(portal, learners, cohort.id)
    kinds = house.session.scalars(select(OutboxMessage.kind)).all()
    asked = house.session.scalars(
        select(JournalEntry.person_id).where(JournalEntry.kind == "enrolment.requested")
    ).all()
    assert sorted(kinds) == ["enrolment_place"] * PLACES + ["enrolment_waitlisted"] * (PEOPLE - PLACES)
    assert sorted(map(str, asked)) == sorted(str(each.person_id) for each in learners)


def test_places_given_up_while_others_ask_leave_no_place_free_beside_a_line(portal: Flask) -> None:
    house = the_house(portal)
    cohort = a_cohort(house, places=PLACES, plan=_soon(house))
    early = [a_stranger(house, f"early{number}") for number in range(PLACES)]
    held = {learner.account_id: UUID(enrol(house, learner, cohort_id=cohort.id)) for learner in early}
    late = [a_stranger(house, f"late{number}") for number in range(12)]
    barrier = Barrier(len(early) + len(late))
    cohort_id = cohort.id
    let_go(house)

    def act(learner: Actor) -> None:
        with portal.app_context():
            barrier.wait(timeout=60)
            try:
                if learner.account_id in held:
                    withdraw_enrolment(house, learner, enrolment_id=held[learner.account_id], version=1)
                else:
                    enrol(house, learner, cohort_id=cohort_id)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(max_workers=barrier.parties) as threads:
        list(threads.map(act, [*early, *late]))
    house.session.expire_all()
    states = house.session.scalars(select(Enrolment.state)).all()
    assert states.count(EnrolmentState.OFFERED) == PLACES
    assert states.count(EnrolmentState.WAITLISTED) == len(late) - PLACES
    assert house.session.get_one(Cohort, cohort.id).places_taken == PLACES


def test_one_person_in_ten_windows_at_once_holds_one_place(portal: Flask) -> None:
    house = the_house(portal)
    cohort = a_cohort(house, places=PLACES, plan=_soon(house))
    learner = a_stranger(house, "hasty")
    barrier = Barrier(10)
    cohort_id = cohort.id
    let_go(house)

    def ask(_window: int) -> bool:
        with portal.app_context():
            barrier.wait(timeout=60)
            try:
                enrol(house, learner, cohort_id=cohort_id)
            except (Refused, Conflict):
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(max_workers=10) as threads:
        done = list(threads.map(ask, range(10)))
    house.session.expire_all()
    assert done.count(True) == 1
    assert house.session.get_one(Cohort, cohort.id).places_taken == 1


def test_the_table_itself_refuses_an_eighth_place(portal: Flask) -> None:
    house = the_house(portal)
    cohort = a_cohort(house, places=PLACES, plan=_soon(house))
    cohort.places_taken = PLACES + 1
    with pytest.raises(IntegrityError, match="never_oversold"):
        house.session.flush()
    house.session.rollback()


@pytest.mark.postgresql
def test_counting_by_reading_first_would_give_the_last_place_to_two(tmp_path: Path) -> None:
    """The guilty twin: what the single UPDATE spares us. Two read six, and both write seven."""
    with a_portal_on("postgresql", tmp_path) as app:
        house = the_house(app)
        cohort_id = a_cohort(house, places=PLACES, plan=_soon(house)).id
        house.session.execute(update(Cohort).values(places_taken=PLACES - 1))
        house.session.commit()
        barrier = Barrier(2)

        def take_carelessly(_person: int) -> bool:
            with app.app_context():
                seen = db.session.scalars(select(Cohort.places_taken)).one()
                barrier.wait(timeout=60)
                db.session.execute(update(Cohort).values(places_taken=seen + 1))
                db.session.commit()
                db.session.remove()
                return seen < PLACES

        with ThreadPoolExecutor(max_workers=2) as threads:
            believers = list(threads.map(take_carelessly, range(2)))
        assert believers == [True, True]
        assert house.session.get_one(Cohort, cohort_id).places_taken == PLACES


def _soon(house: House) -> CohortPlan:
    today = house.clock.today()
    days = [today + timedelta(days=count) for count in (30, 40, 90)]
    return a_plan(places=PLACES, enrol_by=days[0], starts_on=days[1], ends_on=days[2])
