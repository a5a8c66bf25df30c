"""Opening documents to see that they are what they say: PDF with pikepdf, pictures with Pillow.

Owns the decoders and their limits, so that a small file cannot unfold into all the memory there
is. It must not know people, storage or pages. What the bytes alone tell is in
``portal/domain/files.py``.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

import pikepdf
import puremagic
from pikepdf.settings import set_qpdf_limits
from PIL import Image, UnidentifiedImageError

from portal.domain.errors import Refused
from portal.domain.files import FileKind, OfferedFile, kind_by_bytes

LARGEST_PICTURE_PIXELS: Final = 50_000_000
MOST_PAGES: Final = 300
_FORMATS: Final[dict[FileKind, str]] = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG"}

# Our own limit is asked for each picture before it unfolds; Pillow's would only warn.
Image.MAX_IMAGE_PIXELS = None

# The limits belong to the process and must stand before the first document is opened.
set_qpdf_limits(
    doc_max_warnings=100,
    parser_max_nesting=100,
    parser_max_container_size=200_000,
    max_stream_filters=10,
    flate_max_memory=64 * 1024 * 1024,
    png_max_memory=64 * 1024 * 1024,
    run_length_max_memory=64 * 1024 * 1024,
    tiff_max_memory=64 * 1024 * 1024,
)


def inspect(offered: OfferedFile) -> FileKind:
    """Say what a file is after opening it.

    Refuses with the field ``file`` what ``kind_by_bytes`` refuses, and: a PDF that asks for a
    password, one that cannot be read, a picture that cannot be drawn or is larger than any scan.
    """
    kind = kind_by_bytes(offered)
    _refuse_second_opinion(offered.content, kind)
    if kind is FileKind.PDF:
        _open_pdf(offered.content)
    else:
        _open_picture(offered.content, kind)
    return kind


def _refuse_second_opinion(content: bytes, kind: FileKind) -> None:
    """Ask a second detector; its first guess must be ours."""
    try:
        guessed = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError) as error:
        raise Refused("evidence.unreadable", field="file") from error
    if guessed != kind.value:
        raise Refused("evidence.kind_not_accepted", field="file")


def _open_pdf(content: bytes) -> None:
    try:
        with pikepdf.open(BytesIO(content)) as document:
            if document.is_encrypted:
                raise Refused("evidence.encrypted", field="file")
            pages = len(document.pages)
    except pikepdf.PasswordError as error:
        raise Refused("evidence.encrypted", field="file") from error
    except (pikepdf.PdfError, RuntimeError, ValueError, KeyError, TypeError, AttributeError) as error:
        # A broken page tree surfaces as whichever of these the decoder met first.
        raise Refused("evidence.unreadable", field="file") from error
    if not 0 < pages <= MOST_PAGES:
        raise Refused(
            "evidence.too_many_pages" if pages else "evidence.unreadable", field="file", most=MOST_PAGES
        )


def _open_picture(content: bytes, kind: FileKind) -> None:
    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as picture:
            # The head alone tells the size; nothing is unfolded before it is known to be sane.
            width, height = picture.size
            if width * height > LARGEST_PICTURE_PIXELS:
                raise Refused(
                    "evidence.picture_too_large", field="file", most=LARGEST_PICTURE_PIXELS // 1_000_000
                )
            picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Refused("evidence.unreadable", field="file") from error
