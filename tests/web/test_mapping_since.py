"""The panel that says what changed since the last visit, for each of the four reasons, and the mark itself."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.models.cases import Case
from portal.models.mapping_visits import MappingVisit
from portal.rulebook.loader import read
from portal.services.assessment import begin_assessment
from portal.services.credentials import withdraw_credential
from portal.services.house import House
from portal.services.mapping import read_mapping
from portal.services.mapping_visits import read_since, remember_mapping
from tests.builders.applications import AMAC, a_credential, a_file, a_name, an_application
from tests.builders.decisions import an_actor, fact_seen, verify
from tests.pages.form_filler import fill_in
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient

SignIn = Callable[[str], StrictClient]
FUNDS = "/me/mapping?track=fund-management"
SEEN = "/me/mapping/seen"
LATER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)


def mark(client: StrictClient) -> None:
    answer = fill_in(client, FUNDS, action=SEEN)
    assert answer.status_code == 303
    assert answer.location.endswith(FUNDS)


def page_of(client: StrictClient, address: str = FUNDS) -> BeautifulSoup:
    client.set_cookie("language", "en")
    return BeautifulSoup(client.get(address).text, "lxml")


def panel(client: StrictClient) -> str:
    found = page_of(client).select_one("section.since")
    return " ".join(found.get_text(" ").split()) if isinstance(found, Tag) else ""


def is_marked(house: House) -> bool:
    return house.session.scalar(select(MappingVisit.at)) is not None


def test_the_first_visit_offers_the_mark_and_makes_none(house: House, sign_in: SignIn) -> None:
    a_file(house)
    client = sign_in("mei_lam")
    page = page_of(client)
    assert page.select_one(f'form[action="{SEEN}"][data-by-itself]')
    assert not page.select("section.since")
    assert not is_marked(house)


def test_the_button_marks_and_the_page_is_quiet(house: House, sign_in: SignIn) -> None:
    a_file(house)
    client = sign_in("mei_lam")
    mark(client)
    assert is_marked(house)
    page = page_of(client)
    assert not page.select(f'form[action="{SEEN}"]')
    assert not page.select("section.since")


def test_facts_that_changed_are_named(house: House, sign_in: SignIn) -> None:
    actor = a_file(house)
    client = sign_in("mei_lam")
    mark(client)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    told = panel(client)
    assert "What changed since you last looked, on 22 November 2026" in told
    assert "Added Subject 1, still usable" in told
    assert "It was “Not met” and is now “Met as you declared it”, because your facts changed." in told


def test_an_officers_check_is_named(house: House, sign_in: SignIn) -> None:
    actor = a_file(house)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    application = an_application(house, actor, stage="submitted", targets=[AMAC])
    case = house.session.scalars(select(Case).where(Case.application_id == application.id)).one()
    officer = an_actor(house, "su_qing")
    begin_assessment(house, officer, reference=case.reference, version=case.version)
    client = sign_in("mei_lam")
    mark(client)
    verify(house, officer, case, fact_seen(house, case, "amac.subject-1"))
    told = panel(client)
    assert "because an officer checked your facts." in told
    assert "is now “Met and verified”" in told


def test_time_that_passed_is_named(house: House, sign_in: SignIn, clock: SettableClock) -> None:
    actor = a_name(house)
    a_credential(house, actor, "hksi.le.paper-1", awarded_on=date(2023, 11, 25))
    client = sign_in("mei_lam")
    mark(client)
    clock.put_to(LATER)
    told = panel(client)
    assert "Lost Local regulation" in told
    assert "because time passed." in told


def test_rules_that_changed_are_named(house: House, sign_in: SignIn) -> None:
    """The mark was made under rules by which an old pass did not count."""
    actor = a_file(house)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    documents = deepcopy(dict(house.rulebook.documents))
    versions: Any = documents["shenzhen/amac_practitioner.toml"]["version"]
    clause = next(one for one in versions[-1]["clause"] if one["id"] == "subject_1_recent")
    clause["with"]["awarded_within_months"] = 6
    before = replace(house, rulebook=read(documents)[0])
    shown = read_since(before, actor, read_mapping(before, actor, on=date(2026, 11, 22)))
    remember_mapping(before, actor, seen=shown.fingerprint)
    told = panel(sign_in("mei_lam"))
    assert "Added Subject 1, still usable" in told
    assert "because the rules changed." in told


def test_the_panel_stays_until_it_is_marked_as_seen(house: House, sign_in: SignIn) -> None:
    actor = a_file(house)
    client = sign_in("mei_lam")
    mark(client)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    assert panel(client) == panel(client) != ""
    assert not page_of(client).select("form[data-by-itself]")
    mark(client)
    assert panel(client) == ""


def test_what_comes_between_reading_and_pressing_is_shown_first(house: House, sign_in: SignIn) -> None:
    actor = a_name(house)
    client = sign_in("mei_lam")
    mark(client)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    shown = page_of(client).select_one(f'form[action="{SEEN}"]')
    assert shown is not None
    a_credential(house, actor, "amac.subject-2", awarded_on=date(2026, 3, 28))
    sent = {str(box["name"]): str(box.get("value", "")) for box in shown.select("input[name]")}
    assert client.post(SEEN, data=sent).status_code == 303
    page = page_of(client)
    assert "Something changed while you were reading." in page.get_text()
    assert "Subject 2" in str(page.select_one("section.since"))


def test_a_mark_of_nonsense_marks_nothing(house: House, sign_in: SignIn) -> None:
    a_file(house)
    client = sign_in("mei_lam")
    answer = fill_in(client, FUNDS, {"seen": "🌉", "back_to": "juggling"}, action=SEEN)
    assert answer.status_code == 303
    assert answer.location.endswith("/me/mapping")
    assert not is_marked(house)


def test_a_move_leads_to_its_clause_also_under_a_filter(house: House, sign_in: SignIn) -> None:
    actor = a_file(house)
    client = sign_in("mei_lam")
    mark(client)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    for address in (FUNDS, f"{FUNDS}&show=missing"):
        link = page_of(client, address).select_one(".since__clause a")
        assert link is not None
        where, anchor = str(link["href"]).split("#")
        assert page_of(client, where).find(id=anchor)


def test_another_day_says_nothing_about_the_last_visit(house: House, sign_in: SignIn) -> None:
    actor = a_file(house)
    client = sign_in("mei_lam")
    mark(client)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    page = page_of(client, f"{FUNDS}&on=2027-03-01")
    assert not page.select(f'section.since, form[action="{SEEN}"]')


def test_the_overview_counts_changes_by_track(house: House, sign_in: SignIn) -> None:
    actor = a_file(house)
    client = sign_in("mei_lam")
    mark(client)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    rows = {
        str(row.h3.get_text(strip=True)): row.get_text(" ")
        for row in page_of(client, "/me/mappings").select(".crossings__track")
        if row.h3
    }
    assert "1 change since you last looked" in " ".join(rows["Fund management"].split())
    assert sum("since you last looked" in text for text in rows.values()) == 1


@pytest.mark.parametrize("language", ["en", "zh-Hant-HK", "zh-Hans-CN"])
def test_the_panel_reads_in_every_language(house: House, sign_in: SignIn, language: str) -> None:
    actor = a_file(house)
    client = sign_in("mei_lam")
    mark(client)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    client.set_cookie("language", language)
    page = BeautifulSoup(client.get(FUNDS).text, "lxml")
    assert page.select(".since__move .govuk-tag")


def test_nobody_marks_for_anybody_else(house: House, sign_in: SignIn, client: StrictClient) -> None:
    a_file(house)
    assert client.post(SEEN).status_code in (302, 303, 400)
    assert sign_in("ada_ko").post(SEEN).status_code in (400, 403)
    assert not is_marked(house)


def test_with_changes_of_every_kind_the_page_keeps_its_budget(
    house: House, sign_in: SignIn, clock: SettableClock
) -> None:
    actor = a_file(house)
    gone = a_credential(house, actor, "amac.subject-2", awarded_on=date(2026, 3, 28))
    client = sign_in("mei_lam")
    mark(client)
    clock.put_to(LATER)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    withdraw_credential(house, actor, credential_id=UUID(gone), version=1)
    for address in (FUNDS, "/me/mappings"):
        client.get(address)
        with at_most(12) as sent:
            assert client.get(address).status_code == 200
        assert not [one for one in sent if not one.startswith("SELECT")]
