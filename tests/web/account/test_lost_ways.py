"""Somebody has lost every device and every code: they come back, and nobody else comes in that way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.adapters.clock import SettableClock
from portal.domain.lost_ways import LINK_FOR, OPEN_FOR, WAIT
from portal.domain.people import Role
from portal.models.accounts import Account, Appointed
from portal.models.records import JournalEntry, OutboxMessage
from portal.models.sign_ins import AuthenticatorApp, LostWays, Passkey, RecoveryCode, SignIn
from portal.services.forgetting import forget_what_is_over
from portal.services.house import House
from tests.builders.passkeys import HeldPasskey
from tests.cast import CAST, seat
from tests.conftest import Browser
from tests.pages.form_filler import fill_in
from tests.web.account.steps import (
    add_passkey,
    code_of,
    codes_on,
    enter,
    link_to,
    second_step,
    set_up_app,
    sign_in_with,
    sign_out,
    token_on,
)

MEI = CAST["mei_lam"].email
LOST, SECOND, WAYS = "/account/lost", "/account/second-step", "/account/ways"
STOP_HERE = "/account/lost/stop"
LANGUAGES = ["en", "zh-Hant-HK", "zh-Hans-CN"]


@pytest.mark.parametrize("page", [LOST, SECOND])
def test_whoever_has_shown_no_password_uses_up_nobodys_tries(app: Flask, page: str) -> None:
    stranger = Browser(app)
    token = token_on(stranger, "/account/reset")
    answers = {stranger.post(page, data={"csrf_token": token}).status_code for _try in range(12)}
    assert 429 not in answers


class Protected:
    """Mei's account, with everything one can lose, and a browser in which she is signed in."""

    def __init__(self, browser: FlaskClient, clock: SettableClock) -> None:
        self.browser, self.passkey = browser, HeldPasskey()
        self.codes = codes_on(add_passkey(browser, self.passkey).text)
        self.app_key = set_up_app(browser, clock)
        browser.get(WAYS)  # where the last banner is read


@pytest.fixture
def mei(app: Flask, account: Callable[[str], Account], clock: SettableClock) -> Protected:
    account("mei_lam")
    browser = Browser(app)
    assert enter(browser).location == "/account"
    return Protected(browser, clock)


def ask(client: FlaskClient, house: House, member: str = "mei_lam") -> str:
    """Sign in as far as the password goes, and ask; gives where the private link leads."""
    assert enter(client, member).location == SECOND
    assert fill_in(client, LOST).location == LOST
    return link_to(house, CAST[member].email, "account/lost_ways_asked").partition("?")[0]


def begin(client: FlaskClient, link: str) -> None:
    assert fill_in(client, link, action=f"{link}/begin").location == link


def wait_over(client: FlaskClient, house: House, clock: SettableClock) -> str:
    link = ask(client, house)
    begin(client, link)
    clock.advance(WAIT)
    return link


def kinds(house: House) -> list[str]:
    house.session.rollback()
    return [
        kind
        for kind in house.session.scalars(select(JournalEntry.kind).order_by(JournalEntry.at))
        if "lost_ways" in kind or "second_steps" in kind
    ]


def mails(house: House, kind: str) -> int:
    house.session.rollback()
    sent = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.kind == f"account/{kind}")
    return house.session.scalar(sent) or 0


def steps_left(house: House) -> list[int]:
    house.session.rollback()
    return [
        house.session.scalar(select(func.count()).select_from(table)) or 0
        for table in (Passkey, AuthenticatorApp, RecoveryCode)
    ]


def test_the_password_and_the_mailbox_and_three_days_open_the_account_once(
    app: Flask, mei: Protected, client: FlaskClient, house: House, clock: SettableClock
) -> None:
    link = ask(client, house)
    assert "We sent the link" in client.get(LOST).text
    begin(Browser(app), link)  # the mail may be read anywhere
    assert mails(house, "lost_ways_begun") == 1
    clock.advance(WAIT - timedelta(seconds=1))
    assert enter(client).location == SECOND, "not before the wait is over"
    assert "The wait ends on 25 November 2026 at 10 am." in client.get(LOST).text
    clock.advance(timedelta(seconds=1))
    assert enter(client).location == WAYS
    page = client.get(WAYS).text
    assert "are removed, because you had lost them" in page
    assert steps_left(house) == [0, 0, 0]
    open_now = house.session.scalars(select(SignIn.begun_at).where(SignIn.ended_at.is_(None))).all()
    assert open_now == [clock.now()], "every other browser is signed out"
    assert mails(house, "second_steps_removed") == 1
    assert kinds(house) == [
        "account.lost_ways_asked",
        "account.lost_ways_begun",
        "account.second_steps_removed",
    ]
    assert client.get(link).status_code == 404
    set_up_app(client, clock)
    sign_out(client)
    assert enter(client).location == SECOND, "the new way protects as the old one did"


