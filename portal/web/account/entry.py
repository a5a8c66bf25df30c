"""From the first thing shown to being signed in: straight in, or by way of the second step.

Owns what is remembered between the two steps, in the browser's signed session: whose password it was,
for ten minutes, and where they wanted to go. It must not know how a step is checked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import flash, redirect, session, url_for
from flask_babel import gettext as _
from flask_security import login_user
from flask_security.tf_plugin import TfPlugin
from sqlalchemy import select
from werkzeug.wrappers import Response

from portal.domain.sign_ins import WayIn
from portal.models.accounts import Account
from portal.models.database import db
from portal.services.lost_ways import let_in_after_wait
from portal.services.ways import has_second_step
from portal.web.account.sessions import commit_after_this_request
from portal.web.house import the_house
from portal.web.limits import limiter

P = ParamSpec("P")
R = TypeVar("R")

_PENDING: Final = "second_step"
_TIME_FOR_IT: Final = timedelta(minutes=10)


class SecondStep(TfPlugin):
    """Stands where the library asks, after a right password, whether a second factor is due."""

    def tf_enter(
        self, user: Any, remember_me: bool | None, primary_authn_via: str, next_loc: str | None
    ) -> Response | None:
        """Lead to the second step of an account that has one; None lets the library go on."""
        if not has_second_step(the_house(), user.id):
            return None
        return _second_step_or_in(user, WayIn(primary_authn_via), next_loc)


def come_in(account: Account, way: WayIn, *, next_address: str | None) -> Response:
    """Sign an account in, or ask for its second step first; a passkey is both steps at once."""
    if way is not WayIn.PASSKEY and has_second_step(the_house(), account.id):
        return _second_step_or_in(account, way, next_address)
    return _enter(account, [way.value], next_address)


def finish_second_step(account: Account) -> Response:
    """Sign in an account whose second step was taken."""
    pending = session.pop(_PENDING)
    return _enter(account, [pending["way"], "second"], pending["next"])


def pending_account() -> Account | None:
    """Whose second step is awaited in this browser; None when nobody's, or no longer."""
    pending = session.get(_PENDING)
    if not pending:
        return None
    if datetime.fromisoformat(pending["until"]) < the_house().clock.now():
        session.pop(_PENDING)
        return None
    return db.session.scalars(
        select(Account).where(Account.fs_uniquifier == pending["account"], Account.active.is_(True))
    ).one_or_none()


def limited_by_pending(limit: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A limit on what is sent between the two steps, by account, wherever it comes from.

    Whoever shows none is not counted: they would share one count with everybody like them, and their
    requests do nothing.
    """
    return limiter.limit(
        limit, methods=["POST"], key_func=_pending_key, exempt_when=lambda: pending_account() is None
    )


def inner_address(value: str | None) -> str | None:
    """An address within this portal, or None: nobody is ever led elsewhere."""
    value = (value or "").strip()
    parts = urlsplit(value)
    inner = value.startswith("/") and not value.startswith("//") and "\\" not in value
    return value if inner and not parts.netloc and value.isprintable() else None


def _second_step_or_in(account: Account, way: WayIn, next_address: str | None) -> Response:
    """Ask for the second step, unless it was lost and the wait for that is over."""
    if not let_in_after_wait(the_house(), account):
        return _ask_second_step(account, way, next_address)
    flash(
        _(
            "Your passkeys, your app and your recovery codes are removed, because you had lost them. "
            "Add new ones now: until then your password alone opens your account."
        )
    )
    return _enter(account, [way.value], url_for("account.ways"))


def _pending_key() -> str:
    return str(session[_PENDING]["account"])


def _ask_second_step(account: Account, way: WayIn, next_address: str | None) -> Response:
    session[_PENDING] = {
        "account": account.fs_uniquifier,
        "way": way.value,
        "next": inner_address(next_address),
        "until": (the_house().clock.now() + _TIME_FOR_IT).isoformat(),
    }
    return redirect(url_for("account.second_step"), 303)


def _enter(account: Account, shown: list[str], next_address: str | None) -> Response:
    session.pop(_PENDING, None)
    commit_after_this_request()
    login_user(account, remember=False, authn_via=shown)
    return redirect(inner_address(next_address) or url_for("account.start"), 303)
