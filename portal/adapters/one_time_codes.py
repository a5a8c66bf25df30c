"""Codes that change every half minute (RFC 6238), as authenticator apps show them.

Owns sealing the shared secrets and finding the half minute of a code. It must not know accounts; who
may try, how often, and that no code is taken twice, is the use case's business.
"""

from __future__ import annotations

import hmac
from datetime import datetime
from hashlib import sha256
from typing import Final

from passlib.exc import TokenError
from passlib.totp import TOTP

# One half minute before and after: phones' clocks run a little fast or slow.
_WINDOW: Final = 30
_KEY_NUMBER: Final = "1"


class SealedOneTimeCodes:
    """Secrets are kept sealed with a key made from ``root``; the name is what the app shows."""

    def __init__(self, root: str, name: str) -> None:
        key = hmac.new(root.encode(), b"one-time codes", sha256).hexdigest()
        self._codes = TOTP.using(issuer=name, secrets={_KEY_NUMBER: key})

    def new_secret(self) -> str:
        """A new secret, sealed."""
        return str(self._codes.new().to_json(encrypt=True))

    def spelt(self, sealed: str) -> str:
        """The secret in groups of letters, to be typed into an app."""
        return str(self._codes.from_source(sealed).pretty_key())

    def address(self, sealed: str, owner: str) -> str:
        """The secret as the address an app reads from a square code."""
        return str(self._codes.from_source(sealed).to_uri(owner))

    def step_of(self, sealed: str, code: str, at: datetime) -> int | None:
        """The number of the half minute a code belongs to; None when it is not one of now."""
        try:
            match = self._codes.from_source(sealed).match(code, time=at, window=_WINDOW)
        except (TokenError, ValueError):
            return None
        return int(match.counter)
