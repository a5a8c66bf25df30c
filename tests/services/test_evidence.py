"""Evidence: stored with its row or not at all, opened by few, removed while nothing rests on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from portal.domain.credentials import FactKind, Standing, VerificationMethod
from portal.domain.errors import AlreadyDone, Conflict, NotFound, NotPermitted, Refused
from portal.domain.evidence import DocumentAnswers, Treatment
from portal.domain.files import OfferedFile
from portal.domain.people import Actor
from portal.domain.ports import ScanResult
from portal.models.credentials import Credential
from portal.models.evidence import Evidence, EvidenceLink
from portal.models.records import JournalEntry
from portal.services.assessment import FactSeen, verify_fact
from portal.services.credentials import (
    CredentialAnswers,
    change_credential,
    own_credential,
    own_credentials,
    withdraw_credential,
)
from portal.services.evidence import (
    SupportedFact,
    attach_evidence,
    detach_evidence,
    remove_evidence,
    upload_evidence,
)
from portal.services.evidence_opening import open_evidence
from portal.services.house import House
from portal.services.people import read_oneself
from portal.services.shelf import own_document, own_shelf
from tests.builders.decisions import a_case
from tests.builders.records import (
    PDF,
    a_credential,
    a_description,
    a_document,
    a_pdf,
    a_period_of_work,
    credential_fact,
    work_fact,
)

Cast = Callable[[str], Actor]


class Drawer:
    """A storage that can be counted and told to refuse; keeps the protocol of the real one."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.refuses = False

    def put(self, key: str, content: bytes) -> None:
        if self.refuses:
            raise OSError("the disk is full")
        if key in self.kept:
            raise FileExistsError(key)
        self.kept[key] = content

    def get(self, key: str) -> bytes:
        return self.kept[key]

    def delete(self, key: str) -> None:
        self.kept.pop(key, None)

    def keys(self, *, before: datetime) -> Iterable[str]:
        return list(self.kept)


class Finder:
    """A scanner that finds malware in everything."""

    is_present = True

    def scan(self, content: bytes) -> ScanResult:
        return ScanResult.INFECTED


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def home(house: House, drawer: Drawer) -> House:
    """The house with a drawer that can be looked into."""
    return replace(house, storage=drawer)


def offered(words: str = "", name: str = "certificate.pdf") -> OfferedFile:
    return OfferedFile(name, PDF, a_pdf(words))


def rows(house: House) -> int:
    return house.session.scalar(select(func.count()).select_from(Evidence)) or 0


def journal_of(house: House, kind: str) -> list[JournalEntry]:
    return list(house.session.scalars(select(JournalEntry).where(JournalEntry.kind == kind)))


def test_a_document_is_kept_clean_with_the_fingerprints_of_what_came_and_what_stays(
    home: House, drawer: Drawer, actor: Cast
) -> None:
    mei = actor("mei_lam")
    sent = offered("a", "畢業證書.pdf")
    made = upload_evidence(home, mei, offered=sent, said=DocumentAnswers("Degree"))
    document = own_document(home, mei, UUID(made))
    (file,) = document.pages
    assert (document.said.description, file.file_name, file.media_type) == ("Degree", "畢業證書.pdf", PDF)
    (kept,) = drawer.kept.values()
    assert (file.uploaded_sha256, file.sha256) == (
        sha256(sent.content).hexdigest(),
        sha256(kept).hexdigest(),
    )
    assert (file.treatment, file.scan) == (Treatment.CLEANED, ScanResult.NOT_SCANNED)
    assert open_evidence(home, mei, file_id=file.id).content == kept
    (entry,) = journal_of(home, "evidence.uploaded")
    assert entry.facts == {"evidence": made, "sha256": file.sha256, "scan": "not_scanned"}


@pytest.mark.parametrize(
    "sent",
    [
        OfferedFile("page.pdf", PDF, b"<html></html>"),
        OfferedFile("paper.png", "image/png", a_pdf()),
        OfferedFile("locked.pdf", PDF, a_pdf(password="river")),
        OfferedFile("empty.pdf", PDF, b""),
    ],
)
def test_a_refused_file_leaves_neither_bytes_nor_row(
    home: House, drawer: Drawer, actor: Cast, sent: OfferedFile
) -> None:
    with pytest.raises(Refused) as refusal:
        upload_evidence(home, actor("mei_lam"), offered=sent)
    assert refusal.value.field == "file"
    assert (rows(home), drawer.kept) == (0, {})


