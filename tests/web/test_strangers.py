"""Every address that names a record, asked with its real key by everybody it does not concern.

One person has one of everything; another professional, the officers of the other city, those who
run programmes, an employer, an administrator of the system and nobody at all ask for each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from werkzeug.test import TestResponse

from portal.domain.people import Actor
from portal.domain.referees import Relation
from portal.domain.unlisted import Asked, RequestSide
from portal.models.cases import Case, Letter
from portal.models.database import db, writing
from portal.models.identity import PossibleDuplicate
from portal.models.records import JournalEntry
from portal.services.evidence import attach_evidence
from portal.services.house import House
from portal.services.referees import Nomination, ask_referee
from portal.services.shelf import own_document
from portal.services.unlisted import make_request
from tests.builders.certificates import a_certificate
from tests.builders.decisions import a_recognition
from tests.builders.identity import a_name, an_identity_document
from tests.builders.records import (
    a_credential,
    a_document,
    a_period_of_work,
    a_translation,
    credential_fact,
    first_page,
)
from tests.builders.sharing import a_share
from tests.conftest import Browser

SignIn = Callable[[str], FlaskClient]
STRANGERS = ("mei_lam", "su_qing", "ding_lan", "tam_lok", "wu_hai", "harbour_works", "sys")
OWNER, OFFICER = "chen_wei", "ada_ko"

# What belongs to nobody, or has a test of this kind in the room it is from.
NOT_ASKED_HERE = frozenset(
    {
        "administrator.answer_review",
        "professional.enrol",
        "professional.enrolment",
        "professional.confirm_enrolment",
        "professional.withdraw_enrolment",
        "professional.open_notice",
        "professional.programme",
        "professional.withdraw_consent",
    }
)
NAMES_A_RECORD = re.compile(r"<uuid:|<reference>|<code>")


@pytest.fixture
def keys(house: House, actor: Callable[[str], Actor]) -> Mapping[str, object]:
    """One of everything; a part of an address that means several things is told apart by what stands before."""
    recognition = a_recognition(house, person=OWNER)
    wei = actor(OWNER)
    certificate = a_certificate(house, recognition=recognition)
    work, document = a_period_of_work(house, wei), a_document(house, wei, words="one")
    translation = a_translation(house, wei, document)
    a_document(house, wei, words="two")
    nomination = Nomination("Chan Siu Kei", "s.k.chan@harbour.example", Relation.LINE_MANAGER, "en")
    listed = Asked("Tide Reader", "Harbour Institute", RequestSide.HONG_KONG, "", "")
    credential = a_credential(house, wei)
    attach_evidence(house, wei, evidence_id=document, supports=credential_fact(credential))
    held = an_identity_document(house, wei)
    an_identity_document(house, actor("mei_lam"))
    case = house.session.get_one(Case, recognition.case_id)
    pages = own_document(house, wei, document).files
    assert len(pages) == 2
    return {
        "/desk/cases/<reference>": case.reference,
        "/me/cases/<reference>": case.reference,
        "/recognitions/<reference>": recognition.reference,
        "/me/certificates/<reference>": certificate.reference,
        "/me/shares/<code>": a_share(house, recognition=recognition).code,
        "<clause>": "fit_and_proper",
        "<kind>": "credential",
        "<uuid:fact_id>": credential,
        "<uuid:application_id>": case.application_id,
        "<uuid:credential_id>": credential,
        "<uuid:document_id>": held,
        "<uuid:duplicate_id>": house.session.scalars(select(PossibleDuplicate.id)).first(),
        "<uuid:evidence_id>": document,
        "<uuid:file_id>": first_page(house, wei, document),
        "<uuid:letter_id>": house.session.scalars(select(Letter.id)).first(),
        "<uuid:name_id>": a_name(house, wei),
        "/referees/<uuid:request_id>": ask_referee(house, wei, work_id=work, said=nomination),
        "<uuid:request_id>": make_request(house, wei, asked=listed),
        "<uuid:translation_id>": translation,
        "<uuid:work_id>": work,
    }


def filled(rule: str, keys: Mapping[str, object]) -> str:
    """An address with real keys; the longest description of a part counts."""
    for part in sorted(keys, key=len, reverse=True):
        named = re.search(r"<[^>]+>", part)
        assert named
        rule = rule.replace(part, part.replace(named[0], str(keys[part])))
    assert "<" not in rule, f"no key for {rule}: add one, or say why it is not asked here"
    return rule


def addresses(app: Flask, keys: Mapping[str, object]) -> list[tuple[str, str]]:
    """Every address of a record with a method it takes."""
    found = []
    for rule in app.url_map.iter_rules():
        is_record = rule.rule.startswith(("/me/", "/desk/")) and NAMES_A_RECORD.search(rule.rule)
        if is_record and rule.endpoint not in NOT_ASKED_HERE:
            methods = sorted({"GET", "POST"} & (rule.methods or set()))
            path = filled(rule.rule, keys)
            if rule.endpoint == "professional.detach_evidence":
                path += f"?supports=credential:{keys['<uuid:credential_id>']}"
            found += [(method, path) for method in methods]
    return found


def asked(browser: FlaskClient, method: str, path: str, token: str) -> TestResponse:
    if method == "GET":
        return browser.get(path)
    return browser.post(path, data={"csrf_token": token, "once": "a-key-of-mine", "version": "1"})


def token_of(browser: FlaskClient) -> str:
    for page in ("/account/settings", "/account/reset"):
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(page).text)
        if found:
            return found[1]
    raise AssertionError("no form on these pages")


def acts(house: House) -> int:
    house.session.rollback()
    return house.session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def test_strangers_neither_read_nor_change_anything(
    app: Flask, house: House, keys: Mapping[str, object], sign_in: SignIn
) -> None:
    found = addresses(app, keys)
    assert len(found) > 60
    browsers = {stranger: sign_in(stranger) for stranger in STRANGERS}
    before, let_in = acts(house), []
    for stranger, browser in browsers.items():
        token = token_of(browser)
        for method, path in found:
            answer = asked(browser, method, path, token)
            if answer.status_code not in (403, 404) or "Chen Wei" in answer.text:
                let_in.append((stranger, method, path, answer.status_code))
    assert let_in == []
    assert acts(house) == before


def test_nobody_is_led_to_the_sign_in_page_and_told_nothing(
    app: Flask, house: House, keys: Mapping[str, object]
) -> None:
    browser = Browser(app)
    token, before = token_of(browser), acts(house)
    for method, path in addresses(app, keys):
        answer = asked(browser, method, path, token)
        assert (answer.status_code, answer.location[:16]) == (303, "/account/sign-in"), path
    assert acts(house) == before


def test_the_keys_are_real(app: Flask, keys: Mapping[str, object], sign_in: SignIn) -> None:
    """Without this, an address that finds nothing for anybody would count as closed."""
    wei, ada = sign_in(OWNER), sign_in(OFFICER)
    lost = [
        path
        for method, path in addresses(app, keys)
        if method == "GET" and (wei if path.startswith("/me/") else ada).get(path).status_code in (403, 404)
    ]
    # Without a recommendation that waits there is none to decide on or to send back.
    assert [path for path in lost if not path.endswith(("/decide", "/return"))] == []


def test_a_page_that_says_it_only_reads_writes_nothing(
    app: Flask, keys: Mapping[str, object], sign_in: SignIn
) -> None:
    """On SQLite such a page would fail under load, and a program that follows links would act."""
    found = [path for method, path in addresses(app, keys) if method == "GET"]
    wei, ada, written = sign_in(OWNER), sign_in(OFFICER), []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.split(maxsplit=1)[0] in ("INSERT", "UPDATE", "DELETE"):
            written.append((writing.get(), path))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for path in found:
            (wei if path.startswith("/me/") else ada).get(path)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert [path for may_write, path in written if not may_write] == []
    assert {path.split("/")[2] for may_write, path in written if may_write} == {"evidence"}
