"""The bridge: one picture of how far it is to the other side.

Owns the geometry of the picture and the words that stand for it. A plank is
one top-level clause of a target; the picture is drawn by
``templates/components/bridge.html`` from the numbers worked out here, so a
template never calculates. It must not know targets, clauses or evaluations:
the pages that do hand in states and labels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from flask_babel import gettext as _

from portal.domain.places import Jurisdiction
from portal.wording.marking import N_


class PlankState(StrEnum):
    """What is known of one clause; each state has its own pattern, never colour alone."""

    MET_VERIFIED = "met_verified"
    MET_DECLARED = "met_declared"
    UNDETERMINED = "undetermined"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


class BridgeSize(StrEnum):
    """A row of a list, the head of a page, or a printed letter."""

    SMALL = "small"
    LARGE = "large"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class Bank:
    """One end of the bridge: whose colour it wears and what is written on it."""

    place: Jurisdiction
    name: str


@dataclass(frozen=True, slots=True)
class Plank:
    """One clause as the picture shows it."""

    state: PlankState
    label: str


@dataclass(frozen=True, slots=True)
class LaidPlank:
    """A plank with its place in the picture."""

    state: PlankState
    label: str
    x: float
    width: float
    hanger_x: float
    hanger_top: float
    hatching: str


_WIDTH: Final = 506.0
_DECK: Final = 80.0
_THICKNESS: Final = 13.0
_TOWERS: Final = (86.0, 420.0)
_TOWER_TOP: Final = 6.0
_SAG: Final = 64.0
# Laid first to last: what stands firm, what stands on the person's word, then
# the open planks as the rule has them.
_FIRST: Final = (PlankState.MET_VERIFIED, PlankState.MET_DECLARED)


@dataclass(frozen=True, slots=True)
class BridgePicture:
    """A bridge from the bank where a person stands to the bank aimed at."""

    near: Bank
    far: Bank
    planks: tuple[Plank, ...]
    size: BridgeSize = BridgeSize.LARGE

    @property
    def shows_names(self) -> bool:
        """A row of a list has no room for the names on the banks."""
        return self.size is not BridgeSize.SMALL

    @property
    def laid(self) -> tuple[LaidPlank, ...]:
        """The planks in the order they are laid from the near bank, each with its place."""
        ordered = sorted(self.planks, key=_laying_order)
        if not ordered:
            return ()
        left, right = _TOWERS[0] + 3, _TOWERS[1] - 3
        gap = 6.0 if len(ordered) <= 10 else 3.0
        width = (right - left - gap * (len(ordered) - 1)) / len(ordered)
        return tuple(_lay(plank, left + place * (width + gap), width) for place, plank in enumerate(ordered))

    @property
    def description(self) -> str:
        """The picture in one or two sentences, for those who do not see it."""
        counts = Counter(plank.state for plank in self.planks)
        parts = [_(PLANK_COUNTS[state], count=counts[state]) for state in PlankState if counts[state]]
        opening = _("Bridge from %(near)s to %(far)s.", near=self.near.name, far=self.far.name)
        return opening + _joined(parts)


PLANK_COUNTS: Final[dict[PlankState, str]] = {
    PlankState.MET_VERIFIED: N_("Met and verified: %(count)s."),
    PlankState.MET_DECLARED: N_("Met as declared: %(count)s."),
    PlankState.UNDETERMINED: N_("Cannot tell yet: %(count)s."),
    PlankState.NOT_MET: N_("Not met: %(count)s."),
    PlankState.NOT_APPLICABLE: N_("Not applicable: %(count)s."),
}

PLANK_WORDS: Final[dict[PlankState, str]] = {
    PlankState.MET_VERIFIED: N_("Met and verified"),
    PlankState.MET_DECLARED: N_("Met as you declared it"),
    PlankState.UNDETERMINED: N_("Cannot tell yet"),
    PlankState.NOT_MET: N_("Not met"),
    PlankState.NOT_APPLICABLE: N_("Not applicable"),
}


def plank_word(state: PlankState | str) -> str:
    """Say a plank's state in the reader's language."""
    return _(PLANK_WORDS[PlankState(state)])


def city_name(place: Jurisdiction | str) -> str:
    """Say a city's name in the reader's language."""
    return _("Hong Kong") if Jurisdiction(place) is Jurisdiction.HONG_KONG else _("Shenzhen")


def bridge_towards(
    far: Jurisdiction,
    planks: Iterable[tuple[PlankState | str, str]],
    *,
    size: BridgeSize | str = BridgeSize.LARGE,
    near_name: str | None = None,
) -> BridgePicture:
    """Make the picture of the way to one city, as a page of the portal needs it.

    The near bank says "You" unless another name is given, for instance the
    applicant's on an officer's page.
    """
    return BridgePicture(
        near=Bank(far.other, near_name or _("You")),
        far=Bank(far, city_name(far)),
        planks=tuple(Plank(PlankState(state), label) for state, label in planks),
        size=BridgeSize(size),
    )


def _laying_order(plank: Plank) -> int:
    return _FIRST.index(plank.state) if plank.state in _FIRST else len(_FIRST)


def _lay(plank: Plank, x: float, width: float) -> LaidPlank:
    middle = x + width / 2
    return LaidPlank(
        state=plank.state,
        label=plank.label,
        x=round(x, 1),
        width=round(width, 1),
        hanger_x=round(middle, 1),
        hanger_top=round(_cable_height(middle), 1),
        hatching=_hatching(x, width) if plank.state is PlankState.UNDETERMINED else "",
    )


def _cable_height(x: float) -> float:
    """The parabola a loaded cable hangs in, from tower top to tower top."""
    middle, half = sum(_TOWERS) / 2, (_TOWERS[1] - _TOWERS[0]) / 2
    return _TOWER_TOP + (_SAG - _TOWER_TOP) * (1 - ((x - middle) / half) ** 2)


def _hatching(x: float, width: float) -> str:
    """Slanting strokes cut to the plank, as path data.

    Drawn as strokes rather than an SVG pattern: a pattern needs an id, and two
    bridges on one page would then share it.
    """
    strokes: list[str] = []
    start = x - _THICKNESS + 3
    while start < x + width - 1:
        low, high = max(start, x + 1), min(start + _THICKNESS, x + width - 1)
        bottom, top = _DECK + _THICKNESS - (low - start), _DECK + _THICKNESS - (high - start)
        strokes.append(f"M{low:.1f} {bottom:.1f}L{high:.1f} {top:.1f}")
        start += 7
    return "".join(strokes)


def _joined(sentences: list[str]) -> str:
    """Sentences follow each other with a space in English and without one in Chinese."""
    return "".join(sentence if _ends_full_width(sentence) else f" {sentence}" for sentence in sentences)


def _ends_full_width(sentence: str) -> bool:
    return sentence.endswith("。")
