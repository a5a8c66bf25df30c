"""What a referee is shown, prepared: who asks, what they stated, and what became of the link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from portal.domain.referees import State
from portal.services.house import House
from portal.services.referee_answers import OpenedRequest
from portal.services.work_history import WorkAnswers
from portal.web.formatting import by_day
from portal.web.professional.work.pages import described
from portal.wording.marking import N_

_ENDED: Final = {
    State.ANSWERED: (
        N_("Thank you. Your answers are recorded"),
        N_("This link has done its work. An officer of the programme reads what you answered."),
    ),
    State.EXPIRED: (
        N_("This link has ended"),
        N_("It was open for six weeks. The person who asked you can send you a new one."),
    ),
    State.WITHDRAWN: (
        N_("This request was taken back"),
        N_("The person who asked you no longer needs an answer. You need not do anything."),
    ),
}


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """An open request: who asks whom, the lines of the statement, and until when."""

    referee: str
    name: str
    name_chinese: str
    statement: tuple[dict[str, str], ...]
    until: str


@dataclass(frozen=True, slots=True)
class EndedPage:
    """What is left to say about a link that cannot be answered any more."""

    heading: str
    text: str


def reference_page(house: House, opened: OpenedRequest) -> ReferencePage:
    """The page of an open request."""
    said = WorkAnswers(
        employer=opened.employer,
        employer_kind="",
        place=opened.place,
        functions=opened.functions,
        begun_on=opened.begun_on,
        ended_on=opened.ended_on,
        post=opened.post,
        share_percent=opened.share_percent,
        manages=opened.manages,
    )
    lines = described(house, said)
    silent = {"employer_kind"} | ({"post"} if not opened.post else set())
    return ReferencePage(
        referee=opened.referee,
        name=opened.name_latin or opened.name_chinese or _("The person who asked you"),
        name_chinese=opened.name_chinese if opened.name_latin else "",
        statement=tuple(
            {"key": label, "value": value} for name, (label, value) in lines.items() if name not in silent
        ),
        until=_("This link can be used once, %(by_day)s.", by_day=by_day(opened.expires_on)),
    )


def ended_page(state: State) -> EndedPage:
    """The page of a link that was used, has ended or was taken back."""
    heading, text = _ENDED[state]
    return EndedPage(_(heading), _(text))
