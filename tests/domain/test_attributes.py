"""What is asked about a credential beside its days, and which answers make no sense."""

from __future__ import annotations

from datetime import date

import pytest

from portal.domain.attributes import attribute_faults, choices_for, settled
from portal.rulebook.loader import load

BOOK = load()
TODAY = date(2026, 11, 22)


def codes(code: str, answers: dict[str, str]) -> list[tuple[str, str | None]]:
    faults = attribute_faults(
        BOOK.qualifications[code],
        answers,
        catalogue=BOOK.qualifications,
        vocabulary=BOOK.vocabulary,
        today=TODAY,
    )
    return [(fault.code.partition(".")[2], fault.field) for fault in faults]


@pytest.mark.parametrize(
    ("code", "answers", "expected"),
    [
        ("education.degree", {"level": "bachelor", "field": "finance", "place": "hk"}, []),
        ("education.degree", {"level": "bachelor", "field": "arts", "courses": "會計學；公司法"}, []),
        ("education.degree", {"level": "bachelor", "courses": "x" * 301}, [("too_long", "courses")]),
        ("education.degree", {}, [("level_missing", "level")]),
        ("education.degree", {"level": "emperor"}, [("answer_unknown", "level")]),
        ("education.degree", {"level": "master", "field": "alchemy"}, [("answer_unknown", "field")]),
        ("education.degree", {"level": "master", "place": "shenzhen"}, [("answer_unknown", "place")]),
        ("education.degree", {"level": "master", "school": "橋" * 161}, [("too_long", "school")]),
        ("cba.intermediate.law", {"sitting": "2026-1", "score": "84", "number": "A1"}, []),
        ("cba.intermediate.law", {"sitting": "2027-1"}, [("sitting_implausible", "sitting")]),
        ("cba.intermediate.law", {"sitting": "2026-3"}, [("sitting_implausible", "sitting")]),
        ("cba.intermediate.law", {"score": "-1"}, [("score_implausible", "score")]),
        ("cba.intermediate.law", {"score": "1001"}, [("score_implausible", "score")]),
        ("cba.intermediate.law", {"score": "八十"}, [("score_implausible", "score")]),
        ("cba.intermediate.law", {"number": "9" * 61}, [("too_long", "number")]),
        ("hksi.le.paper-1", {"sitting_place": "shenzhen"}, []),
        ("hksi.le.paper-1", {"level": "bachelor"}, [("attribute_unknown", None)]),
    ],
)
def test_answers_are_those_the_catalogue_takes(
    code: str, answers: dict[str, str], expected: list[tuple[str, str | None]]
) -> None:
    assert codes(code, answers) == expected


def test_the_streams_of_a_banking_certificate_are_the_papers_behind_it() -> None:
    entry = BOOK.qualifications["cba.intermediate.certificate"]
    choices = choices_for("stream", entry, BOOK.qualifications, BOOK.vocabulary)
    assert choices is not None
    assert "corporate-credit" in choices
    assert "law" not in choices


def test_a_stream_without_papers_takes_any_words() -> None:
    entry = BOOK.qualifications["cnitsec.cisp"]
    assert choices_for("stream", entry, BOOK.qualifications, BOOK.vocabulary) is None


def test_answers_are_kept_as_rules_read_them() -> None:
    answers = {"score": "84", "sitting": "2026-1", "number": "A1", "stream": ""}
    assert settled(answers) == {"score": 84, "sitting": "2026-1"}
