"""The facts about one person, each with its standing, as the engine reads them.

Owns the shapes and the two bases of a verdict. It must not know where facts
come from, how they were proven or which rule will read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TypeVar

from portal.domain.rules.vocabulary import Basis

AttributeValue = str | int
Fact = TypeVar("Fact", "Holding", "Work", "PersonFact")


@dataclass(frozen=True, slots=True)
class Holding:
    """One qualification a person holds or held.

    ``awarded_on`` is the day of the award or of the sitting; ``begun_on`` and
    ``ended_on`` bound a licence, registration or membership, and ``ended_on`` is
    the first day without it; ``valid_until`` is the last day of validity.
    """

    id: str
    qualification: str
    awarded_on: date | None = None
    begun_on: date | None = None
    ended_on: date | None = None
    valid_until: date | None = None
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """One period of work; ``ended_on`` is the last day worked, none while it goes on.

    ``share`` is the part of full time, none when it is not known. With
    ``month_precision`` only the months of the two days are known.
    """

    id: str
    functions: tuple[str, ...]
    employer_kind: str
    place: str
    begun_on: date
    ended_on: date | None = None
    share: Fraction | None = Fraction(1)
    manages: bool = False
    verified: bool = False
    month_precision: bool = False


@dataclass(frozen=True, slots=True)
class PersonFact:
    """One fact about the person; a value of none is a question not answered."""

    name: str
    value: bool | date | None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """An officer's finding on one clause; with ``target`` it binds that target alone."""

    clause: str
    finding: bool
    reason: str = ""
    target: str | None = None


@dataclass(frozen=True, slots=True)
class HeldRecognition:
    """A recognition this programme granted; ``ended_on`` is the first day without it."""

    id: str
    target: str
    granted_on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything known of one person. The order of facts carries no meaning."""

    holdings: tuple[Holding, ...] = ()
    work: tuple[Work, ...] = ()
    facts: tuple[PersonFact, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    recognitions: tuple[HeldRecognition, ...] = ()

    def on_basis(self, basis: Basis) -> Dossier:
        """The dossier one verdict reads.

        On the declared basis every fact counts as if it were verified. On the
        verified basis unverified facts stay in the dossier as they are: they do
        not count, but a clause they would settle is pending rather than not met.
        """
        if basis is Basis.VERIFIED:
            return self
        return replace(
            self,
            holdings=tuple(_counted(holding) for holding in self.holdings),
            work=tuple(_counted(period) for period in self.work),
            facts=tuple(_counted(fact) for fact in self.facts),
        )


def _counted(fact: Fact) -> Fact:
    return fact if fact.verified else replace(fact, verified=True)
