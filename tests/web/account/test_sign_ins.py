"""Where one is signed in: seen in plain words, ended from afar, and over at the next request."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.sign_ins import LONGEST
from portal.models.accounts import Account
from portal.models.records import OutboxMessage
from portal.models.sign_ins import SignIn as SignInRow
from portal.services.house import House
from portal.web.account.sessions import DEVICE_COOKIE
from tests.cast import CAST, PASSWORD
from tests.conftest import Browser
from tests.pages.form_filler import fill_in, send
from tests.pages.statements import at_most
from tests.web.account.steps import enter, sign_out, token_on

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def browser(app: Flask, account: Callable[[str], Account]) -> Callable[[str], FlaskClient]:
    """A browser that says what it is, signed in as Mei Lam at the sign-in page."""
    account("mei_lam")

    def opened(user_agent: str) -> FlaskClient:
        client = Browser(app)
        client.environ_base["HTTP_USER_AGENT"] = user_agent
        assert enter(client).location == "/account"
        return client

    return opened


def test_each_browser_is_listed_in_plain_words(browser: Callable[[str], FlaskClient], house: House) -> None:
    laptop = browser(FIREFOX)
    browser(PHONE)
    page = BeautifulSoup(laptop.get("/account/sign-ins").text, "html.parser")
    rows = [" ".join(row.text.split()) for row in page.select(".row")]
    assert rows[0].startswith("Firefox on Linux Signed in 22 November 2026 at 10 am, with the password.")
    assert rows[0].endswith("This one")
    assert rows[1].startswith("Safari on iPhone")
    assert "127.0.0.1" not in page.select_one("main").text  # type: ignore[union-attr]
    kept = house.session.scalars(select(SignInRow)).first()
    assert kept is not None
    assert "127.0.0.1" not in str(vars(kept))
    assert "Mozilla" not in str(vars(kept))


def test_a_sign_in_ended_elsewhere_is_over_at_its_next_request(browser: Callable[[str], FlaskClient]) -> None:
    laptop, phone = browser(FIREFOX), browser(PHONE)
    assert phone.get("/me").status_code == 200
    page = BeautifulSoup(laptop.get("/account/sign-ins").text, "html.parser")
    action = str(page.select_one('form[action$="/end"]')["action"])  # type: ignore[index]
    assert fill_in(laptop, "/account/sign-ins", action=action).location == "/account/sign-ins"
    assert "That browser is signed out." in laptop.get("/account/sign-ins").text
    assert phone.get("/me").location.startswith("/account/sign-in")
    assert laptop.get("/me").status_code == 200


def test_all_others_are_ended_at_once(browser: Callable[[str], FlaskClient]) -> None:
    laptop, phone, tablet = browser(FIREFOX), browser(PHONE), browser("")
    action = "/account/sign-ins/end-others"
    fill_in(laptop, "/account/sign-ins", action=action)
    page = laptop.get("/account/sign-ins").text
    assert "2 other browsers are signed out." in page
    assert "Signed in earlier" in page
    assert [each.get("/me").status_code for each in (laptop, phone, tablet)] == [200, 303, 303]


def test_nobody_ends_what_is_somebody_else_s(
    browser: Callable[[str], FlaskClient], sign_in: Callable[[str], FlaskClient], house: House
) -> None:
    laptop = browser(FIREFOX)
    key = house.session.scalars(select(SignInRow.id)).one()
    wei = sign_in("chen_wei")
    token = token_on(wei, "/account/password")
    assert wei.post(f"/account/sign-ins/{key}/end", data={"csrf_token": token}).status_code == 404
    assert laptop.get("/me").status_code == 200


def test_a_kept_cookie_is_worth_nothing_after_signing_out(browser: Callable[[str], FlaskClient]) -> None:
    laptop = browser(FIREFOX)
    stolen = laptop.get_cookie("bridge")
    assert stolen is not None
    assert laptop.get("/account/sign-out").status_code == 405, "only a button signs out"
    assert laptop.get("/me").status_code == 200
    sign_out(laptop)
    laptop.set_cookie("bridge", stolen.value)
    assert laptop.get("/me").status_code == 303


def test_a_cookie_without_its_record_opens_nothing(
    sign_in: Callable[[str], FlaskClient], account: Callable[[str], Account]
) -> None:
    mei = sign_in("mei_lam")
    for spoilt in ("", "not a key", "00000000-0000-7000-8000-000000000000", None):
        with mei.session_transaction() as session:
            session["_user_id"] = account("mei_lam").fs_uniquifier
            session["sign_in"] = spoilt
            if spoilt is None:
                session.pop("sign_in")
        assert mei.get("/me").status_code == 303


def test_a_new_password_signs_every_other_browser_out(browser: Callable[[str], FlaskClient]) -> None:
    laptop, phone = browser(FIREFOX), browser(PHONE)
    new = "a longer sentence about bridges"
    fields = {"password": PASSWORD, "new_password": new, "new_password_confirm": new}
    assert fill_in(laptop, "/account/password", fields).status_code == 302
    assert laptop.get("/me").status_code == 200
    assert phone.get("/me").status_code == 303
    listed = BeautifulSoup(laptop.get("/account/sign-ins").text, "html.parser").select(".row")
    assert len(listed) == 1


def test_a_password_chosen_by_e_mail_signs_every_browser_out(
    browser: Callable[[str], FlaskClient], client: FlaskClient, house: House
) -> None:
    laptop = browser(FIREFOX)
    fill_in(client, "/account/reset", {"email": CAST["mei_lam"].email})
    new = "a longer sentence about bridges"
    link = link_in(house, "reset_password")
    answer = fill_in(client, link, {"password": new, "password_confirm": new})
    assert answer.location == "/account/sign-in"
    assert laptop.get("/me").status_code == 303
    house.session.rollback()
    assert house.session.scalars(select(SignInRow)).one().ended_at is not None


def test_a_browser_known_already_is_no_news(browser: Callable[[str], FlaskClient], house: House) -> None:
    laptop = browser(FIREFOX)
    mark = laptop.get_cookie(DEVICE_COOKIE, path="/account")
    assert mark is not None
    assert mark.http_only
    sign_out(laptop)
    enter(laptop)
    assert house.session.scalars(select(OutboxMessage)).all() == []
    browser(FIREFOX)  # another one of the same kind
    assert [each.kind for each in house.session.scalars(select(OutboxMessage))] == ["account/new_device"]


def test_a_signed_in_page_costs_no_more_and_last_used_is_written_rarely(
    browser: Callable[[str], FlaskClient], clock: SettableClock, house: House
) -> None:
    laptop = browser(FIREFOX)
    with at_most(2):
        laptop.get("/account/settings")
    clock.advance(timedelta(minutes=10))
    with at_most(3) as sent:
        laptop.get("/account/settings")
    assert [statement.split()[0] for statement in sent] == ["SELECT", "UPDATE"]
    with at_most(2):
        laptop.get("/account/settings")
    assert "Last used 22 November 2026 at 10.10 am." in laptop.get("/account/sign-ins").text


@pytest.mark.parametrize("member", ["mei_lam", "ada_ko"])
def test_however_busy_a_sign_in_ends_after_half_a_day(
    app: Flask, account: Callable[[str], Account], clock: SettableClock, house: House, member: str
) -> None:
    account(member)
    laptop = Browser(app)
    enter(laptop, member)
    for _quarter in range(47):
        clock.advance(timedelta(minutes=15))
        assert laptop.get("/account/settings").status_code == 200
    clock.advance(timedelta(minutes=14, seconds=59))
    assert laptop.get("/account/settings").status_code == 200
    clock.advance(timedelta(seconds=1))
    assert laptop.get("/account/settings").location.startswith("/account/sign-in")
    gate = fill_in(laptop, "/account/sign-in", {"email": CAST[member].email, "password": PASSWORD})
    assert gate.location == "/account"
    alive = BeautifulSoup(laptop.get("/account/sign-ins").text, "html.parser").select(".row")
    assert len(alive) == 1, "the old one is listed among those that are over"


def test_what_was_typed_over_the_end_of_half_a_day_is_there_again(
    browser: Callable[[str], FlaskClient], clock: SettableClock
) -> None:
    laptop = browser(FIREFOX)
    page = laptop.get("/account/ways/passkeys/new")
    clock.advance(LONGEST)
    late = send(laptop, page, {"name": "Kitchen tablet"})
    assert late.location.startswith("/account/sign-in")
    fields = {"email": CAST["mei_lam"].email, "password": PASSWORD}
    back = fill_in(laptop, late.location, fields, action="/account/sign-in")
    assert back.location == "/account/ways/passkeys/new"
    assert "Kitchen tablet" in laptop.get(back.location).text


def test_a_token_in_a_header_signs_nobody_in(
    app: Flask, client: FlaskClient, account: Callable[[str], Account]
) -> None:
    mei = account("mei_lam")
    with app.test_request_context():
        token = mei.get_auth_token()
    assert client.get("/me", headers={"Authentication-Token": str(token)}).status_code == 303
    assert client.get(f"/me?auth_token={token}").status_code == 303


def link_in(house: House, kind: str) -> str:
    body = house.session.scalars(select(OutboxMessage.body).where(OutboxMessage.kind == kind)).one()
    return str(re.findall(r"http://localhost:8000(/\S+)", body)[0])


def test_links_in_e_mail_do_nothing_until_a_button_is_pressed(
    client: FlaskClient, house: House, account: Callable[[str], Account]
) -> None:
    new = "new.person@example.com"
    fields = {"email": new, "home": "hk", "password": PASSWORD, "password_confirm": PASSWORD}
    fill_in(client, "/account/register", fields)
    fill_in(client, "/account/reset", {"email": account("mei_lam").email})
    confirm, reset = link_in(house, "confirm_address"), link_in(house, "reset_password")
    before = house.session.scalars(
        select(Account.password).where(Account.email == CAST["mei_lam"].email)
    ).one()
    for _look in range(3):
        assert client.get(confirm).status_code == 200
        assert client.get(reset).status_code == 200
        assert client.head(confirm).status_code == 200
    house.session.rollback()
    person = house.session.scalars(select(Account).where(Account.email == new)).one()
    assert person.confirmed_at is None
    assert account("mei_lam").password == before
    confirmed = fill_in(client, confirm, {"password": PASSWORD}, action=confirm)
    assert confirmed.location == "/account/sign-in"
    house.session.refresh(person)
    assert person.confirmed_at is not None


def test_links_in_e_mail_begin_with_our_address_whatever_was_asked_for(
    client: FlaskClient, house: House, account: Callable[[str], Account]
) -> None:
    token = token_on(client, "/account/reset")
    fields = {"csrf_token": token, "email": account("mei_lam").email}
    client.post(
        "/account/reset",
        data=fields,
        headers={"X-Forwarded-Host": "evil.example"},
        base_url="http://evil.example",
    )
    client.post("/account/reset", data=fields)
    for body in house.session.scalars(select(OutboxMessage.body)):
        assert "evil" not in body
        assert "http://localhost:8000/account/reset/" in body


@pytest.mark.parametrize("language", ["en", "zh-Hant-HK", "zh-Hans-CN"])
def test_the_page_behind_a_link_speaks_every_language(client: FlaskClient, language: str) -> None:
    client.set_cookie("language", language)
    assert f'lang="{language}"' in client.get("/account/confirm/anything").text
