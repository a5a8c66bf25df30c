"""Asking for a human review and answering it, in the browser, on both sides of the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from portal.domain.cases import Stage
from portal.services.house import House
from portal.services.reviews import ask_review, reviews_of
from tests.builders.decisions import a_case, an_actor
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient

SignIn = Callable[[str], StrictClient]
LANGUAGES = ("en", "zh-Hant-HK", "zh-Hans-CN")
WHY = "The program missed my Paper 1."


def read(client: StrictClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:300]
    return BeautifulSoup(answer.text, "html.parser")


def send(client: StrictClient, address: str, status: int, **typed: str) -> BeautifulSoup:
    form = read(client, address).select_one("main form")
    assert form is not None
    fields = {box["name"]: box.get("value", "") for box in form.select("input[type=hidden]")}
    answer = client.post(address, data={**fields, **typed}, follow_redirects=True)
    assert answer.status_code == status, answer.text[:300]
    return BeautifulSoup(answer.text, "html.parser")


def words(page: BeautifulSoup) -> str:
    return " ".join(page.main.get_text(" ").split())  # type: ignore[union-attr]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", ["draft", "submitted"])
def test_the_whole_way_from_the_question_to_the_answer(
    house: House, sign_in: SignIn, language: str, stage: str
) -> None:
    case = a_case(house, stage=stage)
    chen = sign_in("chen_wei")
    chen.set_cookie("language", language)
    address = f"/me/cases/{case.reference}/review"
    assert read(chen, f"/me/applications/{case.application_id}").select_one(f"main a[href='{address}']")
    box = read(chen, address).select_one("input[name=clauses]")
    assert box is not None
    page = send(chen, address, 200, clauses=str(box["value"]), why=WHY)
    assert WHY in words(page)
    assert not page.select_one(f"main a[href='{address}']"), "one open request a case"
    if stage == "draft":
        return
    ada = sign_in("ada_ko")
    ada.set_cookie("language", language)
    desk = read(ada, f"/desk/cases/{case.reference}")
    first = desk.select_one("main .govuk-inset-text")
    assert first is not None
    assert WHY in first.text
    answering = str(first.select_one("a")["href"])  # type: ignore[index]
    desk = send(ada, answering, 200, finding="agrees", answer="Paper 1 stands on the register.")
    assert "Paper 1 stands on the register." in words(desk)
    mine = read(chen, f"/me/applications/{case.application_id}")
    assert "Paper 1 stands on the register." in words(mine)
    assert mine.select_one(f"main a[href='{address}']"), "another one may be asked for"
    assert ada.get(answering).status_code == 409


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    house: House, sign_in: SignIn
) -> None:
    case = a_case(house)
    page = send(sign_in("chen_wei"), f"/me/cases/{case.reference}/review", 422, why=WHY)
    assert page.select_one(".govuk-error-summary a[href^='#clauses']")
    assert WHY in page.select_one("textarea").text  # type: ignore[union-attr]


def test_an_answer_without_reasons_is_refused_at_its_field(house: House, sign_in: SignIn) -> None:
    case = a_case(house)
    chen = an_actor(house, "chen_wei")
    ask_review(house, chen, case.reference, clauses=["paper_1"], why=WHY)
    key = reviews_of(house, [case.id])[case.id][0].id
    page = send(sign_in("ada_ko"), f"/desk/cases/{case.reference}/reviews/{key}", 422, finding="agrees")
    assert page.select_one(".govuk-error-summary a[href='#answer']")


def test_strangers_and_decided_cases_have_no_such_page(house: House, sign_in: SignIn) -> None:
    case = a_case(house)
    address = f"/me/cases/{case.reference}/review"
    read(sign_in("mei_lam"), address, 404)
    case.stage = Stage.DECLINED
    house.session.commit()
    read(sign_in("chen_wei"), address, 409)


def test_an_open_request_keeps_the_recommendation_waiting(house: House, sign_in: SignIn) -> None:
    case = a_case(house, stage="under_assessment")
    chen = an_actor(house, "chen_wei")
    ask_review(house, chen, case.reference, clauses=["paper_1"], why=WHY)
    typed = {"verdict": "decline", "reason_codes": "requirement_not_met", "note": "Nothing meets it."}
    page = send(sign_in("ada_ko"), f"/desk/cases/{case.reference}/recommend", 422, **typed)
    assert page.select_one(".govuk-error-summary")
    assert case.stage is Stage.UNDER_ASSESSMENT


@pytest.mark.parametrize("stage", ["draft", "recommended", "granted_with_conditions"])
def test_the_pages_of_an_applicant_cost_at_most_twelve_statements(
    house: House, sign_in: SignIn, stage: str
) -> None:
    case = a_case(house, stage=stage)
    pages = [f"/me/applications/{case.application_id}", "/me/applications", "/me"]
    if stage != "granted_with_conditions":
        pages.append(f"/me/cases/{case.reference}/review")
    chen = sign_in("chen_wei")
    for page in pages:
        with at_most(12):
            assert chen.get(page).status_code == 200, page


def test_a_part_of_a_requirement_can_be_meant(house: House, sign_in: SignIn) -> None:
    """Asking about one way to meet a requirement asks about the requirement too, ticked or not."""
    case = a_case(house)
    chen, address = sign_in("chen_wei"), f"/me/cases/{case.reference}/review"
    chen.set_cookie("language", "en")
    page = read(chen, address)
    box = page.select_one("input[name='within-paper_1'], input[name^='within-'][value='paper_1']")
    assert box is not None
    plank = str(box["name"]).removeprefix("within-")
    assert page.select_one(f"input[name=clauses][value='{plank}']")
    assert "The program’s answer" in words(page)
    answered = words(send(chen, address, 200, why=WHY, **{str(box["name"]): "paper_1"}))
    assert "HKSI Paper 1 passed" in answered
    (seen,) = reviews_of(house, [case.id])[case.id]
    assert set(seen.clauses) == {plank, "paper_1"}


def test_a_part_of_another_rule_is_not_a_choice(house: House, sign_in: SignIn) -> None:
    case = a_case(house)
    chen, address = sign_in("chen_wei"), f"/me/cases/{case.reference}/review"
    name = str(read(chen, address).select_one("input[name^='within-']")["name"])  # type: ignore[index]
    page = send(chen, address, 422, why=WHY, **{name: "no_such_clause"})
    assert page.select_one(".govuk-error-summary")
    assert not reviews_of(house, [case.id])
