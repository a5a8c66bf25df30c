"""Journeys run in real Chromium against the real portal: prepared by its own command, served by its own server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from config import ROOT
from portal.cli.demonstration.sign_ins import PASSWORD

CHROMIUM = "/usr/bin/chromium"
AXE = ROOT / "tests/vendor/axe-core/axe.min.js"
# What a browser does besides showing pages: the pop-ups of its address bar, drawn for every window,
# cost more than most of our pages. Only the last such list counts, so what Playwright turns off is here too.
UNUSED_FEATURES = (
    "AimEnabled",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "SpareRendererForSitePerProcess",
    "ThirdPartyStoragePartitioning",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
)
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}
# Well below the half hour after which the portal forgets a visitor who does nothing.
SESSION_SECONDS = 600


@pytest.fixture(scope="session")
def portal_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demonstration, prepared and served as ``./run`` does it, on a port of its own."""
    with open_door() as door, serving(door, tmp_path_factory.mktemp("portal")) as address:
        yield address


def open_door() -> socket.socket:
    """A port of its own, open already: whoever knocks before the server is up waits in the line."""
    return socket.create_server(("127.0.0.1", 0))


@contextmanager
def serving(door: socket.socket, folder: Path, *, host: str = "127.0.0.1", **settings: str) -> Iterator[str]:
    """Prepare a demonstration in a folder and serve it behind a door; gives its address."""
    address = f"http://{host}:{door.getsockname()[1]}"
    environ = {
        **os.environ,
        "PORTAL_ENV": "development",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "STORAGE_FOLDER": str(folder / "evidence"),
        "BASE_URL": address,
        **settings,
    }
    python = [sys.executable, "-m"]
    subprocess.run(
        [*python, "portal.cli.main", "prepare"], cwd=ROOT, env=environ, check=True, capture_output=True
    )
    serving_at = [
        "--bind",
        f"fd://{door.fileno()}",
        "--workers",
        "1",
        "--threads",
        "4",
        "--log-level",
        "warning",
    ]
    control = ["--control-socket", str(folder / "gunicorn.ctl")]
    server = subprocess.Popen(
        [*python, "gunicorn", "wsgi:app", "--worker-class", "gthread", *serving_at, *control],
        cwd=ROOT,
        env=environ,
        pass_fds=[door.fileno()],
    )
    try:
        # On a busy machine the first answer takes longer than a browser waits.
        urlopen(f"{address}/about", timeout=120).close()
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; skipped plainly where there is none, never under ``CI=true``.

    It ends with the journeys: its driver keeps an event loop running in this thread, in which nothing
    else could run one of its own, as whatever checks a signature does.
    """
    if not shutil.which(CHROMIUM):
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed (Debian: apt install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                f"--disable-features={','.join(UNUSED_FEATURES)}",
            ],
        )
        yield browser
        browser.close()


class Visitor:
    """A person at a browser: a page, what the console complained of, and a few things people do."""

    # Who signed in, where and when, and the session that was given for it.
    _signed_in: ClassVar[dict[tuple[str, str], tuple[float, str]]] = {}

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        context.add_init_script(path=AXE)
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message: object) -> None:
        # The browser reports every 4xx answer; those are asked for where a journey goes wrong on purpose.
        text = getattr(message, "text", "")
        if getattr(message, "type", "") == "error" and "Failed to load resource" not in text:
            self.complaints.append(text)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path if path.startswith("/") else path)

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.go("/account/sign-in")
        self.page.fill("#email", email)
        self.page.fill("#password", password)
        self.page.press("#password", "Enter")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def come_as(self, email: str) -> None:
        """Be somebody in one more window: the first signs in, those of the next minutes share its session.

        For looking at pages; who signs out, or is watched while signing in, signs in.
        """
        signed_in_at, session = self._signed_in.get((self.address, email), (0.0, ""))
        if session and time.monotonic() - signed_in_at < SESSION_SECONDS:
            self.context.add_cookies([{"name": "bridge", "value": session, "url": self.address}])
            return
        self.sign_in(email)
        (session,) = (each["value"] for each in self.context.cookies() if each["name"] == "bridge")
        self._signed_in[self.address, email] = (time.monotonic(), session)

    def read(self, path: str) -> str:
        """The markup of a page as this person gets it, without opening it."""
        return self.context.request.get(self.address + path).text()

    def violations(self) -> list[str]:
        """What axe finds on the page as it stands (WCAG 2.0 to 2.2, A and AA, and best practices).

        Colours are the same in every language, and weighing them is most of the work: they are
        weighed on the English pages.
        """
        # Where scripts are off, none stood ready when the page opened.
        if not self.page.evaluate("typeof axe !== 'undefined'"):
            self.page.evaluate(AXE.read_text())
        weigh = {"color-contrast": {"enabled": self.page.get_attribute("html", "lang") == "en"}}
        found = self.page.evaluate(
            "rules => axe.run(document, {resultTypes: ['violations'], rules}).then(r => r.violations)", weigh
        )
        return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]

    def is_wider_than_the_screen(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


@pytest.fixture
def visit(chromium: Browser, portal_address: str) -> Iterator[Callable[..., Visitor]]:
    """Open a browser window: ``visit(language=..., size=..., scripts=...)``."""
    opened: list[Visitor] = []

    def open_window(
        *, language: str = "en", size: dict[str, int] | None = None, scripts: bool = True
    ) -> Visitor:
        context = chromium.new_context(viewport=size or WIDE, java_script_enabled=scripts)  # type: ignore[arg-type]
        context.add_cookies([{"name": "language", "value": language, "url": portal_address}])
        context.set_default_timeout(15_000)
        visitor = Visitor(context, portal_address)
        opened.append(visitor)
        return visitor

    yield open_window
    for visitor in opened:
        visitor.context.close()


class Shots:
    """Keeps pictures in the folder named by ``SCREENSHOTS``; without one, nobody waits for them."""

    def __init__(self) -> None:
        self.folder = Path(os.environ["SCREENSHOTS"]) if "SCREENSHOTS" in os.environ else None
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)

    def take(self, page: Page, name: str) -> None:
        if self.folder:
            page.screenshot(path=self.folder / f"{name}.png", full_page=True)


@pytest.fixture(scope="session")
def shots() -> Shots:
    """Where pictures go."""
    return Shots()
