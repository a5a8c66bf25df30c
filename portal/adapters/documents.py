"""Opening documents that strangers send: asked here, done in a process of its own.

Owns that process: it is started at the first document, given up when it answers too late or not at
all, and started again for the next. What is asked of a document is in ``document_worker.py``. It
must not know people, storage or pages.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import Any, Final

from portal.domain.errors import Refused
from portal.domain.evidence import SignatureFinding, Treatment
from portal.domain.files import FileKind, OfferedFile, ReadDocument, kind_by_bytes

log = logging.getLogger("portal")
LONGEST_SECONDS: Final = 30.0
_ROOT: Final = Path(__file__).resolve().parents[2]


class ReadingRoom:
    """Reads documents one at a time in a process of its own, within bounded memory and time.

    ``trust_roots`` is a folder of certificates whose signers are known to the operator.
    """

    def __init__(self, trust_roots: Path | None = None, *, longest_seconds: float = LONGEST_SECONDS) -> None:
        self._trust_roots = trust_roots
        self._longest_seconds = longest_seconds
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._door: socket.socket | None = None
        self._owner = 0

    def read(self, offered: OfferedFile) -> ReadDocument:
        """Say what a file is after opening it, and give what is to be kept of it.

        Refuses with the field ``file`` everything ``kind_by_bytes`` refuses and what cannot be
        opened, hides or runs something, or takes more time or memory than a document should.
        """
        # What the bytes alone tell needs no second process.
        kind_by_bytes(offered)
        with self._lock:
            try:
                head, content = self._ask(offered)
            except (OSError, EOFError, ValueError) as error:
                self._give_up()
                # Too heavy as a rule; but a machine that starts no process looks the same from outside.
                log.warning("The reading of a document ended early: %r", error)
                raise Refused("evidence.too_heavy", field="file") from error
        if "refused" in head:
            raise Refused(head["refused"], field="file", **head["params"])
        return ReadDocument(
            kind=FileKind(head["kind"]),
            content=content,
            treatment=Treatment(head["treatment"]),
            pages=head["pages"],
            signatures=tuple(SignatureFinding.from_json(kept) for kept in head["signatures"]),
        )

    def close(self) -> None:
        """End the process, if there is one."""
        with self._lock:
            self._give_up()

    def _ask(self, offered: OfferedFile) -> tuple[dict[str, Any], bytes]:
        door = self._opened_door()
        asked = {
            "name": offered.name,
            "declared_type": offered.declared_type,
            "size": len(offered.content),
            "trust_roots": str(self._trust_roots) if self._trust_roots else "",
        }
        door.sendall(json.dumps(asked).encode() + b"\n" + offered.content)
        with door.makefile("rb") as heard:
            head = json.loads(heard.readline() or _hung_up())
            content = heard.read(head["size"])
        if len(content) != head["size"]:
            raise EOFError
        return head, content

    def _opened_door(self) -> socket.socket:
        if self._owner != os.getpid():
            # Forked: the process and its door belong to the parent.
            self._process = self._door = None
        if self._door is None:
            ours, theirs = socket.socketpair()
            ours.settimeout(self._longest_seconds)
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
                    [sys.executable, "-m", "portal.adapters.document_worker", str(theirs.fileno())],
                    cwd=_ROOT,
                    env={"LANG": "C.UTF-8"},
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    start_new_session=True,
                )
            self._door, self._owner = ours, os.getpid()
            atexit.register(self.close)
        return self._door

    def _give_up(self) -> None:
        if self._process is None or self._door is None or self._owner != os.getpid():
            return
        atexit.unregister(self.close)
        self._door.close()
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = self._door = None


def _hung_up() -> bytes:
    raise EOFError
