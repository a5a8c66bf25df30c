"""Keyed digests: the same text gives the same digest, and nobody without the key can try texts out."""

from __future__ import annotations

import hmac


class KeyedDigests:
    """HMAC with SHA-256 under a key of its own, so that a stolen database tells no number."""

    def __init__(self, key: str) -> None:
        if not key:
            raise ValueError("a keyed digest needs a key")
        self._key = key.encode()

    def digest(self, text: str) -> str:
        """The digest of a text, 64 hexadecimal figures."""
        return hmac.digest(self._key, text.encode(), "sha256").hex()
