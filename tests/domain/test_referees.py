"""Referees: addresses that count less, days of a request, and what amounts to a confirmation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.domain.referees import (
    OPEN_DAYS,
    AskedAbout,
    Flag,
    Question,
    Reply,
    State,
    confirms,
    flags_of,
    last_day,
    reminders_due,
    state_on,
)

ALL = AskedAbout(has_post=True, has_share=True, manages=True).questions()
YES = dict.fromkeys(ALL, Reply.YES)
ASKED = date(2026, 11, 22)


def test_nobody_is_asked_more_than_eight_questions() -> None:
    assert len(ALL) == 8
    short = AskedAbout(has_post=False, has_share=False, manages=False).questions()
    assert set(ALL) - set(short) == {Question.POST, Question.SHARE, Question.MANAGES}


@pytest.mark.parametrize("own", ["mei.lam@gmail.com", "MeiLam+hr@googlemail.com"])
def test_ones_own_address_is_seen_through_its_disguises(own: str) -> None:
    assert Flag.OWN_ADDRESS in flags_of(own, own_addresses=["meilam@gmail.com"])


@pytest.mark.parametrize("domain", ["qq.com", "163.com", "Gmail.com", "yahoo.com.hk"])
def test_a_public_mail_domain_is_flagged(domain: str) -> None:
    assert flags_of(f"boss@{domain}", own_addresses=[]) == (Flag.PUBLIC_MAIL,)


@pytest.mark.parametrize(
    "address", ["boss@harbour.example", "boss@mail.qq.com.example", "mei.lam@lam.example"]
)
def test_an_address_of_a_firm_is_not_flagged(address: str) -> None:
    assert flags_of(address, own_addresses=["mei.lam@example.com"]) == ()


@pytest.mark.parametrize("question", [q for q in Question if q is not Question.MAY_ASK])
@pytest.mark.parametrize("reply", [Reply.NO, Reply.CANNOT_SAY, None])
def test_one_thing_not_confirmed_is_no_confirmation(question: Question, reply: Reply | None) -> None:
    given = {name: one for name, one in {**YES, question: reply}.items() if one is not None}
    assert not confirms(ALL, given)


def test_whether_an_officer_may_write_does_not_matter_to_the_work() -> None:
    assert confirms(ALL, {**YES, Question.MAY_ASK: Reply.NO})


def test_a_request_is_open_through_its_last_day() -> None:
    last = last_day(ASKED)
    assert (last - ASKED).days == OPEN_DAYS
    for day, state in ((last, State.WAITING), (last + timedelta(days=1), State.EXPIRED)):
        assert state_on(day, expires_on=last, answered=False, withdrawn=False) is state
    assert (
        state_on(last + timedelta(days=9), expires_on=last, answered=True, withdrawn=False) is State.ANSWERED
    )


def test_reminders_fall_due_four_and_two_weeks_before_the_end() -> None:
    last = last_day(ASKED)
    due = [
        reminders_due(last - timedelta(days=days), expires_on=last, sent=0) for days in (29, 28, 15, 14, 0)
    ]
    assert due == [0, 1, 1, 2, 2]
