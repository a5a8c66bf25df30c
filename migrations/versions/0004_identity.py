"""Names across scripts, identity documents, possible duplicates

Follows 0003_checks.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from portal.models import database as columns

revision = "0004_identity"
down_revision = "0003_checks"
branch_labels = None
depends_on = None

NAME_KINDS = ("traditional", "simplified", "pinyin", "cantonese", "english")
PROOFS = (
    "deed_poll",
    "statutory_declaration",
    "marriage_certificate",
    "household_register",
    "identity_document",
    "other",
)
DOCUMENT_KINDS = ("hkid", "mainland_id", "home_return_permit", "passport")
VERDICTS = ("same_person", "different_people")


def _words(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "person_names",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _words("namekind", *NAME_KINDS), nullable=False),
        sa.Column("family", sa.String(length=60), nullable=False),
        sa.Column("given", sa.String(length=60), nullable=False),
        sa.Column("family_first", sa.Boolean(), nullable=False),
        sa.Column("is_former", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("proof", _words("nameproof", *PROOFS), nullable=True),
        sa.Column("stated_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_person_names_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_names")),
    )
    with op.batch_alter_table("person_names", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_names_person_id"), ["person_id"], unique=False)

    op.create_table(
        "name_keys",
        # Compared byte by byte on both engines, so that the beginning of a key is a range of the index.
        sa.Column(
            "key",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_name_keys_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", "person_id", name=op.f("pk_name_keys")),
    )
    with op.batch_alter_table("name_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_name_keys_person_id_key"), ["person_id", "key"], unique=False)

    op.create_table(
        "identity_documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _words("documentkind", *DOCUMENT_KINDS), nullable=False),
        sa.Column("issuer", sa.String(length=3), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("last_four", sa.String(length=4), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("added_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_identity_documents_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_documents")),
        sa.UniqueConstraint("digest", "person_id", name=op.f("uq_identity_documents_digest_person_id")),
    )
    with op.batch_alter_table("identity_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_documents_person_id"), ["person_id"], unique=False)

    op.create_table(
        "possible_duplicates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("reasons", columns.Json, nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("found_at", columns.Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_id <> second_id", name=op.f("ck_possible_duplicates_two_people")),
        sa.ForeignKeyConstraint(
            ["first_id"],
            ["people.id"],
            name=op.f("fk_possible_duplicates_first_id_people"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["second_id"],
            ["people.id"],
            name=op.f("fk_possible_duplicates_second_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_possible_duplicates")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_possible_duplicates_first_id_second_id")),
    )
    with op.batch_alter_table("possible_duplicates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_possible_duplicates_is_open_found_at"), ["is_open", "found_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_possible_duplicates_second_id"), ["second_id"], unique=False)

    op.create_table(
        "duplicate_rulings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("duplicate_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", _words("samenessverdict", *VERDICTS), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("covers", columns.Json, nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_duplicate_rulings_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["duplicate_id"],
            ["possible_duplicates.id"],
            name=op.f("fk_duplicate_rulings_duplicate_id_possible_duplicates"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_rulings")),
    )
    with op.batch_alter_table("duplicate_rulings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_duplicate_rulings_duplicate_id_at"), ["duplicate_id", "at"], unique=False
        )


def downgrade() -> None:
    """Go back."""
    for table in (
        "duplicate_rulings",
        "possible_duplicates",
        "identity_documents",
        "name_keys",
        "person_names",
    ):
        op.drop_table(table)
