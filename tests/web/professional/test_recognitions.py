"""The holder's pages of recognitions: certificates made and downloaded, letters, and the way to the check."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from portal.models.people import Person
from portal.services.house import House
from portal.services.own_recognitions import read_own_recognition
from portal.wording.languages import LANGUAGES
from tests.builders.certificates import a_certificate
from tests.builders.decisions import a_recognition, an_actor
from tests.builders.sharing import PIN, a_look
from tests.pages.cookies import inside_the_cookie
from tests.pages.form_filler import fill_in, send
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient

TAGS = [language.tag for language in LANGUAGES]
SignIn = Callable[[str], StrictClient]


def words(answer: TestResponse) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").get_text(" ").split())


def in_english(browser: StrictClient) -> StrictClient:
    browser.set_cookie("language", "en")
    return browser


def test_a_certificate_is_made_downloaded_and_checked(house: House, sign_in: SignIn) -> None:
    recognition = a_recognition(house)
    browser = in_english(sign_in("chen_wei"))
    made = fill_in(
        browser,
        f"/me/recognitions/{recognition.reference}/certificate",
        {"language": "zh_Hans_CN", "factor": "pin"},
    )
    pin = re.search(r"PIN of CT-\w{4}-\w{4} (\d{6})", words(made))
    assert pin, words(made)
    assert "no-store" in made.headers["Cache-Control"]
    assert pin[1] not in inside_the_cookie(browser)
    assert pin[1] not in words(browser.get(f"/me/recognitions/{recognition.reference}"))
    file = browser.get(re.search(r"/me/certificates/CT-[^\"]*", made.text)[0])  # type: ignore[index]
    assert file.data.startswith(b"%PDF-1.7")
    assert file.headers["Content-Type"] == "application/pdf"
    assert re.fullmatch(r"attachment; filename=CT-\w{4}-\w{4}\.pdf", file.headers["Content-Disposition"])
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert "no-store" in file.headers["Cache-Control"]
    own = read_own_recognition(house, an_actor(house, "chen_wei"), recognition.reference)
    assert a_look(house, own.certificates[0].share, factor=pin[1]).receipt


def test_the_code_on_the_paper_opens_the_check_with_the_code_filled_in(
    house: House, client: StrictClient
) -> None:
    made = a_certificate(house)
    address = f"{house.base_url}/check?code={made.own.share}"
    picture = house.typesetter.square_code(address)
    # Drawn by the same library at the same settings, the picture of this address is this picture.
    assert picture == house.typesetter.square_code(address)
    parts = urlsplit(address)
    page = in_english(client).get(f"{parts.path}?{parts.query}")
    assert f'value="{made.own.share}"' in page.text
    answer = send(client, page, {"factor": "pin", "pin": PIN, "looked_as": "Kwan, Harbour Works"})
    assert "Recognised since" in words(answer)
    assert made.reference in words(answer)


def test_an_odd_code_in_the_address_is_only_shown(client: StrictClient) -> None:
    page = client.get("/check?code=%22%3E%3Cscript%3Ealert(1)%3C/script%3E" + "x" * 5000)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    shown = BeautifulSoup(page.text, "html.parser").select_one("input#code")
    assert shown is not None
    assert len(str(shown["value"])) == 60


def test_a_doubled_form_is_one_certificate(house: House, sign_in: SignIn) -> None:
    recognition = a_recognition(house)
    browser = sign_in("chen_wei")
    page = browser.get(f"/me/recognitions/{recognition.reference}/certificate")
    for _sending in range(2):
        shown = send(browser, page, {"language": "en", "factor": "pin", "pin": PIN})
        assert PIN in words(shown), "a page loaded again shows what its form held"
    own = read_own_recognition(house, an_actor(house, "chen_wei"), recognition.reference)
    assert len(own.certificates) == 1


@pytest.mark.parametrize("tag", TAGS)
def test_what_is_wrong_is_said_at_each_field_and_nothing_typed_is_lost(
    house: House, sign_in: SignIn, tag: str
) -> None:
    recognition = a_recognition(house)
    browser = sign_in("chen_wei")
    browser.set_cookie("language", tag)
    address = f"/me/recognitions/{recognition.reference}/certificate"
    wrong = {"language": "en", "factor": "pin", "until-day": "31", "until-month": "2", "pin": "111111"}
    answer = fill_in(browser, address, wrong)
    assert answer.status_code == 422
    assert 'href="#until-day"' in answer.text or 'href="#until-year"' in answer.text
    mended = send(browser, answer, {"until-day": "1", "until-month": "3", "until-year": "2027"})
    assert mended.status_code == 422
    assert 'href="#pin"' in mended.text
    assert PIN in words(send(browser, mended, {"pin": PIN}))


def test_nothing_chosen_is_refused(house: House, sign_in: SignIn) -> None:
    recognition = a_recognition(house)
    browser = in_english(sign_in("chen_wei"))
    address = f"/me/recognitions/{recognition.reference}/certificate"
    said = words(
        fill_in(browser, address, {"language": [], "until-day": "", "until-month": "", "until-year": ""})
    )
    for sentence in (
        "Choose the language of the certificate.",
        "Enter the last day on which it can be checked.",
        "Choose a second item.",
    ):
        assert sentence in said


def test_an_unknown_date_of_birth_is_refused_at_the_choice(house: House, sign_in: SignIn) -> None:
    recognition = a_recognition(house)
    house.session.get_one(Person, recognition.person_id).born_on = None
    house.session.commit()
    answer = fill_in(
        in_english(sign_in("chen_wei")),
        f"/me/recognitions/{recognition.reference}/certificate",
        {"language": "en", "factor": "birth_date"},
    )
    assert answer.status_code == 422
    assert 'href="#factor"' in answer.text


@pytest.mark.parametrize("status", ["suspended", "revoked"])
def test_while_it_does_not_count_the_page_offers_none(house: House, sign_in: SignIn, status: str) -> None:
    recognition = a_recognition(house, status=status)
    browser = in_english(sign_in("chen_wei"))
    page = browser.get(f"/me/recognitions/{recognition.reference}")
    assert "/certificate" not in page.text
    assert "A certificate can be made only while the recognition counts." in words(page)
    alone = browser.get(f"/me/recognitions/{recognition.reference}/certificate")
    assert alone.status_code == 200
    assert "Make the certificate" not in words(alone)


def test_strangers_get_404_and_other_roles_403(house: House, sign_in: SignIn) -> None:
    made = a_certificate(house)
    base = f"/me/recognitions/{made.recognition.reference}"
    for path in (base, f"{base}/certificate", f"/me/certificates/{made.reference}/file"):
        assert sign_in("mei_lam").get(path).status_code == 404
        assert sign_in("ada_ko").get(path).status_code == 403
    assert sign_in("mei_lam").get("/me/recognitions").status_code == 200
    assert made.recognition.reference not in sign_in("mei_lam").get("/me/recognitions").text


def test_a_letter_goes_to_its_reader_and_to_the_officers_of_the_case(house: House, sign_in: SignIn) -> None:
    made = a_certificate(house)
    own = read_own_recognition(house, made.holder, made.recognition.reference)
    path = f"/me/letters/{own.letters[0].id}/file"
    for reader, status in (("chen_wei", 200), ("bo_yip", 200), ("mei_lam", 404), ("su_qing", 404)):
        assert sign_in(reader).get(path).status_code == status, reader
    application = sign_in("chen_wei").get(f"/me/applications/{own.application_id}")
    desk = sign_in("bo_yip").get(f"/desk/recognitions/{made.recognition.reference}")
    assert path in application.text
    assert path in desk.text


@pytest.mark.parametrize("tag", TAGS)
def test_every_page_reads_in_every_language(house: House, sign_in: SignIn, tag: str) -> None:
    stranger = sign_in("mei_lam")
    stranger.set_cookie("language", tag)
    assert stranger.get("/me/recognitions").status_code == 200
    made = a_certificate(house, status="conditional")
    browser = sign_in("chen_wei")
    browser.set_cookie("language", tag)
    base = f"/me/recognitions/{made.recognition.reference}"
    for path in ("/me/recognitions", base, f"{base}/certificate", f"/me/shares/{made.own.share}"):
        assert browser.get(path).status_code == 200


def test_no_page_costs_more_than_ten_statements(house: House, sign_in: SignIn) -> None:
    made = a_certificate(house, status="conditional")
    for _each in range(3):
        a_certificate(house, recognition=made.recognition)
    browser = sign_in("chen_wei")
    base = f"/me/recognitions/{made.recognition.reference}"
    for path in ("/me/recognitions", base, f"{base}/certificate", f"/me/certificates/{made.reference}/file"):
        with at_most(10):
            browser.get(path)
