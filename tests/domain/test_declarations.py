"""What is declared and agreed to: which statements, for whom, in which words."""

from __future__ import annotations

import pytest

from portal.domain.declarations import WORDING_VERSION, DeclarationKind, wordings_asked
from portal.domain.places import Jurisdiction

HK, SZ = Jurisdiction.HONG_KONG, Jurisdiction.SHENZHEN


@pytest.mark.parametrize(
    ("home", "sides", "keys"),
    [
        (HK, [HK], ["truth", "machine_mapping", "sharing_hk"]),
        (HK, [SZ], ["truth", "machine_mapping", "sharing_sz", "crossing_sz"]),
        (SZ, [HK], ["truth", "machine_mapping", "sharing_hk", "crossing_hk"]),
        (HK, [SZ, HK], ["truth", "machine_mapping", "sharing_hk", "sharing_sz", "crossing_sz"]),
    ],
)
def test_a_crossing_is_asked_only_where_the_file_leaves_its_home(
    home: Jurisdiction, sides: list[Jurisdiction], keys: list[str]
) -> None:
    assert [wording.key for wording in wordings_asked(home, sides)] == keys


def test_the_order_and_number_of_sides_given_do_not_matter() -> None:
    assert wordings_asked(HK, [SZ, HK, SZ]) == wordings_asked(HK, [HK, SZ])


def test_a_statement_covers_its_own_side_or_all() -> None:
    for wording in wordings_asked(HK, [HK, SZ]):
        assert wording.covers(SZ) is (wording.towards is not HK)


def test_every_kind_is_asked_of_somebody_who_applies_across() -> None:
    assert {wording.kind for wording in wordings_asked(HK, [SZ])} == set(DeclarationKind)


@pytest.mark.parametrize("home", [HK, SZ])
def test_the_words_stand_in_three_languages_and_say_why(home: Jurisdiction) -> None:
    for wording in wordings_asked(home, [HK, SZ]):
        assert wording.version == WORDING_VERSION
        for text in (wording.text, wording.why):
            assert text.en
            assert text.zh_hant != text.zh_hans
            assert text.en not in (text.zh_hant, text.zh_hans)


def test_a_crossing_names_where_from_and_where_to() -> None:
    crossing = wordings_asked(HK, [SZ])[-1]
    assert "from Hong Kong to this programme’s officers for Shenzhen" in crossing.text.en
    assert "单独同意" in crossing.text.zh_hans
