"""The index: tracks, the targets of both banks by their authority, and the answer to a search among them.

Owns the frozen values of lists of targets. It must not know what a rule says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from portal.domain.places import Jurisdiction
from portal.domain.rules.answers import answers_with_track
from portal.domain.rules.catalogue import Track
from portal.domain.rules.rulesets import Target
from portal.rulebook.loader import Rulebook
from portal.services.target_search import FoundTargets
from portal.web.languages import current_language
from portal.web.public.requirements.answers import AnswerView, answer_views
from portal.web.public.requirements.clauses import said
from portal.wording.dates import listed

# More names than this hide the title they stand under.
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class TargetLink:
    """A target in a list. ``names`` says which of the things searched for its rule asks for."""

    place: Jurisdiction
    title: str
    kind: str
    authority: str
    address: str
    names: str = ""


@dataclass(frozen=True, slots=True)
class AuthorityGroup:
    """The targets of one authority."""

    name: str
    targets: tuple[TargetLink, ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """One bank: its targets by authority, in the order of the rulebook."""

    place: Jurisdiction
    count: int
    groups: tuple[AuthorityGroup, ...]


@dataclass(frozen=True, slots=True)
class TrackView:
    """A track: both sides, and what is known about holding both."""

    title: str
    note: str
    address: str
    targets: tuple[TargetLink, ...]
    answers: tuple[AnswerView, ...]

    def on(self, place: str) -> tuple[TargetLink, ...]:
        """The targets of one bank; none where the other has no counterpart."""
        return tuple(one for one in self.targets if one.place == place)


@dataclass(frozen=True, slots=True)
class SearchView:
    """What was typed, and what it found."""

    typed: str
    question: str
    named: tuple[TargetLink, ...]
    more: int
    naming: tuple[TargetLink, ...]
    guesses: tuple[TargetLink, ...]

    @property
    def found_nothing(self) -> bool:
        return not (self.named or self.naming or self.guesses)


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The whole index; ``search`` is none until somebody looks for something."""

    search: SearchView | None
    tracks: tuple[TrackView, ...]
    sides: tuple[SideView, ...]


def index_page(rulebook: Rulebook, search: SearchView | None = None) -> IndexPage:
    """All tracks and all targets."""
    return IndexPage(
        search=search,
        tracks=tuple(track_view(track, rulebook) for track in rulebook.tracks.values()),
        sides=tuple(_side(place, rulebook) for place in Jurisdiction),
    )


def track_view(track: Track, rulebook: Rulebook) -> TrackView:
    """One track."""
    return TrackView(
        title=said(track.title),
        note=said(track.note) if track.note else "",
        address=url_for("requirements.track", track=track.id),
        targets=_links((*track.hk, *track.sz), rulebook),
        answers=answer_views(answers_with_track(rulebook, track.id), rulebook),
    )


def search_view(typed: str, found: FoundTargets, rulebook: Rulebook) -> SearchView:
    """What a search found, as lists of targets."""
    naming = tuple(
        _link(rulebook.targets[target], rulebook, names=_names(codes, rulebook))
        for target, codes in found.naming.items()
    )
    return SearchView(
        typed=typed,
        question=said(found.question) if found.question else "",
        named=_links(found.named, rulebook),
        more=found.more,
        naming=naming,
        guesses=_links(found.guesses, rulebook),
    )


def _side(place: Jurisdiction, rulebook: Rulebook) -> SideView:
    targets = [target for target in rulebook.targets.values() if target.jurisdiction is place]
    by_authority: dict[str, list[TargetLink]] = {}
    for target in targets:
        by_authority.setdefault(target.authority, []).append(_link(target, rulebook))
    return SideView(
        place=place,
        count=len(targets),
        groups=tuple(
            AuthorityGroup(said(rulebook.authorities[authority].title), tuple(links))
            for authority, links in by_authority.items()
        ),
    )


def _links(targets: Iterable[str], rulebook: Rulebook) -> tuple[TargetLink, ...]:
    return tuple(_link(rulebook.targets[one], rulebook) for one in targets)


def _link(target: Target, rulebook: Rulebook, *, names: str = "") -> TargetLink:
    return TargetLink(
        place=target.jurisdiction,
        title=said(target.title),
        kind=said(rulebook.vocabulary["recognition_kinds"][target.recognition.value]),
        authority=said(rulebook.authorities[target.authority].title),
        address=url_for("requirements.target", target=target.id),
        names=names,
    )


def _names(codes: tuple[str, ...], rulebook: Rulebook) -> str:
    titles = [said(rulebook.qualifications[code].title) for code in codes[:_MOST_NAMES]]
    return listed(titles, current_language())
