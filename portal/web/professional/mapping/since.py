"""What moved since the last visit, in words: what a plank was, what it is, and why.

Owns the words of causes and directions. It must not work out anything: the service did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _

from portal.domain.places import Jurisdiction
from portal.domain.rules.explanation import PlankState
from portal.domain.rules.rulesets import Target
from portal.rulebook.loader import Rulebook
from portal.services.mapping_visits import Cause, Direction, Move, SinceVisit
from portal.web.bridge import plank_word
from portal.web.languages import current_language
from portal.web.professional.mapping.clauses import clause_anchor
from portal.wording.dates import listed
from portal.wording.marking import N_

_CAUSES: Final = {
    Cause.RULES: N_("the rules changed"),
    Cause.DAY: N_("time passed"),
    Cause.FACTS: N_("your facts changed"),
    Cause.OFFICER: N_("an officer checked your facts"),
}
_DIRECTIONS: Final = {
    Direction.ADDED: N_("Added"),
    Direction.LOST: N_("Lost"),
    Direction.CHANGED: N_("Moved"),
}
_ORDER: Final = (Direction.LOST, Direction.ADDED, Direction.CHANGED)


@dataclass(frozen=True, slots=True)
class MoveView:
    """One plank that moved. ``state`` draws its mark; a plank no longer asked for is drawn as such."""

    direction: str
    colour: str
    place: Jurisdiction
    target: str
    clause: str
    was: str
    now: str
    state: PlankState
    because: str
    address: str


@dataclass(frozen=True, slots=True)
class SinceView:
    """The panel: since when, what moved, and the word by which it is marked as seen."""

    seen_on: date | None
    moves: tuple[MoveView, ...]
    fingerprint: str
    is_marked: bool


def since_view(since: SinceVisit, rulebook: Rulebook, address_of: Callable[[Target], str]) -> SinceView:
    """Say what moved: what was lost first, because it asks for something to be done.

    ``address_of`` gives the page on which a target stands in full.
    """
    moves = sorted(since.moves, key=lambda move: _ORDER.index(move.direction))
    views = tuple(_views(moves, rulebook, address_of))
    return SinceView(since.seen_on, views, since.fingerprint, since.is_marked)


def _views(
    moves: Iterable[Move], rulebook: Rulebook, address_of: Callable[[Target], str]
) -> Iterable[MoveView]:
    locale, language = current_language().locale, current_language()
    colours = {Direction.ADDED: "green", Direction.LOST: "red", Direction.CHANGED: "grey"}
    for move in moves:
        target = rulebook.targets[move.target]
        yield MoveView(
            direction=_(_DIRECTIONS[move.direction]),
            colour=colours[move.direction],
            place=target.jurisdiction,
            target=target.title.in_language(locale),
            clause=_title(target, move.clause, locale),
            was=plank_word(move.before) if move.before else _("Not asked for"),
            now=plank_word(move.after) if move.after else _("No longer asked for"),
            state=move.after or PlankState.NOT_APPLICABLE,
            because=listed([_(_CAUSES[cause]) for cause in move.causes], language),
            address=f"{address_of(target)}#{clause_anchor(target, move.clause)}" if move.after else "",
        )


def _title(target: Target, clause: str, locale: str) -> str:
    """A clause's title, also of one that only an older version has."""
    for version in reversed(target.ruleset.versions):
        if clause in version.clauses:
            return version.clauses[clause].title.in_language(locale)
    return _("A clause the rule no longer has")
