"""How an application's stages, steps and tasks are said to the person who applied.

Owns sentences and nothing else. Whose turn it is stands in each of them, so that nobody has to
guess whether to wait or to act.
"""

from __future__ import annotations

from flask_babel import gettext as _

from portal.domain.cases import Move, Stage, Turn
from portal.services.own_cases import OwnCase
from portal.web.bridge import city_name


def stage_word(case: OwnCase) -> str:
    """Where a case stands in a word or two, for a tag; what became of the recognition comes first."""
    if case.is_revoked:
        return _("Revoked")
    if case.is_suspended:
        return _("Suspended")
    words: dict[Stage, str] = {
        Stage.DRAFT: _("Not submitted"),
        Stage.SUBMITTED: _("Submitted"),
        Stage.UNDER_ASSESSMENT: _("Being assessed"),
        Stage.INFORMATION_REQUESTED: _("Waiting for you"),
        Stage.RECOMMENDED: _("Awaiting a decision"),
        Stage.GRANTED: _("Recognised"),
        Stage.GRANTED_WITH_CONDITIONS: _("Recognised with conditions"),
        Stage.DECLINED: _("Not granted"),
        Stage.WITHDRAWN: _("Withdrawn"),
        Stage.LAPSED: _("Lapsed"),
        Stage.APPEALED: _("Appealed"),
    }
    return words[case.stage]


def stage_colour(case: OwnCase) -> str | None:
    """The tag's colour; the word always stands beside it."""
    if case.is_revoked or case.is_suspended:
        return "red" if case.is_revoked else "orange"
    colours = {
        Stage.DRAFT: "blue",
        Stage.INFORMATION_REQUESTED: "blue",
        Stage.SUBMITTED: "grey",
        Stage.UNDER_ASSESSMENT: "grey",
        Stage.RECOMMENDED: "grey",
        Stage.APPEALED: "grey",
        Stage.GRANTED: "green",
        Stage.GRANTED_WITH_CONDITIONS: "green",
        Stage.DECLINED: "red",
    }
    return colours.get(case.stage, "grey")


def turn_sentence(case: OwnCase) -> str:
    """Whose turn it is, in a sentence, and what happens next."""
    if case.is_revoked:
        return _("The recognition was revoked. The letter says why. You can apply again at any time.")
    if case.is_suspended:
        return _("The recognition is suspended and does not count for now. The letter says why.")
    city = city_name(case.jurisdiction)
    sentences: dict[Stage, str] = {
        Stage.DRAFT: _("It is your turn: finish the tasks, then submit."),
        Stage.SUBMITTED: _(
            "It is the officers’ turn in %(city)s. You need do nothing until they write to you.", city=city
        ),
        Stage.UNDER_ASSESSMENT: _(
            "An officer for %(city)s is reading your file. You need do nothing now.", city=city
        ),
        Stage.INFORMATION_REQUESTED: _(
            "It is your turn: the officers for %(city)s have asked you for something.", city=city
        ),
        Stage.RECOMMENDED: _(
            "An officer has given an opinion. A second officer for %(city)s decides.", city=city
        ),
        Stage.GRANTED: _("You are recognised. You can make a certificate or share the recognition."),
        Stage.GRANTED_WITH_CONDITIONS: _(
            "It is your turn: finish the conditions in the letter. The application then goes on by itself."
        ),
        Stage.DECLINED: _("It is decided. The letter gives every reason."),
        Stage.WITHDRAWN: _("You withdrew this application. You can apply again at any time."),
        Stage.LAPSED: _(
            "This application lapsed because nothing came in time. You can apply again at any time."
        ),
        Stage.APPEALED: _(
            "It is the officers’ turn in %(city)s: the decision is being looked at again.", city=city
        ),
    }
    return sentences[case.stage]


def turn_word(turn: Turn) -> str:
    """Who must act next, in a word, for a row of a list."""
    words: dict[Turn, str] = {
        Turn.APPLICANT: _("Your turn"),
        Turn.OFFICER: _("The officers’ turn"),
        Turn.SECOND_OFFICER: _("A second officer’s turn"),
        Turn.NOBODY: _("Closed"),
    }
    return words[turn]


def step_sentence(move: Move) -> str:
    """One step of the timeline."""
    sentences: dict[Move, str] = {
        Move.SUBMIT: _("You submitted the application."),
        Move.BEGIN_ASSESSMENT: _("An officer began the assessment."),
        Move.REQUEST_INFORMATION: _("The officers asked you for something."),
        Move.RECEIVE_INFORMATION: _("What was asked for arrived."),
        Move.RECOMMEND: _("An officer gave an opinion to a second officer."),
        Move.RETURN_TO_ASSESSMENT: _("The second officer sent it back for another look."),
        Move.GRANT: _("A second officer granted the recognition."),
        Move.GRANT_WITH_CONDITIONS: _("A second officer granted the recognition with conditions."),
        Move.FULFIL_CONDITIONS: _(
            "The conditions were finished, and the application went back to the officers."
        ),
        Move.DECLINE: _("A second officer decided not to grant the recognition."),
        Move.WITHDRAW: _("You withdrew the application."),
        Move.LAPSE: _("The application lapsed."),
        Move.APPEAL: _("You appealed against the decision."),
    }
    return sentences[move]


def letter_step(kind: str) -> str:
    """One line of the timeline after the decision, by the letter that told of it; nothing for other letters."""
    sentences: dict[str, str] = {
        "recognition_suspended": _("An officer suspended the recognition."),
        "recognition_lifted": _("An officer lifted the suspension."),
        "recognition_revoked": _("An officer revoked the recognition."),
    }
    return sentences.get(kind, "")


def declaration_word(kind: str) -> str:
    """What a declaration or consent is about, for a list."""
    words: dict[str, str] = {
        "truth": _("What you declared is true"),
        "machine_mapping": _("Comparison by a program"),
        "sharing": _("Officers read your file"),
        "crossing": _("Your file crosses the boundary"),
    }
    return words[kind]
