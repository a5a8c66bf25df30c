"""The malware gate where none is configured: it looks at nothing and says so."""

from __future__ import annotations

from portal.domain.ports import ScanResult


class NoScanner:
    """Answers ``not_scanned`` to everything; pages that offer the file repeat it."""

    def scan(self, content: bytes) -> ScanResult:
        """Nothing was looked at."""
        return ScanResult.NOT_SCANNED
