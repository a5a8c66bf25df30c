"""What somebody typed is kept when their sign-in has ended; what must never lie in a table is not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.models.records import KeptForm
from portal.services.house import House
from portal.web.forms.base import PortalForm
from portal.web.forms.fields import PasswordField
from portal.web.kept_forms import KEPT_FOR_VISITORS, NEVER_KEPT
from tests.cast import seat
from tests.pages.form_filler import send
from tests.web.account.steps import enter, sign_out, token_on

SECRET = "Sesame-opens-9-bridges"
FORM = "/account/ways/passkeys/new"
SignIn = Callable[[str], FlaskClient]


def every_form(base: type[PortalForm] = PortalForm) -> Iterator[type[PortalForm]]:
    for form in base.__subclasses__():
        yield form
        yield from every_form(form)


def secret_fields() -> set[str]:
    """The fields in which passwords are typed, and codes that open an account."""
    found = set()
    for form in every_form():
        for name in dir(form):
            unbound = getattr(form, name, None)
            of = getattr(unbound, "field_class", None)
            more = getattr(unbound, "kwargs", {})
            if of is not None and (of is PasswordField or more.get("autocomplete") == "one-time-code"):
                found.add(name)
    return found


def test_no_field_for_a_secret_is_ever_kept(the_app: Flask) -> None:
    fields = secret_fields()
    assert {"password", "new_password_confirm", "one_time_code"} <= fields
    assert fields - NEVER_KEPT == set()


def birthdays() -> set[str]:
    """The fields in which a date of birth is typed."""
    found = set()
    for form in every_form():
        for name in dir(form):
            if getattr(getattr(form, name, None), "kwargs", {}).get("birthday"):
                found.add(name)
    return found


def test_no_date_of_birth_is_ever_kept(the_app: Flask) -> None:
    assert birthdays() == {"born_on"}
    assert birthdays() <= NEVER_KEPT


def out(browser: FlaskClient) -> FlaskClient:
    """The same browser after its sign-in has ended elsewhere; the cookie is still there."""
    with browser.session_transaction() as session:
        session.pop("_user_id")
    return browser


def kept_by(browser: FlaskClient, typed: str = "Kitchen tablet") -> None:
    """Send the form of a new passkey after the sign-in has ended."""
    page = browser.get(FORM)
    out(browser)
    assert send(browser, page, {"name": typed}).status_code == 303


def come_back(browser: FlaskClient, member: str) -> None:
    assert enter(browser, member).location == "/account"


@pytest.mark.parametrize("path", ["/account/password", "/account/verify", "/me/about-me/documents/add"])
def test_a_form_sent_after_the_end_leaves_no_secret_in_the_table(
    sign_in: SignIn, house: House, path: str
) -> None:
    mei = sign_in("mei_lam")
    token = token_on(mei, "/account/password")
    names = NEVER_KEPT | secret_fields()
    dates = {f"{name}-{part}" for name in birthdays() for part in ("day", "month", "year")}
    sent = {**dict.fromkeys(names | dates, SECRET), "harmless": "kept", "csrf_token": token}
    assert out(mei).post(path, data=sent).status_code == 303
    kept = house.session.scalars(select(KeptForm)).one()
    assert SECRET not in json.dumps(kept.fields)
    assert kept.fields["harmless"] == ["kept"]


def test_only_the_account_that_typed_it_gets_it_back(sign_in: SignIn, house: House) -> None:
    browser = sign_in("mei_lam")
    sign_in("chen_wei")
    kept_by(browser)
    assert house.session.scalars(select(KeptForm.account_id)).one() == seat(house, "mei_lam").id
    come_back(browser, "chen_wei")
    assert "Kitchen tablet" not in browser.get(FORM).text
    sign_out(browser)
    assert "Kitchen tablet" not in browser.get("/account/sign-in").text
    come_back(browser, "mei_lam")
    assert "Kitchen tablet" in browser.get(FORM).text
    assert house.session.scalars(select(KeptForm)).all() == []


def test_a_form_says_whose_it_is_when_the_cookie_is_gone(sign_in: SignIn, house: House) -> None:
    """After half an hour the browser drops the cookie: the form's own token still names its sign-in."""
    browser = sign_in("mei_lam")
    page = browser.get(FORM)
    browser.delete_cookie("bridge")
    late = send(browser, page, {"name": "Kitchen tablet"})
    assert late.status_code == 400
    assert "What you typed is kept" in late.text
    come_back(browser, "mei_lam")
    assert "Kitchen tablet" in browser.get(FORM).text


def test_a_form_left_open_is_not_the_next_person_s(sign_in: SignIn, house: House) -> None:
    browser = sign_in("mei_lam")
    page = browser.get(FORM)
    sign_in("chen_wei")
    browser.delete_cookie("bridge")
    come_back(browser, "chen_wei")
    assert send(browser, page, {"name": "Kitchen tablet"}).status_code == 400
    assert house.session.scalars(select(KeptForm.account_id)).one() == seat(house, "mei_lam").id
    assert "Kitchen tablet" not in browser.get(FORM).text


def test_a_forged_token_names_nobody(sign_in: SignIn, client: FlaskClient, house: House) -> None:
    mei = sign_in("mei_lam")
    token = token_on(mei, FORM)
    head, _dot, tail = token.rpartition(".")
    forged = f"{head}.{tail[:-2]}{'AA' if not tail.endswith('AA') else 'BB'}"
    assert client.post(FORM, data={"csrf_token": forged, "name": "x"}).status_code == 400
    assert house.session.scalars(select(KeptForm)).all() == []


def test_what_nobody_could_have_back_is_not_kept_and_not_promised(client: FlaskClient, house: House) -> None:
    token = token_on(client, "/account/reset")
    answer = client.post(FORM, data={"csrf_token": token, "name": "typed by nobody"})
    assert answer.status_code == 303
    assert "what you typed is kept" not in client.get(answer.location).text
    assert house.session.scalars(select(KeptForm)).all() == []


def late_check(browser: FlaskClient) -> None:
    """A visitor's form of the public check arrives without its token."""
    typed = {"code": "SH-2222-3333", "looked_as": "Kwan, Harbour Works", "born_on-year": "1992"}
    answer = browser.post("/check", data=typed)
    assert answer.status_code == 400
    assert "What you typed is kept" in answer.text


def test_a_visitor_who_goes_straight_back_finds_everything_but_the_birthday(
    client: FlaskClient, house: House
) -> None:
    late_check(client)
    assert "1992" not in json.dumps(house.session.scalars(select(KeptForm)).one().fields)
    assert "Kwan, Harbour Works" in client.get("/check").text
    assert "Kwan, Harbour Works" not in client.get("/check").text


def test_whoever_comes_later_or_signs_in_does_not(
    client: FlaskClient, clock: SettableClock, sign_in: SignIn
) -> None:
    sign_in("mei_lam")
    late_check(client)
    come_back(client, "mei_lam")
    assert "Kwan, Harbour Works" not in client.get("/check").text
    sign_out(client)
    late_check(client)
    clock.advance(KEPT_FOR_VISITORS + timedelta(seconds=1))
    assert "Kwan, Harbour Works" not in client.get("/check").text
