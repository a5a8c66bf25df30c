"""Referees: asked, reminded, answering once; what a confirmation is worth, and when it stops counting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.credentials import Standing
from portal.domain.errors import AlreadyDone, Conflict, NotFound, Refused
from portal.domain.people import Actor
from portal.domain.referees import Flag, Question, Relation, Reply, State
from portal.models.credentials import WorkPeriod
from portal.models.records import JournalEntry, OutboxMessage
from portal.models.referees import RefereeRequest
from portal.services.confirmations import confirmations_of
from portal.services.house import House
from portal.services.referee_answers import Given, answer_request, open_request
from portal.services.referees import (
    Nomination,
    ask_referee,
    own_request,
    own_requests,
    remind_referees,
    secret_of,
    withdraw_request,
)
from portal.services.work_history import change_work, own_work_period, withdraw_work
from tests.builders.records import a_period_of_work

Cast = Callable[[str], Actor]
BOSS = Nomination("Chan Siu Kei", "s.k.chan@harbour.example", Relation.LINE_MANAGER, "zh_Hant_HK")


def asked(house: House, actor: Actor, nomination: Nomination = BOSS) -> tuple[UUID, UUID, str]:
    """A period of work, a request about it, and the secret of its link."""
    work = a_period_of_work(house, actor)
    request = UUID(ask_referee(house, actor, work_id=work, said=nomination))
    return work, request, secret_of(house, request)


def all_yes(house: House, secret: str, **but: Reply) -> Given:
    questions = open_request(house, secret).questions
    replies = {question: but.get(question.value, Reply.YES) for question in questions}
    return Given(replies, "" if Reply.NO not in but.values() else "He left a year earlier.")


def standing(house: House, actor: Actor, work: UUID) -> Standing:
    return own_work_period(house, actor, work).standing


def letters(house: House, recipient: str) -> list[OutboxMessage]:
    found = select(OutboxMessage).where(OutboxMessage.recipient == recipient).order_by(OutboxMessage.id)
    return list(house.session.scalars(found))


def test_a_referee_gets_a_link_in_their_language_that_names_nobody(house: House, actor: Cast) -> None:
    _work, _request, secret = asked(house, actor("mei_lam"))
    (letter,) = letters(house, BOSS.email)
    assert letter.language == "zh_Hant_HK"
    assert f"/references/{secret}?language=zh-Hant-HK" in letter.body
    assert "Lam" not in letter.body
    assert "Chan" not in letter.body


def test_a_full_confirmation_supports_the_period(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    work, request, secret = asked(house, mei)
    assert standing(house, mei, work) is Standing.DECLARED
    answer_request(house, secret, given=all_yes(house, secret))
    assert standing(house, mei, work) is Standing.EVIDENCED
    record = own_request(house, mei, request)
    assert (record.state, record.confirms, record.about_this_version) == (State.ANSWERED, True, True)
    assert letters(house, "mei.lam@example.com")[-1].kind == "referee_answered"


@pytest.mark.parametrize("reply", [Reply.NO, Reply.CANNOT_SAY])
def test_an_answer_that_is_not_a_full_yes_supports_nothing_and_reaches_the_officer(
    house: House, actor: Cast, reply: Reply
) -> None:
    mei = actor("mei_lam")
    work, request, secret = asked(house, mei)
    answer_request(house, secret, given=all_yes(house, secret, period=reply))
    assert standing(house, mei, work) is Standing.DECLARED
    assert not own_request(house, mei, request).confirms
    (seen,) = confirmations_of(house, work)
    assert dict(seen.replies)[Question.PERIOD] is reply
    assert seen.comment == ("He left a year earlier." if reply is Reply.NO else "")


def test_a_change_of_the_period_ends_what_the_referee_said_of_it(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    work, request, secret = asked(house, mei)
    answer_request(house, secret, given=all_yes(house, secret))
    before = own_work_period(house, mei, work)
    longer = replace(before.said, begun_on=date(2018, 1, 1))
    change_work(house, mei, work_id=work, said=longer, version=before.version)
    assert standing(house, mei, work) is Standing.DECLARED
    assert not own_request(house, mei, request).about_this_version
    again = own_work_period(house, mei, work)
    change_work(house, mei, work_id=work, said=before.said, version=again.version)
    assert standing(house, mei, work) is Standing.EVIDENCED


def test_a_link_answers_once(house: House, actor: Cast) -> None:
    _work, _request, secret = asked(house, actor("mei_lam"))
    given = all_yes(house, secret)
    answer_request(house, secret, given=given, once="one")
    with pytest.raises(AlreadyDone):
        answer_request(house, secret, given=given, once="one")
    with pytest.raises(Conflict, match=r"referee\.answered"):
        answer_request(house, secret, given=given, once="two")


def test_a_link_ends_by_itself_and_when_it_is_taken_back(
    house: House, actor: Cast, clock: SettableClock
) -> None:
    mei = actor("mei_lam")
    _work, request, secret = asked(house, mei)
    given = all_yes(house, secret)
    clock.advance(timedelta(days=42))
    assert open_request(house, secret).state is State.WAITING
    clock.advance(timedelta(days=1))
    with pytest.raises(Conflict, match=r"referee\.expired"):
        answer_request(house, secret, given=given)
    other = UUID(ask_referee(house, mei, work_id=_work, said=BOSS))
    withdraw_request(house, mei, request_id=other, version=own_request(house, mei, other).version)
    with pytest.raises(Conflict, match=r"referee\.withdrawn"):
        answer_request(house, secret_of(house, other), given=given)
    with pytest.raises(Conflict, match=r"referee\.not_waiting"):
        withdraw_request(house, mei, request_id=request, version=1)


def test_a_period_that_is_withdrawn_takes_its_open_requests_with_it(
    house: House, actor: Cast, clock: SettableClock
) -> None:
    mei = actor("mei_lam")
    work, request, secret = asked(house, mei)
    given = all_yes(house, secret)
    other, _request, others_secret = asked(house, mei, replace(BOSS, email="other@harbour.example"))
    withdraw_work(house, mei, work_id=work, version=own_work_period(house, mei, work).version)
    assert own_request(house, mei, request).state is State.WITHDRAWN
    assert open_request(house, others_secret).state is State.WAITING
    with pytest.raises(Conflict, match=r"referee\.withdrawn"):
        answer_request(house, secret, given=given)
    clock.advance(timedelta(days=20))
    assert remind_referees(house) == 1
    assert [letter.kind for letter in letters(house, BOSS.email)] == ["referee_asked"]
    facts = [
        row.facts for row in house.session.scalars(select(JournalEntry)) if row.kind == "referee.withdrawn"
    ]
    assert facts == [{"request": str(request)}]
    assert standing(house, mei, other) is Standing.DECLARED


@pytest.mark.parametrize("spoil", [lambda s: "", lambda s: s[:-1], lambda s: s[:-1] + "~", lambda s: s + "0"])
def test_a_guessed_link_leads_nowhere(house: House, actor: Cast, spoil: Callable[[str], str]) -> None:
    _work, _request, secret = asked(house, actor("mei_lam"))
    with pytest.raises(NotFound, match=r"referee\.link_unknown"):
        open_request(house, spoil(secret))


def test_a_missing_reply_and_a_bare_no_are_sent_back(house: House, actor: Cast) -> None:
    _work, _request, secret = asked(house, actor("mei_lam"))
    given = all_yes(house, secret)
    lacking = {
        question: reply for question, reply in given.replies.items() if question is not Question.PERIOD
    }
    with pytest.raises(Refused, match=r"referee\.reply_missing"):
        answer_request(house, secret, given=Given(lacking, ""))
    with pytest.raises(Refused, match=r"referee\.comment_missing"):
        answer_request(house, secret, given=Given({**given.replies, Question.PERIOD: Reply.NO}, ""))


def test_reminders_go_out_twice_however_often_the_round_is_made(
    house: House, actor: Cast, clock: SettableClock
) -> None:
    _work, _request, secret = asked(house, actor("mei_lam"))
    assert remind_referees(house) == 0
    clock.advance(timedelta(days=14))
    assert [remind_referees(house), remind_referees(house)] == [1, 0]
    clock.advance(timedelta(days=20))
    assert [remind_referees(house), remind_referees(house)] == [1, 0]
    assert [each.kind for each in letters(house, BOSS.email)] == [
        "referee_asked",
        "referee_reminded",
        "referee_reminded",
    ]
    assert secret in letters(house, BOSS.email)[-1].body


def test_an_answered_request_is_not_reminded(house: House, actor: Cast, clock: SettableClock) -> None:
    _work, _request, secret = asked(house, actor("mei_lam"))
    answer_request(house, secret, given=all_yes(house, secret))
    clock.advance(timedelta(days=30))
    assert remind_referees(house) == 0


def test_doubtful_addresses_are_flagged_and_asked_all_the_same(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    _work, own, _ = asked(house, mei, replace(BOSS, email="Mei.Lam+ref@example.com"))
    _work, public, _ = asked(house, mei, replace(BOSS, email="boss@qq.com"))
    _work, renamed, _ = asked(house, mei, replace(BOSS, name="Somebody Else", email="BOSS@qq.com"))
    flags = {request.id: request.flags for request in own_requests(house, mei)}
    assert flags[own] == (Flag.OWN_ADDRESS,)
    assert flags[public] == (Flag.PUBLIC_MAIL,)
    assert flags[renamed] == (Flag.PUBLIC_MAIL, Flag.SEVERAL_NAMES)


@pytest.mark.parametrize("email", ["", "boss", "boss@", "boss @harbour.example", "a@b@c.example"])
def test_what_is_no_address_is_refused(house: House, actor: Cast, email: str) -> None:
    mei = actor("mei_lam")
    work = a_period_of_work(house, mei)
    with pytest.raises(Refused, match=r"referee\.email_implausible"):
        ask_referee(house, mei, work_id=work, said=replace(BOSS, email=email))


def test_nobody_is_asked_twice_about_one_period_nor_too_many_at_once(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    work, _request, _secret = asked(house, mei)
    with pytest.raises(Refused, match=r"referee\.asked_already"):
        ask_referee(house, mei, work_id=work, said=replace(BOSS, email="S.K.Chan@Harbour.example"))
    for number in (1, 2):
        ask_referee(house, mei, work_id=work, said=replace(BOSS, email=f"other{number}@harbour.example"))
    with pytest.raises(Refused, match=r"referee\.too_many"):
        ask_referee(house, mei, work_id=work, said=replace(BOSS, email="third@harbour.example"))


def test_another_person_knows_nothing_of_a_request(house: House, actor: Cast) -> None:
    work, request, _secret = asked(house, actor("mei_lam"))
    chen = actor("chen_wei")
    with pytest.raises(NotFound):
        own_request(house, chen, request)
    with pytest.raises(NotFound):
        withdraw_request(house, chen, request_id=request, version=1)
    with pytest.raises(NotFound):
        ask_referee(house, chen, work_id=work, said=BOSS)


def test_the_journal_names_no_address_and_the_table_no_link(house: House, actor: Cast) -> None:
    _work, request, secret = asked(house, actor("mei_lam"))
    answer_request(house, secret, given=all_yes(house, secret))
    kinds = ("referee.asked", "referee.answered")
    entries = house.session.scalars(select(JournalEntry).where(JournalEntry.kind.in_(kinds))).all()
    assert [entry.kind for entry in entries] == list(kinds)
    assert all("@" not in str(entry.facts) for entry in entries)
    row = house.session.get_one(RefereeRequest, request)
    assert secret[32:] not in str(
        {column.name: getattr(row, column.name) for column in row.__table__.columns}
    )


def test_verified_work_stays_verified_whatever_a_referee_says(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    work, _request, secret = asked(house, mei)
    house.session.get_one(WorkPeriod, work).standing = Standing.VERIFIED
    house.session.commit()
    answer_request(house, secret, given=all_yes(house, secret, period=Reply.NO))
    assert standing(house, mei, work) is Standing.VERIFIED
