"""What a file must be before it counts as evidence, as far as its bytes and its name alone can tell.

Owns the three kinds accepted, where each kind begins and ends, and how a name somebody's device
gave is made safe to show. It must not know decoders: whether a file can really be opened is asked
in ``portal/adapters/documents.py``.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.domain.errors import Refused
from portal.domain.evidence import SignatureFinding, Treatment

LARGEST_BYTES: Final = 10 * 1024 * 1024
LONGEST_NAME: Final = 120
_BLANK: Final = b" \t\r\n\x00\x0c"


class FileKind(StrEnum):
    """The kinds of file that can be evidence, by media type."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


_ENDINGS: Final[dict[str, FileKind]] = {
    "pdf": FileKind.PDF,
    "jpg": FileKind.JPEG,
    "jpeg": FileKind.JPEG,
    "png": FileKind.PNG,
}
_BEGINNINGS: Final[dict[FileKind, bytes]] = {
    FileKind.PDF: b"%PDF-",
    FileKind.JPEG: b"\xff\xd8\xff",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
}
# Browsers on some systems still send these older names.
_ALSO_DECLARED: Final[dict[str, FileKind]] = {
    "image/jpg": FileKind.JPEG,
    "image/pjpeg": FileKind.JPEG,
    "image/x-png": FileKind.PNG,
    "application/x-pdf": FileKind.PDF,
}


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file as somebody sent it: nothing about it is believed yet."""

    name: str
    declared_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A file that was opened: what it is, and the bytes to keep, which need not be those that came."""

    kind: FileKind
    content: bytes
    treatment: Treatment
    pages: int
    signatures: tuple[SignatureFinding, ...] = ()


def kind_by_bytes(offered: OfferedFile) -> FileKind:
    """Say what a file is when its size, ending, declared type, first and last bytes agree.

    Refuses, each with the field ``file``: an empty file, one too large, an ending or a content
    that is not accepted, three answers that differ, and bytes before or after the document,
    because a file that is two things at once shows one to us and the other to an officer.
    """
    _refuse_size(offered)
    by_ending = _ENDINGS.get(_ending(offered.name))
    by_content = next((k for k, start in _BEGINNINGS.items() if offered.content.startswith(start)), None)
    # Readers look for the mark of a PDF anywhere in the first kilobyte.
    if by_content is not FileKind.PDF and b"%PDF-" in offered.content[:1024]:
        raise Refused("evidence.bytes_around", field="file")
    if by_ending is None or by_content is None:
        raise Refused("evidence.kind_not_accepted", field="file")
    declared = declared_kind(offered.declared_type)
    if not by_ending is by_content is declared:
        raise Refused("evidence.kinds_differ", field="file", ending=_ending(offered.name))
    surplus = _after_the_end(by_content, offered.content)
    if surplus is None:
        raise Refused("evidence.unreadable", field="file")
    if surplus.strip(_BLANK):
        raise Refused("evidence.bytes_around", field="file")
    return by_content


def declared_kind(declared_type: str) -> FileKind | None:
    """The kind a browser declared, older names included; none for anything else."""
    plain = declared_type.partition(";")[0].strip().lower()
    if plain in _ALSO_DECLARED:
        return _ALSO_DECLARED[plain]
    return FileKind(plain) if plain in set(FileKind) else None


def _refuse_size(offered: OfferedFile) -> None:
    if not offered.content:
        raise Refused("evidence.empty", field="file")
    if len(offered.content) > LARGEST_BYTES:
        raise Refused("evidence.too_large", field="file", most=LARGEST_BYTES // (1024 * 1024))


def _ending(name: str) -> str:
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def _after_the_end(kind: FileKind, content: bytes) -> bytes | None:
    """What follows the last byte that belongs to the document; none when it has no end."""
    find = {FileKind.PDF: _pdf_end, FileKind.JPEG: _jpeg_end, FileKind.PNG: _png_end}
    end = find[kind](content)
    return None if end is None else content[end:]


def _pdf_end(content: bytes) -> int | None:
    marker = content.rfind(b"%%EOF")
    return marker + 5 if marker >= 0 else None


def _png_end(content: bytes) -> int | None:
    """Walk from chunk to chunk until the one named IEND."""
    place = len(_BEGINNINGS[FileKind.PNG])
    while place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        name = content[place + 4 : place + 8]
        place += 12 + length
        if name == b"IEND":
            return place
    return None


def _jpeg_end(content: bytes) -> int | None:
    """Walk the segments and step over each scan until the mark that ends the picture."""
    place = 2
    while place + 1 < len(content) and content[place] == 0xFF:
        mark = content[place + 1]
        if mark == 0xD9:
            return place + 2
        if mark == 0xFF:  # fill bytes may precede a mark
            place += 1
            continue
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if mark == 0xDA:
            place = _after_scan(content, place)
    return None


def _after_scan(content: bytes, place: int) -> int:
    """Find the next marker after compressed data, where 0xFF is followed by nought or a restart."""
    while (place := content.find(b"\xff", place)) >= 0 and place + 1 < len(content):
        mark = content[place + 1]
        if mark != 0 and not 0xD0 <= mark <= 0xD7:
            return place
        place += 2
    return len(content)


def safe_name(name: str, kind: FileKind) -> str:
    """Make a file's name fit to show and to save: no path, no control or direction signs, not too long.

    Chinese stays Chinese. A name of which nothing is left becomes ``document``; the ending follows
    from what the file is.

    >>> safe_name("..\\\\secret/畢業證書\\u202e.PDF", FileKind.PDF)
    '畢業證書.pdf'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    kept = "".join(sign for sign in unicodedata.normalize("NFC", stem) if _is_harmless(sign))
    tidied = " ".join(kept.split()).strip(". ")[:LONGEST_NAME].strip()
    ending = {FileKind.PDF: "pdf", FileKind.JPEG: "jpg", FileKind.PNG: "png"}[kind]
    return f"{tidied or 'document'}.{ending}"


def _is_harmless(sign: str) -> bool:
    # Category C holds control, format (direction overrides) and unassigned signs.
    return not unicodedata.category(sign).startswith("C") and sign not in '<>:"|?*/\\;'
