"""What the inbox shows, prepared: each line in the reader's language of the moment.

A line says what its e-mail said, written anew from the same sheet: there is one set of sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from portal.domain.ports import Stationery
from portal.services.inbox import Delivery, Inbox, Line
from portal.web.languages import current_language
from portal.web.professional.inbox.places import place_of
from portal.wording.dates import moment
from portal.wording.stationery import paragraphs


@dataclass(frozen=True, slots=True)
class LineView:
    """One line: what happened, where to look, and what became of the e-mail."""

    id: UUID
    title: str
    text: tuple[str, ...]
    at: datetime
    is_unread: bool
    place: str
    mail: str
    mail_failed: bool


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of the inbox. ``newest`` is what marking all of it as read reaches up to."""

    lines: tuple[LineView, ...]
    unread: int
    newest: str
    older: str


def inbox_page(inbox: Inbox, stationery: Stationery) -> InboxPage:
    """Prepare a page of the inbox."""
    older = url_for("professional.inbox", after=inbox.older) if inbox.older else ""
    return InboxPage(
        lines=tuple(_line(line, stationery) for line in inbox.lines),
        unread=inbox.unread,
        newest=str(inbox.lines[0].id) if inbox.lines else "",
        older=older,
    )


def _line(line: Line, stationery: Stationery) -> LineView:
    written = stationery.write_notice(line.kind, current_language().locale, line.facts)
    return LineView(
        id=line.id,
        title=written.subject,
        text=tuple(" ".join(part) for part in paragraphs(written.body)),
        at=line.at,
        is_unread=line.is_unread,
        place=place_of(line.kind, line.facts),
        mail=_mail_sentence(line),
        mail_failed=line.delivery is Delivery.FAILED,
    )


def _mail_sentence(line: Line) -> str:
    """What became of the e-mail; nothing where the outbox no longer knows."""
    at = moment(line.delivery_at, current_language()) if line.delivery_at else ""
    sentences: dict[Delivery, str] = {
        Delivery.NONE: "",
        Delivery.WAITING: _("The e-mail has not left yet."),
        Delivery.TRIED: _("The e-mail was refused on %(at)s. We try again.", at=at),
        Delivery.SENT: _("E-mail sent on %(at)s.", at=at),
        Delivery.FAILED: _("The e-mail could not be delivered. Check your address."),
    }
    return sentences[line.delivery]
