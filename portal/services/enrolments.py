"""A learner's acts: ask for a place, confirm it, give it up.

Owns the moves a person makes with their own enrolment. How places are counted and passed on is in
``places``; how a course is finished, in ``completions``.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.domain.enrolments import HOLDS_A_PLACE, EnrolmentMove, EnrolmentState, state_after
from portal.domain.errors import NotFound, Refused
from portal.domain.intakes import is_open_for_enrolment, offer_has_lapsed, reply_day
from portal.domain.people import Actor, own_person
from portal.models.programmes import Cohort, Enrolment
from portal.services.enrolment_news import tell_learner
from portal.services.house import House
from portal.services.journal import record
from portal.services.places import (
    free_place,
    locked_cohort,
    offer_free_places,
    release_lapsed_offers,
    take_place,
)
from portal.services.work import one_act, require_version


def enrol(house: House, actor: Actor, *, cohort_id: UUID, once: str | None = None) -> str:
    """Ask for a place: a place to confirm, or a place in the line when the cohort is full.

    Gives the enrolment's key. Refuses with ``cohort.closed`` after the last day for enrolling and
    with ``enrolment.already_there`` when the person is in this cohort already.
    """
    person_id = own_person(actor)
    with one_act(house, actor, once=once) as act:
        cohort = locked_cohort(house, cohort_id)
        if cohort is None:
            raise NotFound("page.not_found")
        _require_open(house, cohort, person_id)
        release_lapsed_offers(house, cohort)
        enrolment = _place_or_line(house, cohort, person_id)
        house.session.add(enrolment)
        house.session.flush()
        _tell_of_request(house, actor, enrolment)
        act.result = str(enrolment.id)
    return act.result


def confirm_enrolment(
    house: House, actor: Actor, *, enrolment_id: UUID, version: int, once: str | None = None
) -> str:
    """Take up a place that is offered; refuses with ``enrolment.reply_too_late`` after its day."""
    with one_act(house, actor, once=once) as act:
        enrolment = own_enrolment(house, actor, enrolment_id)
        require_version(enrolment.version, version)
        after = state_after(enrolment.state, EnrolmentMove.CONFIRM)
        today = house.clock.today()
        if enrolment.reply_by and offer_has_lapsed(enrolment.state, enrolment.reply_by, on=today):
            raise Refused("enrolment.reply_too_late", reply_by=enrolment.reply_by)
        enrolment.state = after
        record(
            house,
            actor,
            "enrolment.confirmed",
            person_id=enrolment.person_id,
            enrolment=str(enrolment.id),
        )
        tell_learner(house, enrolment, "enrolment_confirmed")
        act.result = str(enrolment.id)
    return act.result


def withdraw_enrolment(
    house: House, actor: Actor, *, enrolment_id: UUID, version: int, once: str | None = None
) -> str:
    """Give up a place, or a place in the line; a freed place goes to the first in the line at once."""
    with one_act(house, actor, once=once) as act:
        enrolment = own_enrolment(house, actor, enrolment_id)
        cohort = locked_cohort(house, enrolment.cohort_id)
        if cohort is None:
            raise NotFound("page.not_found")
        house.session.refresh(enrolment)
        require_version(enrolment.version, version)
        held = enrolment.state in HOLDS_A_PLACE
        enrolment.state = state_after(enrolment.state, EnrolmentMove.WITHDRAW)
        house.session.flush()
        record(
            house,
            actor,
            "enrolment.withdrawn",
            person_id=enrolment.person_id,
            enrolment=str(enrolment.id),
        )
        if held:
            free_place(house, cohort)
            offer_free_places(house, cohort)
        act.result = str(enrolment.id)
    return act.result


def own_enrolment(house: House, actor: Actor, enrolment_id: UUID) -> Enrolment:
    """An enrolment of this person's; anybody else's does not exist for them."""
    person_id = own_person(actor)
    enrolment = house.session.get(Enrolment, enrolment_id)
    if enrolment is None or enrolment.person_id != person_id:
        raise NotFound("page.not_found")
    return enrolment


def _require_open(house: House, cohort: Cohort, person_id: UUID) -> None:
    if not is_open_for_enrolment(enrol_by=cohort.enrol_by, on=house.clock.today()):
        raise Refused("cohort.closed", enrol_by=cohort.enrol_by)
    there = select(Enrolment.id).where(
        Enrolment.cohort_id == cohort.id,
        Enrolment.person_id == person_id,
        Enrolment.state != EnrolmentState.WITHDRAWN,
    )
    if house.session.scalar(there) is not None:
        raise Refused("enrolment.already_there")


def _place_or_line(house: House, cohort: Cohort, person_id: UUID) -> Enrolment:
    has_place = take_place(house, cohort)
    today = house.clock.today()
    return Enrolment(
        id=house.new_key(),
        cohort_id=cohort.id,
        person_id=person_id,
        state=EnrolmentState.OFFERED if has_place else EnrolmentState.WAITLISTED,
        requested_at=house.clock.now(),
        reply_by=reply_day(starts_on=cohort.starts_on, on=today) if has_place else None,
    )


def _tell_of_request(house: House, actor: Actor, enrolment: Enrolment) -> None:
    record(
        house,
        actor,
        "enrolment.requested",
        person_id=enrolment.person_id,
        enrolment=str(enrolment.id),
        cohort=str(enrolment.cohort_id),
        state=enrolment.state.value,
    )
    if enrolment.state is EnrolmentState.OFFERED:
        tell_learner(house, enrolment, "enrolment_place", reply_by=enrolment.reply_by)
    else:
        tell_learner(house, enrolment, "enrolment_waitlisted")
