"""Single sign-on against a real provider: people come in by it, and nothing that was tampered with does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from config import Settings, SettingsError, SingleSignOn, read_settings
from portal.adapters.clock import SettableClock
from portal.adapters.single_sign_on import OpenIdProvider
from portal.app import create_app
from portal.domain.ports import SignOnFailed
from portal.models.accounts import Account
from portal.models.database import db
from portal.models.people import Person
from portal.models.sign_ins import OutsideIdentity, SignIn
from portal.services.house import House
from portal.web.access import FRAMEWORK_VIEWS, access_to
from tests.builders.passkeys import HeldPasskey
from tests.cast import CAST, PASSWORD, seat
from tests.conftest import Browser
from tests.pages.form_filler import fill_in
from tests.peers.openid import Provider, openid_provider, walk_through
from tests.web.account.steps import add_passkey, enter, sign_out

BACK = "http://localhost:8000/account/sso/back"
NEW = "new.person@example.com"
MEI = CAST["mei_lam"].email


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with openid_provider(BACK) as running:
        yield running


@pytest.fixture(scope="module")
def linked_app(
    provider: Provider,
    settings: Settings,
    the_clock: SettableClock,
    the_app: Flask,
    tmp_path_factory: pytest.TempPathFactory,
) -> Flask:
    """A portal that knows the provider, over a database file of its own."""
    given = provider.settings
    known = SingleSignOn(
        given["OIDC_ISSUER"], given["OIDC_CLIENT_ID"], given["OIDC_CLIENT_SECRET"], given["OIDC_NAME"]
    )
    path = tmp_path_factory.mktemp("linked") / "portal.sqlite3"
    own = replace(settings, single_sign_on=known, database_url=f"sqlite:///{path}")
    return create_app(own, clock=the_clock, rulebook=the_app.extensions["house"].rulebook)


@pytest.fixture
def portal(linked_app: Flask, app: Flask, template_database: Path) -> Iterator[Flask]:
    """The portal with the provider over a database nobody has touched."""
    path = Path(linked_app.extensions["settings"].database_url.removeprefix("sqlite:///"))
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    shutil.copy(template_database, path)
    with linked_app.app_context():
        yield linked_app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def home(portal: Flask) -> House:
    made: House = portal.extensions["house"]
    return made


@pytest.fixture
def visitor(portal: Flask) -> FlaskClient:
    return Browser(portal)


def go(visitor: FlaskClient, start: str = "/account/sso") -> str:
    """Be sent to the provider; gives the address."""
    answer = visitor.get(start)
    assert answer.status_code == 303
    return str(answer.location)


def return_from(visitor: FlaskClient, address: str, login: str | None) -> str:
    """Sign in at the provider, or turn back, and come back to the portal; gives where that leads."""
    back = walk_through(address, BACK, login=login)
    return str(visitor.get(back.removeprefix("http://localhost:8000")).location)


def come_by(visitor: FlaskClient, login: str | None, start: str = "/account/sso") -> str:
    return return_from(visitor, go(visitor, start), login)


def count(home: House, model: type) -> int:
    home.session.rollback()
    return home.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_request_has_state_nonce_and_a_hashed_verifier(visitor: FlaskClient, provider: Provider) -> None:
    address = urlsplit(go(visitor))
    asked = parse_qs(address.query)
    assert address.geturl().startswith(provider.issuer)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid email"]
    assert all(len(asked[name][0]) >= 32 for name in ("state", "nonce", "code_challenge"))


def test_somebody_new_chooses_a_home_and_is_in(visitor: FlaskClient, home: House) -> None:
    page = come_by(visitor, NEW)
    assert page == "/account/sso/new"
    assert "Choose the city where you live." in fill_in(visitor, page, {}, action=page).text
    assert count(home, Account) == 0
    assert fill_in(visitor, page, {"home": "sz"}, action=page).location == "/account"
    account = home.session.scalars(select(Account)).one()
    assert (account.email, account.password) == (NEW, None)
    assert account.confirmed_at is not None
    assert home.session.get_one(Person, account.person_id).home == "sz"
    assert visitor.get("/me").status_code == 200
    assert "Example ID" in visitor.get("/account/ways").text


def test_whoever_came_before_comes_straight_in(visitor: FlaskClient, portal: Flask, home: House) -> None:
    fill_in(visitor, come_by(visitor, NEW), {"home": "hk"}, action="/account/sso/new")
    again = Browser(portal)
    assert come_by(again, NEW, "/account/sso?next=/me/credentials") == "/me/credentials"
    assert again.get("/me").status_code == 200
    assert count(home, Account) == 1
    assert home.session.scalars(select(SignIn.way)).all() == ["single_sign_on"] * 2


def test_an_account_that_is_there_is_linked_only_by_its_owner(
    visitor: FlaskClient, portal: Flask, home: House
) -> None:
    mei = seat(home, "mei_lam")
    gate = come_by(visitor, MEI)
    assert gate == "/account/sign-in?next=/account/sso/link"
    assert "There is an account with this e-mail address already." in visitor.get(gate).text
    assert visitor.get("/me").status_code == 303, "the address alone opens nothing"
    assert count(home, OutsideIdentity) == 0
    answer = fill_in(visitor, gate, {"email": MEI, "password": PASSWORD}, action="/account/sign-in")
    assert answer.location == "/account/sso/link"
    asked = visitor.get(answer.location).text
    assert "Link with Example ID?" in asked
    assert MEI in asked
    assert count(home, OutsideIdentity) == 0
    assert fill_in(visitor, "/account/sso/link", action="/account/sso/link").location == "/account/ways"
    assert "Linked." in visitor.get("/account/ways").text
    other = Browser(portal)
    assert come_by(other, MEI) == "/account"
    assert home.session.scalars(select(OutsideIdentity.account_id)).all() == [mei.id]


def test_somebody_signed_in_links_from_the_page_of_ways(visitor: FlaskClient, home: House) -> None:
    seat(home, "mei_lam")
    enter(visitor)
    assert come_by(visitor, "mei.elsewhere@example.com") == "/account/sso/link"
    fill_in(visitor, "/account/sso/link", action="/account/sso/link")
    sign_out(visitor)
    assert come_by(visitor, "mei.elsewhere@example.com") == "/account"


def test_linking_asks_for_a_fresh_proof(visitor: FlaskClient, home: House, clock: SettableClock) -> None:
    seat(home, "mei_lam")
    enter(visitor)
    clock.advance(timedelta(minutes=20))
    come_by(visitor, "mei.elsewhere@example.com")
    assert visitor.get("/account/sso/link").location == "/account/verify?next=/account/sso/link"


def test_what_opens_another_account_is_not_linked_again(
    visitor: FlaskClient, portal: Flask, home: House
) -> None:
    seat(home, "mei_lam")
    fill_in(visitor, come_by(visitor, NEW), {"home": "hk"}, action="/account/sso/new")
    mei = Browser(portal)
    enter(mei)
    assert come_by(mei, NEW) == "/account/ways"
    assert "already opens another account" in mei.get("/account/ways").text


def test_a_second_step_is_asked_for_here_too(visitor: FlaskClient, portal: Flask, home: House) -> None:
    fill_in(visitor, come_by(visitor, NEW), {"home": "hk"}, action="/account/sso/new")
    add_passkey(visitor, HeldPasskey())
    again = Browser(portal)
    assert come_by(again, NEW) == "/account/second-step"
    assert again.get("/me").status_code == 303


def test_an_unverified_address_opens_nothing(visitor: FlaskClient, home: House) -> None:
    assert come_by(visitor, "unverified@example.com") == "/account/sign-in"
    assert "has not verified your e-mail address" in visitor.get("/account/sign-in").text
    assert visitor.get("/account/sso/new").status_code == 303
    assert count(home, Account) == 0


def test_turning_back_at_the_provider_changes_nothing(visitor: FlaskClient, home: House) -> None:
    assert come_by(visitor, None) == "/account/sign-in"
    assert "You turned back at Example ID." in visitor.get("/account/sign-in").text
    assert count(home, Account) == 0


@pytest.mark.parametrize("part", ["state", "nonce", "verifier"])
def test_an_answer_to_another_question_is_refused(visitor: FlaskClient, home: House, part: str) -> None:
    address = go(visitor)
    with visitor.session_transaction() as session:
        session["sign_on"] = {**session["sign_on"], part: "x" * 43}
    assert return_from(visitor, address, NEW) == "/account/sign-in"
    assert "did not work" in visitor.get("/account/sign-in").text
    assert count(home, Account) == 0


@pytest.mark.parametrize(
    ("part", "value"),
    [("state", "another"), ("iss", "https://evil.example"), ("code", "guessed"), ("code", "")],
)
def test_a_tampered_answer_is_refused(visitor: FlaskClient, home: House, part: str, value: str) -> None:
    back = walk_through(go(visitor), BACK, login=NEW)
    query = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    answer = visitor.get("/account/sso/back", query_string={**query, part: value})
    assert answer.location == "/account/sign-in"
    assert visitor.get("/account/sso/new").status_code == 303
    assert count(home, Account) == 0


def test_an_answer_serves_one_browser_once(visitor: FlaskClient, portal: Flask) -> None:
    back = walk_through(go(visitor), BACK, login=NEW).removeprefix("http://localhost:8000")
    assert Browser(portal).get(back).location == "/account/sign-in"
    assert visitor.get(back).location == "/account/sso/new"
    assert visitor.get(back).location == "/account/sign-in"


def test_signing_in_there_again_is_proof(visitor: FlaskClient, clock: SettableClock) -> None:
    fill_in(visitor, come_by(visitor, NEW), {"home": "hk"}, action="/account/sso/new")
    clock.advance(timedelta(minutes=20))
    gate = visitor.get("/account/ways/app").location
    assert "Sign in again with Example ID" in visitor.get(gate).text
    address = go(visitor, "/account/sso?again=1&next=/account/ways/app")
    assert parse_qs(urlsplit(address).query)["prompt"] == ["login"]
    assert return_from(visitor, address, NEW) == "/account/ways/app"
    assert visitor.get("/account/ways/app").status_code == 200


def test_a_browser_that_strikes_out_the_new_question_proves_nothing(
    visitor: FlaskClient, clock: SettableClock
) -> None:
    fill_in(visitor, come_by(visitor, NEW), {"home": "hk"}, action="/account/sso/new")
    clock.advance(timedelta(minutes=20))
    parts = urlsplit(go(visitor, "/account/sso?again=1&next=/account/ways/app"))
    kept = {
        name: value for name, (value,) in parse_qs(parts.query).items() if name not in ("prompt", "max_age")
    }
    address = parts._replace(query=urlencode(kept)).geturl()
    assert return_from(visitor, address, NEW) == "/account/ways"
    assert visitor.get("/account/ways/app").status_code == 303


def test_having_signed_in_there_before_the_question_proves_nothing(provider: Provider) -> None:
    known = provider.settings
    asked = OpenIdProvider(
        issuer=known["OIDC_ISSUER"],
        client_id=known["OIDC_CLIENT_ID"],
        client_secret=known["OIDC_CLIENT_SECRET"],
        name=known["OIDC_NAME"],
    )
    for later, is_believed in ((0, True), (3600, False)):
        attempt = asked.begin(BACK, again=True)
        assert attempt.asked_at is not None
        answer = {
            name: value
            for name, (value,) in parse_qs(
                urlsplit(walk_through(attempt.address, BACK, login=NEW)).query
            ).items()
        }
        attempt = replace(attempt, asked_at=attempt.asked_at + later)
        with nullcontext() if is_believed else pytest.raises(SignOnFailed, match="long ago"):
            assert asked.finish(attempt, answer, BACK).email == NEW


def test_somebody_else_signing_in_there_is_no_proof(visitor: FlaskClient, clock: SettableClock) -> None:
    fill_in(visitor, come_by(visitor, NEW), {"home": "hk"}, action="/account/sso/new")
    clock.advance(timedelta(minutes=20))
    assert come_by(visitor, "somebody.else@example.com", "/account/sso?again=1") == "/account/ways"
    assert visitor.get("/account/ways/app").status_code == 303


@pytest.mark.parametrize("language", ["en", "zh-Hant-HK", "zh-Hans-CN"])
def test_its_pages_speak_every_language(
    visitor: FlaskClient, portal: Flask, home: House, language: str
) -> None:
    seat(home, "mei_lam")
    visitor.set_cookie("language", language)
    visitor.get("/account/sign-in")
    page = come_by(visitor, NEW)
    visitor.get(page)
    fill_in(visitor, page, {"home": "hk"}, action=page)
    for path in ("/account/ways", "/account/verify"):
        assert f'lang="{language}"' in visitor.get(path).text
    held = home.session.scalars(select(OutsideIdentity.id)).one()
    refused = fill_in(
        visitor, f"/account/ways/outside/{held}/remove", action=f"/account/ways/outside/{held}/remove"
    )
    assert refused.status_code == 422, "it is the last way in"
    mei = Browser(portal)
    mei.set_cookie("language", language)
    enter(mei)
    come_by(mei, "mei.elsewhere@example.com")
    assert mei.get("/account/sso/link").status_code == 200


def test_a_provider_that_does_not_answer_is_told_plainly() -> None:
    silent = OpenIdProvider(issuer="http://localhost:9", client_id="x", client_secret="y", name="Silent")
    with pytest.raises(SignOnFailed, match="does not answer"):
        silent.begin(BACK, again=False)


def test_a_provider_of_another_name_is_not_believed(provider: Provider) -> None:
    other = OpenIdProvider(issuer=provider.issuer + "/", client_id="x", client_secret="y", name="Other")
    with pytest.raises(SignOnFailed, match="another name"):
        other.begin(BACK, again=False)


def test_its_views_are_there_only_with_a_provider(the_app: Flask, portal: Flask) -> None:
    own = {name for name in portal.view_functions if name.startswith("single_sign_on.")}
    assert own == {f"single_sign_on.{name}" for name in ("begin", "back", "choose_home", "link")}
    assert not own & set(the_app.view_functions)
    assert {name for name in own if access_to(portal, name).needs_account} == {"single_sign_on.link"}  # type: ignore[union-attr]
    library = {name for name in portal.view_functions if name.startswith("security.")}
    assert library == {name for name in FRAMEWORK_VIEWS if name.startswith("security.")}


@pytest.mark.parametrize("missing", ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME"])
def test_half_a_setting_stops_the_start(tmp_path: Path, missing: str) -> None:
    given = {
        "OIDC_ISSUER": "https://id.example", "OIDC_CLIENT_ID": "portal", "OIDC_CLIENT_SECRET": "s", "OIDC_NAME": "Example ID",
    }  # fmt: skip
    whole = read_settings(given, instance=tmp_path).single_sign_on
    assert whole == SingleSignOn("https://id.example", "portal", "s", "Example ID")
    assert "'s'" not in repr(whole)
    del given[missing]
    with pytest.raises(SettingsError, match=f"{missing} is missing"):
        read_settings(given, instance=tmp_path)


@pytest.mark.parametrize(
    ("environment", "issuer", "complaint"),
    [
        ("development", "id.example", "must be an http"),
        ("production", "http://id.example", "https address in production"),
    ],
)
def test_a_malformed_issuer_stops_the_start(
    tmp_path: Path, environment: str, issuer: str, complaint: str
) -> None:
    given = {"PORTAL_ENV": environment, "OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": "p", "OIDC_CLIENT_SECRET": "s", "OIDC_NAME": "E"}  # fmt: skip
    with pytest.raises(SettingsError, match=complaint):
        read_settings(given, instance=tmp_path)
