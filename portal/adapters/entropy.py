"""Chance, from the operating system."""

from __future__ import annotations

import secrets


class SystemEntropy:
    """Unpredictable bytes for keys, references and codes."""

    def bytes(self, count: int) -> bytes:
        """So many bytes."""
        return secrets.token_bytes(count)
