"""The shelf: documents, their translations and files, and the facts each supports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.credentials import FactKind
from portal.domain.evidence import TranslatorKind, Treatment, WrittenLanguage
from portal.domain.official_codes import CodeScheme
from portal.domain.ports import ScanResult
from portal.models.database import Base, words


class Evidence(Base):
    """One document on a person's shelf: its files are its pages; a bare official code has none."""

    __tablename__ = "evidence"
    __table_args__ = (
        Index(None, "person_id"),
        CheckConstraint(
            "valid_until IS NULL OR issued_on IS NULL OR valid_until >= issued_on", name="validity"
        ),
        CheckConstraint("(scheme IS NULL) = (code = '')", name="code"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    description: Mapped[str] = mapped_column(String(200), default="")
    issued_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    scheme: Mapped[CodeScheme | None] = mapped_column(words(CodeScheme))
    code: Mapped[str] = mapped_column(String(60), default="")
    uploaded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class EvidenceTranslation(Base):
    """A translation of a document, and who made it. Its pages are files of the document."""

    __tablename__ = "evidence_translations"
    __table_args__ = (Index(None, "evidence_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"))
    translator: Mapped[str] = mapped_column(String(160))
    translator_kind: Mapped[TranslatorKind] = mapped_column(words(TranslatorKind))
    language: Mapped[WrittenLanguage] = mapped_column(words(WrittenLanguage))
    translated_on: Mapped[date]
    created_at: Mapped[datetime]


class EvidenceFile(Base):
    """One stored file of a document. The bytes lie in storage under ``storage_key``.

    ``uploaded_sha256`` is of what was handed in, ``sha256`` of what is kept: they differ when the
    file was redrawn or cleaned. ``pages`` counts what a PDF holds; a picture is one.
    """

    __tablename__ = "evidence_files"
    __table_args__ = (
        Index(None, "evidence_id"),
        Index(None, "sha256"),
        Index(None, "uploaded_sha256"),
        Index(None, "scan"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"))
    translation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("evidence_translations.id", ondelete="CASCADE")
    )
    position: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(40))
    size_bytes: Mapped[int]
    pages: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(120), unique=True)
    treatment: Mapped[Treatment] = mapped_column(words(Treatment))
    signatures: Mapped[list[dict[str, Any]]]
    scan: Mapped[ScanResult] = mapped_column(words(ScanResult))
    scanned_at: Mapped[datetime | None]
    uploaded_at: Mapped[datetime]


class EvidenceLink(Base):
    """This document supports that fact."""

    __tablename__ = "evidence_links"
    __table_args__ = (UniqueConstraint("evidence_id", "fact_kind", "fact_id"), Index(None, "fact_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"))
    fact_kind: Mapped[FactKind] = mapped_column(words(FactKind))
    fact_id: Mapped[UUID]
