"""Searching the catalogue by what people type: three scripts, abbreviations, former names, slips of the finger.

Owns how near a name is to what was typed (RapidFuzz measures it). It never decides which
qualification was meant. One reading of the catalogue serves every search, until another rulebook
is in force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
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

FORMER_NAMES: Final = "former_names"
# Below this people mean something else.
_NEAR_ENOUGH: Final = 72.0
# Of three letters every one is another abbreviation: FRM, CRM, ERM.
_SHORTEST_GUESS: Final = 4
_SHORTEST_HAN_GUESS: Final = 2
# A slip inside one name of a long title counts a little less than one in the whole name.
_PART_COUNTS: Final = 0.92
_SLIP_IN_WORD: Final = 74.0
# Chinese names are short: one character of four is a slip of the finger even inside a long title.
_HAN_PART_COUNTS: Final = 0.97
# Words less alike than this are two words, not one with slips in it.
_ALIKE: Final = 50.0
_LONGEST_ABBREVIATION: Final = 6
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

    def __init__(self, catalogue: Mapping[str, Qualification], authorities: Mapping[str, Authority]) -> None:
        self._catalogue = catalogue
        self._entries = [_entry(one, authorities.get(one.authority)) for one in catalogue.values()]
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
        if len(typed) < (_SHORTEST_HAN_GUESS if is_han(typed) else _SHORTEST_GUESS):
            return ()
        numbers = {word for word in words if word.isdecimal()}
        nearest: dict[str, list[Hit]] = {}
        for hit, has in (*self._near(typed, units), *self._slipped(words)):
            # Another number is another paper, not a slip.
            if numbers <= has and all(map(_is_slip, hit.partings)) and _shares_more_than_generic(words, hit):
                nearest.setdefault(hit.code, []).append(hit)
        for hit in self._begun_by(units):
            nearest.setdefault(hit.code, []).append(hit)
        # Of the same name in two scripts the one that was typed is the one to show.
        return [
            max(each, key=lambda hit: (hit.closeness, fuzz.ratio(as_written, hit.name)))
            for each in nearest.values()
        ]

    def _near(self, typed: str, units: tuple[Unit, ...]) -> Iterator[tuple[Hit, Set[str]]]:
        """Names near as a whole, and names with a part that is near."""
        part = _HAN_PART_COUNTS if is_han(typed) else _PART_COUNTS
        for scorer, share in ((fuzz.ratio, 1.0), (fuzz.partial_ratio, part)):
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

    def _begun_by(self, units: tuple[Unit, ...]) -> Iterator[Hit]:
        """Entries whose whole name is what was typed first: BSc of BSc Computer Science, FRM of FRM Part 2."""
        first = units[0].norm
        for name in self._names:
            if name.joined == first and len(units) > 1 and len(first) > 1:
                yield _guess(name, _NEAR_ENOUGH, partings(units, name.units))

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


def _is_slip(parting: Parting) -> bool:
    """True of a difference that a finger makes; another Latin word is none, whatever else is alike.

    An abbreviation has to be like the whole of what stands instead, a longer word like a part of it.
    """
    typed, instead = parting.typed.casefold(), parting.instead.casefold()
    if not (typed.isascii() and instead.isascii() and typed and instead):
        return True
    alike = fuzz.ratio if len(typed) <= _LONGEST_ABBREVIATION else fuzz.partial_ratio
    return alike(typed, instead) >= _ALIKE


def _shares_more_than_generic(words: tuple[str, ...], hit: Hit) -> bool:
    """False where only what is said beside every name is alike: 教师资格证 is no 从业资格证."""
    own = words
    while (fewer := less_generic(own)) and fewer != own:
        own = fewer
    apart = "".join(word for parting in hit.partings for word in words_of(parting.typed))
    return own == words or "".join(own) != apart


def _guess(name: _Name, closeness: float, apart: tuple[Parting, ...]) -> Hit:
    return Hit(name.code, Certainty.GUESSED, closeness, name.text, name.former, apart)


class CatalogueIndexes:
    """The indexes of one process, each read once; of every collection only the digest last asked for is kept."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CatalogueIndex]] = {}

    def index_of(
        self,
        collection: str,
        *,
        digest: str,
        entries: Callable[[], Mapping[str, Qualification]],
        authorities: Mapping[str, Authority],
    ) -> CatalogueIndex:
        """The index of a collection as a rulebook with this digest has it; read now if it is not there yet."""
        kept_digest, index = self._kept.get(collection, ("", None))
        if index is None or kept_digest != digest:
            index = CatalogueIndex(entries(), authorities)
            self._kept[collection] = (digest, index)
        return index
