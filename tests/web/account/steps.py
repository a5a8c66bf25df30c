"""What people do on the account pages, for the tests of this folder."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from passlib.totp import TOTP
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.adapters.clock import SettableClock
from portal.models.records import OutboxMessage
from portal.services.house import House
from tests.builders.passkeys import HeldPasskey
from tests.cast import CAST, PASSWORD
from tests.pages.form_filler import fill_in


def token_on(client: FlaskClient, path: str) -> str:
    """The form token on a page, wherever its form leads."""
    page = BeautifulSoup(client.get(path).text, "html.parser")
    found = page.select_one('input[name="csrf_token"]')
    assert found, path
    return str(found["value"])


def ask(client: FlaskClient, page: str, purpose: str) -> dict[str, Any]:
    """What the script asks of the portal before it asks the passkey."""
    token = token_on(client, page)
    answer = client.post(f"/account/passkey-options/{purpose}", headers={"X-CSRFToken": token})
    assert answer.status_code == 200, answer.status_code
    options: dict[str, Any] = answer.get_json()["options"]
    return options


def add_passkey(client: FlaskClient, key: HeldPasskey, name: str = "Laptop") -> TestResponse:
    """Make a passkey at the page for it."""
    page = "/account/ways/passkeys/new"
    made = key.make(ask(client, page, "new"))
    return fill_in(client, page, {"name": name, "passkey_answer": made})


def show_passkey(client: FlaskClient, key: HeldPasskey, page: str, purpose: str, action: str) -> TestResponse:
    """Let a passkey answer the form of a page."""
    signed = key.sign(ask(client, page, purpose))
    return fill_in(client, page, {"passkey_answer": signed}, action=action)


def sign_in_with(client: FlaskClient, key: HeldPasskey, page: str = "/account/sign-in") -> TestResponse:
    """Sign in with a passkey alone."""
    return show_passkey(client, key, page, "sign-in", "/account/sign-in/passkey")


def enter(client: FlaskClient, member: str = "mei_lam", password: str = PASSWORD) -> TestResponse:
    """Type address and password."""
    fields = {"email": CAST[member].email, "password": password}
    return fill_in(client, "/account/sign-in", fields, action="/account/sign-in")


def sign_out(client: FlaskClient) -> None:
    """Press the button that stands on every page."""
    token = token_on(client, "/account/sign-ins")
    client.post("/account/sign-out", data={"csrf_token": token})


def second_step(client: FlaskClient, code: str) -> TestResponse:
    """Type a code at the second step."""
    page = "/account/second-step"
    return fill_in(client, page, {"one_time_code": code}, action=page)


def set_up_app(client: FlaskClient, clock: SettableClock) -> str:
    """Set an authenticator app up; gives its key as a person would type it."""
    key = key_on(client.get("/account/ways/app").text)
    answer = fill_in(client, "/account/ways/app", {"one_time_code": code_of(key, clock)})
    assert codes_on(answer.text) or answer.location == "/account/ways", answer.text
    return key


def key_on(page: str) -> str:
    """The key for an authenticator app, as a page spells it."""
    found = re.search(r"(?:[A-Z2-7]{4}-){7}[A-Z2-7]{4}", page)
    assert found
    return found[0]


def code_of(spelt: str, clock: SettableClock) -> str:
    """The code an app shows now, computed by itself."""
    return str(TOTP(key=spelt.replace("-", ""), format="base32").generate(time=clock.now()).token)


def codes_on(page: str) -> list[str]:
    """The recovery codes a page shows."""
    return [code.text for code in BeautifulSoup(page, "html.parser").select("main ol code")]


def link_to(house: House, recipient: str, kind: str) -> str:
    """Where the newest e-mail of a kind leads that was written to an address."""
    body = house.session.scalars(
        select(OutboxMessage.body)
        .where(OutboxMessage.recipient == recipient, OutboxMessage.kind == kind)
        .order_by(OutboxMessage.created_at.desc())
    ).first()
    assert body is not None
    return str(re.findall(r"http://localhost:8000(/\S+)", body)[0])
