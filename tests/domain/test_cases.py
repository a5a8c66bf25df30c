"""The life of a case: only the moves in the table, and somebody's turn in every open stage."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from portal.domain.cases import (
    ON_THE_DESK,
    OPEN_STAGES,
    TRANSITIONS,
    Move,
    Stage,
    Turn,
    may,
    stage_after,
    whose_turn,
)
from portal.domain.errors import Conflict


def test_a_case_goes_from_draft_to_grant_by_two_officers() -> None:
    stage = Stage.DRAFT
    for move in (Move.SUBMIT, Move.BEGIN_ASSESSMENT, Move.RECOMMEND, Move.GRANT):
        stage = stage_after(stage, move)
    assert stage is Stage.GRANTED


def test_finished_conditions_bring_a_conditional_case_back_to_the_desk() -> None:
    assert stage_after(Stage.GRANTED_WITH_CONDITIONS, Move.FULFIL_CONDITIONS) is Stage.UNDER_ASSESSMENT


@pytest.mark.parametrize("closed", [Stage.WITHDRAWN, Stage.LAPSED, Stage.GRANTED])
def test_nothing_moves_a_closed_case(closed: Stage) -> None:
    assert not any(may(closed, move) for move in Move)
    assert whose_turn(closed) is Turn.NOBODY


@given(st.sampled_from(Stage), st.sampled_from(Move))
def test_every_step_outside_the_table_is_refused(stage: Stage, move: Move) -> None:
    if (stage, move) in TRANSITIONS:
        assert stage_after(stage, move) is TRANSITIONS[stage, move]
    else:
        with pytest.raises(Conflict) as refusal:
            stage_after(stage, move)
        assert refusal.value.code == "case.not_in_stage"


def test_a_decision_is_only_possible_on_a_recommendation() -> None:
    for decision in (Move.GRANT, Move.GRANT_WITH_CONDITIONS, Move.DECLINE):
        assert [stage for stage in Stage if may(stage, decision)] == [Stage.RECOMMENDED]


def test_the_applicant_may_withdraw_at_every_open_stage() -> None:
    assert {stage for stage in Stage if may(stage, Move.WITHDRAW)} == OPEN_STAGES


def test_somebody_has_the_turn_in_every_open_stage() -> None:
    assert all(whose_turn(stage) is not Turn.NOBODY for stage in OPEN_STAGES)
    assert whose_turn(Stage.RECOMMENDED) is Turn.SECOND_OFFICER
    assert Stage.DRAFT not in ON_THE_DESK
