"""The same form sent eight times at the same moment is one act, on both databases.

Every thread has an application context and a connection of its own; a barrier lets them all go
together. The one that comes first acts, the others are told what it did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.domain.errors import AlreadyDone, Conflict
from portal.domain.files import OfferedFile
from portal.domain.people import Actor
from portal.models.credentials import Credential
from portal.models.database import db
from portal.models.evidence import Evidence
from portal.services.credentials import change_credential, own_credential, register_credential
from portal.services.evidence import upload_evidence
from portal.services.house import House
from tests.builders.portals import BOTH_ENGINES, a_portal_on
from tests.builders.records import PDF, a_credential, a_pdf, credential_answers
from tests.cast import actor_for, seat

TIMES = 8
SAT = date(2025, 6, 14)


@pytest.fixture(params=BOTH_ENGINES)
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with a_portal_on(request.param, tmp_path) as app:
        yield app


def at_once(app: Flask, act: Callable[[House], str]) -> list[str]:
    """Run an act in so many threads, released together; what each was told."""
    barrier = Barrier(TIMES)

    def run(_number: int) -> str:
        with app.app_context():
            barrier.wait()
            try:
                return act(app.extensions["house"])
            except AlreadyDone as done:
                return done.result
            except Conflict as conflict:
                return conflict.code
            finally:
                db.session.remove()

    db.session.remove()
    with ThreadPoolExecutor(TIMES) as threads:
        return list(threads.map(run, range(TIMES)))


def mei_of(app: Flask) -> Actor:
    return actor_for(seat(app.extensions["house"], "mei_lam"))


def test_one_form_sent_at_once_is_one_credential(portal: Flask) -> None:
    mei = mei_of(portal)
    said = credential_answers(awarded_on=SAT)
    told = at_once(
        portal,
        lambda house: register_credential(house, mei, qualification="hksi.le.paper-1", said=said, once="k"),
    )
    assert len(set(told)) == 1
    assert db.session.scalar(select(func.count()).select_from(Credential)) == 1


def test_one_upload_sent_at_once_is_one_row_and_one_file(portal: Flask, tmp_path: Path) -> None:
    mei = mei_of(portal)
    offered = OfferedFile("certificate.pdf", PDF, a_pdf())
    told = at_once(portal, lambda house: upload_evidence(house, mei, offered=offered, once="k"))
    assert len(set(told)) == 1
    assert db.session.scalar(select(func.count()).select_from(Evidence)) == 1
    assert len([path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]) == 1


def test_of_changes_made_at_once_one_is_kept_and_the_others_are_told(portal: Flask) -> None:
    mei = mei_of(portal)
    made = a_credential(portal.extensions["house"], mei, awarded_on=SAT)
    said = credential_answers(awarded_on=date(2025, 6, 15))
    told = at_once(
        portal,
        lambda house: change_credential(house, mei, credential_id=made, said=said, version=1),
    )
    assert sorted(told) == sorted([str(made)] + ["row.changed"] * (TIMES - 1))
    assert own_credential(portal.extensions["house"], mei, made).version == 2
