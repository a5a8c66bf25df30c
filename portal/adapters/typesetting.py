"""Typesetting documents as PDF with typst: archival (PDF/A-2a) and accessible (PDF/UA-1) in one file.

Owns the compiler, the fonts it may use, and what happens to a character that none of them draws.
The look is in ``templates/documents``. It must not know people or recognitions: facts are handed
in as data and reach the page as data, so that nobody's name is ever read as markup.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import segno
import typst

from portal.adapters.glyphs import characters_of

FONTS: Final = Path(__file__).parent / "fonts"
# Tagged for those who listen, and to be read in thirty years; typst refuses what breaks either.
STANDARDS: Final = ("a-2a", "ua-1")
# What no font has to draw: controls, joiners, variation selectors.
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})
_SELECTORS: Final = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_MISSING: Final = "〓"


class TypstTypesetter:
    """Typesets the documents of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
        )
        self._drawn = characters_of(sorted(FONTS.glob("*.ttf")))

    def typeset(self, kind: str, facts: Mapping[str, Any]) -> bytes:
        """Give the PDF of a kind of document; KeyError for an unknown kind.

        A character that no font draws is written as its number, and the document says so.
        """
        source = self._folder / f"{kind}.typ"
        if not source.is_file():
            raise KeyError(kind)
        unprinted: set[str] = set()
        inputs = {"facts": json.dumps(self._printable(facts, unprinted), ensure_ascii=False)}
        if unprinted:
            inputs["unprinted"] = "yes"
        made = typst.compile(
            str(source),
            root=str(self._folder),
            font_paths=self._fonts,
            sys_inputs=inputs,
            pdf_standards=list(STANDARDS),
            format="pdf",
        )
        if not isinstance(made, bytes):
            raise TypeError("a PDF is one file")
        return made

    def _printable(self, fact: Any, unprinted: set[str]) -> Any:
        """The same facts with every character that cannot be drawn spelled by its number."""
        if isinstance(fact, Mapping):
            return {name: self._printable(inner, unprinted) for name, inner in fact.items()}
        if isinstance(fact, list | tuple):
            return [self._printable(inner, unprinted) for inner in fact]
        return "".join(self._sign(sign, unprinted) for sign in fact) if isinstance(fact, str) else fact

    def _sign(self, sign: str, unprinted: set[str]) -> str:
        point = ord(sign)
        if point in self._drawn or unicodedata.category(sign) in _INVISIBLE:
            return sign
        if any(point in selectors for selectors in _SELECTORS):
            return sign
        unprinted.add(sign)
        return f"{_MISSING}[U+{point:04X}]"

    def square_code(self, address: str) -> str:
        """Draw a QR code of an address as an SVG of paths, without a quiet zone of its own."""
        drawn = BytesIO()
        segno.make(address, error="m", micro=False).save(
            drawn, kind="svg", xmldecl=False, svgns=True, border=0, dark="#1b1a21", unit=None
        )
        return drawn.getvalue().decode()
