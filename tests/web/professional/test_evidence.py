"""The shelf's pages: uploading, attaching, opening, taking off, removing."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from portal.domain.credentials import Standing
from portal.domain.people import Actor
from portal.services.credentials import own_credential, withdraw_credential
from portal.services.house import House
from portal.services.people import read_oneself
from portal.services.shelf import own_document, own_shelf
from portal.web.professional.evidence.arrivals import MOST_READ_BYTES
from tests.builders.decisions import a_case
from tests.builders.records import (
    PDF,
    a_credential,
    a_description,
    a_document,
    a_pdf,
    a_period_of_work,
    a_picture,
    credential_fact,
    first_page,
)
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import errors_of, fields_of, form_of, resend, send, title_of, words_of

Cast = Callable[[str], Actor]
SignIn = Callable[[str], StrictClient]
UPLOAD = "/me/evidence/new"


def upload(
    client: StrictClient,
    content: bytes,
    *,
    path: str = UPLOAD,
    name: str = "certificate.pdf",
    media_type: str = PDF,
    **fields: str,
) -> TestResponse:
    answer = send(client, path, file=(BytesIO(content), name, media_type), **fields)
    # The test client keeps what it sends in a file of its own when it is large.
    answer.request.environ["wsgi.input"].close()
    return answer


def test_a_document_lands_on_the_shelf_and_says_that_nobody_scanned_it(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    mei = sign_in("mei_lam")
    answer = upload(mei, a_pdf(), name="畢業證書.pdf", description="Degree")
    assert answer.status_code == 303
    words = words_of(mei.get(answer.location))
    assert "畢業證書.pdf" in words
    assert "Degree" in words
    assert "Not scanned for malware" in words
    assert "no malware scanner" in words_of(mei.get("/me/evidence"))


def test_from_the_page_of_a_credential_a_document_is_attached_at_once(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    made = a_credential(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    answer = upload(mei, a_pdf(), path=f"{UPLOAD}?supports=credential:{made}")
    assert answer.location.endswith(f"/me/credentials/{made}")
    assert "certificate.pdf" in words_of(mei.get(answer.location))
    assert own_credential(house, actor("mei_lam"), made).standing is Standing.EVIDENCED


def test_work_and_personal_facts_take_documents_too(house: House, sign_in: SignIn, actor: Cast) -> None:
    me = actor("mei_lam")
    a_description(house, me, answers={"chinese_citizen": True})
    citizen = read_oneself(house, me).facts["chinese_citizen"]
    work = a_period_of_work(house, me)
    mei = sign_in("mei_lam")
    for spelled, page in ((f"work:{work}", "/me/work"), (f"personal:{citizen.id}", "/me/about-me")):
        answer = upload(mei, a_pdf(spelled), path=f"{UPLOAD}?supports={spelled}")
        assert answer.status_code == 303
        assert page in answer.location
        assert "Evidence attached" in words_of(mei.get(page))


@pytest.mark.parametrize(
    ("content", "name", "media_type", "message"),
    [
        (b"", "empty.pdf", PDF, "This file is empty. Choose another one."),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "picture.pdf",
            PDF,
            "This is not a PDF, JPEG or PNG file, whatever its name says. Save the document as one of these.",
        ),
        (
            b"<html><script>1</script></html>",
            "page.pdf",
            PDF,
            "This is not a PDF, JPEG or PNG file, whatever its name says. Save the document as one of these.",
        ),
        (
            a_pdf(),
            "paper.png",
            "image/png",
            "The name ends in png, but the file is something else. Save it again under the right ending.",
        ),
        (
            a_picture("PNG"),
            "scan.png",
            PDF,
            "The name ends in png, but the file is something else. Save it again under the right ending.",
        ),
        (
            a_pdf(password="river"),
            "locked.pdf",
            PDF,
            "This PDF is encrypted. Save a copy without a password and upload that.",
        ),
        (
            b"PK" + a_pdf(),
            "before.pdf",
            PDF,
            "There is something before or after the document inside this file. Print or save it as a new PDF and upload that.",
        ),
        (
            a_picture("JPEG") + b"PK\x03\x04",
            "after.jpg",
            "image/jpeg",
            "There is something before or after the document inside this file. Print or save it as a new PDF and upload that.",
        ),
        (
            a_picture("PNG")[:-30],
            "cut.png",
            "image/png",
            "This file is damaged or incomplete, so nobody could read it. Save or scan the document again.",
        ),
        (
            a_pdf() + b" " * (10 * 1024 * 1024),
            "big.pdf",
            PDF,
            "This file is larger than 10 MB. Make it smaller, or upload it in parts.",
        ),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_at_its_field(
    house: House, sign_in: SignIn, actor: Cast, content: bytes, name: str, media_type: str, message: str
) -> None:
    page = upload(sign_in("mei_lam"), content, name=name, media_type=media_type, description="Degree")
    assert page.status_code == 422
    assert errors_of(page) == [message]
    assert fields_of(form_of(page))["description"] == "Degree"
    assert own_shelf(house, actor("mei_lam")) == []


def test_no_file_and_a_long_description_are_both_named(sign_in: SignIn) -> None:
    page = send(sign_in("mei_lam"), UPLOAD, description="x" * 201)
    assert page.status_code == 422
    assert errors_of(page) == ["Choose a file.", "Use 200 characters or fewer. You typed 201."]


def test_a_file_far_too_large_keeps_what_was_typed_and_beyond_reason_gets_a_page_of_its_own(
    sign_in: SignIn,
) -> None:
    page = upload(sign_in("mei_lam"), bytes(20 * 1024 * 1024), description="Degree")
    assert errors_of(page) == ["This file is larger than 10 MB. Make it smaller, or upload it in parts."]
    assert fields_of(form_of(page))["description"] == "Degree"
    assert upload(sign_in("mei_lam"), bytes(MOST_READ_BYTES + 1)).status_code == 413


def test_the_same_bytes_again_say_so(house: House, sign_in: SignIn, actor: Cast) -> None:
    mei = sign_in("mei_lam")
    upload(mei, a_pdf("same"))
    answer = upload(mei, a_pdf("same"), name="copy.pdf")
    assert "it was not stored twice" in words_of(mei.get(answer.location))
    assert len(own_shelf(house, actor("mei_lam"))) == 1


def test_a_double_click_is_one_document(house: House, sign_in: SignIn, actor: Cast) -> None:
    mei = sign_in("mei_lam")
    page = mei.get(UPLOAD)
    for words in ("one", "two"):
        answer = resend(mei, page, file=(BytesIO(a_pdf(words)), "a.pdf", PDF))
        assert answer.status_code == 303
    assert len(own_shelf(house, actor("mei_lam"))) == 1


def test_a_document_on_the_shelf_can_be_used_again(house: House, sign_in: SignIn, actor: Cast) -> None:
    me = actor("mei_lam")
    document, made = a_document(house, me), a_credential(house, me)
    mei = sign_in("mei_lam")
    page = mei.get(f"{UPLOAD}?supports=credential:{made}")
    action = f"/me/evidence/attach?supports=credential:{made}"
    empty = resend(mei, page, action=action)
    assert (empty.status_code, errors_of(empty)) == (422, ["Choose a document."])
    answer = resend(mei, page, action=action, **{"shelf-document": str(document)})
    assert answer.status_code == 303
    assert own_credential(house, me, made).standing is Standing.EVIDENCED


def test_another_persons_document_or_fact_is_not_offered_and_not_taken(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    theirs = a_credential(house, actor("chen_wei"))
    document = a_document(house, actor("chen_wei"))
    mei = sign_in("mei_lam")
    assert mei.get(f"{UPLOAD}?supports=credential:{theirs}").status_code == 404
    assert mei.get(f"{UPLOAD}?supports=nonsense").status_code == 404
    made = a_credential(house, actor("mei_lam"), supported=False)
    a_document(house, actor("mei_lam"))
    page = mei.get(f"{UPLOAD}?supports=credential:{made}")
    action = f"/me/evidence/attach?supports=credential:{made}"
    assert resend(mei, page, action=action, **{"shelf-document": str(document)}).status_code == 422
    assert upload(mei, a_pdf("x"), supports=f"credential:{theirs}").status_code == 422


def test_a_download_is_an_attachment_under_its_own_name_and_nothing_else(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    document = a_document(house, actor("mei_lam"), name="畢業證書 (正本).pdf")
    file = first_page(house, actor("mei_lam"), document)
    answer = sign_in("mei_lam").get(f"/me/evidence/files/{file}")
    assert answer.data.startswith(b"%PDF-")
    assert answer.mimetype == PDF
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=document.pdf; filename*=UTF-8''")
    assert unquote(disposition.rpartition("''")[2]) == "畢業證書 (正本).pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].endswith("; sandbox")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("member", "status"),
    [
        ("chen_wei", 200),
        ("ada_ko", 200),
        ("bo_yip", 200),
        ("su_qing", 404),
        ("mei_lam", 404),
        ("wu_hai", 403),
        ("harbour_works", 403),
        ("sys", 403),
    ],
)
def test_the_owner_and_officers_with_the_case_open_it_and_nobody_else(
    house: House, sign_in: SignIn, actor: Cast, member: str, status: int
) -> None:
    a_case(house, stage="submitted")
    document = a_document(house, actor("chen_wei"))
    file = first_page(house, actor("chen_wei"), document)
    assert sign_in(member).get(f"/me/evidence/files/{file}").status_code == status


def test_somebody_signed_out_is_led_to_the_sign_in_page(
    client: StrictClient, house: House, actor: Cast
) -> None:
    document = a_document(house, actor("mei_lam"))
    answer = client.get(f"/me/evidence/files/{first_page(house, actor('mei_lam'), document)}")
    assert answer.status_code == 303
    assert "sign-in" in answer.location


def test_taking_off_asks_first_and_leaves_the_document_on_the_shelf(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    me = actor("mei_lam")
    made = a_credential(house, me)
    document = a_document(house, me, supports=credential_fact(made))
    mei = sign_in("mei_lam")
    path = f"/me/evidence/{document}/detach?supports=credential:{made}"
    assert title_of(mei.get(path)) == "Take this document off?"
    assert send(mei, path).status_code == 303
    assert own_credential(house, me, made).standing is Standing.DECLARED
    assert own_document(house, me, document).supports == ()
    assert mei.get(path).status_code == 404


def test_what_a_case_rests_on_stays_and_the_page_says_why(house: House, sign_in: SignIn, actor: Cast) -> None:
    a_case(house, stage="submitted")
    chen = actor("chen_wei")
    made = a_credential(house, chen)
    document = a_document(house, chen, supports=credential_fact(made))
    browser = sign_in("chen_wei")
    browser.get("/me?language=en")
    page = send(browser, f"/me/evidence/{document}/detach?supports=credential:{made}")
    assert page.status_code == 422
    assert "One of your applications is being looked at" in errors_of(page)[0]


def test_removing_is_offered_only_while_nothing_rests_on_it(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    me = actor("mei_lam")
    made = a_credential(house, me)
    document = a_document(house, me, supports=credential_fact(made))
    mei = sign_in("mei_lam")
    page = mei.get(f"/me/evidence/{document}/remove")
    assert "It supports something you declared" in words_of(page)
    assert not page.text.count("deleted for good")
    withdraw_credential(house, me, credential_id=made, version=own_credential(house, me, made).version)
    send(mei, f"/me/evidence/{document}/detach?supports=credential:{made}")
    assert send(mei, f"/me/evidence/{document}/remove").status_code == 303
    assert own_shelf(house, me) == []


@pytest.mark.parametrize(
    "tail",
    [
        "",
        "/remove",
        "/change",
        "/pages/new",
        "/translations/new",
        "/pages/{file}/remove",
        "/detach?supports=credential:x",
    ],
)
def test_a_document_that_is_not_ones_own_does_not_exist(
    house: House, sign_in: SignIn, actor: Cast, tail: str
) -> None:
    document = a_document(house, actor("mei_lam"))
    tail = tail.format(file=first_page(house, actor("mei_lam"), document))
    assert sign_in("chen_wei").get(f"/me/evidence/{document}{tail}").status_code == 404
    assert sign_in("mei_lam").get(f"/me/evidence/{uuid4()}{tail}").status_code == 404


@pytest.mark.parametrize("tail", ["new", "{document}/pages/new", "{document}/translations/new"])
def test_a_machine_that_sends_files_without_end_is_held_back(
    house: House, sign_in: SignIn, actor: Cast, tail: str
) -> None:
    path = f"/me/evidence/{tail.format(document=a_document(house, actor('mei_lam')))}"
    mei = sign_in("mei_lam")
    sent = fields_of(form_of(mei.get(path)))
    answers = [mei.post(path, data=sent).status_code for _ in range(31)]
    assert answers == [422] * 30 + [429]
    assert mei.get(path).status_code == 200
