"""A person's names: kinds, parts, what is wrong with one, and the keys by which it is found again.

Owns how names are compared across scripts, spellings and name orders. Characters and romanisations
are each compared with their own kind and only as stated: 张 is never guessed from Zhang or Cheung,
nor the other way. Which simplified character a traditional one becomes is told by whoever calls.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from portal.domain.errors import Refused

LONGEST_PART: Final = 60
LONGEST_KEY: Final = 200
# Begins the key of a single word, so that words are looked for among words alone.
WORD_MARK: Final = " "
_MOST_WORDS: Final = 12
_HAN: Final = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_IS_HAN: Final = re.compile(f"[{_HAN}]")
_WORD: Final = re.compile(f"[{_HAN}]+|[^\\W\\d_{_HAN}]+")
_APOSTROPHES: Final = re.compile("['’‘ʼ`]")
_BESIDE_LETTERS: Final = frozenset(" -‐‑'’‘ʼ.,/()·‧•・")
_BETWEEN_HAN: Final = frozenset(" ·‧•・.")

Conversion = Callable[[str], str]


class NameKind(StrEnum):
    """The script or the romanisation a name is stated in."""

    TRADITIONAL = "traditional"
    SIMPLIFIED = "simplified"
    PINYIN = "pinyin"
    CANTONESE = "cantonese"
    ENGLISH = "english"

    @property
    def is_chinese(self) -> bool:
        """True of the kinds written in characters."""
        return self in (NameKind.TRADITIONAL, NameKind.SIMPLIFIED)


class NameProof(StrEnum):
    """What shows that a name belongs, or once belonged, to the person."""

    DEED_POLL = "deed_poll"
    STATUTORY_DECLARATION = "statutory_declaration"
    MARRIAGE_CERTIFICATE = "marriage_certificate"
    HOUSEHOLD_REGISTER = "household_register"
    IDENTITY_DOCUMENT = "identity_document"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class StatedName:
    """A name as its bearer states it. ``family_first`` is the order on their papers."""

    kind: NameKind
    family: str
    given: str
    family_first: bool = True
    is_former: bool = False
    since: date | None = None
    until: date | None = None
    proof: NameProof | None = None

    @property
    def full(self) -> str:
        """The name in the order of the person's papers.

        >>> StatedName(NameKind.ENGLISH, "Cheung", "Amy", family_first=False).full
        'Amy Cheung'
        >>> StatedName(NameKind.SIMPLIFIED, "张", "小萍").full
        '张小萍'
        """
        parts = (self.family, self.given) if self.family_first else (self.given, self.family)
        # A name with a middle dot keeps the dot it was typed with; plain Han characters stand together.
        return ("" if self.kind.is_chinese else " ").join(part for part in parts if part)


def tidy(name: str) -> str:
    """A name as it is kept: single spaces, and full-width letters made plain ones.

    Characters stay as typed: a rare or compatibility character may be the one on the card.
    """
    plain = "".join(unicodedata.normalize("NFKC", c) if _is_wide(c) else c for c in name)
    return " ".join(plain.split())


def name_faults(name: StatedName, today: date, born_on: date | None = None) -> list[Refused]:
    """Everything that makes no sense about one name, each at its field."""
    faults = [fault for fault in (_part_fault(name, field) for field in ("family", "given")) if fault]
    if not name.family and not name.given:
        faults.append(Refused("name.missing", field="family"))
    return faults + _day_faults(name, today, born_on)


def letter_name_faults(typed: Mapping[str, str]) -> list[Refused]:
    """What is wrong with the scripts of the two names that letters carry."""
    found = (
        script_fault(typed[field], chinese=chinese, field=field)
        for field, chinese in (("name_latin", False), ("name_chinese", True))
    )
    return [fault for fault in found if fault is not None]


def script_fault(text: str, *, chinese: bool, field: str) -> Refused | None:
    """Why a text is no name in its script; characters nobody has in a name have words of their own.

    Han characters are never held against a list: cards carry rare ones.
    """
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in text):
        return Refused("name.odd_character", field=field)
    if chinese:
        fits = all(_is_han(c) or c in _BETWEEN_HAN for c in text)
    else:
        fits = all(_is_latin(c) or c in _BESIDE_LETTERS for c in text)
    if fits and (not text or any(c.isalpha() or _is_han(c) for c in text)):
        return None
    if any(_is_latin(c) if chinese else _is_han(c) for c in text):
        return Refused("name.not_chinese" if chinese else "name.not_latin", field=field)
    return Refused("name.odd_character", field=field)


def other_script(name: StatedName, to_simplified: Conversion, to_traditional: Conversion) -> str:
    """The characters of a name that belong to the other Chinese script; to be asked about, not refused.

    Characters both scripts use, such as 后 or 里, belong to neither alone.
    """
    text = name.family + name.given
    if name.kind is NameKind.TRADITIONAL:
        found = (c for c in text if to_traditional(c) != c and not _in(c, "big5"))
    elif name.kind is NameKind.SIMPLIFIED:
        found = (c for c in text if to_simplified(c) != c and not _in(c, "gb2312"))
    else:
        return ""
    return "".join(dict.fromkeys(found))


def fold(text: str, to_simplified: Conversion) -> tuple[str, ...]:
    """The words of a name, comparable: width, case, tone marks, hyphens and Chinese script made alike.

    >>> fold("Lǚ  Xiǎo-Píng", str)
    ('lv', 'xiao', 'ping')
    """
    apart = unicodedata.normalize(
        "NFKD", _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text)).casefold()
    )
    marked = apart.replace("u\u0308", "v")
    plain = "".join(c for c in marked if unicodedata.category(c) not in ("Mn", "Cf"))
    return tuple(_WORD.findall(to_simplified(plain)))


def is_searchable(text: str) -> bool:
    """True of words that could stand in a name; a figure or a sign never does."""
    plain = unicodedata.normalize("NFKC", text)
    return any(_is_han(c) or c.isalpha() for c in plain) and all(
        _is_han(c) or c.isalpha() or c in _BESIDE_LETTERS or unicodedata.category(c) == "Mn" for c in plain
    )


def letter_keys(name_latin: str, name_chinese: str, to_simplified: Conversion) -> dict[str, bool]:
    """The keys of the names that letters carry, each with whether it is a whole name.

    A part after a comma, as in "CHAN Tai Man, Peter", is an alias and no part of the whole name.
    """
    keys: dict[str, bool] = {}
    main, *aliases = name_latin.split(",")
    words = fold(main, to_simplified)
    _add(keys, [words, words[1:] + words[:1], words[-1:] + words[:-1]], is_whole=len(words) > 1)
    for alias in aliases:
        _add(keys, [fold(alias, to_simplified)], is_whole=False)
    _add_han(keys, fold(name_chinese, to_simplified))
    return keys


def keys_of(name: StatedName, to_simplified: Conversion) -> dict[str, bool]:
    """The keys of one further name, in both name orders."""
    keys: dict[str, bool] = {}
    family, given = fold(name.family, to_simplified), fold(name.given, to_simplified)
    if name.kind.is_chinese:
        _add_han(keys, family + given if name.family_first else given + family)
        return keys
    for variant in _spellings((family, given)):
        orders = [variant[0] + variant[1], variant[1] + variant[0]]
        _add(keys, orders, is_whole=bool(family and given))
    return keys


def joined(keys: Iterable[Mapping[str, bool]]) -> dict[str, bool]:
    """All keys of a person; a key that is one whole name counts as whole."""
    found: dict[str, bool] = {}
    for each in keys:
        for key, whole in each.items():
            found[key] = found.get(key, False) or whole
    return found


def matches(words: tuple[str, ...], keys: Mapping[str, bool]) -> bool:
    """True when the words typed find these keys: run together, or each the beginning of one."""
    begun = [any(key.startswith(word_key(word)) for key in keys) for word in words]
    return bool(words) and (all(begun) or any(key.startswith("".join(words)) for key in keys))


def word_key(word: str) -> str:
    """What the key of a single word begins with. Characters have none: a name may be begun at any of them."""
    return word if is_han(word) else WORD_MARK + word


def is_han(word: str) -> bool:
    """True of a word in Han characters."""
    return bool(_IS_HAN.match(word))


def _part_fault(name: StatedName, field: str) -> Refused | None:
    text: str = getattr(name, field)
    if len(text) > LONGEST_PART:
        return Refused("person.too_long", field=field, most=LONGEST_PART, typed=len(text))
    return script_fault(text, chinese=name.kind.is_chinese, field=field)


def _day_faults(name: StatedName, today: date, born_on: date | None) -> list[Refused]:
    faults = []
    for field in ("since", "until"):
        day: date | None = getattr(name, field)
        if day is not None and day > today:
            faults.append(Refused("name.day_ahead", field=field))
        elif day is not None and born_on is not None and day < born_on:
            faults.append(Refused("name.day_before_birth", field=field))
    if name.since and name.until and name.until < name.since:
        faults.append(Refused("name.ends_before_it_begins", field="until"))
    if name.until and not name.is_former:
        faults.append(Refused("name.ended_and_current", field="until"))
    return faults


def _add(keys: dict[str, bool], orders: Iterable[tuple[str, ...]], *, is_whole: bool) -> None:
    """Each order of the words, from every word on, so that a key begins wherever somebody may begin."""
    for words in orders:
        some = words[:_MOST_WORDS]
        keys.update({(WORD_MARK + word)[:LONGEST_KEY]: False for word in some if not is_han(word)})
        for start in range(len(some)):
            key = "".join(some[start:])[:LONGEST_KEY]
            keys[key] = keys.get(key, False) or (is_whole and start == 0)


def _add_han(keys: dict[str, bool], words: tuple[str, ...]) -> None:
    text = "".join(words)[:LONGEST_PART]
    for start in range(len(text)):
        keys[text[start:]] = keys.get(text[start:], False) or (start == 0 and len(text) > 1)


def _spellings(parts: tuple[tuple[str, ...], ...]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """As folded, and where an ü was stated also as u, as people type, and as yu, as passports print."""
    yield parts
    if any("v" in word for part in parts for word in part):
        for letter in ("u", "yu"):
            yield tuple(tuple(word.replace("v", letter) for word in part) for part in parts)


def _is_han(character: str) -> bool:
    # Characters of the old Hong Kong supplementary set may still come in the private use area.
    return bool(_IS_HAN.match(character)) or unicodedata.category(character) == "Co"


def _is_latin(character: str) -> bool:
    return unicodedata.category(character) == "Mn" or unicodedata.name(character, "").startswith("LATIN")


def _is_wide(character: str) -> bool:
    return unicodedata.name(character, "").startswith("FULLWIDTH LATIN")


def _in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
