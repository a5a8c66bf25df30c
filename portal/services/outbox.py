"""The outbox: e-mails are rows of the transaction they tell of, and leave after the commit.

Nothing is lost (the row stands until a carrier took the message) and nothing is sent for an act
that never happened. A message that is taken twice carries the same key both times. One that no
carrier took in about three days counts as failed, so that nobody waits in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from portal.domain.ports import Carrier
from portal.models.records import OutboxMessage
from portal.services.house import House

_FIRST_WAIT: Final = timedelta(minutes=1)
_LONGEST_WAIT: Final = timedelta(hours=6)
# With the waits above, the last try comes a little more than three days after the first.
TRIES_IN_ALL: Final = 21


def post_email(house: House, kind: str, *, recipient: str, language: str, facts: Mapping[str, Any]) -> UUID:
    """Write an e-mail of a kind in a language into the outbox; the caller commits. Gives its key."""
    letter = house.stationery.write_email(kind, language, facts)
    return post_words(
        house,
        kind,
        recipient=recipient,
        language=language,
        subject=letter.subject,
        body=letter.body,
    )


def post_words(house: House, kind: str, *, recipient: str, language: str, subject: str, body: str) -> UUID:
    """Put words that are already written into the outbox; the caller commits. Gives the key."""
    now = house.clock.now()
    message = OutboxMessage(
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
    house.session.add(message)
    return message.id


def deliver_due(house: House, carrier: Carrier, *, most: int = 50) -> int:
    """Hand over what is due, oldest first; returns how many left. Each message commits by itself.

    A refusal by the carrier waits twice as long each time, six hours at most, and the last one
    makes the message a failed one.
    """
    due = house.session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.failed_at.is_(None),
            OutboxMessage.next_try_at <= house.clock.now(),
        )
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
    now = house.clock.now()
    message.last_try_at = now
    try:
        carrier.send(
            recipient=message.recipient,
            subject=message.subject,
            body=message.body,
            key=str(message.id),
        )
    except OSError as error:
        message.tries += 1
        message.next_try_at = now + min(_FIRST_WAIT * 2 ** (message.tries - 1), _LONGEST_WAIT)
        message.failed_at = now if message.tries >= TRIES_IN_ALL else None
        # What a server answers may repeat the address; the kind of the refusal says enough.
        message.last_error = type(error).__name__
        return 0
    message.sent_at = now
    return 1
