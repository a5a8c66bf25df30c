"""Offers nobody took up: released in every cohort, so that a line never waits for somebody to ask.

Owns the round over the cohorts. A place that was not confirmed also passes on by itself whenever
anybody asks for one in that cohort, so a round that comes late harms nobody.
"""

from __future__ import annotations

from sqlalchemy import select

from portal.domain.enrolments import EnrolmentState
from portal.domain.people import NOBODY
from portal.models.programmes import Enrolment
from portal.services.house import House
from portal.services.places import locked_cohort, release_lapsed_offers
from portal.services.work import one_act


def pass_on_lapsed_offers(house: House) -> int:
    """Release what was not confirmed by its day, cohort by cohort; gives how many offers lapsed."""
    waiting = house.session.scalars(
        select(Enrolment.cohort_id)
        .where(Enrolment.state == EnrolmentState.OFFERED, Enrolment.reply_by < house.clock.today())
        .distinct()
    ).all()
    lapsed = 0
    for cohort_id in waiting:
        with one_act(house, NOBODY):
            cohort = locked_cohort(house, cohort_id)
            lapsed += release_lapsed_offers(house, cohort) if cohort else 0
    return lapsed
