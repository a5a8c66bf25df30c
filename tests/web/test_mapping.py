"""The mapping page: both cities, every language, every day, and questions that make no sense."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup

from portal.services.house import House
from tests.builders.applications import (
    AMAC,
    TYPE_9,
    a_credential,
    a_file,
    a_name,
    an_application,
    some_work,
    the_person,
)
from tests.pages.strict_client import StrictClient

SignIn = Callable[[str], StrictClient]
LANGUAGES = ("en", "zh-Hant-HK", "zh-Hans-CN")


def read(client: StrictClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status
    return BeautifulSoup(answer.text, "lxml")


def words(page: BeautifulSoup) -> str:
    return " ".join(page.main.get_text(" ").split()) if page.main else ""


def bank(page: BeautifulSoup, city: str) -> str:
    """Both parts of one city: its picture, and its clauses."""
    sections = page.select(f'.banks > section[aria-label^="{city}"]')
    assert len(sections) == 2
    return " ".join(" ".join(section.get_text(" ") for section in sections).split())


def test_both_cities_stand_side_by_side_with_a_bridge_each(house: House, sign_in: SignIn) -> None:
    a_file(house)
    page = read(sign_in("mei_lam"), "/me/mapping?track=fund-management")
    pictures, clauses = page.select(".banks")
    for banks in (pictures, clauses):
        assert [one["aria-label"][:8] for one in banks.select("section")] == ["Hong Kon", "Shenzhen"]
    assert len(pictures.select("svg.bridge--large")) == 2
    assert not clauses.select("svg.bridge--large")
    assert "SFC licensed representative, Type 9" in bank(page, "Hong Kong")
    assert "AMAC" in bank(page, "Shenzhen")


def test_clauses_stand_in_three_groups_by_whose_turn_it_is(house: House, sign_in: SignIn) -> None:
    a_file(house)
    shenzhen = bank(read(sign_in("mei_lam"), "/me/mapping?track=fund-management"), "Shenzhen")
    places = [
        shenzhen.index(heading)
        for heading in ("You can do this alone", "This needs an employer", "The authority decides")
    ]
    assert places == sorted(places)


def test_what_is_declared_and_what_is_verified_are_two_verdicts(house: House, sign_in: SignIn) -> None:
    a_file(house)
    hong_kong = bank(read(sign_in("mei_lam"), "/me/mapping?track=fund-management"), "Hong Kong")
    assert "On what you declared" in hong_kong
    assert "On what is verified" in hong_kong
    assert "On what is verified: Cannot tell yet" in hong_kong


def test_a_licensee_is_told_that_subject_1_and_the_mainland_employer_remain(
    house: House, sign_in: SignIn
) -> None:
    a_file(house)
    shenzhen = bank(read(sign_in("mei_lam"), "/me/mapping?track=fund-management"), "Shenzhen")
    assert "1 for you · 1 to verify · 1 for an employer · 1 for AMAC" in shenzhen
    assert "Join a Mainland fund institution that registers you with AMAC" in shenzhen


def test_a_fund_qualified_mainlander_is_told_that_paper_1_and_the_sponsor_remain(
    house: House, sign_in: SignIn
) -> None:
    from portal.services.people import SelfDescription, describe_oneself, read_oneself

    actor = a_name(house, "chen_wei")
    known = read_oneself(house, actor)
    said = SelfDescription(
        "CHEN Wei", "陈伟", known.description.home, date(1990, 5, 17), {"chinese_citizen": True}
    )
    describe_oneself(house, actor, said=said, version=known.version)
    a_credential(house, actor, "amac.registration", begun_on=date(2018, 5, 7))
    a_credential(
        house,
        actor,
        "education.degree",
        awarded_on=date(2012, 6, 30),
        level="bachelor",
        field="economics",
        place="mainland",
        school="Nanling University",
    )
    client = sign_in("chen_wei")
    client.set_cookie("language", "en")
    hong_kong = bank(read(client, "/me/mapping?track=fund-management"), "Hong Kong")
    assert "1 for you · 2 to verify · 1 for an employer · 1 for SFC" in hong_kong
    assert "Sit HKSI Paper 1" in hong_kong


def test_days_of_lapse_are_printed(house: House, sign_in: SignIn) -> None:
    actor = a_file(house)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    page = words(read(sign_in("mei_lam"), "/me/mapping?track=fund-management"))
    assert "Lapses on 28 March 2030." in page


def test_the_day_on_which_time_alone_will_do_it_is_printed(house: House, sign_in: SignIn) -> None:
    actor = a_name(house)
    a_credential(
        house,
        actor,
        "education.degree",
        awarded_on=date(2020, 6, 30),
        level="master",
        field="computing",
        place="mainland",
        school="Nanling University",
    )
    from portal.services.work_history import WorkAnswers, register_work

    said = WorkAnswers(
        "Lantau Labs", "mainland-other", "shenzhen", ("information-security",), date(2026, 6, 1)
    )
    register_work(house, actor, said=said)
    page = words(read(sign_in("mei_lam"), "/me/mapping?track=cybersecurity"))
    assert "Will be met on" in page


def test_facts_used_link_to_where_they_are_kept(house: House, sign_in: SignIn) -> None:
    actor = a_name(house)
    licence = a_credential(house, actor, "sfc.rep.type-9", begun_on=date(2018, 6, 4))
    page = read(sign_in("mei_lam"), "/me/mapping?track=fund-management")
    assert page.select(f'a[href="/me/credentials/{licence}"]')


def test_every_clause_cites_with_confidence_and_the_day_it_was_read(house: House, sign_in: SignIn) -> None:
    a_file(house)
    page = read(sign_in("mei_lam"), "/me/mapping?track=fund-management")
    clauses = page.select(".banks > section > .clauses > .clause")
    assert clauses
    for clause in clauses:
        source = clause.select_one(".clause__source")
        assert source is not None
        assert "confidence" in clause.get_text()
        assert "read 22 Nov 2026" in clause.get_text()


def test_the_standing_lines_are_on_the_page(house: House, sign_in: SignIn) -> None:
    page = words(read(sign_in("mei_lam"), "/me/mapping"))
    assert "This is the programme’s recognition, not a licence." in page
    assert "A Hong Kong licence does not cover work in Shenzhen" in page
    assert "low confidence never decides" in page
    assert "“illustrative”" in page
    assert "people decide" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_track_reads_in_every_language(house: House, sign_in: SignIn, language: str) -> None:
    actor = a_file(house)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    client = sign_in("mei_lam")
    client.set_cookie("language", language)
    for track in house.rulebook.tracks:
        assert read(client, f"/me/mapping?track={track}").html["lang"] == language
    read(client, "/me/mappings")


def test_the_page_opens_on_the_track_one_has_applied_for(house: House, sign_in: SignIn) -> None:
    actor = a_file(house)
    client = sign_in("mei_lam")
    assert "Fund management" in read(client, "/me/mapping").h1.get_text()
    targets = ["sz.cnitsec.cisp"]
    application = an_application(house, actor, track="cybersecurity", targets=targets)
    page = read(client, "/me/mapping")
    assert "Cybersecurity" in page.h1.get_text()
    assert application.cases[0].reference in bank(page, "Shenzhen")


def test_another_target_of_a_side_can_be_looked_at(house: House, sign_in: SignIn) -> None:
    a_file(house)
    client = sign_in("mei_lam")
    first = read(client, "/me/mapping?track=credit-risk")
    other = first.select_one('a[href*="hk=hk.hkib.credit-risk.ccrp-cl"]')
    assert other is not None
    second = read(client, str(other["href"]))
    assert "Commercial Lending" in second.select_one(".bank-heading__title").get_text()


def test_a_target_that_is_not_of_the_track_is_ignored(house: House, sign_in: SignIn) -> None:
    page = read(sign_in("mei_lam"), "/me/mapping?track=fund-management&hk=hk.hkib.fintech.core")
    assert "Type 9" in bank(page, "Hong Kong")


def test_any_day_can_be_asked_by_address_or_in_the_boxes(house: House, sign_in: SignIn) -> None:
    actor = a_name(house)
    a_credential(house, actor, "hksi.le.paper-1", awarded_on=date(2025, 9, 20))
    client = sign_in("mei_lam")
    before = words(read(client, "/me/mapping?track=fund-management&on=2028-09-19"))
    after = words(read(client, "/me/mapping?track=fund-management&on-day=20&on-month=9&on-year=2028"))
    assert "19 September 2028" in before
    assert "It stops counting on 20 September 2028." in before
    assert "too long ago" in after


def test_before_a_rule_began_there_is_no_answer(house: House, sign_in: SignIn) -> None:
    page = words(read(sign_in("mei_lam"), "/me/mapping?track=fund-management&on=2010-01-01"))
    assert "these rules began on" in page


@pytest.mark.parametrize(
    "question",
    [
        "track=juggling",
        "on=tomorrow",
        "on=2026-02-30",
        "on-day=31&on-month=2&on-year=2026",
        "on-day=&on-month=2&on-year=2026",
        "on-day=1&on-month=1&on-year=0001",
        "on-day=%F0%9F%8C%89&on-month=x&on-year=99999999",
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_that_makes_no_sense_is_kept_and_answered_at_the_field(
    house: House, sign_in: SignIn, question: str, language: str
) -> None:
    client = sign_in("mei_lam")
    client.set_cookie("language", language)
    page = read(client, f"/me/mapping?{question}", status=422)
    assert page.select(".govuk-error-summary a")
    assert page.select(".govuk-error-message")


def test_what_was_typed_wrongly_stays_in_the_boxes(house: House, sign_in: SignIn) -> None:
    page = read(sign_in("mei_lam"), "/me/mapping?on-day=31&on-month=2&on-year=2026", status=422)
    typed = [page.find(id=f"on-{part}")["value"] for part in ("day", "month", "year")]
    assert typed == ["31", "2", "2026"]


def test_an_empty_file_is_mapped_without_fuss(house: House, sign_in: SignIn) -> None:
    page = read(sign_in("mei_lam"), "/me/mapping")
    assert "Not met yet" in words(page)


def test_the_overview_shows_every_track_small(house: House, sign_in: SignIn) -> None:
    a_file(house)
    page = read(sign_in("mei_lam"), "/me/mappings")
    sides = sum(bool(track.hk) + bool(track.sz) for track in house.rulebook.tracks.values())
    assert len(page.select("svg.bridge--small")) == sides


def test_the_mapping_is_for_professionals_alone(client: StrictClient, sign_in: SignIn) -> None:
    assert client.get("/me/mapping").status_code == 303
    assert sign_in("ada_ko").get("/me/mapping").status_code == 403


def test_nobody_sees_anybody_elses_facts(house: House, sign_in: SignIn) -> None:
    actor = a_file(house)
    licence = a_credential(house, actor, "sfc.rep.type-4", begun_on=date(2019, 6, 4))
    the_person(house, "chen_wei")
    some_work(house, actor, begun_on=date(2017, 1, 3))
    client = sign_in("chen_wei")
    assert licence not in client.get("/me/mapping?track=fund-management").text


def test_apply_leads_to_the_form_with_the_target_chosen(house: House, sign_in: SignIn) -> None:
    a_file(house)
    client = sign_in("mei_lam")
    page = read(client, "/me/mapping?track=fund-management")
    apply = next(link for link in page.select("a") if link.get_text(strip=True) == "Apply in Hong Kong")
    form = read(client, str(apply["href"]))
    chosen = [box["value"] for box in form.select("input[type=radio][checked]")]
    assert chosen == [TYPE_9]
    assert AMAC in {box["value"] for box in form.select("input[type=radio]")}
