"""Which characters our fonts can draw, read from the fonts themselves.

Owns the reading of a TrueType file's character map. It must not know documents: a character that
no font draws is an error in an archival PDF, so somebody has to know before it is typeset.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

_SEGMENTED_COVERAGE: Final = 12


def characters_of(fonts: Iterable[Path]) -> frozenset[int]:
    """The code points that at least one of the fonts draws."""
    return frozenset(point for font in fonts for point in _points(font.read_bytes()))


def _points(content: bytes) -> Iterator[int]:
    """The code points of one font: every group of its full Unicode map."""
    table = _map_table(content)
    start = _full_map(content, table)
    (groups,) = struct.unpack_from(">I", content, start + 12)
    for number in range(groups):
        first, last, _glyph = struct.unpack_from(">III", content, start + 16 + 12 * number)
        yield from range(first, last + 1)


def _map_table(content: bytes) -> int:
    (tables,) = struct.unpack_from(">H", content, 4)
    for number in range(tables):
        tag, _sum, offset, _length = struct.unpack_from(">4sIII", content, 12 + 16 * number)
        if tag == b"cmap":
            return int(offset)
    raise ValueError("a font without a character map")


def _full_map(content: bytes, table: int) -> int:
    (maps,) = struct.unpack_from(">H", content, table + 2)
    for number in range(maps):
        _platform, _encoding, offset = struct.unpack_from(">HHI", content, table + 4 + 8 * number)
        (form,) = struct.unpack_from(">H", content, table + offset)
        if form == _SEGMENTED_COVERAGE:
            return int(table + offset)
    raise ValueError("a font without a full Unicode map")
