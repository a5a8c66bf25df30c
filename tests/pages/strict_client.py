"""A browser that fails any page below the house's standard.

``StrictClient(app)`` is a FlaskClient: ``get`` and ``post`` give the ordinary
test response, after every HTML page was read by ``tests/pages/faults.py``. So
each test that opens a page also checks it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages.faults import faults, invalid_html


class UnfitPage(AssertionError):
    """A page below the standard; lists all that is wrong with it."""


class StrictClient(FlaskClient):
    """A Flask test client whose every HTML answer is checked.

    ``language`` is the browser's, as sent in Accept-Language.
    """

    # Parsing as a browser does is slow; once for each kind of page is enough.
    _validated: ClassVar[set[tuple[str, int, str]]] = set()

    def __init__(self, app: Flask, *, language: str | None = None) -> None:
        super().__init__(app, app.response_class, use_cookies=True)
        if language is not None:
            self.environ_base["HTTP_ACCEPT_LANGUAGE"] = language

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask for a page and read it; refuses one below the standard with ``UnfitPage``."""
        answer = super().open(*args, **kwargs)
        self._read(answer)
        return answer

    def _read(self, answer: TestResponse) -> None:
        if answer.mimetype != "text/html" or 300 <= answer.status_code < 400 or not answer.data:
            return
        language = answer.headers.get("Content-Language")
        found = faults(answer.text, language=language)
        kind = (_kind_of(answer.request.path), answer.status_code, language or "")
        if kind not in self._validated:
            found += invalid_html(answer.text)
            if not found:
                self._validated.add(kind)
        if found:
            asked = f"{answer.request.method} {answer.request.path} ({answer.status_code}, {language})"
            raise UnfitPage("\n  - ".join([f"{asked} is below the standard:", *found]))


def _kind_of(path: str) -> str:
    """The address without its references and keys."""
    return "/".join("…" if any(sign.isdigit() for sign in part) else part for part in path.split("/"))
