"""Papers you hold and what they open: read from the engine's answers, never from names and numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup

from portal.services.house import House
from tests.builders.applications import a_credential, a_name, the_person
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient

SignIn = Callable[[str], StrictClient]
PAPERS = "/me/mappings/papers"


def paper(client: StrictClient, named: str) -> str:
    client.set_cookie("language", "en")
    page = BeautifulSoup(client.get(PAPERS).text, "lxml")
    rows = [" ".join(row.get_text(" ").split()) for row in page.select("li.row")]
    return next(row for row in rows if named in row)


def test_a_licence_opens_doors_on_the_other_side(house: House, sign_in: SignIn) -> None:
    a_credential(house, a_name(house), "sfc.rep.type-9", begun_on=date(2018, 6, 4))
    row = paper(sign_in("mei_lam"), "Type 9")
    assert "Shenzhen Fund practitioner (AMAC)" in row
    assert "Hong Kong SFC licensed representative, Type 9" in row


def test_every_opening_is_a_clause_the_page_shows_as_met(house: House, sign_in: SignIn) -> None:
    a_credential(house, a_name(house), "amac.subject-1", awarded_on=date(2026, 3, 28))
    client = sign_in("mei_lam")
    client.set_cookie("language", "en")
    page = BeautifulSoup(client.get(PAPERS).text, "lxml")
    links = [str(link["href"]) for link in page.select(".papers__targets a")]
    assert links
    for link in links:
        sources = BeautifulSoup(client.get(link).text, "lxml").select(".clause__source")
        assert any("Rests on: AMAC Subject 1" in source.get_text() for source in sources)


def test_the_number_of_a_paper_opens_no_licence_of_that_number(house: House, sign_in: SignIn) -> None:
    """Paper 9 of the HKSI is not the paper of Type 9; the page must not suggest it is."""
    a_credential(house, a_name(house), "hksi.le.paper-9", awarded_on=date(2025, 9, 20))
    row = paper(sign_in("mei_lam"), "Paper 9")
    assert "Type 9 (asset management)" not in row


def test_a_paper_that_lapsed_says_why_it_is_not_counted(house: House, sign_in: SignIn) -> None:
    a_credential(house, a_name(house), "hksi.le.paper-2", awarded_on=date(2015, 3, 10))
    row = paper(sign_in("mei_lam"), "Paper 2")
    assert "none counts it on this day" in row
    assert "too long ago" in row


def test_a_badge_no_rule_names_gets_a_clear_no(house: House, sign_in: SignIn) -> None:
    """Neither side’s rules name CISSP: people ask, and a clear no saves them months."""
    a_credential(house, a_name(house), "isc2.cissp", awarded_on=date(2018, 9, 20))
    assert "No clause of any rule counts it today: no route was found." in paper(sign_in("mei_lam"), "CISSP")


@pytest.mark.parametrize("language", ["en", "zh-Hant-HK", "zh-Hans-CN"])
def test_the_page_reads_in_every_language_and_keeps_its_budget(
    house: House, sign_in: SignIn, language: str
) -> None:
    actor = a_name(house)
    a_credential(house, actor, "sfc.rep.type-9", begun_on=date(2018, 6, 4))
    a_credential(house, actor, "hksi.le.paper-1", awarded_on=date(2015, 3, 10))
    client = sign_in("mei_lam")
    client.set_cookie("language", language)
    client.get(PAPERS)
    with at_most(8):
        assert client.get(PAPERS).status_code == 200


def test_without_papers_the_page_leads_to_the_catalogue(house: House, sign_in: SignIn) -> None:
    the_person(house)
    page = BeautifulSoup(sign_in("mei_lam").get(PAPERS).text, "lxml")
    assert page.select('a[href="/me/credentials/find"]')


def test_the_overview_leads_there(house: House, sign_in: SignIn) -> None:
    the_person(house)
    assert f'href="{PAPERS}"' in sign_in("mei_lam").get("/me/mappings").text
