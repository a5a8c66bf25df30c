"""Pages, translations and codes of documents, and what was found in them

Follows 0005_credentials. Until now a document was one file; now it has files: pages of the
original and of its translations, in order. Going back, every file becomes a document of its own
again, attached to the same facts; what the older tables cannot say (who translated, codes, days,
signatures) is lost, and a code without a file goes.
"""

from __future__ import annotations

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from portal.models import database as columns

revision = "0006_evidence"
down_revision = "0005_credentials"
branch_labels = None
depends_on = None

_OLD_SCANS = ("clean", "infected", "not_scanned")


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Give every document one file: itself."""
    _create_tables()
    op.execute(
        "INSERT INTO evidence_files (id, evidence_id, position, file_name, media_type, size_bytes, pages,"
        " sha256, uploaded_sha256, storage_key, treatment, signatures, scan, scanned_at, uploaded_at)"
        " SELECT id, id, 1, file_name, media_type, size_bytes, 1, sha256, sha256, storage_key, 'as_sent',"
        " '[]', scan, CASE WHEN scan = 'not_scanned' THEN NULL ELSE uploaded_at END, uploaded_at"
        " FROM evidence"
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_sha256"))
        batch_op.drop_constraint(batch_op.f("uq_evidence_storage_key"), type_="unique")
        batch_op.drop_constraint(batch_op.f("ck_evidence_scanresult"), type_="check")
        for name in ("file_name", "media_type", "size_bytes", "sha256", "storage_key", "scan"):
            batch_op.drop_column(name)
        batch_op.add_column(sa.Column("issued_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("valid_until", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("scheme", _words("codescheme", "chsi", "cscse", "jucc", "other"), nullable=True)
        )
        batch_op.add_column(
            sa.Column("code", sa.String(length=60), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")))
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.alter_column("code", server_default=None)
        batch_op.alter_column("version", server_default=None)
        batch_op.create_check_constraint(
            batch_op.f("ck_evidence_validity"),
            "valid_until IS NULL OR issued_on IS NULL OR valid_until >= issued_on",
        )
        batch_op.create_check_constraint(batch_op.f("ck_evidence_code"), "(scheme IS NULL) = (code = '')")


def _create_tables() -> None:
    op.create_table(
        "evidence_translations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("translator", sa.String(length=160), nullable=False),
        sa.Column(
            "translator_kind",
            _words("translatorkind", "notary", "law_firm", "awarding_body", "translation_company"),
            nullable=False,
        ),
        sa.Column("language", _words("writtenlanguage", "en", "zh-Hant", "zh-Hans"), nullable=False),
        sa.Column("translated_on", sa.Date(), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_evidence_translations_evidence_id_evidence"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_translations")),
    )
    with op.batch_alter_table("evidence_translations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_translations_evidence_id"), ["evidence_id"])
    op.create_table(
        "evidence_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("translation_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=120), nullable=False),
        sa.Column(
            "treatment", _words("treatment", "as_sent", "redrawn", "cleaned", "signed"), nullable=False
        ),
        sa.Column("signatures", columns.Json, nullable=False),
        sa.Column("scan", _words("scanresult", *_OLD_SCANS, "pending"), nullable=False),
        sa.Column("scanned_at", columns.Instant(), nullable=True),
        sa.Column("uploaded_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_evidence_files_evidence_id_evidence"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["translation_id"],
            ["evidence_translations.id"],
            name=op.f("fk_evidence_files_translation_id_evidence_translations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_files")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_evidence_files_storage_key")),
    )
    with op.batch_alter_table("evidence_files", schema=None) as batch_op:
        for name in ("evidence_id", "sha256", "uploaded_sha256", "scan"):
            batch_op.create_index(batch_op.f(f"ix_evidence_files_{name}"), [name])


def downgrade() -> None:
    """Make every file a document of its own again."""
    _part_documents()
    op.execute("DELETE FROM evidence_links WHERE evidence_id NOT IN (SELECT id FROM evidence_files)")
    op.execute("DELETE FROM evidence WHERE id NOT IN (SELECT id FROM evidence_files)")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        for constraint in ("ck_evidence_validity", "ck_evidence_code", "ck_evidence_codescheme"):
            batch_op.drop_constraint(batch_op.f(constraint), type_="check")
        for name in ("issued_on", "valid_until", "scheme", "code", "version"):
            batch_op.drop_column(name)
        for column in (
            sa.Column("file_name", sa.String(length=200), nullable=True),
            sa.Column("media_type", sa.String(length=40), nullable=True),
            sa.Column("size_bytes", sa.Integer(), nullable=True),
            sa.Column("sha256", sa.String(length=64), nullable=True),
            sa.Column("storage_key", sa.String(length=120), nullable=True),
            sa.Column("scan", _words("scanresult", *_OLD_SCANS), nullable=True),
        ):
            batch_op.add_column(column)
    for name in ("file_name", "media_type", "size_bytes", "sha256", "storage_key"):
        op.execute(_taken_back(name))
    op.execute(
        "UPDATE evidence SET scan = (SELECT CASE file.scan WHEN 'pending' THEN 'not_scanned'"
        " ELSE file.scan END FROM evidence_files file WHERE file.id = evidence.id)"
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        for name in ("file_name", "media_type", "size_bytes", "sha256", "storage_key", "scan"):
            batch_op.alter_column(name, nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_evidence_storage_key"), ["storage_key"])
        batch_op.create_index(batch_op.f("ix_evidence_sha256"), ["sha256"])
    op.drop_table("evidence_files")
    op.drop_table("evidence_translations")


def _taken_back(name: str) -> str:
    # The names are the ones listed above; nothing typed by anybody comes here.
    return f"UPDATE evidence SET {name} = (SELECT {name} FROM evidence_files WHERE id = evidence.id)"  # noqa: S608


def _part_documents() -> None:
    """Give the first file the document's key, and every other file a document with the same links."""
    connection = op.get_bind()
    evidence = sa.table(
        "evidence",
        *(sa.column(name, sa.Uuid()) for name in ("id", "person_id")),
        sa.column("description", sa.String()),
        sa.column("code", sa.String()),
        sa.column("version", sa.Integer()),
        sa.column("uploaded_at", columns.Instant()),
    )
    links = sa.table(
        "evidence_links",
        *(sa.column(name, sa.Uuid()) for name in ("id", "evidence_id", "fact_id")),
        sa.column("fact_kind", sa.String()),
    )
    files = sa.table(
        "evidence_files",
        *(sa.column(name, sa.Uuid()) for name in ("id", "evidence_id", "translation_id")),
        sa.column("position", sa.Integer()),
    )
    originals_first = (files.c.evidence_id, files.c.translation_id.is_not(None), files.c.position, files.c.id)
    led: set[object] = set()
    for file in connection.execute(sa.select(files).order_by(*originals_first)).all():
        if file.evidence_id not in led:
            led.add(file.evidence_id)
            _rename(connection, files, file.id, file.evidence_id)
            continue
        old = connection.execute(sa.select(evidence).where(evidence.c.id == file.evidence_id)).one()
        connection.execute(sa.insert(evidence).values(**{**old._mapping, "id": file.id, "code": ""}))
        for link in connection.execute(sa.select(links).where(links.c.evidence_id == old.id)).all():
            connection.execute(
                sa.insert(links).values(**{**link._mapping, "id": uuid4(), "evidence_id": file.id})
            )


def _rename(connection: sa.Connection, files: sa.TableClause, key: object, wanted: object) -> None:
    connection.execute(sa.update(files).where(files.c.id == key).values(id=wanted))
