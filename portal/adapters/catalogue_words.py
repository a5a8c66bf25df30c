"""Words made comparable across scripts: width, case, characters, numerals and signs made alike.

Owns what counts as one word and which spellings are one spelling. It must not know the catalogue.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from typing import Final

from opencc import OpenCC

from portal.domain.search import Parting

_NUMERALS: Final = "一二三四五六七八九"
_PIECE: Final = re.compile(rf"[{_NUMERALS}十]+|[㐀-鿿]|\d+|[^\W\d_㐀-鿿]+")
_HAN_NUMBER: Final = re.compile(rf"(?P<tens>[{_NUMERALS}]?)(?P<ten>十?)(?P<ones>[{_NUMERALS}]?)")
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
# One word, two spellings; which of them is printed on a certificate nobody remembers.
_SPELLINGS: Final = {
    "license": "licence",
    "licenses": "licences",
    "advisor": "adviser",
    "advisors": "advisers",
    "program": "programme",
    "center": "centre",
    "enterprize": "enterprise",
}
# Said beside every name and no part of any: left out when the whole of it finds nothing.
_GENERIC: Final = frozenset(
    {
        *("certificate", "cert", "certification", "exam", "exams", "examination", "examinations"),
        *("licence", "licences", "permit", "qualification", "qualifications", "qualified"),
        *("the", "of", "a", "an", "in", "holder", "pass", "passed"),
    }
)
_GENERIC_ENDINGS: Final = ("持有人", "证书", "执照", "考试", "资格", "证", "照")


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest thing compared: a Han character, a number or a Latin word; ``follows`` without a gap."""

    norm: str
    written: str
    follows: bool

    @property
    def is_han(self) -> bool:
        """True of a Han character (a Han numeral has become a number)."""
        return "㐀" <= self.norm[0] <= "鿿"


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


@cache
def _simplified(sign: str) -> str:
    """One character in simplified form; characters one by one, so that slips do not change their neighbours."""
    return str(_to_simplified().convert(sign))


def units_of(text: str) -> tuple[Unit, ...]:
    """A text as comparable units, each with how it was written."""
    plain = unicodedata.normalize("NFKC", text)
    found: list[Unit] = []
    end = -1
    for piece in _PIECE.finditer(plain):
        parts = _norms(piece[0])
        for place, (norm, written) in enumerate(parts):
            found.append(Unit(norm, written, piece.start() == end or place > 0))
        end = piece.end()
    return tuple(found)


def _norms(piece: str) -> list[tuple[str, str]]:
    if piece[0] in _NUMERALS or piece[0] == "十":
        number = _han_number(piece)
        return [(number, piece)] if number else [(sign, sign) for sign in piece]
    if "㐀" <= piece[0] <= "鿿":
        return [(_simplified(piece), piece)]
    folded = piece.casefold()
    return [(_SPELLINGS.get(folded, _ROMAN.get(folded, folded)), piece)]


def _han_number(piece: str) -> str:
    """A number below a hundred written in characters; empty for characters that make none.

    >>> _han_number("十五"), _han_number("二十"), _han_number("九"), _han_number("三五")
    ('15', '20', '9', '')
    """
    found = _HAN_NUMBER.fullmatch(piece)
    if found is None or (found["tens"] and found["ones"] and not found["ten"]):
        return ""
    tens = _NUMERALS.index(found["tens"]) + 1 if found["tens"] else 1
    ones = _NUMERALS.index(found["ones"]) + 1 if found["ones"] else 0
    return str(tens * 10 + ones) if found["ten"] else str(tens if found["tens"] else ones)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, comparable across scripts; Han characters side by side are one word.

    >>> words_of("證監會 第９類 (RA9)")
    ('证监会', '第', '9', '类', 'ra', '9')
    >>> words_of("卷十五"), words_of("IIQE Paper III")
    (('卷', '15'), ('iiqe', 'paper', '3'))
    """
    return joined_words(units_of(text))


def joined_words(units: Sequence[Unit]) -> tuple[str, ...]:
    """The words that units make."""
    words: list[str] = []
    for before, unit in pairwise((None, *units)):
        if unit is None:
            continue
        if before is not None and unit.follows and unit.is_han and before.is_han:
            words[-1] += unit.norm
        else:
            words.append(unit.norm)
    return tuple(words)


def less_generic(words: Sequence[str]) -> tuple[str, ...]:
    """The words with one layer less of what is said beside every name: 证, 证书, licence, exam.

    >>> less_generic(("cfa", "证书")), less_generic(("期货从业资格证",)), less_generic(("exam",))
    (('cfa',), ('期货从业资格',), ())
    """
    kept = []
    for word in words:
        ending = next((end for end in _GENERIC_ENDINGS if word.endswith(end)), "")
        rest = "" if word in _GENERIC else word.removesuffix(ending)
        if rest:
            kept.append(rest)
    return tuple(kept)


def is_han(word: str) -> bool:
    """True of a word of Han characters."""
    return bool(word) and "㐀" <= word[0] <= "鿿"


def partings(typed: Sequence[Unit], name: Sequence[Unit]) -> tuple[Parting, ...]:
    """Where two texts part, in the characters each was written in.

    What the name has before and after what was typed is no difference: people type a part of it.

    >>> [(one.typed, one.instead) for one in partings(units_of("一級建築師"), units_of("一级建造师"))]
    [('築', '造')]
    """
    matcher = SequenceMatcher(None, [one.norm for one in typed], [one.norm for one in name], autojunk=False)
    found = []
    for kind, begin, end, first, last in matcher.get_opcodes():
        at_edge = begin == 0 or end == len(typed)
        if kind == "equal" or (kind == "insert" and at_edge):
            continue
        if kind == "replace" and (begin, end) != (0, len(typed)):
            # At an edge the name runs on: only as much of it as was typed stands against it.
            first = max(first, last - (end - begin)) if begin == 0 else first
            last = min(last, first + (end - begin)) if end == len(typed) else last
        found.append(Parting(written(typed[begin:end]), written(name[first:last])))
    return tuple(found)


def written(units: Sequence[Unit]) -> str:
    """Units as they were written, with a space where two Latin words would run together."""
    text = ""
    for unit in units:
        apart = text and not (unit.is_han and "㐀" <= text[-1] <= "鿿") and not unit.follows
        text += f" {unit.written}" if apart else unit.written
    return text
