"""The requests to referees as the person who made them sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from portal.domain.referees import State
from portal.services.referees import RequestRecord
from portal.web.formatting import by_day, day
from portal.web.professional.words import Tag
from portal.web.public.references.words import flag_word
from portal.wording.dates import BOTH_BANKS


@dataclass(frozen=True, slots=True)
class RefereeLine:
    """One request beside its period of work."""

    name: str
    tag: Tag
    meaning: str
    flags: tuple[str, ...]
    withdraw_address: str


def referee_lines(requests: Sequence[RequestRecord], work_id: UUID) -> tuple[RefereeLine, ...]:
    """The requests about one period, newest first."""
    return tuple(_line(request) for request in requests if request.work_id == work_id)


def _line(request: RequestRecord) -> RefereeLine:
    tag, meaning = _standing(request)
    waits = request.state is State.WAITING
    return RefereeLine(
        name=request.name,
        tag=tag,
        meaning=meaning,
        flags=tuple(flag_word(flag) for flag in request.flags),
        withdraw_address=url_for("professional.withdraw_referee", request_id=request.id) if waits else "",
    )


def _standing(request: RequestRecord) -> tuple[Tag, str]:
    if request.state is State.WAITING:
        return Tag(_("Asked"), "blue"), _("Can answer %(by_day)s.", by_day=by_day(request.expires_on))
    if request.state is State.EXPIRED:
        return Tag(_("No answer"), "grey"), _("The link ended on %(day)s.", day=day(request.expires_on))
    if request.state is State.WITHDRAWN or request.answered_at is None:
        return Tag(_("Taken back"), "grey"), ""
    answered = _("Answered on %(day)s.", day=day(request.answered_at.astimezone(BOTH_BANKS).date()))
    if not request.about_this_version:
        return Tag(_("Answered"), "grey"), _(
            "You changed the period afterwards, so the answer no longer counts."
        )
    if request.confirms:
        return Tag(_("Confirmed"), "green"), answered
    return Tag(_("Answered"), "yellow"), _("Not everything was confirmed. An officer will read the answer.")
