"""The requirements browser, for anybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from portal.services.house import House
from tests.pages.strict_client import StrictClient

LANGUAGES = ("en", "zh-Hant-HK", "zh-Hans-CN")
TYPE_9 = "/requirements/targets/hk.sfc.representative.type-9"


def words(client: StrictClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    page = BeautifulSoup(answer.text, "lxml")
    return " ".join(page.main.get_text(" ").split()) if page.main else ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_track_and_family_reads_in_every_language(
    house: House, client: StrictClient, language: str
) -> None:
    client.set_cookie("language", language)
    words(client, "/requirements")
    for track in house.rulebook.tracks:
        words(client, f"/requirements/tracks/{track}")
    # Members of a family differ in values, not in shape: one of each is read closely.
    for target in {target.family: target for target in house.rulebook.targets.values()}.values():
        words(client, f"/requirements/targets/{target.id}")


def test_only_who_may_have_a_file_is_led_to_a_mapping_of_it(
    client: StrictClient, sign_in: Callable[[str], StrictClient]
) -> None:
    invitation = "See it mapped against your own file"
    assert invitation in words(client, TYPE_9)
    assert invitation in words(sign_in("mei_lam"), TYPE_9)
    assert invitation not in words(sign_in("ada_ko"), TYPE_9)


def test_every_target_is_served(app: Flask, house: House) -> None:
    browser = app.test_client()
    for target in house.rulebook.targets:
        assert browser.get(f"/requirements/targets/{target}?open=all").status_code == 200, target


def test_a_rule_shows_sources_confidence_days_and_when_it_began(client: StrictClient) -> None:
    page = words(client, TYPE_9)
    assert "In force from 1 January 2022." in page
    assert "high confidence" in page
    assert "medium confidence" in page
    assert "read 22 Nov 2026" in page
    assert "Any one of the following:" in page


def test_what_never_decides_says_so(client: StrictClient) -> None:
    assert "Never decides" in words(client, TYPE_9)


def test_every_clause_of_a_rule_is_shown(house: House, client: StrictClient) -> None:
    target = house.rulebook.targets["sz.amac.practitioner"]
    page = words(client, "/requirements/targets/sz.amac.practitioner")
    version = target.in_force(house.clock.today())
    for name, clause in version.clauses.items():
        if name != version.root:
            assert " ".join(clause.title.en.split()) in page


def test_another_day_may_be_asked_but_not_one_before_the_rule(client: StrictClient) -> None:
    assert "The rule on 1 February 2023" in words(client, f"{TYPE_9}?on=2023-02-01")
    refused = words(client, f"{TYPE_9}?on=2010-01-01", status=422)
    assert "These rules began on 1 January 2022." in refused
    assert words(client, f"{TYPE_9}?on=soon", status=422)


def test_unknown_tracks_and_targets_are_not_found(client: StrictClient) -> None:
    words(client, "/requirements/tracks/juggling", status=404)
    words(client, "/requirements/targets/hk.nothing", status=404)
