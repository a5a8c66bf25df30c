"""Qualifications that are not listed: which requests and answers make sense, and whose they are."""

from __future__ import annotations

import pytest

from portal.domain.places import Jurisdiction
from portal.domain.unlisted import (
    Answered,
    AnswerKind,
    Asked,
    RequestSide,
    WhyNotCounted,
    answer_faults,
    asked_faults,
    sides_of,
)

GOOD = Asked("Certified Harbour Economist", "Harbour Institute", RequestSide.ELSEWHERE)


def codes(faults: list[object]) -> list[tuple[str, str | None]]:
    return [(getattr(one, "code", ""), getattr(one, "field", None)) for one in faults]


def test_everything_missing_from_a_request_is_said_at_once() -> None:
    assert codes(list(asked_faults(Asked("", "", None)))) == [
        ("request.title_missing", "title"),
        ("request.awarding_body_missing", "awarded_by"),
        ("request.side_missing", "side"),
    ]
    assert asked_faults(GOOD) == []


@pytest.mark.parametrize(
    ("link", "is_good"),
    [
        ("https://example.org/che", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,hello", False),
        ("example.org", False),
        ("https://somebody:secret@example.org", False),
        ("https://localhost", False),
        ("https://[", False),
    ],
)
def test_a_link_is_a_page_and_nothing_that_runs(link: str, is_good: bool) -> None:
    faults = asked_faults(Asked(GOOD.title, GOOD.awarded_by, GOOD.side, link=link))
    assert codes(list(faults)) == ([] if is_good else [("request.link_malformed", "link")])


def test_texts_have_an_end() -> None:
    faults = asked_faults(Asked("x" * 161, "y" * 160, GOOD.side, note="z" * 1001))
    assert codes(list(faults)) == [("request.too_long", "title"), ("request.too_long", "note")]


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        (Answered(None), [("request.answer_missing", "kind")]),
        (Answered(AnswerKind.LISTED), [("request.entry_missing", "listed_as")]),
        (Answered(AnswerKind.DOES_NOT_COUNT), [("request.reason_missing", "reason")]),
        (Answered(AnswerKind.DOES_NOT_COUNT, reason=WhyNotCounted.NOT_READ), []),
        (Answered(AnswerKind.WILL_BE_ADDED, remark="x" * 501), [("request.too_long", "remark")]),
        (Answered(AnswerKind.WILL_BE_ADDED), []),
    ],
)
def test_an_answer_brings_what_its_kind_needs(
    answered: Answered, expected: list[tuple[str, str | None]]
) -> None:
    assert codes(list(answer_faults(answered))) == expected


def test_what_is_awarded_elsewhere_is_both_sides_affair() -> None:
    hong_kong, shenzhen = (sides_of(frozenset({one})) for one in Jurisdiction)
    assert hong_kong == {RequestSide.HONG_KONG, RequestSide.ELSEWHERE}
    assert shenzhen == {RequestSide.SHENZHEN, RequestSide.ELSEWHERE}
    assert sides_of(frozenset()) == frozenset()
