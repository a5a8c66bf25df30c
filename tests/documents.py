"""Reading signed documents as others read them: poppler's ``pdfsig``, and what a PDF claims of itself.

``broken_claims`` checks what of PDF/A-2a and PDF/UA-1 can be read from the file's own structure. It
is no full validator: typst refuses what breaks either standard when it writes, and this finds what
signing or anything else after it may have broken.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

_CLAIMS = {
    "PDF/A part 2": rb"<pdfaid:part>2</pdfaid:part>",
    "PDF/A level A": rb"<pdfaid:conformance>A</pdfaid:conformance>",
    "PDF/UA part 1": rb"<pdfuaid:part>1</pdfuaid:part>",
}


def pdfsig(document: bytes, folder: Path) -> str:
    """What poppler's ``pdfsig`` says of a document's signatures."""
    program = needed("pdfsig", "poppler-utils")
    path = folder / "document.pdf"
    path.write_bytes(document)
    answer = subprocess.run([program, str(path)], capture_output=True, text=True, check=False)
    return answer.stdout + answer.stderr


def text_of(document: bytes, folder: Path) -> str:
    """The words of a document as poppler reads them."""
    program = needed("pdftotext", "poppler-utils")
    path = folder / "read.pdf"
    path.write_bytes(document)
    answer = subprocess.run([program, "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return " ".join(answer.stdout.split())


def needed(program: str, package: str) -> str:
    """A program of the machine; without it the test is skipped, except where nothing may be skipped."""
    found = shutil.which(program)
    if found is None:
        reason = f"{program} is not here: install Debian's {package}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def broken_claims(document: bytes) -> list[str]:
    """Everything in a document that contradicts PDF/A-2a or PDF/UA-1, as far as we look."""
    with pikepdf.open(BytesIO(document)) as pdf:
        return [*_in_the_root(pdf), *_in_the_fonts(pdf), *_in_the_tags(pdf), *_on_the_pages(pdf)]


def _in_the_root(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    metadata = root.Metadata.read_bytes() if "/Metadata" in root else b""
    yield from (f"no claim of {name}" for name, sign in _CLAIMS.items() if not re.search(sign, metadata))
    if b"<dc:title>" not in metadata:
        yield "no title"
    if not root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle", False):
        yield "the title is not displayed"
    if not root.get("/Lang"):
        yield "no language"
    if not root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False):
        yield "not marked"
    intents = list(root.get("/OutputIntents", pikepdf.Array()))
    if not any(intent.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in intent for intent in intents):
        yield "no output intent"
    if "/Encrypt" in pdf.trailer:
        yield "encrypted"


def _in_the_fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary) or thing.get("/Type") != "/Font":
            continue
        if thing.get("/Subtype") == "/Type0" and "/ToUnicode" not in thing:
            yield "a font without Unicode"
        descriptor = thing.get("/FontDescriptor")
        if descriptor is not None and not {"/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            yield "a font that is not embedded"


def _in_the_tags(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/StructTreeRoot" not in pdf.Root:
        yield "no tags"
        return
    tags = [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and "/S" in thing and "/P" in thing and "/K" in thing
    ]
    kinds = [str(tag.S) for tag in tags]
    if kinds.count("/H1") != 1:
        yield "not exactly one H1"
    yield from ("a figure without words" for tag in tags if tag.S == "/Figure" and not tag.get("/Alt"))


def _on_the_pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    tagged = _parents(pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary()).get("/ParentTree"))
    for page in pdf.pages:
        notes = list(page.obj.get("/Annots", pikepdf.Array()))
        if notes and page.obj.get("/Tabs") != "/S":
            yield "no order for the keyboard"
        for note in notes:
            if not int(note.get("/F", 0)) & 4:
                yield "a field that is not printed"
            if not note.get("/TU"):
                yield "a field without a name"
            if int(note.get("/StructParent", -1)) not in tagged:
                yield "a field outside the tags"


def _parents(tree: pikepdf.Object | None) -> set[int]:
    if tree is None:
        return set()
    inner = {key for kid in tree.get("/Kids", pikepdf.Array()) for key in _parents(kid)}
    return inner | {int(key) for key in list(tree.get("/Nums", pikepdf.Array()))[::2]}
