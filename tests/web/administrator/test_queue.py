"""The queue as officers see it, in three languages and within its budget."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from portal.services import queue as queue_module
from portal.services.house import House
from portal.services.reviews import ask_review
from tests.builders.applications import AMAC
from tests.builders.decisions import a_case, an_actor
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient

SignIn = Callable[[str], StrictClient]


@pytest.mark.parametrize("key", ["ada_ko", "bo_yip"])
def test_the_queue_shows_the_cases_of_the_side(house: House, sign_in: SignIn, key: str) -> None:
    case = a_case(house)

    page = sign_in(key).get("/desk/")

    assert case.reference in page.text
    assert "陈伟" in page.text
    assert "bridge--small" in page.text


def test_the_mainland_queue_is_its_own(house: House, sign_in: SignIn) -> None:
    hong_kong, shenzhen = a_case(house), a_case(house, target=AMAC, person="mei_lam")

    page = sign_in("su_qing").get("/desk/")

    assert shenzhen.reference in page.text
    assert hong_kong.reference not in page.text


def test_the_filters_are_kept_in_the_page(house: House, sign_in: SignIn) -> None:
    a_case(house)

    page = sign_in("ada_ko").get("/desk/?words=王&stage=submitted&mine=y")

    assert "No case matches" in page.text
    assert 'value="王"' in page.text


def test_a_filter_that_makes_no_sense_is_said(house: House, sign_in: SignIn) -> None:
    page = sign_in("ada_ko").get("/desk/?stage=moon")

    assert page.status_code == 422


def test_a_long_queue_has_pages(house: House, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_module, "PAGE_LENGTH", 1)
    a_case(house, target=AMAC, person="mei_lam")
    a_case(house, target=AMAC)

    page = sign_in("ding_lan").get("/desk/")

    assert "after=" in page.text


@pytest.mark.parametrize("key", ["mei_lam", "tam_lok", "harbour_works", "sys"])
def test_nobody_else_enters(sign_in: SignIn, key: str) -> None:
    assert sign_in(key).get("/desk/").status_code == 403


def test_somebody_signed_out_is_led_to_sign_in(client: StrictClient) -> None:
    assert client.get("/desk/").status_code == 303


def test_the_queue_costs_at_most_ten_statements(house: House, sign_in: SignIn) -> None:
    a_case(house, stage="recommended")
    ada = sign_in("ada_ko")

    with at_most(10):
        ada.get("/desk/")


@pytest.mark.parametrize("language", ["en", "zh-Hant-HK", "zh-Hans-CN"])
def test_a_case_with_an_open_human_review_is_marked(house: House, sign_in: SignIn, language: str) -> None:
    case, quiet = a_case(house), a_case(house, person="mei_lam")
    chen = an_actor(house, "chen_wei")
    ask_review(house, chen, case.reference, clauses=["paper_1"], why="The program missed my paper.")
    ada = sign_in("ada_ko")
    ada.set_cookie("language", language)

    rows = BeautifulSoup(ada.get("/desk/").text, "html.parser").select("main li.row")

    marked = {row.select_one(".reference").text: bool(row.select_one(".govuk-tag--orange")) for row in rows}  # type: ignore[union-attr]
    assert marked == {case.reference: True, quiet.reference: False}
