"""When a pair is proposed again after a ruling."""

from __future__ import annotations

from uuid import UUID

import pytest

from portal.domain.duplicates import in_order, is_proposed


@pytest.mark.parametrize(
    ("known", "covered", "proposed"),
    [
        (["same_latin"], None, True),
        ([], None, False),
        (["same_latin"], ["same_latin"], False),
        (["same_characters", "same_latin"], ["same_latin"], False),
        (["same_document", "same_latin"], ["same_latin"], True),
        (["same_document"], ["same_document"], False),
    ],
)
def test_a_ruling_is_remembered_until_a_document_it_did_not_weigh(
    known: list[str], covered: list[str] | None, proposed: bool
) -> None:
    assert is_proposed(known, covered) is proposed


def test_a_pair_is_one_whichever_comes_first() -> None:
    one, other = UUID(int=1), UUID(int=2)
    assert in_order(one, other) == in_order(other, one) == (one, other)
