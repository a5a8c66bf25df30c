"""What every answer tells the browser about trust.

Owns the response headers: nothing runs, loads or frames that is not ours, and
a signed-in person's pages are kept nowhere. It must not know what a page shows.
"""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, current_app, request, session

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

_ALWAYS: Final[dict[str, str]] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_TWO_YEARS: Final = "max-age=63072000; includeSubDomains"


def init_headers(app: Flask) -> None:
    """Put the headers on every answer of an application."""
    app.after_request(_add_headers)


def _add_headers(answer: Response) -> Response:
    for name, value in _ALWAYS.items():
        answer.headers.setdefault(name, value)
    if current_app.config.get("SESSION_COOKIE_SECURE"):
        answer.headers.setdefault("Strict-Transport-Security", _TWO_YEARS)
    if request.endpoint != "static" and _is_personal():
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _is_personal() -> bool:
    """A page that belongs to one reader: signed in, or in the middle of a form."""
    return bool(session) or request.method not in ("GET", "HEAD")
