"""A cookie is signed, not sealed: no code that opens anything may travel in it."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from portal.adapters.clock import SettableClock
from tests.builders.passkeys import HeldPasskey
from tests.pages.cookies import inside_the_cookie
from tests.pages.form_filler import fill_in, send
from tests.web.account.steps import add_passkey, code_of, codes_on, enter, key_on, second_step

SignIn = Callable[[str], FlaskClient]
CODES = "/account/ways/recovery-codes"


def test_recovery_codes_are_in_the_answer_and_nowhere_else(sign_in: SignIn) -> None:
    mei = sign_in("mei_lam")
    for answer in (add_passkey(mei, HeldPasskey()), fill_in(mei, CODES)):
        codes = codes_on(answer.text)
        assert len(codes) == 10
        assert answer.headers["Cache-Control"] == "no-store"
        assert not [code for code in codes if code in inside_the_cookie(mei) + str(answer.headers)]
        assert not [code for code in codes if code in mei.get(CODES).text]


def test_a_page_of_codes_loaded_again_shows_no_others_and_says_so(
    sign_in: SignIn, client: FlaskClient
) -> None:
    mei = sign_in("mei_lam")
    add_passkey(mei, HeldPasskey())
    page = mei.get(CODES)
    codes = codes_on(send(mei, page).text)
    again = send(mei, page)
    assert again.location == CODES
    assert "shown once already" in mei.get(CODES).text
    enter(client)
    assert second_step(client, codes[0]).location == "/account", "the codes first shown still count"


def test_a_set_up_page_loaded_again_leads_to_the_ways(sign_in: SignIn, clock: SettableClock) -> None:
    mei = sign_in("mei_lam")
    page = mei.get("/account/ways/app")
    typed = {"one_time_code": code_of(key_on(page.text), clock)}
    assert len(codes_on(send(mei, page, typed).text)) == 10
    assert send(mei, page, typed).location == "/account/ways"


def test_the_reader_of_cookies_reads_what_is_in_them(sign_in: SignIn) -> None:
    mei = sign_in("mei_lam")
    with mei.session_transaction() as session:
        session["leaked"] = "abcd-efgh-2345-6789"
    mei.get("/account/settings")
    assert "abcd-efgh-2345-6789" in inside_the_cookie(mei)
    with mei.session_transaction() as session:
        session["leaked"] = "abcd-efgh-2345-6789" * 40
    assert "abcd-efgh-2345-6789" in inside_the_cookie(mei)
