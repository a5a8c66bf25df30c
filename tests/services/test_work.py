"""One use case, one commit: nothing half-done, nothing done twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from sqlalchemy import func, select

from portal.domain.errors import AlreadyDone, Conflict, Refused
from portal.domain.people import NOBODY, Actor
from portal.models.accounts import Account
from portal.models.people import Person
from portal.models.records import JournalEntry, SentForm
from portal.services.house import House
from portal.services.journal import record
from portal.services.work import one_act, require_version


def entries(house: House) -> int:
    return house.session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def test_an_act_that_fails_leaves_nothing_behind(house: House) -> None:
    before = entries(house)
    with pytest.raises(Refused), one_act(house, NOBODY, once="k"):
        record(house, NOBODY, "case.withdrawn", case="HK-1")
        raise Refused("form.already_sent")
    assert entries(house) == before
    assert house.session.scalar(select(func.count()).select_from(SentForm)) == 0


def test_the_same_form_twice_is_one_act_and_tells_what_the_first_gave(house: House) -> None:
    before = entries(house)
    with one_act(house, NOBODY, once="k") as act:
        record(house, NOBODY, "case.withdrawn", case="HK-1")
        act.result = "HK-1"
    with pytest.raises(AlreadyDone) as told, one_act(house, NOBODY, once="k"):
        record(house, NOBODY, "case.withdrawn", case="HK-1")
    assert told.value.result == "HK-1"
    assert entries(house) == before + 1


def test_a_key_seen_by_one_account_is_worth_nothing_to_another(
    house: House, actor: Callable[[str], Actor]
) -> None:
    for member in ("mei_lam", "chen_wei"):
        with one_act(house, actor(member), once="same") as act:
            act.result = member
    with pytest.raises(AlreadyDone) as told, one_act(house, actor("chen_wei"), once="same"):
        pass
    assert told.value.result == "chen_wei"


def test_a_row_changed_by_somebody_else_meanwhile_is_a_conflict(
    house: House, account: Callable[[str], Account]
) -> None:
    person = house.session.get_one(Person, account("mei_lam").person_id)
    house.session.connection().exec_driver_sql("UPDATE people SET version = version + 1")
    with pytest.raises(Conflict) as told, one_act(house, NOBODY):
        person.name_latin = "Lam Mei"
    assert told.value.code == "row.changed"


def test_a_stale_form_is_a_conflict() -> None:
    require_version(3, 3)
    with pytest.raises(Conflict):
        require_version(4, 3)


def test_an_act_inside_another_is_kept_only_with_it(house: House) -> None:
    before = entries(house)
    with pytest.raises(Refused), one_act(house, NOBODY):
        with one_act(house, NOBODY) as inner:
            record(house, NOBODY, "case.withdrawn", case="HK-1")
            inner.result = "HK-1"
        assert (inner.result, house.session().in_transaction()) == ("HK-1", True)
        raise Refused("form.already_sent")
    assert entries(house) == before
    with one_act(house, NOBODY), one_act(house, NOBODY):
        record(house, NOBODY, "case.withdrawn", case="HK-1")
    house.session.rollback()
    assert entries(house) == before + 1


def test_an_act_that_fails_inside_another_leaves_nothing_even_when_the_outer_goes_on(house: House) -> None:
    before = entries(house)
    with one_act(house, NOBODY):
        record(house, NOBODY, "case.withdrawn", case="HK-1")
        with pytest.raises(Refused), one_act(house, NOBODY):
            record(house, NOBODY, "case.withdrawn", case="HK-2")
            house.session.flush()
            record(house, NOBODY, "case.withdrawn", case="HK-3")
            raise Refused("form.already_sent")
    house.session.rollback()
    assert entries(house) == before + 1
    last = house.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert last is not None
    assert last.facts == {"case": "HK-1"}


def test_a_row_that_the_database_refuses_inside_is_a_conflict_and_spoils_nothing(
    house: House, account: Callable[[str], Account]
) -> None:
    mei, wei = account("mei_lam"), account("chen_wei")
    with one_act(house, NOBODY):
        with pytest.raises(Conflict, match=r"row\.changed"), one_act(house, NOBODY):
            wei.email = mei.email
        mei.language = "zh_Hant_HK"
    house.session.rollback()
    assert (mei.language, wei.email) == ("zh_Hant_HK", "chen.wei@example.com")


def test_a_form_is_sent_once_also_inside_another_act(house: House) -> None:
    before = entries(house)
    for _ in range(2):
        with one_act(house, NOBODY), suppress(AlreadyDone), one_act(house, NOBODY, once="k"):
            record(house, NOBODY, "case.withdrawn", case="HK-1")
    with pytest.raises(Refused), one_act(house, NOBODY):
        with one_act(house, NOBODY, once="other"):
            pass
        raise Refused("form.already_sent")
    with one_act(house, NOBODY, once="other"):
        record(house, NOBODY, "case.withdrawn", case="HK-2")
    assert entries(house) == before + 2