def test_the_password_alone_gets_nowhere(
    mei: Protected, client: FlaskClient, house: House, clock: SettableClock
) -> None:
    ask(client, house)
    clock.advance(WAIT + timedelta(hours=1))
    assert enter(client).location == SECOND, "nobody pressed behind the link"
    assert steps_left(house) == [1, 1, 10]


def test_the_mailbox_alone_gets_nowhere(
    mei: Protected, client: FlaskClient, house: House, clock: SettableClock
) -> None:
    page = client.get(LOST).text
    assert "Sign in with your password first" in page
    token = token_on(client, "/account/sign-in")
    assert client.post(LOST, data={"csrf_token": token}).status_code == 200
    assert house.session.scalars(select(LostWays)).all() == []
    wait_over(client, house, clock)
    fields = {"email": MEI, "password": "a guess of somebody’s"}
    refused = fill_in(client, "/account/sign-in", fields, action="/account/sign-in")
    assert refused.location is None
    assert steps_left(house) == [1, 1, 10]


def test_looking_at_the_link_changes_nothing(
    mei: Protected, client: FlaskClient, house: House, clock: SettableClock
) -> None:
    link = ask(client, house)
    for _look in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
        assert client.get(f"{link}/begin").status_code == 405
    assert mails(house, "lost_ways_begun") == 0
    assert house.session.scalars(select(LostWays.begun_at)).all() == [None]


def test_a_second_press_does_not_begin_anew(
    mei: Protected, client: FlaskClient, house: House, clock: SettableClock
) -> None:
    link = ask(client, house)
    token = token_on(client, link)
    for _press in range(2):
        assert client.post(f"{link}/begin", data={"csrf_token": token}).location == link
        clock.advance(timedelta(hours=36))
    assert mails(house, "lost_ways_begun") == 1
    assert enter(client).location == WAYS


@pytest.mark.parametrize("how", ["link", "browser", "code", "recovery code", "passkey", "new way"])
def test_it_can_be_stopped_by_whoever_has_not_lost_everything(
    app: Flask, mei: Protected, client: FlaskClient, house: House, clock: SettableClock, how: str
) -> None:
    link = ask(client, house)
    begin(client, link)
    clock.advance(timedelta(minutes=5))
    owner = Browser(app)
    if how == "link":
        assert fill_in(owner, link, action=f"{link}/stop").location == "/account/sign-in"
    elif how == "browser":
        assert fill_in(mei.browser, "/me", action=STOP_HERE).location == WAYS
    elif how == "passkey":
        assert sign_in_with(owner, mei.passkey).location == "/account"
    elif how == "new way":
        add_passkey(mei.browser, HeldPasskey(), "New phone")
    else:
        enter(owner)
        code = mei.codes[0] if how == "recovery code" else code_of(mei.app_key, clock)
        assert second_step(owner, code).location == "/account"
    assert kinds(house)[-1] == "account.lost_ways_stopped"
    assert mails(house, "lost_ways_stopped") == 1
    clock.advance(WAIT)
    assert enter(client).location == SECOND
    assert steps_left(house)[1] == 1
    assert client.get(link).status_code == 404


def test_every_page_of_a_signed_in_browser_says_so_until_it_is_stopped(
    mei: Protected, client: FlaskClient, house: House
) -> None:
    assert STOP_HERE not in mei.browser.get("/me").text
    link = ask(client, house)
    assert STOP_HERE not in mei.browser.get("/me").text, "nothing has begun"
    begin(client, link)
    for path in ("/me", "/account/settings", "/about"):
        assert STOP_HERE in mei.browser.get(path).text
        assert STOP_HERE not in client.get(path, follow_redirects=True).text, "nobody else learns of it"
    fill_in(mei.browser, "/about", action=STOP_HERE)
    assert STOP_HERE not in mei.browser.get("/me").text


def test_nobody_stops_somebody_else_s(
    mei: Protected, client: FlaskClient, house: House, sign_in: Callable[[str], FlaskClient]
) -> None:
    begin(client, ask(client, house))
    wei = sign_in("chen_wei")
    token = token_on(wei, "/account/sign-ins")
    assert wei.post(STOP_HERE, data={"csrf_token": token}).status_code == 303
    visitor = {"csrf_token": token_on(client, "/account/sign-in")}
    assert client.post(STOP_HERE, data=visitor).location.startswith("/account/sign-in")
    assert len(house.session.scalars(select(LostWays)).all()) == 1


