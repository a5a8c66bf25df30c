"""Three composite dossiers seen as a page: what their readers must find there, and what must not mislead them.

Lin Yuhan has everything but the firm; Lau Sze Man’s licence closes two doors in thirty days;
Huang Jiaqi’s months can be counted in four ways and only the honest one is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bs4 import BeautifulSoup, Tag

from portal.domain.people import Actor
from portal.domain.places import Jurisdiction
from portal.services.house import House
from portal.services.work_history import WorkAnswers, register_work
from tests.builders.applications import a_credential, the_person
from tests.builders.records import a_description
from tests.pages.strict_client import StrictClient

SignIn = Callable[[str], StrictClient]
FUND_HOUSE = "mainland-fund-institution"


def lin_yuhan(house: House) -> None:
    actor = the_person(house, "chen_wei")
    a_description(
        house,
        actor,
        name_latin="LIN Yuhan",
        name_chinese="林雨涵",
        born_on=date(1999, 4, 2),
        home=Jurisdiction.SHENZHEN,
        answers={"chinese_citizen": True, "no_regulatory_sanction": True, "full_civil_capacity": True},
    )
    degree = {"level": "bachelor", "field": "economics", "place": "mainland", "school": "Nanling University"}
    a_credential(house, actor, "education.degree", awarded_on=date(2022, 6, 30), **degree)
    a_credential(house, actor, "sac.general.law", awarded_on=date(2022, 7, 2))
    a_credential(house, actor, "sac.general.fundamentals", awarded_on=date(2022, 7, 2))
    a_credential(house, actor, "sac.registration", begun_on=date(2022, 9, 14))
    a_credential(house, actor, "hksi.le.paper-1", awarded_on=date(2024, 10, 26))
    work(house, actor, "mainland-securities-firm", "securities-dealing", date(2022, 7, 18))


def lau_sze_man(house: House) -> None:
    actor = the_person(house)
    a_description(
        house,
        actor,
        name_latin="LAU Sze Man",
        name_chinese="劉思敏",
        answers={"hk_permanent_resident": True, "no_regulatory_sanction": True, "full_civil_capacity": True},
    )
    licence = {"begun_on": date(2016, 2, 1), "ended_on": date(2023, 12, 22)}
    a_credential(house, actor, "sfc.rep.type-4", **licence)
    degree = {"level": "bachelor", "field": "business-administration", "place": "hk", "school": "Lantau"}
    a_credential(house, actor, "education.degree", awarded_on=date(2012, 11, 20), **degree)


def huang_jiaqi(house: House) -> None:
    actor = the_person(house, "chen_wei")
    a_description(
        house,
        actor,
        name_latin="HUANG Jiaqi",
        name_chinese="黄嘉琪",
        born_on=date(1992, 12, 1),
        home=Jurisdiction.SHENZHEN,
        answers={"chinese_citizen": True},
    )
    degree = {"level": "master", "field": "finance", "place": "mainland", "school": "Nanling University"}
    a_credential(house, actor, "education.degree", awarded_on=date(2017, 6, 30), **degree)
    a_credential(house, actor, "amac.registration", begun_on=date(2018, 5, 7))
    for paper in ("hksi.le.paper-1", "hksi.le.paper-6"):
        a_credential(house, actor, paper, awarded_on=date(2025, 11, 8))
    managed = "asset-management"
    work(house, actor, FUND_HOUSE, managed, date(2020, 6, 1), date(2022, 5, 31))
    work(house, actor, FUND_HOUSE, managed, date(2022, 3, 1), date(2023, 8, 31), share=50)
    work(house, actor, FUND_HOUSE, managed, date(2024, 3, 1), date(2024, 11, 30), manages=True)
    work(house, actor, FUND_HOUSE, "office-administration", date(2025, 4, 1))


def work(
    house: House,
    actor: Actor,
    kind: str,
    function: str,
    begun_on: date,
    ended_on: date | None = None,
    *,
    share: int = 100,
    manages: bool = False,
) -> None:
    said = WorkAnswers(
        employer=f"Example {begun_on.year}",
        employer_kind=kind,
        place="shenzhen",
        functions=(function,),
        begun_on=begun_on,
        ended_on=ended_on,
        share_percent=share,
        manages=manages,
    )
    register_work(house, actor, said=said)


def english(client: StrictClient, address: str) -> BeautifulSoup:
    client.set_cookie("language", "en")
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def clause(page: BeautifulSoup, anchor: str) -> Tag:
    found = page.find(id=anchor)
    assert isinstance(found, Tag)
    return found


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def group(page: BeautifulSoup, city: str, heading: str) -> str:
    """The progress that stands beside a group's heading."""
    for section in page.select(f'section[aria-label="{city}, clause by clause"]'):
        for one in section.select(".group"):
            if words(one).startswith(heading):
                return words(one).removeprefix(heading).strip()
    raise AssertionError(f"{city} has no group {heading}")


