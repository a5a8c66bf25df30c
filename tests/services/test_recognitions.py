"""The life of a recognition: dated acts with reasons, a letter each, and a status for any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.errors import AlreadyDone, Conflict, NotFound, NotPermitted, Refused
from portal.domain.recognitions import Status
from portal.models.cases import Letter
from portal.models.records import JournalEntry, OutboxMessage
from portal.services.house import House
from portal.services.recognition_lists import list_recognitions, open_recognition
from portal.services.recognitions import lift_suspension, revoke_recognition, suspend_recognition
from tests.builders.decisions import a_recognition, an_actor


def test_a_suspension_is_dated_told_and_journaled(house: House, clock: SettableClock) -> None:
    held, ada = a_recognition(house), an_actor(house, "ada_ko")
    clock.advance(timedelta(days=10))

    suspend_recognition(
        house, ada, reference=held.reference, version=1, reason="The registration was withdrawn."
    )

    read = open_recognition(house, ada, held.reference, on=date(2026, 12, 1))
    letter = house.session.scalars(select(Letter).where(Letter.kind == "recognition_suspended")).one()
    assert (read.status, read.status_asked) == (Status.SUSPENDED, Status.FULL)
    assert "The registration was withdrawn." in letter.body
    assert house.session.scalars(
        select(JournalEntry).where(JournalEntry.kind == "recognition.suspended")
    ).one()
    told = house.session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == "recognition_suspended")
    ).one()
    assert held.reference in told.body
    assert "withdrawn" not in told.body


def test_the_status_of_any_day_follows_from_the_acts(house: House, clock: SettableClock) -> None:
    held, ada = a_recognition(house), an_actor(house, "ada_ko")
    for days, act in ((10, suspend_recognition), (10, lift_suspension), (10, revoke_recognition)):
        clock.advance(timedelta(days=days))
        version = open_recognition(house, ada, held.reference).version
        act(house, ada, reference=held.reference, version=version, reason="As found.")

    asked = {
        day: open_recognition(house, ada, held.reference, on=day).status_asked
        for day in (
            date(2026, 11, 21),
            date(2026, 11, 22),
            date(2026, 12, 2),
            date(2026, 12, 12),
            date(2026, 12, 22),
        )
    }

    assert list(asked.values()) == [
        Status.NOT_YET,
        Status.FULL,
        Status.SUSPENDED,
        Status.FULL,
        Status.REVOKED,
    ]


def test_an_act_needs_a_reason_its_holder_can_read(house: House) -> None:
    held = a_recognition(house)

    with pytest.raises(Refused) as refusal:
        suspend_recognition(house, an_actor(house, "ada_ko"), reference=held.reference, version=1, reason=" ")

    assert refusal.value.field == "reason"


@pytest.mark.parametrize(
    ("status", "act"),
    [("full", lift_suspension), ("suspended", suspend_recognition), ("revoked", lift_suspension)],
)
def test_an_act_that_makes_no_sense_is_refused(house: House, status: str, act: object) -> None:
    held, ada = a_recognition(house, status=status), an_actor(house, "ada_ko")
    version = open_recognition(house, ada, held.reference).version

    with pytest.raises(Conflict) as conflict:
        act(house, ada, reference=held.reference, version=version, reason="As found.")  # type: ignore[operator]

    assert conflict.value.code == "recognition.not_possible"


def test_a_stale_page_and_a_replayed_form_act_once_at_most(house: House) -> None:
    held, ada = a_recognition(house), an_actor(house, "ada_ko")
    form = {"reference": held.reference, "version": 1, "reason": "As found.", "once": "k"}
    suspend_recognition(house, ada, **form)  # type: ignore[arg-type]

    with pytest.raises(AlreadyDone):
        suspend_recognition(house, ada, **form)  # type: ignore[arg-type]
    with pytest.raises(Conflict) as conflict:
        lift_suspension(house, ada, reference=held.reference, version=1, reason="Stale.")

    assert conflict.value.code == "row.changed"
    assert len(held.acts) == 2


def test_officers_of_the_other_side_and_others_are_refused(house: House) -> None:
    held = a_recognition(house)

    for key in ("su_qing", "mei_lam", "tam_lok", "sys"):
        with pytest.raises(NotPermitted):
            suspend_recognition(house, an_actor(house, key), reference=held.reference, version=1, reason="x")
    with pytest.raises(NotFound):
        open_recognition(house, an_actor(house, "ada_ko"), "RH-0000-0000")


def test_the_list_is_of_the_officers_side_and_searched_in_any_script(house: House) -> None:
    held = a_recognition(house)
    ada, su = an_actor(house, "ada_ko"), an_actor(house, "su_qing")

    assert [row.reference for row in list_recognitions(house, ada).rows] == [held.reference]
    assert not list_recognitions(house, su).rows
    for words in ("陈伟", "陳偉", "chen", held.reference.lower(), held.reference.replace("-", " ")):
        assert list_recognitions(house, ada, words=words).rows, words
    assert not list_recognitions(house, ada, words="王").rows
    assert list_recognitions(house, ada, after="nonsense").rows
