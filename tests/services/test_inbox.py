"""Everything a person was told is in their inbox, in the transaction it tells of, with the fate of its e-mail."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from portal.adapters.clock import SettableClock
from portal.domain.cases import Move
from portal.domain.errors import NotFound
from portal.domain.people import Actor
from portal.models.following import Notice
from portal.models.records import OutboxMessage
from portal.services.case_moves import NEWS
from portal.services.house import House
from portal.services.inbox import LINES_A_PAGE, Delivery, Line, mark_read, open_line, read_inbox
from portal.services.notices import tell_person
from portal.services.outbox import TRIES_IN_ALL, deliver_due
from tests.builders.decisions import a_case, a_recognition, an_actor
from tests.services.test_outbox import Postman


def tell(house: House, actor: Actor, count: int = 1) -> None:
    for number in range(count):
        assert actor.person_id is not None
        tell_person(house, actor.person_id, "recommended", reference=f"HK-{number}")
    house.session.commit()


def lines(house: House, actor: Actor) -> tuple[Line, ...]:
    return read_inbox(house, actor).lines


def test_a_line_and_an_email_are_written_together_or_not_at_all(house: House) -> None:
    mei = an_actor(house, "mei_lam")
    assert mei.person_id is not None
    tell_person(house, mei.person_id, "recommended", reference="HK-1")
    house.session.rollback()
    assert lines(house, mei) == ()
    assert house.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
    tell(house, mei)
    assert [line.kind for line in lines(house, mei)] == ["recommended"]
    assert house.session.scalars(select(OutboxMessage.kind)).all() == ["recommended"]


def test_each_stage_of_a_case_is_told_once(house: House) -> None:
    a_case(house, stage="granted_with_conditions")
    told = sorted(line.kind for line in lines(house, an_actor(house, "chen_wei")))
    assert told == ["application_received", "assessment_begun", "granted_with_conditions", "recommended"]


def test_the_life_of_a_recognition_is_told(house: House) -> None:
    a_recognition(house, status="revoked")
    told = {line.kind for line in lines(house, an_actor(house, "chen_wei"))}
    assert told >= {"granted", "recognition_suspended", "recognition_lifted", "recognition_revoked"}


def test_every_move_of_a_case_is_told_by_itself_or_by_its_act() -> None:
    assert set(Move) - set(NEWS) == {Move.SUBMIT, Move.WITHDRAW}


def test_facts_come_back_as_they_were_told(house: House) -> None:
    mei = an_actor(house, "mei_lam")
    assert mei.person_id is not None
    day, key = date(2026, 12, 1), UUID(int=7)
    tell_person(house, mei.person_id, "enrolment_offered", reply_by=day, enrolment=key)
    house.session.commit()
    house.session.expire_all()
    assert lines(house, mei)[0].facts == {"reply_by": date(2026, 12, 1), "enrolment": str(UUID(int=7))}


def test_the_link_of_the_email_leads_to_the_inbox(house: House) -> None:
    tell(house, an_actor(house, "mei_lam"))
    body = house.session.scalars(select(OutboxMessage.body)).one()
    assert f"{house.base_url}/me/inbox" in body


def test_nobody_reads_or_marks_the_inbox_of_another(house: House) -> None:
    mei, chen = an_actor(house, "mei_lam"), an_actor(house, "chen_wei")
    tell(house, mei)
    assert lines(house, chen) == ()
    with pytest.raises(NotFound):
        open_line(house, chen, lines(house, mei)[0].id)
    assert mark_read(house, chen, newest=lines(house, mei)[0].id) == 0
    assert read_inbox(house, mei).unread == 1


def test_opening_a_line_marks_it_alone_and_once(house: House, clock: SettableClock) -> None:
    mei = an_actor(house, "mei_lam")
    tell(house, mei, 2)
    key = lines(house, mei)[0].id
    open_line(house, mei, key)
    first = house.session.get_one(Notice, key).read_at
    clock.advance(timedelta(hours=1))
    open_line(house, mei, key)
    assert house.session.get_one(Notice, key).read_at == first
    assert [line.is_unread for line in lines(house, mei)] == [False, True]


def test_what_came_after_the_page_was_drawn_stays_unread(house: House, clock: SettableClock) -> None:
    mei = an_actor(house, "mei_lam")
    tell(house, mei, 2)
    seen = lines(house, mei)[0].id
    clock.advance(timedelta(minutes=1))
    tell(house, mei)
    assert mark_read(house, mei, newest=seen) == 2
    assert [line.is_unread for line in lines(house, mei)] == [True, False, False]


def test_a_long_inbox_has_pages(house: House, clock: SettableClock) -> None:
    mei = an_actor(house, "mei_lam")
    tell(house, mei, LINES_A_PAGE + 3)
    first = read_inbox(house, mei)
    assert len(first.lines) == LINES_A_PAGE
    rest = read_inbox(house, mei, after=first.older)
    assert (len(rest.lines), rest.older) == (3, None)
    assert not {line.id for line in first.lines} & {line.id for line in rest.lines}
    assert first.unread == rest.unread == LINES_A_PAGE + 3


def test_a_line_knows_what_became_of_its_email(house: House, clock: SettableClock) -> None:
    mei, postman = an_actor(house, "mei_lam"), Postman()
    tell(house, mei)
    assert lines(house, mei)[0].delivery is Delivery.WAITING
    postman.is_closed = True
    deliver_due(house, postman)
    tried = lines(house, mei)[0]
    assert (tried.delivery, tried.delivery_at) == (Delivery.TRIED, clock.now())
    postman.is_closed = False
    clock.advance(timedelta(hours=1))
    deliver_due(house, postman)
    sent = lines(house, mei)[0]
    assert (sent.delivery, sent.delivery_at) == (Delivery.SENT, clock.now())


def test_an_email_nobody_took_for_days_has_failed_and_the_line_says_so(
    house: House, clock: SettableClock
) -> None:
    mei, postman = an_actor(house, "mei_lam"), Postman()
    postman.is_closed = True
    tell(house, mei)
    begun = clock.now()
    for _ in range(TRIES_IN_ALL):
        assert lines(house, mei)[0].delivery is not Delivery.FAILED
        deliver_due(house, postman)
        clock.put_to(house.session.scalars(select(OutboxMessage.next_try_at)).one())
    assert lines(house, mei)[0].delivery is Delivery.FAILED
    assert timedelta(days=3) < clock.now() - begun < timedelta(days=4)
    postman.is_closed = False
    assert deliver_due(house, postman) == 0


def test_a_line_outlives_its_email(house: House) -> None:
    mei = an_actor(house, "mei_lam")
    tell(house, mei)
    house.session.execute(update(Notice).values(message_id=None))
    house.session.commit()
    assert lines(house, mei)[0].delivery is Delivery.NONE
