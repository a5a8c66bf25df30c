"""What the use cases need from the outside world, as small protocols. The adapters keep them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""

    def today(self) -> date:
        """The present day on both banks: Hong Kong and Shenzhen keep the same time."""


class Entropy(Protocol):
    """The only source of chance."""

    def bytes(self, count: int) -> bytes:
        """So many unpredictable bytes."""


class Storage(Protocol):
    """Where the bytes of evidence lie. A key is written once and never overwritten."""

    def put(self, key: str, content: bytes) -> None:
        """Store; refuses with FileExistsError when the key is taken."""

    def get(self, key: str) -> bytes:
        """Read back; KeyError when there is nothing."""

    def delete(self, key: str) -> None:
        """Remove; silent when there is nothing."""


class ScanResult(StrEnum):
    """What a scanner says of a file. An unscanned file says so wherever it is offered."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"


class Scanner(Protocol):
    """The malware gate."""

    def scan(self, content: bytes) -> ScanResult:
        """Look at the bytes before anybody may open them."""


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter as it was sent: words frozen, in one language."""

    language: str
    subject: str
    body: str


class Stationery(Protocol):
    """Writes letters and e-mails in a person's language."""

    def write_letter(self, kind: str, language: str, facts: Mapping[str, Any]) -> WrittenLetter:
        """The words of a letter; KeyError for an unknown kind."""

    def write_email(self, kind: str, language: str, facts: Mapping[str, Any]) -> WrittenLetter:
        """The words of an e-mail: never with personal data beyond a greeting and a reference."""


class Carrier(Protocol):
    """Takes e-mail away."""

    def send(self, *, recipient: str, subject: str, body: str, key: str) -> None:
        """Hand one message over; raises OSError when it cannot be taken now."""
