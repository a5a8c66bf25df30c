"""Credentials: registered once, corrected with consequences, withdrawn without disappearing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from portal.domain.credentials import Standing
from portal.domain.errors import AlreadyDone, Conflict, NotFound, NotPermitted, Refused
from portal.domain.people import Actor
from portal.models.credentials import Credential
from portal.models.records import JournalEntry
from portal.services.credentials import (
    CredentialAnswers,
    change_credential,
    own_credential,
    own_credentials,
    register_credential,
    withdraw_credential,
)
from portal.services.facts import dossier_of
from portal.services.house import House
from tests.builders.records import a_credential, a_description, credential_answers

Cast = Callable[[str], Actor]
SAT = date(2025, 6, 14)
PAPER = "hksi.le.paper-1"


def verify(house: House, credential_id: UUID, standing: Standing = Standing.VERIFIED) -> None:
    row = house.session.get(Credential, credential_id)
    assert row is not None
    row.standing = standing
    house.session.commit()


def journal_of(house: House, kind: str) -> list[JournalEntry]:
    return list(house.session.scalars(select(JournalEntry).where(JournalEntry.kind == kind)))


def test_a_credential_is_recorded_as_declared_and_reaches_the_rules(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    said = credential_answers(awarded_on=SAT, attributes={"sitting": "2025-1", "score": "84", "number": "A1"})
    made = register_credential(house, mei, qualification="cba.intermediate.law", said=said)
    record = own_credential(house, mei, UUID(made))
    assert record.standing is Standing.DECLARED
    assert record.attributes == {"sitting": "2025-1", "score": "84", "number": "A1"}
    assert mei.person_id is not None
    (holding,) = dossier_of(house, mei.person_id, on=house.clock.today()).holdings
    assert holding.attributes == {"sitting": "2025-1", "score": 84}
    assert holding.awarded_on == SAT
    (entry,) = journal_of(house, "credential.registered")
    assert entry.facts == {"credential": made, "qualification": "cba.intermediate.law"}


def test_days_the_kind_does_not_have_are_not_kept(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    said = credential_answers(awarded_on=SAT, begun_on=date(2020, 1, 1), valid_until=date(2027, 1, 1))
    made = register_credential(house, mei, qualification=PAPER, said=said)
    days = own_credential(house, mei, UUID(made)).days
    assert (days.begun_on, days.valid_until) == (None, None)


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        (credential_answers(), "credential.day_missing", "awarded_on"),
        (credential_answers(awarded_on=date(2026, 11, 23)), "credential.day_ahead", "awarded_on"),
        (credential_answers(awarded_on=date(1990, 5, 16)), "credential.day_before_birth", "awarded_on"),
        (
            credential_answers(awarded_on=SAT, attributes={"sitting_place": "moon"}),
            "credential.answer_unknown",
            "sitting_place",
        ),
        (
            credential_answers(awarded_on=SAT, attributes={"level": "bachelor"}),
            "credential.attribute_unknown",
            None,
        ),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(
    house: House, actor: Cast, said: CredentialAnswers, code: str, field: str | None
) -> None:
    mei = actor("mei_lam")
    a_description(house, mei, born_on=date(1990, 5, 17))
    with pytest.raises(Refused) as refusal:
        register_credential(house, mei, qualification=PAPER, said=said)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert own_credentials(house, mei) == []


@pytest.mark.parametrize("code", ["no.such.thing", "bridging.dual-qualification.corporate-credit"])
def test_an_unknown_qualification_and_a_programmes_completion_cannot_be_declared(
    house: House, actor: Cast, code: str
) -> None:
    with pytest.raises(NotFound, match=r"qualification\.not_found"):
        register_credential(
            house, actor("mei_lam"), qualification=code, said=credential_answers(awarded_on=SAT)
        )


def test_the_same_again_is_asked_about_and_another_one_may_be_said(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    a_credential(house, mei, qualification=PAPER, awarded_on=SAT)
    said = credential_answers(awarded_on=SAT)
    with pytest.raises(Refused, match=r"credential\.duplicate") as refusal:
        register_credential(house, mei, qualification=PAPER, said=said)
    assert refusal.value.field == "is_another"
    register_credential(house, mei, qualification=PAPER, said=said, is_another=True)
    assert len(own_credentials(house, mei)) == 2


def test_another_day_another_number_or_a_withdrawn_one_is_no_duplicate(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    first = a_credential(house, mei, qualification="cba.intermediate.law", awarded_on=SAT)
    later = credential_answers(awarded_on=date(2025, 10, 25))
    register_credential(house, mei, qualification="cba.intermediate.law", said=later)
    withdraw_credential(house, mei, credential_id=first, version=1)
    same = credential_answers(awarded_on=SAT)
    register_credential(house, mei, qualification="cba.intermediate.law", said=same)
    standing = [one for one in own_credentials(house, mei) if one.standing is not Standing.WITHDRAWN]
    assert {one.days.awarded_on for one in standing} == {SAT, date(2025, 10, 25)}
    assert len(standing) == 2


def test_two_degrees_of_one_day_are_two_when_they_differ(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    for subject in ("law", "finance"):
        said = credential_answers(
            awarded_on=date(2012, 7, 1), attributes={"level": "bachelor", "field": subject}
        )
        register_credential(house, mei, qualification="education.degree", said=said)
    assert len(own_credentials(house, mei)) == 2


def test_a_form_sent_twice_is_one_credential(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    said = credential_answers(awarded_on=SAT)
    made = register_credential(house, mei, qualification=PAPER, said=said, once="k")
    with pytest.raises(AlreadyDone) as done:
        register_credential(house, mei, qualification=PAPER, said=said, once="k")
    assert done.value.result == made
    assert house.session.scalar(select(func.count()).select_from(Credential)) == 1


@pytest.mark.parametrize(
    ("before", "supported", "after"),
    [
        (Standing.VERIFIED, False, Standing.DECLARED),
        (Standing.VERIFIED, True, Standing.EVIDENCED),
        (Standing.REJECTED, False, Standing.DECLARED),
        (Standing.EVIDENCED, True, Standing.EVIDENCED),
    ],
)
def test_a_change_takes_the_standing_back_to_what_it_rests_on(
    house: House, actor: Cast, before: Standing, supported: bool, after: Standing
) -> None:
    mei = actor("mei_lam")
    made = a_credential(house, mei, qualification=PAPER, awarded_on=SAT, supported=supported)
    verify(house, made, before)
    version = own_credential(house, mei, made).version
    said = credential_answers(awarded_on=date(2025, 6, 15))
    change_credential(house, mei, credential_id=made, said=said, version=version)
    record = own_credential(house, mei, made)
    assert record.standing is after
    assert record.days.awarded_on == date(2025, 6, 15)
    (entry,) = journal_of(house, "credential.changed")
    assert entry.facts == {"credential": str(made), "fields": ["awarded_on"]}


def test_a_form_that_changes_nothing_leaves_the_verification_alone(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    made = a_credential(house, mei, qualification=PAPER, awarded_on=SAT)
    verify(house, made)
    version = own_credential(house, mei, made).version
    change_credential(
        house, mei, credential_id=made, said=credential_answers(awarded_on=SAT), version=version
    )
    assert own_credential(house, mei, made).standing is Standing.VERIFIED
    assert own_credential(house, mei, made).version == version


def test_a_stale_form_is_refused(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    made = a_credential(house, mei, qualification=PAPER, awarded_on=SAT)
    seen = own_credential(house, mei, made).version
    verify(house, made)
    said = credential_answers(awarded_on=date(2025, 6, 15))
    with pytest.raises(Conflict, match=r"row\.changed"):
        change_credential(house, mei, credential_id=made, said=said, version=seen)
    with pytest.raises(Conflict, match=r"row\.changed"):
        withdraw_credential(house, mei, credential_id=made, version=seen)
    assert own_credential(house, mei, made).standing is Standing.VERIFIED


def test_a_withdrawn_credential_no_longer_counts_and_stays_in_the_record(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    made = a_credential(house, mei, qualification=PAPER, awarded_on=SAT)
    withdraw_credential(house, mei, credential_id=made, version=1)
    assert own_credential(house, mei, made).standing is Standing.WITHDRAWN
    assert mei.person_id is not None
    assert dossier_of(house, mei.person_id, on=house.clock.today()).holdings == ()
    assert len(journal_of(house, "credential.withdrawn")) == 1
    with pytest.raises(Conflict, match="already_withdrawn"):
        withdraw_credential(house, mei, credential_id=made, version=2)


def test_strangers_learn_nothing_not_even_that_it_exists(house: House, actor: Cast) -> None:
    made = a_credential(house, actor("mei_lam"))
    for credential_id in (made, uuid4()):
        with pytest.raises(NotFound, match=r"credential\.not_found"):
            own_credential(house, actor("chen_wei"), credential_id)
        with pytest.raises(NotFound, match=r"credential\.not_found"):
            withdraw_credential(house, actor("chen_wei"), credential_id=credential_id, version=1)


def test_an_officer_registers_nothing(house: House, actor: Cast) -> None:
    with pytest.raises(NotPermitted):
        register_credential(
            house, actor("ada_ko"), qualification=PAPER, said=credential_answers(awarded_on=SAT)
        )
