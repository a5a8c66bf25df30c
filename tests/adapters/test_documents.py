"""Opening documents: what passes, and what is refused although its bytes look right."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from PIL import Image

from portal.adapters.documents import LARGEST_PICTURE_PIXELS, MOST_PAGES, inspect
from portal.domain.errors import Refused
from portal.domain.files import FileKind, OfferedFile
from tests.builders.records import PDF, a_pdf, a_picture


def a_bomb_of_a_pdf() -> bytes:
    """A cross-reference stream of a few hundred kilobytes that unfolds into 200 million bytes."""
    folded = zlib.compress(b"0" * 200_000_000, 9)
    start = b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    table = b"3 0 obj<</Type/XRef/Size 5/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(
        folded
    )
    return start + table + folded + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % len(start)


def a_huge_picture() -> bytes:
    """A picture of a few kilobytes with more pixels than any scan."""
    side = int(LARGEST_PICTURE_PIXELS**0.5) + 10
    out = BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    return out.getvalue()


def with_a_broken_middle(picture: bytes) -> bytes:
    """The same head and end, and nonsense between them."""
    middle = len(picture) // 2
    return picture[: middle - 4] + bytes(8) + picture[middle + 4 :]


@pytest.mark.parametrize(
    ("name", "declared", "content", "kind"),
    [
        ("paper.pdf", PDF, a_pdf(), FileKind.PDF),
        ("scan.jpg", "image/jpeg", a_picture("JPEG"), FileKind.JPEG),
        ("scan.png", "image/png", a_picture("PNG"), FileKind.PNG),
    ],
)
def test_a_document_that_opens_passes(name: str, declared: str, content: bytes, kind: FileKind) -> None:
    assert inspect(OfferedFile(name, declared, content)) is kind


@pytest.mark.parametrize(
    ("name", "declared", "content", "code"),
    [
        ("locked.pdf", PDF, a_pdf(password="river"), "evidence.encrypted"),
        ("locked-for-changes.pdf", PDF, a_pdf(password=""), "evidence.encrypted"),
        ("hollow.pdf", PDF, b"%PDF-1.7\nnothing here\n%%EOF", "evidence.unreadable"),
        ("blank.pdf", PDF, a_pdf(pages=0), "evidence.unreadable"),
        ("endless.pdf", PDF, a_pdf(pages=MOST_PAGES + 1), "evidence.too_many_pages"),
        ("bomb.pdf", PDF, a_bomb_of_a_pdf(), "evidence.unreadable"),
        ("huge.png", "image/png", a_huge_picture(), "evidence.picture_too_large"),
        ("torn.png", "image/png", with_a_broken_middle(a_picture("PNG")), "evidence.unreadable"),
    ],
)
def test_a_document_that_does_not_open_is_refused(
    name: str, declared: str, content: bytes, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        inspect(OfferedFile(name, declared, content))
    assert refusal.value.code == code
    assert refusal.value.field == "file"
