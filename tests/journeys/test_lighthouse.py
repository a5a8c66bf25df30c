"""Lighthouse weighs the ten main pages. Asked for by name (``./run test -m lighthouse -s``), because it takes minutes.

The printed table is what the README quotes.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable

import pytest

from tests.journeys.conftest import CHROMIUM, Visitor
from tests.journeys.pages import MAIN_PAGES, NOBODY
from tests.peers.packages import peer_package

LEAST = {"performance": 0.95, "accessibility": 1.0, "best-practices": 1.0}
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


def scores(address: str, cookie: str) -> tuple[dict[str, float], list[str]]:
    """The scores of a page as a visitor with these cookies sees it, and the audits that cost something."""
    folder = peer_package("lighthouse")
    words = [
        "node_modules/.bin/lighthouse",
        address,
        f"--chrome-flags={FLAGS}",
        f"--only-categories={','.join(LEAST)}",
        "--output=json",
        "--quiet",
    ]
    if cookie:
        words.append(f"--extra-headers={json.dumps({'Cookie': cookie})}")
    environ = {**os.environ, "CHROME_PATH": CHROMIUM}
    answer = subprocess.run(words, cwd=folder, env=environ, check=False, capture_output=True, timeout=240)
    assert answer.returncode == 0, answer.stderr.decode()
    report = json.loads(answer.stdout)
    # A page that sent the visitor away was not weighed.
    assert report["finalDisplayedUrl"] == address
    found = {name: each["score"] for name, each in report["categories"].items()}
    costly = [
        name
        for category in ("accessibility", "best-practices")
        for name in (audit["id"] for audit in report["categories"][category]["auditRefs"])
        if report["audits"][name]["score"] not in (None, 1)
    ]
    return found, costly


@pytest.mark.lighthouse
@pytest.mark.browser
@pytest.mark.parametrize(("who", "path"), MAIN_PAGES)
def test_lighthouse_is_content(visit: Callable[..., Visitor], who: str, path: str) -> None:
    visitor = visit()
    if who != NOBODY:
        visitor.sign_in(f"{who}@example.com")
    cookie = "; ".join(f"{each['name']}={each['value']}" for each in visitor.context.cookies())
    found, costly = scores(visitor.address + path, cookie)
    print(f"\n{path}: {found} {costly}")  # noqa: T201 - for the README
    assert {name: score for name, score in found.items() if score < LEAST[name]} == {}
