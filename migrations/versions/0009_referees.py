"""Referees' confirmations of work

Follows 0008_certificates.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from portal.models import database as columns

revision = "0009_referees"
down_revision = "0008_certificates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "referee_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("asked_about", columns.Json, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("mailbox", sa.String(length=254), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "line_manager",
                "senior",
                "colleague",
                "human_resources",
                "client",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("flags", columns.Json, nullable=False),
        sa.Column("asked_at", columns.Instant(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("reminders_sent", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", columns.Instant(), nullable=True),
        sa.Column("answered_at", columns.Instant(), nullable=True),
        sa.Column("answers", columns.Json, nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answered_at IS NULL OR withdrawn_at IS NULL",
            name=op.f("ck_referee_requests_answered_or_withdrawn"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_referee_requests_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["work_periods.id"],
            name=op.f("fk_referee_requests_work_id_work_periods"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referee_requests")),
    )
    with op.batch_alter_table("referee_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_referee_requests_answered_at_withdrawn_at_expires_on"),
            ["answered_at", "withdrawn_at", "expires_on"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_referee_requests_mailbox"), ["mailbox"], unique=False)
        batch_op.create_index(batch_op.f("ix_referee_requests_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referee_requests_work_id"), ["work_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_table("referee_requests")
