"""The rooms' catalogues become one, and do not contradict each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.wording.catalogue import (
    CatalogueError,
    catalogue_files,
    join_catalogues,
    translations_for,
    translations_from,
)
from portal.wording.languages import HONG_KONG, LANGUAGES, MAINLAND

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def room(folder: Path, name: str, english: str, chinese: str, flag: str = "") -> Path:
    path = folder / "zh_Hant_HK" / "LC_MESSAGES" / f"{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{HEADER}{flag}msgid "{english}"\nmsgstr "{chinese}"\n', encoding="utf-8")
    return path


def test_every_room_is_heard(tmp_path: Path) -> None:
    room(tmp_path, "one", "Save", "儲存")
    room(tmp_path, "two", "Send", "遞交")
    joined = translations_from(join_catalogues(catalogue_files(HONG_KONG, tmp_path), HONG_KONG))
    assert (joined.gettext("Save"), joined.gettext("Send")) == ("儲存", "遞交")


def test_two_rooms_may_say_the_same(tmp_path: Path) -> None:
    files = [room(tmp_path, name, "Save", "儲存") for name in ("one", "two")]
    assert join_catalogues(files, HONG_KONG).get("Save") is not None


def test_two_rooms_may_not_contradict_each_other(tmp_path: Path) -> None:
    files = [room(tmp_path, "one", "Save", "儲存"), room(tmp_path, "two", "Save", "保留")]
    with pytest.raises(CatalogueError, match=r"'Save' .* one\.po .* two\.po"):
        join_catalogues(files, HONG_KONG)


def test_a_guess_is_not_shown(tmp_path: Path) -> None:
    files = [room(tmp_path, "one", "Save", "儲存", flag="#, fuzzy\n")]
    assert join_catalogues(files, HONG_KONG).get("Save") is None


def test_the_shipped_rooms_agree() -> None:
    for language in LANGUAGES:
        join_catalogues(catalogue_files(language), language)


def test_a_sentence_nobody_translated_is_said_in_english() -> None:
    assert translations_for(MAINLAND).gettext("Nobody says this.") == "Nobody says this."


def test_the_translations_are_read_once() -> None:
    assert translations_for(HONG_KONG) is translations_for(HONG_KONG)
