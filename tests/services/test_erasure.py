"""Erasure: afterwards nothing anywhere names the person, but what a decision rests on until its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.adapters.clock import SettableClock
from portal.adapters.storage import FolderStorage
from portal.domain.calendar import add_months
from portal.domain.cases import Stage
from portal.domain.errors import Conflict, Refused
from portal.domain.people import Role
from portal.models.accounts import Account, Appointed
from portal.models.cases import Case, Decision, Letter
from portal.models.credentials import Credential
from portal.models.disclosure import Look, Share
from portal.models.evidence import Evidence, EvidenceFile
from portal.models.my_data import Erasure
from portal.models.people import Person
from portal.models.programmes import Cohort
from portal.models.records import JournalEntry, OutboxMessage
from portal.models.sign_ins import SignIn
from portal.services.erasure import erase_oneself, read_erasure
from portal.services.forgetting import forget_farewells, forget_what_is_over
from portal.services.house import House
from portal.services.outbox import deliver_due
from portal.services.recognitions import suspend_recognition
from tests.builders.decisions import a_case, describe
from tests.builders.my_data import (
    a_whole_person,
    an_export,
    stored_bytes,
    tell_tales,
    where_found,
)
from tests.builders.portals import BOTH_ENGINES, a_portal_on
from tests.builders.programmes import a_cohort, an_enrolment
from tests.builders.records import a_document, credential_fact
from tests.builders.sharing import a_look, a_share
from tests.cast import actor_for, seat


class Postman:
    """Takes e-mails away and remembers to whom."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []

    def send(self, *, recipient: str, subject: str, body: str, key: str) -> None:
        self.taken.append((recipient, subject))


@pytest.fixture
def house(app: Flask, tmp_path: Path) -> House:
    """The house with a storage of its own, so that what lies in it can be counted."""
    made: House = app.extensions["house"]
    return replace(made, storage=FolderStorage(tmp_path / "evidence"))


@pytest.fixture(params=BOTH_ENGINES)
def either_house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """The house on one of the two engines."""
    with a_portal_on(request.param, tmp_path) as app:
        made: House = app.extensions["house"]
        yield made


def send_away(house: House) -> Postman:
    postman = Postman()
    while deliver_due(house, postman):
        pass
    forget_farewells(house)
    return postman


def test_nothing_anywhere_names_an_erased_person(either_house: House) -> None:
    house = either_house
    mei = a_whole_person(house)
    an_export(house, mei)
    tales = tell_tales()
    # The search itself must find what is there, or it proves nothing.
    assert {"people.name_latin", "accounts.email", "evidence.description", "name_keys.key"} <= where_found(
        house, tales
    )
    files = set(house.session.scalars(select(EvidenceFile.sha256)))
    assert len(files) == 2
    assert {sha256(content).hexdigest() for content in stored_bytes(house)} > files
    erase_oneself(house, mei, withdraw_open=False)
    postman = send_away(house)
    assert ("mei.lam@example.com", "Your account and your data are erased") in postman.taken
    assert where_found(house, tales) == set()
    assert stored_bytes(house) == []
    for model in (Account, Person, SignIn, Evidence):
        assert house.session.scalar(select(func.count()).select_from(model)) == 0


def test_what_is_left_is_a_journal_of_ids(house: House) -> None:
    mei = a_whole_person(house)
    erase_oneself(house, mei, withdraw_open=False)
    entry = house.session.scalars(select(JournalEntry).where(JournalEntry.kind == "person.erased")).one()
    assert (entry.person_id, entry.account_id) == (mei.person_id, mei.account_id)
    assert entry.facts == {"keep_until": None}
    erasure = house.session.scalars(select(Erasure)).one()
    assert (erasure.keep_until, erasure.bytes_left) == (None, [])


def test_others_are_untouched(house: House) -> None:
    mei = a_whole_person(house)
    chen = a_whole_person(house, "chen_wei")
    before = read_erasure(house, chen).goes
    erase_oneself(house, mei, withdraw_open=False)
    after = read_erasure(house, chen).goes
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"possible_duplicates"}
    assert after["evidence_files"] == 2
    assert len(stored_bytes(house)) == 2


def test_the_farewell_leaves_with_the_act_and_its_address_after_it(house: House) -> None:
    mei = a_whole_person(house)
    erase_oneself(house, mei, withdraw_open=False)
    assert [m.kind for m in house.session.scalars(select(OutboxMessage))] == ["account_erased"]
    assert forget_farewells(house) == 0
    send_away(house)
    assert house.session.scalars(select(OutboxMessage)).all() == []


def test_an_open_case_is_withdrawn_first_and_only_when_asked(house: House) -> None:
    case = a_case(house, stage="under_assessment")
    chen = actor_for(seat(house, "chen_wei"))
    assert [each.reference for each in read_erasure(house, chen).open_cases] == [case.reference]
    with pytest.raises(Refused, match=r"erasure\.open_cases"):
        erase_oneself(house, chen, withdraw_open=False)
    assert house.session.scalars(select(Case.stage)).one() is Stage.UNDER_ASSESSMENT
    erase_oneself(house, chen, withdraw_open=True)
    assert house.session.scalars(select(Case)).all() == []
    assert house.session.scalars(select(Person)).all() == []


