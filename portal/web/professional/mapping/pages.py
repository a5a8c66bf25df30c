"""What the mapping page and the overview show, prepared: both cities, clause by clause.

Owns the choice of what is asked when the reader has not said (track, target) and the frozen values
of the pages. It must not read the database: the service has read everything in one go.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from portal.domain.places import Jurisdiction
from portal.domain.rules.catalogue import Track
from portal.domain.rules.explanation import PlankState
from portal.rulebook.loader import Rulebook
from portal.services.mapping import PersonMapping
from portal.web.languages import current_language
from portal.web.professional.mapping.facts import FactView, facts_by_key
from portal.web.professional.mapping.targets import (
    TargetRow,
    TargetView,
    planks_of,
    spoken,
    target_row,
    target_view,
)


@dataclass(frozen=True, slots=True)
class NotYet:
    """A target whose rules had not begun on the day asked."""

    title: str
    began: date


@dataclass(frozen=True, slots=True)
class Side:
    """One city: the target shown in full, and the others of the track in rows."""

    place: Jurisdiction
    target: TargetView | None
    others: tuple[TargetRow, ...]
    not_yet: tuple[NotYet, ...]


@dataclass(frozen=True, slots=True)
class MappingPage:
    """The mapping of one track on one day."""

    track: str
    title: str
    note: str
    on: date
    is_today: bool
    sides: tuple[Side, ...]
    all_address: str


@dataclass(frozen=True, slots=True)
class TrackRow:
    """One track in the overview: both ways across, small."""

    title: str
    address: str
    bridges: tuple[TargetRow, ...]


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """All tracks as small bridges."""

    on: date
    tracks: tuple[TrackRow, ...]


def mapping_page(
    mapping: PersonMapping,
    rulebook: Rulebook,
    track: Track,
    *,
    chosen: Mapping[str, str | None],
    today: date,
) -> MappingPage:
    """Prepare the page of a track; ``chosen`` names the target of each side, if the reader did."""
    asked = _Asked(mapping, rulebook, track, today, facts_by_key(mapping.dossier, rulebook))
    locale = current_language().locale
    return MappingPage(
        track=track.id,
        title=track.title.in_language(locale),
        note=track.note.in_language(locale) if track.note else "",
        on=mapping.on,
        is_today=mapping.on == today,
        sides=tuple(asked.side(place, targets, chosen.get(place.value)) for place, targets in _sides(track)),
        all_address=url_for("professional.mappings"),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question to one mapping: which track, on which day."""

    mapping: PersonMapping
    rulebook: Rulebook
    track: Track
    today: date
    facts: Mapping[str, FactView]

    def side(self, place: Jurisdiction, targets: tuple[str, ...], wanted: str | None) -> Side:
        """One city: the target the reader chose, or the one they are nearest to; the others in rows."""
        verdicts = self.mapping.verdicts
        known = wanted in targets and wanted in verdicts
        target = wanted if known else best_target(self.mapping, targets)
        others = tuple(
            target_row(verdicts[one], self.rulebook, self._address(place, one))
            for one in targets
            if one != target and one in verdicts
        )
        view = self._view(target) if target else None
        return Side(place, view, others, _not_yet(self.mapping, self.rulebook, targets))

    def _view(self, target: str) -> TargetView:
        return target_view(
            self.mapping.verdicts[target],
            self.rulebook,
            self.facts,
            track=self.track.id,
            standing_case=self.mapping.cases.get(target),
        )

    def _address(self, place: Jurisdiction, target: str) -> str:
        """The same page with another target on one side; today is left out of the address."""
        asked: dict[str, Any] = {place.value: target}
        if self.mapping.on != self.today:
            asked["on"] = self.mapping.on.isoformat()
        return url_for("professional.mapping", track=self.track.id, **asked)


def overview_page(mapping: PersonMapping, rulebook: Rulebook) -> OverviewPage:
    """Prepare all tracks as small bridges; also for the person's home page."""
    return OverviewPage(
        on=mapping.on,
        tracks=tuple(_track_row(mapping, rulebook, track) for track in rulebook.tracks.values()),
    )


def default_track(mapping: PersonMapping, rulebook: Rulebook) -> Track:
    """The track with a standing case, else the one on which most planks lie."""
    asked = {case.track for case in mapping.cases.values()}
    tracks = rulebook.tracks.values()
    return max(tracks, key=lambda track: (track.id in asked, _met_planks(mapping, track)))


def best_target(mapping: PersonMapping, targets: tuple[str, ...]) -> str | None:
    """The target with a standing case, else the one with the fewest gaps, the rule's order on a tie."""
    known = [target for target in targets if target in mapping.verdicts]
    return max(known, key=lambda one: (one in mapping.cases, -_gap_count(mapping, one)), default=None)


def _gap_count(mapping: PersonMapping, target: str) -> int:
    missing = (PlankState.NOT_MET, PlankState.UNDETERMINED)
    return sum(1 for plank in planks_of(mapping.verdicts[target]) if plank.state in missing)


def _met_planks(mapping: PersonMapping, track: Track) -> int:
    best = (best_target(mapping, targets) for _place, targets in _sides(track))
    return sum(_met_count(mapping, target) for target in best if target)


def _met_count(mapping: PersonMapping, target: str) -> int:
    met = (PlankState.MET_VERIFIED, PlankState.MET_DECLARED)
    return sum(1 for plank in planks_of(mapping.verdicts[target]) if plank.state in met)


def _sides(track: Track) -> tuple[tuple[Jurisdiction, tuple[str, ...]], ...]:
    return ((Jurisdiction.HONG_KONG, track.hk), (Jurisdiction.SHENZHEN, track.sz))


def _track_row(mapping: PersonMapping, rulebook: Rulebook, track: Track) -> TrackRow:
    address = url_for("professional.mapping", track=track.id)
    shown = (best_target(mapping, targets) for _place, targets in _sides(track))
    return TrackRow(
        title=track.title.in_language(current_language().locale),
        address=address,
        bridges=tuple(target_row(mapping.verdicts[target], rulebook, address) for target in shown if target),
    )


def _not_yet(mapping: PersonMapping, rulebook: Rulebook, targets: tuple[str, ...]) -> tuple[NotYet, ...]:
    return tuple(
        NotYet(spoken(rulebook.targets[target]), mapping.not_yet[target])
        for target in targets
        if target in mapping.not_yet
    )
