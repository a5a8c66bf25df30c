"""Keys are in order of time; references catch one slip of the finger or two swapped characters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, strategies as st

from portal.domain.identifiers import (
    ALPHABET,
    is_well_formed,
    public_reference,
    tidy_reference,
    time_ordered_key,
)

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
references = st.builds(
    public_reference, st.sampled_from(["HK", "SZ", "SH", "RC"]), st.binary(min_size=8, max_size=8)
)


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_a_later_key_sorts_after_an_earlier_one(first: bytes, second: bytes) -> None:
    assert time_ordered_key(NOON, first) < time_ordered_key(NOON + timedelta(milliseconds=1), second)


def test_a_key_is_a_version_7_uuid() -> None:
    key = time_ordered_key(NOON, bytes(range(10)))
    assert key.version == 7
    with pytest.raises(ValueError):
        time_ordered_key(NOON, b"short")


@given(references)
def test_a_reference_is_well_formed_however_it_is_typed(reference: str) -> None:
    spoken = reference.lower().replace("-", " ")
    assert tidy_reference(spoken) == reference
    assert is_well_formed(spoken)


@given(references, st.data())
def test_one_wrong_character_is_noticed(reference: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([at for at, sign in enumerate(reference) if sign != "-" and at > 2]))
    wrong = data.draw(st.sampled_from(ALPHABET))
    assume(wrong != reference[place])
    assert not is_well_formed(reference[:place] + wrong + reference[place + 1 :])


@given(references, st.integers(3, 5))
def test_two_swapped_characters_are_noticed(reference: str, place: int) -> None:
    assume(reference[place] != reference[place + 1])
    swapped = reference[:place] + reference[place + 1] + reference[place] + reference[place + 2 :]
    assert not is_well_formed(swapped)


def test_references_have_no_vowels_and_nothing_that_looks_alike() -> None:
    assert not set(ALPHABET) & set("AEIOU01YL")
