"""Searching the shipped catalogue the way people type: three scripts, abbreviations, slips."""

from __future__ import annotations

import pytest

from portal.adapters.catalogue_search import CatalogueIndex, index_of, words_of
from portal.domain.rules.catalogue import Qualification
from portal.domain.texts import Text
from portal.rulebook.loader import load

RULEBOOK = load()
INDEX = CatalogueIndex(RULEBOOK.qualifications)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Type 9", "sfc.rep.type-9"),
        ("type9", "sfc.rep.type-9"),
        ("RA9", "sfc.rep.type-9"),
        ("第9類", "sfc.rep.type-9"),
        ("第９类", "sfc.rep.type-9"),
        ("9號牌", "sfc.rep.type-9"),
        ("9号牌", "sfc.rep.type-9"),
        ("HKSI Paper 1", "hksi.le.paper-1"),
        ("卷一", "hksi.le.paper-1"),
        ("cissp", "isc2.cissp"),
        ("註冊信息安全專業人員", "cnitsec.cisp"),
        ("注册信息安全专业人员", "cnitsec.cisp"),
        ("bachelor", "education.degree"),
        ("本科", "education.degree"),
    ],
)
def test_a_name_or_an_abbreviation_in_any_script_finds_its_entry_first(typed: str, first: str) -> None:
    found = INDEX.search(typed)
    assert found.hits[0] == first
    assert not found.guesses


@pytest.mark.parametrize("typed", ["基金從業資格", "基金从业资格"])
def test_both_scripts_find_the_same(typed: str) -> None:
    assert INDEX.search(typed).hits == INDEX.search("基金从业资格").hits
    assert "amac.registration" in INDEX.search(typed).hits


@pytest.mark.parametrize(
    ("typed", "both"),
    [
        ("CFA", {"cfa-institute.charter", "cfa-china.futures.qualification"}),
        ("CPA", {"hkicpa.membership", "cicpa.cpa"}),
    ],
)
def test_an_ambiguous_abbreviation_asks_back_and_shows_both(typed: str, both: set[str]) -> None:
    found = INDEX.search(typed)
    assert found.question is not None
    assert found.is_ambiguous
    assert both <= set(found.hits)


def made_up(code: str, name: str) -> Qualification:
    return Qualification(
        f"x.{code}", "certificate", "sz", "mohrss", Text(name, name, name), ("BRIDGE",), (), None, "test"
    )


def test_a_name_of_several_things_is_ambiguous_even_without_a_question() -> None:
    entries = [made_up("planks", "Laying planks"), made_up("towers", "Raising towers")]
    found = CatalogueIndex({entry.code: entry for entry in entries}).search("bridge")
    assert set(found.hits) == {"x.planks", "x.towers"}
    assert found.is_ambiguous
    assert found.question is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("asset managment", "sfc.rep.type-9"),
        ("CISPP", "isc2.cissp"),
        ("cyber secrity", "hkib.ecf-c.acsp"),
    ],
)
def test_a_slip_of_the_finger_is_guessed_and_never_taken_for_an_answer(typed: str, meant: str) -> None:
    found = INDEX.search(typed)
    assert meant in found.guesses
    assert found.hits == ()
    assert not found.is_ambiguous


def test_a_number_has_to_stand_there_whole() -> None:
    assert "hksi.le.paper-12" not in INDEX.search("paper 1").hits
    assert "sfc.rep.type-10" not in INDEX.search("type 1").hits


@pytest.mark.parametrize("typed", ["", "   ", "？！", "一級建築師", "firewall", "x" * 5000])
def test_nothing_is_found_where_nothing_is_meant(typed: str) -> None:
    found = INDEX.search(typed)
    assert found.hits == ()
    assert found.guesses == ()


def test_two_professions_one_character_apart_are_never_one() -> None:
    builder = made_up("builder", "一级建造师")
    found = CatalogueIndex({builder.code: builder}).search("一级建筑师")
    assert found.hits == ()


def test_width_case_script_and_signs_do_not_matter() -> None:
    assert words_of("ＣＰＦｉｎＴ(A)") == words_of("cpfint a")
    assert words_of("證監會") == words_of("证监会")


def test_one_reading_of_the_catalogue_serves_until_the_rules_change() -> None:
    first = index_of("a", RULEBOOK.qualifications)
    assert index_of("a", RULEBOOK.qualifications) is first
    assert index_of("b", RULEBOOK.qualifications) is not first
