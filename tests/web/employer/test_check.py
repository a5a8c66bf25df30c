"""The employer's door: a code, a factor, an answer, or the one refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from portal.adapters.clock import SettableClock
from portal.domain.disclosure import Factor
from portal.domain.identifiers import check_character
from portal.services.house import House
from portal.services.sharing import end_share
from portal.wording.languages import LANGUAGES
from tests.builders.programmes import a_cohort, a_day_later, an_enrolment
from tests.builders.sharing import PIN, MadeShare, a_share
from tests.pages.form_filler import fill_in, send
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient

TAGS = [language.tag for language in LANGUAGES]
REFUSAL = "We cannot show a result for this code."


@pytest.fixture(autouse=True)
def patient_limits(app: Flask) -> Iterator[None]:
    """Tries enough for a test; the limit has a test of its own."""
    app.config["CHECK_TRIES"] = "1000 per minute"
    yield
    app.config.pop("CHECK_TRIES")


def typed(share: MadeShare | str, **otherwise: str) -> dict[str, str]:
    code = share if isinstance(share, str) else share.code
    return {
        "code": code,
        "factor": "pin",
        "pin": PIN,
        "looked_as": "Kwan, Harbour Works",
        **otherwise,
    }


def words(answer: TestResponse) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").get_text(" ").split())


def main_words(answer: TestResponse) -> str:
    page = BeautifulSoup(answer.text, "html.parser")
    for hidden in page.select("input"):
        hidden.decompose()
    return " ".join(page.select_one("main").get_text(" ").split())  # type: ignore[union-attr]


def test_anybody_with_code_and_pin_sees_what_somebody_is_recognised_for(
    client: StrictClient, house: House
) -> None:
    share = a_share(house, purpose_note="Harbour Works")
    answer = fill_in(client, "/check", typed(share))
    said = words(answer)
    assert answer.status_code == 200
    assert "What this person is recognised for" in said
    assert f"You asked about the share {share.code} on 22 November 2026 at 10" in said
    assert "Hong Kong time" in said
    assert "Recognised since 22 November 2026." in said
    assert "CHEN Wei · 陈伟" in said
    assert "None recorded." in said
    assert "Mandatory Reference Checking Scheme" in said
    assert "The holder sees that you looked." in said
    assert "may practise" not in said
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("status", ["full", "conditional", "suspended", "revoked"])
def test_an_answer_reads_in_every_language(client: StrictClient, house: House, tag: str, status: str) -> None:
    client.set_cookie("language", tag)
    share = a_share(house, status=status, shows_bridging=True)
    answer = fill_in(client, "/check", typed(share))
    assert answer.status_code == 200


@pytest.mark.parametrize("tag", TAGS)
def test_bridging_reads_in_every_language(
    client: StrictClient, house: House, clock: SettableClock, tag: str
) -> None:
    client.set_cookie("language", tag)
    share = a_share(house, shows_bridging=True)
    an_enrolment(house, clock, state="confirmed", person="chen_wei", cohort=a_cohort(house))
    answer = fill_in(client, "/check", typed(share))
    assert {"en": "illustrative", "zh-Hant-HK": "僅供示範", "zh-Hans-CN": "仅为示例"}[tag] in words(answer)


def test_a_condition_says_what_and_by_when(client: StrictClient, house: House) -> None:
    said = words(fill_in(client, "/check", typed(a_share(house, status="conditional"))))
    assert "Recognised with conditions since 22 November 2026." in said
    assert "To finish by 30 June 2027:" in said


def test_a_date_of_birth_is_typed_in_three_boxes(client: StrictClient, house: House) -> None:
    share = a_share(house, factor=Factor.BIRTH_DATE)
    born = {"born_on-day": "17", "born_on-month": "5", "born_on-year": "1992"}
    answer = fill_in(client, "/check", typed(share, factor="birth_date", pin="", **born))
    assert answer.status_code == 200
    assert "1992" not in answer.text


def test_every_refusal_is_one_page_with_one_status(
    client: StrictClient, house: House, clock: SettableClock
) -> None:
    wrong = a_share(house)
    ended = a_share(house, recognition=wrong.recognition)
    expired = a_share(house, recognition=wrong.recognition, until=date(2026, 11, 22))
    locked = a_share(house, recognition=wrong.recognition)
    end_share(house, ended.holder, code=ended.code)
    for _try in range(10):
        fill_in(client, "/check", typed(locked, pin="918273"))
    a_day_later(clock)
    body = "2345678"
    unknown = f"SH-2345-678{check_character('SH' + body)}"
    answers = [
        fill_in(client, "/check", typed(code, pin=pin))
        for code, pin in (
            (unknown, PIN),
            (wrong.code, "918273"),
            (ended.code, PIN),
            (expired.code, PIN),
            (locked.code, PIN),
        )
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert len({main_words(answer) for answer in answers}) == 1
    assert all(REFUSAL in words(answer) for answer in answers)
    assert len({tuple(sorted(answer.headers.keys())) for answer in answers}) == 1


@pytest.mark.parametrize("tag", TAGS)
def test_the_refusal_and_the_form_read_in_every_language(
    client: StrictClient, house: House, tag: str
) -> None:
    client.set_cookie("language", tag)
    share = a_share(house)
    answer = fill_in(client, "/check", typed(share, pin="918273"))
    assert answer.status_code == 422
    empty = fill_in(client, "/check")
    assert empty.status_code == 422


def test_what_was_typed_is_kept_when_something_has_to_be_mended(client: StrictClient) -> None:
    answer = fill_in(client, "/check", {"code": "hello", "factor": "pin", "pin": "40", "looked_as": "Kwan"})
    assert answer.status_code == 422
    assert "This is not a share code." in words(answer)
    assert 'value="hello"' in answer.text
    assert 'value="Kwan"' in answer.text


def test_nothing_typed_is_answered_at_every_field(client: StrictClient) -> None:
    said = words(fill_in(client, "/check"))
    for sentence in (
        "Enter the share code.",
        "Choose what the holder gave you.",
        "Enter your name and organisation.",
    ):
        assert sentence in said


def test_a_mended_form_is_another_try(client: StrictClient, house: House) -> None:
    share = a_share(house)
    refused = fill_in(client, "/check", typed(share, pin="918273"))
    answer = send(client, refused, typed(share))
    assert answer.status_code == 200


def test_a_wrong_choice_of_factor_forgets_the_other_field(client: StrictClient, house: House) -> None:
    share = a_share(house)
    nonsense = {"born_on-day": "99", "born_on-month": "x", "born_on-year": ""}
    assert fill_in(client, "/check", typed(share, **nonsense)).status_code == 200


def test_overlong_and_odd_input_gets_a_page(client: StrictClient) -> None:
    for code in ("S" * 500, "SH-\u202e-2345", "<script>", "％％％"):
        assert fill_in(client, "/check", typed(code)).status_code == 422


def test_without_a_token_nothing_is_asked(client: StrictClient, house: House) -> None:
    assert client.post("/check", data=typed(a_share(house))).status_code == 400


def test_tries_are_limited_by_address(app: Flask, client: StrictClient) -> None:
    app.config["CHECK_TRIES"] = "3 per minute"
    page = client.get("/check")
    answers = [send(client, page, typed("SH-2345-6789")).status_code for _try in range(4)]
    assert answers == [422, 422, 422, 429]


def test_an_employers_member_finds_their_receipts(
    sign_in: Callable[[str], StrictClient], house: House
) -> None:
    share = a_share(house)
    browser = sign_in("harbour_works")
    assert "You have made no checks yet." in words(browser.get("/check/looks"))
    page = browser.get("/check")
    assert 'value="Harbour Works"' in page.text
    send(browser, page, typed(share))
    said = words(browser.get("/check/looks"))
    assert share.code in said
    assert "RC-" in said


@pytest.mark.parametrize("tag", TAGS)
def test_the_pages_of_the_door_read_in_every_language(
    app: Flask, house: House, sign_in: Callable[[str], StrictClient], tag: str
) -> None:
    share = a_share(house)
    browser = sign_in("harbour_works")
    fill_in(browser, "/check", typed(share))
    browser.set_cookie("language", tag)
    for path in ("/check", "/check/about", "/check/looks"):
        assert browser.get(path).status_code == 200


def test_a_professional_and_a_stranger_have_no_list_of_looks(
    client: StrictClient, sign_in: Callable[[str], StrictClient]
) -> None:
    assert sign_in("mei_lam").get("/check/looks").status_code == 403
    assert client.get("/check/looks").status_code == 303


def test_no_page_of_the_door_costs_more_than_ten_statements(
    sign_in: Callable[[str], StrictClient], house: House, clock: SettableClock
) -> None:
    share = a_share(house, status="conditional", shows_bridging=True)
    an_enrolment(house, clock, state="confirmed", person="chen_wei", cohort=a_cohort(house))
    browser = sign_in("harbour_works")
    page = browser.get("/check")
    with at_most(10):
        assert send(browser, page, typed(share)).status_code == 200
    for path in ("/check", "/check/about", "/check/looks"):
        with at_most(10):
            assert browser.get(path).status_code == 200
