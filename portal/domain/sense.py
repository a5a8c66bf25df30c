"""Which days and words a person states make sense, whatever a rule later makes of them.

Owns the faults a record can have in itself: a day that lies ahead, an end before its beginning, a
licence before birth. It must not know forms or rows. Every fault of a record is given at once, so
that a form can show them all; a use case refuses with the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
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


CREDENTIAL_DAYS: Final = tuple(each.name for each in fields(CredentialDays))


@dataclass(frozen=True, slots=True)
class _Codes:
    """What the faults of a kind of record are called, so that each can have words of its own."""

    missing: str
    ahead: str
    before_birth: str
    too_old: str
    wrong_order: str
    end_ahead: str


_CREDENTIAL: Final = _Codes(
    missing="credential.day_missing",
    ahead="credential.day_ahead",
    before_birth="credential.day_before_birth",
    too_old="credential.day_too_old",
    wrong_order="credential.ends_before_it_begins",
    end_ahead="credential.end_ahead",
)
_WORK: Final = _Codes(
    missing="work.day_missing",
    ahead="work.day_ahead",
    before_birth="work.day_before_birth",
    too_old="work.day_too_old",
    wrong_order="work.ends_before_it_begins",
    end_ahead="work.end_ahead",
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What every day is held against: the present, and the birthday when it is known."""

    today: date
    born_on: date | None = None


def credential_faults(days: CredentialDays, asked: DatesAsked, limits: Limits) -> list[Refused]:
    """Everything that does not make sense about the days of a credential."""
    faults: list[Refused] = []
    if asked.awarded:
        faults += _needed_past(_CREDENTIAL, "awarded_on", days.awarded_on, limits)
    if asked.period:
        faults += _needed_past(_CREDENTIAL, "begun_on", days.begun_on, limits)
        faults += _ending(_CREDENTIAL, days.begun_on, days.ended_on, limits)
    if asked.expiry:
        faults += _expiry(days, limits)
    return faults


def work_faults(begun_on: date | None, ended_on: date | None, limits: Limits) -> list[Refused]:
    """Everything that does not make sense about the days of a period of work."""
    faults = _needed_past(_WORK, "begun_on", begun_on, limits)
    if (
        not faults
        and begun_on
        and limits.born_on
        and _years(limits.born_on, begun_on) < YOUNGEST_WORKER_YEARS
    ):
        faults = [Refused("work.too_young", field="begun_on", years=YOUNGEST_WORKER_YEARS)]
    return faults + _ending(_WORK, begun_on, ended_on, limits)


def birth_faults(born_on: date | None, today: date) -> list[Refused]:
    """What does not make sense about a date of birth; none is no fault."""
    if born_on is None:
        return []
    if born_on > today:
        return [Refused("person.born_ahead", field="born_on")]
    if not YOUNGEST_WORKER_YEARS <= _years(born_on, today) <= OLDEST_PERSON_YEARS:
        return [Refused("person.born_implausibly", field="born_on")]
    return []


def length_faults(code: str, typed: Mapping[str, str], longest: Mapping[str, int]) -> list[Refused]:
    """Texts longer than they may be, each at its field with both counts."""
    return [
        Refused(code, field=field, most=longest[field], typed=len(text))
        for field, text in typed.items()
        if field in longest and len(text) > longest[field]
    ]


def refuse_first(faults: Iterable[Refused]) -> None:
    """Refuse with the first fault; nothing when there is none."""
    for fault in faults:
        raise fault


def _needed_past(codes: _Codes, field: str, day: date | None, limits: Limits) -> list[Refused]:
    """Faults of a day that must have come: none given, ahead of today, before birth, absurdly old."""
    if day is None:
        return [Refused(codes.missing, field=field)]
    if day > limits.today:
        return [Refused(codes.ahead, field=field)]
    if limits.born_on is not None and day < limits.born_on:
        return [Refused(codes.before_birth, field=field)]
    if day.year < limits.today.year - LONGEST_AGO_YEARS:
        return [Refused(codes.too_old, field=field)]
    return []


def _ending(codes: _Codes, begun_on: date | None, ended_on: date | None, limits: Limits) -> list[Refused]:
    if ended_on is None:
        return []
    if begun_on is not None and ended_on < begun_on:
        return [Refused(codes.wrong_order, field="ended_on")]
    if ended_on > limits.today:
        return [Refused(codes.end_ahead, field="ended_on")]
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
