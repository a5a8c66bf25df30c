"""The present: the machine's clock, or one that stands where it was put."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

# Hong Kong and Shenzhen keep the same time, without summer time.
BOTH_BANKS = ZoneInfo("Asia/Hong_Kong")


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The present day on both banks."""
        return self.now().astimezone(BOTH_BANKS).date()


class SettableClock:
    """A clock that moves only when told to: for demonstrations and tests, never for service."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """The instant it was put to."""
        return self._now

    def today(self) -> date:
        """The day of that instant on both banks."""
        return self._now.astimezone(BOTH_BANKS).date()

    def put_to(self, now: datetime) -> None:
        """Stand at another instant."""
        self._now = now

    def advance(self, by: timedelta) -> None:
        """Move on."""
        self._now += by
