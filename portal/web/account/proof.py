"""Asking again who somebody is, before they change how their account is entered.

A browser left open, or a cookie stolen, must not be enough to lock the owner out. Owns the question
whether the last proof is recent, and the way to the page that asks for a new one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import redirect, request, url_for

from portal.domain.sign_ins import is_fresh
from portal.web.account.sessions import standing
from portal.web.house import the_house
from portal.web.kept_forms import keep_typed

View = TypeVar("View", bound=Callable[..., Any])


def freshly_proven(view: View) -> View:
    """Let a view run only soon after its reader proved who they are; stands under ``@signed_in``.

    What was typed into a form is kept for the page it came from.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if is_fresh(standing().proven_at, the_house().clock.now()):
            return view(*args, **kwargs)
        if request.method == "POST":
            keep_typed()
        return redirect(url_for("account.prove", next=request.path), 303)

    return guarded  # type: ignore[return-value]  # the same signature, as wraps promises
