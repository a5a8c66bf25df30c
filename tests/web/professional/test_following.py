"""Following a case: what to do next, and what became of it after the decision, in the person's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.cases import Turn
from portal.models.cases import Case
from portal.models.recognitions import Recognition
from portal.services.house import House
from portal.services.own_cases import read_applications
from portal.services.recognitions import lift_suspension, revoke_recognition, suspend_recognition
from tests.builders.decisions import a_case, an_actor
from tests.pages.strict_client import StrictClient

SignIn = Callable[[str], StrictClient]
LANGUAGES = ("en", "zh-Hant-HK", "zh-Hans-CN")
WHY = "The register no longer shows the registration."


def main(client: StrictClient, address: str) -> Tag:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text[:300]
    found = BeautifulSoup(answer.text, "html.parser").main
    assert found is not None
    return found


def reader(sign_in: SignIn, language: str = "en") -> StrictClient:
    chen = sign_in("chen_wei")
    chen.set_cookie("language", language)
    return chen


def recognised(house: House) -> tuple[Case, Recognition]:
    case = a_case(house, stage="granted_with_conditions")
    return case, house.session.scalars(select(Recognition).where(Recognition.case_id == case.id)).one()


def act(house: House, done: Callable[..., str], held: Recognition) -> None:
    done(house, an_actor(house, "ada_ko"), reference=held.reference, version=_next(held), reason=WHY)


def _next(held: Recognition) -> int:
    return len(held.acts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_revoked_asks_nothing_and_says_where_the_reason_is(
    house: House, sign_in: SignIn, language: str
) -> None:
    case, held = recognised(house)
    act(house, revoke_recognition, held)
    chen = reader(sign_in, language)

    page = main(chen, f"/me/applications/{case.application_id}")
    listed = main(chen, "/me/applications")

    assert page.select_one(".govuk-tag--red")
    assert listed.select_one(".govuk-tag--red")
    (own,) = read_applications(house, an_actor(house, "chen_wei"))[0].cases
    assert own.turn is Turn.NOBODY
    if language == "en":
        assert "The recognition was revoked." in page.text
        assert "finish the conditions" not in page.text
        assert "An officer revoked the recognition." in page.text
        assert case.reference not in main(chen, "/me").text


def test_a_suspension_is_said_and_ends_when_it_is_lifted(
    house: House, sign_in: SignIn, clock: SettableClock
) -> None:
    case, held = recognised(house)
    act(house, suspend_recognition, held)
    chen = reader(sign_in)
    address = f"/me/applications/{case.application_id}"
    assert "is suspended and does not count for now" in main(chen, address).text

    clock.put_to(clock.now() + timedelta(hours=1))
    act(house, lift_suspension, held)

    lifted = main(chen, address).text
    assert "does not count for now" not in lifted
    assert "finish the conditions" in lifted
    assert lifted.index("An officer suspended") < lifted.index("An officer lifted")


@pytest.mark.parametrize(
    ("stage", "action"),
    [
        ("draft", "Go on with the application"),
        ("granted_with_conditions", "See the conditions"),
        ("submitted", "Add a period of work"),
    ],
)
def test_the_overview_begins_with_what_waits_for_the_person(
    house: House, sign_in: SignIn, stage: str, action: str
) -> None:
    case = a_case(house, stage=stage)
    button = main(reader(sign_in), "/me").select_one("a.govuk-button")
    assert button is not None
    assert button.text == action
    leads_there = str(button["href"]) == f"/me/applications/{case.application_id}"
    assert leads_there is (stage != "submitted")


def test_a_draft_is_given_up_and_not_withdrawn(house: House, sign_in: SignIn) -> None:
    case = a_case(house, stage="draft")
    chen = reader(sign_in)
    page = main(chen, f"/me/applications/{case.application_id}")
    assert "No day is promised" not in page.text
    assert "Withdraw this application" not in page.text
    link = page.select_one(f"a[href='/me/cases/{case.reference}/withdraw']")
    assert link is not None
    assert link.text.startswith("Give up this draft")

    asked = main(chen, str(link["href"]))

    assert asked.h1 is not None
    assert asked.h1.text == f"Give up the draft {case.reference}?"
    assert "Officers stop working on it" not in asked.text
    assert "Your credentials, work and documents stay as they are." in asked.text


def test_the_newest_letter_lies_open_and_every_one_can_be_downloaded(house: House, sign_in: SignIn) -> None:
    case, held = recognised(house)
    act(house, revoke_recognition, held)
    page = main(reader(sign_in), f"/me/applications/{case.application_id}")
    folds = page.select(".govuk-inset-text details")
    assert [fold.has_attr("open") for fold in folds] == [True, False]
    assert len(page.select("a[href^='/me/letters/']")) == 2
