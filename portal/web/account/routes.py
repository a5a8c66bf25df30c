"""The account's own pages: where a sign-in leads, what follows a registration."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.domain.people import Role
from portal.web.access import current_actor, open_to_all, signed_in
from portal.web.account.pages import account_rows

account = Blueprint("account", __name__, url_prefix="/account")

# Where each role's day begins, in the order of precedence for accounts with several.
_DESKS = (
    (Role.OFFICER, "administrator.queue"),
    (Role.PROGRAMME_MANAGER, "programmes.cohorts"),
    (Role.PROFESSIONAL, "professional.home"),
    (Role.EMPLOYER_MEMBER, "employer.looks"),
)


@account.get("")
@signed_in
def start() -> Response:
    """Lead somebody who signed in to where their day begins."""
    for role, endpoint in _DESKS:
        if current_actor().has(role):
            return redirect(url_for(endpoint), 303)
    return redirect(url_for("account.home"), 303)


@account.get("/settings")
@signed_in
def home() -> str:
    """The account itself: its address, what it may do, its password."""
    return render_template("account/home.html", rows=account_rows(current_user))


@account.get("/registered")
@open_to_all
def registered() -> str:
    """The same page after every registration, whether the address was known or not."""
    return render_template("account/registered.html")