def test_an_infected_file_leaves_neither_bytes_nor_row(home: House, drawer: Drawer, actor: Cast) -> None:
    with pytest.raises(Refused, match=r"evidence\.infected"):
        upload_evidence(replace(home, scanner=Finder()), actor("mei_lam"), offered=offered())
    assert (rows(home), drawer.kept) == (0, {})


def test_bytes_of_an_act_that_fails_later_are_taken_back(home: House, drawer: Drawer, actor: Cast) -> None:
    nobodys = SupportedFact(FactKind.CREDENTIAL, uuid4())
    with pytest.raises(NotFound, match=r"credential\.not_found"):
        upload_evidence(home, actor("mei_lam"), offered=offered(), supports=nobodys)
    assert (rows(home), drawer.kept) == (0, {})


def test_a_row_is_not_kept_when_the_storage_refuses(home: House, drawer: Drawer, actor: Cast) -> None:
    mei = actor("mei_lam")
    drawer.refuses = True
    with pytest.raises(OSError, match="the disk is full"):
        upload_evidence(home, mei, offered=offered())
    assert rows(home) == 0


def test_an_overlong_description_is_refused_before_anything_is_stored(
    home: House, drawer: Drawer, actor: Cast
) -> None:
    with pytest.raises(Refused, match=r"evidence\.too_long"):
        upload_evidence(home, actor("mei_lam"), offered=offered(), said=DocumentAnswers("橋" * 201))
    assert drawer.kept == {}


def test_the_same_bytes_are_stored_once_a_person_and_attached_again(
    home: House, drawer: Drawer, actor: Cast
) -> None:
    mei, chen = actor("mei_lam"), actor("chen_wei")
    first = upload_evidence(home, mei, offered=offered("same"))
    credential = a_credential(home, mei)
    again = upload_evidence(
        home, mei, offered=offered("same", "copy.pdf"), supports=credential_fact(credential)
    )
    assert again == first
    assert len(drawer.kept) == 1
    assert own_document(home, mei, UUID(first)).supports == (credential_fact(credential),)
    assert upload_evidence(home, chen, offered=offered("same")) != first


def test_a_form_sent_twice_is_one_document(home: House, drawer: Drawer, actor: Cast) -> None:
    mei = actor("mei_lam")
    made = upload_evidence(home, mei, offered=offered("a"), once="k")
    with pytest.raises(AlreadyDone) as done:
        upload_evidence(home, mei, offered=offered("b"), once="k")
    assert done.value.result == made
    assert len(drawer.kept) == 1


