"""Opening documents: what passes, what is kept of it, and what is refused although its bytes look right."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from portal.adapters.documents import ReadingRoom
from portal.adapters.pdf_papers import MOST_PAGES
from portal.domain.errors import Refused
from portal.domain.evidence import SignatureState, Treatment
from portal.domain.files import FileKind, OfferedFile
from tests.builders.papers import (
    a_bomb_of_a_pdf,
    a_huge_picture,
    a_pdf_that_unfolds,
    a_pdf_with_a_file_inside,
    a_pdf_with_a_huge_picture,
    a_pdf_with_a_launch,
    a_pdf_with_a_script,
    a_pdf_with_notes,
    a_photograph,
    a_signatory,
    added_to,
    altered,
    an_archive_in_a_pdf,
    signed,
)
from tests.builders.records import PDF, a_pdf, a_picture

JPEG, PNG = "image/jpeg", "image/png"


@pytest.fixture(scope="module")
def room() -> Iterator[ReadingRoom]:
    opened = ReadingRoom()
    yield opened
    opened.close()


@pytest.fixture
def trusting_room(tmp_path: Path) -> Iterator[ReadingRoom]:
    """A room whose operator trusts the registry's certificate."""
    opened = ReadingRoom(a_signatory().put_in(tmp_path))
    yield opened
    opened.close()


def with_a_broken_middle(picture: bytes) -> bytes:
    """The same head and end, and nonsense between them."""
    middle = len(picture) // 2
    return picture[: middle - 4] + bytes(8) + picture[middle + 4 :]


@pytest.mark.parametrize(
    ("name", "declared", "content", "kind", "treatment"),
    [
        ("paper.pdf", PDF, a_pdf(pages=3), FileKind.PDF, Treatment.CLEANED),
        ("scan.jpg", JPEG, a_picture("JPEG"), FileKind.JPEG, Treatment.REDRAWN),
        ("scan.png", PNG, a_picture("PNG"), FileKind.PNG, Treatment.REDRAWN),
    ],
)
def test_a_document_that_opens_passes(
    room: ReadingRoom, name: str, declared: str, content: bytes, kind: FileKind, treatment: Treatment
) -> None:
    read = room.read(OfferedFile(name, declared, content))
    assert (read.kind, read.treatment) == (kind, treatment)
    assert read.pages == (3 if kind is FileKind.PDF else 1)


