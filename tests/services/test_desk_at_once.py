"""The desk on both databases: what it reads, and two officers who act at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.domain.cases import Stage
from portal.domain.errors import PortalError
from portal.domain.people import Actor, Role
from portal.domain.places import Jurisdiction
from portal.models.cases import Case, Decision, Letter
from portal.models.database import db
from portal.models.recognitions import Recognition
from portal.services.accounts import make_staff
from portal.services.assessment import begin_assessment
from portal.services.case_files import open_file
from portal.services.decision_files import open_decision
from portal.services.decisions import decide_case, newest_recommendation
from portal.services.house import House
from portal.services.queue import QueueFilter, list_queue
from portal.services.recognition_lists import list_recognitions, open_recognition
from portal.services.recognitions import suspend_recognition
from tests.builders.decisions import (
    a_case,
    a_recognition,
    an_actor,
    recommend_grant,
    verify_everything,
)
from tests.builders.portals import BOTH_ENGINES, a_portal_on, the_house
from tests.cast import actor_for


@pytest.fixture(params=BOTH_ENGINES)
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with a_portal_on(request.param, tmp_path) as app:
        yield app


def a_third_officer(house: House) -> Actor:
    account = make_staff(
        house,
        Actor(),
        email="kit.fan@example.com",
        name="Kit Fan",
        password_digest="x",
        language="en",
        role=Role.OFFICER,
        jurisdiction=Jurisdiction.HONG_KONG,
    )
    house.session.commit()
    return actor_for(account)


def together(portal: Flask, *acts: Callable[[], str]) -> list[str]:
    """Let everybody go at once, each with a connection of their own; gives results or refusals."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], str]) -> str:
        with portal.app_context():
            barrier.wait()
            try:
                return act()
            except PortalError as refusal:
                return refusal.code
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_the_desk_reads_alike_on_both_databases(portal: Flask) -> None:
    house = the_house(portal)
    ada, bo = an_actor(house, "ada_ko"), an_actor(house, "bo_yip")
    held = a_recognition(house, status="suspended")
    case = a_case(house, stage="recommended", person="mei_lam")

    queue = list_queue(house, ada, QueueFilter(words="lam", stage=Stage.RECOMMENDED))
    file = open_file(house, bo, case.reference)

    assert [row.reference for row in queue.rows] == [case.reference]
    assert queue.rows[0].verified is not None
    assert {one.code for one in file.facts} >= {"hksi.le.paper-1", "born_on"}
    assert {type(one.value) for one in file.facts if one.code in ("born_on", "chinese_citizen")} >= {bool}
    assert file.findings == {}
    assert open_decision(house, bo, case.reference).changes == ()
    assert list_queue(house, ada, QueueFilter(after="1~0192e4c8-0000-7000-8000-000000000000")).rows
    assert list_recognitions(house, ada, words="chen").rows[0].reference == held.reference
    assert open_recognition(house, ada, held.reference).acts[-1].by == "Ada Ko"


def test_two_officers_at_once_are_one_act_at_every_step(portal: Flask) -> None:
    house = the_house(portal)
    ada, bo, kit = an_actor(house, "ada_ko"), an_actor(house, "bo_yip"), a_third_officer(house)
    case = a_case(house)
    key, reference, version = case.id, case.reference, case.version
    house.session.remove()

    begun = together(
        portal,
        *(
            lambda officer=officer: begin_assessment(  # type: ignore[misc]
                house, officer, reference=reference, version=version
            )
            for officer in (ada, bo)
        ),
    )
    assert begun.count(reference) == 1
    case = house.session.get_one(Case, key)
    first = ada if case.assigned_to == ada.account_id else bo
    second = bo if first is ada else ada
    verify_everything(house, first, case)
    recommend_grant(house, first, case)
    recommendation, version = newest_recommendation(house, key), case.version
    assert recommendation is not None
    recommendation_id = recommendation.id
    house.session.remove()

    signed = together(
        portal,
        *(
            lambda officer=officer: decide_case(  # type: ignore[misc]
                house,
                officer,
                reference=reference,
                recommendation_id=recommendation_id,
                version=version,
            )
            for officer in (second, kit)
        ),
    )
    assert signed.count(reference) == 1
    for table in (Decision, Recognition, Letter):
        assert house.session.scalar(select(func.count()).select_from(table)) == 1
    held = house.session.scalars(select(Recognition.reference)).one()
    house.session.remove()

    suspended = together(
        portal,
        *(
            lambda officer=officer: suspend_recognition(  # type: ignore[misc]
                house, officer, reference=held, version=1, reason="As found."
            )
            for officer in (ada, bo)
        ),
    )
    assert suspended.count(held) == 1
