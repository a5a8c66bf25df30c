"""Pages, translations, days and codes: added freely, taken away only while nobody relies on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal.domain.credentials import FactKind, Standing, VerificationMethod
from portal.domain.errors import Conflict, NotFound, Refused
from portal.domain.evidence import (
    DocumentAnswers,
    TranslationAnswers,
    TranslatorKind,
    Validity,
    WrittenLanguage,
)
from portal.domain.files import OfferedFile
from portal.domain.official_codes import CodeScheme
from portal.domain.people import Actor
from portal.models.records import JournalEntry
from portal.services.assessment import FactSeen, verify_fact
from portal.services.credentials import own_credential, own_credentials
from portal.services.evidence import attach_evidence, remove_evidence
from portal.services.evidence_pages import (
    add_page,
    add_translation,
    change_document,
    keep_code,
    move_page_up,
    remove_page,
    remove_translation,
)
from portal.services.house import House
from portal.services.shelf import cases_with_shelf, own_document, own_shelf
from tests.builders.decisions import a_case
from tests.builders.records import (
    PDF,
    a_credential,
    a_document,
    a_pdf,
    credential_fact,
    first_page,
)

Cast = Callable[[str], Actor]
TODAY = date(2026, 11, 22)
BY_A_NOTARY = TranslationAnswers(
    "River Notaries", TranslatorKind.NOTARY, WrittenLanguage.ENGLISH, date(2026, 3, 2)
)
A_CODE = DocumentAnswers("Degree", Validity(None, date(2027, 5, 1)), CodeScheme.CHSI, "123456789012")


def page(words: str, name: str = "page.pdf") -> OfferedFile:
    return OfferedFile(name, PDF, a_pdf(words))


def names(house: House, actor: Actor, document: UUID) -> list[str]:
    return [file.file_name for file in own_document(house, actor, document).pages]


def kinds(house: House) -> list[str]:
    found = house.session.scalars(select(JournalEntry.kind).where(JournalEntry.kind.like("evidence.%")))
    return sorted(found)


def test_a_document_has_pages_in_the_order_its_owner_wants(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    document = a_document(house, mei, name="one.pdf", words="one")
    add_page(house, mei, evidence_id=document, offered=page("two", "two.pdf"))
    third = UUID(add_page(house, mei, evidence_id=document, offered=page("three", "three.pdf")))
    assert names(house, mei, document) == ["one.pdf", "two.pdf", "three.pdf"]
    move_page_up(house, mei, evidence_id=document, file_id=third)
    assert names(house, mei, document) == ["one.pdf", "three.pdf", "two.pdf"]
    first = first_page(house, mei, document)
    move_page_up(house, mei, evidence_id=document, file_id=first)
    assert names(house, mei, document) == ["one.pdf", "three.pdf", "two.pdf"]
    remove_page(house, mei, evidence_id=document, file_id=third)
    assert names(house, mei, document) == ["one.pdf", "two.pdf"]
    with pytest.raises(Conflict):
        remove_page(house, mei, evidence_id=document, file_id=third)


def test_the_last_page_goes_only_with_its_document_and_the_same_page_comes_once(
    house: House, actor: Cast
) -> None:
    mei = actor("mei_lam")
    document = a_document(house, mei, words="one")
    with pytest.raises(Refused, match=r"evidence\.last_page"):
        remove_page(house, mei, evidence_id=document, file_id=first_page(house, mei, document))
    with pytest.raises(Refused, match=r"evidence\.on_the_shelf"):
        add_page(house, mei, evidence_id=document, offered=page("one"))
    assert len(own_document(house, mei, document).files) == 1


def test_a_translation_stands_beside_the_original_with_who_made_it(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    document = a_document(house, mei, words="original")
    made = UUID(add_translation(house, mei, evidence_id=document, said=BY_A_NOTARY, offered=page("english")))
    add_page(house, mei, evidence_id=document, offered=page("more"), translation_id=made)
    shelved = own_document(house, mei, document)
    (translation,) = shelved.translations
    assert (translation.translator, translation.kind) == ("River Notaries", TranslatorKind.NOTARY)
    assert (translation.language, translation.translated_on) == (WrittenLanguage.ENGLISH, date(2026, 3, 2))
    assert (len(shelved.pages), len(translation.pages), len(shelved.files)) == (1, 2, 3)
    kept = [house.storage.get(f"{mei.person_id}/{file.id}") for file in translation.pages]
    assert all(content.startswith(b"%PDF-") for content in kept)
    remove_translation(house, mei, evidence_id=document, translation_id=made)
    assert own_document(house, mei, document).translations == ()
    with pytest.raises(KeyError):
        house.storage.get(f"{mei.person_id}/{translation.pages[0].id}")
    assert kinds(house) == [
        "evidence.page_added",
        "evidence.translated",
        "evidence.translation_removed",
        "evidence.uploaded",
    ]


def test_everything_missing_of_a_translation_is_said_at_once() -> None:
    nothing = TranslationAnswers(" ", None, None, None)
    assert [problem.field for problem in nothing.problems(today=TODAY)] == [
        "translator",
        "kind",
        "language",
        "translated_on",
    ]
    ahead = TranslationAnswers("A", TranslatorKind.NOTARY, WrittenLanguage.ENGLISH, date(2027, 1, 1))
    assert [problem.code for problem in ahead.problems(today=TODAY)] == ["evidence.issued_ahead"]


def test_days_that_cannot_be_right_are_refused() -> None:
    def codes(issued_on: date | None, valid_until: date | None) -> list[str]:
        return [each.code for each in Validity(issued_on, valid_until).problems(today=TODAY)]

    assert codes(date(2026, 11, 22), date(2026, 11, 22)) == []
    assert codes(date(2026, 11, 23), None) == ["evidence.issued_ahead"]
    assert codes(date(1940, 1, 1), None) == ["evidence.issued_too_old"]
    assert codes(date(2026, 1, 2), date(2026, 1, 1)) == ["evidence.ends_before_it_begins"]
    assert codes(None, date(2099, 1, 1)) == ["evidence.ends_too_far_ahead"]


def test_a_document_that_has_run_out_supports_nothing_new(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    credential = a_credential(house, mei)
    old = a_document(house, mei, validity=Validity(None, date(2026, 11, 21)))
    with pytest.raises(Refused, match=r"evidence\.run_out"):
        attach_evidence(house, mei, evidence_id=old, supports=credential_fact(credential))
    version = own_document(house, mei, old).version
    renewed = DocumentAnswers(validity=Validity(None, date(2026, 11, 22)))
    change_document(house, mei, evidence_id=old, said=renewed, version=version)
    attach_evidence(house, mei, evidence_id=old, supports=credential_fact(credential))
    assert own_credential(house, mei, credential).standing is Standing.EVIDENCED


def test_a_case_rests_on_documents_that_held_when_it_was_handed_in(house: House, actor: Cast) -> None:
    case = a_case(house, stage="submitted")
    chen = actor("chen_wei")
    held = own_credentials(house, chen)[0]
    valid, ran_out = (
        a_document(house, chen, supports=credential_fact(held.id), words=words, validity=validity)
        for words, validity in (("a", Validity(None, date(2026, 11, 22))), ("b", Validity()))
    )
    (known,) = cases_with_shelf(house, chen)
    assert (known.reference, known.submitted_on) == (case.reference, TODAY)
    assert known.rests_on(own_document(house, chen, valid))
    change = DocumentAnswers(validity=Validity(None, date(2026, 11, 21)))
    version = own_document(house, chen, ran_out).version
    change_document(house, chen, evidence_id=ran_out, said=change, version=version)
    assert not known.rests_on(own_document(house, chen, ran_out))
    assert not known.rests_on(own_document(house, chen, a_document(house, chen, words="unattached")))


def test_a_code_is_evidence_without_a_file(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    credential = a_credential(house, mei)
    made = UUID(keep_code(house, mei, said=A_CODE, supports=credential_fact(credential), once="k"))
    shelved = own_document(house, mei, made)
    assert (shelved.said, shelved.files) == (A_CODE, ())
    assert own_credential(house, mei, credential).standing is Standing.EVIDENCED
    with pytest.raises(Refused, match=r"evidence\.code_missing"):
        change_document(house, mei, evidence_id=made, said=DocumentAnswers(), version=shelved.version)
    assert "123456789012" not in str([entry.facts for entry in house.session.scalars(select(JournalEntry))])


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (DocumentAnswers(), "evidence.scheme_missing"),
        (DocumentAnswers(scheme=CodeScheme.CHSI), "evidence.code_missing"),
        (DocumentAnswers(code="1"), "evidence.scheme_missing"),
        (DocumentAnswers(scheme=CodeScheme.OTHER, code="1" * 61), "evidence.too_long"),
    ],
)
def test_half_a_code_is_refused(house: House, actor: Cast, said: DocumentAnswers, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        keep_code(house, actor("mei_lam"), said=said)
    assert refusal.value.code == code
    assert list(own_shelf(house, actor("mei_lam"))) == []


def test_what_officers_look_at_loses_nothing_and_may_gain(house: House, actor: Cast) -> None:
    case = a_case(house, stage="under_assessment")
    chen, ada = actor("chen_wei"), actor("ada_ko")
    held = own_credentials(house, chen)[0]
    document = a_document(house, chen, supports=credential_fact(held.id), words="one")
    second = UUID(add_page(house, chen, evidence_id=document, offered=page("two")))
    with pytest.raises(Refused, match=r"evidence\.looked_at"):
        remove_page(house, chen, evidence_id=document, file_id=second)
    version = own_credential(house, chen, held.id).version
    verify_fact(
        house,
        ada,
        reference=case.reference,
        seen=FactSeen(FactKind.CREDENTIAL, held.id, version),
        verified=True,
        method=VerificationMethod.ORIGINAL_SEEN,
    )
    with pytest.raises(Refused, match=r"evidence\.relied_on"):
        remove_page(house, chen, evidence_id=document, file_id=second)
    seen = own_document(house, chen, document).version
    with pytest.raises(Refused, match=r"evidence\.relied_on"):
        change_document(house, chen, evidence_id=document, said=A_CODE, version=seen)
    renewed = DocumentAnswers("", Validity(None, date(2027, 1, 1)))
    change_document(house, chen, evidence_id=document, said=renewed, version=seen)
    with pytest.raises(Conflict):
        change_document(house, chen, evidence_id=document, said=renewed, version=seen)


def test_strangers_change_nothing(house: House, actor: Cast) -> None:
    mei, chen = actor("mei_lam"), actor("chen_wei")
    document = a_document(house, mei)
    file = first_page(house, mei, document)
    made = UUID(add_translation(house, mei, evidence_id=document, said=BY_A_NOTARY, offered=page("x")))
    acts: list[Callable[[], str]] = [
        lambda: add_page(house, chen, evidence_id=document, offered=page("y")),
        lambda: move_page_up(house, chen, evidence_id=document, file_id=file),
        lambda: remove_page(house, chen, evidence_id=document, file_id=file),
        lambda: add_translation(house, chen, evidence_id=document, said=BY_A_NOTARY, offered=page("z")),
        lambda: remove_translation(house, chen, evidence_id=document, translation_id=made),
        lambda: change_document(house, chen, evidence_id=document, said=A_CODE, version=1),
        lambda: remove_evidence(house, chen, evidence_id=document),
        lambda: add_page(house, mei, evidence_id=document, offered=page("w"), translation_id=uuid4()),
    ]
    for act in acts:
        with pytest.raises(NotFound, match=r"evidence\.not_found"):
            act()
    assert len(own_document(house, mei, document).files) == 2
