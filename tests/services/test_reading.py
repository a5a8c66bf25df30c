"""Releases out of the database, the search among targets, sources, and what a version changed."""

from __future__ import annotations

import hashlib
import json
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import upgrade

from config import read_settings
from portal.app import create_app
from portal.domain.errors import NotFound
from portal.domain.rules.comparison import Kind
from portal.domain.rules.vocabulary import Confidence
from portal.models.database import db, writing
from portal.models.records import Release
from portal.rulebook.loader import Rulebook
from portal.services.house import House
from portal.services.reading import (
    ReleaseSpoilt,
    clause_changes,
    is_due,
    published_releases,
    release_document,
    release_numbered,
    targets_resting_on,
)
from portal.services.releases import publish_shipped
from portal.services.target_search import search_targets
from tests.databases import postgresql_database

TYPE_9 = "hk.sfc.representative.type-9"
LEVEL_2 = "sz.shmft.level-2"


def later_version(rulebook: Rulebook, target: str, begins: str, **changes: Any) -> Rulebook:
    """The rulebook with a further version of one rule: a copy of its last one, with changes to its tables."""
    documents = deepcopy(dict(rulebook.documents))
    versions: list[dict[str, Any]] = documents[rulebook.targets[target].origin]["version"]  # type: ignore[assignment]
    version = {**deepcopy(versions[-1]), "in_force_from": begins, **changes}
    versions.append(version)
    return Rulebook.from_json({"documents": documents})


def test_nothing_is_published_at_first(house: House) -> None:
    assert published_releases(house) == ()


def test_the_document_of_a_release_has_the_digest_it_is_listed_with(house: House) -> None:
    publish_shipped(house)
    (release,) = published_releases(house)
    document = release_document(house, release)
    assert hashlib.sha256(document).hexdigest() == release.digest == house.rulebook.digest
    assert Rulebook.from_json({"documents": json.loads(document)}).digest == release.digest


@pytest.mark.postgresql
def test_postgresql_keeps_a_release_so_that_its_digest_still_holds(tmp_path: Path) -> None:
    """That database keeps JSON in its own order and spelling; the document is spelt anew."""
    with postgresql_database() as address:
        app = create_app(read_settings({"PORTAL_ENV": "test", "DATABASE_URL": address}, instance=tmp_path))
        with app.app_context():
            upgrade(directory=str(Path(__file__).parents[2] / "migrations"))
            house: House = app.extensions["house"]
            publish_shipped(house)
            db.session.expire_all()
            (release,) = published_releases(house)
            assert hashlib.sha256(release_document(house, release)).hexdigest() == house.rulebook.digest
            db.session.remove()
            db.engine.dispose()


def test_releases_are_listed_newest_first(house: House) -> None:
    publish_shipped(house)
    other = replace(house, rulebook=later_version(house.rulebook, LEVEL_2, "2027-01-01"))
    publish_shipped(other)
    assert [release.number for release in published_releases(house)] == [2, 1]
    assert release_numbered(house, 2).digest == other.rulebook.digest


@pytest.mark.parametrize("number", [0, 2, 2**31, 10**30])
def test_a_number_nobody_published_is_not_found(house: House, number: int) -> None:
    publish_shipped(house)
    with pytest.raises(NotFound):
        release_numbered(house, number)


def test_a_release_that_was_tampered_with_is_not_handed_out(house: House) -> None:
    publish_shipped(house)
    token = writing.set(True)
    row = db.session.get(Release, 1)
    assert row is not None
    row.content = {"documents": {**row.content["documents"], "extra.toml": {}}}
    db.session.commit()
    writing.reset(token)
    with pytest.raises(ReleaseSpoilt):
        release_document(house, release_numbered(house, 1))


@pytest.mark.parametrize("typed", ["SFC type 9", "證監會 第9類", "香港证监会 第9类", "RA9", "9号牌"])
def test_a_target_is_found_in_any_script_and_by_its_abbreviation(house: House, typed: str) -> None:
    assert TYPE_9 in search_targets(house, typed).named


@pytest.mark.parametrize("typed", ["AMAC", "基金从业", "基金從業"])
def test_an_authority_and_a_part_of_a_title_are_found_too(house: House, typed: str) -> None:
    assert "sz.amac.practitioner" in search_targets(house, typed).named


def test_a_rule_is_found_by_what_it_asks_for(house: House) -> None:
    found = search_targets(house, "HKSI Paper 12")
    assert found.naming[TYPE_9] == ("hksi.le.paper-12",)


def test_a_name_of_two_bodies_is_asked_back(house: House) -> None:
    question = search_targets(house, "CFA").question
    assert question is not None
    assert "China Futures Association" in question.en


def test_a_slip_of_the_finger_is_only_a_guess(house: House) -> None:
    found = search_targets(house, "cibersecurity professionl")
    assert not found.named
    assert "hk.hkib.cybersecurity.core" in found.guesses


@pytest.mark.parametrize("typed", ["", "?!", "zzzzqqqq", "\x00", "x" * 5000])
def test_nonsense_finds_nothing(house: House, typed: str) -> None:
    found = search_targets(house, typed)
    assert not found.named
    assert not found.naming


def test_a_source_is_due_a_year_after_it_was_read(house: House) -> None:
    source = replace(house.rulebook.sources["hk.S52"], last_read_on=date(2026, 11, 22))
    assert not is_due(source, on=date(2027, 11, 21))
    assert is_due(source, on=date(2027, 11, 22))


def test_what_rests_on_a_source_is_every_rule_that_cites_it_as_sure_as_its_surest_clause(
    house: House,
) -> None:
    resting = targets_resting_on(house.rulebook)
    target = house.rulebook.targets[TYPE_9]
    cited: dict[str, list[Confidence]] = {}
    for clause in target.in_force(house.clock.today()).clauses.values():
        for cite in clause.cites:
            cited.setdefault(cite.source, []).append(cite.confidence)
    for source, confidences in cited.items():
        assert resting[source][TYPE_9] is max(confidences, key=lambda one: one.rank)


def test_two_equal_versions_differ_in_nothing(house: House) -> None:
    book = later_version(house.rulebook, LEVEL_2, "2027-01-01")
    old, new = book.targets[LEVEL_2].ruleset.versions
    assert clause_changes(book.targets[LEVEL_2], old, new) == ()


def test_what_a_version_added_removed_and_changed_is_told_clause_by_clause(house: House) -> None:
    versions: list[dict[str, Any]] = house.rulebook.documents["shenzhen/shmft_level_2.toml"]["version"]  # type: ignore[assignment]
    clauses = deepcopy(versions[-1]["clause"])
    root = next(one for one in clauses if one["id"] == versions[-1]["root"])
    gone, kept = root["all_of"]
    added = {**deepcopy(next(one for one in clauses if one["id"] == gone)), "id": "a_new_one"}
    changed = next(one for one in clauses if one["id"] == kept)
    changed["title"] = {"en": "Another title", "zh_hant": "另一標題", "zh_hans": "另一个标题"}
    root["all_of"] = ["a_new_one", kept]
    clauses = [one for one in clauses if one["id"] != gone] + [added]
    book = later_version(house.rulebook, LEVEL_2, "2027-01-01", clause=clauses)
    old, new = book.targets[LEVEL_2].ruleset.versions
    told = {one.name[-1]: (one.kind, one.parts) for one in clause_changes(book.targets[LEVEL_2], old, new)}
    assert told == {
        "a_new_one": (Kind.ADDED, ()),
        gone: (Kind.REMOVED, ()),
        kept: (Kind.CHANGED, ("title",)),
        root["id"]: (Kind.CHANGED, ("children",)),
    }
