"""The malware gate: none at all, which says so, or ClamAV's daemon over its INSTREAM command.

Owns the talk with the daemon. An answer that is late, cut short or not understood is no answer: the
file then waits. It must not know documents or people.
"""

from __future__ import annotations

import socket
from typing import Final

from portal.domain.ports import ScanResult

_PIECE_BYTES: Final = 64 * 1024
_LONGEST_ANSWER: Final = 4096
_SECONDS: Final = 20.0


class NoScanner:
    """Answers ``not_scanned`` to everything; pages that offer the file repeat it."""

    is_present = False

    def scan(self, content: bytes) -> ScanResult:
        """Nothing was looked at."""
        return ScanResult.NOT_SCANNED


class ClamDaemon:
    """ClamAV's daemon at ``unix:/path`` or ``tcp://host:port``; waits for it no longer than ``seconds``.

    The daemon's ``StreamMaxLength`` must be at least the largest file the portal takes (25 MB by
    default, which is enough), or large files wait for ever.
    """

    is_present = True

    def __init__(self, address: str, *, seconds: float = _SECONDS) -> None:
        self._address = address
        self._seconds = seconds

    def scan(self, content: bytes) -> ScanResult:
        """Clean or infected when the daemon says so; ``pending`` for everything else."""
        try:
            answer = self._ask(content)
        except (OSError, ValueError):
            return ScanResult.PENDING
        if answer == b"stream: OK":
            return ScanResult.CLEAN
        return ScanResult.INFECTED if answer.endswith(b" FOUND") else ScanResult.PENDING

    def _ask(self, content: bytes) -> bytes:
        with self._connected() as daemon:
            daemon.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _PIECE_BYTES):
                piece = content[start : start + _PIECE_BYTES]
                daemon.sendall(len(piece).to_bytes(4, "big") + piece)
            daemon.sendall(bytes(4))
            answer = b""
            while not answer.endswith(b"\0"):
                heard = daemon.recv(_LONGEST_ANSWER)
                if not heard or len(answer) > _LONGEST_ANSWER:
                    raise ValueError("the daemon hung up in the middle of its answer")
                answer += heard
        return answer.rstrip(b"\0")

    def _connected(self) -> socket.socket:
        if self._address.startswith("unix:"):
            daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            daemon.settimeout(self._seconds)
            try:
                daemon.connect(self._address.removeprefix("unix:"))
            except OSError:
                daemon.close()
                raise
            return daemon
        host, _colon, port = self._address.removeprefix("tcp://").rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), self._seconds)
