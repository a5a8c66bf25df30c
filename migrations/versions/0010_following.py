"""Notices of the inbox, human review, delivery of e-mail, applying again

Follows 0009_referees.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from portal.models import database as columns

revision = "0010_following"
down_revision = "0009_referees"
branch_labels = None
depends_on = None

_OVER_BEFORE = "stage NOT IN ('declined','withdrawn','lapsed')"
_OVER_OR_DECIDED = "stage NOT IN ('declined','withdrawn','lapsed','granted','granted_with_conditions')"


def upgrade() -> None:
    """Go forward."""
    _make_notices()
    _make_reviews()
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("last_try_at", columns.Instant(), nullable=True))
        batch_op.add_column(sa.Column("failed_at", columns.Instant(), nullable=True))
        batch_op.create_index(batch_op.f("ix_outbox_failed_at"), ["failed_at"], unique=False)
    _let_one_case_be_open_where(_OVER_OR_DECIDED)


def downgrade() -> None:
    """Go back: of two cases for one target the earlier house knows the newer, so an older grant lapses."""
    op.execute(
        "UPDATE cases SET stage = 'lapsed' WHERE stage IN ('granted','granted_with_conditions') AND EXISTS ("
        "SELECT 1 FROM cases AS newer WHERE newer.person_id = cases.person_id AND newer.target = cases.target "
        "AND newer.stage NOT IN ('declined','withdrawn','lapsed') AND newer.started_at > cases.started_at)"
    )
    _let_one_case_be_open_where(_OVER_BEFORE)
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_failed_at"))
        batch_op.drop_column("failed_at")
        batch_op.drop_column("last_try_at")
    op.drop_table("reviews")
    op.drop_table("notices")


def _make_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("facts", columns.Json, nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("read_at", columns.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notices_person_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox.id"], name=op.f("fk_notices_message_id_outbox"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notices_person_id_id"), ["person_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_notices_person_id_read_at"), ["person_id", "read_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_notices_message_id"), ["message_id"], unique=False)


def _make_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("clauses", columns.Json, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("asked_at", columns.Instant(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", columns.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'agreed', 'unchanged', 'ended')", name=op.f("ck_reviews_reviewstate")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_reviews_account_id_accounts")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_reviews_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviews_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "uq_reviews_open",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )


def _let_one_case_be_open_where(counted: str) -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("uq_cases_open")
        batch_op.create_index(
            "uq_cases_open",
            ["person_id", "target"],
            unique=True,
            sqlite_where=sa.text(counted),
            postgresql_where=sa.text(counted),
        )
