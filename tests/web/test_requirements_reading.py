"""Sources, releases, the search among targets, versions and worked cases, for anybody."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from portal.adapters.clock import SettableClock
from portal.domain.rules.predicates.registry import PREDICATES
from portal.domain.rules.vocabulary import RecognitionKind
from portal.rulebook.loader import Rulebook
from portal.services.house import House
from portal.services.reading import named_in
from portal.services.releases import publish_shipped
from portal.web.public.requirements.terms import name_of
from tests.conftest import Browser
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient

LANGUAGES = ("en", "zh-Hant-HK", "zh-Hans-CN")
LEVEL_2 = "sz.shmft.level-2"
AMAC = "/requirements/targets/sz.amac.practitioner"
Serve = Callable[..., None]


def page_at(client: StrictClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status
    return BeautifulSoup(answer.text, "lxml")


def words(client: StrictClient, address: str, status: int = 200) -> str:
    page = page_at(client, address, status)
    return " ".join(page.main.get_text(" ").split()) if page.main else ""


@pytest.fixture
def serve_version(app: Flask, house: House, monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Serve a rulebook whose Level 2 rule is told otherwise: ``alter`` is given the rule's document."""

    def serve(alter: Callable[[dict[str, Any]], None]) -> None:
        documents = deepcopy(dict(house.rulebook.documents))
        alter(documents["shenzhen/shmft_level_2.toml"])  # type: ignore[arg-type]
        book = Rulebook.from_json({"documents": documents})
        monkeypatch.setitem(app.extensions, "house", replace(house, rulebook=book))

    return serve


def with_later_version(document: dict[str, Any]) -> None:
    """From 2027 Level 1 must have been awarded within two years, and the examination has a new title."""
    later = {**deepcopy(document["version"][-1]), "in_force_from": "2027-01-01"}
    for clause in later["clause"]:
        if clause["id"] == "level_1_holder":
            clause["with"]["awarded_within_months"] = 24
        if clause["id"] == "examination":
            clause["title"] = {"en": "The new paper", "zh_hant": "新試卷", "zh_hans": "新科目"}
    document["version"].append(later)


def beginning_in_2027(document: dict[str, Any]) -> None:
    document["version"][0]["in_force_from"] = "2027-01-01"


def ending_in_2025(document: dict[str, Any]) -> None:
    document["version"][-1]["in_force_until"] = "2025-12-31"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "address",
    ["/sources", "/releases", "/requirements/reading-guide", "/requirements?q=CFA", "/requirements?q=zzqq"],
)
def test_every_page_reads_in_every_language(
    house: House, client: StrictClient, language: str, address: str
) -> None:
    publish_shipped(house)
    client.set_cookie("language", language)
    assert words(client, address)


@pytest.mark.parametrize(
    "address", ["/requirements", "/requirements?q=sfc", AMAC, "/sources", "/releases", "/releases/1.json"]
)
def test_a_page_costs_few_statements(house: House, client: StrictClient, address: str) -> None:
    publish_shipped(house)
    with at_most(10):
        assert client.get(address).status_code == 200


def test_the_index_shows_every_target_on_its_side(house: House, client: StrictClient) -> None:
    page = page_at(client, "/requirements")
    linked = {str(link["href"]).rsplit("/", 1)[-1] for link in page.select(".banks .row__title a")}
    assert linked == set(house.rulebook.targets)


@pytest.mark.parametrize("typed", ["AMAC", "基金从业", "基金從業人員", "Fund practitioner"])
def test_a_search_in_any_script_leads_to_the_target(client: StrictClient, typed: str) -> None:
    page = page_at(client, f"/requirements?q={typed}")
    assert page.select_one(f'.rows a[href="{AMAC}"]')


def test_a_search_for_a_paper_says_which_rules_name_it(client: StrictClient) -> None:
    found = words(client, "/requirements?q=HKSI Paper 12")
    assert "Its rule names: HKSI Licensing Examination, Paper 12: Asset Management (practical paper)" in found


def test_a_badge_no_rule_names_is_not_taken_for_one_that_looks_alike(
    house: House, client: StrictClient
) -> None:
    targets = house.rulebook.targets.values()
    named = {code for target in targets for code in named_in(target.ruleset.versions[-1])}
    known = house.rulebook.qualifications.values()
    unnamed = [one for one in known if one.code not in named and not one.code.startswith("bridging.")]
    assert unnamed
    for entry in unnamed[:5]:
        assert "Did you mean" not in words(client, f"/requirements?q={entry.abbreviations[0]}")


@pytest.mark.parametrize("typed", ["x" * 3000, "%3Cscript%3E", "%00", "%FF", "%20%20", "“", "' OR 1=1"])
def test_nonsense_in_the_search_is_answered_quietly(client: StrictClient, typed: str) -> None:
    assert "Requirements" in words(client, f"/requirements?q={typed}")


def test_a_target_tells_what_is_left_before_it_tells_the_rule(client: StrictClient) -> None:
    text = words(client, AMAC)
    assert text.index("What this does not give") < text.index("The rule on 22 November 2026")
    assert "It is neither a licence nor a registration." in text
    assert "The clocks of this rule" in text


