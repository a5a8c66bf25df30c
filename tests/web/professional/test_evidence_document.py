"""The page of one document: pages, translations, codes, days, and what officers read of all this."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from portal.domain.evidence import Validity
from portal.domain.files import OfferedFile
from portal.domain.people import Actor
from portal.services.credentials import own_credentials
from portal.services.evidence import upload_evidence
from portal.services.house import House
from portal.services.shelf import own_document, own_shelf
from tests.builders.decisions import a_case
from tests.builders.papers import a_pdf_with_a_script, a_photograph, a_signatory, signed
from tests.builders.records import (
    NO_DAYS,
    PDF,
    a_credential,
    a_document,
    a_pdf,
    credential_fact,
    first_page,
)
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import (
    a_day,
    errors_of,
    fields_of,
    form_of,
    resend,
    send,
    title_of,
    words_of,
)

Cast = Callable[[str], Actor]
SignIn = Callable[[str], StrictClient]


def sent_file(content: bytes, name: str = "page.pdf") -> tuple[BytesIO, str, str]:
    return BytesIO(content), name, PDF if name.endswith("pdf") else "image/jpeg"


def posted(client: StrictClient, path: str, **fields: Any) -> TestResponse:
    answer = send(client, path, **fields)
    answer.request.environ["wsgi.input"].close()
    return answer


def test_pages_are_added_moved_and_removed(house: House, sign_in: SignIn, actor: Cast) -> None:
    me = actor("mei_lam")
    document = a_document(house, me, name="one.pdf", words="one")
    mei, path = sign_in("mei_lam"), f"/me/evidence/{document}"
    answer = posted(mei, f"{path}/pages/new", file=sent_file(a_photograph(), "photo.jpg"))
    assert answer.location.endswith(path)
    page = mei.get(path)
    assert "Redrawn: position, camera and other hidden notes were removed" in words_of(page)
    second = own_document(house, me, document).pages[1].id
    assert resend(mei, page, action=f"{path}/pages/{second}/up").status_code == 303
    assert own_document(house, me, document).pages[0].id == second
    assert title_of(mei.get(f"{path}/pages/{second}/remove")) == "Remove this page?"
    assert send(mei, f"{path}/pages/{second}/remove").status_code == 303
    last = first_page(house, me, document)
    refused = send(mei, f"{path}/pages/{last}/remove")
    assert errors_of(refused) == ["This is the only page. Remove the whole document or translation instead."]


def test_a_translation_asks_who_made_it_and_says_everything_missing_at_once(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    me = actor("mei_lam")
    document = a_document(house, me)
    mei, path = sign_in("mei_lam"), f"/me/evidence/{document}"
    empty = send(mei, f"{path}/translations/new")
    assert errors_of(empty) == [
        "Enter the name of the translator or firm.",
        "Choose what the translator is.",
        "Choose the language of the translation.",
        "Enter the day of the translation.",
        "Choose a file.",
    ]
    typed = {
        "translator": "River Notaries",
        "kind": "notary",
        "language": "en",
        **a_day("translated_on", 2026, 3, 2),
    }
    wrong = posted(mei, f"{path}/translations/new", file=sent_file(a_pdf_with_a_script()), **typed)
    assert fields_of(form_of(wrong))["translator"] == "River Notaries"
    answer = posted(mei, f"{path}/translations/new", file=sent_file(a_pdf("english")), **typed)
    assert answer.status_code == 303
    assert "Translation into English by River Notaries (Notary), 2 March 2026" in words_of(mei.get(path))
    (translation,) = own_document(house, me, document).translations
    further = f"{path}/pages/new?translation={translation.id}"
    assert posted(mei, further, file=sent_file(a_pdf("more"))).status_code == 303
    assert len(own_document(house, me, document).translations[0].pages) == 2
    assert mei.get(f"{path}/pages/new?translation={document}").status_code == 404
    assert send(mei, f"{path}/translations/{translation.id}/remove").status_code == 303
    assert own_document(house, me, document).translations == ()


@pytest.mark.parametrize(
    ("scheme", "code", "words"),
    [
        ("chsi", "1234 5678 9012", "The form fits."),
        ("chsi", "12345", "Check it for a typing error."),
        ("cscse", "12345", "Form not checked"),
        ("jucc", "abc", "Form not checked"),
    ],
)
def test_a_code_is_kept_whatever_its_form_and_the_page_says_what_is_known_of_it(
    house: House, sign_in: SignIn, actor: Cast, scheme: str, code: str, words: str
) -> None:
    mei = sign_in("mei_lam")
    credential = a_credential(house, actor("mei_lam"))
    answer = send(mei, f"/me/evidence/code?supports=credential:{credential}", scheme=scheme, code=code)
    assert answer.status_code == 303
    assert words in words_of(mei.get(answer.location))
    assert own_shelf(house, actor("mei_lam"))[0].supports == (credential_fact(credential),)


def test_half_a_code_and_impossible_days_come_back_with_what_was_typed(sign_in: SignIn) -> None:
    page = send(
        sign_in("mei_lam"),
        "/me/evidence/code",
        code="123456789012",
        **a_day("issued_on", 2026, 5, 1),
        **a_day("valid_until", 2026, 4, 1),
    )
    assert page.status_code == 422
    assert errors_of(page) == [
        "Choose whose code it is.",
        "The last day must be on or after the day of issue.",
    ]
    assert fields_of(form_of(page))["code"] == "123456789012"


def test_what_is_said_can_change_and_a_stale_page_shows_both(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    document = a_document(house, actor("mei_lam"), description="Degree")
    mei, path = sign_in("mei_lam"), f"/me/evidence/{document}/change"
    stale = mei.get(path)
    assert send(mei, path, description="Diploma").status_code == 303
    page = resend(mei, stale, action=path, description="Certificate")
    assert page.status_code == 409
    assert "Diploma" in words_of(page)
    assert fields_of(form_of(page))["description"] == "Certificate"
    assert resend(mei, page, action=path).status_code == 303
    assert own_document(house, actor("mei_lam"), document).said.description == "Certificate"


def test_a_document_that_ran_out_says_so_and_is_not_offered(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    me = actor("mei_lam")
    a_document(house, me, validity=Validity(None, house.clock.today().replace(month=1)))
    credential = a_credential(house, me)
    mei = sign_in("mei_lam")
    assert "Ran out on 22 January 2026: it does not support new applications." in words_of(
        mei.get("/me/evidence")
    )
    page = mei.get(f"/me/evidence/new?supports=credential:{credential}")
    assert "Or use a document that is on your shelf" not in words_of(page)


def test_a_script_is_told_where_to_go_and_a_browser_is_led_there(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    mei = sign_in("mei_lam")
    page = mei.get("/me/evidence/new")
    fields = {**fields_of(form_of(page)), "file": sent_file(a_pdf("x"))}
    answer = mei.post("/me/evidence/new", data=fields, headers={"X-Requested-With": "upload"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert "Uploaded." in words_of(mei.get(answer.location))


def test_officers_read_pages_translations_days_and_signatures_but_never_valid(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    case = a_case(house, stage="submitted")
    chen = actor("chen_wei")
    held = own_credentials(house, chen)[0]
    offered = OfferedFile("report.pdf", PDF, signed(a_pdf(), a_signatory()))
    upload_evidence(house, chen, offered=offered, supports=credential_fact(held.id))
    for member in ("chen_wei", "mei_lam"):
        supports = credential_fact(held.id) if member == "chen_wei" else None
        a_document(house, actor(member), words="shared", supports=supports)
    ada = sign_in("ada_ko")
    page = words_of(ada.get(f"/desk/cases/{case.reference}"))
    assert "Signed by Registry of Testing" in page
    assert "it covers the whole file. Signer unknown to us." in page
    assert "valid signature" not in page
    assert "The same file was also handed in by another person." in page
    assert "Not scanned for malware" in page
    chens = words_of(sign_in("chen_wei").get("/me/evidence"))
    assert "another person" not in chens
    other = a_case(house, stage="submitted", person="mei_lam")
    assert f'href="/desk/cases/{other.reference}"' in ada.get(f"/desk/cases/{case.reference}").text


def test_the_pages_of_the_shelf_cost_few_statements_however_full_it_is(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    me = actor("mei_lam")
    documents: list[UUID] = [
        a_document(house, me, words=str(number), validity=NO_DAYS) for number in range(12)
    ]
    mei = sign_in("mei_lam")
    for path in ("/me/evidence", f"/me/evidence/{documents[0]}", "/me/evidence/new"):
        with at_most(12):
            mei.get(path)


def test_from_its_own_page_a_document_is_attached_to_one_more_fact(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    me = actor("mei_lam")
    document, credential = a_document(house, me), a_credential(house, me)
    mei, path = sign_in("mei_lam"), f"/me/evidence/{document}"
    fact = f"credential:{credential}"
    assert errors_of(send(mei, path, action=f"{path}/supports")) == ["Choose what it supports."]
    assert send(mei, path, action=f"{path}/supports", supports=fact).location.endswith(path)
    assert own_document(house, me, document).supports == (credential_fact(credential),)
    with at_most(12):
        page = mei.get(path)
    assert "Attached." in words_of(page)
    assert f'value="{fact}"' not in page.text


def test_a_document_cannot_be_attached_to_what_is_anothers(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    me = actor("mei_lam")
    document, mine = a_document(house, me), a_credential(house, me)
    theirs = a_credential(house, actor("chen_wei"))
    mei, path = sign_in("mei_lam"), f"/me/evidence/{document}"
    refused = send(mei, path, action=f"{path}/supports", supports=f"credential:{theirs}")
    assert errors_of(refused) == ["Choose one from the list."]
    assert own_document(house, me, document).supports == ()
    strangers = sign_in("chen_wei")
    sent = fields_of(form_of(mei.get(path), f"{path}/supports"))
    assert strangers.post(
        f"{path}/supports", data={**sent, "supports": f"credential:{mine}"}
    ).status_code in (400, 404)


def test_a_document_that_has_run_out_is_attached_to_nothing_more(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    me = actor("mei_lam")
    a_credential(house, me)
    document = a_document(house, me, validity=Validity(valid_until=house.clock.today() - timedelta(days=1)))
    assert "Attach it to" not in words_of(sign_in("mei_lam").get(f"/me/evidence/{document}"))
