"""Places asked for, confirmed, given up and passed along the line."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.enrolments import EnrolmentState
from portal.domain.errors import AlreadyDone, Conflict, NotFound, NotPermitted, Refused
from portal.models.programmes import Cohort, Enrolment
from portal.models.records import JournalEntry, OutboxMessage
from portal.services.enrolments import confirm_enrolment, enrol, withdraw_enrolment
from portal.services.house import House
from portal.services.intake_lists import place_in_line
from tests.builders.programmes import (
    a_cohort,
    a_day_later,
    a_plan,
    a_stranger,
    an_enrolment,
    ask,
    fill,
)
from tests.cast import actor_for, seat


def kinds_written_to(house: House, email: str) -> list[str]:
    found = house.session.scalars(
        select(OutboxMessage.kind).where(OutboxMessage.recipient == email).order_by(OutboxMessage.id)
    )
    return list(found)


def entries(house: House, kind: str) -> list[JournalEntry]:
    return list(house.session.scalars(select(JournalEntry).where(JournalEntry.kind == kind)))


def test_a_free_place_is_kept_for_a_week_and_told(house: House, clock: SettableClock) -> None:
    enrolment = an_enrolment(house, clock)
    assert enrolment.state is EnrolmentState.OFFERED
    assert enrolment.reply_by == date(2026, 11, 29)
    assert enrolment.cohort.places_taken == 1
    assert kinds_written_to(house, "mei.lam@example.com") == ["enrolment_place"]
    assert entries(house, "enrolment.requested")[0].facts["state"] == "offered"


def test_a_full_cohort_gives_a_place_in_the_line(house: House, clock: SettableClock) -> None:
    enrolment = an_enrolment(house, clock, state="waitlisted", cohort=a_cohort(house, places=1))
    place = place_in_line(house, enrolment)
    assert enrolment.state is EnrolmentState.WAITLISTED
    assert place is not None
    assert (place.position, place.waiting) == (1, 1)
    assert kinds_written_to(house, "mei.lam@example.com") == ["enrolment_waitlisted"]


def test_enrolment_closes_after_its_last_day(house: House, clock: SettableClock) -> None:
    cohort = a_cohort(house, plan=a_plan(enrol_by=date(2026, 11, 22)))
    ask(house, cohort, a_stranger(house, "punctual"))
    a_day_later(clock)
    with pytest.raises(Refused, match=r"cohort\.closed"):
        ask(house, cohort, a_stranger(house, "late"))


def test_nobody_is_in_one_cohort_twice_but_may_come_back(house: House, clock: SettableClock) -> None:
    enrolment = an_enrolment(house, clock)
    learner = actor_for(seat(house, "mei_lam"))
    with pytest.raises(Refused, match=r"enrolment\.already_there"):
        enrol(house, learner, cohort_id=enrolment.cohort_id)
    withdraw_enrolment(house, learner, enrolment_id=enrolment.id, version=enrolment.version)
    again = enrol(house, learner, cohort_id=enrolment.cohort_id)
    assert again != str(enrolment.id)


def test_a_doubled_form_is_one_enrolment(house: House) -> None:
    cohort = a_cohort(house)
    learner = actor_for(seat(house, "mei_lam"))
    first = enrol(house, learner, cohort_id=cohort.id, once="the form's key")
    with pytest.raises(AlreadyDone) as replay:
        enrol(house, learner, cohort_id=cohort.id, once="the form's key")
    assert replay.value.result == first
    assert cohort.places_taken == 1


def test_a_given_up_place_goes_to_the_first_in_the_line(house: House) -> None:
    cohort = a_cohort(house, places=1)
    holder, first, second = (a_stranger(house, name) for name in ("holder", "first", "second"))
    held, *line = [ask(house, cohort, learner) for learner in (holder, first, second)]
    withdraw_enrolment(house, holder, enrolment_id=held.id, version=held.version)
    assert [each.state.value for each in line] == ["offered", "waitlisted"]
    assert cohort.places_taken == 1
    assert "enrolment_offered" in kinds_written_to(house, "first@example.com")
    assert entries(house, "enrolment.offered")[0].account_id is None


def test_leaving_the_line_frees_no_place(house: House) -> None:
    cohort = a_cohort(house, places=1)
    fill(house, cohort)
    waiting = a_stranger(house, "waiting")
    enrolment = ask(house, cohort, waiting)
    withdraw_enrolment(house, waiting, enrolment_id=enrolment.id, version=enrolment.version)
    assert cohort.places_taken == 1


def test_no_place_is_passed_on_from_the_day_the_course_starts(house: House, clock: SettableClock) -> None:
    plan = a_plan(places=1, starts_on=date(2026, 11, 24), enrol_by=date(2026, 11, 24))
    cohort = a_cohort(house, plan=plan)
    holder, waiting = a_stranger(house, "holder"), a_stranger(house, "waiting")
    held, line = ask(house, cohort, holder), ask(house, cohort, waiting)
    confirm_enrolment(house, holder, enrolment_id=held.id, version=held.version)
    a_day_later(clock, days=2)
    withdraw_enrolment(house, holder, enrolment_id=held.id, version=held.version)
    assert line.state is EnrolmentState.WAITLISTED
    assert cohort.places_taken == 0


def test_the_day_before_the_course_a_place_is_still_passed_on_until_that_day(
    house: House, clock: SettableClock
) -> None:
    plan = a_plan(places=1, starts_on=date(2026, 11, 24), enrol_by=date(2026, 11, 24))
    cohort = a_cohort(house, plan=plan)
    holder, waiting = a_stranger(house, "holder"), a_stranger(house, "waiting")
    held, line = ask(house, cohort, holder), ask(house, cohort, waiting)
    a_day_later(clock)
    withdraw_enrolment(house, holder, enrolment_id=held.id, version=held.version)
    assert line.state is EnrolmentState.OFFERED
    assert line.reply_by == date(2026, 11, 23)


def test_a_confirmed_place_is_told_and_journaled(house: House, clock: SettableClock) -> None:
    enrolment = an_enrolment(house, clock, state="confirmed")
    assert "enrolment_confirmed" in kinds_written_to(house, "mei.lam@example.com")
    assert len(entries(house, "enrolment.confirmed")) == 1
    assert enrolment.state is EnrolmentState.CONFIRMED


def test_a_place_is_confirmed_on_its_last_day_and_not_after_it(house: House, clock: SettableClock) -> None:
    cohort = a_cohort(house)
    punctual, late = a_stranger(house, "punctual"), a_stranger(house, "late")
    first, second = ask(house, cohort, punctual), ask(house, cohort, late)
    a_day_later(clock, days=7)
    confirm_enrolment(house, punctual, enrolment_id=first.id, version=first.version)
    a_day_later(clock)
    with pytest.raises(Refused, match=r"enrolment\.reply_too_late"):
        confirm_enrolment(house, late, enrolment_id=second.id, version=second.version)


def test_a_place_nobody_confirmed_goes_on_when_the_next_one_asks(house: House, clock: SettableClock) -> None:
    cohort = a_cohort(house, places=1)
    silent, patient = a_stranger(house, "silent"), a_stranger(house, "patient")
    lapsed, waiting = ask(house, cohort, silent), ask(house, cohort, patient)
    a_day_later(clock, days=8)
    newcomer = ask(house, cohort, a_stranger(house, "newcomer"))
    assert [each.state.value for each in (lapsed, waiting, newcomer)] == [
        "withdrawn",
        "offered",
        "waitlisted",
    ]
    assert cohort.places_taken == 1


def test_a_stale_page_confirms_nothing(house: House, clock: SettableClock) -> None:
    enrolment = an_enrolment(house, clock)
    learner = actor_for(seat(house, "mei_lam"))
    with pytest.raises(Conflict, match=r"row\.changed"):
        confirm_enrolment(house, learner, enrolment_id=enrolment.id, version=enrolment.version - 1)


def test_a_confirmed_place_cannot_be_confirmed_again(house: House, clock: SettableClock) -> None:
    enrolment = an_enrolment(house, clock, state="confirmed")
    learner = actor_for(seat(house, "mei_lam"))
    with pytest.raises(Conflict, match=r"enrolment\.not_in_state"):
        confirm_enrolment(house, learner, enrolment_id=enrolment.id, version=enrolment.version)


def test_strangers_find_no_enrolment_and_other_roles_enrol_in_nothing(
    house: House, clock: SettableClock
) -> None:
    enrolment = an_enrolment(house, clock)
    stranger = a_stranger(house, "curious")
    with pytest.raises(NotFound):
        confirm_enrolment(house, stranger, enrolment_id=enrolment.id, version=1)
    with pytest.raises(NotFound):
        withdraw_enrolment(house, stranger, enrolment_id=uuid4(), version=1)
    with pytest.raises(NotPermitted):
        enrol(house, actor_for(seat(house, "ada_ko")), cohort_id=enrolment.cohort_id)
    with pytest.raises(NotFound):
        enrol(house, stranger, cohort_id=uuid4())


def test_a_refused_enrolment_leaves_nothing_behind(house: House, clock: SettableClock) -> None:
    cohort = a_cohort(house, plan=a_plan(enrol_by=date(2026, 11, 22)))
    learner = a_stranger(house, "late")
    a_day_later(clock)
    with pytest.raises(Refused):
        ask(house, cohort, learner)
    assert house.session.get_one(Cohort, UUID(str(cohort.id))).places_taken == 0
    assert house.session.scalars(select(Enrolment)).all() == []


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "A place is kept for you"),
        ("zh_Hant_HK", "已為你保留名額"),
        ("zh_Hans_CN", "已为您保留名额"),
    ],
)
def test_an_email_speaks_the_learners_language_and_names_nobody(
    house: House, language: str, subject: str
) -> None:
    cohort = a_cohort(house)
    enrolment = ask(house, cohort, a_stranger(house, "reader", language=language))
    message = house.session.scalars(select(OutboxMessage)).one()
    assert (message.subject, message.language) == (subject, language)
    assert f"/me/bridging/enrolments/{enrolment.id}" in message.body
    assert not any(title in message.body for title in cohort.programme.title.values())
