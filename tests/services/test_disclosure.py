"""What a share shows: live on the day, within its scope, never more."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.enrolments import EnrolmentState
from portal.domain.people import Actor
from portal.domain.recognitions import Status
from portal.models.cases import Case
from portal.models.disclosure import Share
from portal.services.disclosure import Disclosure, disclose
from portal.services.enrolments import withdraw_enrolment
from portal.services.house import House
from portal.services.recognitions import lift_suspension, suspend_recognition
from tests.builders.applications import a_credential
from tests.builders.decisions import TYPE_9, a_recognition, fact_seen, verify
from tests.builders.programmes import a_cohort, an_enrolment
from tests.builders.sharing import a_look, a_share
from tests.cast import actor_for, seat


def shown_today(house: House, code: str) -> Disclosure:
    share = house.session.scalars(select(Share).where(Share.code == code)).one()
    return disclose(house, share, on=house.clock.today())


def officer(house: House) -> Actor:
    return actor_for(seat(house, "ada_ko"))


def test_a_full_recognition_is_shown_since_its_day_without_conditions(house: House) -> None:
    share = a_share(house)
    (shown,) = shown_today(house, share.code).recognitions
    assert (shown.status, shown.since) == (Status.FULL, date(2026, 11, 22))
    assert shown.title == house.rulebook.targets[TYPE_9].title
    assert shown.check_elsewhere == house.rulebook.targets[TYPE_9].check_elsewhere
    assert shown.conditions == ()


def test_a_condition_is_shown_with_what_it_asks_and_its_day(house: House) -> None:
    share = a_share(house, status="conditional")
    (shown,) = shown_today(house, share.code).recognitions
    (condition,) = shown.conditions
    assert shown.status is Status.CONDITIONAL
    assert (condition.due_on, condition.finished) == (date(2027, 6, 30), False)
    assert condition.title.en


def test_a_condition_that_is_verified_is_shown_as_finished(house: House) -> None:
    share = a_share(house, status="conditional")
    case = house.session.get_one(Case, share.recognition.case_id)
    a_credential(house, share.holder, "hksi.le.paper-1", awarded_on=date(2026, 11, 20))
    (shown,) = shown_today(house, share.code).recognitions
    assert not shown.conditions[0].finished
    verify(house, officer(house), case, fact_seen(house, case, "hksi.le.paper-1"))
    (shown,) = shown_today(house, share.code).recognitions
    assert (shown.status, shown.conditions[0].finished) == (Status.CONDITIONAL, True)


def test_a_suspension_is_shown_from_its_day_and_gone_when_it_is_lifted(
    house: House, clock: SettableClock
) -> None:
    share = a_share(house)
    reference = share.recognition.reference
    clock.advance(date(2026, 12, 1) - house.clock.today())
    suspend_recognition(house, officer(house), reference=reference, version=1, reason="A reason.")
    (shown,) = a_look(house, share.code).shown.recognitions
    assert (shown.status, shown.since) == (Status.SUSPENDED, date(2026, 12, 1))
    lift_suspension(house, officer(house), reference=reference, version=2, reason="Settled.")
    (shown,) = a_look(house, share.code).shown.recognitions
    assert (shown.status, shown.since) == (Status.FULL, date(2026, 11, 22))


def test_a_revocation_is_shown_even_to_a_share_made_before(house: House) -> None:
    share = a_share(house, status="revoked")
    (shown,) = shown_today(house, share.code).recognitions
    assert shown.status is Status.REVOKED


def test_what_is_outside_the_scope_is_not_shown(house: House) -> None:
    share = a_share(house)
    other = a_recognition(house, person="mei_lam")
    references = {each.reference for each in shown_today(house, share.code).recognitions}
    assert references == {share.recognition.reference}
    assert other.reference not in references


def test_bridging_is_silent_unless_shared(house: House, clock: SettableClock) -> None:
    share = a_share(house)
    open_share = a_share(house, recognition=share.recognition, shows_bridging=True)
    assert shown_today(house, share.code).bridging is None
    assert shown_today(house, open_share.code).bridging == ()


def test_bridging_says_how_far_and_what_is_next(house: House, clock: SettableClock) -> None:
    share = a_share(house, shows_bridging=True, until=date(2027, 11, 22))
    enrolment = an_enrolment(house, clock, state="confirmed", person="chen_wei", cohort=a_cohort(house))
    (shown,) = shown_today(house, share.code).bridging or ()
    assert (shown.completed, shown.modules, shown.next_on) == (0, 2, date(2027, 1, 12))
    assert shown.illustrative
    clock.advance(date(2027, 2, 1) - house.clock.today())
    (shown,) = shown_today(house, share.code).bridging or ()
    assert shown.next_on == enrolment.cohort.ends_on


def test_places_asked_for_or_given_up_are_nobodys_business(house: House, clock: SettableClock) -> None:
    share = a_share(house, shows_bridging=True)
    enrolment = an_enrolment(house, clock, person="chen_wei")
    assert shown_today(house, share.code).bridging == ()
    withdraw_enrolment(house, share.holder, enrolment_id=enrolment.id, version=enrolment.version)
    assert shown_today(house, share.code).bridging == ()


def test_a_completed_programme_is_shown_as_completed(house: House, clock: SettableClock) -> None:
    share = a_share(house, shows_bridging=True, until=date(2027, 11, 22))
    an_enrolment(house, clock, state="completed", person="chen_wei", cohort=a_cohort(house))
    (shown,) = shown_today(house, share.code).bridging or ()
    assert (shown.state, shown.completed, shown.next_on) == (EnrolmentState.COMPLETED, 2, None)
