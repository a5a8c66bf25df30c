"""The first officer's acts: checked when acting, journaled, and never on somebody else's desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.cases import Stage
from portal.domain.credentials import FactKind, Standing, VerificationMethod
from portal.domain.errors import AlreadyDone, Conflict, NotFound, NotPermitted, Refused
from portal.domain.people import Actor
from portal.models.credentials import Credential, Verification
from portal.models.records import JournalEntry
from portal.services.assessment import (
    assign_case,
    begin_assessment,
    verify_fact,
)
from portal.services.house import House
from tests.builders.applications import a_credential
from tests.builders.decisions import (
    a_case,
    an_actor,
    fact_seen,
    verify,
)


def entries(house: House, kind: str) -> list[JournalEntry]:
    return list(house.session.scalars(select(JournalEntry).where(JournalEntry.kind == kind)))


def another_officer(house: House) -> Actor:
    return an_actor(house, "bo_yip")


def test_beginning_assigns_the_case_and_is_journaled(house: House) -> None:
    case, ada = a_case(house), an_actor(house, "ada_ko")

    begin_assessment(house, ada, reference=case.reference, version=case.version)

    assert (case.stage, case.assigned_to) == (Stage.UNDER_ASSESSMENT, ada.account_id)
    assert len(entries(house, "case.assessment_begun")) == 1


def test_an_officer_of_the_other_side_is_refused(house: House) -> None:
    case, su = a_case(house), an_actor(house, "su_qing")

    with pytest.raises(NotPermitted) as refusal:
        begin_assessment(house, su, reference=case.reference, version=case.version)

    assert refusal.value.code == "case.other_jurisdiction"


@pytest.mark.parametrize("key", ["mei_lam", "tam_lok", "harbour_works", "sys"])
def test_nobody_but_an_officer_begins(house: House, key: str) -> None:
    case = a_case(house)

    with pytest.raises(NotPermitted):
        begin_assessment(house, an_actor(house, key), reference=case.reference, version=case.version)


def test_an_officer_does_not_work_on_their_own_application(house: House) -> None:
    case = a_case(house)
    own = replace(an_actor(house, "ada_ko"), person_id=case.person_id)

    with pytest.raises(NotPermitted) as refusal:
        begin_assessment(house, own, reference=case.reference, version=case.version)

    assert refusal.value.code == "case.own_case"


@pytest.mark.parametrize("reference", ["HK-2222-2222", "", "’; DROP TABLE cases"])
def test_an_unknown_reference_is_not_found(house: House, reference: str) -> None:
    with pytest.raises(NotFound):
        begin_assessment(house, an_actor(house, "ada_ko"), reference=reference, version=1)


def test_a_draft_does_not_exist_for_officers(house: House) -> None:
    case = a_case(house, stage="draft")

    with pytest.raises(NotFound):
        begin_assessment(house, an_actor(house, "ada_ko"), reference=case.reference, version=case.version)


def test_a_stale_form_changes_nothing(house: House) -> None:
    case = a_case(house)

    with pytest.raises(Conflict):
        begin_assessment(house, an_actor(house, "ada_ko"), reference=case.reference, version=case.version - 1)

    assert case.stage is Stage.SUBMITTED


def test_the_same_form_twice_is_one_act(house: House) -> None:
    case, ada = a_case(house), an_actor(house, "ada_ko")
    begin_assessment(house, ada, reference=case.reference, version=case.version, once="k")

    with pytest.raises(AlreadyDone) as done:
        begin_assessment(house, ada, reference=case.reference, version=1, once="k")

    assert done.value.result == case.reference
    assert len(entries(house, "case.assessment_begun")) == 1


def test_a_second_assignee_is_told_that_there_is_one(house: House) -> None:
    case = a_case(house, stage="under_assessment")

    with pytest.raises(Refused) as refusal:
        assign_case(house, another_officer(house), reference=case.reference, version=case.version)

    assert refusal.value.code == "case.already_assigned"


def test_a_case_nobody_has_can_be_taken(house: House) -> None:
    case = a_case(house, stage="under_assessment")
    case.assigned_to = None
    house.session.commit()
    bo = another_officer(house)

    assign_case(house, bo, reference=case.reference, version=case.version)

    assert case.assigned_to == bo.account_id
    with pytest.raises(Refused):
        assign_case(house, bo, reference=case.reference, version=case.version)


def test_verifying_says_how_by_whom_and_of_which_version(house: House) -> None:
    case, ada = a_case(house, stage="under_assessment"), an_actor(house, "ada_ko")
    seen = fact_seen(house, case, "amac.registration")

    verify(house, ada, case, seen, note="Looked up today.")

    found = house.session.scalars(select(Verification)).one()
    assert house.session.get_one(Credential, seen.id).standing is Standing.VERIFIED
    assert (found.method, found.note, found.account_id, found.fact_version) == (
        VerificationMethod.OFFICIAL_REGISTER,
        "Looked up today.",
        ada.account_id,
        seen.version,
    )
    assert entries(house, "fact.verified")[0].facts["method"] == "official_register"


def test_a_rejection_needs_a_note(house: House) -> None:
    case, ada = a_case(house, stage="under_assessment"), an_actor(house, "ada_ko")
    seen = fact_seen(house, case, "amac.registration")

    with pytest.raises(Refused) as refusal:
        verify(house, ada, case, seen, verified=False, note="  ")
    assert refusal.value.field == "note"

    verify(house, ada, case, seen, verified=False, note="Not in the register.")
    assert house.session.get_one(Credential, seen.id).standing is Standing.REJECTED
    assert entries(house, "fact.rejected")


def test_a_fact_that_was_changed_meanwhile_is_a_conflict(house: House) -> None:
    case, ada = a_case(house, stage="under_assessment"), an_actor(house, "ada_ko")
    seen = fact_seen(house, case, "amac.registration")
    house.session.get_one(Credential, seen.id).number = "changed"
    house.session.commit()

    with pytest.raises(Conflict) as conflict:
        verify(house, ada, case, seen)

    assert conflict.value.code == "row.changed"
    assert house.session.get_one(Credential, seen.id).standing is Standing.DECLARED


def test_a_fact_of_somebody_else_is_not_in_the_file(house: House) -> None:
    case, ada = a_case(house, stage="under_assessment"), an_actor(house, "ada_ko")
    mei = an_actor(house, "mei_lam")
    key = a_credential(
        house,
        mei,
        "education.degree",
        awarded_on=date(2014, 6, 30),
        level="bachelor",
        field="law",
        place="hk",
    )
    seen = replace(fact_seen(house, case, "amac.registration"), id=house.new_key())

    with pytest.raises(NotFound):
        verify(house, ada, case, seen)
    with pytest.raises(NotFound):
        verify(house, ada, case, replace(seen, id=type(seen.id)(key)))
    with pytest.raises(NotFound):
        verify(house, ada, case, replace(fact_seen(house, case, "amac.registration"), kind=FactKind.WORK))


def test_a_completion_is_not_an_officers_way_of_knowing(house: House) -> None:
    case, ada = a_case(house, stage="under_assessment"), an_actor(house, "ada_ko")

    with pytest.raises(Refused) as refusal:
        verify_fact(
            house,
            ada,
            reference=case.reference,
            seen=fact_seen(house, case, "amac.registration"),
            verified=True,
            method=VerificationMethod.COMPLETION,
        )

    assert refusal.value.code == "verification.method_not_yours"


def test_a_recommended_case_is_left_as_it_was_read(house: House) -> None:
    case, ada = a_case(house, stage="recommended"), an_actor(house, "ada_ko")

    with pytest.raises(Conflict):
        verify(house, ada, case, fact_seen(house, case, "amac.registration"))


def test_only_the_assignee_works_on_a_case(house: House) -> None:
    case, bo = a_case(house, stage="under_assessment"), another_officer(house)

    with pytest.raises(NotPermitted) as refusal:
        verify(house, bo, case, fact_seen(house, case, "amac.registration"))

    assert refusal.value.code == "case.on_another_desk"
