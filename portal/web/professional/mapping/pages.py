"""What the mapping page and the overview show, prepared: both cities, clause by clause.

Owns the choice of what is asked when the reader has not said (track, target) and the frozen values
of the pages. It must not read the database: the service has read everything in one go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.places import Jurisdiction
from portal.domain.rules.catalogue import Track
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Outcome
from portal.rulebook.loader import Rulebook
from portal.services.mapping import PersonMapping
from portal.services.mapping_visits import SinceVisit
from portal.web.citations import CitationView
from portal.web.languages import current_language
from portal.web.professional.mapping.groups import Shown
from portal.web.professional.mapping.since import SinceView, since_view
from portal.web.professional.mapping.targets import (
    Ground,
    TargetRow,
    TargetView,
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

    @property
    def is_empty(self) -> bool:
        """No counterpart was found on this side."""
        return not (self.target or self.others or self.not_yet)


@dataclass(frozen=True, slots=True)
class FilterLink:
    """One choice of the quiet filter, with how many clauses it shows."""

    text: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class MappingPage:
    """The mapping of one track on one day. ``since`` is none on any day but today."""

    track: str
    title: str
    note: str
    on: date
    is_today: bool
    today_address: str
    shown: Shown
    filters: tuple[FilterLink, ...]
    sides: tuple[Side, ...]
    sources: tuple[CitationView, ...]
    since: SinceView | None
    release_digest: str
    all_address: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the reader asks of a mapping: a track, a target on each side, a day, which clauses."""

    track: Track
    chosen: Mapping[str, str | None]
    shown: Shown
    today: date
    on: date

    @property
    def targets(self) -> tuple[str, ...]:
        """The targets on both sides."""
        return (*self.track.hk, *self.track.sz)

    def address(self, **changes: str | None) -> str:
        """The address of this question with some of it changed; what goes without saying is left out."""
        asked: dict[str, Any] = {
            **{side: self.chosen.get(side) for side in ("hk", "sz")},
            "on": None if self.on == self.today else self.on.isoformat(),
            "show": None if self.shown is Shown.ALL else self.shown.value,
            **changes,
        }
        return url_for("professional.mapping", track=self.track.id, **asked)

    def address_of(self, target: Target) -> str:
        """The page of this question with a target in full, and every clause shown."""
        return self.address(show=None, **{target.jurisdiction.value: target.id})


def mapping_page(
    mapping: PersonMapping,
    ground: Ground,
    question: Question,
    *,
    since: SinceVisit | None,
) -> MappingPage:
    """Prepare the page of a track."""
    track, locale = question.track, current_language().locale
    sides = tuple(_side(mapping, ground, question, place, targets) for place, targets in sides_of(track))
    return MappingPage(
        track=track.id,
        title=track.title.in_language(locale),
        note=track.note.in_language(locale) if track.note else "",
        on=mapping.on,
        is_today=mapping.on == question.today,
        today_address=question.address(on=None),
        shown=question.shown,
        filters=_filters(sides, question),
        sides=sides,
        sources=ground.citations.said,
        since=since_view(since, ground.rulebook, question.address_of) if since else None,
        release_digest=ground.rulebook.digest,
        all_address=url_for("professional.mappings"),
    )


def _side(
    mapping: PersonMapping, ground: Ground, question: Question, place: Jurisdiction, targets: tuple[str, ...]
) -> Side:
    """One city: the target the reader chose, or the one they are nearest to; the others in rows."""
    verdicts, wanted = mapping.verdicts, question.chosen.get(place.value)
    target = wanted if wanted in targets and wanted in verdicts else best_target(mapping, targets)
    others = tuple(
        target_row(verdicts[one], ground.rulebook, question.address(**{place.value: one}))
        for one in targets
        if one != target and one in verdicts
    )
    view = None
    if target:
        view = target_view(
            verdicts[target],
            ground,
            track=question.track.id,
            shown=question.shown,
            standing_case=mapping.cases.get(target),
        )
    return Side(place, view, others, _not_yet(mapping, ground.rulebook, targets))


def _filters(sides: tuple[Side, ...], question: Question) -> tuple[FilterLink, ...]:
    states = [
        state for side in sides if side.target for group in side.target.groups for state in group.states
    ]
    words = {
        Shown.ALL: _("All"),
        Shown.MISSING: _("Missing"),
        Shown.UNKNOWN: _("Cannot tell"),
    }
    return tuple(
        FilterLink(
            text,
            sum(1 for state in states if shown.shows(state)),
            question.address(show=None if shown is Shown.ALL else shown.value),
            shown is question.shown,
        )
        for shown, text in words.items()
    )


@dataclass(frozen=True, slots=True)
class Crossing:
    """One way across in the overview; without a target, no counterpart was found on that side."""

    place: Jurisdiction
    row: TargetRow | None


@dataclass(frozen=True, slots=True)
class TrackRow:
    """One track in the overview: both ways across, small. ``moved`` counts planks that moved since."""

    title: str
    address: str
    crossings: tuple[Crossing, ...]
    moved: int


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """All tracks as small bridges."""

    on: date
    tracks: tuple[TrackRow, ...]
    seen_on: date | None
    papers_address: str


def overview_page(
    mapping: PersonMapping, rulebook: Rulebook, since: SinceVisit | None = None, *, most: int | None = None
) -> OverviewPage:
    """Prepare the tracks as small bridges: all in the rulebook's order, or the ``most`` nearest for the home page."""
    tracks = list(rulebook.tracks.values())
    if most is not None:
        tracks = sorted(tracks, key=lambda track: -_met_planks(mapping, track))[:most]
    moved = Counter(move.target for move in since.moves) if since else Counter()
    return OverviewPage(
        on=mapping.on,
        tracks=tuple(_track_row(mapping, rulebook, track, moved) for track in tracks),
        seen_on=since.seen_on if since else None,
        papers_address=url_for("professional.mapping_papers"),
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
    return sum(1 for clause in mapping.verdicts[target].declared.top_level() if clause.outcome.is_open)


def _met_planks(mapping: PersonMapping, track: Track) -> int:
    best = (best_target(mapping, targets) for _place, targets in sides_of(track))
    return sum(_met_count(mapping, target) for target in best if target)


def _met_count(mapping: PersonMapping, target: str) -> int:
    clauses = mapping.verdicts[target].declared.top_level()
    return sum(1 for clause in clauses if clause.outcome is Outcome.MET)


def sides_of(track: Track) -> tuple[tuple[Jurisdiction, tuple[str, ...]], ...]:
    """The targets of a track by city."""
    return ((Jurisdiction.HONG_KONG, track.hk), (Jurisdiction.SHENZHEN, track.sz))


def _track_row(mapping: PersonMapping, rulebook: Rulebook, track: Track, moved: Counter[str]) -> TrackRow:
    address = url_for("professional.mapping", track=track.id)
    crossings = []
    for place, targets in sides_of(track):
        best = best_target(mapping, targets)
        row = target_row(mapping.verdicts[best], rulebook, address) if best else None
        crossings.append(Crossing(place, row))
    return TrackRow(
        title=track.title.in_language(current_language().locale),
        address=address,
        crossings=tuple(crossings),
        moved=sum(moved[target] for target in (*track.hk, *track.sz)),
    )


def _not_yet(mapping: PersonMapping, rulebook: Rulebook, targets: tuple[str, ...]) -> tuple[NotYet, ...]:
    return tuple(
        NotYet(spoken(rulebook.targets[target]), mapping.not_yet[target])
        for target in targets
        if target in mapping.not_yet
    )
