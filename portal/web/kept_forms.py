"""Nothing typed is lost: a form that arrives after its sign-in or its token has ended is kept.

The fields (never files, never passwords) wait an hour in the database under a key that only this
browser's session knows, and fill the same form when the person is back.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from flask import current_app, flash, g, redirect, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy import delete
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from portal.models.database import db
from portal.models.records import KeptForm
from portal.services.house import House

KEPT_FOR = timedelta(hours=1)
NEVER_KEPT = frozenset(
    {
        "csrf_token",
        "password",
        "password_confirm",
        "new_password",
        "new_password_confirm",
        "pin",
        "factor",
        "identity_number",
        "one_time_code",
        "passkey_answer",
    }
)


def keep_and_sign_in() -> Response:
    """Answer somebody who is signed out: keep what they sent, and lead them to the sign-in page."""
    if request.method == "POST":
        keep_typed()
        flash(
            _("You were signed out. Sign in again: what you typed is kept, but files must be chosen again."),
            "notice",
        )
        return redirect(url_for("security.login", next=_form_path()), 303)
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")), 303)


def keep_typed() -> None:
    """Keep this request's fields for its form's address."""
    house: House = current_app.extensions["house"]
    fields = {name: values for name, values in request.form.lists() if name not in NEVER_KEPT}
    if not fields:
        return
    key = secrets.token_urlsafe(32)
    now = house.clock.now()
    db.session.execute(delete(KeptForm).where(KeptForm.at < now - KEPT_FOR))
    db.session.add(KeptForm(key=key, path=_form_path()[:400], fields=fields, at=now))
    db.session.commit()
    session["kept_form"] = key


def take_kept() -> None:
    """Before a form is drawn: hand it what was kept for this address, once."""
    if request.method != "GET" or "kept_form" not in session:
        return
    house: House = current_app.extensions["house"]
    row = db.session.get(KeptForm, session["kept_form"])
    if row is None or row.at < house.clock.now() - KEPT_FOR:
        session.pop("kept_form")
        return
    if row.path != request.path:
        return
    g.kept_form = as_formdata(row.fields)
    session.pop("kept_form")
    db.session.delete(row)
    db.session.commit()


def as_formdata(fields: dict[str, Any]) -> MultiDict[str, str]:
    """The kept fields as a form reads them."""
    return MultiDict([(name, value) for name, values in fields.items() for value in values])


def _form_path() -> str:
    """The page the form stood on: ours if the browser says so, else the address it was sent to."""
    page = request.referrer or ""
    root = request.url_root
    return "/" + page.removeprefix(root).partition("?")[0] if page.startswith(root) else request.path
