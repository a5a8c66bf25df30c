"""What every use case is handed: the database session, the adapters, and the rulebook in force.

Use cases are plain functions: ``verb_noun(house, actor, *, ...)``. They never look anything up in
a global place, so a test, a command and a web page call them alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session, scoped_session

from portal.domain.identifiers import public_reference, time_ordered_key
from portal.domain.ports import (
    Clock,
    Digests,
    DocumentReader,
    Entropy,
    OneTimeCodes,
    Scanner,
    SearchIndexes,
    Signer,
    SignOnProvider,
    Stationery,
    Storage,
    Typesetter,
)
from portal.domain.retention import RetentionPeriods
from portal.rulebook.loader import Rulebook


@dataclass(frozen=True, slots=True)
class House:
    """The tools of the use cases, wired once in ``portal/app.py``."""

    session: scoped_session[Session]
    clock: Clock
    entropy: Entropy
    storage: Storage
    reader: DocumentReader
    scanner: Scanner
    stationery: Stationery
    rulebook: Rulebook
    one_time_codes: OneTimeCodes
    identity_digests: Digests
    typesetter: Typesetter
    signer: Signer
    catalogue_indexes: SearchIndexes
    base_url: str
    operator: str = ""
    sign_on: SignOnProvider | None = None
    retention: RetentionPeriods = field(default_factory=RetentionPeriods)

    def new_key(self) -> UUID:
        """A time-ordered key for a new row."""
        return time_ordered_key(self.clock.now(), self.entropy.bytes(10))

    def new_reference(self, prefix: str) -> str:
        """A short public reference with a check character."""
        return public_reference(prefix, self.entropy.bytes(8))
