"""The pages on which people add and remove names and identity documents. Every number is invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from portal.domain.names import NameKind, NameProof, StatedName
from portal.domain.people import Actor
from portal.models.records import KeptForm
from portal.services.house import House
from tests.builders.identity import a_name, an_hkid, an_identity_document, pairs_proposed, papers
from tests.builders.records import a_description
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import a_day, errors_of, fields_of, form_of, resend, send, words_of

Cast = Callable[[str], Actor]
SignIn = Callable[[str], StrictClient]
PATH = "/me/about-me"
ADD_NAME, ADD_DOCUMENT = f"{PATH}/names/add", f"{PATH}/documents/add"
LANGUAGES = ("en", "zh-Hant-HK", "zh-Hans-CN")
FORMER = {
    "kind": "simplified",
    "family": "张",
    "given": "小萍",
    "use": "before",
    "proof": "deed_poll",
    **a_day("until", 2014, 5, 19),
}


def test_a_former_name_is_added_with_its_day_and_its_proof(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    mei = sign_in("mei_lam")
    assert send(mei, ADD_NAME, **FORMER).headers["Location"] == PATH
    (held,) = papers(house, actor("mei_lam")).names
    assert held.name == StatedName(
        NameKind.SIMPLIFIED,
        "张",
        "小萍",
        is_former=True,
        until=date(2014, 5, 19),
        proof=NameProof.DEED_POLL,
    )
    page = mei.get(PATH)
    assert "former name, until 19 May 2014 · shown by: Deed poll" in words_of(page)
    assert '<span lang="zh-Hans-CN">张小萍</span>' in page.text


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ({"kind": ""}, ["Choose how the name is written."]),
        (
            {"family": "Zhang"},
            ["Use Chinese characters here. Latin letters go in a name of another kind."],
        ),
        (
            {"kind": "pinyin"},
            ["Use Latin letters here. Chinese characters go in a name of another kind."] * 2,
        ),
        ({"family": "", "given": ""}, ["Enter the family name, the given name, or both."]),
        (
            {"use": "now"},
            ["A name you still use has no last day. Leave this empty, or say that you used it before."],
        ),
        (
            a_day("until", 2027, 1, 1),
            ["This day has not come yet. Enter a day that is today or in the past."],
        ),
        (a_day("since", 2015, 1, 1), ["The end must be on or after the first day."]),
        ({"given": "小" * 61}, ["Use 60 characters or fewer. You typed 61."]),
        ({"kind": "klingon"}, ["Choose one from the list."]),
    ],
)
def test_every_slip_is_named_and_everything_typed_is_kept(
    house: House, sign_in: SignIn, actor: Cast, changes: dict[str, str], messages: list[str]
) -> None:
    page = send(sign_in("mei_lam"), ADD_NAME, **{**FORMER, **changes})
    assert page.status_code == 422
    assert errors_of(page) == messages
    kept = fields_of(form_of(page))
    assert kept["family"] == changes.get("family", "张")
    assert kept["until-year"] == changes.get("until-year", "2014")
    assert papers(house, actor("mei_lam")).names == ()


def test_characters_of_the_other_script_are_asked_about_and_then_taken(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    mei = sign_in("mei_lam")
    asked = send(mei, ADD_NAME, **{**FORMER, "kind": "traditional"})
    assert asked.status_code == 422
    assert errors_of(asked) == [
        "张 is written in simplified Chinese. If that is how your document prints it, tick this."
    ]
    assert resend(mei, asked, is_meant="y").status_code == 303
    assert papers(house, actor("mei_lam")).names[0].name.kind is NameKind.TRADITIONAL


def test_a_name_is_removed_after_asking(house: House, sign_in: SignIn, actor: Cast) -> None:
    key = a_name(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    path = f"{PATH}/names/{key}/remove"
    assert "Zhang Xiaoping" in words_of(mei.get(path))
    page = mei.get(path)
    assert len(papers(house, actor("mei_lam")).names) == 1
    for _ in range(2):
        assert resend(mei, page).headers["Location"] == PATH
    assert papers(house, actor("mei_lam")).names == ()


def test_a_document_is_added_and_only_its_end_is_shown(house: House, sign_in: SignIn, actor: Cast) -> None:
    mei = sign_in("mei_lam")
    number = an_hkid("000042")
    done = send(mei, ADD_DOCUMENT, kind="hkid", identity_number=number, **a_day("expires_on", 2030, 1, 31))
    assert done.status_code == 303
    page = mei.get(PATH)
    plain = number.replace("(", "").replace(")", "")
    assert f"ends in {plain[-4:]} · valid until 31 January 2030" in words_of(page)
    for spelled in (number, plain, plain[:-1], "000042"):
        assert spelled not in page.text


@pytest.mark.parametrize(
    ("typed", "messages"),
    [
        ({"kind": "", "identity_number": ""}, ["Choose the kind of document."]),
        ({"kind": "hkid", "identity_number": ""}, ["Enter the number of the document."]),
        (
            {"kind": "hkid", "identity_number": "A123456(4)"},
            [
                "This number and its check digit, the character in brackets at its end, do not fit together. "
                "Compare each character with the card."
            ],
        ),
        (
            {"kind": "mainland_id", "identity_number": "110105194912310021"},
            ["The last character does not fit the others. Check the number against the card."],
        ),
        (
            {"kind": "mainland_id", "identity_number": "11010519491231002X"},
            [
                "The date of birth inside this number is not the one you gave us. "
                "Check the card and your date of birth."
            ],
        ),
        (
            {"kind": "home_return_permit", "identity_number": "T1"},
            ["Enter H or M and 8 digits; older permits have 10. Check it against the permit."],
        ),
        (
            {"kind": "passport", "identity_number": "?", "issuer": "China"},
            [
                "Enter 6 to 9 letters and digits, as on the page with your photograph.",
                "Enter the code of the issuing state: up to three letters on the page with your photograph.",
            ],
        ),
    ],
)
def test_a_number_that_cannot_be_is_said_at_the_field_and_kept_there(
    house: House, sign_in: SignIn, actor: Cast, typed: dict[str, str], messages: list[str]
) -> None:
    a_description(house, actor("mei_lam"))
    page = send(sign_in("mei_lam"), ADD_DOCUMENT, **typed)
    assert page.status_code == 422
    assert errors_of(page) == messages
    assert fields_of(form_of(page))["identity_number"] == typed["identity_number"]
    assert papers(house, actor("mei_lam")).documents == ()


def test_a_number_typed_when_the_sign_in_had_ended_is_not_kept_for_later(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    a_description(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    page = mei.get(ADD_DOCUMENT)
    with mei.session_transaction() as session:
        session.pop("_user_id")
    resend(mei, page, kind="hkid", identity_number=an_hkid("000043"), issuer="")
    kept = house.session.query(KeptForm).one()
    assert "identity_number" not in kept.fields
    assert "000043" not in str(kept.fields)


def test_the_page_reads_alike_whether_or_not_somebody_else_has_the_number(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    a_description(
        house, actor("mei_lam"), name_latin="LAM Mei", name_chinese="林美", born_on=date(1970, 1, 1)
    )
    number = an_hkid("000044")
    mei, chen = sign_in("mei_lam"), sign_in("chen_wei")
    chen.get("/me?language=en")
    first = send(mei, ADD_DOCUMENT, kind="hkid", identity_number=number)
    alone = words_of(mei.get(PATH)).partition("Identity documents")[2].partition("Birth")[0]
    second = send(chen, ADD_DOCUMENT, kind="hkid", identity_number=number)
    shared = words_of(chen.get(PATH)).partition("Identity documents")[2].partition("Birth")[0]
    assert len(pairs_proposed(house)) == 1
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert alone == shared


def test_a_document_is_removed_after_asking(house: House, sign_in: SignIn, actor: Cast) -> None:
    key = an_identity_document(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    page = mei.get(f"{PATH}/documents/{key}/remove")
    for _ in range(2):
        assert resend(mei, page).headers["Location"] == PATH
    assert papers(house, actor("mei_lam")).documents == ()


@pytest.mark.parametrize("what", ["names", "documents"])
def test_what_is_not_ones_own_does_not_exist(house: House, sign_in: SignIn, actor: Cast, what: str) -> None:
    mei = actor("mei_lam")
    key = a_name(house, mei) if what == "names" else an_identity_document(house, mei)
    chen = sign_in("chen_wei")
    for strange in (key, uuid4()):
        assert chen.get(f"{PATH}/{what}/{strange}/remove").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_in_every_language(
    house: House, sign_in: SignIn, actor: Cast, language: str
) -> None:
    a_description(house, actor("mei_lam"), answers={"chinese_citizen": True})
    name = a_name(house, actor("mei_lam"), is_former=True, until=date(2014, 5, 19))
    document = an_identity_document(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    mei.get(f"/me?language={language}")
    for path in (
        PATH,
        ADD_NAME,
        ADD_DOCUMENT,
        f"{PATH}/names/{name}/remove",
        f"{PATH}/documents/{document}/remove",
    ):
        with at_most(12):
            page = mei.get(path)
        assert page.status_code == 200, path
        assert page.headers["Content-Language"] == language
    assert send(mei, ADD_NAME, kind="").status_code == 422
    assert send(mei, ADD_DOCUMENT, kind="passport", identity_number="1").status_code == 422
