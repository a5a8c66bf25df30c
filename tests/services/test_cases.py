"""Beginning an application and declaring, through the real use cases."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from portal.domain.cases import Stage
from portal.domain.declarations import WORDING_VERSION
from portal.domain.errors import AlreadyDone, NotFound, NotPermitted, Refused
from portal.models.cases import Case, CaseMove, Declaration
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
