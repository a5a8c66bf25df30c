"""Possible duplicates as officers meet them: who may see a pair, and how long a ruling is remembered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from portal.adapters.clock import SettableClock
from portal.domain.duplicates import MatchReason, SamenessVerdict
from portal.domain.errors import AlreadyDone, Conflict, NotFound, NotPermitted, Refused
from portal.domain.names import NameKind
from portal.domain.people import Actor
from portal.domain.places import Jurisdiction
from portal.models.cases import Declaration
from portal.models.credentials import Credential
from portal.models.identity import DuplicateRuling
from portal.models.people import Person
from portal.models.records import JournalEntry
from portal.services.duplicate_rulings import (
    Pair,
    list_duplicates,
    read_duplicate,
    rule_on_duplicate,
)
from portal.services.house import House
from portal.services.identity_papers import IdentityPapers
from portal.services.people import SelfDescription, describe_oneself, read_oneself
from tests.builders.decisions import a_case, an_actor
from tests.builders.duplicates import somebody
from tests.builders.identity import a_name, an_hkid, an_identity_document

Cast = Callable[[str], Actor]
SAME, DIFFERENT = SamenessVerdict.SAME_PERSON, SamenessVerdict.DIFFERENT_PEOPLE


# What officers see. Chen Wei of Shenzhen has a case in Hong Kong and agreed that the file crosses.


def chens_namesake(house: House, home: Jurisdiction) -> Actor:
    return somebody(house, "CHEN Wei", "陈伟", date(1992, 5, 17), home)


def the_pair(house: House, key: str = "ada_ko") -> Pair:
    (pair,) = list_duplicates(house, an_actor(house, key))
    return pair


def test_an_officer_sees_who_is_open_to_them_and_only_that_there_is_another(house: House) -> None:
    a_case(house)
    chens_namesake(house, Jurisdiction.HONG_KONG)
    pair = the_pair(house)
    assert (pair.one.is_disclosed, pair.one.name_chinese) == (True, "陈伟")
    assert (pair.other.is_disclosed, pair.other.name_latin, pair.other.born_on) == (False, "", None)
    file = read_duplicate(house, an_actor(house, "ada_ko"), pair.id)
    assert file.files[0].cases != ()
    assert set(file.shared_names) == {"陈伟", file.pair.one.name_latin}
    assert file.shared_documents == ()
    assert (file.files[1].papers, file.files[1].cases) == (IdentityPapers(), ())


def test_a_record_kept_on_the_other_bank_is_told_to_nobody_who_may_not_know_the_person(
    house: House,
) -> None:
    a_case(house)
    chens_namesake(house, Jurisdiction.SHENZHEN)
    for key in ("ada_ko", "su_qing"):
        assert list_duplicates(house, an_actor(house, key)) == []


def test_a_pair_without_any_case_is_nobodys_business(house: House) -> None:
    somebody(house, "LAM Mei"), somebody(house, "LAM Mei")
    assert list_duplicates(house, an_actor(house, "ada_ko")) == []


def test_without_consent_to_cross_there_is_nothing_to_see_nor_to_rule(house: House) -> None:
    a_case(house)
    chens_namesake(house, Jurisdiction.HONG_KONG)
    pair = the_pair(house)
    house.session.execute(delete(Declaration).where(Declaration.kind == "crossing"))
    house.session.commit()
    ada = an_actor(house, "ada_ko")
    assert list_duplicates(house, ada) == []
    with pytest.raises(NotFound):
        read_duplicate(house, ada, pair.id)
    with pytest.raises(NotFound):
        rule(house, pair)


def test_a_draft_opens_nothing(house: House) -> None:
    a_case(house, stage="draft")
    chens_namesake(house, Jurisdiction.HONG_KONG)
    assert list_duplicates(house, an_actor(house, "ada_ko")) == []


@pytest.mark.parametrize("key", ["mei_lam", "tam_lok", "harbour_works", "sys"])
def test_nobody_but_officers_sees_pairs(house: House, key: str) -> None:
    a_case(house)
    chens_namesake(house, Jurisdiction.HONG_KONG)
    pair = the_pair(house)
    stranger = an_actor(house, key)
    with pytest.raises(NotPermitted):
        list_duplicates(house, stranger)
    with pytest.raises(NotPermitted):
        read_duplicate(house, stranger, pair.id)
    with pytest.raises(NotPermitted):
        rule(house, pair, key=key)


def test_an_officer_who_is_one_of_the_two_is_not_asked(house: House) -> None:
    a_case(house)
    namesake = chens_namesake(house, Jurisdiction.HONG_KONG)
    ada = an_actor(house, "ada_ko")
    conflicted = Actor(ada.account_id, namesake.person_id, "en", ada.appointments)
    assert list_duplicates(house, conflicted) == []


# Ruling


def rule(
    house: House,
    pair: Pair,
    verdict: SamenessVerdict = DIFFERENT,
    *,
    key: str = "ada_ko",
    reason: str = "Their old identity documents differ.",
    once: str | None = None,
) -> str:
    return rule_on_duplicate(
        house,
        an_actor(house, key),
        duplicate_id=pair.id,
        version=pair.version,
        verdict=verdict,
        reason=reason,
        once=once,
    )


@pytest.fixture
def pair(house: House) -> Pair:
    a_case(house)
    chens_namesake(house, Jurisdiction.HONG_KONG)
    return the_pair(house)


def test_a_ruling_is_remembered_with_its_reason_and_merges_nothing(house: House, pair: Pair) -> None:
    people = house.session.query(Person).count()
    held = house.session.query(Credential).count()
    rule(house, pair, SAME)
    ada = an_actor(house, "ada_ko")
    assert list_duplicates(house, ada) == []
    (ruled,) = list_duplicates(house, ada, ruled=True)
    assert ruled.ruling is not None
    assert (ruled.ruling.verdict, ruled.ruling.by) == (SAME, "Ada Ko")
    assert ruled.ruling.reason == "Their old identity documents differ."
    assert (house.session.query(Person).count(), house.session.query(Credential).count()) == (people, held)


def test_what_was_ruled_on_is_not_proposed_again(house: House, pair: Pair) -> None:
    rule(house, pair)
    chen = an_actor(house, "chen_wei")
    a_name(house, chen, NameKind.PINYIN, "Chen", "Wei")
    describe_oneself(
        house,
        chen,
        said=SelfDescription("CHEN Wei", "陈伟", Jurisdiction.SHENZHEN, date(1992, 5, 18)),
        version=read_oneself(house, chen).version,
    )
    describe_oneself(
        house,
        chen,
        said=SelfDescription("CHEN Wei", "陈伟", Jurisdiction.SHENZHEN, date(1992, 5, 17)),
        version=read_oneself(house, chen).version,
    )
    assert list_duplicates(house, an_actor(house, "ada_ko")) == []


def test_a_document_that_the_ruling_did_not_weigh_opens_the_pair_again(
    house: House, pair: Pair, clock: SettableClock
) -> None:
    rule(house, pair)
    clock.advance(timedelta(days=1))
    an_identity_document(house, an_actor(house, "chen_wei"))
    other = next(
        key
        for key in (pair.one.person_id, pair.other.person_id)
        if key != an_actor(house, "chen_wei").person_id
    )
    namesake = Actor(None, other, "en", an_actor(house, "chen_wei").appointments)
    an_identity_document(house, namesake)
    again = the_pair(house)
    assert MatchReason.SAME_DOCUMENT in again.reasons
    rule(house, again, SAME)
    assert list_duplicates(house, an_actor(house, "ada_ko")) == []
    file = read_duplicate(house, an_actor(house, "ada_ko"), pair.id)
    assert [one.verdict for one in file.rulings] == [SAME, DIFFERENT]
    number = an_hkid().replace("(", "").replace(")", "")
    assert [held.last_four for held in file.shared_documents] == [number[-4:]]


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "duplicate.reason_missing"), ("  ", "duplicate.reason_missing"), ("x" * 1001, "person.too_long")],
)
def test_a_ruling_needs_a_reason_somebody_can_read(house: House, pair: Pair, reason: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        rule(house, pair, reason=reason)
    assert (refusal.value.code, refusal.value.field) == (code, "reason")
    assert house.session.scalars(select(DuplicateRuling)).all() == []


def test_two_officers_at_one_pair_do_not_overwrite_each_other(house: House, pair: Pair) -> None:
    rule(house, pair)
    with pytest.raises(Conflict, match=r"row\.changed"):
        rule(house, pair, SAME, key="bo_yip")
    (ruled,) = list_duplicates(house, an_actor(house, "bo_yip"), ruled=True)
    rule(house, ruled, SAME, key="bo_yip")
    with pytest.raises(Conflict, match=r"row\.changed"):
        rule(house, ruled)


def test_a_ruling_sent_twice_is_one(house: House, pair: Pair) -> None:
    rule(house, pair, once="k")
    with pytest.raises(AlreadyDone):
        rule(house, pair, once="k")
    assert len(house.session.scalars(select(DuplicateRuling)).all()) == 1


def test_a_ruling_is_journaled_for_both_without_its_words(house: House, pair: Pair) -> None:
    rule(house, pair, SAME)
    entries = house.session.scalars(select(JournalEntry).where(JournalEntry.kind == "duplicate.ruled")).all()
    assert {entry.person_id for entry in entries} == {pair.one.person_id, pair.other.person_id}
    assert all(entry.facts == {"duplicate": str(pair.id), "verdict": "same_person"} for entry in entries)
