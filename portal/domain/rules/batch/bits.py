"""Yes or no for every person of a register, packed into words of 64.

Owns packing, unpacking and counting. Bits beyond the last person are always
clear, so that words can be counted and compared as they stand.
"""

from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int32]
Addresses = npt.NDArray[np.intp]

_WORD = 64
_BYTE = 8


def pack(flags: Flags) -> Bits:
    """Pack one flag a person; the first person is the lowest bit of the first word."""
    packed = np.packbits(flags, bitorder="little")
    words = np.zeros((len(flags) + _WORD - 1) // _WORD, dtype=np.uint64)
    words.view(np.uint8)[: len(packed)] = packed
    return words


def unpack(bits: Bits, size: int) -> Flags:
    """The flags of the first ``size`` people."""
    return np.unpackbits(bits.view(np.uint8), count=size, bitorder="little").view(np.bool_)


def marked(places: Numbers, size: int) -> Bits:
    """Yes for the people at some places of the register."""
    flags = np.zeros(size, dtype=np.bool_)
    flags[places.astype(np.intp)] = True
    return pack(flags)


def others(bits: Bits, size: int) -> Bits:
    """Yes for those for whom it was no."""
    turned = ~bits
    if size % _WORD:
        turned[-1] &= np.uint64((1 << size % _WORD) - 1)
    return turned


def none_of(size: int) -> Bits:
    """No for everybody."""
    return np.zeros((size + _WORD - 1) // _WORD, dtype=np.uint64)


def all_of(size: int) -> Bits:
    """Yes for everybody."""
    return pack(np.ones(size, dtype=np.bool_))


def count(bits: Bits) -> int:
    """How many people the answer is yes for."""
    return int(np.bitwise_count(bits).sum())


def places(bits: Bits, size: int) -> Numbers:
    """The places in the register of those the answer is yes for, in order.

    Only bytes with a bit set are opened, so that a short list out of a long
    register costs little more than reading the words.
    """
    octets = bits.view(np.uint8)
    touched = np.flatnonzero(octets)
    inside = np.unpackbits(octets[touched], bitorder="little").reshape(-1, _BYTE)
    row, column = np.nonzero(inside)
    found = touched[row] * _BYTE + column
    return cast("Numbers", found[found < size].astype(np.int32))
