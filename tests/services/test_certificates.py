"""Certificates: what they say, where they lead, who may have them, and that they are made once."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.adapters.clock import SettableClock
from portal.adapters.storage import FolderStorage
from portal.domain.disclosure import Factor, Purpose, ShareState
from portal.domain.errors import AlreadyDone, Conflict, NotFound, NotPermitted, Refused
from portal.domain.ports import SignedDocument
from portal.domain.recognitions import Status
from portal.models.certificates import Certificate
from portal.models.database import db, writing
from portal.models.disclosure import Share
from portal.models.people import Person
from portal.models.records import JournalEntry
from portal.services.certificates import make_certificate, open_certificate
from portal.services.house import House
from portal.services.own_recognitions import list_own_recognitions, read_own_recognition
from portal.services.recognitions import revoke_recognition
from portal.services.releases import publish_shipped
from portal.services.scanning import sweep_leftovers
from portal.services.sharing import end_share, list_shares, read_share
from portal.wording.languages import LANGUAGES
from tests.builders.certificates import a_certificate, a_wish
from tests.builders.decisions import a_recognition, an_actor
from tests.builders.sharing import BORN_ON, PIN, a_look
from tests.documents import broken_claims, pdfsig, text_of


def count(house: House, table: type[Any]) -> int:
    return house.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def kept(app: Flask) -> Callable[[], list[Path]]:
    """The certificates' bytes as they lie in storage."""
    folder = Path(app.extensions["settings"].storage_folder) / "certificates"
    before = set(folder.glob("*"))
    return lambda: sorted(set(folder.glob("*")) - before)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_a_certificate_is_signed_archival_and_accessible(house: House, tmp_path: Path, language: Any) -> None:
    made = a_certificate(house, status="conditional", language=language.locale)
    opened = open_certificate(house, made.holder, made.reference)
    assert opened.file_name == f"{made.reference}.pdf"
    assert broken_claims(opened.content) == []
    assert "Signature is Valid." in pdfsig(opened.content, tmp_path)
    assert sha256(opened.content).hexdigest() == made.own.sha256
    assert made.own.signer == "Demonstration - not an official signature"


def test_it_says_what_was_decided_and_that_it_is_no_licence(house: House, tmp_path: Path) -> None:
    publish_shipped(house)
    house.session.commit()
    made = a_certificate(house, status="conditional")
    said = text_of(open_certificate(house, made.holder, made.reference).content, tmp_path)
    target = house.rulebook.targets[made.recognition.target]
    for words in (
        "CHEN Wei",
        "陈伟",
        target.title.en,
        target.title.zh_hant,
        target.title.zh_hans,
        made.recognition.reference,
        made.reference,
        "Recognised with conditions",
        "22 November 2026",
        "by 30 June 2027",
        "It is not a licence",
        "The programme’s office for Hong Kong",
        "Signed by a second officer on",
        "Release 1",
        house.rulebook.digest[:8],
        house.rulebook.digest[-8:],
        "Whether the recognition stands on the day you read this. Only the check tells.",
        f"enter {made.own.share} at",
        "31 May 2027",
    ):
        assert _closed(words) in _closed(said), words
    # Offices decide; officers' own names, the holder's birthday and the PIN stay out of it.
    for words in ("Ko", "Yip", "1992", PIN):
        assert words not in said.split(), words


def _closed(words: str) -> str:
    """Words without their spaces: type sets a little air between scripts."""
    return "".join(words.split())


def test_a_chinese_reader_meets_the_chinese_name_first(house: House, tmp_path: Path) -> None:
    made = a_certificate(house, language="zh_Hans_CN")
    said = text_of(open_certificate(house, made.holder, made.reference).content, tmp_path)
    assert said.index("陈伟") < said.index("CHEN Wei")
    assert "认可证书" in said
    assert "不是执业许可" in said


def test_its_code_leads_to_a_check_that_is_on_the_list_and_can_be_ended(house: House) -> None:
    made = a_certificate(house)
    (listing,) = list_shares(house, made.holder)
    assert (listing.code, listing.purpose, listing.purpose_note) == (
        made.own.share,
        Purpose.CERTIFICATE,
        made.reference,
    )
    answer = a_look(house, made.own.share)
    assert [each.status for each in answer.shown.recognitions] == [Status.FULL]
    assert read_share(house, made.holder, made.own.share).listing.times_shown == 1
    end_share(house, made.holder, code=made.own.share)
    own = read_own_recognition(house, made.holder, made.recognition.reference)
    assert own.certificates[0].share_state is ShareState.ENDED
    with pytest.raises(Refused, match=r"share\.nothing_to_show"):
        a_look(house, made.own.share)


