"""What a referee does with a private link: reads who asks about what, and answers once.

Owns the opening of the link and the answer. A stranger who guesses learns nothing; a link used
twice, late, or taken back says so, because whoever holds it was asked.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.domain.credentials import Standing
from portal.domain.errors import Conflict, NotFound, Refused
from portal.domain.people import NOBODY
from portal.domain.referees import (
    LONGEST_COMMENT,
    Question,
    Reply,
    State,
    confirms,
    leaves_something_to_say,
)
from portal.domain.sense import length_faults, refuse_first
from portal.models.credentials import WorkPeriod
from portal.models.people import Person
from portal.models.referees import RefereeRequest
from portal.services.confirmations import answers_to, is_confirmed_by_referee, questions_of
from portal.services.house import House
from portal.services.journal import record
from portal.services.notices import tell_person
from portal.services.referees import secret_of, state_of
from portal.services.work import one_act


@dataclass(frozen=True, slots=True)
class OpenedRequest:
    """What a referee is shown: who asks, about which work as stated then, and what is asked."""

    referee: str
    name_latin: str
    name_chinese: str
    employer: str
    post: str
    place: str
    functions: tuple[str, ...]
    begun_on: date
    ended_on: date | None
    share_percent: int | None
    manages: bool
    questions: tuple[Question, ...]
    language: str
    state: State
    expires_on: date


@dataclass(frozen=True, slots=True)
class Given:
    """What a referee typed: a reply for each question, and words for what is not so."""

    replies: Mapping[Question, Reply]
    comment: str


def open_request(house: House, secret: str) -> OpenedRequest:
    """What a private link leads to; ``referee.link_unknown`` for one that the house never made."""
    row = _row(house, secret)
    person = house.session.get_one(Person, row.person_id)
    about = row.asked_about
    ended = about["ended_on"]
    return OpenedRequest(
        referee=row.name,
        name_latin=person.name_latin,
        name_chinese=person.name_chinese,
        employer=about["employer"],
        post=about["post"],
        place=about["place"],
        functions=tuple(about["functions"]),
        begun_on=date.fromisoformat(about["begun_on"]),
        ended_on=date.fromisoformat(ended) if ended else None,
        share_percent=about["share_percent"],
        manages=about["manages"],
        questions=questions_of(row),
        language=row.language,
        state=state_of(house, row),
        expires_on=row.expires_on,
    )


def answer_problems(house: House, secret: str, given: Given) -> list[Refused]:
    """Everything that is missing from an answer, each at its question."""
    asked = questions_of(_row(house, secret))
    faults = length_faults(
        "referee.comment_too_long", {"comment": given.comment}, {"comment": LONGEST_COMMENT}
    )
    faults += [
        Refused("referee.reply_missing", field=question.value)
        for question in asked
        if question not in given.replies
    ]
    if not faults and leaves_something_to_say(given.replies) and not given.comment:
        faults.append(Refused("referee.comment_missing", field="comment"))
    return faults


def answer_request(house: House, secret: str, *, given: Given, once: str | None = None) -> str:
    """Record a referee's answer, once and for good; gives the request's id.

    A period confirmed in full, as it still stands, counts as evidenced; a no changes nothing by
    itself: an officer reads it. Refuses an incomplete answer, and a link that was used, has ended
    or was taken back, with what became of it.
    """
    with one_act(house, NOBODY, once=once) as act:
        row = _row(house, secret)
        state = state_of(house, row)
        if state is not State.WAITING:
            raise Conflict(f"referee.{state.value}")
        refuse_first(answer_problems(house, secret, given))
        row.answers = {question.value: given.replies[question].value for question in questions_of(row)}
        row.comment = given.comment
        row.answered_at = house.clock.now()
        house.session.flush()
        work = house.session.get_one(WorkPeriod, row.work_id)
        if work.standing is Standing.DECLARED and is_confirmed_by_referee(house, work):
            work.standing = Standing.EVIDENCED
        confirmed = confirms(questions_of(row), answers_to(row))
        record(
            house,
            NOBODY,
            "referee.answered",
            person_id=row.person_id,
            request=str(row.id),
            work=str(row.work_id),
            confirmed=confirmed,
        )
        tell_person(house, row.person_id, "referee_answered")
        act.result = str(row.id)
    return act.result


def _row(house: House, secret: str) -> RefereeRequest:
    try:
        request_id = UUID(hex=secret[:32])
    except ValueError as error:
        raise NotFound("referee.link_unknown") from error
    row = house.session.get(RefereeRequest, request_id)
    if row is None or not hmac.compare_digest(secret.encode(), secret_of(house, request_id).encode()):
        raise NotFound("referee.link_unknown")
    return row
