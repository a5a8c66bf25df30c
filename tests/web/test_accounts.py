"""Accounts: opened, confirmed, entered, left, recovered; and the same answer for strangers and friends."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.models.accounts import Account
from portal.models.people import Person
from portal.models.records import KeptForm, OutboxMessage
from portal.services.house import House
from tests.cast import CAST, PASSWORD
from tests.pages.form_filler import fill_in

NEW_PASSWORD = "a longer sentence about bridges"
LINK = re.compile(r"http://\S+")


def token_of(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def send(client: FlaskClient, path: str, **fields: str):
    return client.post(path, data={"csrf_token": token_of(client, path), **fields})


def register(client: FlaskClient, email: str, password: str = PASSWORD, again: str | None = None):
    return send(
        client,
        "/account/register",
        email=email,
        home="hk",
        password=password,
        password_confirm=password if again is None else again,
    )


def enter(client: FlaskClient, email: str, password: str = PASSWORD):
    return send(client, "/account/sign-in", email=email, password=password)


def newest_link(house: House, recipient: str) -> str:
    message = house.session.scalars(
        select(OutboxMessage).where(OutboxMessage.recipient == recipient).order_by(OutboxMessage.id.desc())
    ).first()
    assert message is not None
    found = LINK.search(message.body)
    assert found
    return re.sub(r"^http://[^/]+", "", found[0])


def test_an_empty_sign_in_says_what_to_enter(client: FlaskClient) -> None:
    page = BeautifulSoup(enter(client, "", "").text, "html.parser")
    assert "Enter your e-mail address." in page.select_one("#email-error").get_text()  # type: ignore[union-attr]
    assert "Enter your password." in page.select_one("#password-error").get_text()  # type: ignore[union-attr]


@pytest.mark.parametrize("path", ["/account/sign-in", "/account/reset", "/account/confirm"])
@pytest.mark.parametrize("typed", ["", "mei", "陳大文", "🙂@🙂", "<b>x</b>", "x" * 10_000])
def test_what_is_no_address_is_said_at_the_field_and_kept(
    client: FlaskClient, house: House, path: str, typed: str
) -> None:
    """It gives nobody away, and “we have sent an e-mail” would be untrue."""
    page = BeautifulSoup(send(client, path, email=typed, password="x").text, "html.parser")
    assert page.select_one('.govuk-error-summary a[href="#email"]')
    assert page.select_one("#email-error")
    assert (page.select_one("#email") or {}).get("value", "") == typed
    assert "If this address has an account" not in page.get_text(" ")
    assert house.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0


def test_somebody_registers_confirms_and_signs_in(client: FlaskClient, house: House) -> None:
    assert register(client, "new.person@example.com").location == "/account/registered"
    assert "Confirm your e-mail address first" in enter(client, "new.person@example.com").text
    confirmed = fill_in(client, newest_link(house, "new.person@example.com"), {"password": PASSWORD})
    assert confirmed.location == "/account/sign-in"
    assert "is confirmed" in client.get("/account/sign-in").text
    assert enter(client, "new.person@example.com").location == "/account"
    assert "new.person@example.com" in client.get("/account/settings").text
    account = house.session.scalars(select(Account).where(Account.email == "new.person@example.com")).one()
    assert house.session.get_one(Person, account.person_id).home == "hk"
    assert (account.password or "").startswith("$argon2id$")


def test_registering_a_known_address_looks_the_same_and_tells_its_owner(
    client: FlaskClient, house: House, account: Callable[[str], Account]
) -> None:
    known = account("mei_lam").email
    answers = [register(client, known), register(client, "stranger@example.com")]
    assert {(answer.status_code, answer.location) for answer in answers} == {(302, "/account/registered")}
    kinds = set(map(tuple, house.session.execute(select(OutboxMessage.recipient, OutboxMessage.kind)).all()))
    assert kinds == {(known, "already_registered"), ("stranger@example.com", "confirm_address")}
    assert house.session.scalar(select(func.count()).select_from(Account).where(Account.email == known)) == 1


def test_a_forgotten_password_gets_one_answer_and_a_link_that_works_once(
    client: FlaskClient, house: House, account: Callable[[str], Account]
) -> None:
    known = account("mei_lam").email
    pages = [
        re.sub(r'value="[^"]+"', "", send(client, "/account/reset", email=email).text)
        for email in (known, "stranger@example.com")
    ]
    assert pages[0] == pages[1]
    assert "If this address has an account" in pages[0]
    link = newest_link(house, known)
    changed = send(client, link, password=NEW_PASSWORD, password_confirm=NEW_PASSWORD)
    assert changed.location == "/account/sign-in"
    assert "is changed" in client.get("/account/sign-in").text
    assert enter(client, known).status_code == 200
    assert enter(client, known, NEW_PASSWORD).location == "/account"
    client.post("/account/sign-out", data={"csrf_token": token_of(client, "/account/password")})
    assert "This link" in client.get(link, follow_redirects=True).text


def test_a_wrong_password_and_an_unknown_address_get_one_answer(
    client: FlaskClient, account: Callable[[str], Account]
) -> None:
    known = account("mei_lam").email
    pages = [
        re.sub(r'value="[^"]*"', "", enter(client, email, "not the password at all").text)
        for email in (known, "stranger@example.com")
    ]
    assert pages[0] == pages[1]
    assert "That e-mail address or password is not right." in pages[0]


@pytest.mark.parametrize(
    ("password", "again", "complaint"),
    [
        ("elevenchars", "elevenchars", "12 characters or more"),
        (PASSWORD, "something else", "are not the same"),
        ("", "", "Enter your password"),
    ],
)
def test_a_poor_password_is_told_at_the_field_and_the_address_is_kept(
    client: FlaskClient, password: str, again: str, complaint: str
) -> None:
    answer = register(client, "new.person@example.com", password, again)
    assert complaint in answer.text
    assert "new.person@example.com" in answer.text
    assert password == "" or password not in answer.text


def test_a_signed_in_person_changes_the_password(
    sign_in: Callable[[str], FlaskClient], client: FlaskClient
) -> None:
    mei = sign_in("mei_lam")
    refused = send(
        mei,
        "/account/password",
        password="wrong one, certainly",
        new_password=NEW_PASSWORD,
        new_password_confirm=NEW_PASSWORD,
    )
    assert "That password is not right." in refused.text
    done = send(
        mei,
        "/account/password",
        password=PASSWORD,
        new_password=NEW_PASSWORD,
        new_password_confirm=NEW_PASSWORD,
    )
    assert done.status_code == 302
    assert enter(client, CAST["mei_lam"].email, NEW_PASSWORD).location == "/account"


def test_signing_out_closes_the_door(sign_in: Callable[[str], FlaskClient]) -> None:
    mei = sign_in("mei_lam")
    mei.post("/account/sign-out", data={"csrf_token": token_of(mei, "/account/password")})
    assert mei.get("/account/settings").location.startswith("/account/sign-in")


def test_a_sign_in_lasts_half_an_hour_from_the_last_thing_done(
    sign_in: Callable[[str], FlaskClient], client: FlaskClient
) -> None:
    cookie = sign_in("mei_lam").get("/account/settings").headers["Set-Cookie"]
    assert "Expires=" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Set-Cookie" not in client.get("/about").headers


def test_too_many_tries_are_told_to_wait(client: FlaskClient, account: Callable[[str], Account]) -> None:
    known = account("mei_lam").email
    token = token_of(client, "/account/sign-in")
    fields = {"csrf_token": token, "email": known, "password": "wrong one, certainly"}
    statuses = [client.post("/account/sign-in", data=fields).status_code for _ in range(21)]
    assert statuses[:20] == [200] * 20
    assert statuses[20] == 429


def test_a_sign_in_leads_back_to_where_one_was_going(
    client: FlaskClient, account: Callable[[str], Account]
) -> None:
    account("mei_lam")
    gate = client.get("/account/settings").location
    assert send(client, gate, email=CAST["mei_lam"].email, password=PASSWORD).location == "/account/settings"


def test_a_sign_in_never_leads_elsewhere(client: FlaskClient, account: Callable[[str], Account]) -> None:
    account("mei_lam")
    gate = "/account/sign-in?next=https://evil.example/"
    answer = send(client, gate, email=CAST["mei_lam"].email, password=PASSWORD)
    assert "evil" not in (answer.location or "")


def test_what_was_typed_when_the_sign_in_had_ended_is_kept_but_no_password(
    sign_in: Callable[[str], FlaskClient], house: House
) -> None:
    mei = sign_in("mei_lam")
    token = token_of(mei, "/account/password")
    with mei.session_transaction() as session:
        session.pop("_user_id")
    answer = mei.post(
        "/account/password",
        data={"csrf_token": token, "note": "typed", "password": PASSWORD, "new_password": "x"},
    )
    assert answer.status_code == 303
    assert answer.location.startswith("/account/sign-in")
    assert "what you typed is kept" in mei.get(answer.location).text
    assert house.session.scalars(select(KeptForm)).one().fields == {"note": ["typed"]}


def test_a_form_without_its_token_changes_nothing_and_is_kept(
    sign_in: Callable[[str], FlaskClient], house: House
) -> None:
    mei = sign_in("mei_lam")
    answer = mei.post("/account/password", data={"note": "typed"})
    assert answer.status_code == 400
    assert house.session.scalars(select(KeptForm)).one().fields == {"note": ["typed"]}


@pytest.mark.parametrize("language", ["en", "zh-Hant-HK", "zh-Hans-CN"])
@pytest.mark.parametrize(
    "path",
    [
        "/account/sign-in",
        "/account/register",
        "/account/reset",
        "/account/confirm",
        "/account/registered",
        "/mailbox",
    ],
)
def test_every_account_page_speaks_every_language(client: FlaskClient, path: str, language: str) -> None:
    client.set_cookie("language", language)
    answer = client.get(path)
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.text


def test_a_message_in_the_mailbox_shows_its_link(client: FlaskClient, house: House) -> None:
    register(client, "new.person@example.com")
    message = house.session.scalars(select(OutboxMessage)).one()
    page = client.get(f"/mailbox/{message.id}").text
    assert f'href="{LINK.search(message.body)[0]}"' in page  # type: ignore[index]
    assert client.get("/mailbox/00000000-0000-7000-8000-000000000000").status_code == 404
