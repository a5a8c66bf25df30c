"""The pages about work: the history with its totals, registering, changing, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest

from portal.domain.credentials import Standing
from portal.domain.people import Actor
from portal.models.credentials import WorkPeriod
from portal.services.house import House
from portal.services.work_history import own_work, own_work_period
from tests.builders.records import a_description, a_period_of_work, work_answers
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import a_day, errors_of, fields_of, form_of, resend, send, words_of

Cast = Callable[[str], Actor]
SignIn = Callable[[str], StrictClient]
GOOD = {
    "employer": "Harbour Works Limited",
    "employer_kind": "hk-authorized-institution",
    "place": "hk",
    "functions": ["credit-risk", "compliance"],
    "share": "full",
    **a_day("begun_on", 2020, 1, 1),
}


@pytest.mark.parametrize(
    ("share", "typed", "percent", "words"),
    [
        ("full", "", 100, "Full time"),
        ("part", "50", 50, "50% of full time"),
        ("part", "50 %", 50, "50% of full time"),
        ("unsure", "", None, "not sure whether full or part time"),
        ("full", "30", 100, "Full time"),
    ],
)
def test_a_period_is_registered_with_its_share(
    house: House, sign_in: SignIn, actor: Cast, share: str, typed: str, percent: int | None, words: str
) -> None:
    mei = sign_in("mei_lam")
    answer = send(mei, "/me/work/new", **{**GOOD, "share": share, "share_percent": typed})
    assert answer.status_code == 303
    (record,) = own_work(house, actor("mei_lam"))
    assert record.said.share_percent == percent
    assert words in words_of(mei.get("/me/work"))


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ({"employer": ""}, ["Enter the name of the employer."]),
        ({"employer": "x" * 161}, ["Use 160 characters or fewer. You typed 161."]),
        ({"employer_kind": ""}, ["Choose the kind of employer."]),
        ({"employer_kind": "circus"}, ["Choose one from the list."]),
        ({"place": "moon"}, ["Choose one from the list."]),
        ({"functions": []}, ["Choose at least one kind of work."]),
        ({"functions": ["juggling"]}, ["“juggling” is not in the list. Choose again."]),
        ({"share": ""}, ["Choose full time, part time or not sure."]),
        ({"share": "part", "share_percent": ""}, ["Enter a whole number from 1 to 99."]),
        ({"share": "part", "share_percent": "half"}, ["Enter a whole number from 1 to 99."]),
        ({"share": "part", "share_percent": "0"}, ["Enter a whole number from 1 to 99."]),
        ({"share": "part", "share_percent": "9" * 30}, ["Enter a whole number from 1 to 99."]),
        (
            a_day("begun_on", 2027, 1, 1),
            ["This day has not come yet. Enter a day that is today or in the past."],
        ),
        (a_day("begun_on", 2000, 1, 1), ["You were younger than 14 on this day. Check the year."]),
        (a_day("begun_on", 2021, 13, 1), ["First day must be a real date."]),
        (a_day("ended_on", 2019, 1, 1), ["The end must be on or after the first day."]),
        (
            a_day("ended_on", 2027, 1, 1),
            ["This day has not come yet. Leave the last day empty while you work there."],
        ),
    ],
)
def test_every_slip_is_named_at_its_field_and_nothing_is_recorded(
    house: House, sign_in: SignIn, actor: Cast, changes: dict[str, object], messages: list[str]
) -> None:
    a_description(house, actor("mei_lam"))
    page = send(sign_in("mei_lam"), "/me/work/new", **{**GOOD, **changes})
    assert page.status_code == 422
    assert errors_of(page) == messages
    assert own_work(house, actor("mei_lam")) == []


def test_what_was_typed_stands_in_the_form_again(sign_in: SignIn) -> None:
    page = send(sign_in("mei_lam"), "/me/work/new", **{**GOOD, "share": "part", "share_percent": "many"})
    kept = fields_of(form_of(page))
    assert kept["employer"] == "Harbour Works Limited"
    assert kept["functions"] == ["credit-risk", "compliance"]
    assert (kept["share"], kept["share_percent"]) == (["part"], "many")
    assert kept["begun_on-year"] == "2020"


def test_a_double_click_is_one_period(house: House, sign_in: SignIn, actor: Cast) -> None:
    mei = sign_in("mei_lam")
    page = mei.get("/me/work/new")
    first, again = resend(mei, page, **GOOD), resend(mei, page, **GOOD)
    assert first.location == again.location
    assert len(own_work(house, actor("mei_lam"))) == 1


def a_history(house: House, mei: Actor) -> None:
    for said in (
        work_answers(functions=("asset-management",), begun_on=date(2020, 6, 1), ended_on=date(2022, 5, 31)),
        work_answers(
            employer="Lantau Labs",
            functions=("asset-management",),
            begun_on=date(2022, 3, 1),
            ended_on=date(2023, 8, 31),
            share_percent=50,
        ),
        work_answers(
            employer="Kwun Tong Funds",
            functions=("asset-management",),
            begun_on=date(2024, 3, 1),
            ended_on=date(2024, 11, 30),
        ),
    ):
        a_period_of_work(house, mei, said=said)


def test_the_history_adds_up_shows_overlaps_and_shows_gaps(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    a_history(house, actor("mei_lam"))
    words = words_of(sign_in("mei_lam").get("/me/work"))
    assert "Asset management 40 months 4 years" in words
    assert "Harbour Works Limited and Lantau Labs overlap from 1 March 2022 to 31 May 2022." in words
    assert "From 1 September 2023 to 29 February 2024 no work is stated." in words
    assert "From 1 December 2024 to 22 November 2026 no work is stated." in words


def test_a_gap_stands_between_the_periods_it_parts(house: House, sign_in: SignIn, actor: Cast) -> None:
    a_history(house, actor("mei_lam"))
    page = sign_in("mei_lam").get("/me/work").text
    order = [
        "From 1 December 2024",
        "Kwun Tong Funds",
        "From 1 September 2023",
        "Lantau Labs",
        "Harbour Works",
    ]
    assert [page.index(f">{words}") for words in order[:4]] == sorted(
        page.index(f">{words}") for words in order[:4]
    )
    assert page.index(">Lantau Labs") < page.index("overlap from") < page.index(">Harbour Works Limited<")


def test_a_withdrawn_period_is_not_counted(house: House, sign_in: SignIn, actor: Cast) -> None:
    made = a_period_of_work(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    assert send(mei, f"/me/work/{made}/withdraw").status_code == 303
    words = words_of(mei.get("/me/work"))
    assert "What it adds up to" not in words
    assert "1 withdrawn period" in words
    assert mei.get(f"/me/work/{made}/change").status_code == 303


def verify(house: House, work_id: UUID) -> None:
    row = house.session.get(WorkPeriod, work_id)
    assert row is not None
    row.standing = Standing.VERIFIED
    house.session.commit()


def test_changing_a_verified_period_says_what_it_costs_and_costs_it(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    made = a_period_of_work(house, actor("mei_lam"))
    verify(house, made)
    mei = sign_in("mei_lam")
    page = mei.get(f"/me/work/{made}/change")
    assert "If you change it, the verification ends" in words_of(page)
    assert resend(mei, page).status_code == 303
    assert own_work_period(house, actor("mei_lam"), made).standing is Standing.VERIFIED
    assert resend(mei, mei.get(f"/me/work/{made}/change"), manages="y").status_code == 303
    assert own_work_period(house, actor("mei_lam"), made).standing is Standing.DECLARED


def test_a_stale_form_shows_both_sides_and_keeps_what_was_typed(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    made = a_period_of_work(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    page = mei.get(f"/me/work/{made}/change")
    send(sign_in("mei_lam"), f"/me/work/{made}/change", employer="Lantau Labs")
    stale = resend(mei, page, employer="Kwun Tong Funds")
    assert stale.status_code == 409
    assert "Lantau Labs" in words_of(stale)
    assert fields_of(form_of(stale))["employer"] == "Kwun Tong Funds"
    assert resend(mei, stale).status_code == 303
    assert own_work_period(house, actor("mei_lam"), made).said.employer == "Kwun Tong Funds"


@pytest.mark.parametrize("tail", ["change", "withdraw"])
def test_another_persons_period_does_not_exist(house: House, sign_in: SignIn, actor: Cast, tail: str) -> None:
    made = a_period_of_work(house, actor("mei_lam"))
    assert sign_in("chen_wei").get(f"/me/work/{made}/{tail}").status_code == 404
    assert sign_in("mei_lam").get(f"/me/work/{uuid4()}/{tail}").status_code == 404


def test_a_long_history_takes_no_more_statements_and_stays_a_list(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    me = actor("mei_lam")
    for year in range(2010, 2025):
        said = work_answers(employer=f"Firm {year}", begun_on=date(year, 1, 1), ended_on=date(year, 12, 31))
        a_period_of_work(house, me, said=said)
    mei = sign_in("mei_lam")
    with at_most(12):
        page = mei.get("/me/work")
    assert page.text.count('id="work-') == 15
    assert page.text.count("<dl") == 0
    assert len(page.data) < 80_000
