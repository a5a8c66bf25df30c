"""The same person in several windows at the same moment, on both databases, with real connections.

However many forms arrive together, there is one standing case for a target, and one submission.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.domain.errors import AlreadyDone, Conflict, Refused
from portal.models.cases import Case, CaseMove, Photograph
from portal.models.database import db
from portal.models.records import OutboxMessage
from portal.services.cases import start_application, submit_application
from tests.builders.applications import TRACK, TYPE_9, a_file, an_application
from tests.builders.portals import BOTH_ENGINES, a_portal_on, let_go, the_house

WINDOWS = 8


@pytest.fixture(params=BOTH_ENGINES)
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with a_portal_on(request.param, tmp_path) as app:
        yield app


def in_all_windows(app: Flask, act: Callable[[int], str]) -> list[str]:
    """Let every window send its form at once; gives what each was told, or the code of its refusal."""
    let_go(the_house(app))
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


def test_eight_windows_begin_one_application(portal: Flask) -> None:
    house = the_house(portal)
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
    house = the_house(portal)
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
    house = the_house(portal)
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
