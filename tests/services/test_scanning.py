"""Files that wait for the scanner open for nobody; what it finds later is destroyed; leftovers are swept."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal.adapters.storage import FolderStorage
from portal.domain.credentials import Standing
from portal.domain.errors import Refused
from portal.domain.files import OfferedFile
from portal.domain.people import Actor
from portal.domain.ports import ScanResult
from portal.models.records import JournalEntry, OutboxMessage
from portal.services.credentials import own_credential
from portal.services.evidence import remove_evidence
from portal.services.evidence_opening import open_evidence
from portal.services.evidence_pages import add_page
from portal.services.house import House
from portal.services.scanning import ScanRound, scan_waiting, sweep_leftovers
from portal.services.shelf import own_document, own_shelf
from tests.builders.decisions import a_case
from tests.builders.records import (
    PDF,
    a_credential,
    a_document,
    a_pdf,
    a_translation,
    credential_fact,
    first_page,
)

Cast = Callable[[str], Actor]


class Gate:
    """A scanner whose answer a test decides; keeps the protocol of the real one."""

    is_present = True

    def __init__(self, answer: ScanResult) -> None:
        self.answer = answer
        self.asked = 0

    def scan(self, content: bytes) -> ScanResult:
        self.asked += 1
        return self.answer


@pytest.fixture
def gate() -> Gate:
    return Gate(ScanResult.PENDING)


@pytest.fixture
def home(house: House, gate: Gate, tmp_path: Path) -> House:
    """The house with a scanner, and a storage of its own."""
    return replace(house, scanner=gate, storage=FolderStorage(tmp_path / "evidence"))


def test_while_the_scanner_is_silent_nobody_opens_the_file_its_owner_included(
    home: House, gate: Gate, actor: Cast
) -> None:
    a_case(home, stage="submitted")
    chen, ada = actor("chen_wei"), actor("ada_ko")
    file = first_page(home, chen, a_document(home, chen))
    for reader in (chen, ada):
        with pytest.raises(Refused, match=r"evidence\.waits_for_scan"):
            open_evidence(home, reader, file_id=file)
    assert scan_waiting(home).waiting == 1
    gate.answer = ScanResult.CLEAN
    assert scan_waiting(home) == ScanRound(clean=1)
    for reader in (chen, ada):
        assert open_evidence(home, reader, file_id=file).content.startswith(b"%PDF-")
    entry = home.session.scalars(select(JournalEntry).where(JournalEntry.kind == "evidence.scanned")).one()
    assert (entry.facts["scan"], entry.account_id) == ("clean", None)


def test_nobodys_writing_waits_while_a_document_is_looked_at(house: House, actor: Cast) -> None:
    me, path = actor("mei_lam"), str(house.session.get_bind().engine.url.database)

    class Watching(Gate):
        def scan(self, content: bytes) -> ScanResult:
            with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                other.execute("ROLLBACK")
            return super().scan(content)

    watching = Watching(ScanResult.CLEAN)
    home = replace(house, scanner=watching)
    own_shelf(home, me)  # as a page does before it takes what was sent
    document = a_document(home, me, words="one")
    add_page(home, me, evidence_id=document, offered=OfferedFile("two.pdf", PDF, a_pdf("two")))
    own_shelf(home, me)
    a_translation(home, me, document)
    assert watching.asked >= 3


def test_a_silent_scanner_is_asked_once_a_round_however_many_files_wait(
    home: House, gate: Gate, actor: Cast
) -> None:
    mei = actor("mei_lam")
    for words in "abc":
        a_document(home, mei, words=words)
    gate.asked = 0
    assert (scan_waiting(home), gate.asked) == (ScanRound(waiting=3), 1)


def test_what_is_found_later_is_destroyed_its_owner_told_and_its_facts_stand_alone_again(
    home: House, gate: Gate, actor: Cast
) -> None:
    mei = actor("mei_lam")
    bad, good = a_credential(home, mei), a_credential(home, mei, qualification="hksi.le.paper-7")
    document = a_document(home, mei, supports=credential_fact(bad), words="bad")
    gate.answer = ScanResult.CLEAN
    a_document(home, mei, supports=credential_fact(good), words="good")
    gate.answer = ScanResult.INFECTED
    assert scan_waiting(home) == ScanRound(infected=1)
    (file,) = own_document(home, mei, document).pages
    assert file.scan is ScanResult.INFECTED
    with pytest.raises(Refused, match=r"evidence\.destroyed"):
        open_evidence(home, mei, file_id=file.id)
    with pytest.raises(KeyError):
        home.storage.get(f"{mei.person_id}/{file.id}")
    assert own_credential(home, mei, bad).standing is Standing.DECLARED
    assert own_credential(home, mei, good).standing is Standing.EVIDENCED
    (mail,) = home.session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == "evidence_destroyed")
    ).all()
    assert "certificate" not in mail.body
    assert scan_waiting(home) == ScanRound()


def test_files_from_before_there_was_a_scanner_wait_for_it_too(house: House, gate: Gate, actor: Cast) -> None:
    mei = actor("mei_lam")
    file = first_page(house, mei, a_document(house, mei))
    assert open_evidence(house, mei, file_id=file).content
    assert scan_waiting(house) == ScanRound()
    guarded = replace(house, scanner=gate)
    with pytest.raises(Refused, match=r"evidence\.waits_for_scan"):
        open_evidence(guarded, mei, file_id=file)
    gate.answer = ScanResult.CLEAN
    assert scan_waiting(guarded) == ScanRound(clean=1)
    assert open_evidence(guarded, mei, file_id=file).content


def test_a_file_its_owner_removes_meanwhile_is_no_fault(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    document = a_document(house, mei)

    class Slow(Gate):
        def scan(self, content: bytes) -> ScanResult:
            remove_evidence(house, mei, evidence_id=document)
            return super().scan(content)

    assert scan_waiting(replace(house, scanner=Slow(ScanResult.CLEAN))) == ScanRound()


def test_old_bytes_without_a_row_are_swept_and_everything_else_stays(
    house: House, actor: Cast, tmp_path: Path
) -> None:
    home = replace(house, storage=FolderStorage(tmp_path))
    mei = actor("mei_lam")
    kept = f"{mei.person_id}/{first_page(home, mei, a_document(home, mei))}"
    old, young, others = f"{uuid4()}/{uuid4()}", f"{uuid4()}/{uuid4()}", f"exports/{uuid4()}"
    for key in (old, young, others):
        home.storage.put(key, b"left over")
    now = home.clock.now()
    days = {kept: 9, old: 9, young: 0, others: 9}
    for key, age in days.items():
        moment = (now - timedelta(days=age)).timestamp()
        os.utime(tmp_path / key, (moment, moment))
    assert sweep_leftovers(home) == 1
    assert {key for key in days if (tmp_path / key).exists()} == {kept, young, others}
    assert sweep_leftovers(home) == 0
    assert UUID(kept.split("/")[1])
