"""Every sentence of the portal is said in both Chinese languages, each in its own words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from portal.wording.catalogue import (
    TRANSLATIONS,
    catalogue_files,
    join_catalogues,
    read_catalogue,
)
from portal.wording.languages import HONG_KONG, MAINLAND, TRANSLATED, Language
from tests.wording.extraction import Sentence, all_sentences
from tests.wording.wording_faults import faults_of, placeholders, share_converted

ROOMS = sorted({path.stem for language in TRANSLATED for path in catalogue_files(language)})
BY_LANGUAGE = pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.tag)
BY_ROOM = pytest.mark.parametrize("room", ROOMS)


@cache
def sentences() -> tuple[Sentence, ...]:
    return tuple(all_sentences())


@cache
def joined(language: Language) -> Catalog:
    return join_catalogues(catalogue_files(language), language)


def room_catalogue(room: str, language: Language) -> Catalog:
    return read_catalogue(TRANSLATIONS / language.locale / "LC_MESSAGES" / f"{room}.po", language)


def texts_of(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def untranslated(found: tuple[Sentence, ...], catalogue: Catalog) -> list[str]:
    """Name every sentence without a translation, and where it stands."""
    missing = {}
    for sentence in found:
        message = catalogue.get(sentence.english, sentence.context)
        if message is None or message.fuzzy or not all(texts_of(message)):
            missing.setdefault(sentence.english, f"{sentence.place}: {sentence.english!r}")
    return list(missing.values())


@BY_LANGUAGE
def test_every_sentence_is_translated(language: Language) -> None:
    missing = untranslated(sentences(), joined(language))
    assert not missing, f"{len(missing)} without {language.tag}:\n" + "\n".join(missing)


@BY_LANGUAGE
def test_a_sentence_without_translation_is_found_out(language: Language) -> None:
    unsaid = Sentence("This sentence is in no catalogue.", None, None, "nowhere.py:1")
    assert untranslated((unsaid,), joined(language))


def test_an_empty_or_fuzzy_translation_is_found_out() -> None:
    catalogue = Catalog(locale="zh_Hant_HK")
    catalogue.add("Empty", "")
    catalogue.add("Fuzzy", "模糊", flags=["fuzzy"])
    found = tuple(Sentence(english, None, None, "x.py:1") for english in ("Empty", "Fuzzy"))
    assert len(untranslated(found, catalogue)) == 2


def misplaced(catalogue: Catalog) -> list[str]:
    """Name every translation whose placeholders are not those of its sentence."""
    faults = []
    for message in catalogue:
        if not message.id:
            continue
        source = message.id if isinstance(message.id, str) else message.id[-1]
        for text in texts_of(message):
            if text and placeholders(text) != placeholders(source):
                faults.append(f"{source!r} has {placeholders(source)}, {text!r} {placeholders(text)}")
    return faults


@BY_LANGUAGE
@BY_ROOM
def test_a_translation_keeps_the_placeholders(room: str, language: Language) -> None:
    assert not misplaced(room_catalogue(room, language))


def test_a_lost_placeholder_is_found_out() -> None:
    catalogue = Catalog(locale="zh_Hant_HK")
    catalogue.add("By %(day)s.", "在之前。")
    assert misplaced(catalogue)


@BY_LANGUAGE
@BY_ROOM
def test_a_catalogue_speaks_as_its_side_speaks(room: str, language: Language) -> None:
    faults = [
        f"{message.id!r}: {text!r}: {fault}"
        for message in room_catalogue(room, language)
        if message.id
        for text in texts_of(message)
        for fault in faults_of(text, language)
    ]
    assert not faults, "\n".join(faults)


@BY_ROOM
def test_a_catalogue_is_not_the_other_one_with_its_characters_changed(room: str) -> None:
    there, here = (room_catalogue(room, language) for language in (HONG_KONG, MAINLAND))
    pairs = [
        (texts_of(message)[0], texts_of(other)[0])
        for message in there
        if message.id and (other := here.get(message.id, message.context)) is not None
    ]
    assert share_converted(pairs) <= 0.5


@BY_ROOM
def test_both_sides_have_the_same_sentences(room: str) -> None:
    there, here = (
        {(str(message.id), message.context) for message in room_catalogue(room, language) if message.id}
        for language in (HONG_KONG, MAINLAND)
    )
    assert there == here


@BY_ROOM
def test_every_translation_is_of_a_sentence_the_portal_says(room: str) -> None:
    said = {sentence.english for sentence in sentences()}
    kept = room_catalogue(room, HONG_KONG)
    idle = [
        message.id
        for message in kept
        if message.id and (message.id if isinstance(message.id, str) else message.id[0]) not in said
    ]
    # WTForms and Flask-Security say theirs in their own code.
    assert room in ("framework", "accounts") or not idle, idle


def test_english_sentences_use_curly_quotes_and_do_not_shout() -> None:
    faults = [
        f"{sentence.place}: {sentence.english!r}"
        for sentence in sentences()
        if any(sign in sentence.english for sign in ('"', "'", "!"))
        or "click here" in sentence.english.lower()
    ]
    assert not faults, "\n".join(faults)


def test_the_source_files_are_found() -> None:
    places = {sentence.place.split(":")[0] for sentence in sentences()}
    assert "templates/layouts/base.html" in places
    assert "portal/web/navigation.py" in places
    assert Path("portal/web/navigation.py").as_posix() in places
