"""Versions of a credential: kept whole, with their verification; who relied on one is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.credentials import Standing
from portal.domain.errors import NotFound, NotPermitted
from portal.domain.people import Actor
from portal.domain.recognitions import Status
from portal.models.credentials import Credential, CredentialVersion
from portal.models.records import JournalEntry, OutboxMessage
from portal.services.case_files import open_file
from portal.services.credential_history import own_versions, resting_on, versions_in_file
from portal.services.credentials import change_credential, own_credential, withdraw_credential
from portal.services.house import House
from portal.services.recognition_lists import open_recognition
from tests.builders.decisions import a_case, a_recognition, an_actor, verify_everything
from tests.builders.records import a_credential, credential_answers

Cast = Callable[[str], Actor]
PAPER = "hksi.le.paper-1"


def replace(house: House, owner: Actor, credential_id: UUID, *, on: date) -> None:
    """The owner corrects the day of a paper or the first day of a registration."""
    record = own_credential(house, owner, credential_id)
    is_paper = record.days.awarded_on is not None
    said = credential_answers(
        awarded_on=on if is_paper else None,
        begun_on=None if is_paper else on,
        attributes=dict(record.attributes),
    )
    change_credential(house, owner, credential_id=credential_id, said=said, version=record.version)


def a_held(house: House, person_id: UUID | None, qualification: str) -> UUID:
    return house.session.scalars(
        select(Credential.id).where(
            Credential.person_id == person_id, Credential.qualification == qualification
        )
    ).one()


def journal_of(house: House, kind: str) -> list[JournalEntry]:
    return list(house.session.scalars(select(JournalEntry).where(JournalEntry.kind == kind)))


def test_a_change_keeps_the_whole_old_state(house: House, actor: Cast, clock: SettableClock) -> None:
    mei = actor("mei_lam")
    made = a_credential(
        house,
        mei,
        qualification="cba.intermediate.law",
        awarded_on=date(2025, 6, 14),
        attributes={"sitting": "2025-1", "score": "84", "number": "A-1"},
    )
    clock.advance(timedelta(days=3))
    said = credential_answers(
        awarded_on=date(2025, 6, 15), attributes={"sitting": "2025-2", "score": "85", "number": "B-2"}
    )
    change_credential(house, mei, credential_id=made, said=said, version=1)
    now, before = own_versions(house, mei, made)
    assert (before.order, before.days.awarded_on) == (1, date(2025, 6, 14))
    assert before.attributes == {"sitting": "2025-1", "score": "84", "number": "A-1"}
    assert (now.order, now.attributes["number"], now.until) == (2, "B-2", None)
    assert before.until == now.since == house.clock.now()
    kept = house.session.scalars(select(CredentialVersion)).one()
    assert (kept.account_id, kept.standing, kept.version) == (mei.account_id, Standing.DECLARED, 1)


def test_the_verification_stays_with_the_version_an_officer_saw(house: House) -> None:
    case = a_case(house, stage="under_assessment")
    ada, chen = an_actor(house, "ada_ko"), an_actor(house, "chen_wei")
    verify_everything(house, ada, case)
    paper = a_held(house, chen.person_id, PAPER)
    assert own_credential(house, chen, paper).standing is Standing.VERIFIED
    replace(house, chen, paper, on=date(2026, 1, 10))
    now, before = own_versions(house, chen, paper)
    assert before.was_verified
    assert before.standing is Standing.VERIFIED
    assert not now.was_verified
    assert now.standing in (Standing.DECLARED, Standing.EVIDENCED)


def test_open_cases_are_told_and_their_officer_gets_a_letter_about_nobody(house: House) -> None:
    case = a_case(house, stage="under_assessment")
    ada, chen = an_actor(house, "ada_ko"), an_actor(house, "chen_wei")
    verify_everything(house, ada, case)
    paper = a_held(house, chen.person_id, PAPER)
    assert resting_on(house, chen, paper).cases == (case.reference,)
    replace(house, chen, paper, on=date(2026, 1, 10))
    (entry,) = journal_of(house, "case.fact_replaced")
    assert (entry.case_id, entry.facts) == (case.id, {"case": case.reference, "credential": str(paper)})
    letter = house.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "fact_replaced")).one()
    assert case.reference in letter.subject
    for secret in ("Chen", "陈", "Paper 1", "卷一"):
        assert secret not in letter.subject + letter.body


def test_a_credential_nobody_has_looked_at_is_corrected_without_telling_anybody(house: House) -> None:
    a_case(house, stage="submitted")
    chen = an_actor(house, "chen_wei")
    paper = a_held(house, chen.person_id, PAPER)
    replace(house, chen, paper, on=date(2026, 1, 10))
    assert len(own_versions(house, chen, paper)) == 2
    assert journal_of(house, "case.fact_replaced") == []


def test_a_recognition_is_not_changed_by_itself_and_the_officer_sees_what_was(
    house: House, clock: SettableClock
) -> None:
    held, ada = a_recognition(house), an_actor(house, "ada_ko")
    chen = an_actor(house, "chen_wei")
    registration = a_held(house, chen.person_id, "amac.registration")
    assert open_recognition(house, ada, held.reference).changed_grounds == ()
    status = open_recognition(house, ada, held.reference).status
    assert resting_on(house, chen, registration).recognitions == (held.reference,)
    clock.advance(timedelta(days=5))
    replace(house, chen, registration, on=date(2021, 1, 4))
    read = open_recognition(house, ada, held.reference)
    assert read.status is status
    assert status in (Status.FULL, Status.CONDITIONAL)
    (ground,) = read.changed_grounds
    assert (ground.qualification, ground.is_withdrawn) == ("amac.registration", False)
    assert ground.at == house.clock.now()
    (entry,) = journal_of(house, "recognition.fact_replaced")
    assert entry.facts == {"recognition": held.reference, "credential": str(registration)}


def test_a_withdrawn_ground_is_seen_too(house: House) -> None:
    held, ada = a_recognition(house), an_actor(house, "ada_ko")
    chen = an_actor(house, "chen_wei")
    registration = a_held(house, chen.person_id, "amac.registration")
    version = own_credential(house, chen, registration).version
    withdraw_credential(house, chen, credential_id=registration, version=version)
    (ground,) = open_recognition(house, ada, held.reference).changed_grounds
    assert ground.is_withdrawn
    assert len(journal_of(house, "recognition.fact_replaced")) == 1


def test_what_a_decision_does_not_rest_on_changes_nothing_about_it(house: House) -> None:
    held, ada = a_recognition(house), an_actor(house, "ada_ko")
    chen = an_actor(house, "chen_wei")
    other = a_credential(house, chen, qualification="isc2.cissp", awarded_on=date(2020, 1, 1))
    replace(house, chen, other, on=date(2020, 2, 1))
    assert open_recognition(house, ada, held.reference).changed_grounds == ()
    assert resting_on(house, chen, other).recognitions == ()


def test_strangers_read_no_versions(house: House, actor: Cast) -> None:
    made = a_credential(house, actor("mei_lam"))
    for credential_id in (made, uuid4()):
        with pytest.raises(NotFound, match=r"credential\.not_found"):
            own_versions(house, actor("chen_wei"), credential_id)


def test_an_officer_reads_versions_in_the_file_of_the_case_and_nowhere_else(
    house: House, actor: Cast
) -> None:
    case = a_case(house, stage="under_assessment")
    chen = an_actor(house, "chen_wei")
    paper = a_held(house, chen.person_id, PAPER)
    replace(house, chen, paper, on=date(2026, 1, 10))
    owner = open_file(house, an_actor(house, "ada_ko"), case.reference).person.person_id
    assert [one.order for one in versions_in_file(house, owner, paper)] == [2, 1]
    of_another = a_credential(house, actor("mei_lam"))
    for credential_id in (of_another, uuid4()):
        assert versions_in_file(house, owner, credential_id) == ()
    with pytest.raises(NotPermitted, match="other_jurisdiction"):
        open_file(house, an_actor(house, "su_qing"), case.reference)
