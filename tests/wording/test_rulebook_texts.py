"""What the rulebook says is held to the same standard as what the pages say."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.wording.languages import HONG_KONG, MAINLAND
from tests.wording.wording_faults import faults_of, share_converted

RULEBOOK = Path(__file__).resolve().parents[2] / "portal" / "rulebook"
FILES = sorted(RULEBOOK.rglob("*.toml"))
LANGUAGES = {"zh_hant": HONG_KONG, "zh_hans": MAINLAND}


def texts_in(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Give every text in three languages, with the way to it."""
    if isinstance(value, dict):
        if {"en", "zh_hant", "zh_hans"} <= value.keys():
            yield path, value
        else:
            for name, part in value.items():
                yield from texts_in(part, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for place, part in enumerate(value, start=1):
            named = part.get("id") or part.get("code") if isinstance(part, dict) else None
            yield from texts_in(part, f"{path}[{named or place}]")


def texts_of(path: Path) -> list[tuple[str, dict[str, str]]]:
    return list(texts_in(tomllib.loads(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(RULEBOOK)))
def test_a_file_speaks_as_each_side_speaks(path: Path) -> None:
    faults = [
        f"{place} ({key}): {text[key]!r}: {fault}"
        for place, text in texts_of(path)
        for key, language in LANGUAGES.items()
        for fault in faults_of(text[key], language)
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(RULEBOOK)))
def test_no_text_of_a_file_is_empty_or_carelessly_quoted(path: Path) -> None:
    for place, text in texts_of(path):
        assert all(text[key].strip() for key in ("en", "zh_hant", "zh_hans")), place
        assert not set("\"'!") & set(text["en"]), f"{place}: {text['en']!r}"


def test_the_sentences_of_the_rulebook_are_not_converted() -> None:
    # Names are the same words on both sides by right; sentences are not.
    sentences = [
        (text["zh_hant"], text["zh_hans"])
        for path in FILES
        for _place, text in texts_of(path)
        if text["zh_hant"].endswith("。")
    ]
    assert share_converted(sentences) <= 0.5


def test_the_texts_are_found_wherever_they_stand() -> None:
    text = {"en": "a", "zh_hant": "甲", "zh_hans": "甲"}
    nested = {"version": [{"clause": [{"id": "x", "title": text}]}], "title": text}
    assert [place for place, _text in texts_in(nested)] == ["version[1].clause[x].title", "title"]