def test_a_revoked_recognition_shows_as_such_at_once(house: House) -> None:
    made = a_certificate(house)
    revoke_recognition(
        house,
        an_actor(house, "ada_ko"),
        reference=made.recognition.reference,
        version=1,
        reason="The degree was withdrawn.",
    )
    answer = a_look(house, made.own.share)
    assert [each.status for each in answer.shown.recognitions] == [Status.REVOKED]


@pytest.mark.parametrize("status", ["suspended", "revoked"])
def test_what_does_not_count_gets_no_certificate(
    house: House, kept: Callable[[], list[Path]], status: str
) -> None:
    recognition = a_recognition(house, status=status)
    with pytest.raises(Refused, match=r"certificate\.not_standing"):
        make_certificate(house, an_actor(house, "chen_wei"), recognition=recognition.reference, wish=a_wish())
    assert not read_own_recognition(
        house, an_actor(house, "chen_wei"), recognition.reference
    ).may_be_certified
    assert kept() == []


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (a_wish(pin="123456"), "share.pin_too_simple"),
        (a_wish(pin="12"), "share.pin_not_six_digits"),
        (a_wish(until=date(2026, 11, 21)), "share.until_is_past"),
        (a_wish(until=date(2028, 1, 1)), "share.until_is_too_far"),
    ],
)
def test_the_terms_of_the_check_are_a_shares_own(
    house: House, kept: Callable[[], list[Path]], wish: Any, code: str
) -> None:
    recognition = a_recognition(house)
    with pytest.raises(Refused) as refusal:
        make_certificate(house, an_actor(house, "chen_wei"), recognition=recognition.reference, wish=wish)
    assert refusal.value.code == code
    assert (count(house, Share), count(house, Certificate), kept()) == (0, 0, [])


def test_a_date_of_birth_may_be_the_second_item(house: House) -> None:
    recognition = a_recognition(house)
    holder = an_actor(house, "chen_wei")
    wish = a_wish(factor=Factor.BIRTH_DATE, pin="")
    make_certificate(house, holder, recognition=recognition.reference, wish=wish)
    (listing,) = list_shares(house, holder)
    assert a_look(house, listing.code, factor=BORN_ON).receipt


@pytest.mark.parametrize("stranger", ["mei_lam", "ada_ko", "su_qing"])
def test_nobody_else_has_it(house: House, stranger: str) -> None:
    made = a_certificate(house)
    other = an_actor(house, stranger)
    if stranger == "mei_lam":
        for act in (
            lambda: open_certificate(house, other, made.reference),
            lambda: read_own_recognition(house, other, made.recognition.reference),
            lambda: make_certificate(house, other, recognition=made.recognition.reference, wish=a_wish()),
        ):
            with pytest.raises(NotFound):
                act()
        assert list_own_recognitions(house, other) == ()
    else:
        with pytest.raises(NotPermitted):
            open_certificate(house, other, made.reference)


def test_the_same_form_twice_is_one_certificate(house: House, kept: Callable[[], list[Path]]) -> None:
    recognition = a_recognition(house)
    holder = an_actor(house, "chen_wei")
    first = make_certificate(
        house, holder, recognition=recognition.reference, wish=a_wish(), once="pressed twice"
    )
    with pytest.raises(AlreadyDone) as done:
        make_certificate(
            house, holder, recognition=recognition.reference, wish=a_wish(), once="pressed twice"
        )
    assert done.value.result == first
    assert (count(house, Share), count(house, Certificate), len(kept())) == (1, 1, 1)


def test_two_clicks_at_once_are_one_certificate(
    app: Flask, house: House, kept: Callable[[], list[Path]]
) -> None:
    reference = a_recognition(house).reference
    holder = an_actor(house, "chen_wei")
    house.session.remove()
    together, results = threading.Barrier(2), []

    def click() -> None:
        with app.app_context():
            token = writing.set(True)
            together.wait()
            try:
                results.append(
                    make_certificate(house, holder, recognition=reference, wish=a_wish(), once="twice")
                )
            except AlreadyDone as done:
                results.append(done.result)
            finally:
                writing.reset(token)
                db.session.remove()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert len(set(results)) == 1
    assert len(results) == 2
    assert (count(house, Share), count(house, Certificate), len(kept())) == (1, 1, 1)


