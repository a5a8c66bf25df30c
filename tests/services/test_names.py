"""Further names: stated, asked about, listed, taken back, journaled without their words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.domain.errors import AlreadyDone, NotFound, NotPermitted, Refused
from portal.domain.names import NameKind, NameProof, StatedName
from portal.domain.people import Actor
from portal.models.identity import NameKey
from portal.models.records import JournalEntry
from portal.services.house import House
from portal.services.names import MOST_NAMES, add_name, read_name, remove_name
from portal.services.people import SelfDescription, describe_oneself, read_oneself
from tests.builders.identity import a_name, papers
from tests.builders.records import a_description

Cast = Callable[[str], Actor]
ZHANG = StatedName(
    NameKind.SIMPLIFIED,
    "张",
    "小萍",
    is_former=True,
    since=date(1990, 5, 17),
    until=date(2014, 5, 19),
    proof=NameProof.DEED_POLL,
)


def keys_in(house: House) -> set[str]:
    return set(house.session.scalars(select(NameKey.key)))


def refused(house: House, actor: Actor, said: StatedName) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refusal:
        add_name(house, actor, said=said)
    return refusal.value.code, refusal.value.field


def test_a_name_is_kept_as_it_was_stated_those_in_use_first(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    add_name(house, mei, said=ZHANG)
    add_name(house, mei, said=StatedName(NameKind.ENGLISH, "Lam", "Amy", family_first=False))
    assert [one.name for one in papers(house, mei).names] == [
        StatedName(NameKind.ENGLISH, "Lam", "Amy", family_first=False),
        ZHANG,
    ]


def test_a_name_is_tidied_before_it_is_kept(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    key = a_name(house, mei, NameKind.ENGLISH, "  Ｌａｍ ", " Amy   Mei ")
    assert read_name(house, mei, key).name == StatedName(NameKind.ENGLISH, "Lam", "Amy Mei")


def test_a_name_taken_back_is_no_longer_a_key(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    a_description(house, mei)
    before = keys_in(house)
    key = a_name(house, mei)
    assert {"zhangxiaoping", "xiaopingzhang", "xiaoping"} <= keys_in(house)
    remove_name(house, mei, name_id=key)
    assert keys_in(house) == before
    assert papers(house, mei).names == ()


def test_changed_names_on_letters_change_the_keys(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    a_description(house, mei)
    a_description(house, mei, name_latin="LAM Mei Ling", name_chinese="")
    assert "lammeiling" in keys_in(house)
    assert "林美" not in keys_in(house)


def test_characters_of_the_other_script_are_asked_about_once(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    unusual = StatedName(NameKind.TRADITIONAL, "张", "美欣")
    with pytest.raises(Refused) as asked:
        add_name(house, mei, said=unusual)
    assert (asked.value.code, asked.value.field) == ("name.other_script_traditional", "is_meant")
    assert asked.value.params == {"characters": "张"}
    add_name(house, mei, said=unusual, is_meant=True)
    assert [one.name for one in papers(house, mei).names] == [unusual]


def test_the_same_name_twice_is_said_and_a_former_one_is_another(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    a_name(house, mei)
    assert refused(house, mei, StatedName(NameKind.PINYIN, "Zhang", "Xiaoping")) == (
        "name.stated_already",
        "given",
    )
    a_name(house, mei, is_former=True)
    assert len(papers(house, mei).names) == 2


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        (StatedName(NameKind.PINYIN, "张", "小萍"), "name.not_latin", "family"),
        (StatedName(NameKind.SIMPLIFIED, "张", "Xiaoping"), "name.not_chinese", "given"),
        (StatedName(NameKind.PINYIN, "", ""), "name.missing", "family"),
        (
            StatedName(NameKind.PINYIN, "Zhang", "Xiaoping", since=date(1980, 1, 1)),
            "name.day_before_birth",
            "since",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(
    house: House, actor: Cast, said: StatedName, code: str, field: str
) -> None:
    mei = actor("mei_lam")
    a_description(house, mei)
    assert refused(house, mei, said) == (code, field)
    assert papers(house, mei).names == ()


def test_nobody_states_names_without_end(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    for count in range(MOST_NAMES):
        a_name(house, mei, given="X" + "a" * count)
    assert refused(house, mei, StatedName(NameKind.PINYIN, "One", "More"))[0] == "name.too_many"


def test_a_stranger_can_neither_read_nor_remove_a_name(house: House, actor: Cast) -> None:
    mei, chen = actor("mei_lam"), actor("chen_wei")
    key = a_name(house, mei)
    for strange in (key, uuid4()):
        with pytest.raises(NotFound):
            read_name(house, chen, strange)
        with pytest.raises(NotFound):
            remove_name(house, chen, name_id=strange)
    with pytest.raises(NotPermitted):
        read_name(house, actor("ada_ko"), key)
    assert len(papers(house, mei).names) == 1


def test_a_form_sent_twice_is_one_act(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    add_name(house, mei, said=ZHANG, once="k")
    with pytest.raises(AlreadyDone):
        add_name(house, mei, said=ZHANG, once="k")


def test_the_journal_says_that_and_never_what(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    key = a_name(house, mei)
    remove_name(house, mei, name_id=key)
    entries = house.session.scalars(select(JournalEntry).where(JournalEntry.kind.startswith("name."))).all()
    assert [entry.kind for entry in entries] == ["name.added", "name.removed"]
    assert all(entry.facts == {"name": str(key), "script": "pinyin"} for entry in entries)


@pytest.mark.parametrize(
    ("latin", "chinese", "code", "field"),
    [
        ("林美", "", "name.not_latin", "name_latin"),
        ("LAM Mei", "LAM", "name.not_chinese", "name_chinese"),
        ("LAM\x07Mei", "", "name.odd_character", "name_latin"),
    ],
)
def test_the_names_on_letters_are_each_in_their_own_script(
    house: House, actor: Cast, latin: str, chinese: str, code: str, field: str
) -> None:
    mei = actor("mei_lam")
    record = read_oneself(house, mei)
    with pytest.raises(Refused) as refusal:
        describe_oneself(
            house,
            mei,
            said=SelfDescription(latin, chinese, record.description.home, None),
            version=record.version,
        )
    assert (refusal.value.code, refusal.value.field) == (code, field)
