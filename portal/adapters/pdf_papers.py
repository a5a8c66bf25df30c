"""PDF documents: opened within limits, looked through for what acts or hides, and cleaned.

Owns what a PDF may be. Scripts, actions that start something, files inside the file, a password
and pages without end are refused. What is left is written anew without its notes about who made it
with what; a signed file stays as it is to the byte, because any change would break the signature.
It must not know people, storage or pictures beyond those inside a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf
from pikepdf.settings import set_qpdf_limits

from portal.adapters.pictures import LARGEST_PICTURE_PIXELS, without_notes
from portal.domain.errors import Refused
from portal.domain.evidence import SignatureFinding, Treatment
from portal.domain.files import FileKind, ReadDocument

MOST_PAGES: Final = 300
MOST_UNFOLDED_BYTES: Final = 400 * 1024 * 1024
_LARGEST_STREAM: Final = 64 * 1024 * 1024
_DEEPEST: Final = 60
_UNFOLDING: Final = frozenset({"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"})
_PLAIN: Final = frozenset({"/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85"})
_ACTS: Final = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition", "/Movie", "/Sound"}
)
_ACTIVE_KEYS: Final = frozenset({"/JS", "/XFA", "/RichMediaContent", "/RichMediaSettings"})
_BROKEN: Final = (pikepdf.PdfError, RuntimeError, ValueError, KeyError, TypeError, AttributeError)

# The limits belong to the process and must stand before the first document is opened.
set_qpdf_limits(
    doc_max_warnings=100,
    parser_max_nesting=100,
    parser_max_container_size=200_000,
    max_stream_filters=10,
    flate_max_memory=_LARGEST_STREAM,
    png_max_memory=_LARGEST_STREAM,
    run_length_max_memory=_LARGEST_STREAM,
    tiff_max_memory=_LARGEST_STREAM,
)


@dataclass(slots=True)
class _Found:
    """What a walk through all objects came upon."""

    unfolded: int = 0
    is_signed: bool = False


def read_pdf(content: bytes, trust_roots: Path | None = None) -> ReadDocument:
    """Open, look through and clean a PDF; a signed one is kept as it is, its signatures checked.

    Refuses with the field ``file``: a password, damage, too many pages, scripts and actions, files
    inside, and what unfolds into far more than a document does.
    """
    try:
        with pikepdf.open(BytesIO(content)) as document:
            pages = _count_pages(document)
            found = _look_through(document)
            if found.is_signed:
                findings = _signatures(content, trust_roots)
                return ReadDocument(FileKind.PDF, content, Treatment.SIGNED, pages, findings)
            return ReadDocument(FileKind.PDF, _cleaned(document), Treatment.CLEANED, pages)
    except pikepdf.PasswordError as error:
        raise Refused("evidence.encrypted", field="file") from error
    except _BROKEN as error:
        # A broken page tree surfaces as whichever of these the decoder met first.
        raise Refused(_code_of(error), field="file") from error


def _signatures(content: bytes, trust_roots: Path | None) -> tuple[SignatureFinding, ...]:
    # The checker takes most of a second to load, and few files are signed.
    from portal.adapters.pdf_signatures import check_signatures

    return check_signatures(content, trust_roots)


def _code_of(error: Exception) -> str:
    return "evidence.too_heavy" if "memory" in str(error) else "evidence.unreadable"


def _count_pages(document: pikepdf.Pdf) -> int:
    if document.is_encrypted:
        raise Refused("evidence.encrypted", field="file")
    pages = len(document.pages)
    if pages > MOST_PAGES:
        raise Refused("evidence.too_many_pages", field="file", most=MOST_PAGES)
    if not pages:
        raise Refused("evidence.unreadable", field="file")
    return pages


def _look_through(document: pikepdf.Pdf) -> _Found:
    found = _Found()
    for each in document.objects:
        for entry in _with_what_it_holds(each):
            _refuse_what_acts(entry)
            if "/ByteRange" in entry and "/Contents" in entry:
                found.is_signed = True
        if isinstance(each, pikepdf.Stream):
            found.unfolded += _unfolded_size(each)
            if found.unfolded > MOST_UNFOLDED_BYTES:
                raise Refused("evidence.too_heavy", field="file")
    return found


def _with_what_it_holds(each: Any, depth: int = 0) -> Iterator[Any]:
    """A dictionary and the dictionaries written inside it; what it only refers to comes by itself."""
    if depth > _DEEPEST:
        raise Refused("evidence.unreadable", field="file")
    if isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)):
        yield each
        parts: list[Any] = [value for _, value in each.items()]
    elif isinstance(each, pikepdf.Array):
        parts = list(each)
    else:
        return
    for part in parts:
        if isinstance(part, (pikepdf.Dictionary, pikepdf.Array)) and not part.is_indirect:
            yield from _with_what_it_holds(part, depth + 1)


def _refuse_what_acts(entry: Any) -> None:
    keys = set(entry.keys())
    if (
        "/EF" in keys
        or _name(entry, "/Type") == "/EmbeddedFile"
        or _name(entry, "/Subtype") == "/FileAttachment"
    ):
        raise Refused("evidence.files_inside", field="file")
    if keys & _ACTIVE_KEYS or _name(entry, "/S") in _ACTS:
        raise Refused("evidence.active_content", field="file")


def _name(entry: Any, key: str) -> str:
    value = entry.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _unfolded_size(stream: pikepdf.Stream) -> int:
    """How much a stream becomes; refuses a picture with more points than any scan."""
    if _name(stream, "/Subtype") == "/Image":
        points = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
        if points > LARGEST_PICTURE_PIXELS:
            raise Refused(
                "evidence.picture_too_large", field="file", most=LARGEST_PICTURE_PIXELS // 1_000_000
            )
    filters = set(_filters(stream))
    if filters & _UNFOLDING and filters <= _UNFOLDING | _PLAIN:
        return len(stream.read_bytes())
    return len(stream.read_raw_bytes())


def _filters(stream: pikepdf.Stream) -> list[str]:
    asked = stream.get("/Filter")
    if asked is None:
        return []
    return [str(name) for name in asked] if isinstance(asked, pikepdf.Array) else [str(asked)]


def _cleaned(document: pikepdf.Pdf) -> bytes:
    """Write the document anew without notes about its making, in it and in its pictures."""
    for each in document.objects:
        if not isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)):
            continue
        for key in ("/Metadata", "/PieceInfo", "/LastModified"):
            if key in each:
                del each[key]
        if isinstance(each, pikepdf.Stream) and _filters(each) == ["/DCTDecode"]:
            each.write(without_notes(each.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    out = BytesIO()
    document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
