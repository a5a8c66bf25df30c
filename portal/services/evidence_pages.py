"""What belongs to a document on the shelf: further pages, translations, its days and its official code.

Owns adding them and taking them away. What officers look at, or have looked at, loses nothing:
then pages and translations can be added and not taken away. Attaching is in ``evidence.py``.
"""

from __future__ import annotations

from uuid import UUID

from portal.domain.errors import Conflict, NotFound, Refused
from portal.domain.evidence import DocumentAnswers, TranslationAnswers
from portal.domain.files import OfferedFile
from portal.domain.people import Actor, own_person
from portal.domain.sense import refuse_first
from portal.models.evidence import Evidence, EvidenceFile, EvidenceTranslation
from portal.services.evidence import (
    SupportedFact,
    attach_row,
    journal_document,
    links_of,
    new_document,
    own_document_row,
    refuse_when_relied_on,
)
from portal.services.evidence_files import (
    ArrivedFile,
    delete_bytes,
    files_of,
    kept_only_if_done,
    receive,
    same_file,
    shelve,
)
from portal.services.house import House
from portal.services.standings import was_verified
from portal.services.work import one_act, require_version


def keep_code(
    house: House,
    actor: Actor,
    *,
    said: DocumentAnswers,
    supports: SupportedFact | None = None,
    once: str | None = None,
) -> str:
    """Put an official verification code on the shelf without a file; gives the document's id."""
    person_id = own_person(actor)
    refuse_first(said.problems(today=house.clock.today()))
    if said.scheme is None:
        raise Refused("evidence.scheme_missing", field="scheme")
    with one_act(house, actor, once=once) as act:
        row = new_document(house, person_id, said)
        journal_document(house, actor, "evidence.code_kept", row, scheme=said.scheme.value)
        if supports is not None:
            attach_row(house, actor, row, supports)
        act.result = str(row.id)
    return act.result


def change_document(
    house: House,
    actor: Actor,
    *,
    evidence_id: UUID,
    said: DocumentAnswers,
    version: int,
    once: str | None = None,
) -> str:
    """Correct what is said of a document.

    Once an officer verified something with it, its code and first day stay; its last day may still
    move, because codes are renewed by those who hold them.
    """
    refuse_first(said.problems(today=house.clock.today()))
    with one_act(house, actor, once=once) as act:
        row = own_document_row(house, actor, evidence_id)
        require_version(row.version, version)
        wished = {
            "description": said.description,
            "issued_on": said.validity.issued_on,
            "valid_until": said.validity.valid_until,
            "scheme": said.scheme,
            "code": said.code,
        }
        changed = sorted(name for name, value in wished.items() if getattr(row, name) != value)
        if {"issued_on", "scheme", "code"} & set(changed) and any(
            was_verified(house, link.fact_id) for link in links_of(house, row.id)
        ):
            raise Refused("evidence.relied_on")
        if not said.code and not files_of(house, row.id):
            raise Refused("evidence.code_missing", field="code")
        for name in changed:
            setattr(row, name, wished[name])
        if changed:
            journal_document(house, actor, "evidence.changed", row, fields=",".join(changed))
        act.result = str(row.id)
    return act.result


def add_page(
    house: House,
    actor: Actor,
    *,
    evidence_id: UUID,
    offered: OfferedFile,
    translation_id: UUID | None = None,
    once: str | None = None,
) -> str:
    """Add a file after the last page of the original, or of one of its translations."""
    own_document_row(house, actor, evidence_id)
    arrived = receive(house, offered)
    with kept_only_if_done(house) as stored, one_act(house, actor, once=once) as act:
        row = own_document_row(house, actor, evidence_id)
        if translation_id is not None:
            _own_translation(house, row, translation_id)
        file = _shelve_new(house, row, arrived, stored, translation_id)
        _journal_page(house, actor, "evidence.page_added", row, file)
        act.result = str(file.id)
    return act.result


