"""The desk in the browser: reading a file, taking it on, and who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.domain.cases import Stage
from portal.models.cases import Case, Declaration
from portal.models.recognitions import Recognition
from portal.services.house import House
from tests.builders.applications import AMAC, a_credential
from tests.builders.decisions import (
    a_case,
    a_recognition,
    an_actor,
    fact_seen,
    recommend_grant,
    verify_everything,
)
from tests.pages.form_filler import fill_in, send
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient
from tests.web.administrator.desk import LANGUAGES, fact_path, fresh, in_language, path

SignIn = Callable[[str], StrictClient]


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


def test_the_mainland_desk_works_alike(house: House, sign_in: SignIn) -> None:
    case, su = a_case(house, target=AMAC), sign_in("su_qing")

    assert fill_in(su, path(case)).status_code == 303
    assert su.get(path(case)).status_code == 200
    assert not house.session.scalars(select(Recognition)).all()
