"""What is wrong with a Chinese text: words, characters and punctuation of the other side.

Each function gives faults in plain words for one text; an empty answer is a
good text. They serve the catalogues and the rulebook alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from opencc import OpenCC

from portal.wording.languages import HONG_KONG, Language
from tests.wording.words import (
    HONG_KONG_FORBIDDEN,
    HONG_KONG_NAMES,
    LICENCE_COMPANY,
    LICENCE_WORD,
    MAINLAND_FORBIDDEN,
    MAINLAND_NAMES,
    MAINLAND_ONLY_INSIDE,
    SHARED_CHARACTERS,
)

_HAN: Final = r"\u3400-\u9fff\uf900-\ufaff"
_PLACEHOLDER: Final = re.compile(r"%\(\w+\)[sd]")
_HALF_WIDTH: Final = re.compile(rf"(?<=[{_HAN}])[,.:;?!()]|[,.:;?!()](?=[{_HAN}])")
_SPACED: Final = re.compile(rf"[{_HAN}] +[{_HAN}A-Za-z0-9]|[A-Za-z0-9] +[{_HAN}]")
# Brackets inside a Latin name, such as CPWP(A), are that name's own.
_LATIN_BRACKETS: Final = re.compile(r"[A-Za-z0-9]\([A-Za-z0-9 ]+\)")
_LONG: Final = 8


def faults_of(text: str, language: Language) -> list[str]:
    """List everything wrong with a text in one of the two Chinese languages."""
    return [
        *forbidden_words(text, language),
        *foreign_characters(text, language),
        *bad_punctuation(text, language),
    ]


def forbidden_words(text: str, language: Language) -> Iterator[str]:
    """Find words of the other side outside the names that contain them."""
    if language == HONG_KONG:
        rest = _without(text, HONG_KONG_NAMES)
        yield from (f"{word} is not said in Hong Kong" for word in HONG_KONG_FORBIDDEN if word in rest)
        return
    rest = _without(text, MAINLAND_NAMES)
    yield from (f"{word} is not said on the Mainland" for word in MAINLAND_FORBIDDEN if word in rest)
    for word, compounds in MAINLAND_ONLY_INSIDE.items():
        if word in _without(text, compounds):
            yield f"{word} stands alone"
    for sentence in re.split("[。；]", text):
        if LICENCE_WORD in sentence and not any(name in sentence for name in LICENCE_COMPANY):
            yield f"{LICENCE_WORD} is a Hong Kong thing: name 香港 in the sentence, or say 执业许可"


def _without(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = text.replace(name, "\n")
    return text


def foreign_characters(text: str, language: Language) -> Iterator[str]:
    """Find characters only the other script has."""
    is_foreign = _only_simplified if language == HONG_KONG else _only_traditional
    found = sorted({sign for sign in text if is_foreign(sign)})
    if found:
        yield f"characters of the other script: {''.join(found)}"


@cache
def _only_simplified(sign: str) -> bool:
    return _is_han(sign) and not _encodes(sign, "cp950") and _converter("s2hk").convert(sign) != sign


@cache
def _only_traditional(sign: str) -> bool:
    return _is_han(sign) and sign not in SHARED_CHARACTERS and _converter("t2s").convert(sign) != sign


def _is_han(sign: str) -> bool:
    return re.match(f"[{_HAN}]", sign) is not None


def _encodes(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def bad_punctuation(text: str, language: Language) -> Iterator[str]:
    """Find half-width signs beside Han characters, typed spaces, straight quotes and exclamation marks."""
    # A placeholder stands for a word of either script, so nothing is said about its neighbours.
    plain = _LATIN_BRACKETS.sub("X", _PLACEHOLDER.sub("\n", text))
    if _HALF_WIDTH.search(plain):
        yield f"a half-width sign beside a Han character: {_HALF_WIDTH.search(plain)}"
    if _SPACED.search(plain):
        yield "a typed space beside a Han character"
    if "!" in plain or "！" in plain:
        yield "an exclamation mark"
    if '"' in plain or "'" in plain:
        yield "a straight quote"


def is_converted(hong_kong: str, mainland: str) -> bool:
    """True when one text is the other with its characters changed."""
    return _converter("hk2s").convert(hong_kong) == mainland


def share_converted(pairs: Iterable[tuple[str, str]]) -> float:
    """Give the share of long texts that are the same words on both sides; none are: 0.0."""
    long = [(there, here) for there, here in pairs if len(there) > _LONG and _has_han(there)]
    if not long:
        return 0.0
    return sum(is_converted(there, here) for there, here in long) / len(long)


def _has_han(text: str) -> bool:
    return any(_is_han(sign) for sign in text)


def placeholders(text: str) -> list[str]:
    """Give the placeholders of a text, in the order of the alphabet."""
    return sorted(set(_PLACEHOLDER.findall(text)))
