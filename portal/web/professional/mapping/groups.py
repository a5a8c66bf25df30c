"""The planks of a target in three groups by whose turn they are, each with its own progress.

Owns the grouping and the quiet filter of what is shown. It must not know how a clause is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from flask_babel import gettext as _

from portal.domain.rules.explanation import PlankState
from portal.domain.rules.vocabulary import Owner
from portal.web.professional.mapping.changes import ChangeView
from portal.web.professional.mapping.clauses import ClauseView
from portal.wording.marking import N_


class Shown(StrEnum):
    """Which clauses the reader wants to see."""

    ALL = "all"
    MISSING = "missing"
    UNKNOWN = "unknown"

    def shows(self, state: PlankState) -> bool:
        """True for a clause in this state."""
        return _STATES[self] in (None, state)


_STATES: Final[dict[Shown, PlankState | None]] = {
    Shown.ALL: None,
    Shown.MISSING: PlankState.NOT_MET,
    Shown.UNKNOWN: PlankState.UNDETERMINED,
}
_MET: Final = (PlankState.MET_VERIFIED, PlankState.MET_DECLARED)
_HEADINGS: Final = {
    Owner.PERSON: N_("You can do this alone"),
    Owner.EMPLOYER: N_("This needs an employer"),
    Owner.AUTHORITY: N_("The authority decides"),
}


@dataclass(frozen=True, slots=True)
class TopClause:
    """A plank in words: the clause and what would change it."""

    clause: ClauseView
    change: ChangeView | None


@dataclass(frozen=True, slots=True)
class ClauseGroup:
    """The planks of one owner. ``states`` are all of them, also those a filter leaves out."""

    owner: Owner
    heading: str
    states: tuple[PlankState, ...]
    clauses: tuple[TopClause, ...]

    @property
    def progress(self) -> str:
        """How many of the group's planks lie."""
        laid = sum(1 for state in self.states if state in _MET)
        return _("%(laid)s of %(total)s", laid=laid, total=len(self.states))


def groups_of(tops: Iterable[TopClause], shown: Shown) -> tuple[ClauseGroup, ...]:
    """The groups in the order in which people can act; what does not apply is in none."""
    applying = [top for top in tops if top.clause.state is not PlankState.NOT_APPLICABLE]
    groups = []
    for owner, heading in _HEADINGS.items():
        own = [top for top in applying if top.clause.owner is owner]
        if own:
            wanted = tuple(top for top in own if shown.shows(top.clause.state))
            groups.append(ClauseGroup(owner, _(heading), tuple(top.clause.state for top in own), wanted))
    return tuple(groups)


def shown_in(word: str | None) -> Shown:
    """What an address asks to show; everything when it says nothing that makes sense."""
    return Shown(word) if word in set(Shown) else Shown.ALL
