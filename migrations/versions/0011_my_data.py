"""Exports, erasures and consents withdrawn

Follows 0010_following. The journal keeps the id of an account that is gone, so it no longer refers to it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from portal.models import database as columns

revision = "0011_my_data"
down_revision = "0010_following"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "data_exports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("asked_at", columns.Instant(), nullable=False),
        sa.Column("files", columns.Json, nullable=False),
        sa.Column("steps_done", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("leased_until", columns.Instant(), nullable=True),
        sa.Column("ready_at", columns.Instant(), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("storage_key", sa.String(length=100), nullable=False),
        sa.CheckConstraint("steps_done <= steps", name=op.f("ck_data_exports_steps")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_data_exports_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_exports")),
        sa.UniqueConstraint("person_id", name=op.f("uq_data_exports_person_id")),
    )
    op.create_table(
        "withdrawn_consents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_withdrawn_consents_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawn_consents")),
        sa.UniqueConstraint(
            "person_id", "kind", "subject", name=op.f("uq_withdrawn_consents_person_id_kind_subject")
        ),
    )
    op.create_table(
        "erasures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("erased_at", columns.Instant(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=True),
        sa.Column("bytes_left", columns.Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    with op.batch_alter_table("erasures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_erasures_keep_until"), ["keep_until"], unique=False)
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_constraint("fk_journal_account_id_accounts", type_="foreignkey")


def downgrade() -> None:
    """Go back: the earlier journal cannot name an account that is gone."""
    op.execute(
        "UPDATE journal SET account_id = NULL WHERE NOT EXISTS "
        "(SELECT 1 FROM accounts WHERE accounts.id = journal.account_id)"
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_foreign_key("fk_journal_account_id_accounts", "accounts", ["account_id"], ["id"])
    op.drop_table("erasures")
    op.drop_table("withdrawn_consents")
    op.drop_table("data_exports")
