"""Searching the catalogue by what people type: three scripts, abbreviations, former names, slips of the finger.

Owns how near a name is to what was typed (RapidFuzz measures it). It never decides which
qualification was meant. One reading of the catalogue serves every search, until another rulebook
is in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from portal.adapters.catalogue_words import (
    Unit,
    is_han,
    joined_words,
    less_generic,
    partings,
    units_of,
    words_of,
    written,
)
from portal.domain.rules.catalogue import Authority, Qualification
from portal.domain.search import LONGEST_QUERY, Certainty, Found, Hit, Parting, found_among

__all__ = ["CatalogueIndex", "index_of", "words_of"]

FORMER_NAMES: Final = "former_names"
# Below this people mean something else.
_NEAR_ENOUGH: Final = 72.0
_SHORTEST_GUESS: Final = 3
# A slip inside one name of a long title counts a little less than one in the whole name.
_PART_COUNTS: Final = 0.92
_SLIP_IN_WORD: Final = 74.0
# Single characters that stand beside a number and mean nothing else: 卷一, 第9类, 科目1.
_BESIDE_NUMBERS: Final = frozenset("卷第类号级期")


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of an entry as it is searched."""

    code: str
    text: str
    units: tuple[Unit, ...]
    joined: str
    norms: frozenset[str]
    words: Mapping[str, str]
    former: bool

    @property
    def spaced(self) -> str:
        """Its words with gaps, for comparing them in any order."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A qualification as it is searched: its names, their words as written, and who awards it."""

    code: str
    names: tuple[_Name, ...]
    words: Mapping[str, str]
    awarded_by: frozenset[str]
    text: str


class CatalogueIndex:
    """The catalogue, read once for searching; with authorities, who awards helps to find."""

    def __init__(
        self, catalogue: Mapping[str, Qualification], authorities: Mapping[str, Authority] | None = None
    ) -> None:
        self._catalogue = catalogue
        self._entries = [_entry(one, (authorities or {}).get(one.authority)) for one in catalogue.values()]
        self._names = [name for entry in self._entries for name in entry.names]
        self._joined = [name.joined for name in self._names]
        self._words = sorted({word for entry in self._entries for word in (*entry.words, *entry.awarded_by)})

    def search(self, typed: str) -> Found:
        """Find what was typed; nothing for words without a letter or a digit."""
        units = units_of(typed[:LONGEST_QUERY])
        words = joined_words(units)
        if not words:
            return Found()
        said = words
        while said:
            sure = [hit for entry in self._entries if (hit := _hit(entry, said, typed)) is not None]
            if sure:
                return found_among(sure, self._catalogue)
            fewer = less_generic(said)
            said = fewer if fewer != said else ()
        return found_among(self._guesses(units, words), self._catalogue)

    def _guesses(self, units: tuple[Unit, ...], words: tuple[str, ...]) -> Iterable[Hit]:
        typed = "".join(words)
        as_written = written(units)
        if len(typed) < (2 if is_han(typed) else _SHORTEST_GUESS):
            return ()
        numbers = {word for word in words if word.isdecimal()}
        nearest: dict[str, list[Hit]] = {}
        for hit, has in (*self._near(typed, units), *self._slipped(words), *self._begun_by(units)):
            # Another number is another paper, not a slip.
            if numbers <= has:
                nearest.setdefault(hit.code, []).append(hit)
        # Of the same name in two scripts the one that was typed is the one to show.
        return [
            max(each, key=lambda hit: (hit.closeness, fuzz.ratio(as_written, hit.name)))
            for each in nearest.values()
        ]

    def _near(self, typed: str, units: tuple[Unit, ...]) -> Iterator[tuple[Hit, Set[str]]]:
        """Names near as a whole, and names with a part that is near."""
        for scorer, share in ((fuzz.ratio, 1.0), (fuzz.partial_ratio, _PART_COUNTS)):
            for _text, closeness, place in process.extract(
                typed, self._joined, scorer=scorer, score_cutoff=_NEAR_ENOUGH / share, limit=None
            ):
                name = self._names[place]
                if share == 1.0 or len(name.joined) > len(typed):
                    yield _guess(name, closeness * share, partings(units, name.units)), name.norms

    def _slipped(self, words: tuple[str, ...]) -> Iterator[tuple[Hit, Set[str]]]:
        """Entries with a word near to each word typed, whatever their order."""
        near = {word: self._near_words(word) for word in words}
        for entry in self._entries:
            found = {word: _best(near[word], entry) for word in words}
            total = sum(closeness for _word, closeness in found.values())
            if all(closeness for _word, closeness in found.values()):
                apart = [
                    Parting(word, entry.words.get(other, other))
                    for word, (other, closeness) in found.items()
                    if closeness < 100
                ]
                name = max(entry.names, key=lambda one: fuzz.token_set_ratio(" ".join(words), one.spaced))
                yield _guess(name, _PART_COUNTS * total / len(words), tuple(apart)), entry.words.keys()

    def _begun_by(self, units: tuple[Unit, ...]) -> Iterator[tuple[Hit, Set[str]]]:
        """Entries whose whole name is what was typed first: BSc of BSc Computer Science."""
        first = units[0].norm
        for name in self._names:
            if name.joined == first and len(units) > 1 and len(first) > 1:
                yield _guess(name, _NEAR_ENOUGH, partings(units, name.units)), name.norms

    def _near_words(self, word: str) -> dict[str, float]:
        if word.isdecimal():
            return {word: 100.0}
        if is_han(word):
            return {each: 100.0 for each in self._words if word in each}
        near = {each: 100.0 for each in self._words if each.startswith(word)}
        if len(word) > _SHORTEST_GUESS:
            for each, closeness, _place in process.extract(
                word, self._words, scorer=fuzz.ratio, score_cutoff=_SLIP_IN_WORD, limit=None
            ):
                near.setdefault(each, closeness)
        return near


