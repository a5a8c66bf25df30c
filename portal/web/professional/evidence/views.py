"""A document as pages show it, to its owner and to officers: title, days, code, pages, translations.

Owns the view both share. What only one of them may read is added by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from portal.services.house import House
from portal.services.shelf import ShelvedDocument, ShelvedFile
from portal.web.formatting import day
from portal.web.professional.evidence.words import (
    code_said,
    file_notes,
    signature_said,
    translation_said,
)


@dataclass(frozen=True, slots=True)
class Flag:
    """What an officer is warned of, and where the matter lies where there is such a place."""

    text: str
    place: str = ""
    address: str = ""


NO_FLAGS: Mapping[UUID, tuple[Flag, ...]] = {}


@dataclass(frozen=True, slots=True)
class FileView:
    """One file. ``href`` is empty while nobody may open it; ``flags`` are for officers alone."""

    id: UUID
    name: str
    href: str
    notes: tuple[str, ...]
    signatures: tuple[str, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class TranslationView:
    """A translation with its pages."""

    id: UUID
    title: str
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document. ``run_out`` says so when it no longer holds, and is empty otherwise."""

    id: UUID
    title: str
    days: str
    run_out: str
    code: tuple[str, str] | None
    files: tuple[FileView, ...]
    translations: tuple[TranslationView, ...]


def document_view(
    house: House,
    document: ShelvedDocument,
    *,
    run_out: str = "",
    flags: Mapping[UUID, tuple[Flag, ...]] = NO_FLAGS,
) -> DocumentView:
    """Prepare a document for a page."""
    said = document.said

    def files(pages: tuple[ShelvedFile, ...]) -> tuple[FileView, ...]:
        return tuple(_file(house, page, flags.get(page.id, ())) for page in pages)

    return DocumentView(
        id=document.id,
        title=title_of(document),
        days=days_said(said.validity.issued_on, said.validity.valid_until),
        run_out=run_out,
        code=code_said(said.scheme, said.code) if said.scheme is not None else None,
        files=files(document.pages),
        translations=tuple(
            TranslationView(each.id, translation_said(each), files(each.pages))
            for each in document.translations
        ),
    )


def title_of(document: ShelvedDocument) -> str:
    """What a document is called: what it shows, else its first file, else its code."""
    if document.said.description or document.name:
        return document.said.description or document.name
    return code_said(document.said.scheme, document.said.code)[0] if document.said.scheme else ""


def days_said(issued_on: date | None, valid_until: date | None) -> str:
    """The days stated of a document, in one line."""
    stated = []
    if issued_on is not None:
        stated.append(_("Issued on %(day)s", day=day(issued_on)))
    if valid_until is not None:
        stated.append(_("Valid until %(day)s", day=day(valid_until)))
    return " · ".join(stated)


def run_out_for_owner(document: ShelvedDocument, *, today: date) -> str:
    """What the owner reads of a document that no longer holds."""
    until = document.said.validity.valid_until
    if until is None or not document.has_run_out(on=today):
        return ""
    return _("Ran out on %(day)s: it does not support new applications.", day=day(until))


def _file(house: House, file: ShelvedFile, flags: tuple[Flag, ...]) -> FileView:
    return FileView(
        id=file.id,
        name=file.file_name,
        href="" if file.waits_in(house) else url_for("professional.download_evidence", file_id=file.id),
        notes=file_notes(house, file),
        signatures=tuple(signature_said(finding) for finding in file.signatures),
        flags=flags,
    )
