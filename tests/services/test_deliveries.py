"""Failed e-mails are counted by kind and day without a word of them, and can be tried again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.errors import AlreadyDone, NotPermitted, Refused
from portal.models.records import JournalEntry, OutboxMessage
from portal.services.deliveries import read_mail_state, try_again
from portal.services.house import House
from portal.services.outbox import TRIES_IN_ALL, deliver_due, post_words
from tests.builders.decisions import an_actor
from tests.services.test_outbox import Postman

TODAY = date(2026, 11, 22)


def fail(house: House, clock: SettableClock, *kinds: str) -> None:
    """E-mails that no carrier took, and the clock put back to the day they were written."""
    written = clock.now()
    for kind in kinds:
        post_words(house, kind, recipient="mei.lam@example.com", language="en", subject="S", body="B")
    house.session.commit()
    postman = Postman()
    postman.is_closed = True
    for _ in range(TRIES_IN_ALL):
        deliver_due(house, postman)
        clock.advance(timedelta(hours=6))
    clock.put_to(written)


def test_failures_are_counted_by_kind_and_day(house: House, clock: SettableClock) -> None:
    fail(house, clock, "granted", "granted", "recommended")
    clock.advance(timedelta(days=5))
    fail(house, clock, "granted")
    state = read_mail_state(house, an_actor(house, "sys"))
    assert [(one.on, one.kind, one.count) for one in state.failures] == [
        (TODAY + timedelta(days=5), "granted", 1),
        (TODAY, "granted", 2),
        (TODAY, "recommended", 1),
    ]
    assert {one.causes for one in state.failures} == {("OSError",)}


def test_a_day_is_the_day_of_both_banks(house: House, clock: SettableClock) -> None:
    clock.advance(timedelta(hours=13, minutes=30))  # 23:30 of the same day
    fail(house, clock, "granted")
    clock.advance(timedelta(hours=1))
    fail(house, clock, "granted")
    state = read_mail_state(house, an_actor(house, "sys"))
    assert [one.on for one in state.failures] == [TODAY + timedelta(days=1), TODAY]


def test_what_waits_is_told_apart_from_what_was_refused(house: House, clock: SettableClock) -> None:
    post_words(house, "granted", recipient="a@example.com", language="en", subject="S", body="B")
    house.session.commit()
    postman = Postman()
    postman.is_closed = True
    deliver_due(house, postman)
    post_words(house, "granted", recipient="a@example.com", language="en", subject="S", body="B")
    house.session.commit()
    state = read_mail_state(house, an_actor(house, "ada_ko"))
    assert (state.waiting, state.retried, state.failures) == (2, 1, ())


def test_trying_again_sends_that_kind_and_day_alone(house: House, clock: SettableClock) -> None:
    fail(house, clock, "granted", "recommended")
    admin, postman = an_actor(house, "sys"), Postman()
    assert try_again(house, admin, kind="granted", on=TODAY, once="a key") == 1
    assert deliver_due(house, postman) == 1
    assert [one.kind for one in read_mail_state(house, admin).failures] == ["recommended"]
    entry = house.session.scalars(select(JournalEntry).where(JournalEntry.kind == "mail.tried_again")).one()
    assert entry.facts == {"about": "granted", "on": "2026-11-22", "count": 1}
    with pytest.raises(AlreadyDone):
        try_again(house, admin, kind="granted", on=TODAY, once="a key")
    with pytest.raises(Refused, match="nothing_failed"):
        try_again(house, admin, kind="granted", on=TODAY)


def test_the_kept_cause_never_repeats_an_address(house: House, clock: SettableClock) -> None:
    class Talkative(Postman):
        def send(self, *, recipient: str, subject: str, body: str, key: str) -> None:
            raise OSError(f"550 {recipient} unknown")

    post_words(house, "granted", recipient="mei.lam@example.com", language="en", subject="S", body="B")
    house.session.commit()
    deliver_due(house, Talkative())
    assert house.session.scalars(select(OutboxMessage.last_error)).one() == "OSError"


@pytest.mark.parametrize("who", ["mei_lam", "harbour_works", "tam_lok"])
def test_nobody_else_sees_how_the_mail_stands(house: House, who: str) -> None:
    actor = an_actor(house, who)
    with pytest.raises(NotPermitted):
        read_mail_state(house, actor)
    with pytest.raises(NotPermitted):
        try_again(house, actor, kind="granted", on=TODAY)
