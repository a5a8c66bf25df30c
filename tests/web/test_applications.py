"""Applying in the browser: begin, come back, agree, check, submit, follow, withdraw."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from portal.domain.cases import Stage
from portal.domain.declarations import DeclarationKind
from portal.models.cases import Case, CaseMove, Declaration, Letter
from portal.services.house import House
from portal.services.own_cases import OwnApplication, read_applications
from portal.web.messages.applications import MESSAGES
from tests.builders.applications import (
    AMAC,
    TRACK,
    TYPE_9,
    a_file,
    a_name,
    an_application,
    read_draft,
    statements,
    the_person,
)
from tests.pages.strict_client import StrictClient

SignIn = Callable[[str], StrictClient]
LANGUAGES = ("en", "zh-Hant-HK", "zh-Hans-CN")


def read(client: StrictClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:400]
    return BeautifulSoup(answer.text, "html.parser")


def words(page: BeautifulSoup) -> str:
    return " ".join(page.main.get_text(" ").split()) if page.main else ""


def fields_of(page: BeautifulSoup) -> dict[str, str]:
    """The hidden fields of the page's own form."""
    form = page.main.find("form")
    assert form is not None
    return {box["name"]: box.get("value", "") for box in form.select("input[type=hidden]")}


def send(client: StrictClient, address: str, form_at: str | None = None, **typed: str) -> BeautifulSoup:
    """Send a page's form and follow where it leads."""
    fields = fields_of(read(client, form_at or address))
    answer = client.post(address, data={**fields, **typed}, follow_redirects=True)
    page = BeautifulSoup(answer.text, "html.parser")
    page.status = answer.status_code  # type: ignore[attr-defined]
    return page


def address_of(application: OwnApplication, page: str = "") -> str:
    return f"/me/applications/{application.id}{page}"


def test_the_whole_way_from_the_first_question_to_a_number(house: House, sign_in: SignIn) -> None:
    actor = a_file(house)
    client = sign_in("mei_lam")
    start = "/me/applications/start"
    page = send(client, start, f"{start}?track={TRACK}", hk=TYPE_9, sz=AMAC)
    assert "What is left to do" in words(page)
    application = read_applications(house, actor)[0]
    assert "Cannot start yet" in words(page)

    ticks = dict.fromkeys(statements(house, actor, application), "y")
    page = send(client, address_of(application, "/declarations"), **ticks)
    assert "Your declarations and consents are recorded." in words(page)

    check = words(read(client, address_of(application, "/check")))
    assert "LAM Mei" in check
    assert "Harbour Works" in check
    assert "This programme’s officers for Shenzhen" in check
    assert "Your file crosses the boundary to Shenzhen for this." in check
    assert "On what is verified" in check

    page = send(client, address_of(application, "/check"))
    assert "We have your application." in words(page)
    assert "It is the officers’ turn in Hong Kong." in words(page)
    assert "People decide" in words(page)
    stages = house.session.scalars(select(Case.stage)).all()
    assert set(stages) == {Stage.SUBMITTED}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_reads_in_every_language(house: House, sign_in: SignIn, language: str) -> None:
    actor = a_file(house)
    application = an_application(house, actor)
    client = sign_in("mei_lam")
    client.set_cookie("language", language)
    pages = [
        "/me/applications",
        "/me/applications/start",
        "/me/applications/start?track=credit-risk",
        address_of(application),
        address_of(application, "/declarations"),
        address_of(application, "/check"),
        f"/me/cases/{application.cases[0].reference}/withdraw",
    ]
    for page in pages:
        assert read(client, page).html["lang"] == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_says_whose_turn_it_is_in_every_language(
    house: House, sign_in: SignIn, language: str
) -> None:
    application = an_application(house, a_file(house), targets=[TYPE_9], stage="submitted")
    case = house.session.get_one(Case, application.cases[0].id)
    client = sign_in("mei_lam")
    client.set_cookie("language", language)
    seen = set()
    for stage in Stage:
        case.stage = stage
        house.session.commit()
        seen.add(words(read(client, address_of(application))))
        read(client, "/me/applications")
    assert len(seen) == len(Stage)


