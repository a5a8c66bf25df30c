"""Looking at a share: the answer, and the one refusal that tells nothing."""

from __future__ import annotations

from datetime import date
from statistics import median
from time import perf_counter

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.disclosure import TRIES_BEFORE_LOCK, Factor
from portal.domain.errors import NotPermitted, PortalError, Refused
from portal.domain.identifiers import check_character
from portal.domain.people import NOBODY
from portal.models.disclosure import Look, Share
from portal.models.records import JournalEntry, SentForm
from portal.services.checking import check_share, list_own_looks, read_code
from portal.services.house import House
from portal.services.sharing import end_share
from tests.builders.programmes import a_day_later
from tests.builders.sharing import BORN_ON, PIN, a_look, a_share
from tests.cast import actor_for, seat

WRONG = "918273"


def an_unknown_code() -> str:
    """A code that is spelled like one and belongs to nobody."""
    body = "2345678"
    return f"SH-2345-678{check_character('SH' + body)}"


def refusal_of(house: House, code: str, factor: str | date) -> PortalError:
    with pytest.raises(Refused) as refused:
        a_look(house, code, factor=factor)
    return refused.value


def looks(house: House) -> list[Look]:
    return list(house.session.scalars(select(Look).order_by(Look.id)))


def test_the_right_factor_shows_the_answer_with_a_receipt(house: House) -> None:
    share = a_share(house, purpose_note="Harbour Works")
    answer = a_look(house, share.code)
    (look,) = looks(house)
    assert (answer.code, answer.purpose_note) == (share.code, "Harbour Works")
    assert answer.receipt == look.reference
    assert answer.checked_at == house.clock.now()
    assert answer.shown.name_latin == "CHEN Wei"
    assert look.shown


def test_a_date_of_birth_opens_a_share_made_with_it_and_no_other(house: House) -> None:
    born = a_share(house, factor=Factor.BIRTH_DATE)
    pinned = a_share(house, recognition=born.recognition)
    assert a_look(house, born.code, factor=BORN_ON).receipt
    assert refusal_of(house, born.code, PIN).code == "share.nothing_to_show"
    assert refusal_of(house, pinned.code, BORN_ON).code == "share.nothing_to_show"


@pytest.mark.parametrize(
    "typed",
    ["{}", " {} ", "{lower}", "{plain}", "{spaced}", "{wide}"],
)
def test_a_code_is_understood_however_it_is_typed(house: House, typed: str) -> None:
    code = a_share(house).code
    plain = code.replace("-", "")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    spelled = typed.format(code, lower=code.lower(), plain=plain, spaced=" ".join(plain), wide=wide)
    assert a_look(house, spelled).code == code


def test_a_pin_is_understood_with_spaces(house: House) -> None:
    assert a_look(house, a_share(house).code, factor="407 182").receipt


