"""What a clause asks in numbers and names, as lines a reader can check against the source.

Owns the words for the parameters of every predicate, by their kind. It must not know any one rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _

from portal.domain.rules.clauses import Parameters, Value
from portal.domain.rules.predicates.registry import PREDICATES
from portal.domain.rules.predicates.schema import ParameterKind
from portal.domain.texts import Text
from portal.rulebook.loader import Rulebook
from portal.web.languages import current_language
from portal.wording.dates import listed, long_day, months

_SECTIONS = {
    ParameterKind.FIELDS: "fields",
    ParameterKind.PLACES: "places",
    ParameterKind.FUNCTIONS: "functions",
    ParameterKind.EMPLOYER_KINDS: "employer_kinds",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One line: what is asked for, and how much or which. ``many`` holds the names of a long list singly."""

    name: str
    value: str
    many: tuple[str, ...] = ()


# Parameters that count back from the day asked: what they name has a day on which it stops counting.
WINDOWS: Final = ("awarded_within_months", "current_or_ended_within_months", "within_months")

# More names than this make a line nobody reads to its end.
MOST_NAMES: Final = 4


def terms_of(test: str, parameters: Parameters, rulebook: Rulebook) -> tuple[Term, ...]:
    """The parameters of a test in the reader's words, in the order of its predicate."""
    rules = PREDICATES[test].parameters
    writer = _Writer(rulebook)
    return tuple(
        Term(
            _("Asked for") if _is_single(parameter, parameters[parameter]) else name_of(parameter),
            writer.write(rule.kind, parameters[parameter]),
            writer.many(rule.kind, parameters[parameter]),
        )
        for parameter, rule in rules.items()
        if parameter in parameters
    )


def _is_single(parameter: str, value: Value) -> bool:
    """One of one is no choice."""
    return parameter == "any_of" and isinstance(value, tuple) and len(value) == 1


def windows_of(test: str, parameters: Parameters, rulebook: Rulebook) -> tuple[Term, ...]:
    """Only the windows among them."""
    return terms_of(test, {name: parameters[name] for name in WINDOWS if name in parameters}, rulebook)


def attributes_said(attributes: Mapping[str, str | int], rulebook: Rulebook) -> str:
    """What is written on a certificate: level, field, sitting and the like, in one line."""
    asked = {name: (str(value),) for name, value in attributes.items()}
    return _Writer(rulebook).attributes(asked)


def name_of(parameter: str) -> str:
    """A parameter in words; KeyError for one nobody has named yet."""
    names = {
        "any_of": _("One of"),
        "papers": _("Both of"),
        "awarded_within_months": _("Awarded or sat within"),
        "current": _("In force on the day"),
        "current_or_ended_within_months": _("In force, or ended within"),
        "attributes": _("With"),
        "at_least": _("At least"),
        "awarded_on_or_before": _("Awarded on or before"),
        "awarded_on_or_after": _("Awarded on or after"),
        "level": _("Level"),
        "fields": _("Field of study"),
        "places": _("Place"),
        "months": _("Length of work"),
        "within_months": _("Within the last"),
        "functions": _("Kind of work"),
        "employer_kinds": _("Kind of employer"),
        "management": _("Managing others"),
        "fact": _("Statement"),
        "years": _("Age"),
        "question": _("Question to be judged"),
        "target": _("Recognised for"),
        "document": _("Must still be read"),
    }
    return names[parameter]


@dataclass(frozen=True, slots=True)
class _Writer:
    rulebook: Rulebook

    def write(self, kind: ParameterKind, value: Value) -> str:
        """A parameter's value by its kind."""
        if isinstance(value, Text):
            return self._said(value)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, date):
            return long_day(value, current_language())
        if isinstance(value, int):
            return self._number(kind, value)
        if isinstance(value, str):
            return self._code(kind, value)
        if isinstance(value, Mapping):
            return self.attributes(value)
        return self._list(kind, value)

    def many(self, kind: ParameterKind, value: Value) -> tuple[str, ...]:
        """The names of a list too long for a line; none for a short one."""
        if kind is not ParameterKind.QUALIFICATIONS or not isinstance(value, tuple):
            return ()
        return tuple(self._member(kind, str(code)) for code in value) if len(value) > MOST_NAMES else ()

    def _number(self, kind: ParameterKind, value: int) -> str:
        if kind is ParameterKind.MONTHS:
            return months(value, current_language())
        return _("%(count)s years", count=value)

    def _code(self, kind: ParameterKind, code: str) -> str:
        words = self.rulebook.vocabulary
        if kind is ParameterKind.LEVEL:
            return _("%(level)s or higher", level=self._said(words["levels"][code]))
        if kind is ParameterKind.FACT:
            return self._said(words["facts"][code])
        if kind is ParameterKind.TARGET:
            return self._said(self.rulebook.targets[code].title)
        source = self.rulebook.sources.get(code)
        return self._said(source.title) if source else code

    def _list(self, kind: ParameterKind, value: tuple[str, ...] | tuple[tuple[str, ...], ...]) -> str:
        either = [
            self._either(item) if isinstance(item, tuple) else self._member(kind, item) for item in value
        ]
        last = "and" if kind is ParameterKind.PAPERS else "or"
        return listed(either, current_language(), last=last)

    def _either(self, codes: tuple[str, ...]) -> str:
        titles = [self._member(ParameterKind.QUALIFICATIONS, code) for code in codes]
        return listed(titles, current_language(), last="or")

    def _member(self, kind: ParameterKind, code: str) -> str:
        section = _SECTIONS.get(kind)
        if section:
            return self._said(self.rulebook.vocabulary[section][code])
        return self._said(self.rulebook.qualifications[code].title)

    def attributes(self, value: Mapping[str, tuple[str, ...]] | Mapping[str, int]) -> str:
        """Attributes with the values they must have, in one line."""
        names = self.rulebook.vocabulary["attributes"]
        parts = []
        for name, asked in value.items():
            wanted = (
                listed([self._attribute(name, one) for one in asked], current_language(), last="or")
                if isinstance(asked, tuple)
                else str(asked)
            )
            parts.append(_("%(name)s: %(value)s", name=self._said(names[name]), value=wanted))
        return listed(parts, current_language())

    def _attribute(self, name: str, code: str) -> str:
        """Levels, fields and places have titles; other values stand for themselves."""
        sections = {"level": "levels", "field": "fields", "place": "places"}
        titles = self.rulebook.vocabulary.get(sections.get(name, ""), {})
        return self._said(titles[code]) if code in titles else code

    @staticmethod
    def _said(text: Text) -> str:
        return text.in_language(current_language().locale)
