"""A small application with the face and nothing behind it: no database, no accounts, no rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from portal.domain.people import NOBODY, Actor
from portal.domain.retention import RetentionPeriods
from portal.web.formatting import init_formatting
from portal.web.headers import init_headers
from portal.web.languages import init_languages
from portal.web.navigation import init_navigation
from portal.web.rendering import init_rendering
from portal.web.retention import init_retention
from portal.web.site import init_site

ROOT: Final = Path(__file__).resolve().parents[2]
TODAY: Final = date(2026, 11, 22)


def small_app(
    *,
    actor: Callable[[], Actor] = lambda: NOBODY,
    account_language: Callable[[], str | None] | None = None,
) -> Flask:
    """Build the face alone; views are added by the test that needs them."""
    app = Flask("face", static_folder=str(ROOT / "static"), template_folder=str(ROOT / "templates"))
    app.config.update(SECRET_KEY="k" * 32, TESTING=True, WTF_CSRF_TIME_LIMIT=None)
    init_rendering(app)
    CSRFProtect(app)
    init_languages(app, account_language)
    init_headers(app)
    init_formatting(app, lambda: TODAY)
    init_retention(app, RetentionPeriods)
    init_site(app)
    init_navigation(app, actor)
    return app
