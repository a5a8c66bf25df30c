"""The talk with ClamAV's daemon: with the real one where it is installed, and with one that misbehaves."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import md5
from threading import Thread

import pytest

from portal.adapters.scanner import ClamDaemon, NoScanner
from portal.domain.ports import ScanResult

# The test file that every scanner knows, in two halves so that none finds it in this one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
# As a service manager hands a socket over: it is the third file, and the variables say so.
HANDING_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.argv[2], sys.argv[2:])
"""
LARGE = b"a page of a document " * 500_000


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real daemon that knows one signature, on a socket of its own."""
    program = shutil.which("clamd", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("clamd is not installed")
        pytest.skip("clamd is not installed (Debian: apt install clamav-daemon)")
    folder = tmp_path_factory.mktemp("clamd")
    signatures = folder / "signatures"
    signatures.mkdir()
    digest = md5(EICAR, usedforsecurity=False).hexdigest()
    (signatures / "own.hdb").write_text(f"{digest}:{len(EICAR)}:Test.File\n")
    address = folder / "clamd.ctl"
    (folder / "clamd.conf").write_text(
        f"Foreground yes\nLocalSocket {folder}/unused.ctl\nDatabaseDirectory {signatures}\n"
        f"TemporaryDirectory {folder}\nLogFile {folder}/log\nUser root\n"
    )
    with socket.socket(socket.AF_UNIX) as door:
        # The daemon is handed a door that is open already: whoever knocks early waits in the line.
        door.bind(str(address))
        door.listen()
        daemon = subprocess.Popen(
            [
                *(sys.executable, "-c", HANDING_OVER, str(door.fileno())),
                *(program, "--config-file", str(folder / "clamd.conf")),
            ],
            pass_fds=[door.fileno()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    try:
        yield f"unix:{address}"
    finally:
        daemon.terminate()
        daemon.wait(timeout=20)


def test_the_daemon_finds_what_it_knows_and_nothing_else(clamd: str) -> None:
    scanner = ClamDaemon(clamd)
    assert scanner.scan(EICAR) is ScanResult.INFECTED
    assert scanner.scan(b"a certificate") is ScanResult.CLEAN
    assert scanner.scan(LARGE) is ScanResult.CLEAN
    assert scanner.scan(b"") is ScanResult.CLEAN


class Misbehaving:
    """A server on the loopback that hears a whole stream and then does what a test says."""

    def __init__(self, answer: Callable[[socket.socket], None]) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.heard = bytearray()
        self.address = f"tcp://127.0.0.1:{self._door.getsockname()[1]}"
        self._thread = Thread(target=self._serve, args=(answer,))
        self._thread.start()

    def _serve(self, answer: Callable[[socket.socket], None]) -> None:
        guest, _ = self._door.accept()
        with guest, guest.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while size := int.from_bytes(stream.read(4), "big"):
                self.heard += stream.read(size)
            answer(guest)

    def close(self) -> None:
        self._thread.join(timeout=10)
        self._door.close()


def say(words: bytes) -> Callable[[socket.socket], None]:
    return lambda guest: guest.sendall(words)


def wait_for_the_guest_to_leave(guest: socket.socket) -> None:
    guest.recv(1)


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (say(b"stream: OK\0"), ScanResult.CLEAN),
        (say(b"stream: Eicar-Test-Signature FOUND\0"), ScanResult.INFECTED),
        (say(b"INSTREAM size limit exceeded. ERROR\0"), ScanResult.PENDING),
        (say(b"stream: OK"), ScanResult.PENDING),
        (say(b""), ScanResult.PENDING),
        (say(b"nonsense " * 1000 + b"\0"), ScanResult.PENDING),
        (wait_for_the_guest_to_leave, ScanResult.PENDING),
    ],
    ids=["clean", "found", "too large", "cut short", "hung up", "nonsense", "silent"],
)
def test_only_a_whole_answer_counts(answer: Callable[[socket.socket], None], result: ScanResult) -> None:
    server = Misbehaving(answer)
    patience = 0.5 if answer is wait_for_the_guest_to_leave else 20
    found = ClamDaemon(server.address, seconds=patience).scan(LARGE)
    server.close()
    assert found is result
    assert server.heard == LARGE


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd.ctl", "tcp://127.0.0.1:1"])
def test_a_daemon_that_is_not_there_leaves_files_waiting(address: str) -> None:
    assert ClamDaemon(address).scan(b"a certificate") is ScanResult.PENDING


def test_without_a_scanner_nothing_is_looked_at_and_that_is_what_it_says() -> None:
    assert (NoScanner().scan(EICAR), NoScanner().is_present) == (ScanResult.NOT_SCANNED, False)
    assert ClamDaemon("unix:/nowhere").is_present
