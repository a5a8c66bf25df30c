"""Pictures, redrawn: what is kept has the same points and nothing else of what was sent.

Owns the decoder of pictures and its limits. Redrawing drops where and with what a photograph was
taken, comments, previews, and anything hidden behind the points; it turns the picture the way it
was held. It must not know people, storage or other documents.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageOps, UnidentifiedImageError

from portal.domain.errors import Refused
from portal.domain.evidence import Treatment
from portal.domain.files import FileKind, ReadDocument

LARGEST_PICTURE_PIXELS: Final = 50_000_000
_QUALITY: Final = 90
_FORMATS: Final[dict[FileKind, str]] = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG"}
_MODES: Final[dict[FileKind, frozenset[str]]] = {
    FileKind.JPEG: frozenset({"L", "RGB"}),
    FileKind.PNG: frozenset({"1", "L", "LA", "RGB", "RGBA"}),
}

# Our own limit is asked for each picture before it unfolds; Pillow's would only warn.
Image.MAX_IMAGE_PIXELS = None


def redraw(content: bytes, kind: FileKind) -> ReadDocument:
    """Draw a picture anew, upright, without anything that is not a point of it.

    Refuses with the field ``file`` a picture that cannot be drawn or is larger than any scan.
    """
    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as picture:
            # The head alone tells the size; nothing is unfolded before it is known to be sane.
            width, height = picture.size
            if width * height > LARGEST_PICTURE_PIXELS:
                raise Refused(
                    "evidence.picture_too_large", field="file", most=LARGEST_PICTURE_PIXELS // 1_000_000
                )
            picture.load()
            drawn = _plain(ImageOps.exif_transpose(picture), kind)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Refused("evidence.unreadable", field="file") from error
    return ReadDocument(kind, _written(drawn, kind), Treatment.REDRAWN, pages=1)


def _plain(picture: Image.Image, kind: FileKind) -> Image.Image:
    """The points alone, in a colour model every viewer knows."""
    if picture.mode not in _MODES[kind]:
        see_through = kind is FileKind.PNG and "transparency" in picture.info
        picture = picture.convert("RGBA" if see_through else "RGB")
    dots = picture.info.get("dpi")
    picture.info.clear()
    if isinstance(dots, tuple):
        picture.info["dpi"] = dots
    return picture


def _written(picture: Image.Image, kind: FileKind) -> bytes:
    out = BytesIO()
    how: dict[str, Any] = {"quality": _QUALITY, "exif": b""} if kind is FileKind.JPEG else {}
    if "dpi" in picture.info:
        how["dpi"] = picture.info["dpi"]
    picture.save(out, _FORMATS[kind], **how)
    return out.getvalue()


def without_notes(jpeg: bytes) -> bytes:
    """The same compressed picture without the segments that carry notes: Exif, XMP and comments.

    What the decoder needs stays, the colour marks of segments 0 and 14 too. Bytes that do not walk
    like a JPEG come back as they are.
    """
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    kept, place = [jpeg[:2]], 2
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF:
        mark = jpeg[place + 1]
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if mark == 0xDA:
            return b"".join([*kept, jpeg[place:]])
        if not (mark == 0xFE or 0xE1 <= mark <= 0xED or mark == 0xEF):
            kept.append(jpeg[place:end])
        place = end
    return jpeg