def remove_page(
    house: House, actor: Actor, *, evidence_id: UUID, file_id: UUID, once: str | None = None
) -> str:
    """Take one page away for good; the last page of a document goes only with the document."""
    with one_act(house, actor, once=once) as act:
        row = own_document_row(house, actor, evidence_id)
        files = files_of(house, row.id)
        file = _among(files, file_id)
        refuse_when_relied_on(house, row)
        siblings = [each for each in files if each.translation_id == file.translation_id]
        if len(siblings) == 1 and (file.translation_id is not None or not row.code):
            raise Refused("evidence.last_page")
        _journal_page(house, actor, "evidence.page_removed", row, file)
        key = file.storage_key
        house.session.delete(file)
        act.result = str(row.id)
    delete_bytes(house, [key])
    return act.result


def move_page_up(
    house: House, actor: Actor, *, evidence_id: UUID, file_id: UUID, once: str | None = None
) -> str:
    """Let a page and the one before it change places; the first page stays where it is."""
    with one_act(house, actor, once=once) as act:
        row = own_document_row(house, actor, evidence_id)
        files = files_of(house, row.id)
        file = _among(files, file_id)
        act.result = str(row.id)
        siblings = [each for each in files if each.translation_id == file.translation_id]
        place = siblings.index(file)
        if place:
            before = siblings[place - 1]
            file.position, before.position = before.position, file.position
            journal_document(house, actor, "evidence.pages_ordered", row)
    return act.result


def add_translation(
    house: House,
    actor: Actor,
    *,
    evidence_id: UUID,
    said: TranslationAnswers,
    offered: OfferedFile,
    once: str | None = None,
) -> str:
    """Put a translation beside the original, with who made it; its first page comes with it."""
    own_document_row(house, actor, evidence_id)
    refuse_first(said.problems(today=house.clock.today()))
    if said.kind is None or said.language is None or said.translated_on is None:
        raise Refused("translation.kind_missing", field="kind")
    arrived = receive(house, offered)
    with kept_only_if_done(house) as stored, one_act(house, actor, once=once) as act:
        row = own_document_row(house, actor, evidence_id)
        translation = EvidenceTranslation(
            id=house.new_key(),
            evidence_id=row.id,
            translator=said.translator.strip(),
            translator_kind=said.kind,
            language=said.language,
            translated_on=said.translated_on,
            created_at=house.clock.now(),
        )
        house.session.add(translation)
        house.session.flush()
        _shelve_new(house, row, arrived, stored, translation.id)
        journal_document(house, actor, "evidence.translated", row, translation=str(translation.id))
        act.result = str(translation.id)
    return act.result


def remove_translation(
    house: House, actor: Actor, *, evidence_id: UUID, translation_id: UUID, once: str | None = None
) -> str:
    """Take a translation away for good with all its pages."""
    with one_act(house, actor, once=once) as act:
        row = own_document_row(house, actor, evidence_id)
        translation = _own_translation(house, row, translation_id)
        refuse_when_relied_on(house, row)
        keys = [file.storage_key for file in files_of(house, row.id) if file.translation_id == translation.id]
        journal_document(house, actor, "evidence.translation_removed", row, translation=str(translation.id))
        house.session.delete(translation)
        act.result = str(row.id)
    delete_bytes(house, keys)
    return act.result


def _shelve_new(
    house: House, row: Evidence, arrived: ArrivedFile, stored: list[str], translation_id: UUID | None
) -> EvidenceFile:
    if same_file(house, row.person_id, arrived.uploaded_sha256) is not None:
        raise Refused("evidence.on_the_shelf", field="file")
    return shelve(house, row, arrived, stored, translation_id=translation_id)


def _among(files: list[EvidenceFile], file_id: UUID) -> EvidenceFile:
    found = next((file for file in files if file.id == file_id), None)
    if found is None:
        raise Conflict("row.changed")
    return found


def _own_translation(house: House, row: Evidence, translation_id: UUID) -> EvidenceTranslation:
    translation = house.session.get(EvidenceTranslation, translation_id)
    if translation is None or translation.evidence_id != row.id:
        raise NotFound("evidence.not_found")
    return translation


def _journal_page(house: House, actor: Actor, kind: str, row: Evidence, file: EvidenceFile) -> None:
    journal_document(house, actor, kind, row, file=str(file.id), sha256=file.sha256)