def test_nothing_is_ticked_beforehand_and_each_statement_has_its_own_box(
    house: House, sign_in: SignIn
) -> None:
    application = an_application(house, a_file(house))
    page = read(sign_in("mei_lam"), address_of(application, "/declarations"))
    boxes = page.select("input[type=checkbox]")
    assert len(boxes) == 5
    assert not [box for box in boxes if box.has_attr("checked")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_ticks_each_statement_is_answered_at_its_box(
    house: House, sign_in: SignIn, language: str
) -> None:
    application = an_application(house, a_file(house))
    client = sign_in("mei_lam")
    client.set_cookie("language", language)
    page = send(client, address_of(application, "/declarations"))
    assert page.status == 422
    assert len(page.select(".govuk-error-message")) == 5
    assert house.session.scalar(select(func.count()).select_from(Declaration)) == 0


def test_a_tick_that_was_given_stays_when_another_is_missing(house: House, sign_in: SignIn) -> None:
    application = an_application(house, a_file(house))
    page = send(sign_in("mei_lam"), address_of(application, "/declarations"), truth="y")
    assert page.find(id="truth").has_attr("checked")
    assert len(page.select(".govuk-error-message")) == 4


def test_the_words_are_recorded_in_the_language_in_which_they_were_read(
    house: House, sign_in: SignIn
) -> None:
    actor = a_file(house)
    application = an_application(house, actor, targets=[AMAC])
    client = sign_in("mei_lam")
    client.set_cookie("language", "zh-Hant-HK")
    ticks = dict.fromkeys(statements(house, actor, application), "y")
    send(client, address_of(application, "/declarations"), **ticks)
    given = read_draft(house, actor, application.id).cases[0].declarations
    assert {one.language for one in given} == {"zh_Hant_HK"}
    assert given[0].wording.startswith("就本人所知")


@pytest.mark.parametrize("change", [{"wording_version": "1999-01-01"}, {"read_in": "tlh"}])
def test_words_nobody_read_are_not_recorded(house: House, sign_in: SignIn, change: dict[str, str]) -> None:
    actor = a_file(house)
    application = an_application(house, actor)
    ticks = dict.fromkeys(statements(house, actor, application), "y")
    page = send(sign_in("mei_lam"), address_of(application, "/declarations"), **ticks, **change)
    assert page.status == 422
    assert "The wording has changed" in words(page)
    assert house.session.scalar(select(func.count()).select_from(Declaration)) == 0


def test_an_unknown_track_is_answered_at_the_question(sign_in: SignIn) -> None:
    page = read(sign_in("mei_lam"), "/me/applications/start?track=juggling", status=422)
    assert "Choose one from the list." in words(page)


def test_neither_side_chosen_is_said_at_both(sign_in: SignIn) -> None:
    start = "/me/applications/start"
    page = send(sign_in("mei_lam"), start, f"{start}?track={TRACK}")
    assert page.status == 422
    assert len(page.select(".govuk-error-message")) == 2


def test_refusing_both_sides_is_no_application(house: House, sign_in: SignIn) -> None:
    start = "/me/applications/start"
    page = send(sign_in("mei_lam"), start, f"{start}?track={TRACK}", hk="none", sz="none")
    assert "Choose what to apply for on at least one side." in words(page)
    assert house.session.scalar(select(func.count()).select_from(Case)) == 0


def test_a_target_of_another_track_is_refused(house: House, sign_in: SignIn) -> None:
    start = "/me/applications/start"
    page = send(sign_in("mei_lam"), start, f"{start}?track={TRACK}", hk="hk.hkib.fintech.core", sz="none")
    assert page.status == 422
    assert house.session.scalar(select(func.count()).select_from(Case)) == 0


def test_a_second_application_for_one_target_leads_to_the_first(house: House, sign_in: SignIn) -> None:
    first = an_application(house, a_file(house), targets=[TYPE_9])
    start = "/me/applications/start"
    page = send(sign_in("mei_lam"), start, f"{start}?track={TRACK}", hk=TYPE_9, sz=AMAC)
    assert page.status == 422
    assert first.cases[0].reference in page.select_one(".govuk-error-message").get_text()
    assert page.select(f'a[href="{address_of(first)}"]')


def test_a_double_click_begins_one_application(house: House, sign_in: SignIn) -> None:
    a_file(house)
    client = sign_in("mei_lam")
    start = "/me/applications/start"
    fields = fields_of(read(client, f"{start}?track={TRACK}"))
    answers = [client.post(start, data={**fields, "hk": TYPE_9, "sz": "none"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert house.session.scalar(select(func.count()).select_from(Case)) == 1


def test_submitting_twice_is_one_submission(house: House, sign_in: SignIn) -> None:
    application = an_application(house, a_file(house), stage="declared")
    client = sign_in("mei_lam")
    check = address_of(application, "/check")
    fields = fields_of(read(client, check))
    answers = [client.post(check, data=fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert house.session.scalar(select(func.count()).select_from(CaseMove)) == 2


def test_a_check_drawn_before_a_withdrawal_submits_nothing(house: House, sign_in: SignIn) -> None:
    application = an_application(house, a_file(house), stage="declared")
    client = sign_in("mei_lam")
    check = address_of(application, "/check")
    fields = fields_of(read(client, check))
    send(client, f"/me/cases/{application.cases[0].reference}/withdraw")
    answer = client.post(check, data=fields)
    assert answer.status_code == 409
    stages = house.session.scalars(select(Case.stage).order_by(Case.jurisdiction)).all()
    assert stages == [Stage.WITHDRAWN, Stage.DRAFT]


@pytest.mark.parametrize("version", ["0", "99", "", "many"])
def test_a_stale_version_is_a_conflict(house: House, sign_in: SignIn, version: str) -> None:
    application = an_application(house, a_file(house), stage="declared")
    client = sign_in("mei_lam")
    check = address_of(application, "/check")
    fields = fields_of(read(client, check))
    answer = client.post(check, data={**fields, "version": version})
    assert answer.status_code in (409, 422)
    assert house.session.scalar(select(func.count()).select_from(CaseMove)) == 0


def test_what_is_missing_is_said_on_the_page_that_submits(house: House, sign_in: SignIn) -> None:
    client = sign_in("mei_lam")
    actor = a_name(house)
    application = an_application(house, actor, stage="declared")
    page = send(client, address_of(application, "/check"))
    assert page.status == 422
    assert "Without one there is nothing to assess." in words(page)


def test_a_case_is_withdrawn_after_a_question(house: House, sign_in: SignIn) -> None:
    application = an_application(house, a_file(house), stage="submitted")
    reference = application.cases[0].reference
    client = sign_in("mei_lam")
    address = f"/me/cases/{reference}/withdraw"
    assert f"Withdraw the application {reference}?" in words(read(client, address))
    page = send(client, address)
    assert f"The application {reference} is withdrawn." in words(page)
    assert "You withdrew this application." in words(page)
    assert read(client, address, status=409)


def test_a_withdrawal_seen_too_late_is_a_conflict(house: House, sign_in: SignIn) -> None:
    application = an_application(house, a_file(house), stage="submitted")
    case = house.session.get_one(Case, application.cases[0].id)
    client = sign_in("mei_lam")
    address = f"/me/cases/{case.reference}/withdraw"
    fields = fields_of(read(client, address))
    case.stage = Stage.UNDER_ASSESSMENT
    house.session.commit()
    assert client.post(address, data=fields).status_code == 409


def test_the_timeline_and_the_letter_are_on_the_page(house: House, sign_in: SignIn) -> None:
    application = an_application(house, a_file(house), targets=[TYPE_9], stage="submitted")
    house.session.add(
        Letter(
            id=house.new_key(),
            case_id=application.cases[0].id,
            kind="granted",
            language="zh_Hant_HK",
            subject="申請已有決定",
            body="林美女士：\n\n申請獲批准。",
            written_at=house.clock.now(),
        )
    )
    house.session.commit()
    page = read(sign_in("mei_lam"), address_of(application))
    assert "You submitted the application." in words(page)
    letter = page.find(attrs={"lang": "zh-Hant-HK"}, string=re.compile("申請已有決定"))
    assert letter is not None
    assert "申請獲批准。" in words(page)


def test_what_was_declared_can_be_read_again(house: House, sign_in: SignIn) -> None:
    application = an_application(house, a_file(house), stage="submitted")
    page = words(read(sign_in("mei_lam"), address_of(application)))
    assert "What I have declared in this file is true" in page
    assert "wording of 2026-11-22.3" in page


def test_strangers_find_nothing(house: House, sign_in: SignIn) -> None:
    application = an_application(house, a_file(house), stage="declared")
    the_person(house, "chen_wei")
    client = sign_in("chen_wei")
    for page in ("", "/declarations", "/check"):
        read(client, address_of(application, page), status=404)
    read(client, f"/me/cases/{application.cases[0].reference}/withdraw", status=404)


def test_a_submitted_application_has_nothing_left_to_declare_or_check(house: House, sign_in: SignIn) -> None:
    application = an_application(house, a_file(house), stage="submitted")
    client = sign_in("mei_lam")
    for page in ("/declarations", "/check"):
        read(client, address_of(application, page), status=409)


def test_made_up_addresses_are_not_found(sign_in: SignIn) -> None:
    client = sign_in("mei_lam")
    read(client, f"/me/applications/{UUID(int=7)}", status=404)
    read(client, "/me/applications/seven", status=404)
    read(client, "/me/cases/HK-2222-2222/withdraw", status=404)


def test_a_form_without_its_token_does_nothing(house: House, sign_in: SignIn) -> None:
    application = an_application(house, a_file(house), stage="declared")
    client = sign_in("mei_lam")
    answer = client.post(address_of(application, "/check"), data={"version": "2"})
    assert answer.status_code == 400
    assert house.session.scalar(select(func.count()).select_from(CaseMove)) == 0


def test_applying_is_for_professionals_alone(client: StrictClient, sign_in: SignIn) -> None:
    assert client.get("/me/applications").status_code == 303
    assert sign_in("wu_hai").get("/me/applications").status_code == 403


def test_every_statement_that_may_be_missing_has_its_own_sentence() -> None:
    sentences = {str(MESSAGES[f"declarations.{kind}_missing"]) for kind in DeclarationKind}
    assert len(sentences) == len(DeclarationKind)