def _entry(qualification: Qualification, authority: Authority | None) -> _Entry:
    title = qualification.title
    former = qualification.more.get(FORMER_NAMES)
    formerly = [str(name) for name in former] if isinstance(former, list | tuple) else []
    texts = (title.en, title.zh_hant, title.zh_hans, *qualification.abbreviations, qualification.code)
    names = [_name(qualification.code, text, former=False) for text in texts]
    names += [_name(qualification.code, text, former=True) for text in formerly]
    spoken = [text for text in (authority.title, authority.short) if text is not None] if authority else []
    awarding = {word for text in spoken for each in text.to_json().values() for word in words_of(each)}
    words = {word: as_written for name in names for word, as_written in name.words.items()}
    return _Entry(
        qualification.code,
        tuple({name.text: name for name in reversed(names)}.values()),
        words,
        frozenset(awarding),
        f" {' '.join({*words, *awarding})} ",
    )


def _name(code: str, text: str, *, former: bool) -> _Name:
    units = units_of(text)
    norms = frozenset(unit.norm for unit in units)
    latin = {unit.norm: unit.written for unit in units if not unit.is_han}
    words = {word: latin.get(word, word) for word in joined_words(units)}
    return _Name(code, text, units, "".join(unit.norm for unit in units), norms, words, former)


def _hit(entry: _Entry, words: tuple[str, ...], typed: str) -> Hit | None:
    joined = "".join(words)
    same = [name for name in entry.names if name.joined == joined]
    if same:
        # The same name in two scripts: the one that was typed is the one to show.
        name = max(same, key=lambda one: (not one.former, fuzz.ratio(typed, one.text)))
        return Hit(entry.code, Certainty.NAMED, name=name.text, former=name.former)
    if all(_holds(entry, word) for word in words):
        closest = max(entry.names, key=lambda name: fuzz.ratio(joined, name.joined))
        closeness = fuzz.ratio(joined, closest.joined)
        return Hit(entry.code, Certainty.CONTAINED, closeness, closest.text, closest.former)
    return None


def _holds(entry: _Entry, word: str) -> bool:
    """A number must stand there whole, a Latin word may be begun, Han characters may stand anywhere."""
    if word.isdecimal():
        return f" {word} " in entry.text
    return _holds_parts(entry, word) if is_han(word) else f" {word}" in entry.text


def _holds_parts(entry: _Entry, word: str) -> bool:
    """True when the characters stand there as one, or as parts of two and more in any order.

    Chinese is typed without gaps: 公司信贷中级 is two words of 中级…公司信贷.
    """
    while word:
        part = _longest_part(entry, word)
        if len(part) < 2 and part not in _BESIDE_NUMBERS:
            return False
        word = word[len(part) :]
    return True


def _longest_part(entry: _Entry, word: str) -> str:
    lengths = range(len(word), 0, -1)
    return next((word[:length] for length in lengths if word[:length] in entry.text), "")


def _best(near: Mapping[str, float], entry: _Entry) -> tuple[str, float]:
    """The entry’s nearest word; of who awards it only words without a slip count."""
    own = [(word, closeness) for word, closeness in near.items() if word in entry.words]
    whole = [(word, 100.0) for word in near if near[word] == 100 and word in entry.awarded_by]
    return max(own + whole, key=lambda one: one[1], default=("", 0.0))


def _guess(name: _Name, closeness: float, apart: tuple[Parting, ...]) -> Hit:
    return Hit(name.code, Certainty.GUESSED, closeness, name.text, name.former, apart)


_indexes: dict[str, CatalogueIndex] = {}


def index_of(
    digest: str, catalogue: Mapping[str, Qualification], authorities: Mapping[str, Authority] | None = None
) -> CatalogueIndex:
    """The index of a rulebook by its digest; only the one last asked for is kept."""
    index = _indexes.get(digest)
    if index is None:
        index = CatalogueIndex(catalogue, authorities)
        _indexes.clear()
        _indexes[digest] = index
    return index
