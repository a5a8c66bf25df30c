"""How cases, verdicts and recognitions are said to officers: verbs and states, no pronouns.

Owns words several of the officers' topics share. It must not know routes or forms.
"""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _

from portal.domain.cases import Move, Stage, Verdict
from portal.domain.reasons_for_decline import DeclineReason
from portal.domain.recognitions import Act, Status
from portal.web.languages import current_language


def N_(sentence: str) -> str:  # noqa: N802 - the name gettext tools know
    """Mark a sentence for translation without translating it yet."""
    return sentence


STAGES: Final = {
    Stage.SUBMITTED: (N_("To begin"), "blue"),
    Stage.UNDER_ASSESSMENT: (N_("On the desk"), "yellow"),
    Stage.INFORMATION_REQUESTED: (N_("With the applicant"), "grey"),
    Stage.RECOMMENDED: (N_("To decide"), "purple"),
    Stage.GRANTED: (N_("Granted"), "green"),
    Stage.GRANTED_WITH_CONDITIONS: (N_("Granted with conditions"), "turquoise"),
    Stage.DECLINED: (N_("Declined"), "red"),
    Stage.WITHDRAWN: (N_("Withdrawn by the applicant"), "grey"),
    Stage.LAPSED: (N_("Lapsed without an answer"), "grey"),
    Stage.APPEALED: (N_("To review"), "orange"),
}
VERDICTS: Final = {
    Verdict.GRANT: N_("Grant"),
    Verdict.GRANT_WITH_CONDITIONS: N_("Grant with conditions"),
    Verdict.DECLINE: N_("Decline"),
}
REASONS: Final = {
    DeclineReason.REQUIREMENT_NOT_MET: N_("A requirement only the applicant can close is not met"),
    DeclineReason.REQUIREMENT_NOT_SETTLED: N_("It could not be settled whether a requirement is met"),
    DeclineReason.EVIDENCE_NOT_ACCEPTED: N_("A document could not be accepted as evidence"),
    DeclineReason.SOURCE_DID_NOT_CONFIRM: N_("The source did not confirm a fact"),
    DeclineReason.FINDING_AGAINST: N_("A finding against a matter of judgement"),
    DeclineReason.STATEMENT_UNTRUE: N_("A statement was untrue"),
}
STATUSES: Final = {
    Status.NOT_YET: (N_("Not yet granted"), "grey"),
    Status.FULL: (N_("Full"), "green"),
    Status.CONDITIONAL: (N_("Conditional"), "turquoise"),
    Status.SUSPENDED: (N_("Suspended"), "orange"),
    Status.REVOKED: (N_("Revoked"), "red"),
    Status.EXPIRED: (N_("Expired"), "grey"),
}
ACTS: Final = {
    Act.GRANTED: N_("Recognition granted"),
    Act.CONDITIONS_MET: N_("Conditions met: recognition full"),
    Act.SUSPENDED: N_("Recognition suspended"),
    Act.LIFTED: N_("Suspension lifted"),
    Act.REVOKED: N_("Recognition revoked"),
}
MOVES: Final = {
    Move.SUBMIT: N_("Submitted"),
    Move.BEGIN_ASSESSMENT: N_("Assessment begun"),
    Move.REQUEST_INFORMATION: N_("Information requested"),
    Move.RECEIVE_INFORMATION: N_("Information received"),
    Move.RECOMMEND: N_("Recommended"),
    Move.RETURN_TO_ASSESSMENT: N_("Sent back to the desk"),
    Move.GRANT: N_("Granted"),
    Move.GRANT_WITH_CONDITIONS: N_("Granted with conditions"),
    Move.FULFIL_CONDITIONS: N_("Conditions finished: back on the desk"),
    Move.DECLINE: N_("Declined"),
    Move.WITHDRAW: N_("Withdrawn by the applicant"),
    Move.LAPSE: N_("Lapsed without an answer"),
    Move.APPEAL: N_("Review asked for"),
}


def stage_tag(stage: Stage) -> dict[str, str]:
    """A stage as a word and a colour; the colour alone says nothing."""
    word, colour = STAGES[stage]
    return {"text": _(word), "colour": colour}


def status_tag(status: Status) -> dict[str, str]:
    """A status as a word and a colour."""
    word, colour = STATUSES[status]
    return {"text": _(word), "colour": colour}


def verdict_word(verdict: Verdict | str) -> str:
    """What is recommended or decided."""
    return _(VERDICTS[Verdict(verdict)])


def person_name(name_latin: str, name_chinese: str) -> str:
    """A name as officers of one language look for it first; both scripts when there are both."""
    names = [name_latin, name_chinese]
    if current_language().is_chinese:
        names.reverse()
    return " ".join(name for name in names if name) or _("No name given")


def undisclosed() -> str:
    """What stands where a name may not."""
    return _("Name not disclosed")
