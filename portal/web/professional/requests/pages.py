"""What a person reads of the qualifications they asked about: what was answered, what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from portal.domain.unlisted import AnswerKind, WhyNotCounted
from portal.services.house import House
from portal.services.unlisted import RequestRecord
from portal.web.professional.words import Tag, qualification_word
from portal.wording.marking import N_

REASONS: Final = {
    WhyNotCounted.NOT_READ: N_("No requirement in the rulebook of either city asks for it."),
    WhyNotCounted.NOT_PERSONAL: N_("It belongs to a firm or a product, not to a person."),
    WhyNotCounted.NOT_IDENTIFIED: N_("It could not be established what it is or who awards it."),
}


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One qualification that is not in the catalogue, as it stands among a person's credentials."""

    id: UUID
    title: str
    awarded_by: str
    asked_at: datetime
    tag: Tag
    sentences: tuple[str, ...]
    remark: str
    action: str
    address: str
    remove_address: str


def note_rows(house: House, records: Sequence[RequestRecord]) -> tuple[NoteRow, ...]:
    """The notes, with what officers answered and what can be done about it."""
    return tuple(_row(house, record) for record in records)


def _row(house: House, record: RequestRecord) -> NoteRow:
    action, address = _next(record)
    return NoteRow(
        id=record.id,
        title=record.title,
        awarded_by=record.awarded_by,
        asked_at=record.created_at,
        tag=_tag(record),
        sentences=_sentences(house, record),
        remark=record.remark,
        action=action,
        address=address,
        remove_address=url_for("professional.remove_request", request_id=record.id),
    )


def _tag(record: RequestRecord) -> Tag:
    if record.answer is None:
        return Tag(_("Waits for an answer"), "blue")
    return {
        AnswerKind.LISTED: Tag(_("It is listed"), "green"),
        AnswerKind.WILL_BE_ADDED: Tag(_("To be added"), "turquoise"),
        AnswerKind.DOES_NOT_COUNT: Tag(_("Does not count"), "grey"),
    }[record.answer]


def _sentences(house: House, record: RequestRecord) -> tuple[str, ...]:
    if record.answer is None:
        return (_("An officer looks at it and answers here. Until then it changes no result."),)
    if record.answer is AnswerKind.LISTED:
        name = qualification_word(house, record.listed_as)
        said = _("The catalogue has it as: %(name)s", name=name)
        if record.registered_as is not None:
            return (said, _("You have registered it. You can take this note away."))
        return (
            said,
            _("Register it under that name, so that it is compared. This note itself changes no result."),
        )
    if record.answer is AnswerKind.WILL_BE_ADDED:
        return (
            _("It will be added to the catalogue. It cannot be compared yet, so it changes no result today."),
        )
    return (
        _("It does not count towards any target."),
        _(REASONS[record.reason]) if record.reason is not None else "",
    )


def _next(record: RequestRecord) -> tuple[str, str]:
    if record.answer is not AnswerKind.LISTED:
        return "", ""
    if record.registered_as is not None:
        return _("Open it"), url_for("professional.credential", credential_id=record.registered_as)
    return _("Register it"), url_for("professional.register_credential", qualification=record.listed_as)
