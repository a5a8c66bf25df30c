"""What a rulebook keeps by id: the shelves that the lint checks and a comparison sets side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from portal.domain.rules.catalogue import Authority, Measure, Qualification, Source, Track
from portal.domain.rules.rulesets import Target


class Shelves(Protocol):
    """The shelves of a rulebook, each from an id to its entry."""

    @property
    def targets(self) -> Mapping[str, Target]: ...
    @property
    def tracks(self) -> Mapping[str, Track]: ...
    @property
    def qualifications(self) -> Mapping[str, Qualification]: ...
    @property
    def measures(self) -> Mapping[str, Measure]: ...
    @property
    def sources(self) -> Mapping[str, Source]: ...
    @property
    def authorities(self) -> Mapping[str, Authority]: ...
