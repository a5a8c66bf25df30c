"""The desk in the browser: looking at one fact, and verifying it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from portal.domain.credentials import Standing
from portal.models.credentials import Credential
from portal.services.house import House
from tests.builders.decisions import (
    a_case,
    an_actor,
    fact_seen,
)
from tests.builders.records import a_period_of_work
from tests.pages.form_filler import fill_in, send
from tests.pages.strict_client import StrictClient
from tests.web.administrator.desk import fact_path, path

SignIn = Callable[[str], StrictClient]


def test_every_kind_of_fact_opens_from_the_desk(house: House, sign_in: SignIn) -> None:
    case, ada = a_case(house, stage="under_assessment"), sign_in("ada_ko")
    a_period_of_work(house, an_actor(house, "chen_wei"))
    desk = BeautifulSoup(ada.get(path(case)).text, "html.parser")

    addresses = {str(link["href"]) for link in desk.select('main a[href*="/facts/"]')}

    assert {address.split("/")[5] for address in addresses} == {"credential", "work", "personal"}
    for address in addresses:
        assert ada.get(address).status_code == 200, address


def test_verifying_a_fact_through_the_form(house: House, sign_in: SignIn) -> None:
    case, ada = a_case(house, stage="under_assessment"), sign_in("ada_ko")

    answer = fill_in(
        ada,
        fact_path(house, case, "amac.registration"),
        {"finding": "yes", "method": "official_register", "note": "AMAC’s site, today."},
    )

    assert answer.status_code == 303
    seen = fact_seen(house, case, "amac.registration")
    house.session.expire_all()
    assert house.session.get_one(Credential, seen.id).standing is Standing.VERIFIED
    assert "AMAC’s site, today." in ada.get(path(case)).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Choose what was found."),
        ({"finding": "yes"}, "Choose how it is known."),
        ({"finding": "moon", "method": "completion"}, "govuk-error-message"),
        ({"finding": "yes", "method": "source_asked", "note": "kept" * 501}, "Use 2000 characters or fewer"),
    ],
)
def test_a_fact_form_with_a_fault_says_so_and_keeps_what_was_typed(
    house: House, sign_in: SignIn, typed: dict[str, str], said: str
) -> None:
    case = a_case(house, stage="under_assessment")

    answer = fill_in(
        sign_in("ada_ko"), fact_path(house, case, "amac.registration"), {"note": "kept", **typed}
    )

    assert answer.status_code == 422
    assert said in answer.text
    assert "kept" in answer.text


def test_a_rejection_without_a_note_is_refused_at_the_note(house: House, sign_in: SignIn) -> None:
    case = a_case(house, stage="under_assessment")

    answer = fill_in(
        sign_in("ada_ko"),
        fact_path(house, case, "amac.registration"),
        {"finding": "no", "method": "source_asked", "note": " "},
    )

    assert answer.status_code == 422
    assert 'id="note-error"' in answer.text


def test_a_fact_changed_meanwhile_is_shown_anew_with_what_was_typed(house: House, sign_in: SignIn) -> None:
    case, ada = a_case(house, stage="under_assessment"), sign_in("ada_ko")
    page = ada.get(fact_path(house, case, "amac.registration"))
    row = house.session.get_one(Credential, fact_seen(house, case, "amac.registration").id)
    row.number = "B-2"
    house.session.commit()

    answer = send(ada, page, {"finding": "yes", "method": "official_register", "note": "Seen B-1."})

    assert answer.status_code == 409
    assert "Someone changed this" in answer.text
    assert "B-2" in answer.text
    assert "Seen B-1." in answer.text
    again = send(ada, answer)
    assert again.status_code == 303


def test_a_replayed_form_is_one_verification(house: House, sign_in: SignIn) -> None:
    case, ada = a_case(house, stage="under_assessment"), sign_in("ada_ko")
    page = ada.get(fact_path(house, case, "amac.registration"))
    typed = {"finding": "yes", "method": "official_register"}

    assert [send(ada, page, typed).status_code for _ in range(2)] == [303, 303]
