"""The process in which strangers' documents are opened, away from the portal's own.

Owns the limits: every document is read in a process forked for it alone, with bounded memory and
time, without the portal's secrets, unable to write a file. Started by ``documents.py``; talks over
one socket: a line of JSON and the bytes, both ways.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import puremagic

from portal.adapters.pdf_papers import read_pdf
from portal.adapters.pictures import redraw
from portal.domain.errors import Refused
from portal.domain.files import FileKind, OfferedFile, ReadDocument, kind_by_bytes

MOST_MEMORY_BYTES: Final = 1024 * 1024 * 1024
MOST_CPU_SECONDS: Final = 20


def read(offered: OfferedFile, trust_roots: Path | None = None) -> ReadDocument:
    """Say what a file is after opening it, and give what is to be kept of it."""
    kind = kind_by_bytes(offered)
    _refuse_second_opinion(offered.content, kind)
    _refuse_archive(offered.content)
    if kind is FileKind.PDF:
        return read_pdf(offered.content, trust_roots)
    return redraw(offered.content, kind)


def _refuse_second_opinion(content: bytes, kind: FileKind) -> None:
    """Ask a second detector; its first guess must be ours."""
    try:
        guessed = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError) as error:
        raise Refused("evidence.unreadable", field="file") from error
    if guessed != kind.value:
        raise Refused("evidence.kind_not_accepted", field="file")


def _refuse_archive(content: bytes) -> None:
    """Refuse what is an archive as well: an archive is found from its end, so it can hide in any file."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            is_archive = bool(archive.infolist())
    except NotImplementedError:
        # One that asks for a newer reader than this is an archive all the same.
        is_archive = True
    except (zipfile.BadZipFile, ValueError):
        return
    if is_archive:
        raise Refused("evidence.two_in_one", field="file")


def serve(door: socket.socket) -> None:
    """Read one document after another until the portal hangs up, or until one has to be given up."""
    while door.recv(1, socket.MSG_PEEK):
        child = os.fork()
        if child == 0:
            _limit()
            _answer(door)
            os._exit(0)
        if os.waitpid(child, 0)[1] != 0:
            return


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(door: socket.socket) -> None:
    with door.makefile("rb") as heard, door.makefile("wb") as said:
        asked = json.loads(heard.readline())
        content = heard.read(asked["size"])
        offered = OfferedFile(asked["name"], asked["declared_type"], content)
        roots = Path(asked["trust_roots"]) if asked["trust_roots"] else None
        try:
            document = read(offered, roots)
        except Refused as refusal:
            _say(said, {"refused": refusal.code, "params": dict(refusal.params)})
        except MemoryError:
            _say(said, {"refused": "evidence.too_heavy", "params": {}})
        else:
            _say(said, _described(document), document.content)


def _described(document: ReadDocument) -> dict[str, Any]:
    return {
        "kind": document.kind.value,
        "treatment": document.treatment.value,
        "pages": document.pages,
        "signatures": [finding.to_json() for finding in document.signatures],
    }


def _say(said: Any, head: dict[str, Any], content: bytes = b"") -> None:
    said.write(json.dumps({**head, "size": len(content)}).encode() + b"\n")
    said.write(content)
    said.flush()


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as opened:
        serve(opened)
