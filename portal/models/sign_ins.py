"""How people sign in: sessions, passkeys, apps, recovery codes, outside identities, and how they come back.

Nothing here opens an account by itself when it is read: keys are public halves, codes are digests,
the secret of an app is encrypted, and of a browser only its kind is kept, never an address.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.sign_ins import WayIn
from portal.models.database import Base, words


class SignIn(Base):
    """One browser in which an account is, or was, signed in."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index(None, "account_id", "begun_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    way: Mapped[WayIn] = mapped_column(words(WayIn))
    # Two things were shown, or one that is two by itself, as a passkey is.
    is_strong: Mapped[bool]
    browser: Mapped[str] = mapped_column(String(20))
    system: Mapped[str] = mapped_column(String(20))
    device_digest: Mapped[str] = mapped_column(String(64))
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    proven_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Passkey(Base):
    """The public half of a key that a person's device or security key holds."""

    __tablename__ = "passkeys"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[list[str]]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AuthenticatorApp(Base):
    """The secret an account shares with an app that shows a new code every half minute."""

    __tablename__ = "authenticator_apps"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str] = mapped_column(Text)
    # The half minute of the last code taken: no code of that time or before is taken again.
    last_step: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime]


class RecoveryCode(Base):
    """The digest of a code on paper that opens the second door once."""

    __tablename__ = "recovery_codes"
    __table_args__ = (UniqueConstraint("account_id", "digest"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class LostWays(Base):
    """Somebody says that every second step of an account is lost; the row is there while that counts.

    ``begun_at`` is when the private link was pressed, and the wait began.
    """

    __tablename__ = "lost_ways"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    link_digest: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]


class OutsideIdentity(Base):
    """Who an account is at a single sign-on provider: its word for the person, and nothing else."""

    __tablename__ = "outside_identities"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    linked_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
