"""The days of an intake: until when one may ask, when a freed place may pass on, by when to reply.

Owns arithmetic on days. It must not know places, people or the database.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from portal.domain.enrolments import EnrolmentState

DAYS_TO_REPLY: Final = 7
_ONE_DAY: Final = timedelta(days=1)


def is_open_for_enrolment(*, enrol_by: date, on: date) -> bool:
    """True until the last day for enrolling, that day included."""
    return on <= enrol_by


def may_pass_on(*, starts_on: date, on: date) -> bool:
    """True while a freed place may still be offered: never from the day the course starts.

    >>> may_pass_on(starts_on=date(2027, 1, 12), on=date(2027, 1, 11))
    True
    >>> may_pass_on(starts_on=date(2027, 1, 12), on=date(2027, 1, 12))
    False
    """
    return on < starts_on


def reply_day(*, starts_on: date, on: date) -> date:
    """By which day a place offered today has to be confirmed: a week, but before the course starts.

    >>> reply_day(starts_on=date(2027, 1, 12), on=date(2027, 1, 8))
    datetime.date(2027, 1, 11)
    """
    return min(on + timedelta(days=DAYS_TO_REPLY), max(on, starts_on - _ONE_DAY))


def offer_has_lapsed(state: EnrolmentState, reply_by: date | None, *, on: date) -> bool:
    """True for a place that was offered and not confirmed by its day."""
    return state is EnrolmentState.OFFERED and reply_by is not None and on > reply_by


def next_day(state: EnrolmentState, *, starts_on: date, ends_on: date, on: date) -> date | None:
    """The next day that counts in a course a place is confirmed in: its first, then its last.

    >>> course = {"starts_on": date(2027, 1, 12), "ends_on": date(2027, 3, 30)}
    >>> next_day(EnrolmentState.CONFIRMED, **course, on=date(2027, 1, 13))
    datetime.date(2027, 3, 30)
    """
    if state is not EnrolmentState.CONFIRMED:
        return None
    return next((day for day in (starts_on, ends_on) if day >= on), None)
