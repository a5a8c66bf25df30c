"""A fault in a rulebook: where it is, what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Broken stops the portal's start; a fault fails the lint; a warning is only said."""

    BROKEN = "broken"
    FAULT = "fault"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the rulebook, as exact as it is known."""

    file: str
    version: str | None = None
    clause: str | None = None

    def __str__(self) -> str:
        version = f", version {self.version}" if self.version else ""
        clause = f", clause {self.clause}" if self.clause else ""
        return f"{self.file}{version}{clause}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong. ``code`` is stable; the message and the remedy are for the editor."""

    code: str
    place: Place
    message: str
    remedy: str
    severity: Severity = Severity.BROKEN

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.remedy} [{self.code}]"

    def to_json(self) -> dict[str, str | None]:
        """Plain values only."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": self.place.file,
            "version": self.place.version,
            "clause": self.place.clause,
            "message": self.message,
            "remedy": self.remedy,
        }


def in_reading_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Gravest first, then by place; each said once."""
    gravity = {severity: rank for rank, severity in enumerate(Severity)}
    return tuple(
        sorted(
            dict.fromkeys(faults),
            key=lambda fault: (gravity[fault.severity], str(fault.place), fault.code, fault.message),
        )
    )
