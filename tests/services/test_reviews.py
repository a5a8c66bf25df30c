"""Asking people to look again at what the machine answered, and what an open request holds up."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal.domain.cases import Stage
from portal.domain.errors import AlreadyDone, Conflict, NotFound, NotPermitted, Refused
from portal.domain.people import Actor
from portal.domain.reviews import MOST_CHARACTERS, ReviewState
from portal.models.cases import Case
from portal.models.following import Notice, Review
from portal.models.records import JournalEntry
from portal.services.cases import withdraw_case
from portal.services.house import House
from portal.services.own_cases import read_case
from portal.services.reviews import ReviewSeen, answer_review, ask_review, reviews_of
from tests.builders.applications import AMAC
from tests.builders.decisions import (
    a_case,
    an_actor,
    decide,
    recommend_decline,
)

PAPER = "paper_1"
WHY = "The program missed my Paper 1, which I passed on 8 November 2025."


def ask(house: House, case: Case, actor: Actor | None = None, once: str | None = None) -> str:
    asking = actor or an_actor(house, "chen_wei")
    return ask_review(house, asking, case.reference, clauses=[PAPER], why=WHY, once=once)


def newest(house: House, case: Case) -> ReviewSeen:
    return reviews_of(house, [case.id])[case.id][0]


def answer(
    house: House, case: Case, officer: str = "ada_ko", *, agrees: bool = True, words: str = "So it is."
) -> str:
    review = newest(house, case)
    return answer_review(
        house,
        an_actor(house, officer),
        case.reference,
        review_id=review.id,
        version=review.version,
        agrees=agrees,
        answer=words,
    )


def journalled(house: House) -> list[str]:
    kinds = house.session.scalars(select(JournalEntry.kind).order_by(JournalEntry.at)).all()
    return [kind for kind in kinds if kind.startswith("review.")]


@pytest.mark.parametrize("stage", ["draft", "submitted", "under_assessment", "recommended"])
def test_a_review_can_be_asked_for_while_the_case_is_open(house: House, stage: str) -> None:
    case = a_case(house, stage=stage)
    assert ask(house, case) == str(case.application_id)
    asked = newest(house, case)
    assert (asked.clauses, asked.why, asked.state) == ((PAPER,), WHY, ReviewState.OPEN)
    assert journalled(house) == ["review.asked"]


def test_the_journal_keeps_the_clauses_and_never_the_words(house: House) -> None:
    case = a_case(house)
    ask(house, case)
    entry = house.session.scalars(select(JournalEntry).where(JournalEntry.kind == "review.asked")).one()
    assert entry.facts == {
        "case": case.reference,
        "review": str(newest(house, case).id),
        "clauses": [PAPER],
    }


@pytest.mark.parametrize("stage", ["granted", "granted_with_conditions", "declined"])
def test_a_decided_case_has_nothing_left_to_review(house: House, stage: str) -> None:
    case = a_case(house, stage=stage)
    with pytest.raises(Conflict, match="not_in_stage"):
        ask(house, case)


@pytest.mark.parametrize(
    ("clauses", "why", "field"),
    [
        ([], WHY, "clauses"),
        (["juggling"], WHY, "clauses"),
        ([PAPER, "juggling"], WHY, "clauses"),
        ([PAPER], "   ", "why"),
        ([PAPER], "x" * (MOST_CHARACTERS + 1), "why"),
    ],
)
def test_which_answer_and_why_must_be_said(house: House, clauses: list[str], why: str, field: str) -> None:
    case, actor = a_case(house), an_actor(house, "chen_wei")
    with pytest.raises(Refused) as refusal:
        ask_review(house, actor, case.reference, clauses=clauses, why=why)
    assert refusal.value.field == field
    assert house.session.scalar(select(func.count()).select_from(Review)) == 0


def test_one_open_request_a_case_and_another_after_the_answer(house: House) -> None:
    case = a_case(house)
    ask(house, case)
    with pytest.raises(Refused, match="already_open"):
        ask(house, case)
    answer(house, case, agrees=False)
    ask(house, case)
    assert [one.state for one in reviews_of(house, [case.id])[case.id]].count(ReviewState.OPEN) == 1


def test_the_database_itself_holds_one_open_request_a_case(house: House) -> None:
    case = a_case(house)
    ask(house, case)
    twin = Review(
        id=house.new_key(),
        case_id=case.id,
        state=ReviewState.OPEN,
        clauses=[PAPER],
        why=WHY,
        asked_at=house.clock.now(),
    )
    house.session.add(twin)
    with pytest.raises(Exception, match="reviews"):
        house.session.commit()
    house.session.rollback()


def test_the_same_form_twice_asks_once(house: House) -> None:
    case = a_case(house)
    key = ask(house, case, once="a key")
    with pytest.raises(AlreadyDone) as done:
        ask(house, case, once="a key")
    assert done.value.result == key


def test_strangers_and_officers_cannot_ask(house: House) -> None:
    case = a_case(house)
    with pytest.raises(NotFound):
        ask(house, case, an_actor(house, "mei_lam"))
    with pytest.raises(NotPermitted):
        ask(house, case, an_actor(house, "ada_ko"))


@pytest.mark.parametrize(("agrees", "state"), [(True, ReviewState.AGREED), (False, ReviewState.UNCHANGED)])
def test_an_answer_is_kept_told_and_journaled(house: House, agrees: bool, state: ReviewState) -> None:
    case = a_case(house)
    ask(house, case)
    answer(house, case, agrees=agrees, words="Paper 1 stands on the register.")
    answered = newest(house, case)
    assert (answered.state, answered.answer) == (state, "Paper 1 stands on the register.")
    assert answered.closed_at == house.clock.now()
    assert journalled(house) == ["review.asked", "review.answered"]
    told = house.session.scalars(select(Notice).where(Notice.kind == "review_answered")).one()
    assert told.facts == {"reference": case.reference}


def test_an_answer_needs_its_reasons_the_right_side_and_the_newest_page(house: House) -> None:
    case = a_case(house)
    ask(house, case)
    with pytest.raises(Refused, match="answer_missing"):
        answer(house, case, words="  ")
    with pytest.raises(NotPermitted):
        answer(house, case, officer="su_qing")
    review = newest(house, case)
    answer(house, case)
    with pytest.raises(Conflict, match=r"row\.changed"):
        answer_review(
            house,
            an_actor(house, "bo_yip"),
            case.reference,
            review_id=review.id,
            version=review.version,
            agrees=False,
            answer="Too late.",
        )


def test_what_was_asked_about_a_draft_waits_until_officers_may_see_it(house: House) -> None:
    case = a_case(house, stage="draft")
    ask(house, case)
    with pytest.raises(NotFound):
        answer(house, case)


def test_a_request_of_another_case_cannot_be_answered_through_this_one(house: House) -> None:
    case = a_case(house)
    with pytest.raises(NotFound):
        answer_review(
            house,
            an_actor(house, "ada_ko"),
            case.reference,
            review_id=UUID(int=1),
            version=1,
            agrees=True,
            answer="So it is.",
        )


def test_nobody_recommends_while_the_question_is_open(house: House) -> None:
    case = a_case(house, stage="under_assessment")
    ask(house, case)
    with pytest.raises(Refused, match="unanswered"):
        recommend_decline(house, an_actor(house, "ada_ko"), case)
    answer(house, case, agrees=False)
    recommend_decline(house, an_actor(house, "ada_ko"), case)
    assert case.stage is Stage.RECOMMENDED


def test_nobody_decides_while_the_question_is_open(house: House) -> None:
    case = a_case(house, stage="recommended")
    ask(house, case)
    with pytest.raises(Refused, match="unanswered"):
        decide(house, an_actor(house, "bo_yip"), case)
    answer(house, case, officer="bo_yip", agrees=False)
    decide(house, an_actor(house, "bo_yip"), case)
    assert case.stage is Stage.GRANTED


def test_a_withdrawal_ends_the_request(house: House) -> None:
    case = a_case(house, target=AMAC, stage="submitted")
    actor = an_actor(house, "chen_wei")
    clause = next(iter(house.rulebook.targets[AMAC].in_force(house.clock.today()).clauses))
    ask_review(house, actor, case.reference, clauses=[clause], why=WHY)
    withdraw_case(house, actor, case.reference, version=read_case(house, actor, case.reference).version)
    assert newest(house, case).state is ReviewState.ENDED
    assert journalled(house) == ["review.asked", "review.ended"]
