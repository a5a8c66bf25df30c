"""The mailbox page: what the outbox holds, shown where no real mail leaves (never in production)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, render_template
from markupsafe import Markup, escape
from sqlalchemy import select

from portal.models.database import db
from portal.models.records import OutboxMessage
from portal.web.access import open_to_all
from portal.web.languages import current_language
from portal.wording.dates import moment
from portal.wording.languages import language_of
from portal.wording.stationery import paragraphs

mailbox = Blueprint("mailbox", __name__, url_prefix="/mailbox")


@dataclass(frozen=True, slots=True)
class MailboxMessage:
    """An e-mail as the page shows it."""

    id: UUID
    subject: str
    recipient: str
    tag: str
    when: str
    paragraphs: tuple[Markup, ...]


_LINK = re.compile(r"https?://[^\s<>]+")
_NEWEST = 50


@mailbox.get("")
@open_to_all
def messages() -> str:
    """The newest messages, newest first."""
    newest = db.session.scalars(
        select(OutboxMessage).order_by(OutboxMessage.created_at.desc()).limit(_NEWEST)
    ).all()
    return render_template("mailbox/messages.html", messages=[_shown(row) for row in newest])


@mailbox.get("/<uuid:key>")
@open_to_all
def message(key: UUID) -> str:
    """One message, its links made pressable."""
    row = db.session.get(OutboxMessage, key)
    if row is None:
        abort(404)
    return render_template("mailbox/message.html", message=_shown(row))


def _shown(row: OutboxMessage) -> MailboxMessage:
    return MailboxMessage(
        id=row.id,
        subject=row.subject,
        recipient=row.recipient,
        tag=language_of(row.language).tag,
        when=moment(row.created_at, current_language()),
        paragraphs=_paragraphs(row.body),
    )


def _paragraphs(body: str) -> tuple[Markup, ...]:
    """The paragraphs of a message, its links made pressable."""
    return tuple(
        Markup("<br>").join(_with_links(line) for line in paragraph) for paragraph in paragraphs(body)
    )


def _with_links(line: str) -> Markup:
    linked = _LINK.sub(
        lambda found: f'<a class="govuk-link" href="{found[0]}">{found[0]}</a>', str(escape(line))
    )
    return Markup(linked)  # noqa: S704 - escaped first, only our own anchors added
