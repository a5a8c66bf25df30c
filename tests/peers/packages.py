"""Installing a peer that comes from npm, once a machine, beside the tests that need it.

Each has a folder of its own here with a ``package.json`` and a lock; what is installed is not kept.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import pytest

PEERS = Path(__file__).parent


def peer_package(name: str, *programs: str) -> Path:
    """The folder of a peer, installed by its lock.

    Skipped plainly where one of the programs it needs is missing, never under ``CI=true``.
    """
    missing = [program for program in ("node", "npm", *programs) if not shutil.which(program)]
    if missing:
        reason = f"not installed: {', '.join(missing)}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = PEERS / name
    with (folder / "package.json").open() as door:
        # Tests run side by side; one of them installs, the others wait for it.
        fcntl.flock(door, fcntl.LOCK_EX)
        if not _is_installed(folder):
            subprocess.run(
                ["npm", "ci", "--no-audit", "--no-fund"],
                cwd=folder,
                check=True,
                capture_output=True,
                timeout=300,
            )
    return folder


def _is_installed(folder: Path) -> bool:
    installed = folder / "node_modules" / ".package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= (folder / "package-lock.json").stat().st_mtime
