"""Coming back after every way is lost, and whose a kept form is

Follows 0011_my_data. Forms kept before, which live for an hour, are nobody's: they are dropped.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from portal.models import database as columns

revision = "0012_coming_back"
down_revision = "0011_my_data"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "lost_ways",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("link_digest", sa.String(length=64), nullable=False),
        sa.Column("asked_at", columns.Instant(), nullable=False),
        sa.Column("begun_at", columns.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_lost_ways_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_lost_ways")),
        sa.UniqueConstraint("link_digest", name=op.f("uq_lost_ways_link_digest")),
    )
    op.execute("DELETE FROM kept_forms")
    with op.batch_alter_table("kept_forms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("account_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_kept_forms_account_id_accounts"),
            "accounts",
            ["account_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_index(batch_op.f("ix_kept_forms_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kept_forms_at"), ["at"], unique=False)
    with op.batch_alter_table("sent_forms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_forms_at"), ["at"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("sent_forms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sent_forms_at"))
    with op.batch_alter_table("kept_forms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_forms_at"))
        batch_op.drop_index(batch_op.f("ix_kept_forms_account_id"))
        batch_op.drop_constraint(batch_op.f("fk_kept_forms_account_id_accounts"), type_="foreignkey")
        batch_op.drop_column("account_id")
    op.drop_table("lost_ways")
