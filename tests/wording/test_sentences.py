"""Every reason of the engine becomes one natural sentence in each language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from portal.domain.rules.catalogue import Qualification, Source, Vocabulary
from portal.domain.rules.reasons import REASONS, Because, ParamKind, ParamValue
from portal.domain.rules.rulesets import Target
from portal.domain.texts import Text
from portal.wording.languages import ENGLISH, HONG_KONG, LANGUAGES, MAINLAND, Language
from portal.wording.reasons import SENTENCES
from portal.wording.sentences import Sayer
from tests.wording.wording_faults import faults_of

LAW = Text("Law", "法律", "法学")
PAPER = Text(
    "HKSI Licensing Examination Paper 1", "證券及期貨從業員資格考試卷一", "香港证券及期货从业员资格考试卷一"
)


def qualification(code: str, title: Text) -> Qualification:
    return Qualification(code, "exam-paper", "hk", "hksi", title, (), (), None, "test.toml")


@dataclass(frozen=True)
class SomeNames:
    """The names of a very small rulebook."""

    qualifications: Mapping[str, Qualification] = field(
        default_factory=lambda: {"paper-1": qualification("paper-1", PAPER)}
    )
    targets: Mapping[str, Target] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    vocabulary: Vocabulary = field(
        default_factory=lambda: {
            "fields": {"law": LAW},
            "attributes": {"field": Text("Field of study", "主修學科", "所学专业")},
        }
    )


def sample(kind: ParamKind) -> ParamValue:
    """A value such as the engine gives for a kind of parameter."""
    if kind is ParamKind.DAY:
        return date(2026, 11, 2)
    if kind is ParamKind.MONTHS:
        return Decimal("26")
    if kind is ParamKind.NUMBER:
        return 36
    if kind is ParamKind.SITTING:
        return "2026-1"
    if kind in (ParamKind.QUESTION, ParamKind.DOCUMENT):
        return Text("Is the transcript complete?", "成績單是否齊備？", "成绩单是否齐全？")
    if kind in (ParamKind.QUALIFICATION, ParamKind.QUALIFICATIONS):
        return ("paper-1",) if kind is ParamKind.QUALIFICATIONS else "paper-1"
    return ("law",) if kind.value.endswith("s") else "law"


def say(because: Because, language: Language) -> str:
    return Sayer(SomeNames(), language, {"law": LAW}).say(because)


def test_every_code_has_a_sentence_and_no_sentence_is_idle() -> None:
    assert set(SENTENCES) == set(REASONS)


@pytest.mark.parametrize("code", REASONS)
def test_a_sentence_uses_only_what_the_engine_gives(code: str) -> None:
    given = set(REASONS[code]) | ({"had"} if "months_low" in REASONS[code] else set())
    assert set(re.findall(r"%\((\w+)\)s", SENTENCES[code])) <= given


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
@pytest.mark.parametrize("code", REASONS)
def test_every_reason_is_said_in_full(code: str, language: Language) -> None:
    because = Because(code, {name: sample(kind) for name, kind in REASONS[code].items()})
    sentence = say(because, language)
    assert "%(" not in sentence
    assert "{" not in sentence
    if language is ENGLISH:
        assert sentence[-1] in ".”?"
        assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] == "“"
    else:
        assert sentence != SENTENCES[code]
        assert not [fault for fault in faults_of(sentence, language) if "从业员" not in fault]


def test_a_day_on_which_a_paper_lapses_is_said_as_each_side_says_it() -> None:
    because = Because(
        "holds.found_until",
        {"qualification": "paper-1", "on": date(2024, 3, 1), "lapses_on": date(2027, 3, 1)},
    )
    assert say(because, ENGLISH) == (
        "HKSI Licensing Examination Paper 1 was obtained on 1 March 2024. It stops counting on 1 March 2027."
    )
    assert (
        say(because, HONG_KONG)
        == "於2024年3月1日取得證券及期貨從業員資格考試卷一，由2027年3月1日起不再計算。"
    )
    assert (
        say(because, MAINLAND)
        == "2024年3月1日取得香港证券及期货从业员资格考试卷一，自2027年3月1日起不再采用。"
    )


def test_an_open_count_is_said_as_a_range_and_an_even_one_in_years() -> None:
    months = {"months_low": Decimal("30"), "months_high": Decimal("34.5"), "needed": 36}
    assert "30 to 34.5 months" in say(Because("experience.open_counting", months), ENGLISH)
    even = {"months_low": Decimal("24"), "months_high": Decimal("24.0"), "needed": 36}
    assert say(Because("experience.short", even), ENGLISH) == (
        "Work that counts: only 2 years. Asked for: 3 years."
    )


def test_a_long_list_is_cut_and_a_name_said_twice_is_said_once() -> None:
    names = SomeNames(
        qualifications={
            f"q{place}": qualification(f"q{place}", Text(f"Paper {place // 2}", "卷", "卷"))
            for place in range(12)
        }
    )
    because = Because("holds.none_found", {"qualifications": tuple(names.qualifications)})
    assert Sayer(names, ENGLISH).say(because) == (
        "Not among the credentials: Paper 0, Paper 1, Paper 2 or 3 others."
    )


def test_a_name_the_rulebook_no_longer_has_is_said_by_its_code() -> None:
    because = Because("holds.held", {"qualification": "gone.paper"})
    assert say(because, ENGLISH) == "gone.paper is held."


def test_an_unknown_code_has_no_sentence() -> None:
    with pytest.raises(KeyError):
        say(Because("holds.dreamt", {}), ENGLISH)
