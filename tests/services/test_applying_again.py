"""Applying again for a recognition that is gone for good, and not before; on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from config import ROOT, Settings
from portal.adapters.clock import SettableClock
from portal.app import create_app
from portal.domain.cases import Stage
from portal.domain.errors import Refused
from portal.models.cases import Case
from portal.models.database import db
from portal.models.recognitions import Recognition
from portal.services.conditions import fulfil_conditions
from portal.services.house import House
from portal.services.mapping import read_mapping
from portal.services.recognitions import revoke_recognition
from tests.builders.applications import TRACK, TYPE_9, an_application
from tests.builders.decisions import a_case, a_recognition, an_actor
from tests.databases import postgresql_database

MIGRATIONS = str(ROOT / "migrations")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_house(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    settings: Settings,
    the_app: Flask,
    the_clock: SettableClock,
) -> Iterator[House]:
    """A house over a database of either engine, made by the migrations."""
    on_sqlite = request.param == "sqlite"
    opened = nullcontext(f"sqlite:///{tmp_path / 'again.sqlite3'}") if on_sqlite else postgresql_database()
    with opened as url:
        rulebook = the_app.extensions["house"].rulebook
        app = create_app(replace(settings, database_url=url), clock=the_clock, rulebook=rulebook)
        with app.app_context():
            upgrade(directory=MIGRATIONS)
            yield app.extensions["house"]
            db.session.remove()
            db.engine.dispose()


def apply_again(house: House) -> Case:
    again = an_application(house, an_actor(house, "chen_wei"), stage="submitted", targets=[TYPE_9])
    return house.session.scalars(select(Case).where(Case.application_id == again.id)).one()


def test_after_a_revocation_one_may_apply_again_and_be_assessed(engine_house: House) -> None:
    recognition = a_recognition(engine_house, status="revoked")
    again = apply_again(engine_house)
    assert again.stage is Stage.SUBMITTED
    assert again.id != recognition.case_id
    with pytest.raises(Refused) as refusal:
        apply_again(engine_house)
    assert refusal.value.code == "application.already_open"
    assert refusal.value.params["reference"] == again.reference


def test_the_database_itself_refuses_two_open_cases_for_one_target(engine_house: House) -> None:
    first = a_case(engine_house)
    twin = Case(
        id=engine_house.new_key(),
        reference="HK-TWIN",
        application_id=engine_house.new_key(),
        person_id=first.person_id,
        track=TRACK,
        target=first.target,
        jurisdiction=first.jurisdiction,
        language="en",
        stage=Stage.DRAFT,
        started_at=engine_house.clock.now(),
    )
    engine_house.session.add(twin)
    with pytest.raises(IntegrityError):
        engine_house.session.commit()
    engine_house.session.rollback()


def test_the_migration_goes_back_with_both_cases_in_the_tables(engine_house: House) -> None:
    recognition = a_recognition(engine_house, status="revoked")
    earlier = recognition.case_id
    engine_house.clock.advance(timedelta(days=1))  # type: ignore[attr-defined]
    later = apply_again(engine_house).id
    engine_house.session.remove()
    downgrade(directory=MIGRATIONS, revision="0009_referees")
    upgrade(directory=MIGRATIONS)
    assert engine_house.session.get_one(Case, earlier).stage is Stage.LAPSED
    assert engine_house.session.get_one(Case, later).stage is Stage.SUBMITTED


@pytest.mark.parametrize("status", ["full", "conditional", "suspended"])
def test_while_it_stands_or_may_stand_again_one_may_not(house: House, status: str) -> None:
    recognition = a_recognition(house, status=status)
    with pytest.raises(Refused) as refusal:
        apply_again(house)
    assert refusal.value.code == "application.already_granted"
    reference = house.session.get_one(Case, recognition.case_id).reference
    assert refusal.value.params["reference"] == reference


def test_the_day_after_its_last_day_one_may(house: House, clock: SettableClock) -> None:
    recognition = a_recognition(house)
    recognition.expires_on = date(2026, 11, 22)
    house.session.commit()
    with pytest.raises(Refused, match="already_granted"):
        apply_again(house)
    clock.advance(timedelta(days=1))
    assert apply_again(house).stage is Stage.SUBMITTED


def test_the_mapping_offers_to_apply_once_nothing_stands_in_the_way(house: House) -> None:
    a_recognition(house, status="revoked")
    chen = an_actor(house, "chen_wei")
    assert read_mapping(house, chen, on=house.clock.today(), targets=[TYPE_9]).cases == {}
    again = apply_again(house)
    standing = read_mapping(house, chen, on=house.clock.today(), targets=[TYPE_9]).cases
    assert standing[TYPE_9].reference == again.reference


def test_the_conditions_of_what_was_revoked_move_nothing(house: House) -> None:
    recognition = a_recognition(house, status="conditional")
    ada = an_actor(house, "ada_ko")
    revoke_recognition(house, ada, reference=recognition.reference, version=1, reason="It was withdrawn.")
    recognition.conditions = []
    house.session.commit()
    assert fulfil_conditions(house, ada, recognition.person_id) == []
    kept = house.session.scalars(select(Recognition)).one()
    assert house.session.get_one(Case, kept.case_id).stage is Stage.GRANTED_WITH_CONDITIONS
