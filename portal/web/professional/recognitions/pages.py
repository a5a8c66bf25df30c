"""What a holder's pages of recognitions show, as sentences in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from portal.domain.disclosure import ShareState
from portal.domain.places import Jurisdiction
from portal.services.disclosure import ShownRecognition
from portal.services.letter_documents import ListedLetter
from portal.services.own_recognitions import OwnCertificate, OwnRecognition
from portal.web.formatting import day, spoken
from portal.web.professional.shares.pages import state_name
from portal.web.share_words import condition_sentence, status_sentence
from portal.wording.languages import language_of


@dataclass(frozen=True, slots=True)
class RecognitionRow:
    """One recognition of the list."""

    address: str
    place: Jurisdiction
    title: str
    reference: str
    standing: str


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One certificate: where to save it, and whether it can still be checked."""

    reference: str
    language: str
    tag: str
    made_at: datetime
    state: str
    colour: str
    check: str
    address: str
    share_address: str
    pin: str
    share: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter to save."""

    subject: str
    tag: str
    written_at: datetime
    address: str


@dataclass(frozen=True, slots=True)
class RecognitionPage:
    """One recognition in full; ``certificate_address`` is empty while none can be made."""

    reference: str
    place: Jurisdiction
    title: str
    standing: str
    conditions: tuple[str, ...]
    remains: str
    elsewhere: str
    application_address: str
    certificate_address: str
    certificates: tuple[CertificateRow, ...]
    letters: tuple[LetterRow, ...]


def recognition_row(shown: ShownRecognition) -> RecognitionRow:
    """One recognition of the list."""
    return RecognitionRow(
        address=url_for("professional.recognition", reference=shown.reference),
        place=shown.jurisdiction,
        title=spoken(shown.title),
        reference=shown.reference,
        standing=status_sentence(shown),
    )


def recognition_page(own: OwnRecognition, *, pin_of: tuple[str, str] = ("", "")) -> RecognitionPage:
    """One recognition in full; ``pin_of`` is a share just made and its PIN, shown this once."""
    shown = own.shown
    address = url_for("professional.make_certificate", reference=shown.reference)
    return RecognitionPage(
        reference=shown.reference,
        place=shown.jurisdiction,
        title=spoken(shown.title),
        standing=status_sentence(shown),
        conditions=tuple(map(condition_sentence, shown.conditions)),
        remains=spoken(shown.remains),
        elsewhere=spoken(shown.check_elsewhere),
        application_address=url_for("professional.application", application_id=own.application_id),
        certificate_address=address if own.may_be_certified else "",
        certificates=tuple(_certificate(each, pin_of) for each in own.certificates),
        letters=tuple(map(letter_row, own.letters)),
    )


def _certificate(own: OwnCertificate, pin_of: tuple[str, str]) -> CertificateRow:
    is_open = own.share_state is ShareState.OPEN
    language = language_of(own.language)
    return CertificateRow(
        reference=own.reference,
        language=language.own_name,
        tag=language.tag,
        made_at=own.made_at,
        state=state_name(own.share_state),
        colour="green" if is_open else "grey",
        check=_("It can be checked until %(day)s.", day=day(own.until))
        if is_open
        else _("It can no longer be checked. Whoever has it sees no result."),
        address=url_for("professional.download_certificate", reference=own.reference),
        share_address=url_for("professional.share", code=own.share),
        pin=pin_of[1] if pin_of[0] == own.share else "",
        share=own.share,
    )


def letter_row(letter: ListedLetter) -> LetterRow:
    """One letter, with the address that hands it out."""
    return LetterRow(
        subject=letter.subject,
        tag=language_of(letter.language).tag,
        written_at=letter.written_at,
        address=url_for("professional.download_letter", letter_id=letter.id),
    )
