"""Applying, through the real use cases."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from portal.domain.cases import Move, Stage
from portal.domain.declarations import WORDING_VERSION
from portal.domain.errors import AlreadyDone, Conflict, NotFound, NotPermitted, Refused
from portal.domain.rules.results import Evaluation
from portal.domain.rules.vocabulary import Basis
from portal.models.cases import Case, CaseMove, Declaration, Photograph
from portal.models.records import JournalEntry, OutboxMessage
from portal.services.cases import (
    give_declarations,
    start_application,
    submit_application,
    withdraw_case,
)
from portal.services.house import House
from portal.services.own_cases import read_application, read_applications, read_case
from tests.builders.applications import (
    AMAC,
    TRACK,
    TYPE_9,
    a_file,
    a_name,
    an_application,
    declare,
    read_draft,
    statements,
    the_person,
)
from tests.builders.decisions import a_case


def test_an_application_for_both_sides_is_two_drafts_that_share_one_file(house: House) -> None:
    actor = a_file(house)
    application = an_application(house, actor)
    assert [case.target for case in application.cases] == [TYPE_9, AMAC]
    assert [case.stage for case in application.cases] == [Stage.DRAFT, Stage.DRAFT]
    assert [case.reference[:3] for case in application.cases] == ["HK-", "SZ-"]


def test_one_side_alone_is_one_case(house: House) -> None:
    application = an_application(house, a_file(house), targets=[AMAC])
    assert [case.target for case in application.cases] == [AMAC]


@pytest.mark.parametrize(
    ("targets", "code"),
    [
        ([], "application.no_side"),
        (["hk.sfc.representative.type-4"], "application.unknown_target"),
        (["nothing"], "application.unknown_target"),
    ],
)
def test_what_is_not_of_the_track_is_refused(house: House, targets: list[str], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        start_application(house, a_file(house), track=TRACK, targets=targets, language="en")
    assert refusal.value.code == code


def test_two_targets_on_one_side_are_refused(house: House) -> None:
    targets = ["hk.hkib.credit-risk.acrp", "hk.hkib.credit-risk.ccrp-cl"]
    with pytest.raises(Refused, match="one_target_a_side"):
        start_application(house, a_file(house), track="credit-risk", targets=targets, language="en")


def test_an_unknown_track_is_refused(house: House) -> None:
    with pytest.raises(Refused, match="unknown_track"):
        start_application(house, a_file(house), track="juggling", targets=[AMAC], language="en")


def test_an_officer_cannot_apply(house: House) -> None:
    with pytest.raises(NotPermitted):
        start_application(house, the_person(house, "ada_ko"), track=TRACK, targets=[AMAC], language="en")


def test_a_second_open_case_for_one_target_is_refused_by_name(house: House) -> None:
    actor = a_file(house)
    first = an_application(house, actor, targets=[TYPE_9])
    with pytest.raises(Refused) as refusal:
        an_application(house, actor)
    assert refusal.value.code == "application.already_open"
    assert refusal.value.params["reference"] == first.cases[0].reference
    assert refusal.value.field == "hk"
    assert len(read_applications(house, actor)) == 1


def test_after_a_withdrawal_one_may_apply_again(house: House) -> None:
    actor = a_file(house)
    an_application(house, actor, targets=[TYPE_9], stage="withdrawn")
    again = an_application(house, actor, targets=[TYPE_9])
    assert again.cases[0].stage is Stage.DRAFT


def test_the_same_form_twice_begins_one_application(house: House) -> None:
    actor = a_file(house)
    begun = start_application(house, actor, track=TRACK, targets=[AMAC], language="en", once="a key")
    with pytest.raises(AlreadyDone) as done:
        start_application(house, actor, track=TRACK, targets=[AMAC], language="en", once="a key")
    assert done.value.result == begun


def test_declarations_keep_the_words_the_version_the_language_and_the_instant(house: House) -> None:
    actor = a_file(house)
    key = an_application(house, actor).id
    draft = read_draft(house, actor, key)
    give_declarations(
        house,
        actor,
        key,
        given=statements(house, actor, draft),
        wording_version=WORDING_VERSION,
        language="zh_Hant_HK",
        version=draft.draft_version,
    )
    hong_kong, shenzhen = read_draft(house, actor, key).cases
    assert [one.kind for one in hong_kong.declarations] == ["truth", "machine_mapping", "sharing"]
    assert {one.kind for one in shenzhen.declarations} == {
        "truth",
        "machine_mapping",
        "sharing",
        "crossing",
    }
    crossing = next(one for one in shenzhen.declarations if one.kind == "crossing")
    assert crossing.wording.startswith("本人另行同意")
    assert crossing.language == "zh_Hant_HK"
    assert crossing.wording_version == WORDING_VERSION
    assert crossing.given_at == house.clock.now()


def test_nothing_crosses_for_the_side_where_one_is_at_home(house: House) -> None:
    actor = a_file(house, "chen_wei")
    application = an_application(house, actor, targets=[AMAC], stage="declared")
    assert {one.kind for one in application.cases[0].declarations} == {
        "truth",
        "machine_mapping",
        "sharing",
    }


@pytest.mark.parametrize("missing", ["truth", "machine_mapping", "sharing_hk", "sharing_sz", "crossing_sz"])
def test_every_statement_is_needed_and_the_missing_one_is_named(house: House, missing: str) -> None:
    actor = a_file(house)
    draft = an_application(house, actor)
    with pytest.raises(Refused) as refusal:
        give_declarations(
            house,
            actor,
            draft.id,
            given=statements(house, actor, draft) - {missing},
            wording_version=WORDING_VERSION,
            language="en",
            version=draft.draft_version,
        )
    assert refusal.value.field == missing
    assert house.session.scalar(select(func.count()).select_from(Declaration)) == 0


def test_words_that_have_changed_since_must_be_read_again(house: House) -> None:
    actor = a_file(house)
    draft = an_application(house, actor)
    with pytest.raises(Refused, match="wording_changed"):
        give_declarations(
            house,
            actor,
            draft.id,
            given=statements(house, actor, draft),
            wording_version="1999-01-01",
            language="en",
            version=draft.draft_version,
        )


def test_declaring_again_replaces_what_stood_there(house: House) -> None:
    actor = a_file(house)
    draft = an_application(house, actor, stage="declared")
    declare(house, actor, draft.id)
    assert house.session.scalar(select(func.count()).select_from(Declaration)) == 7


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


def test_what_is_already_granted_is_not_applied_for_again(house: House) -> None:
    case = a_case(house, stage="granted")
    with pytest.raises(Refused) as refusal:
        an_application(house, the_person(house, "chen_wei"), targets=[TYPE_9])
    assert refusal.value.code == "application.already_granted"
    assert refusal.value.params["reference"] == case.reference


def test_after_a_refusal_one_may_apply_again(house: House) -> None:
    a_case(house, stage="declined")
    again = an_application(house, the_person(house, "chen_wei"), targets=[TYPE_9])
    assert again.cases[0].stage is Stage.DRAFT


def test_what_is_withdrawn_cannot_be_withdrawn_again(house: House) -> None:
    actor = a_file(house)
    case = an_application(house, actor, stage="withdrawn").cases[0]
    with pytest.raises(Conflict, match="not_in_stage"):
        withdraw_case(house, actor, case.reference, version=case.version)


def test_an_application_does_not_exist_for_strangers(house: House) -> None:
    application = an_application(house, a_file(house), stage="declared")
    stranger = the_person(house, "chen_wei")
    case = application.cases[0]
    with pytest.raises(NotFound):
        read_application(house, stranger, application.id)
    with pytest.raises(NotFound):
        read_case(house, stranger, case.reference)
    with pytest.raises(NotFound):
        submit_application(house, stranger, application.id, version=application.draft_version)
    with pytest.raises(NotFound):
        withdraw_case(house, stranger, case.reference, version=case.version)
    assert read_applications(house, stranger) == ()


def test_a_made_up_key_is_answered_like_a_strangers(house: House) -> None:
    with pytest.raises(NotFound):
        read_application(house, a_file(house), uuid4())


def test_the_database_itself_refuses_a_second_standing_case(house: House) -> None:
    actor = a_file(house)
    case = house.session.get_one(Case, an_application(house, actor, targets=[AMAC]).cases[0].id)
    twin = {
        column.name: getattr(case, column.name)
        for column in Case.__table__.columns
        if column.name not in ("id", "reference")
    }
    house.session.add(Case(id=house.new_key(), reference="SZ-OTHER", **twin))
    with pytest.raises(Exception, match="UNIQUE"):
        house.session.flush()
    house.session.rollback()


def test_officers_notes_never_reach_the_applicant(house: House) -> None:
    actor = a_file(house)
    application = an_application(house, actor, stage="submitted")
    move = house.session.scalars(select(CaseMove)).first()
    assert move is not None
    move.note = "looks odd"
    house.session.commit()
    assert "looks odd" not in repr(read_application(house, actor, UUID(str(application.id))))
