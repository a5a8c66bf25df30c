"""The days that matter on a mapping: what closes when, and what time alone will open.

Owns how near a day is, said in a word and never by colour alone. It must not know clauses' words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _, ngettext

from portal.domain.rules.explanation import Plank, PlankState

# People plan by half-years, seasons and months: the windows in which a lapse is worth a warning.
_NEAR: Final = ((30, "red"), (90, "orange"), (180, "yellow"))
_MET: Final = (PlankState.MET_VERIFIED, PlankState.MET_DECLARED)


@dataclass(frozen=True, slots=True)
class DayView:
    """One day to keep in mind. ``near`` and ``colour`` are empty while it is more than half a year off."""

    on: date
    clause: str
    closes: bool
    near: str
    colour: str


def days_of(planks: Iterable[tuple[Plank, str]], *, on: date) -> tuple[DayView, ...]:
    """The days of planks, each with its clause's title; the nearest first."""
    found = [_day(plank, title, on) for plank, title in planks]
    return tuple(sorted((day for day in found if day), key=lambda day: day.on))


def nearness(day: date, *, on: date) -> tuple[str, str]:
    """How near a coming day is, in words, and the colour of its tag; empty when it is far."""
    left = (day - on).days
    for within, colour in _NEAR:
        if 0 <= left <= within:
            if left == 0:
                return _("today"), colour
            return ngettext("in %(num)s day", "in %(num)s days", left), colour
    return "", ""


def _day(plank: Plank, title: str, on: date) -> DayView | None:
    if plank.state in _MET and plank.lapses_on:
        return DayView(plank.lapses_on, title, True, *nearness(plank.lapses_on, on=on))
    if plank.state not in _MET and plank.met_on:
        return DayView(plank.met_on, title, False, *nearness(plank.met_on, on=on))
    return None
