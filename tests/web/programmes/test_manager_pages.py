"""The programme manager's pages."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.adapters.clock import SettableClock
from portal.models.credentials import Credential
from portal.models.programmes import Cohort, Enrolment, Programme
from portal.services.house import House
from portal.wording.languages import LANGUAGES
from tests.builders.programmes import (
    CODE,
    GIVES,
    a_cohort,
    a_day_later,
    a_programme,
    a_stranger,
    an_enrolment,
    ask,
    fill,
    pass_every_module,
)
from tests.pages.form_filler import fill_in, send
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient

TAGS = [language.tag for language in LANGUAGES]
ILLUSTRATIVE = {"en": "Illustrative", "zh-Hant-HK": "僅供示範", "zh-Hans-CN": "仅为示例"}
SignIn = Callable[[str], StrictClient]


def words(answer: TestResponse) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").get_text(" ").split())


def in_three(name: str, english: str, hant: str, hans: str) -> dict[str, str]:
    return {f"{name}_en": english, f"{name}_zh_hant": hant, f"{name}_zh_hans": hans}


def a_day(name: str, year: int, month: int, day: int) -> dict[str, str]:
    return {f"{name}-year": str(year), f"{name}-month": str(month), f"{name}-day": str(day)}


COHORT = {
    "code": "2027-summer",
    **a_day("enrol_by", 2027, 5, 1),
    **a_day("starts_on", 2027, 5, 10),
    **a_day("ends_on", 2027, 7, 30),
    **in_three("venue", "Example Tower", "示範大廈", "示例大厦"),
    "places": "12",
}
PROGRAMME = {
    "code": "credit-across",
    "jurisdiction": "sz",
    **in_three("title", "Credit across the river", "兩地信貸", "两地信贷"),
    **in_three("summary", "How each side lends.", "兩地的信貸實務。", "两地的信贷实务。"),
    **in_three("provider", "Example College", "示範書院", "示例学院"),
    "tracks": "credit-risk",
}


@pytest.fixture
def wu_hai(sign_in: SignIn) -> StrictClient:
    """The manager of Shenzhen, reading English for once."""
    browser = sign_in("wu_hai")
    browser.set_cookie("language", "en")
    return browser


@pytest.fixture
def learner(house: House, clock: SettableClock) -> Enrolment:
    """A confirmed learner, on the last day of the course."""
    enrolment = an_enrolment(house, clock, state="confirmed")
    clock.advance(enrolment.cohort.ends_on - house.clock.today())
    return enrolment


def test_a_programme_is_made_given_a_module_and_opened(house: House, wu_hai: StrictClient) -> None:
    made = fill_in(wu_hai, "/programmes/new", PROGRAMME)
    assert made.location == "/programmes/credit-across/change"
    module = {"code": "m1", **in_three("title", "Lending", "貸款", "贷款"), "hours": "12", "gives": GIVES[0]}
    assert fill_in(wu_hai, "/programmes/credit-across/modules/new", module).status_code == 303
    opened = fill_in(wu_hai, "/programmes/credit-across/cohorts/new", COHORT)
    assert "12 places free of 12." in words(wu_hai.get(opened.location))
    programme = house.session.scalars(select(Programme)).one()
    assert programme.illustrative
    assert programme.modules[0].gives == GIVES[0]


def test_texts_are_changed_in_three_languages(house: House, wu_hai: StrictClient) -> None:
    a_programme(house)
    new = in_three("title", "Two cities", "兩地", "两地")
    assert fill_in(wu_hai, f"/programmes/{CODE}/change", new).status_code == 303
    house.session.expire_all()
    assert house.session.scalars(select(Programme)).one().title["zh_hant"] == "兩地"


def test_a_language_left_empty_is_said_at_its_field(house: House, wu_hai: StrictClient) -> None:
    a_programme(house)
    answer = fill_in(wu_hai, f"/programmes/{CODE}/change", {"title_zh_hant": "", "title_en": "Kept"})
    assert answer.status_code == 422
    assert 'href="#title_zh_hant"' in answer.text
    assert 'value="Kept"' in answer.text


def test_a_stale_form_shows_both_sides_and_can_be_sent_again(house: House, wu_hai: StrictClient) -> None:
    a_programme(house)
    address = f"/programmes/{CODE}/change"
    mine = wu_hai.get(address)
    fill_in(wu_hai, address, {"title_en": "Theirs"})
    answer = send(wu_hai, mine, {"title_en": "Mine"})
    assert answer.status_code == 409
    assert "Theirs" in words(answer)
    assert 'value="Mine"' in answer.text
    assert send(wu_hai, answer).status_code == 303


def test_a_mended_form_does_not_outrun_somebody_elses_change(house: House, wu_hai: StrictClient) -> None:
    a_programme(house)
    address = f"/programmes/{CODE}/change"
    mine = wu_hai.get(address)
    fill_in(wu_hai, address, {"title_en": "Theirs"})
    mended = send(wu_hai, mine, {"title_en": ""})
    assert mended.status_code == 422
    assert send(wu_hai, mended, {"title_en": "Mine"}).status_code == 409


def test_places_below_those_taken_are_refused_at_the_field(house: House, wu_hai: StrictClient) -> None:
    cohort = a_cohort(house, places=3)
    fill(house, cohort)
    answer = fill_in(wu_hai, f"/programmes/cohorts/{cohort.id}/change", {"places": "2"})
    assert answer.status_code == 422
    assert "Places cannot go below those taken: 3." in words(answer)
    assert 'href="#places"' in answer.text


@pytest.mark.parametrize("places", ["0", "-1", "many", "1e3", "99999999999", ""])
def test_a_number_of_places_has_to_be_one(house: House, wu_hai: StrictClient, places: str) -> None:
    cohort = a_cohort(house)
    answer = fill_in(wu_hai, f"/programmes/cohorts/{cohort.id}/change", {"places": places})
    assert answer.status_code == 422


def test_days_that_make_no_sense_are_said_at_their_fields(house: House, wu_hai: StrictClient) -> None:
    a_programme(house)
    address = f"/programmes/{CODE}/cohorts/new"
    backwards = {**COHORT, **a_day("ends_on", 2027, 5, 9)}
    said = words(fill_in(wu_hai, address, backwards))
    assert "The last day of the course must not be before its first day." in said
    past = {
        **COHORT,
        **a_day("enrol_by", 2026, 11, 1),
        **a_day("starts_on", 2026, 11, 2),
        **a_day("ends_on", 2026, 12, 2),
    }
    assert "The course must start today or later." in words(fill_in(wu_hai, address, past))
    unreal = {**COHORT, **a_day("starts_on", 2027, 2, 30)}
    assert "must be a real date" in words(fill_in(wu_hai, address, unreal))


def test_a_doubled_form_opens_one_cohort(house: House, wu_hai: StrictClient) -> None:
    a_programme(house)
    page = wu_hai.get(f"/programmes/{CODE}/cohorts/new")
    for _sending in range(2):
        assert send(wu_hai, page, COHORT).status_code == 303
    assert len(house.session.scalars(select(Cohort)).all()) == 1


def test_the_cohort_shows_learners_and_the_line_in_order(house: House, wu_hai: StrictClient) -> None:
    cohort = a_cohort(house, places=1)
    fill(house, cohort)
    for name in ("first", "second"):
        ask(house, cohort, a_stranger(house, name))
    page = wu_hai.get(f"/programmes/cohorts/{cohort.id}")
    assert "Full. 2 people are in the line." in words(page)
    assert len(BeautifulSoup(page.text, "html.parser").select("main ol li")) == 2


def test_unconfirmed_places_are_passed_on_from_the_page(
    house: House, clock: SettableClock, wu_hai: StrictClient
) -> None:
    cohort = a_cohort(house, places=1)
    fill(house, cohort)
    waiting = ask(house, cohort, a_stranger(house, "patient"))
    a_day_later(clock, days=8)
    address = f"/programmes/cohorts/{cohort.id}"
    assert fill_in(wu_hai, address, action=f"{address}/pass-on").status_code == 303
    house.session.refresh(waiting)
    assert waiting.state.value == "offered"


def test_a_learner_is_taken_from_results_to_completion(
    house: House, wu_hai: StrictClient, learner: Enrolment
) -> None:
    address = f"/programmes/enrolments/{learner.id}"
    early = fill_in(wu_hai, f"{address}/complete")
    assert early.status_code == 422
    for module in learner.cohort.programme.modules:
        result = {"module": str(module.id), "outcome": "completed", **a_day("on", 2027, 3, 1)}
        assert fill_in(wu_hai, f"{address}/result", result).status_code == 303
    assert "2 of 2 modules completed." in words(wu_hai.get(f"{address}/result"))
    assert fill_in(wu_hai, f"{address}/complete").status_code == 303
    assert {each.qualification for each in house.session.scalars(select(Credential))} == set(GIVES)
    assert wu_hai.get(f"{address}/complete").status_code == 409


def test_an_enrolment_is_closed_without_completion(
    house: House, wu_hai: StrictClient, learner: Enrolment
) -> None:
    assert fill_in(wu_hai, f"/programmes/enrolments/{learner.id}/close").status_code == 303
    house.session.refresh(learner)
    assert learner.state.value == "not_completed"


def test_a_result_in_the_future_is_refused_at_its_field(wu_hai: StrictClient, learner: Enrolment) -> None:
    module = learner.cohort.programme.modules[0]
    result = {"module": str(module.id), "outcome": "completed", **a_day("on", 2028, 3, 1)}
    answer = fill_in(wu_hai, f"/programmes/enrolments/{learner.id}/result", result)
    assert "The day of the result must be today or in the past." in words(answer)


def test_an_award_that_is_not_the_programmes_cannot_be_chosen(house: House, wu_hai: StrictClient) -> None:
    a_programme(house)
    module = {"code": "m9", **in_three("title", "A", "甲", "甲"), "hours": "3", "gives": "hksi.le.paper-1"}
    assert fill_in(wu_hai, f"/programmes/{CODE}/modules/new", module).status_code == 422


def test_a_module_is_changed(house: House, wu_hai: StrictClient) -> None:
    a_programme(house)
    assert fill_in(wu_hai, f"/programmes/{CODE}/modules/m1", {"hours": "16"}).status_code == 303
    house.session.expire_all()
    assert house.session.scalars(select(Programme)).one().modules[0].hours == 16
    assert wu_hai.get(f"/programmes/{CODE}/modules/nothing").status_code == 404


def paths(cohort: Cohort, enrolment: Enrolment) -> list[str]:
    return [
        f"/programmes/{CODE}/change",
        f"/programmes/{CODE}/cohorts/new",
        f"/programmes/cohorts/{cohort.id}",
        f"/programmes/cohorts/{cohort.id}/change",
        f"/programmes/enrolments/{enrolment.id}/result",
        f"/programmes/enrolments/{enrolment.id}/complete",
        f"/programmes/enrolments/{enrolment.id}/close",
    ]


@pytest.mark.parametrize("tag", TAGS)
def test_every_page_reads_in_every_language_and_says_illustrative(
    wu_hai: StrictClient, learner: Enrolment, tag: str
) -> None:
    wu_hai.set_cookie("language", tag)
    for path in ("/programmes", *paths(learner.cohort, learner)):
        assert ILLUSTRATIVE[tag] in words(wu_hai.get(path)), path
    for path in ("/programmes/new", f"/programmes/{CODE}/modules/new", f"/programmes/{CODE}/modules/m1"):
        assert wu_hai.get(path).status_code == 200


@pytest.mark.parametrize("tag", TAGS)
def test_faults_and_conflicts_read_in_every_language(
    house: House, wu_hai: StrictClient, learner: Enrolment, tag: str
) -> None:
    wu_hai.set_cookie("language", tag)
    for path in ("/programmes/new", f"/programmes/{CODE}/modules/new", f"/programmes/{CODE}/cohorts/new"):
        assert fill_in(wu_hai, path).status_code == 422
    cohort = learner.cohort
    stale = fill_in(wu_hai, f"/programmes/cohorts/{cohort.id}/change", {"version": "0"})
    assert stale.status_code == 409
    empty = fill_in(wu_hai, f"/programmes/enrolments/{learner.id}/result")
    assert empty.status_code == 422


def test_the_other_sides_manager_gets_403_and_what_is_not_there_404(
    sign_in: SignIn, wu_hai: StrictClient, learner: Enrolment
) -> None:
    other = sign_in("tam_lok")
    for path in paths(learner.cohort, learner):
        assert other.get(path).status_code == 403, path
    assert CODE not in other.get("/programmes").text
    for path in (
        "/programmes/nothing/change",
        f"/programmes/cohorts/{uuid4()}",
        f"/programmes/enrolments/{uuid4()}/result",
    ):
        assert wu_hai.get(path).status_code == 404


def test_no_page_costs_more_than_ten_statements(
    house: House, wu_hai: StrictClient, learner: Enrolment
) -> None:
    pass_every_module(house, learner)
    found = paths(learner.cohort, learner)
    for path in ("/programmes", *found):
        with at_most(10):
            wu_hai.get(path)


def test_a_cohort_of_thirty_costs_no_more_statements_than_one_of_three(
    house: House, wu_hai: StrictClient
) -> None:
    cohort = a_cohort(house, places=30)
    fill(house, cohort)
    address = f"/programmes/cohorts/{cohort.id}"
    with at_most(10):
        assert wu_hai.get(address).status_code == 200