def test_an_old_link_and_an_earlier_one_lead_nowhere(
    mei: Protected, client: FlaskClient, house: House, clock: SettableClock
) -> None:
    earlier = ask(client, house)
    clock.advance(timedelta(minutes=1))
    newer = ask(client, house)
    assert client.get(earlier).status_code == 404
    token = token_on(client, newer)
    assert client.post(f"{earlier}/begin", data={"csrf_token": token}).status_code == 404
    clock.advance(LINK_FOR)
    assert client.get(newer).status_code == 404
    assert client.post(f"{newer}/begin", data={"csrf_token": token}).status_code == 404
    assert client.post(f"{newer}/stop", data={"csrf_token": token}).status_code == 404
    assert mails(house, "lost_ways_begun") == 0


def test_a_wait_that_was_forgotten_opens_nothing_later(
    mei: Protected, client: FlaskClient, house: House, clock: SettableClock
) -> None:
    wait_over(client, house, clock)
    clock.advance(OPEN_FOR)
    assert enter(client).location == SECOND
    assert forget_what_is_over(house).forms >= 1
    assert house.session.scalars(select(LostWays)).all() == []


def test_those_who_decide_about_others_are_sent_to_the_operator(
    sign_in: Callable[[str], FlaskClient], client: FlaskClient, house: House, clock: SettableClock
) -> None:
    set_up_app(sign_in("ada_ko"), clock)
    assert enter(client, "ada_ko").location == SECOND
    page = client.get(LOST).text
    assert "only the operator" in page
    token = token_on(client, SECOND)
    assert client.post(LOST, data={"csrf_token": token, "once": "x"}).status_code == 200
    assert house.session.scalars(select(LostWays)).all() == []


def test_whoever_is_appointed_during_the_wait_does_not_come_in_by_it(
    mei: Protected, client: FlaskClient, house: House, clock: SettableClock
) -> None:
    wait_over(client, house, clock)
    appointed = Appointed(
        id=house.new_key(), account=seat(house, "mei_lam"), name=Role.SYSTEM_ADMINISTRATOR, jurisdiction=None
    )
    house.session.add(appointed)
    house.session.commit()
    assert enter(client).location == SECOND
    assert steps_left(house) == [1, 1, 10]


def test_after_a_reset_by_mail_the_wait_goes_on_and_the_old_password_opens_nothing(
    mei: Protected, client: FlaskClient, house: House, clock: SettableClock
) -> None:
    begin(client, ask(client, house))
    new = "a longer sentence about bridges"
    fill_in(client, "/account/reset", {"email": MEI}, action="/account/reset")
    fill_in(client, link_to(house, MEI, "reset_password"), {"password": new, "password_confirm": new})
    clock.advance(WAIT)
    assert enter(client).location is None
    assert enter(client, password=new).location == WAYS


def test_asking_again_and_again_is_held_back_by_account(
    app: Flask, mei: Protected, client: FlaskClient, house: House
) -> None:
    for _time in range(3):
        ask(client, house)
    elsewhere = Browser(app)
    enter(elsewhere)
    assert fill_in(elsewhere, LOST).status_code == 429
    assert mails(house, "lost_ways_asked") == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_and_e_mails_speak_every_language_and_name_nobody(
    mei: Protected, client: FlaskClient, house: House, clock: SettableClock, language: str
) -> None:
    seat(house, "mei_lam").language = language.replace("-", "_")
    house.session.commit()
    for browser in (client, mei.browser):
        browser.set_cookie("language", language)
    assert client.get(LOST).status_code == 200
    link = ask(client, house)
    assert client.get(LOST).status_code == 200
    assert client.get(link).status_code == 200
    begin(client, link)
    assert client.get(LOST).status_code == 200
    assert client.get(link).status_code == 200
    assert mei.browser.get("/account/settings").status_code == 200
    clock.advance(WAIT)
    assert client.get(link).status_code == 200
    fill_in(client, link, action=f"{link}/stop")
    assert client.get("/account/sign-in").status_code == 200
    assert client.get(link).status_code == 404
    wait_over(client, house, clock)
    enter(client)
    assert client.get(WAYS).status_code == 200
    written = house.session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind.contains("lost_ways"))
    ).all()
    assert {one.kind.removeprefix("account/lost_ways_") for one in written} == {"asked", "begun", "stopped"}
    for one in written:
        assert ("\u4e00" <= one.subject[0] <= "\u9fff") is (language != "en")
        assert MEI not in one.subject + one.body
        assert "Mei" not in one.subject + one.body
    assert isinstance(seat(house, "mei_lam"), Account)