@pytest.mark.parametrize("typed", ["", "SH", "SH-2345-678", "hello there", "RC-2345-6789", "１"])
def test_what_no_code_looks_like_is_said_at_the_field(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_code(typed)
    assert (refusal.value.code, refusal.value.field) == ("share.code_malformed", "code")


def test_a_slip_of_the_finger_in_a_real_code_is_answered_like_one_in_an_unknown_code(
    house: House,
) -> None:
    for code in (a_share(house).code, an_unknown_code()):
        slipped = code[:-1] + ("2" if code[-1] != "2" else "3")
        with pytest.raises(Refused) as refusal:
            a_look(house, slipped)
        assert refusal.value.code == "share.code_malformed"
    assert looks(house) == []


def test_unknown_ended_expired_locked_and_wrong_are_one_refusal(house: House, clock: SettableClock) -> None:
    wrong = a_share(house)
    ended = a_share(house, recognition=wrong.recognition)
    end_share(house, ended.holder, code=ended.code)
    expired = a_share(house, recognition=wrong.recognition, until=date(2026, 11, 22))
    locked = a_share(house, recognition=wrong.recognition)
    for _try in range(TRIES_BEFORE_LOCK):
        refusal_of(house, locked.code, WRONG)
    a_day_later(clock)
    refusals = [
        refusal_of(house, an_unknown_code(), PIN),
        refusal_of(house, ended.code, PIN),
        refusal_of(house, expired.code, PIN),
        refusal_of(house, locked.code, PIN),
        refusal_of(house, wrong.code, WRONG),
    ]
    assert {(each.code, each.field, tuple(each.params)) for each in refusals} == {
        ("share.nothing_to_show", None, ())
    }


def test_an_unknown_code_costs_as_much_work_as_a_wrong_factor(house: House) -> None:
    share = a_share(house)

    def seconds(code: str, factor: str) -> float:
        begun = perf_counter()
        refusal_of(house, code, factor)
        return perf_counter() - begun

    seconds(an_unknown_code(), WRONG)  # the first time makes the digest of nothing
    unknown = median(seconds(an_unknown_code(), WRONG) for _each in range(5))
    wrong = median(seconds(share.code, WRONG) for _each in range(5))
    assert unknown > wrong / 3
    assert wrong > unknown / 3


def test_the_tenth_wrong_try_locks_and_the_right_factor_comes_too_late(house: House) -> None:
    share = a_share(house)
    for _try in range(TRIES_BEFORE_LOCK - 1):
        refusal_of(house, share.code, WRONG)
    assert a_look(house, share.code).receipt
    refusal_of(house, share.code, WRONG)
    assert refusal_of(house, share.code, PIN).code == "share.nothing_to_show"


def test_each_look_and_each_wrong_try_is_journaled_for_the_holder(house: House) -> None:
    share = a_share(house)
    a_look(house, share.code)
    refusal_of(house, share.code, WRONG)
    refusal_of(house, an_unknown_code(), PIN)
    entries = house.session.scalars(select(JournalEntry).where(JournalEntry.kind == "share.looked")).all()
    assert {entry.person_id for entry in entries} == {share.holder.person_id}
    assert {entry.facts["look"] for entry in entries} == {look.reference for look in looks(house)}
    assert len(entries) == 2


def test_the_same_form_twice_is_one_look_with_one_receipt(house: House) -> None:
    share = a_share(house)
    asked = {"code": share.code, "factor": PIN, "looked_as": "Kwan", "once": "the form's key"}
    first = check_share(house, NOBODY, **asked)  # type: ignore[arg-type]
    again = check_share(house, NOBODY, **asked)  # type: ignore[arg-type]
    assert first.receipt == again.receipt
    assert len(looks(house)) == 1


def test_a_replayed_wrong_form_counts_one_try_and_shows_nothing(house: House) -> None:
    share = a_share(house)
    for _sending in range(3):
        with pytest.raises(Refused, match=r"share\.nothing_to_show"):
            check_share(house, NOBODY, code=share.code, factor=WRONG, looked_as="Kwan", once="the key")
    assert house.session.scalars(select(Share.wrong_tries)).one() == 1


def test_a_replay_with_another_factor_or_after_the_end_shows_nothing(house: House) -> None:
    share = a_share(house)
    check_share(house, NOBODY, code=share.code, factor=PIN, looked_as="Kwan", once="the key")
    with pytest.raises(Refused, match=r"share\.nothing_to_show"):
        check_share(house, NOBODY, code=share.code, factor=WRONG, looked_as="Kwan", once="the key")
    end_share(house, share.holder, code=share.code)
    with pytest.raises(Refused, match=r"share\.nothing_to_show"):
        check_share(house, NOBODY, code=share.code, factor=PIN, looked_as="Kwan", once="the key")


def test_the_key_of_a_form_says_nothing_of_what_was_asked(house: House) -> None:
    share = a_share(house)
    check_share(house, NOBODY, code=share.code, factor=PIN, looked_as="Kwan", once="the key")
    kept = house.session.scalars(select(SentForm)).all()
    assert kept
    assert all(share.code not in f"{form.key} {form.result}" for form in kept)


def test_an_employers_member_sees_their_own_looks_alone(house: House) -> None:
    share = a_share(house)
    ours, theirs = (actor_for(seat(house, key)) for key in ("harbour_works", "lantau_labs"))
    mine = a_look(house, share.code, actor=ours)
    a_look(house, share.code, actor=theirs)
    a_look(house, share.code)
    assert [look.receipt for look in list_own_looks(house, ours)] == [mine.receipt]
    with pytest.raises(NotPermitted):
        list_own_looks(house, share.holder)
