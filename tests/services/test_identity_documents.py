"""Identity documents: kept as a keyed digest and four characters, and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text

from portal.adapters.digests import KeyedDigests
from portal.domain.errors import AlreadyDone, NotFound, NotPermitted, Refused
from portal.domain.identity_documents import DocumentKind, StatedDocument
from portal.domain.people import Actor
from portal.models.database import db
from portal.models.identity import IdentityDocument
from portal.services.house import House
from portal.services.identity_documents import (
    MOST_DOCUMENTS,
    add_document,
    read_document,
    remove_document,
)
from tests.builders.identity import a_mainland_number, an_hkid, an_identity_document, papers
from tests.builders.records import a_description

Cast = Callable[[str], Actor]


def everything_stored() -> str:
    """Every value of every table, as text."""
    with db.engine.connect() as connection:
        return " ".join(
            str(row)
            for table in db.metadata.sorted_tables
            for row in connection.execute(text(f'SELECT * FROM "{table.name}"'))
        )


def test_a_document_shows_its_last_four_characters_and_its_expiry(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    add_document(
        house, mei, said=StatedDocument(DocumentKind.PASSPORT, "x0000 1234", "gbr", date(2026, 11, 21))
    )
    shown = papers(house, mei).documents[0]
    assert (shown.kind, shown.issuer, shown.last_four) == (DocumentKind.PASSPORT, "GBR", "1234")
    assert shown.has_expired


def test_the_number_is_nowhere_in_the_database_nor_in_the_logs(
    house: House, actor: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = an_identity_document(house, actor("mei_lam"), an_hkid("654321"))
    house.session.commit()
    stored = everything_stored()
    assert str(key).replace("-", "") in stored.replace("-", "")
    for written in ("Z654321", "654321", "z654321"):
        assert written not in stored
        assert written not in caplog.text


def test_the_digest_is_keyed_so_that_a_stolen_table_cannot_be_tried_out(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    an_identity_document(house, mei)
    other_key = replace(house, identity_digests=KeyedDigests("another key, as long as a key must be"))
    add_document(other_key, mei, said=StatedDocument(DocumentKind.HKID, an_hkid()))
    one, other = house.session.scalars(select(IdentityDocument)).all()
    assert one.digest != other.digest
    assert one.last_four == other.last_four


def test_without_a_key_there_are_no_digests() -> None:
    with pytest.raises(ValueError, match="key"):
        KeyedDigests("")


def test_a_number_typed_in_two_ways_is_one_document(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    number = an_hkid()
    an_identity_document(house, mei, number)
    with pytest.raises(Refused) as refusal:
        an_identity_document(house, mei, number.lower().replace("(", " ").replace(")", ""))
    assert (refusal.value.code, refusal.value.field) == ("document.stated_already", "identity_number")


def test_a_wrong_check_digit_is_refused_at_the_number(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    sound = an_hkid("000002")
    wrong = sound[:-2] + ("1" if sound[-2] != "1" else "2") + ")"
    with pytest.raises(Refused) as refusal:
        an_identity_document(house, mei, wrong)
    assert (refusal.value.code, refusal.value.field) == ("document.hkid_check", "identity_number")
    assert "000002" not in str(refusal.value.params)
    assert papers(house, mei).documents == ()


def test_the_birthday_inside_a_mainland_number_is_held_against_the_stated_one(
    house: House, actor: Cast
) -> None:
    mei = actor("mei_lam")
    a_description(house, mei, born_on=date(1990, 5, 17))
    with pytest.raises(Refused, match=r"document\.mainland_birth"):
        an_identity_document(house, mei, a_mainland_number(date(1990, 5, 18)), DocumentKind.MAINLAND_ID)
    an_identity_document(house, mei, a_mainland_number(date(1990, 5, 17)), DocumentKind.MAINLAND_ID)


def test_a_removed_document_leaves_no_digest_and_can_be_recorded_again(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    key = an_identity_document(house, mei)
    remove_document(house, mei, document_id=key)
    assert house.session.scalars(select(IdentityDocument)).all() == []
    an_identity_document(house, mei)


def test_nobody_records_documents_without_end(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    for count in range(MOST_DOCUMENTS):
        an_identity_document(house, mei, an_hkid(f"{count:06}"))
    with pytest.raises(Refused, match=r"document\.too_many"):
        an_identity_document(house, mei, an_hkid("999999"))


def test_a_stranger_can_neither_read_nor_remove_a_document(house: House, actor: Cast) -> None:
    mei, chen = actor("mei_lam"), actor("chen_wei")
    key = an_identity_document(house, mei)
    with pytest.raises(NotFound):
        read_document(house, chen, key)
    with pytest.raises(NotFound):
        remove_document(house, chen, document_id=key)
    with pytest.raises(NotPermitted):
        read_document(house, actor("ada_ko"), key)


def test_a_form_sent_twice_is_one_act(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    said = StatedDocument(DocumentKind.HKID, an_hkid())
    add_document(house, mei, said=said, once="k")
    with pytest.raises(AlreadyDone):
        add_document(house, mei, said=said, once="k")
