"""Every reason the engine can give, with the parameters each one carries.

Owns the registry: reason code -> parameter name -> what kind of thing it is.
Whoever puts reasons into words proves completeness against ``REASONS``. It
must not know any wording. A code never has optional parameters: where a day
may or may not be known there are two codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple, cast

from portal.domain.texts import Text

ParamValue = str | int | date | Decimal | Text | tuple[str, ...]


class ParamKind(StrEnum):
    """What a parameter of a reason is, so that a reader can be shown its name and not its code."""

    QUALIFICATION = "qualification"
    QUALIFICATIONS = "qualifications"
    DAY = "day"
    MONTHS = "months"
    NUMBER = "number"
    ATTRIBUTE = "attribute"
    FACT = "fact"
    TARGET = "target"
    QUESTION = "question"
    DOCUMENT = "document"
    SITTING = "sitting"
    CLAUSE = "clause"
    CLAUSES = "clauses"
    LEVEL = "level"
    FIELD = "field"
    FIELDS = "fields"
    PLACE = "place"
    PLACES = "places"
    EMPLOYER_KIND = "employer_kind"
    EMPLOYER_KINDS = "employer_kinds"


K = ParamKind
_HELD = {"qualification": K.QUALIFICATION}
_HELD_ON = {"qualification": K.QUALIFICATION, "on": K.DAY}
_HELD_ATTRIBUTE = {"qualification": K.QUALIFICATION, "attribute": K.ATTRIBUTE}
_MONTHS = {"months_low": K.MONTHS, "months_high": K.MONTHS, "needed": K.NUMBER}
_PASS = {"qualification": K.QUALIFICATION, "sitting": K.SITTING}
_PAIR = {**_PASS, "other": K.QUALIFICATION, "other_sitting": K.SITTING}
_COUNT = {"needed": K.NUMBER, "found": K.NUMBER}
_EMPLOYER = {"employer_kind": K.EMPLOYER_KIND}

REASONS: Final[Mapping[str, Mapping[str, ParamKind]]] = MappingProxyType(
    {
        # A qualification held.
        "holds.held": _HELD,
        "holds.found": _HELD_ON,
        "holds.found_until": {**_HELD_ON, "lapses_on": K.DAY},
        "holds.current": _HELD,
        "holds.current_until": {**_HELD, "lapses_on": K.DAY},
        "holds.ended_recently": {**_HELD, "ended_on": K.DAY, "lapses_on": K.DAY},
        "holds.none_found": {"qualifications": K.QUALIFICATIONS},
        "holds.not_yet": _HELD_ON,
        "holds.too_old": {**_HELD_ON, "lapsed_on": K.DAY},
        "holds.ended": {**_HELD, "ended_on": K.DAY},
        "holds.ended_too_long_ago": {**_HELD, "ended_on": K.DAY, "lapsed_on": K.DAY},
        "holds.expired": {**_HELD, "valid_until": K.DAY},
        "holds.too_late": {**_HELD_ON, "limit": K.DAY},
        "holds.too_early": {**_HELD_ON, "limit": K.DAY},
        "holds.attribute_other": _HELD_ATTRIBUTE,
        "holds.attribute_unknown": _HELD_ATTRIBUTE,
        "holds.below": {**_HELD_ATTRIBUTE, "found": K.NUMBER, "needed": K.NUMBER},
        "holds.day_unknown": _HELD,
        "holds.awaits_verification": _HELD,
        # Papers passed in the same or adjacent sittings.
        "sittings.passed_together": _PAIR,
        "sittings.none_found": {"qualifications": K.QUALIFICATIONS},
        "sittings.one_missing": {**_PASS, "counts_until": K.SITTING},
        "sittings.lapsed": {**_PASS, "counts_until": K.SITTING},
        "sittings.apart": _PAIR,
        "sittings.sitting_unknown": _HELD,
        "sittings.awaits_verification": _HELD,
        # Education.
        "education.reached": {"level": K.LEVEL, "needed": K.LEVEL},
        "education.below": {"level": K.LEVEL, "needed": K.LEVEL},
        "education.none_found": {"needed": K.LEVEL},
        "education.not_yet": {"level": K.LEVEL, "on": K.DAY},
        "education.other_field": {"field": K.FIELD, "fields": K.FIELDS},
        "education.other_place": {"place": K.PLACE, "places": K.PLACES},
        "education.attribute_unknown": {"attribute": K.ATTRIBUTE},
        "education.awaits_verification": {"level": K.LEVEL},
        # Experience, in months.
        "experience.reached": _MONTHS,
        "experience.reached_until": {**_MONTHS, "lapses_on": K.DAY},
        "experience.short": _MONTHS,
        "experience.short_until": {**_MONTHS, "met_on": K.DAY},
        "experience.open_counting": _MONTHS,
        "experience.open_counting_until": {**_MONTHS, "met_on": K.DAY},
        "experience.none_found": {"needed": K.NUMBER},
        "experience.awaits_verification": _MONTHS,
        # Employment on the day.
        "employed_in.employed": {**_EMPLOYER, "since": K.DAY},
        "employed_in.employed_until": {**_EMPLOYER, "since": K.DAY, "lapses_on": K.DAY},
        "employed_in.begins_later": {**_EMPLOYER, "on": K.DAY},
        "employed_in.ended": {**_EMPLOYER, "on": K.DAY},
        "employed_in.month_unknown": _EMPLOYER,
        "employed_in.none_found": {"employer_kinds": K.EMPLOYER_KINDS},
        "employed_in.awaits_verification": _EMPLOYER,
        # The person.
        "person.stated": {"fact": K.FACT},
        "person.stated_otherwise": {"fact": K.FACT},
        "person.not_stated": {"fact": K.FACT},
        "person.awaits_verification": {"fact": K.FACT},
        "age.reached": {"years": K.NUMBER, "on": K.DAY},
        "age.short": {"years": K.NUMBER, "on": K.DAY},
        "age.not_stated": {"years": K.NUMBER},
        "age.awaits_verification": {"years": K.NUMBER},
        # An officer's finding, another recognition, a document still to be read.
        "judgement.awaits_officer": {"question": K.QUESTION},
        "judgement.found_for": {"question": K.QUESTION},
        "judgement.found_against": {"question": K.QUESTION},
        "recognised_for.recognised": {"target": K.TARGET, "on": K.DAY},
        "recognised_for.recognised_until": {"target": K.TARGET, "on": K.DAY, "lapses_on": K.DAY},
        "recognised_for.not_recognised": {"target": K.TARGET},
        "recognised_for.ended": {"target": K.TARGET, "on": K.DAY},
        "recognised_for.not_yet": {"target": K.TARGET, "on": K.DAY},
        "unread.document": {"document": K.DOCUMENT},
        "confidence.low": {"document": K.DOCUMENT},
        "confidence.none": {},
        # Groups and exceptions.
        "unless.met": {"clause": K.CLAUSE},
        "unless.unknown": {"clause": K.CLAUSE},
        "all_of.met": {"clauses": K.CLAUSES},
        "all_of.not_met": {"clauses": K.CLAUSES},
        "all_of.undetermined": {"clauses": K.CLAUSES},
        "any_of.met": {"clauses": K.CLAUSES},
        "any_of.not_met": {"clauses": K.CLAUSES},
        "any_of.undetermined": {"clauses": K.CLAUSES},
        "at_least.met": _COUNT,
        "at_least.not_met": _COUNT,
        "at_least.undetermined": _COUNT,
        "group.not_applicable": {},
    }
)

_DAYS: Final = frozenset({K.DAY})


class Because(NamedTuple):
    """Why a clause came out as it did: a code of the registry and its parameters."""

    code: str
    params: Mapping[str, ParamValue] = MappingProxyType({})

    def to_json(self) -> dict[str, object]:
        """Plain values; days in ISO form, months as decimal text."""
        return {"code": self.code, "params": {k: _plain(v) for k, v in self.params.items()}}

    @staticmethod
    def from_json(record: Mapping[str, object]) -> Because:
        """Read what ``to_json`` wrote; the registry says what each value was."""
        code, params = str(record["code"]), cast("Mapping[str, object]", record["params"])
        kinds = REASONS[code]
        return Because(code, {name: _typed(kinds[name], value) for name, value in params.items()})


def _plain(value: ParamValue) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Text):
        return value.to_json()
    return list(value) if isinstance(value, tuple) else value


def _typed(kind: ParamKind, value: object) -> ParamValue:
    if isinstance(value, Mapping):
        return Text.from_json(value)
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    if kind in _DAYS:
        return date.fromisoformat(str(value))
    if kind is K.MONTHS:
        return Decimal(str(value))
    return int(str(value)) if kind is K.NUMBER else str(value)
