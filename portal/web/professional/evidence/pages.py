"""What the shelf's pages show, prepared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from portal.domain.credentials import FactKind, Standing
from portal.services.credentials import CredentialRecord
from portal.services.house import House
from portal.services.people import PersonRecord
from portal.services.shelf import CaseWithShelf, ShelvedDocument
from portal.services.work_history import WorkRecord
from portal.web.bridge import city_name
from portal.web.languages import current_language
from portal.web.professional.evidence.links import files_word
from portal.web.professional.evidence.views import (
    DocumentView,
    document_view,
    run_out_for_owner,
    title_of,
)
from portal.web.professional.evidence.words import scan_said
from portal.web.professional.words import qualification_word, said, vocabulary_word
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
    """One document on the shelf. ``waits`` says so when a file of it cannot be opened."""

    id: UUID
    name: str
    href: str
    size: str
    run_out: str
    waits: str
    uploaded_at: datetime
    supports: tuple[NamedFact, ...]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case that sees the document, or saw it run out before it was made."""

    title: str
    href: str
    rests_on_it: bool


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Everything about one document."""

    view: DocumentView
    supports: tuple[NamedFact, ...]
    cases: tuple[CaseLine, ...]
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


def shelf_rows(
    house: House, documents: Sequence[ShelvedDocument], facts: Mapping[str, NamedFact]
) -> tuple[ShelfRow, ...]:
    """The shelf, each document with what it supports."""
    return tuple(
        ShelfRow(
            id=document.id,
            name=title_of(document),
            href=url_for("professional.evidence_document", evidence_id=document.id),
            size=files_word(document),
            run_out=run_out_for_owner(document, today=house.clock.today()),
            waits=next((scan_said(house, file) for file in document.files if file.waits_in(house)), ""),
            uploaded_at=document.uploaded_at,
            supports=_supported(document, facts),
        )
        for document in documents
    )


def document_page(
    house: House,
    document: ShelvedDocument,
    facts: Mapping[str, NamedFact],
    cases: Sequence[CaseWithShelf],
) -> DocumentPage:
    """Prepare the page of one document."""
    today = house.clock.today()
    return DocumentPage(
        view=document_view(house, document, run_out=run_out_for_owner(document, today=today)),
        supports=_supported(document, facts),
        cases=tuple(_case_line(house, case, document) for case in cases if document.supports),
        may_remove=not document.supports,
    )


def _case_line(house: House, case: CaseWithShelf, document: ShelvedDocument) -> CaseLine:
    target = house.rulebook.targets.get(case.target)
    title = said(target.title) if target is not None else case.target
    return CaseLine(
        title=_(
            "%(reference)s: %(target)s, %(city)s",
            reference=case.reference,
            target=title,
            city=city_name(case.jurisdiction),
        ),
        href=url_for("professional.application", application_id=case.application_id),
        rests_on_it=case.rests_on(document),
    )


def _supported(document: ShelvedDocument, facts: Mapping[str, NamedFact]) -> tuple[NamedFact, ...]:
    return tuple(
        facts[spelled] for fact in document.supports if (spelled := f"{fact.kind.value}:{fact.id}") in facts
    )


def offered_facts(facts: Mapping[str, NamedFact]) -> list[tuple[str, str]]:
    """The choices of a form: facts that still stand."""
    return [(fact.spelled, fact.title) for fact in facts.values() if not fact.is_withdrawn]


def further_facts(
    document: ShelvedDocument, facts: Mapping[str, NamedFact], *, today: date
) -> list[tuple[str, str]]:
    """The facts a document could support as well; none once it has run out."""
    known = {f"{fact.kind.value}:{fact.id}" for fact in document.supports}
    offered = [] if document.has_run_out(on=today) else offered_facts(facts)
    return [(spelled, title) for spelled, title in offered if spelled not in known]


def offered_documents(
    documents: Sequence[ShelvedDocument], spelled: str, *, today: date
) -> list[tuple[str, str]]:
    """The documents that hold today and do not support a fact yet."""
    return [
        (str(document.id), title_of(document))
        for document in documents
        if not document.has_run_out(on=today)
        and all(f"{fact.kind.value}:{fact.id}" != spelled for fact in document.supports)
    ]
