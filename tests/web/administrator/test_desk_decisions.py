"""The desk in the browser: judging, recommending, and the second officer's signature."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from portal.domain.cases import Stage
from portal.models.cases import Case, Decision
from portal.services.house import House
from tests.builders.decisions import (
    PAPER_1_CONDITION,
    a_case,
    a_recognition,
    an_actor,
    recommend_decline,
    verify_everything,
)
from tests.pages.form_filler import fill_in, send
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient
from tests.web.administrator.desk import fresh, in_language, path

SignIn = Callable[[str], StrictClient]


@pytest.mark.parametrize(
    ("verdict", "tag"), [("grant", "en"), ("condition", "zh-Hans-CN"), ("decline", "zh-Hant-HK")]
)
def test_the_decision_reads_for_every_verdict(house: House, sign_in: SignIn, verdict: str, tag: str) -> None:
    if verdict == "decline":
        case = a_case(house, stage="under_assessment", has_paper=False)
        recommend_decline(house, an_actor(house, "ada_ko"), case)
    else:
        case = a_case(house, stage="recommended", has_paper=verdict == "grant")
    bo = in_language(sign_in("bo_yip"), tag)

    assert bo.get(path(case, "decide")).status_code == 200
    assert bo.get(path(case, "return")).status_code == 200


def test_a_finding_needs_a_reason(house: House, sign_in: SignIn) -> None:
    case, ada = a_case(house, stage="under_assessment"), sign_in("ada_ko")
    where = path(case, "findings", "fit_and_proper")

    assert fill_in(ada, where, {"finding": "yes"}).status_code == 422
    assert fill_in(ada, where, {"finding": "yes", "reason": "Nothing on file."}).status_code == 303
    assert "Nothing on file." in ada.get(path(case)).text


def test_a_recommendation_that_does_not_stand_is_refused_on_its_page(house: House, sign_in: SignIn) -> None:
    case, ada = a_case(house, stage="under_assessment"), sign_in("ada_ko")

    answer = fill_in(ada, path(case, "recommend"), {"verdict": "grant", "note": "All good."})

    assert answer.status_code == 422
    assert "A full grant is not possible" in answer.text
    assert "All good." in answer.text


def test_conditions_are_chosen_from_what_would_close_the_open_requirements(
    house: House, sign_in: SignIn
) -> None:
    case, ada = a_case(house, stage="under_assessment", has_paper=False), sign_in("ada_ko")
    verify_everything(house, an_actor(house, "ada_ko"), case)
    page = ada.get(path(case, "recommend"))
    assert PAPER_1_CONDITION in page.text
    typed = {
        "verdict": "grant_with_conditions",
        "conditions": PAPER_1_CONDITION,
        "note": "Paper 1 is missing.",
    }
    due = {"due_0-day": "30", "due_0-month": "6"}

    wrong = send(ada, page, {**typed, **due, "due_0-year": ""})
    past = send(ada, wrong, {**typed, **due, "due_0-year": "2020"})
    right = send(ada, past, {**typed, **due, "due_0-year": "2027"})

    assert (wrong.status_code, past.status_code, right.status_code) == (422, 422, 303)
    assert "must include a year" in wrong.text
    assert "must be after today" in past.text
    assert fresh(house, case).stage is Stage.RECOMMENDED


def test_the_recommending_officer_is_refused_the_decision(house: House, sign_in: SignIn) -> None:
    case = a_case(house, stage="recommended")

    desk = sign_in("ada_ko").get(path(case)).text
    assert "A second officer signs." in desk
    assert "Read and decide" not in desk
    assert sign_in("ada_ko").get(path(case, "decide")).status_code == 403


def test_a_second_officer_signs(house: House, sign_in: SignIn) -> None:
    case, bo = a_case(house, stage="recommended"), sign_in("bo_yip")

    untouched = fill_in(bo, path(case, "decide"))
    answer = fill_in(bo, path(case, "decide"), {"read": "y"})

    assert (untouched.status_code, answer.status_code) == (422, 303)
    assert fresh(house, case).stage is Stage.GRANTED
    assert len(house.session.scalars(select(Decision)).all()) == 1


def test_a_decision_on_a_case_that_has_moved_is_a_conflict(house: House, sign_in: SignIn) -> None:
    case, bo = a_case(house, stage="recommended"), sign_in("bo_yip")
    page = bo.get(path(case, "decide"))
    fill_in(bo, path(case, "return"), {"note": "Look again."})

    assert send(bo, page, {"read": "y"}).status_code == 409
    assert bo.get(path(case, "decide")).status_code == 409


def test_sending_back_needs_a_note(house: House, sign_in: SignIn) -> None:
    case, bo = a_case(house, stage="recommended"), sign_in("bo_yip")

    assert fill_in(bo, path(case, "return")).status_code == 422
    assert fill_in(bo, path(case, "return"), {"note": "Look again."}).status_code == 303
    assert "Look again." in sign_in("ada_ko").get(path(case)).text


def test_the_decision_costs_at_most_ten_statements(house: House, sign_in: SignIn) -> None:
    recognition = a_recognition(house, status="conditional")
    case = house.session.get_one(Case, recognition.case_id)
    case.stage = Stage.RECOMMENDED
    house.session.commit()
    where, bo = path(case, "decide"), sign_in("bo_yip")

    with at_most(10):
        assert bo.get(where).status_code == 200
