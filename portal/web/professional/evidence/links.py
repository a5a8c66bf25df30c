"""A document as the page of a fact shows it: its name, where to open it, how to take it off.

Owns what the topics with facts share about documents. It must not know the shelf's own pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import url_for

from portal.domain.credentials import FactKind
from portal.services.shelf import ShelvedDocument
from portal.web.professional.words import scan_word, size_word


@dataclass(frozen=True, slots=True)
class AttachedDocument:
    """One document attached to a fact."""

    name: str
    description: str
    href: str
    size: str
    scan: str
    uploaded_at: datetime
    detach: str


def attached_documents(
    documents: Sequence[ShelvedDocument], kind: FactKind, fact_id: UUID
) -> tuple[AttachedDocument, ...]:
    """The documents that support one fact."""
    return tuple(
        AttachedDocument(
            name=document.file_name,
            description=document.description,
            href=url_for("professional.download_evidence", evidence_id=document.id),
            size=size_word(document.size_bytes),
            scan=scan_word(document.scan),
            uploaded_at=document.uploaded_at,
            detach=url_for(
                "professional.detach_evidence", evidence_id=document.id, supports=f"{kind.value}:{fact_id}"
            ),
        )
        for document in documents
        if any(fact.kind is kind and fact.id == fact_id for fact in document.supports)
    )
