"""Tells the database whether a request will write, before its first statement."""

from __future__ import annotations

from flask import Flask, request, session

from portal.models.database import writing

# A return from single sign-on signs in, opening a document is journaled, and a kept form is taken
# back: on GET.
_WRITING_VIEWS = frozenset(
    {
        "single_sign_on.back",
        "professional.download_evidence",
        "professional.download_data_export",
        "professional.download_letter",
    }
)


def init_transactions(app: Flask) -> None:
    """Set the mode of each request's transaction."""
    app.before_request(_choose_mode)


def _choose_mode() -> None:
    reads_only = (
        request.method in ("GET", "HEAD", "OPTIONS")
        and request.endpoint not in _WRITING_VIEWS
        and "kept_form" not in session
    )
    writing.set(not reads_only)
