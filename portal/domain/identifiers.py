"""Keys inside, references outside.

Inside, keys are time-ordered UUIDs (RFC 9562, version 7), so that rows land in the order they
were made. Outside, people read short references aloud: no vowels (no words by accident), no
characters that look alike, and a check character that catches one wrong or two swapped ones.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
_PRIME = 29
_CHECKS = ALPHABET + "LY"


def time_ordered_key(at: datetime, entropy: bytes) -> UUID:
    """Make a version 7 UUID from an aware instant and ten random bytes."""
    if len(entropy) < 10:
        raise ValueError("ten bytes of entropy are needed")
    milliseconds = int(at.timestamp() * 1000)
    raw = bytearray(milliseconds.to_bytes(6, "big") + entropy[:10])
    raw[6] = 0x70 | (raw[6] & 0x0F)
    raw[8] = 0x80 | (raw[8] & 0x3F)
    return UUID(bytes=bytes(raw))


def public_reference(prefix: str, entropy: bytes, *, length: int = 8) -> str:
    """Spell a reference such as ``HK-7K4M-2QR9``: a prefix, random characters, the last one checks.

    Random rather than counted, because a counted reference tells strangers how many there are
    and what the next one will be.
    """
    if len(entropy) < length:
        raise ValueError("one byte of entropy per character is needed")
    body = "".join(ALPHABET[byte % len(ALPHABET)] for byte in entropy[: length - 1])
    spelled = body + check_character(prefix + body)
    groups = [spelled[i : i + 4] for i in range(0, len(spelled), 4)]
    return "-".join([prefix, *groups])


def check_character(text: str) -> str:
    """The weighted sum of the characters modulo 29, spelled in 29 signs."""
    signs = [character for character in text.upper() if character.isalnum()]
    total = sum((place + 2) * _value(sign) for place, sign in enumerate(signs))
    return _CHECKS[total % _PRIME]


def _value(sign: str) -> int:
    """Signs of the alphabet differ by less than the prime, so no single slip is missed."""
    place = _CHECKS.find(sign)
    return place if place >= 0 else ord(sign) % _PRIME


def tidy_reference(typed: str) -> str:
    """Bring a typed reference to its spelling: capitals, no spaces, hyphens where they belong."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    prefix, body = signs[:2], signs[2:]
    return "-".join([prefix, *(body[i : i + 4] for i in range(0, len(body), 4))]) if body else prefix


def is_well_formed(reference: str) -> bool:
    """True when the check character agrees; tells a slip of the finger from an unknown reference."""
    tidied = tidy_reference(reference).replace("-", "")
    return len(tidied) >= 4 and check_character(tidied[:-1]) == tidied[-1]
