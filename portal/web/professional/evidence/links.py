"""A document as the page of a fact shows it: its name, where it is read, how to take it off.

Owns what the topics with facts share about documents. It must not know the shelf's own pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import url_for
from flask_babel import ngettext

from portal.domain.credentials import FactKind
from portal.services.shelf import ShelvedDocument
from portal.web.house import the_house
from portal.web.professional.evidence.views import run_out_for_owner, title_of


@dataclass(frozen=True, slots=True)
class AttachedDocument:
    """One document attached to a fact."""

    name: str
    href: str
    size: str
    run_out: str
    uploaded_at: datetime
    detach: str


def attached_documents(
    documents: Sequence[ShelvedDocument], kind: FactKind, fact_id: UUID
) -> tuple[AttachedDocument, ...]:
    """The documents that support one fact."""
    today = the_house().clock.today()
    return tuple(
        AttachedDocument(
            name=title_of(document),
            href=url_for("professional.evidence_document", evidence_id=document.id),
            size=files_word(document),
            run_out=run_out_for_owner(document, today=today),
            uploaded_at=document.uploaded_at,
            detach=url_for(
                "professional.detach_evidence", evidence_id=document.id, supports=f"{kind.value}:{fact_id}"
            ),
        )
        for document in documents
        if any(fact.kind is kind and fact.id == fact_id for fact in document.supports)
    )


def files_word(document: ShelvedDocument) -> str:
    """How many files a document has; nothing for a bare code."""
    count = len(document.files)
    return ngettext("%(num)s file", "%(num)s files", count) if count else ""
