"""The page on which people describe themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.credentials import Standing
from portal.domain.people import Actor
from portal.models.people import PersonalFact
from portal.services.house import House
from portal.services.people import read_oneself
from tests.builders.records import a_description
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import a_day, errors_of, fields_of, form_of, resend, send, words_of

Cast = Callable[[str], Actor]
SignIn = Callable[[str], StrictClient]
PATH = "/me/about-me"


def test_names_birthday_and_answers_are_kept(house: House, sign_in: SignIn, actor: Cast) -> None:
    answer = send(
        sign_in("mei_lam"),
        PATH,
        name_latin="LAM Mei",
        name_chinese="林美",
        **a_day("born_on", 1990, 5, 17),
        fact_chinese_citizen="yes",
        fact_hk_permanent_resident="no",
    )
    assert answer.status_code == 303
    said = read_oneself(house, actor("mei_lam")).description
    assert (said.name_latin, said.name_chinese, said.born_on) == ("LAM Mei", "林美", date(1990, 5, 17))
    assert said.answers == {"chinese_citizen": True, "hk_permanent_resident": False}


def test_no_answer_is_not_a_no(house: House, sign_in: SignIn, actor: Cast) -> None:
    mei = sign_in("mei_lam")
    send(mei, PATH, name_latin="LAM Mei", fact_chinese_citizen="no")
    send(mei, PATH, fact_chinese_citizen="unstated")
    assert read_oneself(house, actor("mei_lam")).facts == {}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name_latin": ""}, "Enter your name in Latin letters or in Chinese."),
        ({"name_latin": "L" * 121}, "Use 120 characters or fewer. You typed 121."),
        ({"name_chinese": "林" * 61}, "Use 60 characters or fewer. You typed 61."),
        (a_day("born_on", 2030, 1, 1), "A date of birth is in the past. Check the year."),
        (a_day("born_on", 1990, 2, 31), "Date of birth must be a real date."),
        ({"home": "moon"}, "Choose one from the list."),
        ({"fact_chinese_citizen": "perhaps"}, "Choose one from the list."),
    ],
)
def test_every_slip_is_named_and_everything_typed_is_kept(
    house: House, sign_in: SignIn, actor: Cast, changes: dict[str, str], message: str
) -> None:
    before = read_oneself(house, actor("mei_lam"))
    page = send(sign_in("mei_lam"), PATH, **{"name_latin": "LAM Mei", **changes})
    assert page.status_code == 422
    assert errors_of(page) == [message]
    kept = fields_of(form_of(page))
    assert kept["name_latin"] == changes.get("name_latin", "LAM Mei")
    assert read_oneself(house, actor("mei_lam")) == before


def test_a_verified_fact_warns_before_it_is_changed(house: House, sign_in: SignIn, actor: Cast) -> None:
    a_description(house, actor("mei_lam"), answers={"chinese_citizen": True})
    for row in house.session.scalars(select(PersonalFact)):
        row.standing = Standing.VERIFIED
    house.session.commit()
    mei = sign_in("mei_lam")
    assert "If you change one, its verification ends" in words_of(mei.get(PATH))
    send(mei, PATH, fact_chinese_citizen="no")
    facts = read_oneself(house, actor("mei_lam")).facts
    assert facts["chinese_citizen"].standing is Standing.DECLARED
    assert facts["born_on"].standing is Standing.VERIFIED


def test_a_stale_form_shows_both_sides_and_keeps_what_was_typed(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    mei = sign_in("mei_lam")
    send(mei, PATH, name_latin="LAM Mei")
    page = mei.get(PATH)
    a_description(house, actor("mei_lam"), name_latin="LAM Mei Ling", name_chinese="")
    stale = resend(mei, page, name_latin="LAM Mei Yee")
    assert stale.status_code == 409
    assert "LAM Mei Ling" in words_of(stale)
    assert fields_of(form_of(stale))["name_latin"] == "LAM Mei Yee"
    assert resend(mei, stale).status_code == 303
    assert read_oneself(house, actor("mei_lam")).description.name_latin == "LAM Mei Yee"


def test_a_double_click_saves_once(house: House, sign_in: SignIn, actor: Cast) -> None:
    mei = sign_in("mei_lam")
    page = mei.get(PATH)
    for _ in range(2):
        assert resend(mei, page, name_latin="LAM Mei").status_code == 303
