"""Starts a real OpenID Connect provider (the npm package oidc-provider) on localhost, for tests.

And walks through its pages as a browser would, for tests without one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

FOLDER = Path(__file__).with_name("oidc-provider")
CLIENT_ID, CLIENT_SECRET = "portal-under-test", "a secret that only tests know"


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider that is up; ``settings`` are what the portal is told of it."""

    issuer: str

    @property
    def settings(self) -> dict[str, str]:
        return {
            "OIDC_ISSUER": self.issuer,
            "OIDC_CLIENT_ID": CLIENT_ID,
            "OIDC_CLIENT_SECRET": CLIENT_SECRET,
            "OIDC_NAME": "Example ID",
        }


@contextmanager
def openid_provider(redirect_uri: str) -> Iterator[Provider]:
    """A provider that knows one client; skipped plainly where there is no node, never under ``CI=true``."""
    _require_package()
    environ = {
        **os.environ,
        "CLIENT_ID": CLIENT_ID,
        "CLIENT_SECRET": CLIENT_SECRET,
        "REDIRECT_URI": redirect_uri,
    }
    server = subprocess.Popen(
        ["node", "server.mjs"],
        cwd=FOLDER,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    try:
        issuer = server.stdout.readline().strip()
        assert issuer.startswith("http://localhost:"), "the provider did not start"
        yield Provider(issuer)
    finally:
        server.terminate()
        server.wait(timeout=20)
        server.stdout.close()


def walk_through(address: str, redirect_uri: str, *, login: str | None) -> str:
    """Sign in at the provider as an address, or turn back; gives where it sends the browser then."""
    with requests.Session() as browser:
        answer = browser.get(address, timeout=20)
        form = re.search(r'action="([^"]+)"', answer.text)
        assert form, answer.text
        origin = "/".join(answer.url.split("/")[:3])
        data = {"login": login} if login else {"cancel": "1"}
        answer = browser.post(origin + form[1], data=data, allow_redirects=False, timeout=20)
        while not answer.headers["Location"].startswith(redirect_uri):
            answer = browser.get(answer.headers["Location"], allow_redirects=False, timeout=20)
        return answer.headers["Location"]


def _require_package() -> None:
    if not (shutil.which("node") and shutil.which("npm")):
        if os.environ.get("CI") == "true":
            pytest.fail("node and npm are not installed")
        pytest.skip("node and npm are not installed (Debian: apt install nodejs npm)")
    installed = FOLDER / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < (FOLDER / "package-lock.json").stat().st_mtime:
        subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund"], cwd=FOLDER, check=True, capture_output=True, timeout=300
        )
