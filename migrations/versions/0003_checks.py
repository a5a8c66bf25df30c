"""Eligibility checks of visitors without an account

Follows 0002_sign_in.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from portal.models import database as columns

revision = "0003_checks"
down_revision = "0002_sign_in"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "eligibility_checks",
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("answers", columns.Json, nullable=False),
        sa.Column("touched_at", columns.Instant(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_eligibility_checks_account_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key_digest", name=op.f("pk_eligibility_checks")),
    )
    with op.batch_alter_table("eligibility_checks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_eligibility_checks_touched_at"), ["touched_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_eligibility_checks_account_id"), ["account_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_table("eligibility_checks")
