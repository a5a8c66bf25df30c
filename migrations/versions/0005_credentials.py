"""Kept states of credentials, and qualifications asked for that are not in the catalogue

Follows 0004_identity.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from portal.models import database as columns

revision = "0005_credentials"
down_revision = "0004_identity"
branch_labels = None
depends_on = None


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "credential_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("qualification", sa.String(length=100), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=True),
        sa.Column("begun_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("attributes", columns.Json, nullable=False),
        sa.Column(
            "standing",
            _words("standing", "declared", "evidenced", "verified", "rejected", "withdrawn"),
            nullable=False,
        ),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("replaced_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_credential_versions_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["credential_id"],
            ["credentials.id"],
            name=op.f("fk_credential_versions_credential_id_credentials"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_credential_versions_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential_versions")),
        sa.UniqueConstraint(
            "credential_id", "version", name=op.f("uq_credential_versions_credential_id_version")
        ),
    )
    with op.batch_alter_table("credential_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credential_versions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "qualification_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("side", _words("requestside", "hk", "sz", "elsewhere"), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("awarded_by", sa.String(length=160), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("answer", _words("answerkind", "listed", "will_be_added", "does_not_count"), nullable=True),
        sa.Column(
            "reason",
            _words("whynotcounted", "not_read", "not_personal", "not_identified"),
            nullable=True,
        ),
        sa.Column("listed_as", sa.String(length=100), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", columns.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_qualification_requests_answered")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_qualification_requests_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_qualification_requests_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification_requests")),
    )
    with op.batch_alter_table("qualification_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_qualification_requests_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_qualification_requests_answer_side_id"), ["answer", "side", "id"], unique=False
        )


def downgrade() -> None:
    """Go back."""
    op.drop_table("qualification_requests")
    op.drop_table("credential_versions")
