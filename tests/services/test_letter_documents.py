"""Letters as documents: the frozen words, for the reader and for officers to whom the case is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal.domain.errors import NotFound
from portal.models.cases import Case, Declaration, Letter
from portal.models.records import JournalEntry
from portal.services.house import House
from portal.services.letter_documents import open_letter
from tests.builders.decisions import a_case, an_actor
from tests.documents import broken_claims, pdfsig, text_of


def letter_of(house: House, case: Case) -> Letter:
    return house.session.scalars(select(Letter).where(Letter.case_id == case.id)).one()


def openings(house: House) -> int:
    return (
        house.session.scalar(
            select(func.count()).select_from(JournalEntry).where(JournalEntry.kind == "letter.opened")
        )
        or 0
    )


@pytest.mark.parametrize("stage", ["granted", "granted_with_conditions", "declined"])
def test_a_letter_is_signed_and_says_its_frozen_words(house: House, tmp_path: Path, stage: str) -> None:
    case = a_case(house, stage=stage)
    letter = letter_of(house, case)
    opened = open_letter(house, an_actor(house, "chen_wei"), letter.id)
    assert opened.file_name == f"{case.reference}-2026-11-22.pdf"
    assert broken_claims(opened.content) == []
    assert "Signature is Valid." in pdfsig(opened.content, tmp_path)
    said = "".join(text_of(opened.content, tmp_path).split())
    for line in (letter.subject, *letter.body.splitlines()):
        words = "".join(line.split())
        for sign in ("–", "[■]", "[▨]", "[]"):
            words = words.removeprefix(sign)
        assert words in said, line


@pytest.mark.parametrize(("stage", "shows"), [("granted", True), ("declined", False)])
def test_only_a_letter_about_a_recognition_shows_where_it_is_checked(
    house: House, tmp_path: Path, stage: str, shows: bool
) -> None:
    letter = letter_of(house, a_case(house, stage=stage))
    opened = open_letter(house, an_actor(house, "chen_wei"), letter.id)
    assert ("/check" in text_of(opened.content, tmp_path)) is shows


def test_strangers_learn_nothing(house: House) -> None:
    letter = letter_of(house, a_case(house, stage="declined"))
    for stranger in ("mei_lam", "su_qing", "wu_hai"):
        with pytest.raises(NotFound):
            open_letter(house, an_actor(house, stranger), letter.id)
    assert openings(house) == 0


def test_an_officer_opens_the_letter_of_a_case_that_is_open_to_them(house: House) -> None:
    letter = letter_of(house, a_case(house, stage="declined"))
    assert open_letter(house, an_actor(house, "bo_yip"), letter.id).content.startswith(b"%PDF-1.7")
    assert openings(house) == 1
    open_letter(house, an_actor(house, "chen_wei"), letter.id)
    assert openings(house) == 1


def test_without_the_applicants_consent_no_officer_opens_it(house: House) -> None:
    case = a_case(house, stage="declined")
    letter_id = letter_of(house, case).id
    for given in house.session.scalars(select(Declaration).where(Declaration.case_id == case.id)):
        house.session.delete(given)
    house.session.commit()
    with pytest.raises(NotFound):
        open_letter(house, an_actor(house, "bo_yip"), letter_id)
    assert openings(house) == 0