def test_a_decided_case_keeps_what_it_rests_on_and_nothing_else(either_house: House) -> None:
    house = either_house
    share = a_share(house)
    a_look(house, share.code)
    cited = house.session.scalars(select(Case.reference)).one()
    chen = share.holder
    a_document(house, chen, words="nothing rests on this", description="a loose paper")
    credential = house.session.scalars(select(Credential.id)).first()
    assert credential is not None
    a_document(house, chen, supports=credential_fact(credential), words="cited", description="a cited paper")
    decided_on = house.session.scalars(select(Decision.on)).one()
    erase_oneself(house, chen, withdraw_open=False)
    send_away(house)
    assert where_found(house, ("chen.wei@example.com", "a loose paper")) == set()
    assert where_found(house, ("a cited paper",)) == {"evidence.description"}
    assert len(stored_bytes(house)) == 1
    assert house.session.scalars(select(Case.reference)).all() == [cited]
    assert len(house.session.scalars(select(Letter)).all()) == 1
    assert len(house.session.scalars(select(Look)).all()) == 1
    kept = house.session.scalars(select(Share)).one()
    assert kept.ended_at is not None
    assert (kept.factor_digest, kept.purpose_note) == ("", "")
    until = house.session.scalars(select(Erasure.keep_until)).one()
    assert until is not None
    assert until >= add_months(decided_on, house.retention.decisions)


def test_what_was_kept_goes_when_its_day_has_come(house: House, clock: SettableClock) -> None:
    share = a_share(house)
    a_look(house, share.code)
    erase_oneself(house, share.holder, withdraw_open=False)
    send_away(house)
    until = house.session.scalars(select(Erasure.keep_until)).one()
    assert until is not None
    days = (until - house.clock.today()).days
    clock.put_to(house.clock.now() + timedelta(days=days))
    assert forget_what_is_over(house).people == 0
    clock.put_to(house.clock.now() + timedelta(days=1))
    assert forget_what_is_over(house).people == 1
    for model in (Person, Case, Letter, Look, Share):
        assert house.session.scalar(select(func.count()).select_from(model)) == 0
    assert where_found(house, ("CHEN", "陈")) == set()
    clock.put_to(house.clock.now() + timedelta(days=366 * 10))
    assert forget_what_is_over(house).journal_entries > 0
    assert house.session.scalars(select(Erasure)).all() == []


def test_old_e_mails_go_by_themselves(house: House, clock: SettableClock) -> None:
    a_case(house)
    send_away(house)
    assert forget_what_is_over(house).messages == 0
    clock.put_to(house.clock.now() + timedelta(days=367))
    assert forget_what_is_over(house).messages > 0
    assert house.session.scalars(select(OutboxMessage)).all() == []


def test_bytes_a_fall_left_behind_go_with_the_next_round(house: House) -> None:
    mei = a_whole_person(house)
    erase_oneself(house, mei, withdraw_open=False)
    erasure = house.session.scalars(select(Erasure)).one()
    house.storage.put("exports/left-behind", b"something of hers")
    erasure.bytes_left = ["exports/left-behind"]
    house.session.commit()
    forget_what_is_over(house)
    assert stored_bytes(house) == []
    assert house.session.scalars(select(Erasure.bytes_left)).one() == []


def test_a_second_click_finds_nobody(house: House) -> None:
    mei = a_whole_person(house)
    erase_oneself(house, mei, withdraw_open=False)
    with pytest.raises(Conflict):
        erase_oneself(house, mei, withdraw_open=False)


def test_whoever_signs_for_others_cannot_vanish(house: House) -> None:
    mei = a_whole_person(house)
    house.session.add(
        Appointed(
            id=house.new_key(),
            account=house.session.get_one(Account, mei.account_id),
            name=Role.SYSTEM_ADMINISTRATOR,
            jurisdiction=None,
        )
    )
    house.session.commit()
    assert read_erasure(house, mei).is_staff
    with pytest.raises(Refused, match=r"erasure\.staff_account"):
        erase_oneself(house, mei, withdraw_open=False)


def test_the_address_can_be_used_again(house: House) -> None:
    mei = a_whole_person(house)
    erase_oneself(house, mei, withdraw_open=False)
    again = seat(house, "mei_lam")
    assert again.person_id != mei.person_id
    describe(house, "mei_lam")


def test_a_place_in_a_programme_is_free_again(house: House, clock: SettableClock) -> None:
    cohort = a_cohort(house)
    mei = actor_for(seat(house, "mei_lam"))
    an_enrolment(house, clock, cohort=cohort)
    taken = house.session.get_one(Cohort, cohort.id).places_taken
    erase_oneself(house, mei, withdraw_open=False)
    assert house.session.get_one(Cohort, cohort.id).places_taken == taken - 1


def test_the_page_counts_what_will_happen(house: House, app: Flask) -> None:
    share = a_share(house)
    a_look(house, share.code)
    ahead = read_erasure(house, share.holder)
    assert ahead.stays["decisions"] == 1
    assert ahead.goes["accounts"] == 1
    assert ahead.goes["decisions"] == 0
    erase_oneself(house, share.holder, withdraw_open=False)
    assert house.session.scalar(select(func.count()).select_from(Decision)) == ahead.stays["decisions"]


def test_a_kept_share_answers_like_a_code_nobody_ever_made(house: House) -> None:
    share = a_share(house)
    a_look(house, share.code)
    erase_oneself(house, share.holder, withdraw_open=False)
    with pytest.raises(Refused, match=r"share\.nothing_to_show"):
        a_look(house, share.code)


def test_officers_can_still_act_on_a_recognition_whose_holder_is_gone(house: House) -> None:
    share = a_share(house)
    reference = share.recognition.reference
    erase_oneself(house, share.holder, withdraw_open=False)
    send_away(house)
    suspend_recognition(
        house,
        actor_for(seat(house, "ada_ko")),
        reference=reference,
        version=1,
        reason="The register no longer shows the registration.",
    )
    # There is nobody left to write to.
    assert house.session.scalars(select(OutboxMessage)).all() == []
