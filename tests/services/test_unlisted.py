"""Asking about a qualification that is not listed, and the officers' answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from portal.domain.errors import AlreadyDone, Conflict, NotFound, NotPermitted, Refused
from portal.domain.people import Actor
from portal.domain.unlisted import (
    MOST_WAITING,
    Answered,
    AnswerKind,
    Asked,
    RequestSide,
    WhyNotCounted,
)
from portal.models.records import JournalEntry, OutboxMessage
from portal.models.unlisted import QualificationRequest
from portal.services.facts import dossier_of
from portal.services.house import House
from portal.services.unlisted import (
    answer_request,
    make_request,
    own_request,
    own_requests,
    remove_request,
    request_for_officer,
    waiting_requests,
)
from tests.builders.records import a_credential

Cast = Callable[[str], Actor]
LISTED = Answered(AnswerKind.LISTED, listed_as="isc2.cissp", remark="The letters on your card.")


def a_request(
    house: House, actor: Actor, *, side: RequestSide = RequestSide.HONG_KONG, title: str = "Tide Reader"
) -> UUID:
    asked = Asked(title, "Harbour Institute", side, "https://example.org/tide", "An older name: Moon Reader")
    return UUID(make_request(house, actor, asked=asked))


def one_more_row(house: House, owner: Actor) -> None:
    """One more row than a person may have waiting, so that two people fill more than a page."""
    house.session.add(
        QualificationRequest(
            id=house.new_key(),
            person_id=owner.person_id,
            side=RequestSide.HONG_KONG,
            title="Tide Z",
            awarded_by="Harbour Institute",
            language="en",
            created_at=house.clock.now(),
        )
    )
    house.session.commit()


def journal_of(house: House, kind: str) -> list[JournalEntry]:
    return list(house.session.scalars(select(JournalEntry).where(JournalEntry.kind == kind)))


def test_a_request_stands_as_a_note_and_never_in_the_dossier(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    made = a_request(house, mei)
    (note,) = own_requests(house, mei)
    assert (note.id, note.title, note.answer) == (made, "Tide Reader", None)
    assert mei.person_id is not None
    assert dossier_of(house, mei.person_id, on=house.clock.today()).holdings == ()
    (entry,) = journal_of(house, "request.made")
    assert entry.facts == {"request": str(made), "side": "hk"}


def test_a_double_click_is_one_request(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    asked = Asked("Tide Reader", "Harbour Institute", RequestSide.HONG_KONG)
    made = make_request(house, mei, asked=asked, once="k")
    with pytest.raises(AlreadyDone) as done:
        make_request(house, mei, asked=asked, once="k")
    assert done.value.result == made
    assert house.session.scalar(select(func.count()).select_from(QualificationRequest)) == 1


def test_what_makes_no_sense_is_refused_and_nothing_is_kept(house: House, actor: Cast) -> None:
    with pytest.raises(Refused, match=r"request\.title_missing"):
        make_request(house, actor("mei_lam"), asked=Asked("", "Harbour Institute", RequestSide.HONG_KONG))
    assert own_requests(house, actor("mei_lam")) == []


def test_many_that_wait_are_enough_until_one_is_taken_away(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    made = [a_request(house, mei, title=f"Tide {number}") for number in range(MOST_WAITING)]
    with pytest.raises(Refused, match=r"request\.too_many"):
        a_request(house, mei, title="One more")
    remove_request(house, mei, request_id=made[0], version=1)
    a_request(house, mei, title="One more")


@pytest.mark.parametrize(
    ("side", "hong_kong", "shenzhen"),
    [
        (RequestSide.HONG_KONG, True, False),
        (RequestSide.SHENZHEN, False, True),
        (RequestSide.ELSEWHERE, True, True),
    ],
)
def test_the_officers_of_its_side_see_it_and_the_others_do_not(
    house: House, actor: Cast, side: RequestSide, hong_kong: bool, shenzhen: bool
) -> None:
    made = a_request(house, actor("mei_lam"), side=side)
    for key, sees in (("ada_ko", hong_kong), ("su_qing", shenzhen)):
        listed = waiting_requests(house, actor(key))
        assert (listed.waiting, [row.id for row in listed.rows]) == ((1, [made]) if sees else (0, []))
        if sees:
            assert request_for_officer(house, actor(key), made).title == "Tide Reader"
        else:
            with pytest.raises(NotFound, match=r"request\.not_found"):
                request_for_officer(house, actor(key), made)
            with pytest.raises(NotFound, match=r"request\.not_found"):
                answer_request(house, actor(key), request_id=made, version=1, answered=LISTED)


def test_another_person_learns_nothing_and_a_person_answers_nothing(house: House, actor: Cast) -> None:
    made = a_request(house, actor("mei_lam"))
    for request_id in (made, uuid4()):
        with pytest.raises(NotFound, match=r"request\.not_found"):
            own_request(house, actor("chen_wei"), request_id)
        with pytest.raises(NotFound, match=r"request\.not_found"):
            remove_request(house, actor("chen_wei"), request_id=request_id, version=1)
    with pytest.raises(NotPermitted):
        waiting_requests(house, actor("mei_lam"))
    with pytest.raises(NotPermitted):
        answer_request(house, actor("mei_lam"), request_id=made, version=1, answered=LISTED)


def test_the_answer_is_told_without_saying_what_it_is(house: House, actor: Cast) -> None:
    mei, ada = actor("mei_lam"), actor("ada_ko")
    made = a_request(house, mei)
    answer_request(house, ada, request_id=made, version=1, answered=LISTED)
    (note,) = own_requests(house, mei)
    assert (note.answer, note.listed_as, note.remark) == (
        AnswerKind.LISTED,
        "isc2.cissp",
        "The letters on your card.",
    )
    letter = house.session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == "request_answered")
    ).one()
    for secret in ("Tide Reader", "Harbour Institute", "CISSP", "card", "Mei", "LAM"):
        assert secret not in letter.subject + letter.body
    (entry,) = journal_of(house, "request.answered")
    assert entry.facts == {"request": str(made), "answer": "listed"}
    assert waiting_requests(house, ada).waiting == 0


def test_the_answer_speaks_the_persons_language(house: House, actor: Cast) -> None:
    chen = actor("chen_wei")
    made = a_request(house, chen, side=RequestSide.SHENZHEN)
    answer_request(
        house,
        actor("su_qing"),
        request_id=made,
        version=1,
        answered=Answered(AnswerKind.DOES_NOT_COUNT, reason=WhyNotCounted.NOT_READ),
    )
    letter = house.session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == "request_answered")
    ).one()
    assert letter.language == "zh_Hans_CN"
    assert "询问" in letter.subject


def test_it_is_answered_once_and_an_answer_needs_a_real_entry(house: House, actor: Cast) -> None:
    made = a_request(house, actor("mei_lam"))
    for code in ("no.such.thing", "bridging.dual-qualification.corporate-credit"):
        with pytest.raises(Refused, match=r"request\.entry_missing"):
            answer_request(
                house,
                actor("ada_ko"),
                request_id=made,
                version=1,
                answered=Answered(AnswerKind.LISTED, listed_as=code),
            )
    answer_request(house, actor("ada_ko"), request_id=made, version=1, answered=LISTED)
    with pytest.raises(Conflict, match=r"request\.already_answered"):
        answer_request(house, actor("bo_yip"), request_id=made, version=2, answered=LISTED)


def test_a_listed_answer_is_done_once_the_person_has_registered_it(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    made = a_request(house, mei)
    answer_request(house, actor("ada_ko"), request_id=made, version=1, answered=LISTED)
    assert own_requests(house, mei)[0].registered_as is None
    registered = a_credential(house, mei, qualification="isc2.cissp", awarded_on=date(2020, 1, 1))
    assert own_requests(house, mei)[0].registered_as == registered


def test_taking_a_note_away_withdraws_the_question(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    made = a_request(house, mei)
    remove_request(house, mei, request_id=made, version=1)
    assert own_requests(house, mei) == []
    assert waiting_requests(house, actor("ada_ko")).rows == ()
    with pytest.raises(NotFound):
        request_for_officer(house, actor("ada_ko"), made)
    assert len(journal_of(house, "request.removed")) == 1


def test_a_long_list_has_pages_and_a_spoilt_place_is_the_beginning(house: House, actor: Cast) -> None:
    for number in range(MOST_WAITING):
        for key in ("mei_lam", "chen_wei"):
            a_request(house, actor(key), title=f"Tide {number}")
    ada = actor("ada_ko")
    one_more_row(house, actor("mei_lam"))
    first = waiting_requests(house, ada)
    assert (len(first.rows), first.waiting) == (20, 21)
    rest = waiting_requests(house, ada, after=first.next_after)
    assert len(rest.rows) == 1
    assert rest.next_after == ""
    assert waiting_requests(house, ada, after="moon").rows == first.rows
