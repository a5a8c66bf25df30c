"""The e-mails are those that were read in review, and carry nothing of a person but a case's number."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from portal.models.records import OutboxMessage
from portal.services.case_moves import NEWS
from portal.services.house import House
from portal.wording.languages import LANGUAGES
from portal.wording.stationery import TemplateStationery
from tests.builders.decisions import a_recognition
from tests.wording.email_table import ROOT, email_table, kinds, whole_table

TABLE = Path(__file__).with_name("emails.md")
# What a person of the demonstration is called, holds, or is recognised for.
PERSONAL = re.compile(r"CHEN|Chen|Wei|陈伟|陳偉|1992|AMAC|Type 9|第9|Paper 1|hksi|@")


def test_the_emails_are_the_reviewed_ones() -> None:
    assert whole_table() == TABLE.read_text(encoding="utf-8")


def test_every_move_of_a_case_has_its_email() -> None:
    assert set(NEWS.values()) | {"application_received", "application_withdrawn"} <= set(kinds())


@pytest.mark.parametrize("kind", kinds())
def test_each_language_says_it_in_its_own_words(kind: str) -> None:
    _english, *others = email_table(kind).split("## ")[1:]
    assert len(others) == 2
    for other in others:
        assert re.search("[\u4e00-\u9fff]", other), other
        assert "Sign in to read" not in other


@pytest.mark.parametrize("kind", kinds())
def test_the_inbox_says_what_the_email_says_without_its_link(kind: str) -> None:
    stationery = TemplateStationery(ROOT / "templates")
    days = {"reply_by": date(2026, 12, 1), "gone_on": date(2026, 12, 8)}
    facts = {"reference": "HK-1", "references": ["HK-1"], **days}
    for language in LANGUAGES:
        letter = stationery.write_email(kind, language.locale, {**facts, "base_url": "https://b.example"})
        notice = stationery.write_notice(kind, language.locale, facts)
        assert notice.subject == letter.subject
        assert letter.body.startswith(notice.body)
        assert "b.example" in letter.body
        assert "b.example" not in notice.body


def test_an_unknown_kind_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        TemplateStationery(ROOT / "templates").write_notice("juggling", "en", {})


def test_the_emails_of_a_whole_life_carry_nothing_personal(house: House) -> None:
    a_recognition(house, status="revoked")
    letters = house.session.query(OutboxMessage).all()
    assert len(letters) >= 7
    for letter in letters:
        assert not PERSONAL.search(letter.subject + letter.body), letter.body


def test_the_guard_sees_a_name() -> None:
    assert PERSONAL.search("Dear CHEN Wei")
