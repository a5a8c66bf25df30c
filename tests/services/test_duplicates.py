"""Possible duplicates: who is proposed, and why.

The story: 張美欣 was 张小萍 (Zhang Xiaoping) until a deed poll of 2014. A second record, ZHANG
XIAOPING, has her birthday; 章晓平 has her pinyin and another birthday.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import delete, select

from portal.domain.duplicates import MatchReason
from portal.domain.identity_documents import DocumentKind
from portal.domain.names import NameKind
from portal.domain.people import Actor
from portal.models.identity import NameKey
from portal.models.people import Person
from portal.models.records import JournalEntry
from portal.services.duplicates import index_everybody
from portal.services.house import House
from portal.services.identity_documents import remove_document
from tests.builders.duplicates import BIRTHDAY, both, somebody
from tests.builders.identity import a_name, an_hkid, an_identity_document, pairs_proposed
from tests.builders.records import a_description

Cast = Callable[[str], Actor]


def mei_yan(house: House) -> Actor:
    """張美欣 with the names she had before."""
    actor = somebody(house, "CHEUNG Mei Yan, Amy", "張美欣")
    until = date(2014, 5, 19)
    a_name(house, actor, NameKind.SIMPLIFIED, "张", "小萍", is_former=True, until=until)
    a_name(house, actor, NameKind.PINYIN, "Zhang", "Xiaoping", is_former=True, until=until)
    return actor


def test_a_former_name_and_the_birthday_propose_the_second_record(house: House) -> None:
    mei = mei_yan(house)
    second = somebody(house, "ZHANG XIAOPING")
    assert pairs_proposed(house) == [(both(mei, second), [MatchReason.SAME_LATIN], True)]


def test_the_same_pinyin_alone_proposes_nobody(house: House) -> None:
    mei_yan(house)
    somebody(house, "ZHANG Xiaoping", "章晓平", date(1991, 3, 3))
    somebody(house, "ZHANG Xiaoping", "", None)
    assert pairs_proposed(house) == []


def test_the_order_of_the_two_records_does_not_matter(house: House) -> None:
    second = somebody(house, "Xiaoping ZHANG")
    mei = mei_yan(house)
    assert pairs_proposed(house) == [(both(mei, second), [MatchReason.SAME_LATIN], True)]


def test_characters_are_compared_across_scripts_with_the_birthday(house: House) -> None:
    mei = mei_yan(house)
    same = somebody(house, "", "張小萍")
    somebody(house, "", "張小萍", date(1991, 3, 3))
    somebody(house, "", "张晓萍")
    assert pairs_proposed(house) == [(both(mei, same), [MatchReason.SAME_CHARACTERS], True)]


def test_a_birthday_stated_later_proposes_too(house: House) -> None:
    mei = mei_yan(house)
    late = somebody(house, "ZHANG Xiaoping", "", None)
    a_description(house, late, name_latin="ZHANG Xiaoping", name_chinese="", born_on=BIRTHDAY)
    assert pairs_proposed(house) == [(both(mei, late), [MatchReason.SAME_LATIN], True)]


def test_a_name_of_one_word_proposes_nobody(house: House) -> None:
    somebody(house, "Amy")
    somebody(house, "Amy", "")
    assert pairs_proposed(house) == []


def test_one_number_of_two_people_never_passes_in_silence(house: House) -> None:
    one = somebody(house, "LAM Mei", born_on=date(1970, 1, 1))
    other = somebody(house, "WONG Ka", born_on=date(1980, 1, 1))
    number = an_hkid()
    an_identity_document(house, one, number)
    an_identity_document(house, other, number)
    assert pairs_proposed(house) == [(both(one, other), [MatchReason.SAME_DOCUMENT], True)]


def test_taking_the_number_back_does_not_take_the_pair_back(house: House) -> None:
    one, other = somebody(house, "LAM Mei"), somebody(house, "WONG Ka")
    an_identity_document(house, one)
    remove_document(house, other, document_id=an_identity_document(house, other))
    assert len(pairs_proposed(house)) == 1


def test_a_number_of_another_kind_or_issuer_is_another_document(house: House) -> None:
    one, other = somebody(house, "LAM Mei"), somebody(house, "WONG Ka")
    an_identity_document(house, one, "H12345678", DocumentKind.PASSPORT, "CHN")
    an_identity_document(house, other, "H12345678", DocumentKind.PASSPORT, "GBR")
    an_identity_document(house, other, "H12345678", DocumentKind.HOME_RETURN_PERMIT)
    assert pairs_proposed(house) == []


def test_reasons_gather_on_one_pair(house: House) -> None:
    one, other = somebody(house, "LAM Mei", "林美"), somebody(house, "LAM Mei", "林美")
    an_identity_document(house, one)
    an_identity_document(house, other)
    assert pairs_proposed(house) == [(both(one, other), sorted(MatchReason), True)]


def test_the_journal_of_each_says_that_a_pair_was_found_and_not_with_whom(house: House) -> None:
    one, other = somebody(house, "LAM Mei"), somebody(house, "LAM Mei")
    entries = house.session.scalars(select(JournalEntry).where(JournalEntry.kind == "duplicate.found")).all()
    assert {entry.person_id for entry in entries} == both(one, other)
    assert {entry.account_id for entry in entries} == {None}
    for entry in entries:
        assert not [key for key in both(one, other) if str(key) in str(entry.facts)]


def test_people_from_before_there_were_keys_are_made_findable(house: House) -> None:
    one, other = somebody(house, "LAM Mei"), somebody(house, "WONG Ka")
    house.session.execute(delete(NameKey))
    for row in house.session.scalars(select(Person)):
        row.name_latin = "LAM Mei"
    house.session.commit()
    house.session.query(Person).filter(
        Person.id == somebody(house, "WONG Ka").person_id
    ).one().name_latin = "-"
    house.session.execute(delete(NameKey))
    house.session.commit()
    assert index_everybody(house, at_a_time=1) == 2
    assert index_everybody(house) == 0
    assert pairs_proposed(house) == [(both(one, other), [MatchReason.SAME_LATIN], True)]
