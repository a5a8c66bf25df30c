"""The same file from two people: officers see that it is so, seldom whose, and the people are told nothing."""

from __future__ import annotations

from collections.abc import Callable

from portal.domain.files import OfferedFile
from portal.domain.people import Actor
from portal.services.case_files import open_file
from portal.services.credentials import own_credentials
from portal.services.evidence import upload_evidence
from portal.services.evidence_opening import open_evidence
from portal.services.house import House
from portal.services.same_files import SOMEBODY, OtherHolder
from tests.builders.decisions import a_case
from tests.builders.papers import a_photograph
from tests.builders.records import PDF, a_document, credential_fact, first_page

Cast = Callable[[str], Actor]


def flags(house: House, officer: Actor, reference: str) -> list[tuple[OtherHolder, ...]]:
    return list(open_file(house, officer, reference).same_files.values())


def test_a_file_on_one_shelf_raises_no_flag(house: House, actor: Cast) -> None:
    case = a_case(house, stage="submitted")
    a_document(house, actor("chen_wei"), words="same")
    a_document(house, actor("mei_lam"), words="another")
    assert flags(house, actor("ada_ko"), case.reference) == []


def test_another_persons_same_file_is_flagged_without_saying_whose(house: House, actor: Cast) -> None:
    case = a_case(house, stage="submitted")
    for member in ("chen_wei", "mei_lam"):
        a_document(house, actor(member), words="same")
    assert flags(house, actor("ada_ko"), case.reference) == [(SOMEBODY,)]


def test_whose_it_is_and_the_case_show_when_both_shelves_are_open_to_the_officer(
    house: House, actor: Cast
) -> None:
    case = a_case(house, stage="submitted", person="chen_wei")
    other = a_case(house, stage="submitted", person="mei_lam")
    for member in ("chen_wei", "mei_lam"):
        a_document(house, actor(member), words="same")
    assert flags(house, actor("ada_ko"), case.reference) == [(OtherHolder("LAM Mei", other.reference),)]


def test_a_cleaned_copy_handed_on_is_still_the_same_file(house: House, actor: Cast) -> None:
    case = a_case(house, stage="submitted")
    chen, mei = actor("chen_wei"), actor("mei_lam")
    held = own_credentials(house, chen)[0]
    document = a_document(house, chen, words="same", supports=credential_fact(held.id))
    file = first_page(house, chen, document)
    copy = open_evidence(house, chen, file_id=file).content
    upload_evidence(house, mei, offered=OfferedFile("mine.pdf", PDF, copy))
    assert open_file(house, actor("ada_ko"), case.reference).same_files == {file: (SOMEBODY,)}


def test_photographs_of_different_papers_are_different_files(house: House, actor: Cast) -> None:
    case = a_case(house, stage="submitted")
    for member, turned in (("chen_wei", False), ("mei_lam", True)):
        offered = OfferedFile("photo.jpg", "image/jpeg", a_photograph(turned=turned))
        upload_evidence(house, actor(member), offered=offered)
    assert flags(house, actor("ada_ko"), case.reference) == []
