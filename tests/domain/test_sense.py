"""Days and words that make sense, and those that cannot be true."""

from __future__ import annotations

from datetime import date

import pytest

from portal.domain.credentials import Kind, dates_asked
from portal.domain.errors import Refused
from portal.domain.sense import (
    CredentialDays,
    Limits,
    birth_faults,
    credential_faults,
    length_faults,
    refuse_first,
    work_faults,
)

TODAY = date(2026, 11, 22)
BORN = date(1990, 5, 17)
LIMITS = Limits(TODAY, BORN)


def codes(faults: list[Refused]) -> list[tuple[str, str | None]]:
    return [(fault.code.partition(".")[2], fault.field) for fault in faults]


@pytest.mark.parametrize(
    ("kind", "days", "expected"),
    [
        (Kind.EXAM_PAPER, CredentialDays(awarded_on=TODAY), []),
        (Kind.EXAM_PAPER, CredentialDays(), [("day_missing", "awarded_on")]),
        (Kind.EXAM_PAPER, CredentialDays(awarded_on=date(2026, 11, 23)), [("day_ahead", "awarded_on")]),
        (Kind.EXAM_PAPER, CredentialDays(awarded_on=date(1990, 5, 16)), [("day_before_birth", "awarded_on")]),
        (Kind.LICENCE, CredentialDays(begun_on=date(2020, 1, 1)), []),
        (Kind.LICENCE, CredentialDays(begun_on=date(2020, 1, 1), ended_on=date(2020, 1, 1)), []),
        (
            Kind.LICENCE,
            CredentialDays(begun_on=date(2020, 1, 1), ended_on=date(2019, 12, 31)),
            [("ends_before_it_begins", "ended_on")],
        ),
        (
            Kind.LICENCE,
            CredentialDays(begun_on=date(2020, 1, 1), ended_on=date(2027, 1, 1)),
            [("end_ahead", "ended_on")],
        ),
        (
            Kind.LICENCE,
            CredentialDays(begun_on=date(2027, 1, 1), ended_on=date(2026, 1, 1)),
            [("day_ahead", "begun_on"), ("ends_before_it_begins", "ended_on")],
        ),
        (Kind.CERTIFICATE, CredentialDays(date(2024, 1, 1), valid_until=date(2027, 1, 1)), []),
        (
            Kind.CERTIFICATE,
            CredentialDays(date(2024, 1, 1), valid_until=date(2023, 1, 1)),
            [("expires_before_award", "valid_until")],
        ),
        (
            Kind.CERTIFICATE,
            CredentialDays(date(2024, 1, 1), valid_until=date(2199, 1, 1)),
            [("expires_too_far_ahead", "valid_until")],
        ),
    ],
)
def test_the_days_of_a_credential_make_sense_or_are_named_at_their_field(
    kind: Kind, days: CredentialDays, expected: list[tuple[str, str]]
) -> None:
    assert codes(credential_faults(days, dates_asked(kind), LIMITS)) == expected


def test_a_day_longer_ago_than_any_working_life_is_a_slip() -> None:
    unknown_birth = Limits(TODAY)
    faults = credential_faults(
        CredentialDays(awarded_on=date(1900, 1, 1)), dates_asked(Kind.COURSE), unknown_birth
    )
    assert codes(faults) == [("day_too_old", "awarded_on")]


@pytest.mark.parametrize(
    ("begun_on", "ended_on", "expected"),
    [
        (date(2020, 1, 1), None, []),
        (date(2020, 1, 1), TODAY, []),
        (None, None, [("day_missing", "begun_on")]),
        (date(2026, 12, 1), None, [("day_ahead", "begun_on")]),
        (date(1989, 1, 1), None, [("day_before_birth", "begun_on")]),
        (date(2003, 1, 1), None, [("too_young", "begun_on")]),
        (date(2020, 1, 2), date(2020, 1, 1), [("ends_before_it_begins", "ended_on")]),
        (date(2020, 1, 1), date(2026, 11, 23), [("end_ahead", "ended_on")]),
    ],
)
def test_the_days_of_work_make_sense_or_are_named_at_their_field(
    begun_on: date | None, ended_on: date | None, expected: list[tuple[str, str]]
) -> None:
    assert codes(work_faults(begun_on, ended_on, LIMITS)) == expected


@pytest.mark.parametrize(
    ("born_on", "expected"),
    [
        (None, []),
        (BORN, []),
        (date(2027, 1, 1), [("born_ahead", "born_on")]),
        (date(2020, 1, 1), [("born_implausibly", "born_on")]),
        (date(1900, 1, 1), [("born_implausibly", "born_on")]),
    ],
)
def test_a_birthday_is_that_of_somebody_who_works(
    born_on: date | None, expected: list[tuple[str, str]]
) -> None:
    assert codes(birth_faults(born_on, TODAY)) == expected


def test_an_overlong_text_is_refused_with_both_counts() -> None:
    (fault,) = length_faults(
        "work.too_long", {"employer": "橋" * 161, "post": ""}, {"employer": 160, "post": 120}
    )
    assert fault.field == "employer"
    assert fault.params == {"most": 160, "typed": 161}


def test_the_first_fault_refuses_and_none_lets_pass() -> None:
    refuse_first([])
    with pytest.raises(Refused, match=r"work\.day_missing"):
        refuse_first(work_faults(None, None, LIMITS))
