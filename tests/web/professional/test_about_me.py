"""The summary of oneself and the short form of each of its sections."""

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
NAMES, BIRTH, FACTS = f"{PATH}/names-on-letters", f"{PATH}/birth", f"{PATH}/facts"


def test_the_sections_are_kept_each_by_itself(house: House, sign_in: SignIn, actor: Cast) -> None:
    mei = sign_in("mei_lam")
    for path, typed in (
        (BIRTH, a_day("born_on", 1990, 5, 17)),
        (FACTS, {"fact_chinese_citizen": "yes", "fact_hk_permanent_resident": "no"}),
        (NAMES, {"name_latin": "LAM Mei", "name_chinese": "林美"}),
    ):
        assert send(mei, path, **typed).headers["Location"] == PATH
    said = read_oneself(house, actor("mei_lam")).description
    assert (said.name_latin, said.name_chinese, said.born_on) == ("LAM Mei", "林美", date(1990, 5, 17))
    assert said.answers == {"chinese_citizen": True, "hk_permanent_resident": False}
    summary = words_of(mei.get(PATH))
    for shown in ("LAM Mei", "林美", "17 May 1990", "I am a Chinese citizen."):
        assert shown in summary


def test_every_section_says_how_long_it_is_kept_and_who_said_so(sign_in: SignIn) -> None:
    summary = words_of(sign_in("mei_lam").get(PATH))
    assert summary.count("This period is illustrative until the operator sets it.") == 3
    assert summary.count("Kept until you remove it or erase your data.") == 1
    assert "what a decision rests on is kept for 7 years after it" in summary


def test_no_answer_is_not_a_no(house: House, sign_in: SignIn, actor: Cast) -> None:
    mei = sign_in("mei_lam")
    send(mei, FACTS, fact_chinese_citizen="no")
    send(mei, FACTS, fact_chinese_citizen="unstated")
    assert read_oneself(house, actor("mei_lam")).facts == {}


@pytest.mark.parametrize(
    ("path", "changes", "message"),
    [
        (NAMES, {"name_latin": ""}, "Enter your name in Latin letters or in Chinese."),
        (NAMES, {"name_latin": "L" * 121}, "Use 120 characters or fewer. You typed 121."),
        (NAMES, {"name_chinese": "林" * 61}, "Use 60 characters or fewer. You typed 61."),
        (
            NAMES,
            {"name_latin": "林美"},
            "Use Latin letters here. Chinese characters go in a name of another kind.",
        ),
        (
            NAMES,
            {"name_chinese": "LAM"},
            "Use Chinese characters here. Latin letters go in a name of another kind.",
        ),
        (BIRTH, a_day("born_on", 2030, 1, 1), "A date of birth is in the past. Check the year."),
        (BIRTH, a_day("born_on", 1990, 2, 31), "Date of birth must be a real date."),
        (FACTS, {"home": "moon"}, "Choose one from the list."),
        (FACTS, {"fact_chinese_citizen": "perhaps"}, "Choose one from the list."),
    ],
)
def test_every_slip_is_named_and_everything_typed_is_kept(
    house: House, sign_in: SignIn, actor: Cast, path: str, changes: dict[str, str], message: str
) -> None:
    a_description(house, actor("mei_lam"), name_chinese="")
    before = read_oneself(house, actor("mei_lam"))
    page = send(sign_in("mei_lam"), path, **changes)
    assert page.status_code == 422
    assert errors_of(page) == [message]
    kept = fields_of(form_of(page))
    for name, typed in changes.items():
        assert kept.get(name, typed) == typed
    assert read_oneself(house, actor("mei_lam")) == before


def test_a_verified_fact_warns_before_it_is_changed(house: House, sign_in: SignIn, actor: Cast) -> None:
    a_description(house, actor("mei_lam"), answers={"chinese_citizen": True})
    for row in house.session.scalars(select(PersonalFact)):
        row.standing = Standing.VERIFIED
    house.session.commit()
    mei = sign_in("mei_lam")
    for path in (BIRTH, FACTS):
        assert "If you change one, its verification ends" in words_of(mei.get(path))
    assert "its verification ends" not in words_of(mei.get(NAMES))
    send(mei, FACTS, fact_chinese_citizen="no")
    facts = read_oneself(house, actor("mei_lam")).facts
    assert facts["chinese_citizen"].standing is Standing.DECLARED
    assert facts["born_on"].standing is Standing.VERIFIED


def test_a_stale_form_shows_both_sides_and_keeps_what_was_typed(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    mei = sign_in("mei_lam")
    send(mei, NAMES, name_latin="LAM Mei")
    page = mei.get(NAMES)
    a_description(house, actor("mei_lam"), name_latin="LAM Mei Ling", name_chinese="")
    stale = resend(mei, page, name_latin="LAM Mei Yee")
    assert stale.status_code == 409
    assert "LAM Mei Ling" in words_of(stale)
    assert fields_of(form_of(stale))["name_latin"] == "LAM Mei Yee"
    assert resend(mei, stale).status_code == 303
    said = read_oneself(house, actor("mei_lam")).description
    assert (said.name_latin, said.born_on) == ("LAM Mei Yee", date(1990, 5, 17))


def test_a_double_click_saves_once(house: House, sign_in: SignIn, actor: Cast) -> None:
    mei = sign_in("mei_lam")
    page = mei.get(NAMES)
    for _ in range(2):
        assert resend(mei, page, name_latin="LAM Mei").status_code == 303
