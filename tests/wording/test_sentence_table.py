"""The sentences are those that were read in review: a change of words or of reasons shows in the table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from portal.domain.texts import Text
from portal.rulebook.loader import load
from tests.wording.sentence_table import sentence_table

TABLE = Path(__file__).with_name("sentences.md")


def test_the_sentences_are_the_reviewed_ones() -> None:
    assert sentence_table(load()) == TABLE.read_text(encoding="utf-8")


def test_a_changed_name_changes_the_table() -> None:
    rulebook = load()
    renamed = {
        code: replace(entry, title=Text("Another name", "另一名稱", "另一名称"))
        for code, entry in rulebook.qualifications.items()
    }
    assert sentence_table(replace(rulebook, qualifications=renamed)) != TABLE.read_text(encoding="utf-8")