def test_what_can_be_done_alone_stands_apart_from_what_needs_others(client: StrictClient) -> None:
    page = page_at(client, AMAC)
    cards = {str(card.h3.get_text()): card.get_text(" ") for card in page.select(".card") if card.h3}
    assert list(cards) == ["You can do this alone", "This needs an employer", "The authority decides"]
    assert "Subject 1" in cards["You can do this alone"]


def test_the_routes_from_the_other_side_lead_to_their_clauses(client: StrictClient) -> None:
    page = page_at(client, AMAC)
    heading = page.select_one("#other-side")
    assert heading is not None
    routes = heading.find_next("ul").select("a")  # type: ignore[union-attr]
    assert routes
    for link in routes:
        clause = page.select_one(str(link["href"]))
        assert clause is not None
        assert link.get_text() in clause.get_text()


def test_a_rule_that_names_nothing_of_the_other_side_says_so(client: StrictClient) -> None:
    assert "names no licence, registration, paper or title of the other side" in words(
        client, f"/requirements/targets/{LEVEL_2}"
    )


def test_a_long_rule_is_folded_until_all_of_it_is_asked_for(client: StrictClient) -> None:
    folded = page_at(client, AMAC).select_one(".rule details")
    unfolded = page_at(client, f"{AMAC}?open=all").select(".rule details")
    assert folded is not None
    assert not folded.has_attr("open")
    assert unfolded
    assert all(one.has_attr("open") for one in unfolded)


def test_every_worked_case_of_a_target_is_told_with_facts_and_outcome(
    house: House, client: StrictClient
) -> None:
    text = words(client, AMAC)
    cases = [case for case in house.rulebook.cases if case.target == "sz.amac.practitioner"]
    assert len(cases) > 3
    for case in cases:
        assert case.name.en in text
    assert "SFC licensed representative, Type 9 (asset management), 17 February 2020 to now" in text
    assert "Not among the credentials" in text


def test_a_worked_case_that_is_open_tells_what_would_settle_it(client: StrictClient) -> None:
    page = page_at(client, AMAC)
    first = next(one for one in page.select("details") if "lacks only Subject 1" in one.get_text())
    assert "would meet it:" in first.get_text()
    assert "Subject 1" in first.select("ul")[1].get_text()


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_worked_cases_are_told_in_the_language_of_the_page(
    house: House, client: StrictClient, language: str
) -> None:
    client.set_cookie("language", language)
    text = words(client, AMAC)
    for case in (case for case in house.rulebook.cases if case.target == "sz.amac.practitioner"):
        for told in filter(None, (case.name, case.story)):
            assert told.in_language(language) in text
            assert told.en not in text


def test_a_version_tells_what_it_changed(serve_version: Serve, client: StrictClient) -> None:
    serve_version(with_later_version)
    text = words(client, f"/requirements/targets/{LEVEL_2}")
    assert "In force from 1 January 2027 Not in force yet" in text
    assert "2 clauses differ from the version before" in text
    assert "Changed The new paper Before:" in text
    assert "Awarded or sat within: 2 years" in text


def test_another_day_shows_the_version_of_that_day(serve_version: Serve, client: StrictClient) -> None:
    serve_version(with_later_version)
    address = f"/requirements/targets/{LEVEL_2}"
    assert "Awarded or sat within 2 years" not in words(client, f"{address}?on=2026-12-31")
    assert "Awarded or sat within 2 years" in words(client, f"{address}?on=2027-01-01")


def test_a_rule_of_the_future_is_shown_as_it_will_begin(serve_version: Serve, client: StrictClient) -> None:
    serve_version(beginning_in_2027)
    text = words(client, f"/requirements/targets/{LEVEL_2}")
    assert "These rules are not in force yet. They begin on 1 January 2027." in text
    assert "The rule on 1 January 2027" in text


def test_a_rule_that_ended_is_shown_on_its_last_day_and_not_after(
    serve_version: Serve, client: StrictClient
) -> None:
    serve_version(ending_in_2025)
    address = f"/requirements/targets/{LEVEL_2}"
    assert "These rules ended on 31 December 2025" in words(client, address)
    assert "The rule on 31 December 2025" in words(client, address)
    assert "Choose that day or an earlier one." in words(client, f"{address}?on=2026-01-01", status=422)


@pytest.mark.parametrize("asked", ["on=0000-00-00", "on=9999-99-99", "on-day=31&on-month=2&on-year=2026"])
def test_a_day_that_is_none_is_refused_at_the_field(client: StrictClient, asked: str) -> None:
    page = page_at(client, f"{AMAC}?{asked}", status=422)
    assert page.select_one(".govuk-error-summary")


def test_a_source_names_the_rules_that_rest_on_it(house: House, client: StrictClient) -> None:
    page = page_at(client, "/sources")
    rows = {str(row["id"]): row for row in page.select(".row[id]")}
    assert set(rows) == {name.replace(".", "-") for name in house.rulebook.sources}
    text = rows["hk-S52"].get_text(" ")
    assert "SFC licensed representative, Type 9" in text
    assert "medium confidence" in text
    assert "read 22 Nov 2026" in text


