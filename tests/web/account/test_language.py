"""The language of e-mails is the account's own choice, and does not change with the page's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from portal.models.accounts import Account
from portal.models.records import OutboxMessage
from portal.services.cases import withdraw_case
from portal.services.house import House
from tests.builders.decisions import a_case, an_actor
from tests.cast import seat
from tests.pages.strict_client import StrictClient

SignIn = Callable[[str], StrictClient]
ADDRESS = "/account/language"


def send(client: StrictClient, language: str, status: int) -> BeautifulSoup:
    form = BeautifulSoup(client.get(ADDRESS).text, "html.parser").select_one("main form")
    assert form is not None
    hidden = {box["name"]: box.get("value", "") for box in form.select("input[type=hidden]")}
    answer = client.post(ADDRESS, data={**hidden, "language": language}, follow_redirects=True)
    assert answer.status_code == status, answer.text[:300]
    return BeautifulSoup(answer.text, "html.parser")


@pytest.mark.parametrize("key", ["mei_lam", "ada_ko", "tam_lok", "harbour_works", "sys"])
def test_anybody_with_an_account_chooses(house: House, sign_in: SignIn, key: str) -> None:
    client = sign_in(key)
    client.set_cookie("language", "en")
    page = send(client, "zh_Hans_CN", 200)
    assert "简体中文" in page.main.text  # type: ignore[union-attr]
    assert page.html["lang"] == "en", "the page stays as it was asked for"  # type: ignore[index]
    assert house.session.get_one(Account, seat(house, key).id).language == "zh_Hans_CN"


def test_the_next_email_is_written_in_it(house: House, sign_in: SignIn) -> None:
    case = a_case(house)
    send(sign_in("chen_wei"), "zh_Hant_HK", 200)
    before = house.session.scalars(select(OutboxMessage.id)).all()
    withdraw_case(house, an_actor(house, "chen_wei"), case.reference, version=case.version)
    written = select(OutboxMessage.language).where(OutboxMessage.id.not_in(before))
    assert house.session.scalars(written).all() == ["zh_Hant_HK"]


def test_a_language_we_do_not_speak_is_refused_at_the_field(house: House, sign_in: SignIn) -> None:
    before = seat(house, "mei_lam").language
    page = send(sign_in("mei_lam"), "fr", 422)
    assert page.select_one(".govuk-error-summary a[href='#language']")
    assert house.session.get_one(Account, seat(house, "mei_lam").id).language == before


def test_somebody_signed_out_is_led_to_sign_in(client: StrictClient) -> None:
    assert client.get(ADDRESS).status_code == 303
