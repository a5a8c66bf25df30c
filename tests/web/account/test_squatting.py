"""A stranger opens an account with somebody else's address: the owner gets it, the stranger never gets in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.domain.eligibility.answers import Answers
from portal.domain.places import Jurisdiction
from portal.models.accounts import Account
from portal.models.eligibility import EligibilityCheck
from portal.models.people import Person
from portal.models.records import JournalEntry, OutboxMessage
from portal.services.eligibility_checks import begin_check
from portal.services.house import House
from tests.conftest import Browser
from tests.pages.form_filler import fill_in
from tests.web.account.steps import link_to

OWNER = "owner@example.com"
STRANGERS = "what the stranger chose"
OWNERS = "what the owner alone knows"
STRANGERS_ANSWERS = Answers(tracks=("securities-dealing",))


def register(client: FlaskClient, password: str, email: str = OWNER, home: str = "hk") -> None:
    fields = {"email": email, "home": home, "password": password, "password_confirm": password}
    assert fill_in(client, "/account/register", fields).location == "/account/registered"


def enters(client: FlaskClient, password: str, email: str = OWNER) -> bool:
    fields = {"email": email, "password": password}
    return fill_in(client, "/account/sign-in", fields, action="/account/sign-in").location == "/account"


def the_account(house: House, email: str = OWNER) -> Account:
    house.session.rollback()
    return house.session.scalars(select(Account).where(Account.email == email)).one()


@pytest.fixture
def stranger(app: Flask, house: House) -> FlaskClient:
    """A browser in which somebody answered the check and registered with the owner's address."""
    browser = Browser(app)
    key = begin_check(house, STRANGERS_ANSWERS)
    with browser.session_transaction() as session:
        session["eligibility"] = key
    register(browser, STRANGERS)
    return browser


@pytest.fixture
def owner(app: Flask) -> FlaskClient:
    """Another browser, of whoever reads the address."""
    browser = Browser(app)
    browser.set_cookie("language", "zh-Hans-CN")
    return browser


def take_it(owner: FlaskClient, house: House) -> None:
    """The owner asks for a new password and chooses it by the link."""
    fill_in(owner, "/account/reset", {"email": OWNER}, action="/account/reset")
    fields = {"home": "sz", "password": OWNERS, "password_confirm": OWNERS}
    assert fill_in(owner, link_to(house, OWNER, "reset_password"), fields).location == "/account/sign-in"


def test_the_owner_s_press_alone_opens_nothing(
    stranger: FlaskClient, owner: FlaskClient, house: House
) -> None:
    link = link_to(house, OWNER, "confirm_address")
    for guess in ("", OWNERS, STRANGERS.upper()):
        page = fill_in(owner, link, {"password": guess})
        assert page.status_code == 422
        assert 'id="password-error"' in page.text
        assert "/account/reset" in page.text
    assert the_account(house).confirmed_at is None
    assert not enters(stranger, STRANGERS)


def test_the_owner_who_takes_the_account_shuts_the_stranger_out(
    stranger: FlaskClient, owner: FlaskClient, house: House
) -> None:
    strangers_link = link_to(house, OWNER, "confirm_address")
    take_it(owner, house)
    assert the_account(house).confirmed_at is not None
    assert not enters(stranger, STRANGERS)
    # A link that confirmed the stranger's registration died with its password.
    assert fill_in(stranger, strangers_link, {"password": STRANGERS}).location == "/account/confirm"
    assert not enters(stranger, STRANGERS)
    assert enters(owner, OWNERS)


def test_nothing_the_stranger_said_stays_in_the_account(
    stranger: FlaskClient, owner: FlaskClient, house: House
) -> None:
    before = the_account(house)
    assert (before.language, house.session.get_one(Person, before.person_id).home) == ("en", "hk")
    take_it(owner, house)
    taken = the_account(house)
    person = house.session.get_one(Person, taken.person_id)
    assert (taken.language, person.home) == ("zh_Hans_CN", Jurisdiction.SHENZHEN)
    assert house.session.scalars(select(EligibilityCheck.account_id)).all() == [None]
    assert enters(owner, OWNERS)
    assert owner.get("/account").location == "/me", "no answers of the stranger's wait to be recorded"
    kinds = house.session.scalars(select(JournalEntry.kind)).all()
    assert "account.address_proven" in kinds


def test_where_one_lives_must_be_said_again_and_is_asked_of_nobody_else(
    stranger: FlaskClient, owner: FlaskClient, house: House, account: Callable[[str], Account]
) -> None:
    fill_in(owner, "/account/reset", {"email": OWNER}, action="/account/reset")
    link = link_to(house, OWNER, "reset_password")
    page = fill_in(owner, link, {"password": OWNERS, "password_confirm": OWNERS})
    assert page.location is None
    assert 'id="home-error"' in page.text
    assert the_account(house).confirmed_at is None
    mei = account("mei_lam").email
    fill_in(owner, "/account/reset", {"email": mei}, action="/account/reset")
    assert 'name="home"' not in owner.get(link_to(house, mei, "reset_password")).text
    forged = {"password": OWNERS, "password_confirm": OWNERS, "home": "sz"}
    assert fill_in(owner, link_to(house, mei, "reset_password"), forged).location == "/account/sign-in"
    assert house.session.get_one(Person, the_account(house, mei).person_id).home == "hk"


def test_the_owner_who_registers_too_is_led_to_the_same_door(
    stranger: FlaskClient, owner: FlaskClient, house: House
) -> None:
    register(owner, OWNERS)
    again = link_to(house, OWNER, "already_registered")
    assert fill_in(owner, again, {"password": OWNERS}).status_code == 422
    take_it(owner, house)
    assert enters(owner, OWNERS)
    assert not enters(stranger, STRANGERS)


def test_an_address_that_is_not_confirmed_gets_the_same_answer_and_a_link(
    stranger: FlaskClient, owner: FlaskClient, house: House
) -> None:
    owner.set_cookie("language", "en")
    unknown = fill_in(owner, "/account/reset", {"email": "nobody@example.com"}, action="/account/reset")
    known = fill_in(owner, "/account/reset", {"email": OWNER}, action="/account/reset")
    assert "If this address has an account" in known.text
    assert known.text.count("nobody@example.com") == 0
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    kinds = house.session.scalars(select(OutboxMessage.kind).where(OutboxMessage.recipient == OWNER)).all()
    assert sorted(kinds) == ["confirm_address", "reset_password"]


def test_registering_hides_the_answers_alike_whether_the_address_was_known(
    app: Flask, house: House, account: Callable[[str], Account]
) -> None:
    shown = []
    for email in (account("mei_lam").email, "new@example.com"):
        browser = Browser(app)
        key = begin_check(house, STRANGERS_ANSWERS)
        with browser.session_transaction() as session:
            session["eligibility"] = key
        register(browser, STRANGERS, email)
        with browser.session_transaction() as session:
            assert session["eligibility_set_aside"] == key
            shown.append(session.get("eligibility"))
    assert shown == [None, None]


def test_whoever_mistyped_their_address_takes_the_answers_along(stranger: FlaskClient, house: House) -> None:
    register(stranger, STRANGERS, "mine@example.com")
    claimed = house.session.scalars(select(EligibilityCheck.account_id)).all()
    assert claimed == [the_account(house, "mine@example.com").id]
