"""What stands before the library's own views: a question where they would act too easily, and a limit.

Owns the order of the two. What a token or a password is worth stays the library's business.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from flask import Flask, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from flask_security.confirmable import confirm_email_token_status

from portal.models.accounts import Account
from portal.web.account.forms import ConfirmAddress
from portal.web.account.proof import freshly_proven
from portal.web.limits import limiter
from portal.web.public.check.visit import set_aside

View = Callable[..., Any]

# Each address may try so often; the library itself has no limit of its own.
_LIMITS: Final = {
    "security.login": "20 per minute; 100 per hour",
    "security.register": "10 per minute; 40 per hour",
    "security.forgot_password": "10 per minute; 40 per hour",
    "security.send_confirmation": "10 per minute; 40 per hour",
    "security.confirm_email": "20 per minute",
    "security.reset_password": "20 per minute",
    "security.change_password": "20 per minute",
}


def stand_before_its_views(app: Flask) -> None:
    """Put our questions and limits before the library's views."""
    views = app.view_functions
    views["security.confirm_email"] = _asking_for_the_password(views["security.confirm_email"])
    views["security.change_password"] = _asking_for_a_proof(views["security.change_password"])
    views["security.register"] = _setting_answers_aside(views["security.register"])
    for endpoint, limit in _LIMITS.items():
        limited: Any = limiter.limit(limit, methods=["POST"])(views[endpoint])
        views[endpoint] = limited


def _asking_for_the_password(confirm: View) -> View:
    """Confirm an address only for whoever chose the password: somebody else may have opened the account.

    Nothing happens on a GET: programs that look through e-mail open every link in it.
    """

    @wraps(confirm)
    def confirm_email(token: str) -> Any:
        form = ConfirmAddress()
        if request.method == "POST":
            opened = _unconfirmed(token)
            if opened is None or _proves(form, opened):
                return confirm(token=token)
        page = render_template("account/confirm_email.html", form=form, token=token)
        return page, 422 if form.errors else 200

    return confirm_email


def _proves(form: ConfirmAddress, account: Account) -> bool:
    """True when the right password was typed; otherwise the form says what to mend."""
    if not form.validate():
        return False
    if account.verify_and_update_password(form.password.data):
        return True
    form.refuse(_("That password is not right."), field="password")
    return False


def _unconfirmed(token: str) -> Account | None:
    """The account that a confirmation link would open, when it has a password; None for every other link."""
    expired, invalid, found = confirm_email_token_status(token)  # type: ignore[no-untyped-call]
    if expired or invalid or found is None or found.confirmed_at is not None or not found.password:
        return None
    account: Account = found
    return account


def _asking_for_a_proof(change: View) -> View:
    @wraps(change)
    def change_password() -> Any:
        # The present password is proof enough; whoever has none yet proves it another way.
        return change() if current_user.password else freshly_proven(change)()

    return change_password


def _setting_answers_aside(register: View) -> View:
    @wraps(register)
    def registering() -> Any:
        answer = register()
        if request.method == "POST" and getattr(answer, "status_code", 200) in (302, 303):
            set_aside()
        return answer

    return registering
