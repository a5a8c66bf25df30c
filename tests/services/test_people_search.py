"""Finding a person under any of their names, by officers who may know of them, and quickly."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete

from portal.domain.errors import NotPermitted
from portal.domain.names import NameKind
from portal.models.cases import Declaration
from portal.services.house import House
from portal.services.people_search import FoundPeople, find_people
from portal.services.queue import list_queue
from portal.services.queue_order import QueueFilter
from tests.builders.decisions import a_case, an_actor
from tests.builders.identity import a_name


def found(house: House, words: str, key: str = "ada_ko") -> FoundPeople:
    return find_people(house, an_actor(house, key), words)


def chen_with_all_names(house: House) -> None:
    """Chen Wei with an alias, a former name in characters and in pinyin, and a Cantonese spelling."""
    a_case(house)
    chen = an_actor(house, "chen_wei")
    until = date(2014, 5, 19)
    a_name(house, chen, NameKind.SIMPLIFIED, "吕", "小萍", is_former=True, until=until)
    a_name(house, chen, NameKind.PINYIN, "Lǚ", "Xiǎopíng", is_former=True, until=until)
    a_name(house, chen, NameKind.CANTONESE, "Chan", "Wai")
    a_name(house, chen, NameKind.ENGLISH, "Chan", "Amy")


@pytest.mark.parametrize(
    ("words", "found_as"),
    [
        ("陳偉", None),
        ("陈伟", None),
        ("chen wei", None),
        ("WEI Chen", None),
        ("chenwei", None),
        ("呂小萍", "吕小萍"),
        ("小萍", "吕小萍"),
        ("lv xiaoping", "Lǚ Xiǎopíng"),
        ("Xiao-Ping LU", "Lǚ Xiǎopíng"),
        ("lyu xiaoping", "Lǚ Xiǎopíng"),
        ("ｃｈａｎ　ｗａｉ", "Chan Wai"),
        ("Amy Chan", "Chan Amy"),
        ("amy", "Chan Amy"),
    ],
)
def test_one_person_is_found_under_each_of_their_names(
    house: House, words: str, found_as: str | None
) -> None:
    chen_with_all_names(house)
    (person,) = found(house, words).people
    assert person.name_chinese == "陈伟"
    assert (person.found_as.full if person.found_as else None) == found_as


@pytest.mark.parametrize("words", ["", " ", "%", "张", "zhang", "chan xiaoping zhang", "1", "c", "陈小"])
def test_what_nobody_is_called_finds_nobody(house: House, words: str) -> None:
    chen_with_all_names(house)
    assert found(house, words) == FoundPeople()


def test_an_officer_of_the_other_side_finds_nobody(house: House) -> None:
    chen_with_all_names(house)
    assert found(house, "chen wei", "su_qing") == FoundPeople()


def test_without_consent_nobody_is_found(house: House) -> None:
    chen_with_all_names(house)
    house.session.execute(delete(Declaration).where(Declaration.kind == "crossing"))
    house.session.commit()
    assert found(house, "chen wei") == FoundPeople()
    assert list_queue(house, an_actor(house, "ada_ko"), QueueFilter(words="小萍")).rows == ()


def test_somebody_who_has_not_applied_is_not_found(house: House) -> None:
    a_case(house, stage="draft")
    assert found(house, "chen wei") == FoundPeople()


@pytest.mark.parametrize("key", ["mei_lam", "chen_wei", "tam_lok", "harbour_works", "sys"])
def test_nobody_but_officers_searches(house: House, key: str) -> None:
    with pytest.raises(NotPermitted):
        found(house, "chen", key)


def test_the_queue_finds_a_former_name_and_says_which(house: House) -> None:
    chen_with_all_names(house)
    (row,) = list_queue(house, an_actor(house, "ada_ko"), QueueFilter(words="呂小萍")).rows
    assert row.name_chinese == "陈伟"
    assert row.found_as is not None
    assert (row.found_as.full, row.found_as.is_former) == ("吕小萍", True)
    (plain,) = list_queue(house, an_actor(house, "ada_ko"), QueueFilter(words="陈伟")).rows
    assert plain.found_as is None


def test_more_than_a_page_says_so(house: House) -> None:
    chen_with_all_names(house)
    assert not find_people(house, an_actor(house, "ada_ko"), "chen", most=1).is_more
    assert find_people(house, an_actor(house, "ada_ko"), "chen", most=0).is_more
