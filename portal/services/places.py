"""The places of a cohort: taken one by one, freed, and offered along the line.

Owns the count and the order of the line. A place is taken by a single UPDATE that finds one free;
the table's own check refuses anything else. Who may ask for what is decided by the use cases,
which call this inside their act; they commit.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select, update

from portal.domain.enrolments import EnrolmentMove, EnrolmentState, state_after
from portal.domain.intakes import may_pass_on, offer_has_lapsed, reply_day
from portal.domain.people import NOBODY
from portal.models.programmes import Cohort, Enrolment
from portal.services.enrolment_news import tell_learner
from portal.services.house import House
from portal.services.journal import record
from portal.services.work import rows_changed


def locked_cohort(house: House, cohort_id: UUID) -> Cohort | None:
    """Read a cohort and hold it until the act ends.

    Whoever changes a line holds its cohort first, so that nobody joins the end of a line while a
    place is being passed along it and finds that it went to no one.
    """
    return house.session.scalars(
        select(Cohort)
        .where(Cohort.id == cohort_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def take_place(house: House, cohort: Cohort) -> bool:
    """Take one place if one is free; true when it was taken."""
    return _count(house, cohort, by=1)


def free_place(house: House, cohort: Cohort) -> None:
    """Give one place back."""
    _count(house, cohort, by=-1)


def _count(house: House, cohort: Cohort, *, by: int) -> bool:
    possible = Cohort.places_taken < Cohort.places if by > 0 else Cohort.places_taken > 0
    counted = rows_changed(
        house,
        update(Cohort)
        .where(Cohort.id == cohort.id, possible)
        .values(places_taken=Cohort.places_taken + by)
        .execution_options(synchronize_session=False),
    )
    house.session.refresh(cohort, ["places_taken"])
    return counted == 1


def offer_free_places(house: House, cohort: Cohort) -> int:
    """Offer what is free to the first in the line, never once the course has started."""
    today = house.clock.today()
    if not may_pass_on(starts_on=cohort.starts_on, on=today):
        return 0
    offered = 0
    for enrolment in _line(house, cohort, at_most=cohort.places - cohort.places_taken):
        if not take_place(house, cohort):
            break
        _offer(house, cohort, enrolment, today)
        offered += 1
    return offered


def release_lapsed_offers(house: House, cohort: Cohort) -> int:
    """Withdraw the offers nobody took up in time and pass their places on; gives how many lapsed."""
    today = house.clock.today()
    offers = house.session.scalars(
        select(Enrolment)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.state == EnrolmentState.OFFERED)
        .order_by(Enrolment.id)
    ).all()
    lapsed = [each for each in offers if offer_has_lapsed(each.state, each.reply_by, on=today)]
    for enrolment in lapsed:
        enrolment.state = state_after(enrolment.state, EnrolmentMove.WITHDRAW)
        free_place(house, cohort)
        record(
            house,
            NOBODY,
            "enrolment.withdrawn",
            person_id=enrolment.person_id,
            enrolment=str(enrolment.id),
        )
    house.session.flush()
    offer_free_places(house, cohort)
    return len(lapsed)


def _line(house: House, cohort: Cohort, *, at_most: int) -> list[Enrolment]:
    if at_most <= 0:
        return []
    return list(
        house.session.scalars(
            select(Enrolment)
            .where(Enrolment.cohort_id == cohort.id, Enrolment.state == EnrolmentState.WAITLISTED)
            .order_by(Enrolment.requested_at, Enrolment.id)
            .limit(at_most)
        )
    )


def _offer(house: House, cohort: Cohort, enrolment: Enrolment, today: date) -> None:
    enrolment.state = state_after(enrolment.state, EnrolmentMove.OFFER)
    enrolment.reply_by = reply_day(starts_on=cohort.starts_on, on=today)
    # It happens by itself: another learner's account has no place in this one's journal.
    record(house, NOBODY, "enrolment.offered", person_id=enrolment.person_id, enrolment=str(enrolment.id))
    tell_learner(house, enrolment, "enrolment_offered", reply_by=enrolment.reply_by)
