"""What a referee is shown, prepared: who asks, what they stated, and what became of the link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _
from markupsafe import Markup, escape

from portal.domain.referees import State
from portal.domain.retention import RetentionPeriods
from portal.services.house import House
from portal.services.referee_answers import OpenedRequest
from portal.services.work_history import WorkAnswers
from portal.web.formatting import by_day
from portal.web.languages import current_language
from portal.web.professional.work.pages import described
from portal.web.retention import joined, months_in_words, whose_periods
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
    """An open request: who asks, the lines of the statement, until when, and how long answers are kept."""

    name: str
    statement: tuple[dict[str, str], ...]
    until: str
    kept: str


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
    silent = {"employer_kind"}
    silent |= {
        name
        for name, is_stated in (
            ("post", bool(opened.post)),
            ("share", opened.share_percent is not None),
            ("manages", opened.manages),
        )
        if not is_stated
    }
    names = _names(opened)
    return ReferencePage(
        name=names[0] if names else _("The person who asked you"),
        statement=(
            {"key": _("Name"), "value": Markup(" · ").join(map(_marked, names)) or _("Not stated")},
            *({"key": label, "value": value} for name, (label, value) in lines.items() if name not in silent),
        ),
        until=_("This link can be used once, %(by_day)s.", by_day=by_day(opened.expires_on)),
        kept=answers_kept(house.retention),
    )


def answers_kept(periods: RetentionPeriods) -> str:
    """How long a referee's answers are kept, as the referee reads it."""
    rule = _(
        "Your answers are kept until the person who asked you erases their data. If a decision rests on them, they are kept for %(months)s after it.",
        months=months_in_words(periods.decisions),
    )
    return joined(rule, whose_periods(periods))


def _names(opened: OpenedRequest) -> list[str]:
    """The applicant's names, the one in the reader's script first."""
    names = [opened.name_latin, opened.name_chinese]
    return [name for name in (reversed(names) if current_language().is_chinese else names) if name]


def _marked(name: str) -> Markup:
    """A name, marked as Chinese where it is."""
    is_chinese = any("㐀" <= sign <= "鿿" for sign in name)
    return Markup('<span lang="zh">{}</span>').format(name) if is_chinese else escape(name)


def ended_page(state: State) -> EndedPage:
    """The page of a link that was used, has ended or was taken back."""
    heading, text = _ENDED[state]
    return EndedPage(_(heading), _(text))
