"""Asking a referee, the referee's page without an account, and what becomes of the link."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from portal.adapters.clock import SettableClock
from portal.domain.people import Actor
from portal.services.house import House
from portal.services.referees import own_requests, secret_of
from tests.builders.records import a_description, a_period_of_work, work_answers
from tests.conftest import Browser
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import errors_of, form_of, send, words_of

Cast = Callable[[str], Actor]
SignIn = Callable[[str], StrictClient]
REFEREE = {
    "name": "Chan Siu Kei",
    "email": "s.k.chan@harbour.example",
    "relation": "line_manager",
    "language": "zh_Hant_HK",
}
LANGUAGES = ("en", "zh-Hant-HK", "zh-Hans-CN")


def ask(house: House, mei: StrictClient, actor: Actor, **changes: str) -> tuple[UUID, str]:
    """A period of work, and the address of the link sent about it."""
    work = a_period_of_work(house, actor)
    answer = send(mei, f"/me/work/{work}/referees/new", **{**REFEREE, **changes})
    assert answer.status_code == 303
    (request,) = [each for each in own_requests(house, actor) if each.work_id == work]
    return work, f"/references/{secret_of(house, request.id)}"


def yes_to_all(client: StrictClient, link: str, **changes: str) -> dict[str, str]:
    asked = {box["name"] for box in form_of(client.get(link)).select('input[type="radio"]')}
    return {**dict.fromkeys(map(str, asked), "yes"), **changes}


def test_a_referee_confirms_without_an_account_and_the_person_sees_it(
    house: House, sign_in: SignIn, actor: Cast, client: StrictClient
) -> None:
    mei = sign_in("mei_lam")
    _work, link = ask(house, mei, actor("mei_lam"))
    assert "Chan Siu Kei Asked" in words_of(mei.get("/me/work"))
    answer = send(client, link, **yes_to_all(client, link))
    assert answer.status_code == 303
    assert "Thank you" in words_of(client.get(link))
    with at_most(12):
        history = words_of(mei.get("/me/work"))
    assert "Chan Siu Kei Confirmed" in history


def test_the_day_of_an_answer_is_the_day_on_both_banks(
    house: House, sign_in: SignIn, actor: Cast, client: StrictClient, clock: SettableClock
) -> None:
    mei = sign_in("mei_lam")
    _work, link = ask(house, mei, actor("mei_lam"))
    clock.advance(timedelta(hours=15))
    assert clock.now().date() != clock.today()
    send(client, link, **yes_to_all(client, link))
    assert "Answered on 23 November 2026." in words_of(sign_in("mei_lam").get("/me/work"))


def test_reading_the_link_as_a_mail_scanner_does_changes_nothing(
    house: House, sign_in: SignIn, actor: Cast, client: StrictClient
) -> None:
    _work, link = ask(house, sign_in("mei_lam"), actor("mei_lam"))
    for _time in range(3):
        assert client.get(link).status_code == 200
    assert own_requests(house, actor("mei_lam"))[0].answered_at is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_referees_page_reads_in_every_language(
    house: House, sign_in: SignIn, actor: Cast, client: StrictClient, language: str
) -> None:
    _work, link = ask(house, sign_in("mei_lam"), actor("mei_lam"))
    client.set_cookie("language", language)
    page = client.get(link)
    assert page.status_code == 200
    assert len(form_of(page).select("fieldset")) <= 8


def test_what_is_missing_is_asked_again_and_nothing_typed_is_lost(
    house: House, sign_in: SignIn, actor: Cast, client: StrictClient
) -> None:
    _work, link = ask(house, sign_in("mei_lam"), actor("mei_lam"))
    typed = yes_to_all(client, link, comment="He was very good.")
    del typed["period"]
    answer = send(client, link, **typed)
    assert answer.status_code == 422
    assert errors_of(answer) == ["Choose one answer."]
    assert "He was very good." in answer.text
    answer = send(client, link, **yes_to_all(client, link, period="no"))
    assert errors_of(answer) == ["You answered no to something. Say in a few words how it was."]


def test_a_link_used_twice_or_late_says_what_became_of_it(
    house: House, sign_in: SignIn, actor: Cast, client: StrictClient, clock: SettableClock
) -> None:
    mei = sign_in("mei_lam")
    _work, link = ask(house, mei, actor("mei_lam"))
    open_page = client.get(link)
    typed = yes_to_all(client, link)
    send(client, link, **typed)
    form = form_of(open_page)
    token = {box["name"]: box["value"] for box in form.select('input[type="hidden"]')}
    late = client.post(link, data={**token, "once": "another", **typed})
    assert late.status_code == 200
    assert "Your answers are recorded" in late.text
    _work, other = ask(house, mei, actor("mei_lam"), email="x@harbour.example")
    clock.advance(timedelta(days=43))
    answer = client.get(other)
    assert answer.status_code == 410
    assert "This link has ended" in answer.text


def test_one_link_is_looked_at_so_often_wherever_from_and_another_all_the_same(
    house: House, sign_in: SignIn, actor: Cast, app: Flask
) -> None:
    mei = sign_in("mei_lam")
    _work, link = ask(house, mei, actor("mei_lam"))
    _work, other = ask(house, mei, actor("mei_lam"), email="x@harbour.example")
    looks = []
    for look in range(31):
        browser = Browser(app)
        browser.environ_base["REMOTE_ADDR"] = f"192.0.2.{look + 1}"
        looks.append(browser.get(link).status_code)
    assert looks == [200] * 30 + [429]
    assert Browser(app).get(other).status_code == 200, "a whole office shares one address"


def test_an_address_that_tries_link_after_link_is_held_back(client: StrictClient) -> None:
    tried = [client.get(f"/references/{guess:072}").status_code for guess in range(121)]
    assert tried == [404] * 120 + [429]


def test_a_guessed_link_is_no_page(client: StrictClient) -> None:
    assert client.get("/references/" + "0" * 72).status_code == 404
    assert client.get("/references/hello").status_code == 404


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Enter the referee’s name."),
        ({"email": "boss"}, "Enter an e-mail address, such as name@firm.example."),
        ({"relation": ""}, "Choose how they knew you."),
    ],
)
def test_a_nomination_that_cannot_be_is_sent_back(
    house: House, sign_in: SignIn, actor: Cast, changes: dict[str, str], message: str
) -> None:
    work = a_period_of_work(house, actor("mei_lam"))
    answer = send(sign_in("mei_lam"), f"/me/work/{work}/referees/new", **{**REFEREE, **changes})
    assert answer.status_code == 422
    assert errors_of(answer) == [message]


def test_a_doubtful_address_is_shown_as_such(house: House, sign_in: SignIn, actor: Cast) -> None:
    mei = sign_in("mei_lam")
    ask(house, mei, actor("mei_lam"), email="boss@163.com")
    assert "This is a public mail address." in words_of(mei.get("/me/work"))


def test_a_request_is_taken_back(house: House, sign_in: SignIn, actor: Cast, client: StrictClient) -> None:
    mei = sign_in("mei_lam")
    _work, link = ask(house, mei, actor("mei_lam"))
    (request,) = own_requests(house, actor("mei_lam"))
    assert send(mei, f"/me/work/referees/{request.id}/withdraw").status_code == 303
    assert client.get(link).status_code == 410
    assert sign_in("chen_wei").get(f"/me/work/referees/{request.id}/withdraw").status_code == 404


def test_the_history_counts_against_each_requirement_that_counts_it(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    a_period_of_work(house, actor("mei_lam"))
    page = words_of(sign_in("mei_lam").get("/me/work"))
    assert "How far it reaches today" in page
    assert "Asked for: 3 years." in page


def test_a_referee_who_wants_no_mail_owes_no_reason(
    house: House, sign_in: SignIn, actor: Cast, client: StrictClient
) -> None:
    _work, link = ask(house, sign_in("mei_lam"), actor("mei_lam"))
    assert send(client, link, **yes_to_all(client, link, may_ask="no")).status_code == 303
    assert own_requests(house, actor("mei_lam"))[0].confirms


def test_what_was_not_stated_is_not_asked(
    house: House, sign_in: SignIn, actor: Cast, client: StrictClient
) -> None:
    work = a_period_of_work(house, actor("mei_lam"), said=work_answers(share_percent=None))
    send(sign_in("mei_lam"), f"/me/work/{work}/referees/new", **REFEREE)
    (request,) = own_requests(house, actor("mei_lam"))
    link = f"/references/{secret_of(house, request.id)}"
    page = words_of(client.get(link))
    assert "share of full time" not in page
    assert "Not sure" not in page
    send(client, link, **yes_to_all(client, link))
    assert own_requests(house, actor("mei_lam"))[0].confirms


@pytest.mark.parametrize(("language", "first"), [("en", "LAM Mei"), ("zh-Hant-HK", "林美")])
def test_the_referee_reads_the_name_they_know(
    house: House, sign_in: SignIn, actor: Cast, client: StrictClient, language: str, first: str
) -> None:
    a_description(house, actor("mei_lam"))
    _work, link = ask(house, sign_in("mei_lam"), actor("mei_lam"))
    client.set_cookie("language", language)
    page = client.get(link)
    heading = BeautifulSoup(page.text, "lxml").select_one("main form h2")
    assert heading is not None
    assert first in heading.text
    assert "LAM Mei" in words_of(page)
    assert "林美" in words_of(page)


def test_a_referee_is_told_how_long_answers_are_kept(
    house: House, sign_in: SignIn, actor: Cast, client: StrictClient
) -> None:
    _work, link = ask(house, sign_in("mei_lam"), actor("mei_lam"))
    page = words_of(client.get(link))
    assert "If a decision rests on them, they are kept for 7 years after it." in page
    assert "This period is illustrative until the operator sets it." in page
