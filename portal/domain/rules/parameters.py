"""Whether a clause's parameters fit its predicate, and the codes they name exist.

Owns the types of parameters. Each answer is a problem in words with a stable
code; where the clause stands is the caller's business.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from portal.domain.rules.clauses import Parameters, Value
from portal.domain.rules.predicates.education import LEVELS
from portal.domain.rules.predicates.registry import PREDICATES
from portal.domain.rules.predicates.schema import ParameterKind
from portal.domain.texts import Text

K = ParameterKind


class Known(NamedTuple):
    """The codes a rulebook defines, by the list they stand in."""

    qualifications: Collection[str]
    targets: Collection[str]
    sources: Collection[str]
    vocabulary: Mapping[str, Collection[str]]


class Problem(NamedTuple):
    """One thing wrong with a test or a parameter."""

    code: str
    message: str
    remedy: str


def settle_parameters(test: str, parameters: Mapping[str, Value]) -> dict[str, Value]:
    """Read days that came as ISO text (JSON has no days); leave everything else as it is."""
    predicate = PREDICATES.get(test)
    if predicate is None:
        return dict(parameters)
    days = {name for name, rule in predicate.parameters.items() if rule.kind is K.DAY}
    return {
        name: _as_day(value) if name in days and isinstance(value, str) else value
        for name, value in parameters.items()
    }


def _as_day(value: str) -> Value:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


def problems_of(test: str, parameters: Parameters, known: Known) -> Iterable[Problem]:
    """Everything wrong with a test and its parameters."""
    predicate = PREDICATES.get(test)
    if predicate is None:
        names = ", ".join(sorted(PREDICATES))
        yield Problem("test.unknown", f"There is no test “{test}”.", f"Use one of: {names}.")
        return
    for name, rule in predicate.parameters.items():
        if rule.required and name not in parameters:
            yield Problem("parameter.missing", f"“{test}” needs “{name}”.", f"Give {name} in with.")
    for name, value in parameters.items():
        if name not in predicate.parameters:
            names = ", ".join(sorted(predicate.parameters))
            yield Problem("parameter.unknown", f"“{test}” takes no “{name}”.", f"It takes: {names}.")
        else:
            yield from _value_problems(name, predicate.parameters[name].kind, value, known)


def _value_problems(name: str, kind: K, value: Value, known: Known) -> Iterable[Problem]:
    expected = _TYPES[kind]
    if not expected.fits(value):
        yield Problem("parameter.type", f"“{name}” cannot be {value!r}.", f"It must be {expected.words}.")
        return
    for list_name, code in _named(kind, value):
        if code not in _codes(list_name, known):
            yield Problem(
                f"{list_name}.unknown",
                f"“{name}” names “{code}”, which is not among the {list_name.replace('_', ' ')}.",
                f"Correct the code, or add it to the {_SHELF.get(list_name, 'vocabulary')}.",
            )


_SHELF: Final = {"qualification": "catalogue", "target": "targets", "source": "sources"}
_LISTS: Final = {
    K.QUALIFICATIONS: "qualification",
    K.PAPERS: "qualification",
    K.FIELDS: "fields",
    K.PLACES: "places",
    K.FUNCTIONS: "functions",
    K.EMPLOYER_KINDS: "employer_kinds",
    K.FACT: "facts",
    K.LEVEL: "levels",
    K.TARGET: "target",
    K.ATTRIBUTE_VALUES: "attributes",
    K.ATTRIBUTE_NUMBERS: "attributes",
}


def _named(kind: K, value: Value) -> Iterable[tuple[str, str]]:
    list_name = _LISTS.get(kind)
    if list_name is None:
        return
    for item in (value,) if isinstance(value, str) else _items(value):
        yield list_name, item


def _items(value: object) -> Iterable[str]:
    """The texts of a list, of a list of lists, or the keys of a table."""
    if isinstance(value, tuple | Mapping):
        for item in value:
            if isinstance(item, str):
                yield item
            else:
                yield from _items(item)


def _codes(list_name: str, known: Known) -> Collection[str]:
    if list_name == "qualification":
        return known.qualifications
    if list_name == "target":
        return known.targets
    if list_name == "levels":
        return LEVELS
    return known.vocabulary.get(list_name, ())


class _Type(NamedTuple):
    fits: Callable[[object], bool]
    words: str


def _is_codes(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(v, str) for v in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_papers(value: object) -> bool:
    return isinstance(value, tuple) and len(value) > 1 and all(_is_codes(v) for v in value)


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_attribute_values(value: object) -> bool:
    return isinstance(value, Mapping) and bool(value) and all(map(_is_codes, value.values()))


def _is_attribute_numbers(value: object) -> bool:
    return isinstance(value, Mapping) and bool(value) and all(map(_is_number, value.values()))


_CODES: Final = _Type(_is_codes, "a list of codes with at least one")
_NUMBER: Final = _Type(_is_number, "a whole number above zero")
_WORD: Final = _Type(_is_word, "one code")
_TYPES: Final[Mapping[K, _Type]] = {
    K.QUALIFICATIONS: _CODES,
    K.FIELDS: _CODES,
    K.PLACES: _CODES,
    K.FUNCTIONS: _CODES,
    K.EMPLOYER_KINDS: _CODES,
    K.PAPERS: _Type(_is_papers, "two or more lists of codes"),
    K.MONTHS: _NUMBER,
    K.YEARS: _NUMBER,
    K.FLAG: _Type(lambda value: isinstance(value, bool), "true or false"),
    K.DAY: _Type(lambda value: isinstance(value, date), "a day as YYYY-MM-DD"),
    K.ATTRIBUTE_VALUES: _Type(_is_attribute_values, "a table of attributes and allowed values"),
    K.ATTRIBUTE_NUMBERS: _Type(_is_attribute_numbers, "a table of attributes and numbers"),
    K.LEVEL: _WORD,
    K.FACT: _WORD,
    K.TARGET: _WORD,
    K.QUESTION: _Type(lambda value: isinstance(value, Text), "a text in three languages"),
    K.DOCUMENT: _Type(
        lambda value: isinstance(value, Text) or _is_word(value),
        "a source’s id or a text in three languages",
    ),
}
