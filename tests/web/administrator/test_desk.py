"""The desk in the browser: reading a file, verifying, judging, recommending, deciding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from portal.domain.cases import Stage
from portal.domain.credentials import Standing
from portal.models.cases import Case, Decision, Declaration
from portal.models.credentials import Credential
from portal.models.recognitions import Recognition
from portal.services.house import House
from tests.builders.applications import AMAC, a_credential
from tests.builders.decisions import (
    PAPER_1_CONDITION,
    a_case,
    a_recognition,
    an_actor,
    fact_seen,
    recommend_decline,
    recommend_grant,
    verify_everything,
)
from tests.builders.records import a_period_of_work
from tests.pages.form_filler import fill_in, send
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient

SignIn = Callable[[str], StrictClient]
LANGUAGES = ("en", "zh-Hant-HK", "zh-Hans-CN")


def path(case: Case, *rest: str) -> str:
    return "/".join(("/desk/cases", case.reference, *rest))


def fact_path(house: House, case: Case, qualification: str) -> str:
    return path(case, "facts", "credential", str(fact_seen(house, case, qualification).id))


def fresh(house: House, case: Case) -> Case:
    house.session.expire_all()
    return house.session.get_one(Case, case.id)


def in_language(client: StrictClient, tag: str) -> StrictClient:
    client.set_cookie("language", tag)
    return client


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_desk_reads_in_three_languages(house: House, sign_in: SignIn, tag: str) -> None:
    case = a_case(house, stage="recommended")

    page = in_language(sign_in("ada_ko"), tag).get(path(case))

    assert page.status_code == 200
    assert "陈伟" in page.text


@pytest.mark.parametrize(
    ("stage", "tag"),
    [
        ("submitted", "zh-Hant-HK"),
        ("under_assessment", "zh-Hans-CN"),
        ("granted", "zh-Hant-HK"),
        ("granted_with_conditions", "zh-Hans-CN"),
        ("declined", "zh-Hant-HK"),
    ],
)
def test_the_desk_reads_at_every_stage(house: House, sign_in: SignIn, stage: str, tag: str) -> None:
    case = a_case(house, stage=stage, has_paper=stage in ("submitted", "under_assessment", "granted"))

    assert in_language(sign_in("ada_ko"), tag).get(path(case)).status_code == 200


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_page_of_the_desk_reads_in_three_languages(house: House, sign_in: SignIn, tag: str) -> None:
    case = a_case(house, stage="under_assessment", has_paper=False)
    ada = in_language(sign_in("ada_ko"), tag)

    for rest in (
        fact_path(house, case, "amac.registration"),
        path(case, "findings", "fit_and_proper"),
        path(case, "recommend"),
    ):
        assert ada.get(rest).status_code == 200


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


def test_what_awaits_verification_comes_first(house: House, sign_in: SignIn) -> None:
    case, ada = a_case(house, stage="under_assessment"), sign_in("ada_ko")
    fill_in(
        ada, fact_path(house, case, "amac.registration"), {"finding": "yes", "method": "official_register"}
    )

    text = ada.get(path(case)).text

    first = str(fact_seen(house, case, "hksi.le.paper-1").id)
    assert text.index("To verify") < text.index(f"fact-{first}") < text.index("Looked at")
    assert text.index("Looked at") < text.index(f'id="fact-{fact_seen(house, case, "amac.registration").id}"')


def test_beginning_takes_the_case(house: House, sign_in: SignIn) -> None:
    case = a_case(house)

    answer = fill_in(sign_in("ada_ko"), path(case))

    assert answer.status_code == 303
    assert fresh(house, case).stage is Stage.UNDER_ASSESSMENT


def test_a_second_assignee_reads_that_there_is_one(house: House, sign_in: SignIn) -> None:
    case = a_case(house, stage="under_assessment")
    case.assigned_to = None
    house.session.commit()
    ada, bo = sign_in("ada_ko"), sign_in("bo_yip")
    page = in_language(bo, "en").get(path(case))
    fill_in(ada, path(case))

    answer = send(bo, page)

    assert answer.status_code == 422
    assert "A case has one assignee" in answer.text


def test_the_city_of_a_sitting_is_named_and_not_its_code(house: House, sign_in: SignIn) -> None:
    case = a_case(house, stage="submitted", has_paper=False)
    applicant = an_actor(house, "chen_wei")
    a_credential(house, applicant, "hksi.le.paper-1", awarded_on=date(2025, 11, 8), sitting_place="shenzhen")

    page = sign_in("ada_ko").get(path(case)).text

    assert "Where the paper was sat: Shenzhen" in page


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


def test_addresses_that_lead_nowhere_are_not_found(house: House, sign_in: SignIn) -> None:
    case, ada = a_case(house, stage="under_assessment"), sign_in("ada_ko")

    for rest in (
        path(case, "facts", "moon", str(uuid4())),
        path(case, "facts", "credential", str(uuid4())),
        path(case, "facts", "credential", "x"),
        path(case, "findings", "moon"),
        path(case, "findings", "paper_1"),
        "/desk/cases/HK-2222-2222",
        "/desk/recognitions/RH-2222-2222",
    ):
        assert ada.get(rest).status_code == 404, rest


def test_nothing_is_offered_that_would_be_refused(house: House, sign_in: SignIn) -> None:
    case = a_case(house, stage="under_assessment")
    where = fact_path(house, case, "amac.registration")

    assert where in sign_in("ada_ko").get(path(case)).text
    assert where not in sign_in("bo_yip").get(path(case)).text
    verify_everything(house, an_actor(house, "ada_ko"), case)
    recommend_grant(house, an_actor(house, "ada_ko"), case)
    assert where not in sign_in("ada_ko").get(path(case)).text
    assert sign_in("ada_ko").get(where).status_code == 409


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


def test_the_other_side_is_refused_everywhere(house: House, sign_in: SignIn) -> None:
    case, su = a_case(house, stage="recommended"), sign_in("su_qing")

    for rest in ("", "recommend", "decide", "return", "findings/fit_and_proper"):
        assert su.get(path(case, *([rest] if rest else []))).status_code == 403, rest


def test_a_file_without_consent_stays_closed(house: House, sign_in: SignIn) -> None:
    case = a_case(house, stage="under_assessment")
    for given in house.session.scalars(select(Declaration).where(Declaration.kind == "crossing")):
        house.session.delete(given)
    house.session.commit()

    page = sign_in("ada_ko").get(path(case))

    assert page.status_code == 403
    assert "陈伟" not in page.text


def test_a_form_without_its_token_does_nothing(house: House, sign_in: SignIn) -> None:
    case = a_case(house)

    answer = sign_in("ada_ko").post(path(case, "begin"), data={"version": case.version})

    assert answer.status_code == 400
    assert fresh(house, case).stage is Stage.SUBMITTED


@pytest.mark.parametrize("rest", ["", "recommend", "findings/fit_and_proper", "fact"])
def test_the_pages_of_the_desk_cost_at_most_twelve_statements(
    house: House, sign_in: SignIn, rest: str
) -> None:
    # The dearest case: a recognition stands, and its conditions are finished.
    recognition = a_recognition(house, status="conditional")
    case = house.session.get_one(Case, recognition.case_id)
    case.stage = Stage.UNDER_ASSESSMENT
    house.session.commit()
    where = (
        fact_path(house, case, "amac.registration")
        if rest == "fact"
        else path(case, *([rest] if rest else []))
    )
    ada = sign_in("ada_ko")

    with at_most(12):
        assert ada.get(where).status_code == 200


def test_the_decision_costs_at_most_ten_statements(house: House, sign_in: SignIn) -> None:
    recognition = a_recognition(house, status="conditional")
    case = house.session.get_one(Case, recognition.case_id)
    case.stage = Stage.RECOMMENDED
    house.session.commit()
    where, bo = path(case, "decide"), sign_in("bo_yip")

    with at_most(10):
        assert bo.get(where).status_code == 200


def test_the_mainland_desk_works_alike(house: House, sign_in: SignIn) -> None:
    case, su = a_case(house, target=AMAC), sign_in("su_qing")

    assert fill_in(su, path(case)).status_code == 303
    assert su.get(path(case)).status_code == 200
    assert not house.session.scalars(select(Recognition)).all()
