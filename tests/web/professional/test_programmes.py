"""The learner's pages: browse, enrol, confirm, give up, progress."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from portal.adapters.clock import SettableClock
from portal.domain.enrolments import EnrolmentState
from portal.services.house import House
from portal.wording.languages import LANGUAGES
from tests.builders.decisions import a_file, describe
from tests.builders.programmes import (
    CODE,
    a_cohort,
    a_day_later,
    a_plan,
    a_programme,
    an_enrolment,
    fill,
    pass_every_module,
)
from tests.cast import actor_for, seat
from tests.pages.form_filler import fill_in, form_on, send
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient

TAGS = [language.tag for language in LANGUAGES]
STATES = [state.value for state in EnrolmentState]
ILLUSTRATIVE = {"en": "Illustrative", "zh-Hant-HK": "僅供示範", "zh-Hans-CN": "仅为示例"}
SignIn = Callable[[str], StrictClient]


def words(answer: TestResponse) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").get_text(" ").split())


def test_a_learner_enrols_and_confirms(house: House, sign_in: SignIn) -> None:
    cohort = a_cohort(house)
    browser = sign_in("mei_lam")
    assert f"/me/bridging/{CODE}" in browser.get("/me/bridging").text
    enrolled = fill_in(browser, f"/me/bridging/cohorts/{cohort.id}/enrol")
    assert enrolled.status_code == 303
    page = browser.get(enrolled.location)
    assert "Confirm it by 29 November 2026" in words(page)
    confirmed = send(browser, page, action=f"{enrolled.location}/confirm")
    assert confirmed.status_code == 303
    said = words(browser.get(confirmed.location))
    assert "Your place is confirmed." in said
    assert "Next date 12 January 2027" in said


def test_a_full_cohort_is_joined_at_the_end_of_the_line(house: House, sign_in: SignIn) -> None:
    cohort = a_cohort(house, places=2)
    fill(house, cohort)
    browser = sign_in("mei_lam")
    assert "Join the line" in words(browser.get(f"/me/bridging/{CODE}"))
    enrolled = fill_in(browser, f"/me/bridging/cohorts/{cohort.id}/enrol")
    assert "You are number 1 in a line of 1." in words(browser.get(enrolled.location))


def test_a_doubled_form_is_one_enrolment(house: House, sign_in: SignIn) -> None:
    address = f"/me/bridging/cohorts/{a_cohort(house).id}/enrol"
    browser = sign_in("mei_lam")
    page = browser.get(address)
    twice = [send(browser, page).location for _sending in range(2)]
    assert twice[0] == twice[1]


def test_enrolling_again_from_another_window_is_refused_in_words(house: House, sign_in: SignIn) -> None:
    address = f"/me/bridging/cohorts/{a_cohort(house).id}/enrol"
    browser = sign_in("mei_lam")
    first, second = browser.get(address), browser.get(address)
    send(browser, first)
    answer = send(browser, second)
    assert answer.status_code == 422
    assert "You are in this cohort already." in words(answer)


def test_a_closed_cohort_takes_nobody(house: House, clock: SettableClock, sign_in: SignIn) -> None:
    cohort = a_cohort(house, plan=a_plan(enrol_by=house.clock.today()))
    address = f"/me/bridging/cohorts/{cohort.id}/enrol"
    browser = sign_in("mei_lam")
    page = browser.get(address)
    a_day_later(clock)
    answer = send(browser, page)
    assert answer.status_code == 422
    assert "Enrolment in this cohort has closed." in words(answer)
    assert "Enrolment has closed." in words(browser.get(f"/me/bridging/{CODE}"))


def test_a_place_is_given_up_after_asking(house: House, clock: SettableClock, sign_in: SignIn) -> None:
    enrolment = an_enrolment(house, clock)
    browser = sign_in("mei_lam")
    address = f"/me/bridging/enrolments/{enrolment.id}"
    assert fill_in(browser, f"{address}/withdraw").status_code == 303
    assert "You gave up this place." in words(browser.get(address))
    assert browser.get(f"{address}/withdraw").status_code == 404


def test_a_stale_page_gets_a_page_of_its_own(house: House, clock: SettableClock, sign_in: SignIn) -> None:
    enrolment = an_enrolment(house, clock)
    browser = sign_in("mei_lam")
    address = f"/me/bridging/enrolments/{enrolment.id}"
    page, asked = browser.get(address), browser.get(f"{address}/withdraw")
    assert send(browser, page, action=f"{address}/confirm").status_code == 303
    assert send(browser, asked).status_code == 409
    assert send(browser, page, {"once": "another key"}, action=f"{address}/confirm").status_code == 409


def test_a_confirmation_that_comes_too_late_says_so(
    house: House, clock: SettableClock, sign_in: SignIn
) -> None:
    enrolment = an_enrolment(house, clock)
    browser = sign_in("mei_lam")
    address = f"/me/bridging/enrolments/{enrolment.id}"
    page = browser.get(address)
    a_day_later(clock, days=8)
    answer = send(browser, page, action=f"{address}/confirm")
    assert answer.status_code == 422
    assert "The day to confirm this place has passed" in words(answer)


def test_a_form_without_its_version_confirms_nothing(
    house: House, clock: SettableClock, sign_in: SignIn
) -> None:
    enrolment = an_enrolment(house, clock)
    browser = sign_in("mei_lam")
    address = f"/me/bridging/enrolments/{enrolment.id}"
    for version in ("", "one", "-1"):
        page = browser.get(address)
        answer = send(browser, page, {"version": version}, action=f"{address}/confirm")
        assert answer.status_code == 409


def test_progress_is_a_picture_with_its_sentence(house: House, clock: SettableClock, sign_in: SignIn) -> None:
    enrolment = an_enrolment(house, clock, state="confirmed")
    clock.advance(enrolment.cohort.ends_on - house.clock.today())
    pass_every_module(house, enrolment)
    page = sign_in("mei_lam").get(f"/me/bridging/enrolments/{enrolment.id}")
    assert 'aria-label="2 of 2 modules completed."' in page.text
    assert words(page).count("2 of 2 modules completed.") >= 1


def test_a_programme_says_which_open_requirements_it_prepares_for(house: House, sign_in: SignIn) -> None:
    a_cohort(house)
    describe(house, "mei_lam")
    a_file(house, actor_for(seat(house, "mei_lam")), has_paper=False)
    said = words(sign_in("mei_lam").get(f"/me/bridging/{CODE}"))
    assert "of your open requirements" in said
    assert "Shenzhen," in said


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("state", STATES)
def test_an_enrolment_reads_in_every_state_and_language(
    house: House, clock: SettableClock, sign_in: SignIn, state: str, tag: str
) -> None:
    enrolment = an_enrolment(house, clock, state=state, cohort=a_cohort(house, places=2))
    browser = sign_in("mei_lam")
    browser.set_cookie("language", tag)
    page = browser.get(f"/me/bridging/enrolments/{enrolment.id}")
    assert page.status_code == 200
    assert ILLUSTRATIVE[tag] in words(page)
    if state in ("offered", "waitlisted", "confirmed"):
        page = browser.get(f"/me/bridging/enrolments/{enrolment.id}/withdraw")
        assert ILLUSTRATIVE[tag] in words(page)


@pytest.mark.parametrize("tag", TAGS)
def test_every_page_reads_in_every_language_and_says_illustrative(
    house: House, sign_in: SignIn, tag: str
) -> None:
    browser = sign_in("mei_lam")
    browser.set_cookie("language", tag)
    assert browser.get("/me/bridging").status_code == 200
    cohort = a_cohort(house)
    for path in (
        "/me/bridging",
        f"/me/bridging/{CODE}",
        f"/me/bridging/cohorts/{cohort.id}/enrol",
    ):
        assert ILLUSTRATIVE[tag] in words(browser.get(path))


def test_official_details_do_not_call_themselves_illustrative(house: House, sign_in: SignIn) -> None:
    programme = a_programme(house, illustrative=False)
    cohort = a_cohort(house, programme=programme)
    browser = sign_in("mei_lam")
    for path in (
        "/me/bridging",
        f"/me/bridging/{CODE}",
        f"/me/bridging/cohorts/{cohort.id}/enrol",
    ):
        assert "Illustrative" not in words(browser.get(path))


def test_strangers_get_404_and_other_roles_403(house: House, clock: SettableClock, sign_in: SignIn) -> None:
    enrolment = an_enrolment(house, clock)
    address = f"/me/bridging/enrolments/{enrolment.id}"
    for path in (address, f"{address}/withdraw"):
        assert sign_in("chen_wei").get(path).status_code == 404
        assert sign_in("tam_lok").get(path).status_code == 403
    assert sign_in("chen_wei").get("/me/bridging/nothing").status_code == 404
    assert sign_in("chen_wei").get(f"/me/bridging/cohorts/{uuid4()}/enrol").status_code == 404


def test_no_page_costs_more_than_ten_statements(house: House, clock: SettableClock, sign_in: SignIn) -> None:
    describe(house, "mei_lam")
    a_file(house, actor_for(seat(house, "mei_lam")), has_paper=False)
    other = a_programme(house, code="another")
    for season in ("spring", "summer", "autumn"):
        a_cohort(house, programme=other, code=season)
    enrolment = an_enrolment(house, clock)
    cohort = enrolment.cohort
    later = a_cohort(house, programme=cohort.programme, code="later")
    browser = sign_in("mei_lam")
    address = f"/me/bridging/enrolments/{enrolment.id}"
    for path in (
        "/me/bridging",
        f"/me/bridging/{CODE}",
        f"/me/bridging/cohorts/{later.id}/enrol",
        address,
        f"{address}/withdraw",
    ):
        with at_most(10):
            assert browser.get(path).status_code == 200


def test_the_confirm_button_goes_with_the_offer(house: House, clock: SettableClock, sign_in: SignIn) -> None:
    enrolment = an_enrolment(house, clock, state="confirmed")
    page = sign_in("mei_lam").get(f"/me/bridging/enrolments/{enrolment.id}")
    with pytest.raises(AssertionError):
        form_on(page)
