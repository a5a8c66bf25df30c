"""Describing oneself: what is kept, what loses its verification, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.credentials import Standing
from portal.domain.errors import AlreadyDone, Conflict, NotPermitted, Refused
from portal.domain.people import Actor
from portal.domain.places import Jurisdiction
from portal.models.people import PersonalFact
from portal.models.records import JournalEntry
from portal.services.facts import dossier_of
from portal.services.house import House
from portal.services.people import SelfDescription, describe_oneself, read_oneself
from tests.builders.records import a_description

Cast = Callable[[str], Actor]


def described(**changes: object) -> SelfDescription:
    said: dict[str, object] = {
        "name_latin": "LAM Mei",
        "name_chinese": "林美",
        "home": Jurisdiction.HONG_KONG,
        "born_on": date(1990, 5, 17),
        "answers": {"chinese_citizen": True, "hk_permanent_resident": False},
    }
    return SelfDescription(**{**said, **changes})  # type: ignore[arg-type]


def test_what_is_said_is_kept_and_reaches_the_rules(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    describe_oneself(house, mei, said=described(), version=read_oneself(house, mei).version)
    record = read_oneself(house, mei)
    assert record.description == described()
    assert mei.person_id is not None
    facts = {fact.name: fact.value for fact in dossier_of(house, mei.person_id, on=house.clock.today()).facts}
    assert facts == {"chinese_citizen": True, "hk_permanent_resident": False, "born_on": date(1990, 5, 17)}


def test_an_answer_taken_back_is_neither_yes_nor_no(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    a_description(house, mei, answers={"chinese_citizen": False})
    a_description(house, mei, answers={"chinese_citizen": None})
    assert set(read_oneself(house, mei).facts) == {"born_on"}


def test_a_changed_answer_loses_its_verification_and_the_others_keep_theirs(
    house: House, actor: Cast
) -> None:
    mei = actor("mei_lam")
    a_description(house, mei, answers={"chinese_citizen": True, "hk_permanent_resident": True})
    for row in house.session.scalars(select(PersonalFact)):
        row.standing = Standing.VERIFIED
    house.session.commit()
    a_description(house, mei, answers={"chinese_citizen": True, "hk_permanent_resident": False})
    facts = read_oneself(house, mei).facts
    assert facts["hk_permanent_resident"].standing is Standing.DECLARED
    assert facts["chinese_citizen"].standing is Standing.VERIFIED
    assert facts["born_on"].standing is Standing.VERIFIED


def test_the_journal_names_what_was_said_and_not_the_words(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    a_description(house, mei, answers={"chinese_citizen": True})
    entry = house.session.scalars(select(JournalEntry).where(JournalEntry.kind == "person.described")).one()
    assert set(entry.facts["fields"]) == {"name_latin", "name_chinese", "born_on", "chinese_citizen"}
    assert "LAM" not in str(entry.facts)


def test_saying_the_same_again_changes_and_journals_nothing(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    a_description(house, mei)
    version = read_oneself(house, mei).version
    a_description(house, mei)
    assert read_oneself(house, mei).version == version


def test_a_stale_form_is_refused_even_when_only_an_answer_had_changed(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    a_description(house, mei)
    seen = read_oneself(house, mei).version
    a_description(house, mei, answers={"chinese_citizen": True})
    with pytest.raises(Conflict, match=r"row\.changed"):
        describe_oneself(house, mei, said=described(), version=seen)


def test_a_form_sent_twice_is_one_act(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    version = read_oneself(house, mei).version
    describe_oneself(house, mei, said=described(), version=version, once="k")
    with pytest.raises(AlreadyDone):
        describe_oneself(house, mei, said=described(), version=version, once="k")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name_latin": "", "name_chinese": ""}, "person.name_missing", "name_latin"),
        ({"name_latin": "L" * 121}, "person.too_long", "name_latin"),
        ({"name_chinese": "林" * 61}, "person.too_long", "name_chinese"),
        ({"born_on": date(2030, 1, 1)}, "person.born_ahead", "born_on"),
        ({"born_on": date(1890, 1, 1)}, "person.born_implausibly", "born_on"),
        ({"answers": {"likes_bridges": True}}, "person.fact_unknown", None),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(
    house: House, actor: Cast, changes: dict[str, object], code: str, field: str | None
) -> None:
    mei = actor("mei_lam")
    version = read_oneself(house, mei).version
    with pytest.raises(Refused) as refusal:
        describe_oneself(house, mei, said=described(**changes), version=version)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert read_oneself(house, mei).version == version


def test_only_a_professional_describes_themselves(house: House, actor: Cast) -> None:
    with pytest.raises(NotPermitted):
        read_oneself(house, actor("ada_ko"))
