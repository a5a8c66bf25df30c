"""How questions, replies, relations and flags of referees are called on every page that shows them."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _

from portal.domain.referees import Flag, Question, Relation, Reply
from portal.wording.marking import N_

_QUESTIONS: Final = {
    Question.KNOWS: N_("Do you know this person from this work?"),
    Question.EMPLOYER: N_("Did they work for this employer?"),
    Question.PERIOD: N_("Are the first and the last day right?"),
    Question.POST: N_("Was this their position?"),
    Question.FUNCTIONS: N_("Was this what the work was about?"),
    Question.SHARE: N_("Is the share of full time right?"),
    Question.MANAGES: N_("Did they lead or supervise other people?"),
    Question.MAY_ASK: N_("May an officer write to you about your answers?"),
}
_REPLIES: Final = {
    Reply.YES: N_("Yes"),
    Reply.NO: N_("No"),
    Reply.CANNOT_SAY: N_("I cannot say"),
}
_RELATIONS: Final = {
    Relation.LINE_MANAGER: N_("They were my line manager"),
    Relation.SENIOR: N_("They were senior to me, not my line manager"),
    Relation.COLLEAGUE: N_("We were colleagues"),
    Relation.HUMAN_RESOURCES: N_("They kept the staff records"),
    Relation.CLIENT: N_("They were a client or a partner outside the firm"),
}
_FLAGS: Final = {
    Flag.OWN_ADDRESS: N_("This looks like the applicant’s own address."),
    Flag.PUBLIC_MAIL: N_("This is a public mail address. It does not show where the referee works."),
    Flag.SEVERAL_NAMES: N_("Somebody of another name has used this address as a referee."),
}


def question_word(question: Question) -> str:
    """A question as the referee reads it."""
    word: str = _(_QUESTIONS[question])
    return word


def reply_word(reply: Reply) -> str:
    """A reply."""
    word: str = _(_REPLIES[reply])
    return word


def relation_word(relation: Relation) -> str:
    """How the referee knew the person, as the person says it."""
    word: str = _(_RELATIONS[relation])
    return word


def flag_word(flag: Flag) -> str:
    """Why an answer from an address counts less."""
    word: str = _(_FLAGS[flag])
    return word
