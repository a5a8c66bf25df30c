"""What bytes and names alone tell of a file; each refusal beside a file that passes."""

from __future__ import annotations

import pytest

from portal.domain.errors import Refused
from portal.domain.files import LARGEST_BYTES, FileKind, OfferedFile, kind_by_bytes, safe_name
from tests.builders.records import PDF, a_pdf, a_picture

GOOD_PDF = a_pdf("a bridge")
GOOD_JPEG = a_picture("JPEG")
GOOD_PNG = a_picture("PNG")


@pytest.mark.parametrize(
    ("name", "declared", "content", "kind"),
    [
        ("paper.pdf", PDF, GOOD_PDF, FileKind.PDF),
        ("PAPER.PDF", "application/x-pdf", GOOD_PDF, FileKind.PDF),
        ("scan.jpg", "image/jpeg", GOOD_JPEG, FileKind.JPEG),
        ("scan.jpeg", "image/pjpeg", GOOD_JPEG, FileKind.JPEG),
        ("scan.png", "image/png; charset=binary", GOOD_PNG, FileKind.PNG),
        ("padded.pdf", PDF, GOOD_PDF + b"\r\n\x00 ", FileKind.PDF),
    ],
)
def test_a_file_that_agrees_with_itself_passes(
    name: str, declared: str, content: bytes, kind: FileKind
) -> None:
    assert kind_by_bytes(OfferedFile(name, declared, content)) is kind


@pytest.mark.parametrize(
    ("name", "declared", "content", "code"),
    [
        ("empty.pdf", PDF, b"", "evidence.empty"),
        ("big.pdf", PDF, GOOD_PDF + b" " * LARGEST_BYTES, "evidence.too_large"),
        ("picture.pdf", PDF, b"<svg xmlns='http://www.w3.org/2000/svg'/>", "evidence.kind_not_accepted"),
        ("page.pdf", PDF, b"<!doctype html><script>1</script>", "evidence.kind_not_accepted"),
        ("archive.zip", "application/zip", b"PK\x03\x04", "evidence.kind_not_accepted"),
        ("no-ending", PDF, GOOD_PDF, "evidence.kind_not_accepted"),
        ("paper.jpg", "image/jpeg", GOOD_PDF, "evidence.kinds_differ"),
        ("paper.pdf", "image/png", GOOD_PDF, "evidence.kinds_differ"),
        ("paper.pdf", "", GOOD_PDF, "evidence.kinds_differ"),
        ("before.pdf", PDF, b"GIF89a" + GOOD_PDF, "evidence.bytes_around"),
        ("after.pdf", PDF, GOOD_PDF + b"<script>1</script>", "evidence.bytes_around"),
        ("after.jpg", "image/jpeg", GOOD_JPEG + b"PK\x03\x04", "evidence.bytes_around"),
        ("after.png", "image/png", GOOD_PNG + b"%PDF-1.7", "evidence.bytes_around"),
        ("cut.pdf", PDF, GOOD_PDF.replace(b"%%EOF", b"     "), "evidence.unreadable"),
        ("cut.jpg", "image/jpeg", GOOD_JPEG[:-20], "evidence.unreadable"),
        ("cut.png", "image/png", GOOD_PNG[:-20], "evidence.unreadable"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    name: str, declared: str, content: bytes, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        kind_by_bytes(OfferedFile(name, declared, content))
    assert refusal.value.code == code
    assert refusal.value.field == "file"


def test_a_preview_inside_a_photograph_does_not_end_it() -> None:
    marker_and_preview = b"\xff\xe1" + (2 + 40).to_bytes(2, "big") + b"Exif\x00\x00" + b"\xff\xd9" * 17
    photograph = GOOD_JPEG[:2] + marker_and_preview + GOOD_JPEG[2:]
    assert kind_by_bytes(OfferedFile("photo.jpg", "image/jpeg", photograph)) is FileKind.JPEG


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("畢業證書.pdf", "畢業證書.pdf"),
        ("C:\\Users\\mei\\证书.PDF", "证书.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("evil\u202efdp.exe.pdf", "evilfdp.exe.pdf"),
        ('a"b\r\nc<d>.pdf', "abcd.pdf"),
        ("   .pdf", "document.pdf"),
        ("", "document.pdf"),
        ("阿依古丽·买买提.pdf", "阿依古丽·买买提.pdf"),
    ],
)
def test_names_are_made_safe_and_stay_readable(given: str, shown: str) -> None:
    assert safe_name(given, FileKind.PDF) == shown


def test_a_very_long_name_is_cut_and_keeps_its_ending() -> None:
    assert len(safe_name("橋" * 500 + ".jpg", FileKind.JPEG)) == 124
