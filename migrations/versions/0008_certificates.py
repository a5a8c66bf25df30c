"""Certificates and letters as signed documents

Follows 0007_mapping_visits.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from portal.models import database as columns

revision = "0008_certificates"
down_revision = "0007_mapping_visits"
branch_labels = None
depends_on = None

_PURPOSES = ("hiring", "onboarding", "yearly_review", "client_assurance", "other")


def upgrade() -> None:
    """Go forward."""
    _let_purposes_be((*_PURPOSES, "certificate"))
    op.create_table(
        "certificates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("recognition_id", sa.Uuid(), nullable=False),
        sa.Column("share_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(length=100), nullable=False),
        sa.Column("signer", sa.String(length=200), nullable=False),
        sa.Column("made_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recognition_id"],
            ["recognitions.id"],
            name=op.f("fk_certificates_recognition_id_recognitions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["share_id"], ["shares.id"], name=op.f("fk_certificates_share_id_shares"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("reference", name=op.f("uq_certificates_reference")),
        sa.UniqueConstraint("share_id", name=op.f("uq_certificates_share_id")),
    )
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificates_recognition_id"), ["recognition_id"], unique=False)


def downgrade() -> None:
    """Go back: a certificate's share goes with it, because no earlier house knows its purpose."""
    op.drop_table("certificates")
    within = "share_id IN (SELECT id FROM shares WHERE purpose = 'certificate')"
    op.execute(sa.text(f"DELETE FROM share_items WHERE {within}"))  # noqa: S608 - no word of it is anybody's
    op.execute(sa.text(f"DELETE FROM looks WHERE {within}"))  # noqa: S608
    op.execute("DELETE FROM shares WHERE purpose = 'certificate'")
    _let_purposes_be(_PURPOSES)


def _let_purposes_be(purposes: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{purpose}'" for purpose in purposes)
    with op.batch_alter_table("shares", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_shares_purpose"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_shares_purpose"), f"purpose IN ({listed})")
