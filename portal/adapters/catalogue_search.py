"""Searching the catalogue by what people type: three scripts, abbreviations, slips of the finger.

Owns the comparing of words: characters are brought to one script on both sides (OpenCC), nearness
is measured by RapidFuzz. It never decides which qualification was meant. One reading of the
catalogue serves every search, until another rulebook is in force.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from opencc import OpenCC
from rapidfuzz import fuzz

from portal.domain.rules.catalogue import Qualification
from portal.domain.search import LONGEST_QUERY, Certainty, Found, Hit, found_among

_WORD: Final = re.compile(r"[㐀-鿿]+|[^\W㐀-鿿]+")
_NUMBER: Final = re.compile(r"\d+")
_DIGIT_BESIDE_LETTER: Final = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
# Below this people mean something else: 一级建造师 and 一级建筑师 are two professions.
_NEAR_ENOUGH: Final = 72.0
_SHORTEST_GUESS: Final = 3


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, comparable across scripts: width, case, characters and signs made alike.

    >>> words_of("證監會 第９類 (RA9)")
    ('证监会', '第', '9', '类', 'ra', '9')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    simplified = _to_simplified().convert(plain)
    return tuple(_WORD.findall(_DIGIT_BESIDE_LETTER.sub(" ", _apart(simplified))))


def _apart(text: str) -> str:
    """Part digits from the Han characters around them, so that 第9类 and 第 9 类 are alike."""
    return re.sub(r"(\d+)", r" \1 ", text) if re.search(r"[㐀-鿿]", text) else text


@dataclass(frozen=True, slots=True)
class _Entry:
    """A qualification as it is searched: its names joined, its words, and all of it in one."""

    code: str
    names: frozenset[str]
    words: frozenset[str]
    joined: tuple[str, ...]


class CatalogueIndex:
    """The catalogue, read once for searching."""

    def __init__(self, catalogue: Mapping[str, Qualification]) -> None:
        self._catalogue = catalogue
        self._entries = [_entry(qualification) for qualification in catalogue.values()]

    def search(self, typed: str) -> Found:
        """Find what was typed; nothing for words without a letter or a digit."""
        words = words_of(typed[:LONGEST_QUERY])
        if not words:
            return Found()
        hits = [hit for entry in self._entries if (hit := _hit(entry, words)) is not None]
        return found_among(hits or self._guesses(words), self._catalogue)

    def _guesses(self, words: tuple[str, ...]) -> Iterable[Hit]:
        typed = "".join(words)
        shortest = 2 if _is_han(typed) else _SHORTEST_GUESS
        if len(typed) < shortest:
            return
        for entry in self._entries:
            nearness = max(_nearness(typed, name) for name in entry.joined)
            if nearness >= _NEAR_ENOUGH:
                yield Hit(entry.code, Certainty.GUESSED, nearness)


def _entry(qualification: Qualification) -> _Entry:
    title = qualification.title
    texts = (title.en, title.zh_hant, title.zh_hans, *qualification.abbreviations, qualification.code)
    split = [words_of(text) for text in texts]
    joined = tuple(dict.fromkeys("".join(words) for words in split))
    words = frozenset(word for each in split for word in each)
    return _Entry(qualification.code, frozenset(joined), words, joined)


def _hit(entry: _Entry, words: tuple[str, ...]) -> Hit | None:
    typed = "".join(words)
    if typed in entry.names:
        return Hit(entry.code, Certainty.NAMED)
    if all(_holds(entry, word) for word in words):
        closest = max(fuzz.ratio(typed, name) for name in entry.joined)
        return Hit(entry.code, Certainty.CONTAINED, closest)
    return None


def _holds(entry: _Entry, word: str) -> bool:
    """A number must stand there whole, a Latin word may be begun, Han characters may stand anywhere."""
    if _NUMBER.fullmatch(word):
        return word in entry.words
    if _is_han(word):
        return any(word in each for each in entry.words)
    return any(each.startswith(word) for each in entry.words)


def _nearness(typed: str, name: str) -> float:
    whole = fuzz.ratio(typed, name)
    if len(name) <= len(typed):
        return whole
    # A slip inside one name of a long title counts a little less than one in the whole name.
    return max(whole, fuzz.partial_ratio(typed, name) * 0.92)


def _is_han(word: str) -> bool:
    return bool(word) and "㐀" <= word[0] <= "鿿"


_indexes: dict[str, CatalogueIndex] = {}


def index_of(digest: str, catalogue: Mapping[str, Qualification]) -> CatalogueIndex:
    """The index of a rulebook by its digest; only the one last asked for is kept."""
    index = _indexes.get(digest)
    if index is None:
        index = CatalogueIndex(catalogue)
        _indexes.clear()
        _indexes[digest] = index
    return index
