"""The page about failed e-mails: kinds, days and counts, and never an address or a word of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from portal.adapters.clock import SettableClock
from portal.models.records import OutboxMessage
from portal.services.house import House
from portal.services.outbox import TRIES_IN_ALL, deliver_due, post_words
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient
from tests.services.test_outbox import Postman

SignIn = Callable[[str], StrictClient]
KINDS = ("granted", "account/new_device", "enrolment_offered", "referee_asked", "fact_replaced")


def fail(house: House, clock: SettableClock) -> None:
    for kind in KINDS:
        post_words(house, kind, recipient="lee@example.com", language="en", subject="Secret", body="Hidden")
    house.session.commit()
    postman = Postman()
    postman.is_closed = True
    for _ in range(TRIES_IN_ALL):
        deliver_due(house, postman)
        clock.advance(timedelta(hours=6))


@pytest.mark.parametrize("language", ["en", "zh-Hant-HK", "zh-Hans-CN"])
@pytest.mark.parametrize("who", ["sys", "ada_ko"])
def test_failures_are_shown_without_addresses_or_words(
    house: House, sign_in: SignIn, clock: SettableClock, who: str, language: str
) -> None:
    fail(house, clock)
    client = sign_in(who)
    client.set_cookie("language", language)
    with at_most(6):
        answer = client.get("/desk/mail")
    assert answer.status_code == 200
    for kind in KINDS:
        assert kind in answer.text
    for hidden in ("lee@example.com", "Secret", "Hidden"):
        assert hidden not in answer.text


def test_each_row_is_tried_again_by_itself(house: House, sign_in: SignIn, clock: SettableClock) -> None:
    fail(house, clock)
    client = sign_in("sys")
    page = BeautifulSoup(client.get("/desk/mail").text, "html.parser")
    for count, form in enumerate(page.select("main .row form")[:2], start=1):
        fields = {box["name"]: box["value"] for box in form.select("input[type=hidden]")}
        for _ in range(2):  # a double click is one act
            assert client.post("/desk/mail/again", data=fields).status_code == 303
        failed = select(func.count()).where(OutboxMessage.failed_at.is_not(None))
        assert house.session.scalar(failed) == len(KINDS) - count


@pytest.mark.parametrize("language", ["en", "zh-Hant-HK", "zh-Hans-CN"])
def test_where_nothing_failed_the_page_says_so(sign_in: SignIn, language: str) -> None:
    client = sign_in("sys")
    client.set_cookie("language", language)
    assert client.get("/desk/mail").status_code == 200


def test_a_spoilt_form_does_nothing(sign_in: SignIn) -> None:
    client = sign_in("sys")
    page = BeautifulSoup(client.get("/desk/mail").text, "html.parser")
    token = page.select_one("input[name=csrf_token]")
    assert token is not None
    spoilt = {"csrf_token": token["value"], "kind": "granted", "on": "tomorrow", "once": "k"}
    answer = client.post("/desk/mail/again", data=spoilt, follow_redirects=True)
    assert answer.status_code == 200


@pytest.mark.parametrize("who", ["mei_lam", "tam_lok", "harbour_works"])
def test_nobody_else_may_look(sign_in: SignIn, who: str) -> None:
    assert sign_in(who).get("/desk/mail").status_code == 403
