"""What a visitor has answered so far, as plain values that can be kept and read back.

Owns the shape of the answers and the dossier they make. A question never asked and one answered
with "not sure" are told apart, because only the first is asked again; neither is ever a no. It must
not know questions, rules or pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, cast

from portal.domain.dossier import AttributeValue, Dossier, Holding, PersonFact, Work
from portal.domain.places import Jurisdiction
from portal.domain.sense import CREDENTIAL_DAYS, CredentialDays

EDUCATION: Final = "education."
# Qualifications and periods of work together.
MOST_ITEMS: Final = 60

Json = Mapping[str, Any]


class Held(StrEnum):
    """What was answered about one qualification."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Told(StrEnum):
    """How far a list of degrees or of periods of work was told."""

    NOT_ASKED = ""
    WHOLE = "whole"
    UNSURE = "unsure"

    @property
    def reopened(self) -> Told:
        """As it stands once something was added: no longer "not sure", and to be closed anew."""
        return Told.NOT_ASKED if self is Told.UNSURE else self


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """One qualification the visitor holds or held.

    ``told`` once its days were asked, ``sure`` once it was asked which of several things of one
    name is meant.
    """

    id: str
    qualification: str
    days: CredentialDays = field(default_factory=CredentialDays)
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    told: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True)
class WorkedAnswer:
    """One period of work; ``employer`` may be left out, ``share_percent`` is none for "not sure"."""

    id: str
    employer: str
    employer_kind: str
    place: str
    functions: tuple[str, ...]
    begun_on: date
    ended_on: date | None = None
    post: str = ""
    share_percent: int | None = 100
    manages: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything answered in one check.

    ``towards`` are the cities aimed at, ``aims`` the targets there. ``facts`` holds every question
    about the person that was asked; none stands for "not sure".
    """

    towards: tuple[Jurisdiction, ...] = ()
    tracks: tuple[str, ...] = ()
    aims: tuple[str, ...] = ()
    facts: Mapping[str, bool | date | None] = field(default_factory=dict)
    held: Mapping[str, Held] = field(default_factory=dict)
    holdings: tuple[HeldAnswer, ...] = ()
    degrees: Told = Told.NOT_ASKED
    work: Told = Told.NOT_ASKED
    periods: tuple[WorkedAnswer, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True while nothing about the person was answered."""
        return not (self.facts or self.held or self.holdings or self.periods or self.degrees or self.work)

    @property
    def born_on(self) -> date | None:
        """The date of birth, where it was told."""
        told = self.facts.get("born_on")
        return told if isinstance(told, date) else None

    @property
    def untold(self) -> HeldAnswer | None:
        """The first qualification whose days were not asked yet."""
        return next((one for one in self.holdings if not one.told), None)

    @property
    def is_full(self) -> bool:
        """True when nothing more can be told; far more than anybody has."""
        return len(self.holdings) + len(self.periods) >= MOST_ITEMS

    def holding(self, item: str) -> HeldAnswer | None:
        """One of the qualifications by its key."""
        return next((one for one in self.holdings if one.id == item), None)

    def period(self, item: str) -> WorkedAnswer | None:
        """One of the periods by its key."""
        return next((one for one in self.periods if one.id == item), None)

    def with_holding(self, one: HeldAnswer) -> Answers:
        """The same with one qualification added, or changed in its place."""
        if self.holding(one.id) is None:
            return replace(self, holdings=(*self.holdings, one))
        return replace(self, holdings=tuple(one if old.id == one.id else old for old in self.holdings))

    def without_holding(self, item: str) -> Answers:
        """The same without one qualification; a degree taken out leaves the others."""
        gone = self.holding(item)
        kept = tuple(one for one in self.holdings if one.id != item)
        if gone is None or gone.qualification.startswith(EDUCATION):
            return replace(self, holdings=kept)
        return replace(self, holdings=kept, held={**self.held, gone.qualification: Held.NO})

    def with_period(self, one: WorkedAnswer) -> Answers:
        """The same with one period of work added, or changed in its place."""
        if self.period(one.id) is None:
            return replace(self, periods=(*self.periods, one))
        return replace(self, periods=tuple(one if old.id == one.id else old for old in self.periods))

    def without_period(self, item: str) -> Answers:
        """The same without one period of work."""
        return replace(self, periods=tuple(one for one in self.periods if one.id != item))

    def as_dossier(self) -> Dossier:
        """The facts as the engine reads them: all declared, none verified."""
        return Dossier(
            holdings=tuple(map(_holding, self.holdings)),
            work=tuple(map(_work, self.periods)),
            facts=tuple(PersonFact(name, value) for name, value in self.facts.items() if value is not None),
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values only."""
        return {
            "towards": [side.value for side in self.towards],
            "tracks": list(self.tracks),
            "aims": list(self.aims),
            "facts": {name: _plain(value) for name, value in self.facts.items()},
            "held": {code: answer.value for code, answer in self.held.items()},
            "holdings": [_holding_to_json(one) for one in self.holdings],
            "degrees": self.degrees.value,
            "work": self.work.value,
            "periods": [_period_to_json(one) for one in self.periods],
        }

    @staticmethod
    def from_json(kept: Json) -> Answers:
        """Read what ``to_json`` wrote."""
        return Answers(
            towards=tuple(map(Jurisdiction, kept["towards"])),
            tracks=tuple(kept["tracks"]),
            aims=tuple(kept["aims"]),
            facts={name: _fact(value) for name, value in kept["facts"].items()},
            held={code: Held(answer) for code, answer in kept["held"].items()},
            holdings=tuple(map(_holding_from_json, kept["holdings"])),
            degrees=Told(kept["degrees"]),
            work=Told(kept["work"]),
            periods=tuple(map(_period_from_json, kept["periods"])),
        )


def _holding(one: HeldAnswer) -> Holding:
    days = one.days
    return Holding(
        one.id,
        one.qualification,
        days.awarded_on,
        days.begun_on,
        days.ended_on,
        days.valid_until,
        one.attributes,
    )


def _work(one: WorkedAnswer) -> Work:
    return Work(
        id=one.id,
        functions=one.functions,
        employer_kind=one.employer_kind,
        place=one.place,
        begun_on=one.begun_on,
        ended_on=one.ended_on,
        share=None if one.share_percent is None else Fraction(one.share_percent, 100),
        manages=one.manages,
    )


def _plain(value: bool | date | None) -> bool | str | None:
    return value.isoformat() if isinstance(value, date) else value


def _fact(value: object) -> bool | date | None:
    return date.fromisoformat(value) if isinstance(value, str) else cast("bool | None", value)


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _holding_to_json(one: HeldAnswer) -> dict[str, Any]:
    days = {name: _plain(getattr(one.days, name)) for name in CREDENTIAL_DAYS}
    return {
        "id": one.id,
        "qualification": one.qualification,
        **days,
        "attributes": dict(one.attributes),
        "told": one.told,
        "sure": one.sure,
    }


def _holding_from_json(kept: Json) -> HeldAnswer:
    days = CredentialDays(*(_day(kept[name]) for name in CREDENTIAL_DAYS))
    return HeldAnswer(kept["id"], kept["qualification"], days, kept["attributes"], kept["told"], kept["sure"])


def _period_to_json(one: WorkedAnswer) -> dict[str, Any]:
    return {
        "id": one.id,
        "employer": one.employer,
        "employer_kind": one.employer_kind,
        "place": one.place,
        "functions": list(one.functions),
        "begun_on": one.begun_on.isoformat(),
        "ended_on": _plain(one.ended_on),
        "post": one.post,
        "share_percent": one.share_percent,
        "manages": one.manages,
    }


def _period_from_json(kept: Json) -> WorkedAnswer:
    days = {"begun_on": date.fromisoformat(kept["begun_on"]), "ended_on": _day(kept["ended_on"])}
    return WorkedAnswer(**{**kept, "functions": tuple(kept["functions"]), **days})
