"""Which days and words a person states make sense, whatever a rule later makes of them.

Owns the faults a record can have in itself: a day that lies ahead, an end before its beginning, a
licence before birth. It must not know forms or rows. Every fault of a record is given at once, so
that a form can show them all; a use case refuses with the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.domain.credentials import DatesAsked
from portal.domain.errors import Refused

# Older than any working life: a slip of the finger, not a fact.
LONGEST_AGO_YEARS: Final = 80
OLDEST_PERSON_YEARS: Final = 110
YOUNGEST_WORKER_YEARS: Final = 14
LONGEST_AHEAD_YEARS: Final = 30


@dataclass(frozen=True, slots=True)
class CredentialDays:
    """The days of a credential as stated; which of them a kind has is ``DatesAsked``."""

    awarded_on: date | None = None
    begun_on: date | None = None
    ended_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What every day is held against: the present, and the birthday when it is known."""

    today: date
    born_on: date | None = None

    def faults_of_past_day(self, noun: str, field: str, day: date) -> list[Refused]:
        """Faults of a day that must have come: ahead of today, absurdly old, before birth."""
        if day > self.today:
            return [Refused(f"{noun}.day_ahead", field=field)]
        if self.born_on is not None and day < self.born_on:
            return [Refused(f"{noun}.day_before_birth", field=field)]
        if day.year < self.today.year - LONGEST_AGO_YEARS:
            return [Refused(f"{noun}.day_too_old", field=field)]
        return []


def credential_faults(days: CredentialDays, asked: DatesAsked, limits: Limits) -> list[Refused]:
    """Everything that does not make sense about the days of a credential."""
    faults: list[Refused] = []
    if asked.awarded:
        faults += _needed_past("credential", "awarded_on", days.awarded_on, limits)
    if asked.period:
        faults += _needed_past("credential", "begun_on", days.begun_on, limits)
        faults += _ending("credential", days.begun_on, days.ended_on, limits)
    if asked.expiry:
        faults += _expiry(days, limits)
    return faults


def work_faults(begun_on: date | None, ended_on: date | None, limits: Limits) -> list[Refused]:
    """Everything that does not make sense about the days of a period of work."""
    faults = _needed_past("work", "begun_on", begun_on, limits)
    if (
        not faults
        and begun_on
        and limits.born_on
        and _years(limits.born_on, begun_on) < YOUNGEST_WORKER_YEARS
    ):
        faults = [Refused("work.too_young", field="begun_on", years=YOUNGEST_WORKER_YEARS)]
    return faults + _ending("work", begun_on, ended_on, limits)


def birth_faults(born_on: date | None, today: date) -> list[Refused]:
    """What does not make sense about a date of birth; none is no fault."""
    if born_on is None:
        return []
    if born_on > today:
        return [Refused("person.born_ahead", field="born_on")]
    if not YOUNGEST_WORKER_YEARS <= _years(born_on, today) <= OLDEST_PERSON_YEARS:
        return [Refused("person.born_implausibly", field="born_on")]
    return []


def length_faults(noun: str, typed: Mapping[str, str], longest: Mapping[str, int]) -> list[Refused]:
    """Texts longer than they may be, each at its field with both counts."""
    return [
        Refused(f"{noun}.too_long", field=field, most=longest[field], typed=len(text))
        for field, text in typed.items()
        if field in longest and len(text) > longest[field]
    ]


def refuse_first(faults: Iterable[Refused]) -> None:
    """Refuse with the first fault; nothing when there is none."""
    for fault in faults:
        raise fault


def _needed_past(noun: str, field: str, day: date | None, limits: Limits) -> list[Refused]:
    if day is None:
        return [Refused(f"{noun}.day_missing", field=field)]
    return limits.faults_of_past_day(noun, field, day)


def _ending(noun: str, begun_on: date | None, ended_on: date | None, limits: Limits) -> list[Refused]:
    if ended_on is None:
        return []
    if begun_on is not None and ended_on < begun_on:
        return [Refused(f"{noun}.ends_before_it_begins", field="ended_on")]
    if ended_on > limits.today:
        return [Refused(f"{noun}.end_ahead", field="ended_on")]
    return []


def _expiry(days: CredentialDays, limits: Limits) -> list[Refused]:
    if days.valid_until is None:
        return []
    if days.awarded_on is not None and days.valid_until < days.awarded_on:
        return [Refused("credential.expires_before_award", field="valid_until")]
    if days.valid_until.year > limits.today.year + LONGEST_AHEAD_YEARS:
        return [Refused("credential.expires_too_far_ahead", field="valid_until")]
    return []


def _years(earlier: date, later: date) -> int:
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))
