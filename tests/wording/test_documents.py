"""The words of documents: a letter's body parted, a certificate's facts in three languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from portal.domain.places import Jurisdiction
from portal.domain.texts import Text
from portal.wording.certificates import CertificateFacts, PrintedCondition, certificate_facts
from portal.wording.documents import letter_parts
from portal.wording.languages import LANGUAGES, Language

TITLE = Text("Type 9", "第9類", "第9类")
FACTS = CertificateFacts(
    reference="CT-7K4M-2QR9",
    recognition="RH-7K4M-2QR9",
    place=Jurisdiction.HONG_KONG,
    home=Jurisdiction.SHENZHEN,
    name_latin="CHEN Wei",
    name_chinese="陈伟",
    target=TITLE,
    authority=Text("SFC", "證監會", "香港证监会"),
    remains=TITLE,
    check_elsewhere=TITLE,
    conditional=False,
    conditions=(),
    granted_on=date(2026, 11, 22),
    expires_on=None,
    recommended_on=date(2026, 11, 20),
    decided_on=date(2026, 11, 22),
    release=1,
    release_digest="0123456789abcdef" * 4,
    made_on=date(2026, 11, 23),
    code="SH-7K4M-2QR9",
    code_picture="<svg/>",
    check_address="bridge.example/check",
    checked_until=date(2027, 5, 31),
    operator="",
)


def test_a_letter_parts_into_what_it_is_made_of() -> None:
    body = (
        "Dear Mei,\n\nYou are recognised.\nFrom today.\n\nTo finish:\n– Paper 1, by 1 May\n– Paper 2\n\n"
        "The bridge, plank by plank:\n[■] Degree: met\n[▨] Paper 1: condition\n[ ] Sponsor: not met\n\n"
        "What remains with others\n– An employer: sponsor\nThe authority grants the licence."
    )
    assert letter_parts(body) == [
        {"kind": "text", "lines": ["Dear Mei,"]},
        {"kind": "text", "lines": ["You are recognised.", "From today."]},
        {"kind": "title", "lines": ["To finish:"]},
        {"kind": "points", "lines": ["Paper 1, by 1 May", "Paper 2"]},
        {"kind": "title", "lines": ["The bridge, plank by plank:"]},
        {
            "kind": "planks",
            "lines": [
                {"sign": "■", "words": "Degree: met"},
                {"sign": "▨", "words": "Paper 1: condition"},
                {"sign": " ", "words": "Sponsor: not met"},
            ],
        },
        {"kind": "title", "lines": ["What remains with others"]},
        {"kind": "points", "lines": ["An employer: sponsor"]},
        {"kind": "text", "lines": ["The authority grants the licence."]},
    ]


def test_an_empty_letter_has_no_parts() -> None:
    assert letter_parts("") == []


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_the_title_stands_in_all_three_languages_the_readers_first(language: Language) -> None:
    printed = certificate_facts(FACTS, language.locale)
    assert printed["target"][0]["words"] == TITLE.in_language(language.locale)
    assert {each["words"] for each in printed["target"]} == {"Type 9", "第9類", "第9类"}
    assert {each["region"] for each in printed["target"]} == {None, "hk", "cn"}


def test_a_name_is_written_in_the_shapes_of_its_own_city() -> None:
    printed = certificate_facts(FACTS, "zh_Hant_HK")
    assert printed["region"] == "hk"
    assert printed["names"][0] == {"lang": "zh", "region": "cn", "words": "陈伟"}


@pytest.mark.parametrize(("latin", "chinese"), [("CHEN Wei", ""), ("", "陈伟")])
def test_one_name_is_enough(latin: str, chinese: str) -> None:
    printed = certificate_facts(replace(FACTS, name_latin=latin, name_chinese=chinese), "en")
    assert [name["words"] for name in printed["names"]] == [latin or chinese]
    assert printed["title"].endswith(latin or chinese)


def test_a_last_day_is_printed_when_there_is_one() -> None:
    names = [mark["name"] for mark in certificate_facts(FACTS, "en")["marks"]]
    assert names == ["Decided as", "Granted on", "Reference"]
    limited = certificate_facts(replace(FACTS, expires_on=date(2028, 11, 21)), "en")
    assert {"name": "Last day of the recognition", "value": "21 November 2028"} in limited["marks"]


@pytest.mark.parametrize(
    ("finished", "conditional", "line"),
    [(True, False, "All are finished."), (False, True, "Whether they are finished by now, the check tells.")],
)
def test_conditions_are_named_as_they_stood(*, finished: bool, conditional: bool, line: str) -> None:
    condition = PrintedCondition(TITLE, date(2027, 6, 30), finished)
    facts = replace(FACTS, conditional=conditional, conditions=(condition,))
    section = certificate_facts(facts, "en")["sections"][0]
    assert section["title"] == "Conditions"
    assert line in section["lines"][0]
    assert section["points"] == ["Finished: Type 9." if finished else "To finish by 30 June 2027: Type 9."]


def test_without_an_operator_it_calls_itself_a_demonstration() -> None:
    alone = certificate_facts(FACTS, "en")["words"]
    assert alone["demonstration"].startswith("Demonstration. Not an official service")
    run = certificate_facts(replace(FACTS, operator="Example Operator"), "en")["words"]
    assert (run["issuer"], run["demonstration"]) == ("Example Operator", "")


def test_rules_that_were_never_published_are_known_by_their_digest() -> None:
    rows = certificate_facts(replace(FACTS, release=None), "en")["sections"][-1]["rows"]
    assert {"name": "Rules applied", "value": "Not published"} in rows
    assert rows[-1]["value"].replace(" ", "") == FACTS.release_digest
