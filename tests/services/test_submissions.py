"""Submitting an application and withdrawing it, through the real use cases."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.domain.cases import Move, Stage
from portal.domain.errors import AlreadyDone, Conflict, Refused
from portal.domain.rules.results import Evaluation
from portal.domain.rules.vocabulary import Basis
from portal.models.cases import CaseMove, Photograph
from portal.models.records import JournalEntry, OutboxMessage
from portal.services.cases import (
    submit_application,
    withdraw_case,
)
from portal.services.house import House
from tests.builders.applications import (
    AMAC,
    TYPE_9,
    a_file,
    a_name,
    an_application,
    read_draft,
    the_person,
)
from tests.builders.decisions import a_case


def test_submitting_photographs_both_bases_moves_tells_and_journals(house: House) -> None:
    actor = a_file(house)
    application = an_application(house, actor, stage="submitted")
    for case in application.cases:
        assert case.stage is Stage.SUBMITTED
        assert case.submitted_at == house.clock.now()
        assert [step.move for step in case.steps] == [Move.SUBMIT]
        assert {basis for basis, _outcome in case.submitted_as} == set(Basis)
    photographs = house.session.scalars(select(Photograph)).all()
    assert len(photographs) == 4
    assert Evaluation.from_json(photographs[0].tree).outcome is photographs[0].outcome
    told = house.session.scalars(select(OutboxMessage)).all()
    assert [message.kind for message in told] == ["application_received"]
    for case in application.cases:
        assert case.reference in told[0].body
    kinds = house.session.scalars(select(JournalEntry.kind)).all()
    assert kinds.count("case.submitted") == 2


def test_the_email_is_written_in_the_language_of_the_account(house: House) -> None:
    an_application(house, a_file(house, "chen_wei"), stage="submitted")
    told = house.session.scalars(select(OutboxMessage)).one()
    assert told.language == "zh_Hans_CN"
    assert "申请" in told.subject


def test_submitting_twice_is_one_submission(house: House) -> None:
    actor = a_file(house)
    draft = an_application(house, actor, stage="declared")
    submit_application(house, actor, draft.id, version=draft.draft_version, once="a key")
    with pytest.raises(AlreadyDone):
        submit_application(house, actor, draft.id, version=draft.draft_version, once="a key")
    with pytest.raises(Conflict, match="not_in_stage"):
        submit_application(house, actor, draft.id, version=draft.draft_version)
    assert house.session.scalar(select(func.count()).select_from(CaseMove)) == 2
    assert house.session.scalar(select(func.count()).select_from(OutboxMessage)) == 1


def test_a_check_of_an_older_state_does_not_submit(house: House) -> None:
    actor = a_file(house)
    draft = an_application(house, actor, stage="declared")
    first = draft.cases[0]
    withdraw_case(house, actor, first.reference, version=first.version)
    with pytest.raises(Conflict, match=r"row\.changed"):
        submit_application(house, actor, draft.id, version=draft.draft_version)


def test_the_other_side_is_submitted_alone_after_one_was_withdrawn(house: House) -> None:
    actor = a_file(house)
    draft = an_application(house, actor, stage="declared")
    first = draft.cases[0]
    withdraw_case(house, actor, first.reference, version=first.version)
    left = read_draft(house, actor, draft.id)
    submit_application(house, actor, draft.id, version=left.draft_version)
    stages = [case.stage for case in read_draft(house, actor, draft.id).cases]
    assert stages == [Stage.WITHDRAWN, Stage.SUBMITTED]


def test_a_file_without_a_name_cannot_be_submitted(house: House) -> None:
    actor = the_person(house)
    draft = an_application(house, actor, stage="declared")
    with pytest.raises(Refused, match="no_name"):
        submit_application(house, actor, draft.id, version=draft.draft_version)


def test_an_empty_file_cannot_be_submitted(house: House) -> None:
    actor = a_name(house)
    draft = an_application(house, actor, stage="declared")
    with pytest.raises(Refused, match="nothing_declared"):
        submit_application(house, actor, draft.id, version=draft.draft_version)


def test_without_consents_nothing_is_submitted(house: House) -> None:
    actor = a_file(house)
    draft = an_application(house, actor)
    with pytest.raises(Refused, match="declarations_missing"):
        submit_application(house, actor, draft.id, version=draft.draft_version)
    assert house.session.scalar(select(func.count()).select_from(Photograph)) == 0


def test_a_draft_is_withdrawn_without_an_email_and_a_submitted_case_with_one(house: House) -> None:
    actor = a_file(house)
    draft = an_application(house, actor, targets=[AMAC])
    withdraw_case(house, actor, draft.cases[0].reference, version=draft.cases[0].version)
    assert house.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
    an_application(house, actor, targets=[TYPE_9], stage="withdrawn")
    kinds = house.session.scalars(select(OutboxMessage.kind)).all()
    assert sorted(kinds) == ["application_received", "application_withdrawn"]


@pytest.mark.parametrize("stage", ["draft", "submitted", "under_assessment", "recommended"])
def test_a_case_can_be_withdrawn_at_any_open_stage(house: House, stage: str) -> None:
    case = a_case(house, stage=stage)
    withdraw_case(house, the_person(house, "chen_wei"), case.reference, version=case.version)
    assert case.stage is Stage.WITHDRAWN


@pytest.mark.parametrize("stage", ["granted", "granted_with_conditions", "declined"])
def test_what_is_decided_cannot_be_withdrawn(house: House, stage: str) -> None:
    case = a_case(house, stage=stage)
    with pytest.raises(Conflict, match="not_in_stage"):
        withdraw_case(house, the_person(house, "chen_wei"), case.reference, version=case.version)


def test_what_is_withdrawn_cannot_be_withdrawn_again(house: House) -> None:
    actor = a_file(house)
    case = an_application(house, actor, stage="withdrawn").cases[0]
    with pytest.raises(Conflict, match="not_in_stage"):
        withdraw_case(house, actor, case.reference, version=case.version)
