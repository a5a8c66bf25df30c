"""The engine's reasons, said in the reader's language.

Owns the filling of a reason's sentence: names instead of codes, days and
lengths of time as the language writes them. It must not know how a reason came
about, nor any page. The names come from the rulebook, handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, Protocol

from portal.domain.rules.catalogue import Qualification, Source, Vocabulary
from portal.domain.rules.reasons import REASONS, Because, ParamKind, ParamValue
from portal.domain.rules.rulesets import Target
from portal.domain.texts import Text
from portal.wording import dates
from portal.wording.catalogue import translations_for
from portal.wording.languages import HONG_KONG, MAINLAND, Language
from portal.wording.reasons import MONTHS_BETWEEN, OTHERS, SENTENCES, SITTING

# More names than this make a sentence nobody reads to its end.
_MOST_NAMES: Final = 4
_PARTING: Final = ",，、;；:："


class Names(Protocol):
    """What the rulebook calls things; a ``Rulebook`` is one."""

    @property
    def qualifications(self) -> Mapping[str, Qualification]: ...

    @property
    def targets(self) -> Mapping[str, Target]: ...

    @property
    def sources(self) -> Mapping[str, Source]: ...

    @property
    def vocabulary(self) -> Vocabulary: ...


# Where a vocabulary of the rulebook names a kind of parameter.
_SECTIONS: Final[Mapping[ParamKind, str]] = {
    ParamKind.ATTRIBUTE: "attributes",
    ParamKind.FACT: "facts",
    ParamKind.LEVEL: "levels",
    ParamKind.FIELD: "fields",
    ParamKind.FIELDS: "fields",
    ParamKind.PLACE: "places",
    ParamKind.PLACES: "places",
    ParamKind.EMPLOYER_KIND: "employer_kinds",
    ParamKind.EMPLOYER_KINDS: "employer_kinds",
}


class Sayer:
    """Says reasons in one language, with the names of one rulebook.

    ``clauses`` gives the titles of the rule version the reasons are about; a
    clause without a title there is called by its id.
    """

    def __init__(self, names: Names, language: Language, clauses: Mapping[str, Text] | None = None) -> None:
        self._names = names
        self._language = language
        self._clauses = clauses or {}
        self._translate = translations_for(language).gettext

    def say(self, because: Because) -> str:
        """Give the sentence of a reason; KeyError for a code without one."""
        kinds = REASONS[because.code]
        facts = {name: self._said(kinds[name], value) for name, value in because.params.items()}
        if because.code.startswith("experience."):
            facts |= self._lengths(because.params)
        return self._translate(SENTENCES[because.code]) % facts

    def _said(self, kind: ParamKind, value: ParamValue) -> str:
        if isinstance(value, Text):
            return value.in_language(self._language.locale)
        if isinstance(value, date):
            return dates.long_day(value, self._language)
        if isinstance(value, tuple):
            return self._listed([self._named(kind, code) for code in value], kind)
        if isinstance(value, str):
            return self._named(kind, value)
        return str(value)

    def _named(self, kind: ParamKind, code: str) -> str:
        if kind is ParamKind.SITTING:
            year, _, number = code.partition("-")
            return self._translate(SITTING) % {"year": year, "number": number}
        text = self._title(kind, code)
        # A release may outlive a name; the code is then the honest answer.
        return text.in_language(self._language.locale) if text is not None else code

    def _title(self, kind: ParamKind, code: str) -> Text | None:
        if kind in _SECTIONS:
            return self._names.vocabulary.get(_SECTIONS[kind], {}).get(code)
        shelves: dict[ParamKind, Callable[[str], Text | None]] = {
            ParamKind.QUALIFICATION: self._qualification,
            ParamKind.QUALIFICATIONS: self._qualification,
            ParamKind.TARGET: lambda key: _title_in(self._names.targets, key),
            ParamKind.DOCUMENT: lambda key: _title_in(self._names.sources, key),
            ParamKind.CLAUSE: self._clauses.get,
            ParamKind.CLAUSES: self._clauses.get,
        }
        look_up = shelves.get(kind)
        return look_up(code) if look_up is not None else None

    def _qualification(self, code: str) -> Text | None:
        return _title_in(self._names.qualifications, code)

    def _listed(self, names: Sequence[str], kind: ParamKind) -> str:
        shown = list(dict.fromkeys(names))
        surplus = len(shown) - _MOST_NAMES + 1 if len(shown) > _MOST_NAMES else 0
        shown = self._told_apart(shown[: _MOST_NAMES - 1] if surplus else shown)
        if surplus:
            shown.append(self._translate(OTHERS) % {"count": surplus})
        written = dates.listed(shown, self._language, last="and" if kind is ParamKind.CLAUSES else "or")
        # On the Mainland no comma stands between two names in quotation marks.
        return written.replace("”、“", "”“") if self._language is MAINLAND else written

    def _told_apart(self, names: list[str]) -> list[str]:
        """Names in quotation marks where one of several holds a mark that would also part the list."""
        if len(names) < 2 or not any(mark in name for name in names for mark in _PARTING):
            return names
        opening, closing = ("「", "」") if self._language is HONG_KONG else ("“", "”")
        return [f"{opening}{name}{closing}" for name in names]

    def _lengths(self, params: Mapping[str, Any]) -> dict[str, str]:
        """Lengths of time: whole years where they come out even, a range where the count is open."""
        facts = {"needed": dates.months(int(params["needed"]), self._language)}
        if "months_low" in params:
            low, high = (_plain(params[name]) for name in ("months_low", "months_high"))
            facts["had"] = (
                dates.months(low, self._language)
                if low == high
                else self._translate(MONTHS_BETWEEN) % {"low": low, "high": high}
            )
        return facts


def _title_in(shelf: Mapping[str, Any], key: str) -> Text | None:
    entry = shelf.get(key)
    title: Text | None = entry.title if entry is not None else None
    return title


def _plain(months: Decimal | int) -> int | Decimal:
    """Months without an empty fraction."""
    number = Decimal(months)
    return int(number) if number == number.to_integral_value() else number.normalize()
