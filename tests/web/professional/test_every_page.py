"""Every page of the professional's records, in three languages and within its budget of statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event

from portal.domain.files import OfferedFile
from portal.domain.people import Actor
from portal.domain.unlisted import Asked, RequestSide
from portal.models.database import db
from portal.services.evidence_pages import add_page
from portal.services.house import House
from portal.services.unlisted import make_request
from tests.builders.records import (
    PDF,
    a_credential,
    a_description,
    a_document,
    a_pdf,
    a_period_of_work,
    a_translation,
    credential_fact,
    work_answers,
)
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import a_day, send, words_of

Cast = Callable[[str], Actor]
SignIn = Callable[[str], StrictClient]
LANGUAGES = ("en", "zh-Hant-HK", "zh-Hans-CN")
MOST_STATEMENTS = 10


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def a_full_record(house: House, mei: Actor) -> dict[str, str]:
    """A person with twelve credentials, three periods of work and documents; the addresses of all pages."""
    a_description(house, mei, answers={"chinese_citizen": True, "no_regulatory_sanction": True})
    for year in range(2012, 2023):
        a_credential(house, mei, qualification="cba.junior.law", awarded_on=date(year, 6, 1))
    made = a_credential(house, mei, qualification="education.degree", attributes={"level": "master"})
    note = make_request(house, mei, asked=Asked("海港資歷", "海港學會", RequestSide.ELSEWHERE))
    document = a_document(house, mei, supports=credential_fact(made), description="Degree")
    page = add_page(house, mei, evidence_id=document, offered=OfferedFile("p.pdf", PDF, a_pdf("page")))
    translation = a_translation(house, mei, document)
    loose = a_document(house, mei, words="loose")
    work = a_period_of_work(house, mei, supported=True)
    a_period_of_work(
        house, mei, said=work_answers(employer="Lantau Labs", begun_on=date(2022, 1, 1), share_percent=50)
    )
    supports = f"supports=credential:{made}"
    return {
        "home": "/me",
        "credentials": "/me/credentials",
        "find": "/me/credentials/find",
        "ambiguous": "/me/credentials/find?q=CFA",
        "guessed": "/me/credentials/find?q=CISPP",
        "nothing": "/me/credentials/find?q=firewall",
        "register licence": "/me/credentials/new/sfc.rep.type-9",
        "register paper": "/me/credentials/new/cba.intermediate.law",
        "register degree": "/me/credentials/new/education.degree",
        "register certificate": "/me/credentials/new/cba.intermediate.certificate",
        "credential": f"/me/credentials/{made}",
        "change credential": f"/me/credentials/{made}/change",
        "withdraw credential": f"/me/credentials/{made}/withdraw",
        "credential versions": f"/me/credentials/{made}/history",
        "choose papers": "/me/credentials/papers/hksi.le",
        "several papers": "/me/credentials/papers/cba.junior/register?paper=cba.junior.law&paper=cba.junior.bank-management",
        "ask about one not listed": "/me/credentials/not-listed?title=Tide",
        "take a note away": f"/me/credentials/not-listed/{note}/remove",
        "work": "/me/work",
        "register work": "/me/work/new",
        "change work": f"/me/work/{work}/change",
        "withdraw work": f"/me/work/{work}/withdraw",
        "shelf": "/me/evidence",
        "upload": "/me/evidence/new",
        "attach": f"/me/evidence/new?{supports}",
        "detach": f"/me/evidence/{document}/detach?{supports}",
        "remove": f"/me/evidence/{loose}/remove",
        "document": f"/me/evidence/{document}",
        "change document": f"/me/evidence/{document}/change",
        "add page": f"/me/evidence/{document}/pages/new",
        "remove page": f"/me/evidence/{document}/pages/{page}/remove",
        "add translation": f"/me/evidence/{document}/translations/new",
        "remove translation": f"/me/evidence/{document}/translations/{translation}/remove",
        "keep code": "/me/evidence/code",
        "about me": "/me/about-me",
        "names on letters": "/me/about-me/names-on-letters",
        "birth": "/me/about-me/birth",
        "facts": "/me/about-me/facts",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_in_every_language(
    house: House, sign_in: SignIn, actor: Cast, language: str
) -> None:
    pages = a_full_record(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    mei.get(f"/me?language={language}")
    for name, address in pages.items():
        page = mei.get(address)
        assert page.status_code == 200, name
        assert page.headers["Content-Language"] == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_with_faults_is_whole_in_every_language(
    house: House, sign_in: SignIn, actor: Cast, language: str
) -> None:
    pages = a_full_record(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    mei.get(f"/me?language={language}")
    empty_day = a_day("awarded_on", "", "", "")
    for name, changes in (
        ("register degree", {**empty_day, "level": ""}),
        ("register paper", a_day("awarded_on", 2025, 2, 30)),
        ("change credential", empty_day),
        ("register work", {}),
        ("change work", {"employer": ""}),
        ("upload", {"description": "x" * 300}),
        ("change document", {"description": "x" * 300}),
        ("add page", {}),
        ("add translation", {}),
        ("keep code", {"scheme": "chsi", **a_day("valid_until", 2026, 2, 30)}),
        ("names on letters", {"name_latin": "", "name_chinese": ""}),
    ):
        page = send(mei, pages[name], **changes)
        assert page.status_code == 422, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stale_page_is_whole_in_every_language(
    house: House, sign_in: SignIn, actor: Cast, language: str
) -> None:
    pages = a_full_record(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    mei.get(f"/me?language={language}")
    for name in ("change credential", "change work", "change document", "names on letters", "birth", "facts"):
        assert send(mei, pages[name], version="0").status_code == 409, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_record_is_whole_in_every_language_and_says_where_to_begin(
    sign_in: SignIn, language: str
) -> None:
    mei = sign_in("mei_lam")
    mei.get(f"/me?language={language}")
    for address in ("/me", "/me/credentials", "/me/work", "/me/evidence", "/me/about-me"):
        assert mei.get(address).status_code == 200
    assert "/me/credentials/find" in mei.get("/me").text


def test_every_page_keeps_to_its_budget_of_statements(house: House, sign_in: SignIn, actor: Cast) -> None:
    pages = a_full_record(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    spent: dict[str, int] = {}
    for name, address in pages.items():
        with statements() as sent:
            assert mei.get(address).status_code == 200
        spent[name] = len(sent)
    assert {name: count for name, count in spent.items() if count > MOST_STATEMENTS} == {}


def test_the_overview_leads_from_step_to_step(house: House, sign_in: SignIn, actor: Cast) -> None:
    me, mei = actor("mei_lam"), sign_in("mei_lam")
    assert "Register your first credential." in words_of(mei.get("/me"))
    a_credential(house, me)
    assert "Add your work." in words_of(mei.get("/me"))
    a_period_of_work(house, me)
    assert "Tell us who you are." in words_of(mei.get("/me"))
    a_description(house, me)
    words = words_of(mei.get("/me"))
    assert "See my mapping" in words
    assert "2 without a document" in words
