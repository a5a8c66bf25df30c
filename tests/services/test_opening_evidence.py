"""Who may open a document: its owner, and officers on whose desk a case of the owner lies."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from portal.domain.errors import NotFound
from portal.domain.people import Actor
from portal.models.records import JournalEntry
from portal.services.evidence_opening import may_open_evidence, open_evidence
from portal.services.house import House
from tests.builders.decisions import a_case
from tests.builders.records import a_document, first_page

Cast = Callable[[str], Actor]


def journal_of(house: House, kind: str) -> list[JournalEntry]:
    return list(house.session.scalars(select(JournalEntry).where(JournalEntry.kind == kind)))


def test_an_officer_opens_what_lies_on_their_jurisdictions_desk_and_it_is_written_down(
    house: House, actor: Cast
) -> None:
    a_case(house, stage="submitted")
    document = a_document(house, actor("chen_wei"))
    file = first_page(house, actor("chen_wei"), document)
    opened = open_evidence(house, actor("ada_ko"), file_id=file)
    assert opened.content.startswith(b"%PDF-")
    entry = journal_of(house, "evidence.opened")[-1]
    assert entry.account_id == actor("ada_ko").account_id
    assert entry.facts == {"evidence": str(document), "file": str(file)}


@pytest.mark.parametrize(
    ("stage", "officer", "may"),
    [
        ("draft", "ada_ko", False),
        ("submitted", "ada_ko", True),
        ("under_assessment", "bo_yip", True),
        ("recommended", "bo_yip", True),
        ("granted_with_conditions", "ada_ko", True),
        ("granted", "ada_ko", False),
        ("declined", "ada_ko", False),
        ("submitted", "su_qing", False),
        ("submitted", "wu_hai", False),
        ("submitted", "harbour_works", False),
        ("submitted", "sys", False),
        ("submitted", "mei_lam", False),
        ("draft", "chen_wei", True),
    ],
)
def test_who_may_open_follows_the_case_and_its_jurisdiction(
    house: House, actor: Cast, stage: str, officer: str, may: bool
) -> None:
    a_case(house, stage=stage)
    document = a_document(house, actor("chen_wei"))
    file, owner = first_page(house, actor("chen_wei"), document), actor("chen_wei").person_id
    assert owner is not None
    assert may_open_evidence(house, actor(officer), owner) is may
    if not may:
        with pytest.raises(NotFound, match=r"evidence\.not_found"):
            open_evidence(house, actor(officer), file_id=file)


def test_a_case_on_the_other_bank_opens_documents_to_that_banks_officers(house: House, actor: Cast) -> None:
    a_case(house, stage="submitted", person="mei_lam", target="sz.amac.practitioner")
    document = a_document(house, actor("mei_lam"))
    file = first_page(house, actor("mei_lam"), document)
    open_evidence(house, actor("su_qing"), file_id=file)
    with pytest.raises(NotFound):
        open_evidence(house, actor("ada_ko"), file_id=file)
