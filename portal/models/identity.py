"""Who somebody is: further names, the keys names are found by, identity documents, possible duplicates.

No number of an identity document is ever here: a keyed digest tells whether two are the same, and
the last four characters let its holder recognise it.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.duplicates import SamenessVerdict
from portal.domain.identity_documents import DocumentKind
from portal.domain.names import LONGEST_KEY, LONGEST_PART, NameKind, NameProof
from portal.models.database import Base, words

# Compared byte by byte on both engines, so that the beginning of a key is a range of the index.
_KEY = String(LONGEST_KEY).with_variant(String(LONGEST_KEY, collation="C"), "postgresql")


class PersonName(Base):
    """A name beside those on letters: now or formerly, in one script or romanisation."""

    __tablename__ = "person_names"
    __table_args__ = (Index(None, "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    kind: Mapped[NameKind] = mapped_column(words(NameKind))
    family: Mapped[str] = mapped_column(String(LONGEST_PART))
    given: Mapped[str] = mapped_column(String(LONGEST_PART))
    family_first: Mapped[bool]
    is_former: Mapped[bool]
    since: Mapped[date | None]
    until: Mapped[date | None]
    proof: Mapped[NameProof | None] = mapped_column(words(NameProof))
    stated_at: Mapped[datetime]


class NameKey(Base):
    """One comparable spelling of one of a person's names, or of a part of it.

    ``whole`` marks the keys of a complete name: two people may share a part and nobody asks.
    """

    __tablename__ = "name_keys"
    __table_args__ = (Index(None, "person_id", "key"),)

    key: Mapped[str] = mapped_column(_KEY, primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    whole: Mapped[bool]


class IdentityDocument(Base):
    """A document as it can be recognised again. ``issuer`` is set for passports alone."""

    __tablename__ = "identity_documents"
    __table_args__ = (UniqueConstraint("digest", "person_id"), Index(None, "person_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    kind: Mapped[DocumentKind] = mapped_column(words(DocumentKind))
    issuer: Mapped[str] = mapped_column(String(3))
    digest: Mapped[str] = mapped_column(String(64))
    last_four: Mapped[str] = mapped_column(String(4))
    expires_on: Mapped[date | None]
    added_at: Mapped[datetime]


class PossibleDuplicate(Base):
    """Two records that may be one person, the smaller id first. Never merged, only ruled on."""

    __tablename__ = "possible_duplicates"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id <> second_id", name="two_people"),
        Index(None, "is_open", "found_at"),
        Index(None, "second_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    first_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    second_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    reasons: Mapped[list[str]]
    is_open: Mapped[bool]
    found_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class DuplicateRuling(Base):
    """What an officer found about two records, on the reasons known then; never changed, only followed."""

    __tablename__ = "duplicate_rulings"
    __table_args__ = (Index(None, "duplicate_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    duplicate_id: Mapped[UUID] = mapped_column(ForeignKey("possible_duplicates.id", ondelete="CASCADE"))
    verdict: Mapped[SamenessVerdict] = mapped_column(words(SamenessVerdict))
    reason: Mapped[str] = mapped_column(Text)
    covers: Mapped[list[str]]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
