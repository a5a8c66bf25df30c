"""What the mapping answered when a person last looked, so that the next page can say what moved."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.database import Base


class MappingVisit(Base):
    """The last mapping a person has seen: one row a person, replaced by the next, gone with the person.

    ``states`` is target to clause to plank state; ``dossier`` the facts it rested on, so that the
    reason of a move can be worked out. ``fingerprint`` names facts, day and rules in one word.
    """

    __tablename__ = "mapping_visits"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    on: Mapped[date]
    at: Mapped[datetime]
    release_digest: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64))
    states: Mapped[dict[str, Any]]
    dossier: Mapped[dict[str, Any]]
