"""The officers' queue read in its order

Follows 0012_coming_back. Each index is a queue as officers ask for it, already in order.
"""

from __future__ import annotations

from alembic import op

revision = "0013_queue_in_order"
down_revision = "0012_coming_back"
branch_labels = None
depends_on = None

_QUEUES = (
    ("jurisdiction", "stage", "submitted_at", "id"),
    ("jurisdiction", "track", "stage", "submitted_at", "id"),
    ("assigned_to", "jurisdiction", "stage", "submitted_at", "id"),
    ("jurisdiction", "submitted_at", "id"),
)


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        for columns in _QUEUES:
            batch_op.create_index(batch_op.f("ix_cases_" + "_".join(columns)), list(columns), unique=False)
        batch_op.drop_index("ix_cases_jurisdiction_stage_submitted_at")


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(
            "ix_cases_jurisdiction_stage_submitted_at",
            ["jurisdiction", "stage", "submitted_at"],
            unique=False,
        )
        for columns in _QUEUES:
            batch_op.drop_index("ix_cases_" + "_".join(columns))
