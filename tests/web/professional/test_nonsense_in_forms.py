"""Whatever is typed into a form of the record: a message at a field in the reader's language, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import pytest
from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from portal.domain.people import Actor
from portal.services.house import House
from portal.services.referees import own_requests, secret_of
from tests.builders.records import (
    a_credential,
    a_document,
    a_period_of_work,
    credential_fact,
    work_answers,
)
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import Fields, fields_of, form_of, resend, send

Cast = Callable[[str], Actor]
SignIn = Callable[[str], StrictClient]
LANGUAGES: Final = ("en", "zh-Hant-HK", "zh-Hans-CN")
TEXTS: Final = {
    "long": "字" * 10_000,
    "markup": "<script>alert(1)</script><b title='x'>\"&",
    "emoji": "👩🏽‍💼 🏮 名字",
    "control": "a\x00b\x1fc\u202ed",
    "blank": " \t\u3000 ",
    "rough": "'; DROP TABLE people; -- ${7*7} {{7*7}} %s %(name)s",
}
# Every nonsense in one language, and one of them in all.
CASES: Final = [*((kind, "en") for kind in TEXTS), *(("long", language) for language in LANGUAGES[1:])]
DAYS: Final = {"day": "31", "month": "2", "year": "2025"}


def places(house: House, actor: Actor) -> dict[str, str]:
    """Every address of the record with something to type, by what it is."""
    credential = a_credential(house, actor)
    degree = a_credential(house, actor, qualification="education.degree", attributes={"level": "bachelor"})
    work = a_period_of_work(house, actor, said=work_answers(post="Analyst"))
    document = a_document(house, actor, supports=credential_fact(credential))
    return {
        "paper": "/me/credentials/new/hksi.le.paper-1",
        "degree": "/me/credentials/new/education.degree",
        "licence": "/me/credentials/new/sfc.rep.type-9",
        "change": f"/me/credentials/{degree}/change",
        "not listed": "/me/credentials/not-listed",
        "work": "/me/work/new",
        "change work": f"/me/work/{work}/change",
        "referee": f"/me/work/{work}/referees/new",
        "upload": "/me/evidence/new",
        "code": "/me/evidence/code",
        "details": f"/me/evidence/{document}/change",
        "translation": f"/me/evidence/{document}/translations/new",
        "erase": "/me/data/erase",
    }


def boxes_of(form: Tag) -> list[str]:
    """The names of everything one can type into."""
    typed = form.select(
        'input[type="text"], input[type="email"], input[type="password"], textarea, input:not([type])'
    )
    return [str(box["name"]) for box in typed]


def nonsense_for(form: Tag, text: str) -> Fields:
    """The same nonsense in every box; a date gets a day that no calendar has."""
    sent: Fields = {}
    for name in boxes_of(form):
        part = name.rpartition("-")[2]
        sent[name] = DAYS.get(part, text)
    return sent


def check_answer(answer: TestResponse, sent: Mapping[str, object], language: str) -> None:
    """Refused in words of the reader's language, at a field, with everything typed still there."""
    assert answer.status_code == 422
    soup = BeautifulSoup(answer.text, "html5lib")
    lines = soup.select(".govuk-error-summary__list li")
    assert lines
    for line in lines:
        link = line.find("a")
        assert isinstance(link, Tag)
        assert soup.find(id=str(link["href"]).removeprefix("#")) is not None
        if language != "en":
            assert any("㐀" <= sign <= "鿿" for sign in line.get_text())
    kept = fields_of(form_of(answer))
    for name, value in sent.items():
        expected = str(value).replace("\x00", "")
        assert "".join(str(kept[name]).split()) == "".join(expected.split()) or "\x1f" in expected


def fields_at_fault(answer: TestResponse) -> set[str]:
    """The ids the summary leads to."""
    soup = BeautifulSoup(answer.text, "html5lib")
    return {str(link["href"]) for link in soup.select(".govuk-error-summary__list a")}


@pytest.mark.parametrize(("kind", "language"), CASES)
def test_nonsense_in_every_box_is_answered_at_the_fields(
    house: House, sign_in: SignIn, actor: Cast, kind: str, language: str
) -> None:
    mei = sign_in("mei_lam")
    mei.set_cookie("language", language)
    for what, address in places(house, actor("mei_lam")).items():
        page = mei.get(address)
        assert page.status_code == 200, what
        sent = nonsense_for(form_of(page), TEXTS[kind])
        assert sent, what
        answer = resend(mei, page, **sent)
        check_answer(answer, sent, language)
        if kind == "long":
            # A share of full time is read only of those who worked part time.
            typed_into = {name for name, value in sent.items() if value == TEXTS[kind]} - {"share_percent"}
            assert {f"#{name}" for name in typed_into} <= fields_at_fault(answer), what


@pytest.mark.parametrize(("kind", "language"), CASES)
def test_a_referees_nonsense_is_answered_and_kept_too(
    house: House, sign_in: SignIn, actor: Cast, client: StrictClient, kind: str, language: str
) -> None:
    work = a_period_of_work(house, actor("mei_lam"), said=work_answers(post="Analyst"))
    asked = {"name": "Chan", "email": "chan@harbour.example", "relation": "colleague", "language": "en"}
    assert send(sign_in("mei_lam"), f"/me/work/{work}/referees/new", **asked).status_code == 303
    link = f"/references/{secret_of(house, own_requests(house, actor('mei_lam'))[0].id)}"
    client.set_cookie("language", language)
    answer = send(client, link, comment=TEXTS[kind], knows="perhaps")
    check_answer(answer, {"comment": TEXTS[kind]}, language)