@pytest.mark.parametrize(
    ("name", "declared", "content", "code"),
    [
        ("locked.pdf", PDF, a_pdf(password="river"), "evidence.encrypted"),
        ("locked-for-changes.pdf", PDF, a_pdf(password=""), "evidence.encrypted"),
        ("hollow.pdf", PDF, b"%PDF-1.7\nnothing here\n%%EOF", "evidence.unreadable"),
        ("blank.pdf", PDF, a_pdf(pages=0), "evidence.unreadable"),
        ("endless.pdf", PDF, a_pdf(pages=MOST_PAGES + 1), "evidence.too_many_pages"),
        ("script.pdf", PDF, a_pdf_with_a_script(), "evidence.active_content"),
        ("launch.pdf", PDF, a_pdf_with_a_launch(), "evidence.active_content"),
        ("attachment.pdf", PDF, a_pdf_with_a_file_inside(), "evidence.files_inside"),
        ("archive.pdf", PDF, an_archive_in_a_pdf(), "evidence.two_in_one"),
        ("newer-archive.pdf", PDF, an_archive_in_a_pdf(asks_for=99), "evidence.two_in_one"),
        ("poster.pdf", PDF, a_pdf_with_a_huge_picture(), "evidence.picture_too_large"),
        ("huge.png", PNG, a_huge_picture(), "evidence.picture_too_large"),
        ("torn.png", PNG, with_a_broken_middle(a_picture("PNG")), "evidence.unreadable"),
        ("other.jpg", JPEG, b"GIF89a/*" + a_picture("JPEG") + b"*/=1;alert(1)", "evidence.kind_not_accepted"),
        ("other.pdf", PDF, b"<html>" + a_pdf(), "evidence.bytes_around"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_a_document_that_does_not_open_is_refused(
    room: ReadingRoom, name: str, declared: str, content: bytes, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        room.read(OfferedFile(name, declared, content))
    assert refusal.value.code == code
    assert refusal.value.field == "file"


@pytest.mark.parametrize(
    "fold",
    [
        a_bomb_of_a_pdf,
        lambda: a_pdf_that_unfolds(1, megabytes=200),
        lambda: a_pdf_that_unfolds(8, megabytes=60),
    ],
    ids=["cross-references", "one stream", "many streams"],
)
def test_a_small_file_that_unfolds_into_hundreds_of_megabytes_is_refused_in_good_time(
    room: ReadingRoom, fold: Callable[[], bytes]
) -> None:
    content = fold()
    assert len(content) < 1024 * 1024
    begun = time.monotonic()
    with pytest.raises(Refused, match=r"evidence\.(too_heavy|unreadable)"):
        room.read(OfferedFile("bomb.pdf", PDF, content))
    assert time.monotonic() - begun < 15


def test_a_document_that_takes_too_long_is_given_up_and_the_next_one_is_read() -> None:
    hurried = ReadingRoom(longest_seconds=0.001)
    with pytest.raises(Refused, match=r"evidence\.too_heavy"):
        hurried.read(OfferedFile("slow.pdf", PDF, a_pdf()))
    patient = ReadingRoom()
    patient.read(OfferedFile("paper.pdf", PDF, a_pdf()))
    process = patient._process
    assert process is not None
    process.kill()
    process.wait()
    with pytest.raises(Refused, match=r"evidence\.too_heavy"):
        patient.read(OfferedFile("paper.pdf", PDF, a_pdf()))
    assert patient.read(OfferedFile("paper.pdf", PDF, a_pdf())).pages == 1
    patient.close()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_tells_nothing_but_what_it_shows(room: ReadingRoom, kind: str) -> None:
    sent = a_photograph(kind=kind)
    assert b"Somebody Private" in sent
    read = room.read(OfferedFile(f"photo.{kind.lower()}", f"image/{kind.lower()}", sent))
    with Image.open(BytesIO(read.content)) as kept:
        assert not kept.getexif()
        assert kept.getpixel((5, 10)) != kept.getpixel((35, 10))
    assert b"Somebody Private" not in read.content
    assert b"<script>" not in read.content


def test_a_photograph_taken_sideways_stands_upright(room: ReadingRoom) -> None:
    read = room.read(OfferedFile("photo.jpg", JPEG, a_photograph(turned=True)))
    with Image.open(BytesIO(read.content)) as kept:
        assert kept.size == (20, 40)
        top, bottom = kept.convert("L").getpixel((10, 5)), kept.convert("L").getpixel((10, 35))
        assert isinstance(top, int)
        assert isinstance(bottom, int)
        assert top < 60
        assert bottom > 200


def test_a_pdf_loses_its_notes_and_those_of_its_pictures(room: ReadingRoom) -> None:
    sent = a_pdf_with_notes()
    assert b"Somebody Private" in sent
    read = room.read(OfferedFile("paper.pdf", PDF, sent))
    assert read.treatment is Treatment.CLEANED
    with pikepdf.open(BytesIO(read.content)) as kept:
        assert "/Info" not in kept.trailer
        assert "/Metadata" not in kept.Root
        picture = kept.pages[0].Resources.XObject.Im0
        assert b"Somebody Private" not in picture.read_raw_bytes()
        with Image.open(BytesIO(picture.read_raw_bytes())) as shown:
            assert shown.size == (40, 20)


def test_the_same_pdf_is_cleaned_into_the_same_bytes(room: ReadingRoom) -> None:
    sent = OfferedFile("paper.pdf", PDF, a_pdf("same"))
    assert room.read(sent).content == room.read(sent).content


def test_a_signed_pdf_stays_untouched_and_its_signer_is_unknown_without_a_root(room: ReadingRoom) -> None:
    sent = signed(a_pdf(), a_signatory())
    read = room.read(OfferedFile("signed.pdf", PDF, sent))
    assert (read.treatment, read.content) == (Treatment.SIGNED, sent)
    (finding,) = read.signatures
    assert (finding.signer, finding.state) == ("Registry of Testing", SignatureState.COVERS_WHOLE_FILE)
    assert finding.signed_at is not None
    assert not finding.is_trusted


def test_a_signer_is_known_when_the_operator_trusts_the_root(trusting_room: ReadingRoom) -> None:
    for signatory, is_known in ((a_signatory(), True), (a_signatory("A stranger"), False)):
        sent = signed(a_pdf(), signatory)
        (finding,) = trusting_room.read(OfferedFile("signed.pdf", PDF, sent)).signatures
        assert finding.state is SignatureState.COVERS_WHOLE_FILE
        assert finding.is_trusted is is_known


def test_a_flipped_byte_and_a_changed_page_are_alterations_even_under_a_trusted_signature(
    trusting_room: ReadingRoom,
) -> None:
    sound = signed(a_pdf("good words"), a_signatory())
    for sent in (altered(sound, b"good words", b"evil words"), added_to(sound)):
        (finding,) = trusting_room.read(OfferedFile("signed.pdf", PDF, sent)).signatures
        assert finding.state is SignatureState.ALTERED
        assert not finding.is_trusted


def test_a_second_signature_adds_to_the_first_and_alters_nothing(trusting_room: ReadingRoom) -> None:
    first = signed(a_pdf(), a_signatory())
    both = signed(first, a_signatory("A second hand"), field="Signature2")
    states = [
        (finding.signer, finding.state, finding.is_trusted)
        for finding in trusting_room.read(OfferedFile("signed.pdf", PDF, both)).signatures
    ]
    assert states == [
        ("Registry of Testing", SignatureState.ADDED_TO_AFTERWARDS, True),
        ("A second hand", SignatureState.COVERS_WHOLE_FILE, False),
    ]


def test_a_signature_that_makes_no_sense_is_said_to_be_unreadable(room: ReadingRoom) -> None:
    sent = signed(a_pdf(), a_signatory())
    torn = altered(sent, b"/Contents <3082", b"/Contents <3999")
    (finding,) = room.read(OfferedFile("signed.pdf", PDF, torn)).signatures
    assert finding.state is SignatureState.UNREADABLE
    assert not finding.is_trusted