def test_lin_yuhan_has_everything_but_the_firm(house: House, sign_in: SignIn) -> None:
    lin_yuhan(house)
    page = english(sign_in("chen_wei"), "/me/mapping?track=securities-dealing")
    assert group(page, "Hong Kong", "You can do this alone") == "3 of 3"
    assert group(page, "Hong Kong", "This needs an employer") == "0 of 1"
    target = "hk-sfc-representative-type-1"
    paper = words(clause(page, f"{target}-regulatory_paper"))
    assert "Lapses on 26 October 2027." in paper
    assert "Join a licensed corporation that files the application" in words(
        clause(page, f"{target}-sponsor")
    )


def test_lin_yuhans_practical_knowledge_is_met_twice(house: House, sign_in: SignIn) -> None:
    lin_yuhan(house)
    page = english(sign_in("chen_wei"), "/me/mapping?track=securities-dealing")
    practical = clause(page, "hk-sfc-representative-type-1-practical_knowledge")
    marks = [str(mark["class"]) for mark in practical.select("svg.plank-mark")]
    assert sum("met_declared" in mark for mark in marks) >= 3  # the clause, CEPA, and the degree


def test_one_licence_closes_two_doors_on_one_day(house: House, sign_in: SignIn) -> None:
    lau_sze_man(house)
    page = english(
        sign_in("mei_lam"), "/me/mapping?track=securities-advising&hk=hk.sfc.representative.type-4"
    )
    closing = [words(day) for day in page.select(".days__day")]
    assert len(closing) >= 2
    assert all("22 December 2026" in day and "in 30 days" in day for day in closing)
    for section in page.select(".banks:not(.banks--words) > section"):
        assert section.select(".days__day")


def test_the_doors_are_shut_on_the_day_itself(house: House, sign_in: SignIn) -> None:
    lau_sze_man(house)
    address = "/me/mapping?track=securities-advising&hk=hk.sfc.representative.type-4&on=2026-12-22"
    page = english(sign_in("mei_lam"), address)
    assert not page.select(".days__day")
    paper = clause(page, "hk-sfc-representative-type-4-regulatory_paper")
    assert paper.select_one("svg.bridge__plank--not_met")


def test_huang_jiaqis_years_cannot_be_told_and_both_bounds_are_shown(house: House, sign_in: SignIn) -> None:
    huang_jiaqi(house)
    page = english(
        sign_in("chen_wei"), "/me/mapping?track=fund-management&hk=hk.sfc.responsible-officer.type-9"
    )
    years = clause(page, "hk-sfc-responsible-officer-type-9-industry_experience")
    assert years.select_one("svg.bridge__plank--undetermined")
    assert "34.8" in words(years)
    assert "42.3" in words(years)
    manager = clause(page, "hk-sfc-responsible-officer-type-9-management_experience")
    assert manager.select_one("svg.bridge__plank--not_met")
    assert [door for door in manager.select("a") if words(door) == "Add this work"]


def test_huang_jiaqi_is_shown_the_nearer_door_first(house: House, sign_in: SignIn) -> None:
    huang_jiaqi(house)
    page = english(sign_in("chen_wei"), "/me/mapping?track=fund-management")
    assert "licensed representative, Type 9" in words(page.select(".bank-heading__title")[0])
    others = [words(row) for row in page.select(".row")]
    assert any("responsible officer, Type 9" in row for row in others)
