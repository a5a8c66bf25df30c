"""The queue: one side's cases, filtered, counted, searched in any script, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.cases import Stage
from portal.domain.errors import NotPermitted
from portal.domain.rules.vocabulary import Basis
from portal.models.cases import Case, Declaration
from portal.services import queue as queue_module, queue_order
from portal.services.house import House
from portal.services.queue import list_queue
from portal.services.queue_order import QueueFilter
from tests.builders.applications import AMAC
from tests.builders.decisions import a_case, an_actor


def references(house: House, key: str = "ada_ko", **asked: object) -> list[str]:
    found = list_queue(house, an_actor(house, key), QueueFilter(**asked))  # type: ignore[arg-type]
    return [row.reference for row in found.rows]


def test_an_officer_sees_the_cases_of_their_side_alone(house: House) -> None:
    case = a_case(house)

    assert references(house) == [case.reference]
    assert references(house, "su_qing") == []


def test_nobody_but_officers_has_a_queue(house: House) -> None:
    for key in ("mei_lam", "tam_lok", "sys"):
        with pytest.raises(NotPermitted):
            references(house, key)


def test_drafts_are_nobodys_business(house: House) -> None:
    a_case(house, stage="draft")

    assert references(house) == []
    assert references(house, words="陈伟") == []


def test_the_filters_narrow_and_the_counts_stay(house: House) -> None:
    case = a_case(house, stage="under_assessment")

    assert references(house, mine=True) == [case.reference]
    assert references(house, "bo_yip", mine=True) == []
    assert references(house, unassigned=True) == []
    assert references(house, stage=Stage.SUBMITTED) == []
    assert references(house, stage=Stage.UNDER_ASSESSMENT) == [case.reference]
    assert references(house, track="credit-risk") == []
    counts = list_queue(house, an_actor(house, "ada_ko"), QueueFilter(track="credit-risk")).counts
    assert counts[Stage.UNDER_ASSESSMENT] == 1


def test_a_closed_case_is_off_the_desk_and_still_found(house: House) -> None:
    case = a_case(house, stage="granted")

    assert references(house) == []
    assert references(house, words="chen wei") == [case.reference]
    assert references(house, stage=Stage.GRANTED) == [case.reference]


@pytest.mark.parametrize("words", ["陈伟", "陳偉", "陳", "CHEN", "wei chen", "  chen  "])
def test_a_name_is_found_in_any_script(house: House, words: str) -> None:
    case = a_case(house)

    assert references(house, words=words) == [case.reference]


@pytest.mark.parametrize("words", ["陈伟", "陳", "CHEN", "wei chen", "chenwei"])
def test_a_name_that_very_many_share_is_found_just_so(
    house: House, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setattr(queue_order, "SEVERAL", 0)
    case, other = a_case(house), a_case(house, person="mei_lam")

    assert references(house, words=words) == [case.reference]
    assert references(house, words=other.reference) == [other.reference]
    for given in house.session.scalars(select(Declaration).where(Declaration.kind == "crossing")):
        house.session.delete(given)
    house.session.commit()
    assert references(house, words=words) == []


@pytest.mark.parametrize("words", ["%", "_", "陈卫", "chen%", "’ OR 1=1"])
def test_what_is_not_a_name_finds_nothing(house: House, words: str) -> None:
    a_case(house)

    assert references(house, words=words) == []


def test_a_reference_is_found_however_it_is_typed(house: House) -> None:
    case = a_case(house)

    for typed in (
        case.reference,
        case.reference.lower(),
        case.reference.replace("-", ""),
        case.reference[:7],
    ):
        assert references(house, words=typed) == [case.reference]


def test_without_consent_there_is_no_name_in_the_list_and_none_to_be_found(house: House) -> None:
    case = a_case(house)
    for given in house.session.scalars(select(Declaration).where(Declaration.kind == "crossing")):
        house.session.delete(given)
    house.session.commit()

    row = list_queue(house, an_actor(house, "ada_ko"), QueueFilter()).rows[0]
    assert (row.reference, row.is_disclosed, row.name_chinese, row.name_latin) == (
        case.reference,
        False,
        "",
        "",
    )
    assert references(house, words="陈伟") == []


def test_each_case_has_the_bridge_of_its_newest_photographs(house: House) -> None:
    a_case(house, stage="recommended")

    row = list_queue(house, an_actor(house, "ada_ko"), QueueFilter()).rows[0]

    assert row.declared is not None
    assert row.verified is not None
    assert (row.declared.basis, row.verified.basis) == (Basis.DECLARED, Basis.VERIFIED)


def test_pages_follow_each_other_without_gap_or_repeat(
    house: House, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "PAGE_LENGTH", 1)
    first = a_case(house, person="mei_lam", target=AMAC)
    clock.advance(timedelta(hours=1))
    second = a_case(house, person="chen_wei", target=AMAC)
    su = an_actor(house, "su_qing")

    one = list_queue(house, su, QueueFilter())
    two = list_queue(house, su, QueueFilter(after=one.next_after))

    assert [row.reference for row in (*one.rows, *two.rows)] == [first.reference, second.reference]
    assert two.next_after == ""
    assert house.session.scalars(select(Case)).all()


@pytest.mark.parametrize("after", ["", "nonsense", "1e400~x", "~", "1~00000000-0000-0000-0000-00000000000"])
def test_a_place_that_cannot_be_read_is_the_beginning(house: House, after: str) -> None:
    case = a_case(house)

    assert references(house, after=after) == [case.reference]