def test_a_document_makes_a_declared_fact_evidenced_whatever_its_kind(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    a_description(house, mei, answers={"chinese_citizen": True})
    citizen = read_oneself(house, mei).facts["chinese_citizen"]
    credential, work = a_credential(house, mei), a_period_of_work(house, mei)
    document = a_document(house, mei, supports=credential_fact(credential))
    for fact in (work_fact(work), SupportedFact(FactKind.PERSONAL, citizen.id)):
        attach_evidence(house, mei, evidence_id=document, supports=fact)
        attach_evidence(house, mei, evidence_id=document, supports=fact)
    assert own_credential(house, mei, credential).standing is Standing.EVIDENCED
    assert read_oneself(house, mei).facts["chinese_citizen"].standing is Standing.EVIDENCED
    assert len(own_document(house, mei, document).supports) == 3
    assert len(journal_of(house, "evidence.attached")) == 3


def test_a_document_does_not_unsettle_a_verified_fact(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    credential = a_credential(house, mei)
    row = house.session.get(Credential, credential)
    assert row is not None
    row.standing = Standing.VERIFIED
    house.session.commit()
    a_document(house, mei, supports=credential_fact(credential))
    assert own_credential(house, mei, credential).standing is Standing.VERIFIED


def test_a_withdrawn_fact_takes_no_document(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    credential = a_credential(house, mei)
    withdraw_credential(house, mei, credential_id=credential, version=1)
    with pytest.raises(Refused, match=r"evidence\.fact_withdrawn"):
        a_document(house, mei, supports=credential_fact(credential))


def test_another_persons_fact_takes_no_document(house: House, actor: Cast) -> None:
    credential = a_credential(house, actor("chen_wei"))
    document = a_document(house, actor("mei_lam"))
    with pytest.raises(NotFound):
        attach_evidence(house, actor("mei_lam"), evidence_id=document, supports=credential_fact(credential))


def test_taking_the_last_document_off_makes_a_fact_declared_again(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    credential = a_credential(house, mei)
    fact = credential_fact(credential)
    one, other = (a_document(house, mei, supports=fact, words=words) for words in ("one", "other"))
    detach_evidence(house, mei, evidence_id=one, supports=fact)
    assert own_credential(house, mei, credential).standing is Standing.EVIDENCED
    detach_evidence(house, mei, evidence_id=other, supports=fact)
    assert own_credential(house, mei, credential).standing is Standing.DECLARED
    with pytest.raises(Conflict, match=r"row\.changed"):
        detach_evidence(house, mei, evidence_id=other, supports=fact)


def test_a_document_an_officer_verified_with_stays_even_after_the_fact_was_changed(
    house: House, actor: Cast
) -> None:
    case = a_case(house, stage="under_assessment")
    chen, ada = actor("chen_wei"), actor("ada_ko")
    held = next(one for one in own_credentials(house, chen) if one.qualification == "education.degree")
    fact = credential_fact(held.id)
    document = a_document(house, chen, supports=fact)
    with pytest.raises(Refused, match=r"evidence\.case_rests_on_it"):
        detach_evidence(house, chen, evidence_id=document, supports=fact)
    verify_fact(
        house,
        ada,
        reference=case.reference,
        seen=FactSeen(FactKind.CREDENTIAL, held.id, own_credential(house, chen, held.id).version),
        verified=True,
        method=VerificationMethod.ORIGINAL_SEEN,
    )
    with pytest.raises(Refused, match=r"evidence\.verified_rests_on_it"):
        detach_evidence(house, chen, evidence_id=document, supports=fact)
    fresh = own_credential(house, chen, held.id)
    answers = CredentialAnswers(fresh.days, {**fresh.attributes, "number": "X9"})
    change_credential(house, chen, credential_id=held.id, said=answers, version=fresh.version)
    assert own_credential(house, chen, held.id).standing is Standing.EVIDENCED
    with pytest.raises(Refused, match=r"evidence\.verified_rests_on_it"):
        detach_evidence(house, chen, evidence_id=document, supports=fact)


def test_a_document_is_removed_only_while_nothing_rests_on_it(
    home: House, drawer: Drawer, actor: Cast
) -> None:
    mei = actor("mei_lam")
    credential = a_credential(home, mei)
    fact = credential_fact(credential)
    document = a_document(home, mei, supports=fact)
    with pytest.raises(Refused, match=r"evidence\.still_attached"):
        remove_evidence(home, mei, evidence_id=document)
    assert len(drawer.kept) == 1
    detach_evidence(home, mei, evidence_id=document, supports=fact)
    remove_evidence(home, mei, evidence_id=document)
    assert (rows(home), drawer.kept) == (0, {})
    assert home.session.scalar(select(func.count()).select_from(EvidenceLink)) == 0
    (entry,) = journal_of(home, "evidence.removed")
    assert entry.facts["evidence"] == str(document)


def test_strangers_and_officers_touch_no_shelf_of_others(house: House, actor: Cast) -> None:
    document = a_document(house, actor("mei_lam"))
    with pytest.raises(NotFound, match=r"evidence\.not_found"):
        remove_evidence(house, actor("chen_wei"), evidence_id=document)
    with pytest.raises(NotFound, match=r"evidence\.not_found"):
        own_document(house, actor("chen_wei"), document)
    with pytest.raises(NotPermitted):
        own_shelf(house, actor("ada_ko"))
