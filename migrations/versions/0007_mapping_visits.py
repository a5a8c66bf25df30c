"""What the mapping answered at the last visit

Follows 0006_evidence.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from portal.models import database as columns

revision = "0007_mapping_visits"
down_revision = "0006_evidence"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "mapping_visits",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("release_digest", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("states", columns.Json, nullable=False),
        sa.Column("dossier", columns.Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_mapping_visits_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mapping_visits")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("mapping_visits")
