"""The holder's pages of their shares."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from portal.models.people import Person
from portal.services.house import House
from portal.wording.languages import LANGUAGES
from tests.builders.decisions import a_recognition
from tests.builders.sharing import PIN, a_look, a_share
from tests.pages.cookies import inside_the_cookie
from tests.pages.form_filler import fill_in, send
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient

TAGS = [language.tag for language in LANGUAGES]
SignIn = Callable[[str], StrictClient]


def words(answer: TestResponse) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").get_text(" ").split())


def typed(recognition_id: object, **otherwise: str) -> dict[str, str]:
    return {
        "purpose": "hiring",
        "purpose_note": "Harbour Works",
        "recognitions": str(recognition_id),
        "until-day": "31",
        "until-month": "5",
        "until-year": "2027",
        "factor": "pin",
        **otherwise,
    }


def code_on(made: TestResponse) -> str:
    """The code of the share that a page shows after it was made."""
    found = re.search(r"SH-\w{4}-\w{4}", words(made))
    assert found, words(made)
    return found[0]


def test_a_share_is_made_and_its_pin_shown_once(house: House, sign_in: SignIn) -> None:
    recognition = a_recognition(house)
    browser = sign_in("chen_wei")
    made = fill_in(browser, "/me/shares/new", typed(recognition.id))
    pin, code = re.search(r"数字密码 (\d{6})", words(made)), code_on(made)
    assert pin, words(made)
    assert pin[1] not in words(browser.get(f"/me/shares/{code}"))
    assert pin[1] not in inside_the_cookie(browser)
    assert a_look(house, code, factor=pin[1]).receipt


def test_a_pin_of_ones_own_may_be_typed_with_a_space(house: House, sign_in: SignIn) -> None:
    recognition = a_recognition(house)
    made = fill_in(sign_in("chen_wei"), "/me/shares/new", typed(recognition.id, pin="407 182"))
    assert a_look(house, code_on(made), factor=PIN).receipt


def test_a_date_of_birth_may_be_the_second_item(house: House, sign_in: SignIn) -> None:
    recognition = a_recognition(house)
    browser = sign_in("chen_wei")
    made = fill_in(browser, "/me/shares/new", typed(recognition.id, factor="birth_date"))
    page = browser.get(made.location)
    assert page.status_code == 200
    assert "1992" not in page.text


def test_an_unknown_date_of_birth_is_refused_at_the_choice(house: House, sign_in: SignIn) -> None:
    recognition = a_recognition(house)
    house.session.get_one(Person, recognition.person_id).born_on = None
    house.session.commit()
    browser = sign_in("chen_wei")
    browser.set_cookie("language", "en")
    answer = fill_in(browser, "/me/shares/new", typed(recognition.id, factor="birth_date"))
    assert answer.status_code == 422
    assert "We do not know your date of birth." in words(answer)
    assert 'href="#factor"' in answer.text


@pytest.mark.parametrize("tag", TAGS)
def test_what_is_wrong_is_said_at_each_field_and_nothing_typed_is_lost(
    house: House, sign_in: SignIn, tag: str
) -> None:
    recognition = a_recognition(house)
    browser = sign_in("chen_wei")
    browser.set_cookie("language", tag)
    wrong = {"until-day": "31", "until-month": "2", "until-year": "2027", "pin": "123456"}
    answer = fill_in(browser, "/me/shares/new", typed(recognition.id, **wrong))
    assert answer.status_code == 422
    assert 'value="Harbour Works"' in answer.text
    assert "checked" in answer.text
    mended = send(browser, answer, {"until-month": "3"})
    assert mended.status_code == 422
    assert code_on(send(browser, mended, {"pin": PIN}))


def test_nothing_chosen_is_refused(house: House, sign_in: SignIn) -> None:
    a_recognition(house)
    browser = sign_in("chen_wei")
    browser.set_cookie("language", "en")
    said = words(fill_in(browser, "/me/shares/new"))
    for sentence in (
        "Choose what the share is for.",
        "Choose at least one recognition to share.",
        "Enter the last day of the share.",
        "Choose a second item.",
    ):
        assert sentence in said


def test_a_recognition_of_somebody_else_cannot_be_chosen(house: House, sign_in: SignIn) -> None:
    a_recognition(house, person="chen_wei")
    other = a_recognition(house, person="mei_lam")
    answer = fill_in(sign_in("chen_wei"), "/me/shares/new", typed(other.id))
    assert answer.status_code == 422


def test_a_doubled_form_is_one_share(house: House, sign_in: SignIn) -> None:
    recognition = a_recognition(house)
    browser = sign_in("chen_wei")
    page = browser.get("/me/shares/new")
    twice = [send(browser, page, typed(recognition.id)).location for _sending in range(2)]
    assert twice[0] == twice[1]


def test_the_holder_sees_who_looked_and_ends_the_share(house: House, sign_in: SignIn) -> None:
    share = a_share(house)
    a_look(house, share.code, looked_as="Kwan, Harbour Works")
    browser = sign_in("chen_wei")
    browser.set_cookie("language", "en")
    address = f"/me/shares/{share.code}"
    assert "Kwan, Harbour Works" in words(browser.get(address))
    assert fill_in(browser, f"{address}/end").status_code == 303
    assert "Ended" in words(browser.get(address))
    assert fill_in(browser, f"{address}/end").status_code == 409


def test_strangers_get_404_and_other_roles_403(house: House, sign_in: SignIn) -> None:
    share = a_share(house)
    for path in (f"/me/shares/{share.code}", f"/me/shares/{share.code}/end"):
        assert sign_in("mei_lam").get(path).status_code == 404
        assert sign_in("ada_ko").get(path).status_code == 403


@pytest.mark.parametrize("tag", TAGS)
def test_every_page_reads_in_every_language(house: House, sign_in: SignIn, tag: str) -> None:
    stranger = sign_in("mei_lam")
    stranger.set_cookie("language", tag)
    assert stranger.get("/me/shares").status_code == 200
    assert stranger.get("/me/shares/new").status_code == 200
    share = a_share(house)
    a_look(house, share.code)
    browser = sign_in("chen_wei")
    browser.set_cookie("language", tag)
    for path in (
        "/me/shares",
        "/me/shares/new",
        f"/me/shares/{share.code}",
        f"/me/shares/{share.code}/end",
    ):
        assert browser.get(path).status_code == 200


def test_no_page_costs_more_than_ten_statements(house: House, sign_in: SignIn) -> None:
    shares = [a_share(house)]
    shares += [a_share(house, recognition=shares[0].recognition) for _each in range(4)]
    a_look(house, shares[0].code)
    browser = sign_in("chen_wei")
    for path in (
        "/me/shares",
        "/me/shares/new",
        f"/me/shares/{shares[0].code}",
        f"/me/shares/{shares[0].code}/end",
    ):
        with at_most(10):
            browser.get(path)
