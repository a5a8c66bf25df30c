"""Nothing typed is lost: a form that arrives after its sign-in or its token has ended is kept.

The fields (never files, passwords or a date of birth) wait in the database under the digest of a key that
only this browser's session knows, and fill the same form when the person is back: an hour for the account
whose sign-in the form was drawn for, and for no other; what a visitor typed ten minutes, for visitors.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

from flask import current_app, flash, g, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import delete
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from portal.domain.retention import FORM_KEPT_FOR
from portal.models.database import db
from portal.models.records import KeptForm
from portal.services.house import House
from portal.services.sign_ins import account_of_sign_in
from portal.web.form_tokens import sign_in_of_form

# Anybody may sit down at a browser where nobody is signed in: only whoever goes straight back is served.
KEPT_FOR_VISITORS = timedelta(minutes=10)
# A date is three controls, "born_on-day" and its like: the name before the dash counts.
NEVER_KEPT = frozenset(
    {
        "born_on",
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
        if keep_typed():
            flash(
                _(
                    "You were signed out. Sign in again: what you typed is kept, "
                    "but files must be chosen again."
                ),
                "notice",
            )
        return redirect(url_for("security.login", next=_form_path()), 303)
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")), 303)


def keep_typed(*, of_visitors: bool = False) -> bool:
    """Keep this request's fields for its form's address and its account; True when they are kept.

    A form that was drawn for no sign-in is kept only with ``of_visitors``: where its page asks for an
    account, nobody could have it back.
    """
    house: House = current_app.extensions["house"]
    fields = {
        name: values for name, values in request.form.lists() if name.partition("-")[0] not in NEVER_KEPT
    }
    sign_in = sign_in_of_form()
    owner = account_of_sign_in(house, sign_in) if sign_in else None
    if not fields or (owner is None and not of_visitors):
        return False
    key = secrets.token_urlsafe(32)
    now = house.clock.now()
    db.session.execute(delete(KeptForm).where(KeptForm.at < now - FORM_KEPT_FOR))
    db.session.add(
        KeptForm(key=_digest(key), account_id=owner, path=_form_path()[:400], fields=fields, at=now)
    )
    db.session.commit()
    session["kept_form"] = key
    return True


def take_kept() -> None:
    """Before a form is drawn: hand it what was kept for this address and this reader, once."""
    if request.method != "GET" or "kept_form" not in session:
        return
    house: House = current_app.extensions["house"]
    row = db.session.get(KeptForm, _digest(session["kept_form"]))
    if row is None or row.at < house.clock.now() - (FORM_KEPT_FOR if row.account_id else KEPT_FOR_VISITORS):
        session.pop("kept_form")
        return
    reader = current_user.id if current_user.is_authenticated else None
    if row.path != request.path or row.account_id != reader:
        return
    g.kept_form = as_formdata(row.fields)
    session.pop("kept_form")
    db.session.delete(row)
    db.session.commit()


def as_formdata(fields: dict[str, Any]) -> MultiDict[str, str]:
    """The kept fields as a form reads them."""
    return MultiDict([(name, value) for name, values in fields.items() for value in values])


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def _form_path() -> str:
    """The page the form stood on: ours if the browser says so, else the address it was sent to."""
    page = request.referrer or ""
    root = request.url_root
    return "/" + page.removeprefix(root).partition("?")[0] if page.startswith(root) else request.path
