"""What the shelf's pages show, prepared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from portal.domain.credentials import FactKind, Standing
from portal.services.credentials import CredentialRecord
from portal.services.house import House
from portal.services.people import PersonRecord
from portal.services.shelf import ShelvedDocument
from portal.services.work_history import WorkRecord
from portal.web.languages import current_language
from portal.web.professional.words import qualification_word, scan_word, size_word, vocabulary_word
from portal.wording import dates


@dataclass(frozen=True, slots=True)
class NamedFact:
    """A fact a document can support: its spelling, its title, and its own page."""

    spelled: str
    title: str
    href: str
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """One document on the shelf."""

    id: UUID
    name: str
    description: str
    size: str
    scan: str
    uploaded_at: datetime
    supports: tuple[NamedFact, ...]
    may_remove: bool


def facts_by_spelling(
    house: House,
    credentials: Sequence[CredentialRecord],
    work: Sequence[WorkRecord],
    person: PersonRecord,
) -> Mapping[str, NamedFact]:
    """Everything of one person a document can support, in the order people look for it."""
    facts = [_credential(house, record) for record in credentials]
    facts += [_work(record) for record in work]
    facts += [_personal(house, fact.id, fact.name) for fact in person.facts.values()]
    return {fact.spelled: fact for fact in facts}


def _credential(house: House, record: CredentialRecord) -> NamedFact:
    return NamedFact(
        f"{FactKind.CREDENTIAL.value}:{record.id}",
        qualification_word(house, record.qualification),
        url_for("professional.credential", credential_id=record.id),
        record.standing is Standing.WITHDRAWN,
    )


def _work(record: WorkRecord) -> NamedFact:
    period = ""
    if record.said.begun_on is not None:
        period = dates.period_in_months(record.said.begun_on, record.said.ended_on, current_language())
    return NamedFact(
        f"{FactKind.WORK.value}:{record.id}",
        _("Work: %(employer)s, %(period)s", employer=record.said.employer, period=period),
        url_for("professional.work_history") + f"#work-{record.id}",
        record.standing is Standing.WITHDRAWN,
    )


def _personal(house: House, fact_id: UUID, name: str) -> NamedFact:
    return NamedFact(
        f"{FactKind.PERSONAL.value}:{fact_id}",
        _("About me: %(fact)s", fact=vocabulary_word(house, "facts", name)),
        url_for("professional.about_me"),
        is_withdrawn=False,
    )


def shelf_rows(documents: Sequence[ShelvedDocument], facts: Mapping[str, NamedFact]) -> tuple[ShelfRow, ...]:
    """The shelf, each document with what it supports."""
    return tuple(
        ShelfRow(
            id=document.id,
            name=document.file_name,
            description=document.description,
            size=size_word(document.size_bytes),
            scan=scan_word(document.scan),
            uploaded_at=document.uploaded_at,
            supports=tuple(
                facts[spelled]
                for fact in document.supports
                if (spelled := f"{fact.kind.value}:{fact.id}") in facts
            ),
            may_remove=not document.supports,
        )
        for document in documents
    )


def offered_facts(facts: Mapping[str, NamedFact]) -> list[tuple[str, str]]:
    """The choices of a form: facts that still stand."""
    return [(fact.spelled, fact.title) for fact in facts.values() if not fact.is_withdrawn]


def offered_documents(documents: Sequence[ShelvedDocument], spelled: str) -> list[tuple[str, str]]:
    """The documents that do not support a fact yet."""
    return [
        (str(document.id), document.description or document.file_name)
        for document in documents
        if all(f"{fact.kind.value}:{fact.id}" != spelled for fact in document.supports)
    ]