@pytest.mark.parametrize(("language", "is_shown"), [("en", True), ("zh-HK", False), ("zh-CN", False)])
def test_a_place_inside_a_source_is_told_in_the_reader_s_language_or_not_at_all(
    app: Flask, language: str, is_shown: bool
) -> None:
    text = words(Browser(app, language=language), AMAC)
    assert ("registration through the institution" in text) is is_shown
    assert ("no criminal penalty" in text) is is_shown


def test_sources_grow_due_for_reading(client: StrictClient, clock: SettableClock) -> None:
    assert "Due for reading again" not in words(client, "/sources")
    clock.put_to(clock.now().replace(year=2028))
    text = words(client, "/sources")
    assert "sources are due for reading again" in text
    assert "Read within the last year" not in text


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("hksi", ""),
        ("證券及投資學會", ""),
        ("证券及投资学会", ""),
        ("ＨＫＳＩ", ""),
        ("", "primary"),
        ("type 9", "secondary"),
    ],
)
def test_sources_can_be_narrowed_in_any_language(
    house: House, client: StrictClient, typed: str, kind: str
) -> None:
    page = page_at(client, f"/sources?q={quote(typed)}&kind={kind}")
    shown = [str(row["id"]) for row in page.select(".row[id]")]
    assert 0 < len(shown) < len(house.rulebook.sources)
    assert f"{len(shown)} of {len(house.rulebook.sources)} sources." in page.get_text(" ")
    kinds = {name.replace(".", "-"): one.more.get("kind") for name, one in house.rulebook.sources.items()}
    assert not kind or {kinds[name] for name in shown} == {kind}
    field = page.select_one("#q")
    assert field is not None
    assert field.get("value", "") == typed


def test_sources_nobody_has_are_said_to_be_none(client: StrictClient) -> None:
    page = page_at(client, f"/sources?q={quote('<b>sfc zzqq 🙂')}&kind=nonsense")
    assert not page.select(".row[id]")
    assert "No source speaks of all these words." in page.get_text(" ")
    assert page.select_one('main a[href="/sources"]')
    assert page_at(client, "/sources?q=" + "x" * 10_000).select_one("#q")


def test_only_the_source_that_is_old_is_due(
    app: Flask, house: House, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = replace(house.rulebook.sources["hk.S52"], last_read_on=date(2024, 1, 1))
    book = replace(house.rulebook, sources={**house.rulebook.sources, "hk.S52": old})
    monkeypatch.setitem(app.extensions, "house", replace(house, rulebook=book))
    page = page_at(client, "/sources")
    first = page.select_one(".row[id]")
    assert first is not None
    assert first["id"] == "hk-S52"
    assert len(page.select(".row .govuk-tag")) == 1


def test_before_any_release_the_page_gives_the_digest_of_the_rules_shown(
    house: House, client: StrictClient
) -> None:
    assert house.rulebook.digest in words(client, "/releases")


def test_a_download_has_the_digest_shown_on_the_page(house: House, client: StrictClient) -> None:
    publish_shipped(house)
    page = page_at(client, "/releases")
    shown = page.select_one(".row code")
    link = page.select_one(".row a")
    assert shown is not None
    assert link is not None
    answer = client.get(str(link["href"]))
    assert answer.mimetype == "application/json"
    assert hashlib.sha256(answer.data).hexdigest() == shown.get_text()
    assert 'attachment; filename="twin-city-bridge-release-1.json"' in answer.headers["Content-Disposition"]
    assert set(json.loads(answer.data)) == set(house.rulebook.documents)


def test_who_has_a_release_already_is_told_so(house: House, client: StrictClient) -> None:
    publish_shipped(house)
    tag = client.get("/releases/1.json").headers["ETag"]
    again = client.get("/releases/1.json", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert not again.data
    assert client.get("/releases/1.json", headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("name", ["2", "0", "99999999999999999999", "-1", "one"])
def test_a_release_nobody_published_is_not_found(house: House, client: StrictClient, name: str) -> None:
    publish_shipped(house)
    assert client.get(f"/releases/{name}.json").status_code == 404


@pytest.mark.parametrize("address", ["/requirements", "/sources", "/releases", "/releases/1.json"])
def test_nothing_here_can_be_sent_to(client: StrictClient, address: str) -> None:
    assert client.post(address).status_code in (400, 405)


def test_the_guide_explains_each_kind_and_every_rule_leads_to_its_own(
    house: House, client: StrictClient
) -> None:
    guide = page_at(client, "/requirements/reading-guide")
    assert all(guide.select_one(f"#{kind.value}") for kind in RecognitionKind)
    for anchor in ("not-a-licence", "windows", "cannot-tell", "confidence"):
        assert guide.select_one(f"#{anchor}")
    target = page_at(client, AMAC)
    assert target.select_one('a[href="/requirements/reading-guide#paper-exemption"]')


def test_every_parameter_of_every_predicate_has_a_name(app: Flask) -> None:
    with app.test_request_context():
        for predicate in PREDICATES.values():
            assert all(name_of(parameter) for parameter in predicate.parameters)
