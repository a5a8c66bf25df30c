"""What comes next for a case, in words: the days that facts know, and plainly when there is none.

Owns sentences and how many days a page shows. It must not know where the days come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from flask_babel import gettext as _

from portal.services.next_days import NextDay, NextKind, has_days_ahead
from portal.services.own_cases import OwnCase
from portal.web.languages import current_language
from portal.wording.dates import long_day

# More days ahead than this is a calendar, and hides the next one.
_MOST: Final = 3

Days = Mapping[UUID, Sequence[NextDay]]


@dataclass(frozen=True, slots=True)
class NextStep:
    """One line of what is to come."""

    sentence: str
    on: date


def next_steps(case: OwnCase, days: Days) -> tuple[NextStep, ...]:
    """The nearest days of a case; none once it is closed."""
    return tuple(NextStep(_sentence(day), day.on) for day in days.get(case.id, ())[:_MOST])


def next_line(case: OwnCase, days: Days) -> str:
    """The next day in one line; plainly that none is promised; nothing once the case is closed."""
    if not has_days_ahead(case):
        return ""
    steps = next_steps(case, days)
    if not steps:
        return _("No day is promised.")
    day = long_day(steps[0].on, current_language())
    return _("Next: %(day)s. %(what)s", day=day, what=steps[0].sentence)


def _sentence(day: NextDay) -> str:
    about = day.about.in_language(current_language().locale)
    sentences: dict[NextKind, str] = {
        NextKind.CONDITION_DUE: _("Last day for a condition: %(about)s.", about=about),
        NextKind.FACT_LAPSES: _("What you meet today lapses: %(about)s.", about=about),
        NextKind.REPLY_BY: _("Last day to confirm your place: %(about)s.", about=about),
        NextKind.COURSE_STARTS: _("Your course begins: %(about)s.", about=about),
    }
    return sentences[day.kind]
