"""Peoples a demonstration, once: everybody takes their place, then the stories run."""

from __future__ import annotations

from portal.cli.demonstration.records import keep_a_record
from portal.cli.demonstration.sign_ins import STAFF
from portal.cli.demonstration.stage import Stage
from portal.cli.demonstration.stories import tell_stories
from portal.services.accounts import is_known
from portal.services.house import House

_DAYS_SINCE_THE_OPENING = 70


def is_peopled(house: House) -> bool:
    """True when the people are there already."""
    return is_known(house, STAFF[0].email)


def people_the_demonstration(house: House) -> None:
    """Make the people of the demonstration and walk their stories up to today."""
    stage = Stage.in_house(house)
    stage.days_ago(_DAYS_SINCE_THE_OPENING)
    stage.seat_staff()
    stage.seat_professionals()
    tell_stories(stage)
    keep_a_record(stage)
