"""The pages about credentials: finding, registering, changing, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal.domain.credentials import Standing
from portal.domain.people import Actor
from portal.models.credentials import Credential
from portal.services.credentials import own_credential, own_credentials
from portal.services.house import House
from tests.builders.records import a_credential, a_description, a_document, credential_fact
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import (
    a_day,
    errors_of,
    fields_of,
    form_of,
    resend,
    send,
    title_of,
    words_of,
)

Cast = Callable[[str], Actor]
SignIn = Callable[[str], StrictClient]
NEW_PAPER = "/me/credentials/new/hksi.le.paper-1"
NEW_DEGREE = "/me/credentials/new/education.degree"


def verify(house: House, credential_id: UUID) -> None:
    row = house.session.get(Credential, credential_id)
    assert row is not None
    row.standing = Standing.VERIFIED
    house.session.commit()


def count(house: House) -> int:
    return house.session.scalar(select(func.count()).select_from(Credential)) or 0


def test_a_search_answers_in_any_script_and_leads_to_the_form(sign_in: SignIn) -> None:
    mei = sign_in("mei_lam")
    for typed in ("卷一", "HKSI Paper 1", "hksi paper 1"):
        page = mei.get("/me/credentials/find", query_string={"q": typed})
        assert NEW_PAPER in page.text
    assert mei.get(NEW_PAPER).status_code == 200


def test_an_ambiguous_abbreviation_shows_its_question_and_both(sign_in: SignIn) -> None:
    page = sign_in("mei_lam").get("/me/credentials/find?q=CFA")
    assert "can mean two things" in words_of(page)
    assert "/new/cfa-institute.charter" in page.text
    assert "/new/cfa-china.futures.qualification" in page.text


def test_a_typing_error_is_answered_with_a_question_and_not_with_a_form(sign_in: SignIn) -> None:
    page = sign_in("mei_lam").get("/me/credentials/find?q=CISPP")
    assert page.status_code == 200
    assert "Did you mean one of these?" in words_of(page)
    assert "/new/isc2.cissp" in page.text


def test_what_is_not_in_the_catalogue_leads_somewhere(sign_in: SignIn) -> None:
    page = sign_in("mei_lam").get("/me/credentials/find?q=firewall+engineer")
    assert "Nothing found" in words_of(page)
    assert "Mine is not listed" in words_of(page)


def test_an_overlong_search_is_refused_at_its_field(sign_in: SignIn) -> None:
    page = sign_in("mei_lam").get("/me/credentials/find", query_string={"q": "x" * 101})
    assert page.status_code == 422
    assert errors_of(page) == ["Use 100 characters or fewer. You typed 101."]


def test_programme_completions_are_not_offered(sign_in: SignIn) -> None:
    mei = sign_in("mei_lam")
    assert "/new/bridging." not in mei.get("/me/credentials/find?q=corporate+credit").text
    assert mei.get("/me/credentials/new/bridging.dual-qualification.corporate-credit").status_code == 404


def test_a_credential_is_registered_and_shown(house: House, sign_in: SignIn, actor: Cast) -> None:
    mei = sign_in("mei_lam")
    answer = send(
        mei, NEW_DEGREE, **a_day("awarded_on", 2012, 7, 1), level="bachelor", field="finance", number="A-17"
    )
    assert answer.status_code == 303
    page = mei.get(answer.location)
    words = words_of(page)
    for part in ("Bachelor’s degree", "Finance", "A-17", "1 July 2012", "Declared", "Attach a document"):
        assert part in words
    assert count(house) == 1
    assert "School, college" in words_of(mei.get("/me/credentials"))


@pytest.mark.parametrize(
    ("path", "typed", "messages"),
    [
        (NEW_PAPER, {}, ["Enter the day. It is printed on the document."]),
        (NEW_PAPER, a_day("awarded_on", 2025, 2, 30), ["Day you sat the paper must be a real date."]),
        (
            NEW_PAPER,
            a_day("awarded_on", 25, 2, 3),
            ["Day you sat the paper must have a year of four digits, such as 2026."],
        ),
        (NEW_PAPER, a_day("awarded_on", 2025, "", 3), ["Day you sat the paper must include a month."]),
        (
            NEW_PAPER,
            a_day("awarded_on", 2026, 11, 23),
            ["This day has not come yet. Enter a day that is today or in the past."],
        ),
        (NEW_PAPER, a_day("awarded_on", 1980, 1, 1), ["This day is before your date of birth. Check both."]),
        (NEW_DEGREE, {**a_day("awarded_on", 2012, 7, 1), "level": ""}, ["Choose the level."]),
        (NEW_DEGREE, {**a_day("awarded_on", 2012, 7, 1), "level": "emperor"}, ["Choose one from the list."]),
        (
            NEW_DEGREE,
            {**a_day("awarded_on", 2012, 7, 1), "level": "master", "school": "x" * 161},
            ["Use 160 characters or fewer. You typed 161."],
        ),
        (
            "/me/credentials/new/cba.intermediate.law",
            {**a_day("awarded_on", 2025, 6, 14), "score": "eighty"},
            ["Enter the score as a whole number from 0 to 1000."],
        ),
        (
            "/me/credentials/new/sfc.rep.type-9",
            {**a_day("begun_on", 2020, 5, 3), **a_day("ended_on", 2019, 5, 3)},
            ["The end must be on or after the first day."],
        ),
        (
            "/me/credentials/new/sfc.rep.type-9",
            {**a_day("begun_on", 2020, 5, 3), **a_day("ended_on", 2027, 5, 3)},
            ["This day has not come yet. Leave the end empty while you hold it."],
        ),
        (
            "/me/credentials/new/sfc.rep.type-9",
            {**a_day("begun_on", 2030, 1, 1), **a_day("ended_on", 2019, "x", 3), "number": "9" * 61},
            [
                "This day has not come yet. Enter a day that is today or in the past.",
                "Day it ended must be a real date.",
                "Use 60 characters or fewer. You typed 61.",
            ],
        ),
    ],
)
def test_every_slip_is_named_at_its_field_and_everything_typed_is_kept(
    house: House, sign_in: SignIn, actor: Cast, path: str, typed: dict[str, str], messages: list[str]
) -> None:
    a_description(house, actor("mei_lam"))
    page = send(sign_in("mei_lam"), path, **typed)
    assert page.status_code == 422
    assert errors_of(page) == messages
    kept = fields_of(form_of(page))
    assert {name: kept.get(name) for name in typed if name != "level"} == {
        name: value for name, value in typed.items() if name != "level"
    }
    assert count(house) == 0


def test_the_same_again_is_asked_about_once(house: House, sign_in: SignIn, actor: Cast) -> None:
    a_credential(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    page = send(mei, NEW_PAPER, **a_day("awarded_on", 2025, 6, 14))
    assert page.status_code == 422
    assert "You have registered one like this already." in words_of(page)
    assert resend(mei, page, is_another="y").status_code == 303
    assert count(house) == 2


def test_a_double_click_is_one_credential(house: House, sign_in: SignIn) -> None:
    mei = sign_in("mei_lam")
    page = mei.get(NEW_PAPER)
    first = resend(mei, page, **a_day("awarded_on", 2025, 6, 14))
    again = resend(mei, page, **a_day("awarded_on", 2025, 6, 14))
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.location == again.location
    assert count(house) == 1


@pytest.mark.parametrize(
    "path", ["/me/credentials/new/no.such.thing", f"/me/credentials/{UUID(int=7)}", "/me/credentials/7"]
)
def test_an_address_that_leads_nowhere_says_so(sign_in: SignIn, path: str) -> None:
    assert sign_in("mei_lam").get(path).status_code == 404


@pytest.mark.parametrize("tail", ["", "/change", "/withdraw"])
def test_another_persons_credential_does_not_exist(
    house: House, sign_in: SignIn, actor: Cast, tail: str
) -> None:
    made = a_credential(house, actor("mei_lam"))
    assert sign_in("chen_wei").get(f"/me/credentials/{made}{tail}").status_code == 404


def test_changing_a_verified_credential_says_what_it_costs_before_it_is_saved(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    made = a_credential(house, actor("mei_lam"))
    verify(house, made)
    mei = sign_in("mei_lam")
    page = mei.get(f"/me/credentials/{made}/change")
    assert "If you change it, the verification ends" in words_of(page)
    answer = resend(mei, page, **a_day("awarded_on", 2025, 6, 15))
    assert answer.status_code == 303
    assert own_credential(house, actor("mei_lam"), made).standing is Standing.DECLARED


def test_an_evidenced_credential_keeps_its_documents_and_says_so(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    made = a_credential(house, actor("mei_lam"), supported=True)
    page = sign_in("mei_lam").get(f"/me/credentials/{made}/change")
    assert "Documents are attached to it." in words_of(page)


def test_a_stale_form_shows_both_sides_and_keeps_what_was_typed(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    made = a_credential(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    page = mei.get(f"/me/credentials/{made}/change")
    send(sign_in("mei_lam"), f"/me/credentials/{made}/change", **a_day("awarded_on", 2025, 6, 20))
    stale = resend(mei, page, **a_day("awarded_on", 2025, 6, 15))
    assert stale.status_code == 409
    words = words_of(stale)
    assert "How it stands now: Declared" in words
    assert "20 June 2025" in words
    assert "15 June 2025" in words
    assert fields_of(form_of(stale))["awarded_on-day"] == "15"
    assert own_credential(house, actor("mei_lam"), made).days.awarded_on.day == 20  # type: ignore[union-attr]
    assert resend(mei, stale).status_code == 303
    assert own_credential(house, actor("mei_lam"), made).days.awarded_on.day == 15  # type: ignore[union-attr]


def test_a_form_without_its_version_is_stale(house: House, sign_in: SignIn, actor: Cast) -> None:
    made = a_credential(house, actor("mei_lam"))
    page = send(sign_in("mei_lam"), f"/me/credentials/{made}/change", version="")
    assert page.status_code == 409


def test_withdrawing_asks_first_and_ends_what_can_be_done(house: House, sign_in: SignIn, actor: Cast) -> None:
    made = a_credential(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    assert title_of(mei.get(f"/me/credentials/{made}/withdraw")) == "Withdraw this credential?"
    assert send(mei, f"/me/credentials/{made}/withdraw").status_code == 303
    assert "1 withdrawn credential" in words_of(mei.get("/me/credentials"))
    assert "Change it" not in words_of(mei.get(f"/me/credentials/{made}"))
    assert mei.get(f"/me/credentials/{made}/change").status_code == 303


def test_withdrawing_from_a_stale_page_does_nothing(house: House, sign_in: SignIn, actor: Cast) -> None:
    made = a_credential(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    page = mei.get(f"/me/credentials/{made}/withdraw")
    a_document(house, actor("mei_lam"), supports=credential_fact(made))
    assert resend(mei, page).status_code == 409
    assert own_credentials(house, actor("mei_lam"))[0].standing is Standing.EVIDENCED


@pytest.mark.parametrize("member", ["ada_ko", "wu_hai", "harbour_works", "sys"])
def test_others_have_no_credentials_page(sign_in: SignIn, member: str) -> None:
    assert sign_in(member).get("/me/credentials").status_code == 403


def test_what_was_typed_outlives_a_sign_in_that_ended(house: House, sign_in: SignIn) -> None:
    mei = sign_in("mei_lam")
    page = mei.get(NEW_DEGREE)
    with mei.session_transaction() as session:
        who = session.pop("_user_id")
    typed = {**a_day("awarded_on", 2012, 7, 1), "level": "master", "school": "Pearl River College"}
    answer = resend(mei, page, **typed)
    assert "sign-in" in answer.location
    with mei.session_transaction() as session:
        session["_user_id"], session["_fresh"] = who, True
    kept = fields_of(form_of(mei.get(NEW_DEGREE)))
    assert {name: kept[name] for name in typed} == typed
    assert count(house) == 0


def test_a_form_without_its_token_does_nothing_and_loses_nothing(house: House, sign_in: SignIn) -> None:
    mei = sign_in("mei_lam")
    typed = {**a_day("awarded_on", 2012, 7, 1), "level": "master", "school": "Pearl River College"}
    assert send(mei, NEW_DEGREE, csrf_token="", **typed).status_code == 400
    kept = fields_of(form_of(mei.get(NEW_DEGREE)))
    assert {name: kept[name] for name in typed} == typed
    assert count(house) == 0
