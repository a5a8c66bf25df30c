"""The pages of one's own data, in three languages, without JavaScript."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.models.accounts import Account
from portal.models.cases import Case
from portal.models.my_data import DataExport
from portal.services.erasure import erase_oneself
from portal.services.house import House
from portal.wording.languages import LANGUAGES
from tests.builders.decisions import a_case
from tests.builders.my_data import a_whole_person
from tests.builders.sharing import a_share
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import errors_of, resend, send, title_of, words_of

SignIn = Callable[[str], StrictClient]
TAGS = [language.tag for language in LANGUAGES]
PAGES = ("/me/data", "/me/data/export", "/me/data/correct", "/me/data/consents", "/me/data/erase")


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("path", [*PAGES, "/me/data/erased", "/privacy"])
def test_every_page_stands_in_every_language(house: House, sign_in: SignIn, path: str, tag: str) -> None:
    a_share(house)
    browser = sign_in("chen_wei")
    assert browser.get(f"{path}?language={tag}", follow_redirects=True).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_page_costs_few_statements(house: House, sign_in: SignIn, path: str) -> None:
    a_share(house)
    browser = sign_in("chen_wei")
    with at_most(12):
        browser.get(path)


def test_an_export_is_made_step_by_step_and_taken(house: House, sign_in: SignIn) -> None:
    a_whole_person(house)
    browser = sign_in("mei_lam")
    asked = send(browser, "/me/data/export", action="/me/data/export")
    assert (asked.status_code, asked.location) == (303, "/me/data/export")
    waiting = browser.get("/me/data/export")
    assert "0 of 3 steps" in words_of(waiting)
    for _step in range(2):
        assert resend(browser, waiting, action="/me/data/export/step").status_code == 303
    ready = browser.get("/me/data/export")
    assert "Download the ZIP file" in words_of(ready)
    taken = browser.get("/me/data/export/file")
    assert taken.headers["Content-Type"] == "application/zip"
    assert "attachment" in taken.headers["Content-Disposition"]
    assert "data.json" in zipfile.ZipFile(BytesIO(taken.data)).namelist()
    taken.close()


def test_a_script_is_told_how_far_it_is(house: House, sign_in: SignIn) -> None:
    a_whole_person(house)
    browser = sign_in("mei_lam")
    send(browser, "/me/data/export", action="/me/data/export")
    page = browser.get("/me/data/export")
    form = page.text.split('name="csrf_token"')[2]
    token = form.split('value="')[1].split('"')[0]
    answer = browser.post(
        "/me/data/export/step", data={"csrf_token": token}, headers={"X-Requested-With": "export"}
    )
    assert answer.text == "1 3"


def test_a_second_export_waits_for_the_first(house: House, sign_in: SignIn) -> None:
    a_whole_person(house)
    browser = sign_in("mei_lam")
    page = browser.get("/me/data/export")
    resend(browser, page, action="/me/data/export")
    again = resend(browser, page, action="/me/data/export", once="another")
    assert again.status_code == 422
    assert errors_of(again) == ["Your export is being made already. Wait until it is ready."]


def test_strangers_and_the_signed_out_get_nothing(
    house: House, sign_in: SignIn, client: StrictClient
) -> None:
    a_whole_person(house)
    send(sign_in("mei_lam"), "/me/data/export", action="/me/data/export")
    assert sign_in("chen_wei").get("/me/data/export/file").status_code == 404
    assert client.get("/me/data/export/file").status_code in (302, 303)
    assert sign_in("ada_ko").get("/me/data").status_code == 403


@pytest.mark.parametrize("path", ["/me/data/erase", "/me/data/export/file"])
def test_an_old_proof_is_asked_for_again(
    house: House, sign_in: SignIn, clock: SettableClock, path: str
) -> None:
    a_whole_person(house)
    browser = sign_in("mei_lam")
    clock.put_to(house.clock.now() + timedelta(minutes=16))
    asked = browser.get(path)
    assert asked.status_code == 303
    assert asked.location.startswith("/account/verify")


def test_an_export_cannot_be_asked_for_with_an_old_proof(
    house: House, sign_in: SignIn, clock: SettableClock
) -> None:
    a_whole_person(house)
    browser = sign_in("mei_lam")
    page = browser.get("/me/data/export")
    clock.put_to(house.clock.now() + timedelta(minutes=16))
    assert resend(browser, page, action="/me/data/export").location.startswith("/account/verify")
    assert house.session.scalars(select(DataExport)).all() == []


def test_what_stops_is_shown_before_a_consent_is_taken_back(house: House, sign_in: SignIn) -> None:
    share = a_share(house)
    browser = sign_in("chen_wei")
    path = f"/me/data/consents/share/{share.code}/withdraw"
    page = browser.get(f"{path}?language=en", follow_redirects=True)
    assert "Whoever has the code sees nothing any more." in words_of(page)
    assert resend(browser, page).status_code == 303
    assert "Taken back" in words_of(browser.get("/me/data/consents"))
    assert browser.get(path).location == "/me/data/consents"
    assert browser.get("/me/data/consents/nonsense/1/withdraw").status_code == 404


def test_erasing_needs_the_word_and_the_open_application(house: House, sign_in: SignIn) -> None:
    case = a_case(house, stage="under_assessment")
    browser = sign_in("chen_wei")
    page = browser.get("/me/data/erase?language=en", follow_redirects=True)
    assert case.reference in words_of(page)
    assert errors_of(resend(browser, page, word="no")) == ["This is not the word. Type “erase”."]
    assert errors_of(resend(browser, page, word="")) == ["Type the word to show that you mean it."]
    refused = resend(browser, page, word="erase")
    assert refused.status_code == 422
    assert "Officers are still working" in errors_of(refused)[0]
    assert house.session.scalars(select(Case)).all() != []
    done = resend(browser, page, word=" Erase ", withdraw_open="y")
    assert (done.status_code, done.location) == (303, "/me/data/erased")
    house.session.rollback()
    assert house.session.scalars(select(Account).where(Account.email == "chen.wei@example.com")).all() == []
    assert title_of(browser.get("/me/data/erased")) in ("Your data is erased", "个人信息已删除")
    assert browser.get("/me/data").status_code in (302, 303)


def test_every_other_browser_is_out_too(house: House, sign_in: SignIn) -> None:
    a_whole_person(house)
    one, other = sign_in("mei_lam"), sign_in("mei_lam")
    assert send(one, "/me/data/erase", word="erase").status_code == 303
    assert other.get("/me/data").status_code in (302, 303)


def test_a_decided_persons_page_says_what_stays_and_until_when(house: House, sign_in: SignIn) -> None:
    a_share(house)
    page = words_of(sign_in("chen_wei").get("/me/data/erase?language=en", follow_redirects=True))
    assert "It stays until" in page
    assert "illustrative until the operator sets them" in page


@pytest.mark.parametrize(
    "path",
    [
        "/me/credentials",
        "/me/work",
        "/me/evidence",
        "/me/about-me",
        "/me/applications",
        "/me/recognitions",
        "/me/shares",
        "/me/inbox",
        "/me/mapping",
        "/account/settings",
        "/account/sign-ins",
    ],
)
def test_every_page_that_shows_data_says_how_long_it_is_kept(
    house: House, sign_in: SignIn, path: str
) -> None:
    a_share(house)
    answer = sign_in("chen_wei").get(f"{path}?language=en", follow_redirects=True)
    assert answer.status_code == 200
    assert "Kept " in words_of(answer)


def test_officers_pages_stand_without_the_erased_holder(house: House, sign_in: SignIn) -> None:
    share = a_share(house)
    case = house.session.scalars(select(Case.reference)).one()
    recognition = share.recognition.reference
    erase_oneself(house, share.holder, withdraw_open=False)
    officer = sign_in("ada_ko")
    for path in (
        "/desk/",
        f"/desk/cases/{case}",
        "/desk/recognitions",
        f"/desk/recognitions/{recognition}",
    ):
        assert officer.get(path).status_code == 200, path
