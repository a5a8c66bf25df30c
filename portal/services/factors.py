"""The second factor of a share: what a checker must know besides its code.

Owns the digests and their comparison. A factor itself is never kept, and a comparison takes as
long for a share that does not exist as for one that does.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from portal.domain.disclosure import Factor
from portal.domain.errors import Refused
from portal.services.house import House

PIN_LENGTH: Final = 6
_PIN: Final = re.compile(r"[0-9]{6}")
_RUNS: Final = ("01234567890", "09876543210")
# A door open to all: what OWASP asks of Argon2id, and no more memory for each knock than that.
_hasher: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def make_pin(house: House) -> str:
    """Six digits by chance, none of the ones that people guess first."""
    while True:
        number = int.from_bytes(house.entropy.bytes(8), "big") % 10**PIN_LENGTH
        pin = f"{number:0{PIN_LENGTH}d}"
        if not _is_guessed_first(pin):
            return pin


def require_good_pin(pin: str) -> str:
    """A PIN of six digits; refuses others, and those that are guessed first."""
    if not _PIN.fullmatch(pin):
        raise Refused("share.pin_not_six_digits", field="pin", length=PIN_LENGTH)
    if _is_guessed_first(pin):
        raise Refused("share.pin_too_simple", field="pin")
    return pin


def spelled(factor: str | date) -> str:
    """A factor as it is digested: what kind it is, and one spelling of it."""
    if isinstance(factor, date):
        return f"{Factor.BIRTH_DATE.value}:{factor.isoformat()}"
    digits = "".join(sign for sign in factor if sign.isdecimal())
    return f"{Factor.PIN.value}:{''.join(str(int(digit)) for digit in digits)}"


def digest_of(factor: str | date) -> str:
    """The Argon2 digest that is kept in place of a factor."""
    return _hasher.hash(spelled(factor))


def agrees(digest: str | None, factor: str | date) -> bool:
    """True when a factor is the one digested. Without a digest: false, after the same work."""
    try:
        _hasher.verify(digest or _digest_of_nothing(), spelled(factor))
    except VerificationError:
        return False
    return digest is not None


@cache
def _digest_of_nothing() -> str:
    return _hasher.hash("no factor is spelled like this")


def _is_guessed_first(pin: str) -> bool:
    return len(set(pin)) <= 2 or any(pin in run for run in _RUNS)
