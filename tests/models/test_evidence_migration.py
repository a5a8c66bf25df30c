"""Documents become documents with files, and come back as one file each: nothing stored is lost."""

from __future__ import annotations

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from portal.models.database import db
from tests.models.test_migrations import MIGRATIONS, bare_app

__all__ = ["bare_app"]

_PERSON = "00000000000000000000000000000001"
_NOW = "2026-11-22 02:00:00.000000"


def rows(statement: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def run(*statements: str) -> None:
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def key(number: int) -> str:
    return f"{number:032x}"


def test_files_stay_with_their_documents_up_and_down(bare_app: Flask) -> None:
    upgrade(directory=MIGRATIONS, revision="0005_credentials")
    run(
        "INSERT INTO people (id, home, name_latin, name_chinese, created_at, version)"
        f" VALUES ('{_PERSON}', 'hk', 'LAM Mei', '', '{_NOW}', 1)",
        "INSERT INTO evidence (id, person_id, file_name, description, media_type, size_bytes, sha256,"
        f" storage_key, scan, uploaded_at) VALUES ('{key(2)}', '{_PERSON}', 'a.pdf', 'Degree',"
        f" 'application/pdf', 7, 'abc', 'p/a', 'clean', '{_NOW}')",
        "INSERT INTO evidence_links (id, evidence_id, fact_kind, fact_id)"
        f" VALUES ('{key(3)}', '{key(2)}', 'credential', '{key(4)}')",
    )
    upgrade(directory=MIGRATIONS, revision="0006_evidence")
    assert rows("SELECT description, version, code FROM evidence") == [("Degree", 1, "")]
    assert rows(
        "SELECT file_name, sha256, uploaded_sha256, storage_key, treatment, scan, position"
        " FROM evidence_files"
    ) == [("a.pdf", "abc", "abc", "p/a", "as_sent", "clean", 1)]
    run(
        "INSERT INTO evidence_translations (id, evidence_id, translator, translator_kind, language,"
        f" translated_on, created_at) VALUES ('{key(5)}', '{key(2)}', 'N', 'notary', 'en', '2026-01-01', '{_NOW}')",
        "INSERT INTO evidence_files (id, evidence_id, translation_id, position, file_name, media_type,"
        " size_bytes, pages, sha256, uploaded_sha256, storage_key, treatment, signatures, scan, uploaded_at)"
        f" VALUES ('{key(6)}', '{key(2)}', '{key(5)}', 2, 'b.pdf', 'application/pdf', 8, 1, 'def', 'fed',"
        f" 'p/b', 'cleaned', '[]', 'pending', '{_NOW}')",
        "INSERT INTO evidence (id, person_id, description, scheme, code, uploaded_at, version)"
        f" VALUES ('{key(7)}', '{_PERSON}', '', 'chsi', '123456789012', '{_NOW}', 1)",
        "INSERT INTO evidence_links (id, evidence_id, fact_kind, fact_id)"
        f" VALUES ('{key(8)}', '{key(7)}', 'credential', '{key(4)}')",
    )
    downgrade(directory=MIGRATIONS, revision="0005_credentials")
    assert rows(
        "SELECT file_name, description, sha256, storage_key, scan FROM evidence ORDER BY file_name"
    ) == [
        ("a.pdf", "Degree", "abc", "p/a", "clean"),
        ("b.pdf", "Degree", "def", "p/b", "not_scanned"),
    ]
    assert rows("SELECT count(*), count(DISTINCT evidence_id) FROM evidence_links") == [(2, 2)]
    upgrade(directory=MIGRATIONS, revision="0006_evidence")
    assert rows("SELECT count(*) FROM evidence_files") == [(2,)]
