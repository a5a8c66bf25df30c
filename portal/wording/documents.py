"""The words of printed documents: a letter's, and the frame that every document shares.

Owns how a letter's frozen body parts into paragraphs, lists and planks. It must not know fonts or
paper, and it decides nothing. What a certificate says is in ``certificates``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from portal.domain.places import Jurisdiction
from portal.domain.texts import Text
from portal.wording import dates
from portal.wording.catalogue import translations_for
from portal.wording.languages import HONG_KONG, MAINLAND, Language, language_of
from portal.wording.marking import N_
from portal.wording.stationery import paragraphs

ISSUERS: Final = "Twin City Bridge · 雙城資歷橋 · 双城资格桥"
_PLANK_SIGNS: Final = {"[■] ": "■", "[▨] ": "▨", "[ ] ": " "}
_POINT: Final = "– "


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A frozen letter and what is printed around it."""

    reference: str
    place: Jurisdiction
    language: str
    subject: str
    body: str
    written_on: date
    operator: str
    check_address: str
    code_picture: str | None


def letter_facts(facts: LetterFacts) -> dict[str, Any]:
    """What ``letter.typ`` prints: the words as they were frozen, and nothing new but the frame."""
    return DocumentWriter(language_of(facts.language)).letter(facts)


def letter_parts(body: str) -> list[dict[str, Any]]:
    """Part a letter's body into paragraphs, lists, planks and the short titles above them.

    >>> [part["kind"] for part in letter_parts("Dear Mei,\\n\\nTo finish:\\n– Paper 1")]
    ['text', 'title', 'points']
    """
    parts: list[dict[str, Any]] = []
    for lines in paragraphs(body):
        runs = [(kind, list(run)) for kind, run in groupby(lines, key=_kind)]
        for number, (kind, run) in enumerate(runs):
            leads_a_list = kind == "text" and len(run) == 1 and number + 1 < len(runs) and number == 0
            parts.append({"kind": "title" if leads_a_list else kind, "lines": _lines(kind, run)})
    return parts


def region_of(language: Language) -> str | None:
    """In whose shapes a language writes its characters; none for a language without them."""
    return {HONG_KONG: "hk", MAINLAND: "cn"}.get(language)


def _kind(line: str) -> str:
    if line.startswith(tuple(_PLANK_SIGNS)):
        return "planks"
    return "points" if line.startswith(_POINT) else "text"


def _lines(kind: str, run: list[str]) -> list[Any]:
    if kind == "planks":
        return [{"sign": _PLANK_SIGNS[line[:4]], "words": line[4:]} for line in run]
    return [line.removeprefix(_POINT) for line in run] if kind == "points" else run


class DocumentWriter:
    """Writes in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._say: Callable[[str], str] = translations_for(language).gettext

    def letter(self, facts: LetterFacts) -> dict[str, Any]:
        foot = self._say(N_("Letter of %(day)s · %(reference)s"))
        words = {"day": self._day(facts.written_on), "reference": facts.reference}
        shown_address = facts.check_address.partition("://")[2]
        return {
            **self._frame(facts.written_on, facts.place, facts.operator),
            "title": facts.subject,
            "subject": facts.subject,
            "parts": letter_parts(facts.body),
            "code": facts.code_picture,
            "words": {
                **self._page_words(facts.operator),
                "foot": foot % words,
                "address": shown_address,
                "code_alt": self._code_words(shown_address),
                "how_to_check": self._say(
                    N_(
                        "To let an employer check this recognition, make a share or a certificate in your account. "
                        "The employer enters its code at %(address)s."
                    )
                )
                % {"address": shown_address},
            },
        }

    def _frame(self, day: date, place: Jurisdiction, operator: str) -> dict[str, Any]:
        return {
            "lang": "zh" if self._language.is_chinese else "en",
            "region": region_of(self._language),
            "author": operator or "Twin City Bridge",
            "date": [day.year, day.month, day.day],
            "place": place.value,
        }

    def _page_words(self, operator: str) -> dict[str, str]:
        """What every page says of itself; a portal without an operator says that it is a demonstration."""
        demonstration = self._say(
            N_(
                "Demonstration. Not an official service of either government. A recognition here is not a licence."
            )
        )
        return {
            "issuer": operator or ISSUERS,
            "demonstration": "" if operator else demonstration,
            "page": self._say(N_("Page {page} of {pages}")),
            "unprinted": self._say(
                N_(
                    "A character that our fonts cannot draw stands here as its Unicode number. The portal shows it as it was entered."
                )
            ),
        }

    def _code_words(self, address: str) -> str:
        return self._say(N_("QR code that opens %(address)s")) % {"address": address}

    def _day(self, day: date) -> str:
        return dates.long_day(day, self._language)

    def _said(self, text: Text) -> str:
        return text.in_language(self._language.locale)
