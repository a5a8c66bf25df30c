"""What somebody tries who knows only half of what it takes, or leads others astray."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.models.records import OutboxMessage
from portal.services.house import House
from portal.web.access import access_to
from tests.architecture.test_doors import filled
from tests.builders.passkeys import HeldPasskey
from tests.cast import CAST, PASSWORD
from tests.conftest import Browser
from tests.pages.form_filler import fill_in
from tests.web.account.steps import add_passkey, ask, code_of, codes_on, enter, second_step, set_up_app

NEW = "eleven bridges and a ferry"
ELSEWHERE = (
    "//elsewhere.example",
    "https://elsewhere.example/",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "/\t/elsewhere.example",
    "http:elsewhere.example",
    "///elsewhere.example",
    "javascript:alert(1)",
    "/\r\nLocation: https://elsewhere.example",
)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_led_elsewhere_after_signing_in(
    client: FlaskClient, account: Callable[[str], object], address: str
) -> None:
    account("mei_lam")
    fields = {"email": CAST["mei_lam"].email, "password": PASSWORD, "next": address}
    page = client.get("/account/sign-in", query_string={"next": address})
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token
    sent = {**fields, "csrf_token": token[1]}
    answer = client.post("/account/sign-in", query_string={"next": address}, data=sent)
    assert answer.status_code in (200, 302, 303)
    location = answer.headers.get("Location", "/account/sign-in")
    assert urlsplit(urljoin("http://localhost/account/sign-in", location)).netloc == "localhost"
    assert not re.search(r"[\\\s]", location)


def as_nobody(app: Flask, visitor: FlaskClient) -> list[str]:
    """The pages that answer a visitor otherwise than they answer somebody who never came."""
    nobody, told = Browser(app), []
    for rule in app.url_map.iter_rules():
        access = access_to(app, rule.endpoint)
        if access is not None and access.needs_account and "GET" in (rule.methods or set()):
            path = filled(rule.rule)
            answers = [browser.get(path) for browser in (visitor, nobody)]
            if len({(answer.status_code, answer.headers.get("Location")) for answer in answers}) > 1:
                told.append(path)
    return told


def test_between_the_password_and_the_second_step_no_page_opens(
    app: Flask, client: FlaskClient, sign_in: Callable[[str], FlaskClient], clock: SettableClock
) -> None:
    set_up_app(sign_in("mei_lam"), clock)
    assert enter(client).location == "/account/second-step"
    assert as_nobody(app, client) == []
    assert as_nobody(app, sign_in("chen_wei")) != []


def test_a_new_password_ends_a_second_step_that_is_waited_for(
    client: FlaskClient, sign_in: Callable[[str], FlaskClient], clock: SettableClock
) -> None:
    mei = sign_in("mei_lam")
    key = set_up_app(mei, clock)
    assert enter(client).location == "/account/second-step"
    fields = {"password": PASSWORD, "new_password": NEW, "new_password_confirm": NEW}
    assert fill_in(mei, "/account/password", fields).status_code in (302, 303)
    clock.advance(timedelta(minutes=1))
    assert client.get("/account/second-step").location == "/account/sign-in"
    assert enter(client, password=NEW).location == "/account/second-step"
    assert second_step(client, code_of(key, clock)).status_code == 303
    assert client.get("/me").status_code == 200


def test_what_a_passkey_signed_once_signs_nobody_in_a_second_time(
    app: Flask, client: FlaskClient, sign_in: Callable[[str], FlaskClient]
) -> None:
    key = HeldPasskey()
    assert codes_on(add_passkey(sign_in("mei_lam"), key).text)
    key.count = -1  # many keys do not count, and always say 0
    signed = key.sign(ask(client, "/account/sign-in", "sign-in"))
    with client.session_transaction() as session:
        kept = dict(session)
    page = BeautifulSoup(client.get("/account/sign-in").text, "html.parser")
    form = page.select_one('form[action^="/account/sign-in/passkey"]')
    assert form
    sent = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[name]")}
    sent["passkey_answer"] = signed
    assert client.post("/account/sign-in/passkey", data=sent).location == "/account"
    thief = Browser(app)
    with thief.session_transaction() as session:
        session.update(kept)
    answer = thief.post("/account/sign-in/passkey", data=sent)
    assert answer.location.startswith("/account/sign-in")
    assert thief.get("/me").status_code == 303


def test_a_chosen_password_by_mail_does_not_pass_the_second_step(
    client: FlaskClient, sign_in: Callable[[str], FlaskClient], house: House, clock: SettableClock
) -> None:
    set_up_app(sign_in("mei_lam"), clock)
    fill_in(client, "/account/reset", {"email": CAST["mei_lam"].email})
    letters = house.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc()))
    link = next(found[0] for row in letters if (found := re.search(r"/account/reset/\S+", row.body)))
    answer = fill_in(client, link, {"password": NEW, "password_confirm": NEW}, action=link)
    assert answer.status_code in (302, 303)
    assert client.get("/me").status_code == 303
    assert enter(client, password=NEW).location == "/account/second-step"
