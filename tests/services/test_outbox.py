"""Nothing is lost, nothing is sent for an act that never happened, and a refusal is tried again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.models.records import OutboxMessage
from portal.services.house import House
from portal.services.outbox import deliver_due, post_words


class Postman:
    """A carrier whose doors can be closed."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        self.is_closed = False

    def send(self, *, recipient: str, subject: str, body: str, key: str) -> None:
        if self.is_closed:
            raise OSError("closed")
        self.taken.append((recipient, key))


def post(house: House, recipient: str = "mei.lam@example.com") -> None:
    post_words(house, "test", recipient=recipient, language="en", subject="Hello", body="Words")


def test_a_message_leaves_once(house: House) -> None:
    postman = Postman()
    post(house)
    house.session.commit()
    assert deliver_due(house, postman) == 1
    assert deliver_due(house, postman) == 0
    assert len(postman.taken) == 1


def test_an_act_that_is_rolled_back_sends_nothing(house: House) -> None:
    postman = Postman()
    post(house)
    house.session.rollback()
    assert deliver_due(house, postman) == 0


def test_a_closed_door_is_tried_again_later_and_later(house: House, clock: SettableClock) -> None:
    postman = Postman()
    postman.is_closed = True
    post(house)
    house.session.commit()
    waits = []
    for _ in range(12):
        assert deliver_due(house, postman) == 0
        message = house.session.scalars(select(OutboxMessage)).one()
        waits.append(message.next_try_at - clock.now())
        clock.put_to(message.next_try_at)
    assert waits[:4] == [timedelta(minutes=m) for m in (1, 2, 4, 8)]
    assert max(waits) == timedelta(hours=6)
    postman.is_closed = False
    assert deliver_due(house, postman) == 1
    assert message.sent_at == clock.now()


def test_a_message_not_yet_due_waits(house: House, clock: SettableClock) -> None:
    postman = Postman()
    post(house)
    house.session.commit()
    clock.advance(timedelta(minutes=-5))
    assert deliver_due(house, postman) == 0


@pytest.mark.parametrize("count", [3])
def test_one_refused_recipient_does_not_hold_up_the_others(house: House, count: int) -> None:
    class Picky(Postman):
        def send(self, *, recipient: str, subject: str, body: str, key: str) -> None:
            if recipient == "no@example.com":
                raise OSError("no such box")
            super().send(recipient=recipient, subject=subject, body=body, key=key)

    post(house, "no@example.com")
    for number in range(count):
        post(house, f"{number}@example.com")
    house.session.commit()
    assert deliver_due(house, Picky()) == count
