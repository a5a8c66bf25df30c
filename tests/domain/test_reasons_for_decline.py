"""Reason codes: known, founded, and with a consequence each."""

from __future__ import annotations

import pytest

from portal.domain.errors import Refused
from portal.domain.reasons_for_decline import (
    GROUNDS,
    Consequence,
    DeclineReason,
    Footing,
    consequence_of,
    read_reasons,
    require_footing,
)

NOTHING = Footing(has_open_clauses=False, has_finding_against=False, has_rejected_fact=False)


def test_every_reason_has_a_consequence() -> None:
    assert set(GROUNDS) == set(DeclineReason)


def test_reasons_are_read_once_each_in_a_steady_order() -> None:
    read = read_reasons(["statement_untrue", "requirement_not_met", "statement_untrue"])

    assert read == (DeclineReason.REQUIREMENT_NOT_MET, DeclineReason.STATEMENT_UNTRUE)


@pytest.mark.parametrize(
    ("codes", "refused"), [([], "decline.reason_missing"), (["moon"], "decline.reason_unknown")]
)
def test_no_reason_and_an_unknown_one_are_refused(codes: list[str], refused: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_reasons(codes)

    assert refusal.value.code == refused


@pytest.mark.parametrize("reason", list(DeclineReason))
def test_a_reason_nothing_bears_out_is_refused(reason: DeclineReason) -> None:
    with pytest.raises(Refused) as refusal:
        require_footing([reason], NOTHING)

    assert refusal.value.code == "decline.reason_unfounded"


def test_a_reason_that_the_case_bears_out_stands() -> None:
    require_footing(
        list(DeclineReason),
        Footing(has_open_clauses=True, has_finding_against=True, has_rejected_fact=True),
    )


def test_the_gravest_consequence_is_the_one_stated() -> None:
    milder = [DeclineReason.REQUIREMENT_NOT_MET]

    assert consequence_of(milder) is Consequence.APPLY_AGAIN_WHEN_MET
    assert consequence_of([*milder, DeclineReason.STATEMENT_UNTRUE]) is Consequence.REVIEW_ONLY