class _WhileSigning:
    """The house's signer, with something that happens meanwhile."""

    def __init__(self, house: House, meanwhile: Callable[[], None]) -> None:
        self._signer, self._meanwhile = house.signer, meanwhile

    def sign(self, document: bytes, **how: Any) -> SignedDocument:
        self._meanwhile()
        return self._signer.sign(document, **how)


def test_nothing_is_locked_while_the_document_is_made(house: House) -> None:
    recognition = a_recognition(house).reference
    holder = an_actor(house, "chen_wei")
    seen: list[bool] = []
    watching = replace(
        house, signer=_WhileSigning(house, lambda: seen.append(house.session().in_transaction()))
    )
    make_certificate(watching, holder, recognition=recognition, wish=a_wish())
    assert seen == [False]


def test_a_name_corrected_meanwhile_is_a_conflict_and_nothing_is_kept(
    house: House, kept: Callable[[], list[Path]]
) -> None:
    recognition = a_recognition(house)
    reference, person_id = recognition.reference, recognition.person_id
    holder = an_actor(house, "chen_wei")

    def correct() -> None:
        house.session.get_one(Person, person_id).name_latin = "CHAN Wai"
        house.session.commit()

    watching = replace(house, signer=_WhileSigning(house, correct))
    with pytest.raises(Conflict, match=r"row\.changed"):
        make_certificate(watching, holder, recognition=reference, wish=a_wish())
    assert (count(house, Share), count(house, Certificate), kept()) == (0, 0, [])


def test_after_a_correction_a_new_one_says_the_new_name(house: House, tmp_path: Path) -> None:
    first = a_certificate(house)
    house.session.get_one(Person, first.recognition.person_id).name_latin = "CHAN Wai"
    house.session.commit()
    second = a_certificate(house, recognition=first.recognition)
    assert first.own.share != second.own.share
    read = {
        made.reference: text_of(open_certificate(house, made.holder, made.reference).content, tmp_path)
        for made in (first, second)
    }
    assert "CHEN Wei" in read[first.reference]
    assert "CHAN Wai" in read[second.reference]


def test_bytes_that_were_changed_in_storage_are_never_handed_out(
    house: House, kept: Callable[[], list[Path]]
) -> None:
    made = a_certificate(house)
    (path,) = kept()
    path.write_bytes(path.read_bytes()[:-1] + b" ")
    with pytest.raises(ValueError, match=made.reference):
        open_certificate(house, made.holder, made.reference)


def test_the_journal_knows_it_by_references_alone(house: House) -> None:
    made = a_certificate(house)
    (entry,) = house.session.scalars(
        select(JournalEntry).where(JournalEntry.kind == "certificate.made")
    ).all()
    assert entry.facts == {
        "certificate": made.reference,
        "recognition": made.recognition.reference,
        "share": made.own.share,
        "sha256": made.own.sha256,
    }


def test_the_face_is_never_a_promise(house: House, clock: SettableClock) -> None:
    """Status is derived: what is printed is dated, and the list follows the day."""
    made = a_certificate(house)
    clock.put_to(clock.now().replace(year=2027, month=6, day=1))
    own = read_own_recognition(house, made.holder, made.recognition.reference)
    assert own.certificates[0].share_state is ShareState.EXPIRED


def test_the_sweep_takes_what_a_crash_left_behind_and_no_certificate(house: House, tmp_path: Path) -> None:
    home = replace(house, storage=FolderStorage(tmp_path))
    made = a_certificate(home)
    orphan, young = (f"certificates/{uuid4()}" for _file in range(2))
    for key in (orphan, young):
        home.storage.put(key, b"%PDF of an act that was never committed")
    old, now = (home.clock.now() - timedelta(days=9)).timestamp(), home.clock.now().timestamp()
    for path in (tmp_path / "certificates").iterdir():
        age = now if path.name in young else old
        os.utime(path, (age, age))
    assert sweep_leftovers(home) == 1
    assert not (tmp_path / orphan).exists()
    assert (tmp_path / young).exists()
    assert open_certificate(home, made.holder, made.reference).content.startswith(b"%PDF")
