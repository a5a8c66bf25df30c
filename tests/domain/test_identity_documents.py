"""Numbers of identity documents: forms, check digits, and what may be kept. All numbers are invented."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, strategies as st

from portal.domain.identity_documents import (
    DocumentKind,
    StatedDocument,
    document_faults,
    hkid_check_character,
    mainland_check_character,
)

TODAY = date(2026, 11, 22)
HKID, MAINLAND = DocumentKind.HKID, DocumentKind.MAINLAND_ID
PERMIT, PASSPORT = DocumentKind.HOME_RETURN_PERMIT, DocumentKind.PASSPORT


def codes(kind: DocumentKind, number: str, *, issuer: str = "", born_on: date | None = None) -> list[str]:
    return [fault.code for fault in document_faults(StatedDocument(kind, number, issuer), TODAY, born_on)]


def hkid(letters: str, figures: str) -> str:
    return f"{letters}{figures}{hkid_check_character(letters + figures)}"


def mainland(region: str, born_on: date, serial: str) -> str:
    body = f"{region}{born_on:%Y%m%d}{serial}"
    return body + mainland_check_character(body)


@pytest.mark.parametrize(
    "number", ["A123456(3)", "a1234563", "AB987654(3)", "ab 987654 3", "Ａ１２３４５６（３）", "G123456(A)"]
)
def test_a_sound_hong_kong_number_passes_however_it_is_typed(number: str) -> None:
    assert codes(HKID, number) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "document.number_missing"),
        ("()", "document.number_missing"),
        ("A123456(4)", "document.hkid_check"),
        ("A123465(3)", "document.hkid_check"),
        ("A12345(3)", "document.hkid_form"),
        ("ABC123456(3)", "document.hkid_form"),
        ("1234567", "document.hkid_form"),
        ("A123456(B)", "document.hkid_form"),
        ("A" * 41, "document.hkid_form"),
        ("٠١٢٣٤٥٦", "document.hkid_form"),
    ],
)
def test_what_is_wrong_with_a_hong_kong_number(number: str, code: str) -> None:
    assert codes(HKID, number) == [code]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("11010519491231002X", None),
        ("110105 19491231 002x", None),
        ("110105194912310021", "document.mainland_check"),
        ("11010519491231002", "document.mainland_form"),
        ("1101051949123100XX", "document.mainland_form"),
        ("X1010519491231002X", "document.mainland_form"),
    ],
)
def test_a_mainland_number(number: str, code: str | None) -> None:
    assert codes(MAINLAND, number) == ([code] if code else [])


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("00010519491231002", "no such region"),
        ("99010519491231002", "no such region"),
        ("11010519491331002", "no such month"),
        ("11010520270101002", "a birthday ahead"),
    ],
)
def test_a_mainland_number_with_a_sound_check_digit_may_still_be_none(body: str, why: str) -> None:
    assert codes(MAINLAND, body + mainland_check_character(body)) == ["document.mainland_inside"], why


def test_a_residence_permit_of_a_hong_kong_resident_has_a_number_of_the_same_kind() -> None:
    assert codes(MAINLAND, mainland("810000", date(1990, 5, 17), "001")) == []


def test_the_birthday_inside_a_mainland_number_is_held_against_the_stated_one() -> None:
    number = mainland("440300", date(1990, 5, 17), "001")
    assert codes(MAINLAND, number, born_on=date(1990, 5, 17)) == []
    assert codes(MAINLAND, number, born_on=date(1990, 5, 18)) == ["document.mainland_birth"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("H12345678", None),
        ("h1234567801", None),
        ("M12345678", None),
        ("H1234567", "document.permit_form"),
        ("H123456780", "document.permit_form"),
        ("T12345678", "document.permit_form"),
        ("123456789", "document.permit_form"),
    ],
)
def test_a_home_return_permit_of_the_newer_and_the_older_numbering(number: str, code: str | None) -> None:
    assert codes(PERMIT, number) == ([code] if code else [])


def test_the_older_and_the_newer_permit_of_one_person_compare_equal() -> None:
    older, newer = StatedDocument(PERMIT, "H1234567803"), StatedDocument(PERMIT, "H 1234 5678")
    assert older.compared == newer.compared
    assert older.last_four == newer.last_four == "5678"


@pytest.mark.parametrize(
    ("number", "issuer", "expected"),
    [
        ("K12345678", "CHN", []),
        ("123456789", "gbr", []),
        ("C01X00T47", "D", []),
        ("ABCDEFGHI", "GBR", ["document.passport_form"]),
        ("12345", "GBR", ["document.passport_form"]),
        ("K12345678", "", ["document.issuer_malformed"]),
        ("K12345678", "China", ["document.issuer_malformed"]),
        ("K1", "86", ["document.passport_form", "document.issuer_malformed"]),
    ],
)
def test_a_passport_is_checked_for_form_alone(number: str, issuer: str, expected: list[str]) -> None:
    assert codes(PASSPORT, number, issuer=issuer) == expected


def test_an_expiry_half_a_century_ahead_is_a_slip_and_a_past_one_is_none() -> None:
    def expiring(on: date) -> list[str]:
        return [fault.code for fault in document_faults(StatedDocument(HKID, "A1234563", "", on), TODAY)]

    assert expiring(TODAY - timedelta(days=1)) == []
    assert expiring(date(2077, 1, 1)) == ["document.expires_too_far_ahead"]


def test_faults_name_their_field() -> None:
    faults = document_faults(StatedDocument(PASSPORT, "", ""), TODAY)
    assert [fault.field for fault in faults] == ["identity_number", "issuer"]


def test_one_number_of_two_kinds_or_two_issuers_is_two_documents() -> None:
    compared = {
        StatedDocument(kind, "H12345678", issuer).compared
        for kind, issuer in ((PERMIT, ""), (PASSPORT, "CHN"), (PASSPORT, "GBR"))
    }
    assert len(compared) == 3


def test_a_document_never_says_its_number_when_it_is_printed() -> None:
    assert "123456" not in f"{StatedDocument(HKID, 'A123456(3)')!r} {StatedDocument(HKID, 'A123456(3)')}"


figures = st.text("0123456789", min_size=6, max_size=6)
letters = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=2)


@given(letters, figures, st.integers(0, 6), st.sampled_from("0123456789"))
def test_one_changed_figure_of_a_hong_kong_number_is_always_noticed(
    letter: str, body: str, place: int, changed: str
) -> None:
    number = hkid(letter, body)
    assert codes(HKID, number) == []
    at = len(letter) + place
    assume(number[at] != changed)
    assert codes(HKID, number[:at] + changed + number[at + 1 :]) == ["document.hkid_check"]


@given(
    st.sampled_from(["110105", "440300", "650100", "820000"]),
    st.dates(date(1930, 1, 1), date(2008, 12, 31)),
    st.text("0123456789", min_size=3, max_size=3),
    st.integers(0, 17),
    st.sampled_from("0123456789"),
)
def test_one_changed_figure_of_a_mainland_number_is_always_noticed(
    region: str, born_on: date, serial: str, place: int, changed: str
) -> None:
    number = mainland(region, born_on, serial)
    assert codes(MAINLAND, number, born_on=born_on) == []
    assume(number[place] != changed)
    assert codes(MAINLAND, number[:place] + changed + number[place + 1 :]) == ["document.mainland_check"]
