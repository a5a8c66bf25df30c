"""The inbox in the browser: lines in the reader's language of the moment, marks by forms, a count in the menu."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup, Tag

from portal.adapters.clock import SettableClock
from portal.services.house import House
from portal.services.inbox import read_inbox
from portal.services.notices import tell_person
from portal.services.outbox import TRIES_IN_ALL, deliver_due
from tests.builders.decisions import a_case, a_recognition, an_actor
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient
from tests.services.test_outbox import Postman

SignIn = Callable[[str], StrictClient]
LANGUAGES = ("en", "zh-Hant-HK", "zh-Hans-CN")


def page_of(client: StrictClient, address: str = "/me/inbox") -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text[:300]
    return BeautifulSoup(answer.text, "html.parser")


def send(client: StrictClient, form: Tag) -> str:
    """Send one of the page's forms; gives where it leads."""
    fields = {box["name"]: box.get("value", "") for box in form.select("input[type=hidden]")}
    answer = client.post(str(form["action"]), data=fields)
    assert answer.status_code == 303, answer.text[:300]
    return str(answer.headers["Location"])


def count_in_menu(page: BeautifulSoup) -> str:
    door = page.select_one(".wayfinder a[href='/me/inbox'] .govuk-tag")
    return "".join(door.find_all(string=True, recursive=False)) if door else ""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "now awaits a decision"),
        ("zh-Hant-HK", "現正等候決定"),
        ("zh-Hans-CN", "等待作出决定"),
    ],
)
def test_lines_are_written_in_the_language_of_the_moment(
    house: House, sign_in: SignIn, language: str, words: str
) -> None:
    a_case(house, stage="recommended")
    client = sign_in("chen_wei")
    client.set_cookie("language", language)
    page = page_of(client)
    assert words in page.main.get_text()  # type: ignore[union-attr]


def test_what_is_unread_is_marked_and_counted_on_every_page(house: House, sign_in: SignIn) -> None:
    a_case(house, stage="recommended")
    client = sign_in("chen_wei")
    page = page_of(client)
    assert count_in_menu(page) == "3"
    assert count_in_menu(page_of(client, "/me/applications")) == "3"
    assert len(page.select("main .rows .govuk-tag")) == 3


def test_reading_marks_nothing(house: House, sign_in: SignIn) -> None:
    a_case(house)
    client = sign_in("chen_wei")
    for _ in range(2):
        page_of(client)
    assert read_inbox(house, an_actor(house, "chen_wei")).unread == 1


def test_opening_a_line_marks_it_and_leads_to_its_place(house: House, sign_in: SignIn) -> None:
    case = a_case(house)
    client = sign_in("chen_wei")
    form = page_of(client).select_one("main .row form")
    assert form is not None
    assert send(client, form) == f"/me/cases/{case.reference}"
    there = client.get(f"/me/cases/{case.reference}")
    assert there.headers["Location"] == f"/me/applications/{case.application_id}"
    page = page_of(client)
    assert count_in_menu(page) == ""
    assert page.select_one(f"main .row a[href='/me/cases/{case.reference}']")


def test_everything_shown_is_marked_at_once(house: House, sign_in: SignIn) -> None:
    a_recognition(house, status="revoked")
    client = sign_in("chen_wei")
    form = page_of(client).select_one("main > form")
    assert form is not None
    assert send(client, form) == "/me/inbox"
    assert read_inbox(house, an_actor(house, "chen_wei")).unread == 0
    assert page_of(client).select("main form") == []


def test_each_kind_leads_where_its_matter_stands(house: House, sign_in: SignIn) -> None:
    recognition = a_recognition(house, status="revoked")
    mei = an_actor(house, "chen_wei")
    assert mei.person_id is not None
    for kind in ("referee_answered", "evidence_destroyed", "request_answered"):
        tell_person(house, mei.person_id, kind)
    tell_person(house, mei.person_id, "export_ready", gone_on=date(2026, 11, 29))
    house.session.commit()
    client = sign_in("chen_wei")
    form = page_of(client).select_one("main > form")
    assert form is not None
    send(client, form)
    places = {str(link["href"]) for link in page_of(client).select("main .row__end a")}
    assert {"/me/work", "/me/evidence", "/me/credentials", "/me/data/export"} <= places
    assert f"/me/recognitions/{recognition.reference}" in places
    for place in places:
        assert client.get(place, follow_redirects=True).status_code == 200


def test_another_persons_line_does_not_exist(house: House, sign_in: SignIn) -> None:
    a_case(house)
    line = read_inbox(house, an_actor(house, "chen_wei")).lines[0]
    mei = sign_in("mei_lam")
    token = page_of(mei, "/me/applications").select_one("input[name=csrf_token]")
    assert token is not None
    answer = mei.post(f"/me/inbox/{line.id}", data={"csrf_token": token["value"]})
    assert answer.status_code == 404


def test_a_failed_email_asks_to_check_the_address(
    house: House, sign_in: SignIn, clock: SettableClock
) -> None:
    a_case(house)
    postman = Postman()
    postman.is_closed = True
    for _ in range(TRIES_IN_ALL):
        deliver_due(house, postman)
        clock.advance(timedelta(hours=6))
    client = sign_in("chen_wei")
    client.set_cookie("language", "en")
    link = page_of(client).select_one("main .row a[href='/account/settings']")
    assert link is not None
    assert "could not be delivered" in link.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_inbox_says_so(sign_in: SignIn, language: str) -> None:
    client = sign_in("mei_lam")
    client.set_cookie("language", language)
    assert page_of(client).select("main .rows") == []


def test_the_inbox_costs_few_statements(house: House, sign_in: SignIn) -> None:
    a_recognition(house, status="revoked")
    client = sign_in("chen_wei")
    with at_most(4):
        assert client.get("/me/inbox").status_code == 200
