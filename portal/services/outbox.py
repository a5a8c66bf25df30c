"""The outbox: e-mails are rows of the transaction they tell of, and leave after the commit.

Nothing is lost (the row stands until a carrier took the message) and nothing is sent for an act
that never happened. A message that is taken twice carries the same key both times.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from portal.domain.ports import Carrier
from portal.models.records import OutboxMessage
from portal.services.house import House

_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)


def post_email(house: House, kind: str, *, recipient: str, language: str, facts: Mapping[str, Any]) -> None:
    """Write an e-mail of a kind in a language into the outbox; the caller commits."""
    letter = house.stationery.write_email(kind, language, facts)
    post_words(
        house,
        kind,
        recipient=recipient,
        language=language,
        subject=letter.subject,
        body=letter.body,
    )


def post_words(house: House, kind: str, *, recipient: str, language: str, subject: str, body: str) -> None:
    """Put words that are already written into the outbox; the caller commits."""
    now = house.clock.now()
    house.session.add(
        OutboxMessage(
            id=house.new_key(),
            kind=kind,
            recipient=recipient,
            language=language,
            subject=subject[:200],
            body=body,
            created_at=now,
            next_try_at=now,
            tries=0,
        )
    )


def deliver_due(house: House, carrier: Carrier, *, most: int = 50) -> int:
    """Hand over what is due, oldest first; returns how many left. Each message commits by itself.

    A refusal by the carrier waits twice as long each time, six hours at most.
    """
    due = house.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.sent_at.is_(None), OutboxMessage.next_try_at <= house.clock.now())
        .order_by(OutboxMessage.next_try_at, OutboxMessage.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    left = 0
    for message in due:
        left += _hand_over(house, carrier, message)
        house.session.commit()
    return left


def _hand_over(house: House, carrier: Carrier, message: OutboxMessage) -> int:
    try:
        carrier.send(
            recipient=message.recipient,
            subject=message.subject,
            body=message.body,
            key=str(message.id),
        )
    except OSError as error:
        message.tries += 1
        wait = min(_FIRST_WAIT * 2 ** (message.tries - 1), _LONGEST_WAIT)
        message.next_try_at = house.clock.now() + wait
        message.last_error = str(error)[:200]
        return 0
    message.sent_at = house.clock.now()
    return 1
