"""Ways to sign in, page by page: added, used alone or as the second step, removed, and asked for anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.models.accounts import Account
from portal.models.records import KeptForm
from portal.models.sign_ins import Passkey
from portal.services.house import House
from portal.web.account.sessions import STAFF_NEED_SECOND_STEP
from tests.builders.passkeys import HeldPasskey
from tests.cast import PASSWORD
from tests.pages.form_filler import fill_in
from tests.pages.statements import at_most
from tests.web.account.steps import (
    add_passkey,
    ask,
    code_of,
    codes_on,
    enter,
    second_step,
    set_up_app,
    show_passkey,
    sign_in_with,
    sign_out,
    token_on,
)

SECOND = "/account/second-step"
LANGUAGES = ["en", "zh-Hant-HK", "zh-Hans-CN"]
SignIn = Callable[[str], FlaskClient]


def test_a_passkey_alone_signs_in(sign_in: SignIn, client: FlaskClient) -> None:
    key = HeldPasskey()
    mei = sign_in("mei_lam")
    added = add_passkey(mei, key, "My laptop")
    assert "The passkey is added" in added.text
    assert len(codes_on(added.text)) == 10
    assert codes_on(mei.get("/account/ways/recovery-codes").text) == [], "shown once"
    assert "My laptop" in mei.get("/account/ways").text
    assert sign_in_with(client, key).location == "/account"
    assert client.get("/account/settings").status_code == 200


def test_a_passkey_leads_back_to_where_one_was_going_and_never_elsewhere(
    sign_in: SignIn, client: FlaskClient
) -> None:
    key = HeldPasskey()
    add_passkey(sign_in("mei_lam"), key)
    assert sign_in_with(client, key, "/account/sign-in?next=/me/credentials").location == "/me/credentials"
    sign_out(client)
    assert sign_in_with(client, key, "/account/sign-in?next=//evil.example/").location == "/account"


def test_an_unknown_passkey_is_told_to_try_another_way(client: FlaskClient) -> None:
    answer = sign_in_with(client, HeldPasskey())
    assert answer.location == "/account/sign-in"
    assert "We do not know this passkey" in client.get(answer.location).text


def test_an_answer_serves_once_and_for_what_was_asked(sign_in: SignIn, client: FlaskClient) -> None:
    key, page = HeldPasskey(), "/account/sign-in"
    mei = sign_in("mei_lam")
    add_passkey(mei, key)
    signed = key.sign(ask(client, page, "sign-in"))
    fields = {"csrf_token": token_on(client, page), "passkey_answer": signed}
    assert client.post("/account/sign-in/passkey", data=fields).location == "/account"
    sign_out(client)
    fields["csrf_token"] = token_on(client, page)
    assert client.post("/account/sign-in/passkey", data=fields).location == page
    assert "too late or twice" in client.get(page).text
    proof = key.sign(ask(mei, "/account/verify", "proof"))
    fields = {"csrf_token": token_on(mei, "/account/verify"), "name": "x", "passkey_answer": proof}
    assert mei.post("/account/ways/passkeys/new", data=fields).status_code == 422


def test_what_a_browser_is_asked_names_nobody_to_strangers(sign_in: SignIn, client: FlaskClient) -> None:
    add_passkey(sign_in("mei_lam"), HeldPasskey())
    assert ask(client, "/account/sign-in", "sign-in")["allowCredentials"] == []
    token = token_on(client, "/account/sign-in")
    for purpose in ("second-step", "proof", "new", "nonsense"):
        answer = client.post(f"/account/passkey-options/{purpose}", headers={"X-CSRFToken": token})
        assert answer.status_code == 404


def test_after_a_password_a_passkey_is_the_second_step(sign_in: SignIn, client: FlaskClient) -> None:
    key = HeldPasskey()
    add_passkey(sign_in("mei_lam"), key)
    assert enter(client).location == SECOND
    assert client.get("/account/settings").status_code == 303, "not in yet"
    assert len(ask(client, SECOND, "second-step")["allowCredentials"]) == 1
    assert show_passkey(client, key, SECOND, "second-step", f"{SECOND}/passkey").location == "/account"
    assert client.get("/account/settings").status_code == 200


def test_somebody_else_s_passkey_is_no_second_step(sign_in: SignIn, client: FlaskClient) -> None:
    own, other = HeldPasskey(), HeldPasskey()
    add_passkey(sign_in("mei_lam"), own)
    add_passkey(sign_in("chen_wei"), other)
    enter(client)
    answer = show_passkey(client, other, SECOND, "second-step", f"{SECOND}/passkey")
    assert answer.location == SECOND
    assert client.get("/account/settings").status_code == 303


def test_a_code_is_asked_for_and_taken_once(
    sign_in: SignIn, client: FlaskClient, clock: SettableClock
) -> None:
    spelt = set_up_app(sign_in("mei_lam"), clock)
    clock.advance(timedelta(seconds=30))
    assert enter(client).location == SECOND
    refused = second_step(client, "000000")
    assert refused.status_code == 422
    assert "This code is not right, or has been used." in refused.text
    code = code_of(spelt, clock)
    assert second_step(client, code).location == "/account"
    sign_out(client)
    enter(client)
    assert second_step(client, code).status_code == 422, "replayed"


def test_a_recovery_code_stands_in_once(sign_in: SignIn, client: FlaskClient) -> None:
    mei = sign_in("mei_lam")
    codes = codes_on(add_passkey(mei, HeldPasskey()).text)
    enter(client)
    assert second_step(client, codes[0]).location == "/account"
    assert "9 unused codes are left" in client.get("/account/ways").text
    sign_out(client)
    enter(client)
    assert second_step(client, codes[0]).status_code == 422


def test_the_second_step_waits_ten_minutes_and_counts_tries_by_account(
    app: Flask, sign_in: SignIn, client: FlaskClient, clock: SettableClock
) -> None:
    set_up_app(sign_in("mei_lam"), clock)
    assert client.get(SECOND).location == "/account/sign-in"
    enter(client)
    clock.advance(timedelta(minutes=11))
    assert client.get(SECOND).location == "/account/sign-in"
    assert "That took too long" in client.get("/account/sign-in").text
    enter(client)
    token = token_on(client, SECOND)
    fields = {"csrf_token": token, "one_time_code": "000000"}
    # From ten places in turn: it is the account that is guessed at.
    tries = [
        client.post(SECOND, data=fields, environ_base={"REMOTE_ADDR": f"10.0.0.{at}"}).status_code
        for at in range(11)
    ]
    assert tries == [422] * 10 + [429]


def test_a_new_password_does_not_do_away_with_the_second_step(sign_in: SignIn, client: FlaskClient) -> None:
    mei = sign_in("mei_lam")
    add_passkey(mei, HeldPasskey())
    new = "a longer sentence about bridges"
    fields = {"password": PASSWORD, "new_password": new, "new_password_confirm": new}
    assert fill_in(mei, "/account/password", fields).status_code == 302
    assert enter(client, password=new).location == SECOND


@pytest.mark.parametrize(
    "path",
    [
        "/account/ways/passkeys/new",
        "/account/ways/app",
        "/account/ways/recovery-codes",
        "/account/ways/app/remove",
    ],
)
def test_changing_ways_asks_anew_who_it_is_after_a_quarter_of_an_hour(
    sign_in: SignIn, clock: SettableClock, path: str
) -> None:
    mei = sign_in("mei_lam")
    assert mei.get(path).status_code == 200
    clock.advance(timedelta(minutes=15))
    gate = mei.get(path).location
    assert gate == f"/account/verify?next={path}"
    assert "That password is not right." in fill_in(mei, gate, {"password": "wrong, certainly"}).text
    assert fill_in(mei, gate, {"password": PASSWORD}).location == path
    assert mei.get(path).status_code == 200


def test_a_passkey_is_proof_too_but_only_one_s_own(sign_in: SignIn, clock: SettableClock) -> None:
    key, other = HeldPasskey(), HeldPasskey()
    mei = sign_in("mei_lam")
    add_passkey(mei, key)
    add_passkey(sign_in("chen_wei"), other)
    clock.advance(timedelta(minutes=15))
    gate = mei.get("/account/ways/app").location
    action = "/account/verify/passkey?next=/account/ways/app"
    assert show_passkey(mei, other, gate, "proof", action).location.startswith("/account/verify")
    assert show_passkey(mei, key, gate, "proof", action).location == "/account/ways/app"


def test_what_was_typed_when_the_proof_grew_old_is_kept(
    sign_in: SignIn, house: House, clock: SettableClock
) -> None:
    mei = sign_in("mei_lam")
    token = token_on(mei, "/account/ways/passkeys/new")
    clock.advance(timedelta(minutes=15))
    fields = {"csrf_token": token, "name": "Kitchen tablet", "passkey_answer": "{}", "one_time_code": "1"}
    answer = mei.post("/account/ways/passkeys/new", data=fields)
    assert answer.location == "/account/verify?next=/account/ways/passkeys/new"
    assert house.session.scalars(select(KeptForm)).one().fields == {"name": ["Kitchen tablet"]}
    fill_in(mei, answer.location, {"password": PASSWORD})
    assert "Kitchen tablet" in mei.get("/account/ways/passkeys/new").text


def test_a_passkey_is_removed_and_never_somebody_else_s(sign_in: SignIn, house: House) -> None:
    mei = sign_in("mei_lam")
    add_passkey(mei, HeldPasskey())
    key = house.session.scalars(select(Passkey.id)).one()
    path = f"/account/ways/passkeys/{key}/remove"
    assert sign_in("chen_wei").get(path).status_code == 404
    assert fill_in(mei, path, action=path).location == "/account/ways"
    page = mei.get("/account/ways").text
    assert "Removed." in page
    assert "Your password alone opens your account" in page


def test_the_last_way_in_stays(sign_in: SignIn, house: House, account: Callable[[str], Account]) -> None:
    mei = sign_in("mei_lam")
    add_passkey(mei, HeldPasskey())
    account("mei_lam").password = None
    house.session.commit()
    key = house.session.scalars(select(Passkey.id)).one()
    path = f"/account/ways/passkeys/{key}/remove"
    refused = fill_in(mei, path, action=path)
    assert refused.status_code == 422
    assert "This is the last way into your account." in refused.text


def test_an_account_without_a_password_chooses_one_after_a_proof(
    sign_in: SignIn,
    house: House,
    account: Callable[[str], Account],
    clock: SettableClock,
    client: FlaskClient,
) -> None:
    mei = sign_in("mei_lam")
    account("mei_lam").password = None
    house.session.commit()
    new = "a longer sentence about bridges"
    clock.advance(timedelta(minutes=15))
    assert mei.get("/account/password").location == "/account/verify?next=/account/password"
    clock.advance(timedelta(minutes=-15))
    page = mei.get("/account/password").text
    assert 'name="password"' not in page
    fields = {"new_password": new, "new_password_confirm": new}
    assert fill_in(mei, "/account/password", fields).status_code == 302
    assert enter(client, password=new).location == "/account"


def test_staff_without_a_second_step_are_told_and_in_production_cannot_act(
    app: Flask, client: FlaskClient, account: Callable[[str], Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    account("ada_ko")
    enter(client, "ada_ko")
    assert "a password alone opens it" in client.get("/desk/").text
    assert "a password alone opens it" in client.get("/account/ways").text
    monkeypatch.setitem(app.config, STAFF_NEED_SECOND_STEP, True)
    assert client.get("/desk/").location == "/account/ways"
    assert "Before you can act for others" in client.get("/account/ways").text
    add_passkey(client, HeldPasskey())
    assert client.get("/desk/").status_code == 200
    assert "a password alone opens it" not in client.get("/account/ways").text


def test_professionals_choose_for_themselves(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, STAFF_NEED_SECOND_STEP, True)
    assert sign_in("mei_lam").get("/me").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_ways_speaks_every_language(
    sign_in: SignIn, client: FlaskClient, house: House, clock: SettableClock, language: str
) -> None:
    mei = sign_in("ada_ko")
    mei.set_cookie("language", language)
    client.set_cookie("language", language)
    mei.get("/account/ways")
    mei.get("/account/ways/passkeys/new")
    set_up_app(mei, clock)
    add_passkey(mei, HeldPasskey())
    enter(client, "ada_ko")
    assert second_step(client, "000000").status_code == 422
    key = house.session.scalars(select(Passkey.id)).one()
    pages = (
        "ways", "ways/recovery-codes", "ways/recovery-codes", "ways/app", "ways/app/remove", "verify", "sign-ins",
        f"ways/passkeys/{key}/remove", "settings", "password",
    )  # fmt: skip
    for page in pages:
        answer = mei.get(f"/account/{page}")
        assert answer.status_code == 200, page
        assert f'lang="{language}"' in answer.text


def test_the_page_of_ways_is_cheap(sign_in: SignIn, clock: SettableClock) -> None:
    mei = sign_in("mei_lam")
    set_up_app(mei, clock)
    for number in range(4):
        add_passkey(mei, HeldPasskey(), f"Key {number}")
    for page in ("ways", "sign-ins", "settings"):
        with at_most(8):
            assert mei.get(f"/account/{page}").status_code == 200
