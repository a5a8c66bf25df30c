"""The account's own pages: where a sign-in leads, what follows a registration, where one is signed in."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _, ngettext
from werkzeug.wrappers import Response

from portal.domain.people import Role
from portal.services.sign_ins import (
    end_other_sign_ins as end_the_others,
    end_sign_in as end_one,
    list_sign_ins,
)
from portal.web.access import current_actor, open_to_all, signed_in
from portal.web.account.blueprint import account, own_account
from portal.web.account.pages import account_rows
from portal.web.account.sessions import standing
from portal.web.account.ways_forms import ConfirmForm
from portal.web.account.ways_pages import sign_in_row
from portal.web.house import the_house
from portal.web.public.check.visit import this_visit

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
            if role is Role.PROFESSIONAL and not this_visit().answers.is_empty:
                # What was answered before the account waits to be seen, and then recorded.
                return redirect(url_for("eligibility.carry"), 303)
            return redirect(url_for(endpoint), 303)
    return redirect(url_for("account.home"), 303)


@account.get("/settings")
@signed_in
def home() -> str:
    """The account itself: its address, what it may do, its ways to sign in."""
    own = own_account()
    return render_template("account/home.html", rows=account_rows(own), has_password=bool(own.password))


@account.get("/registered")
@open_to_all
def registered() -> str:
    """The same page after every registration, whether the address was known or not."""
    return render_template("account/registered.html")


@account.get("/sign-ins")
@signed_in
def sign_ins() -> str:
    """Each browser in which the account is signed in, and the last few that are over."""
    rows = [sign_in_row(each) for each in list_sign_ins(the_house(), current_actor(), standing().id)]
    return render_template(
        "account/sign_ins.html",
        alive=[row for row in rows if row.is_alive],
        past=[row for row in rows if not row.is_alive],
        form=ConfirmForm(),
    )


@account.post("/sign-ins/<uuid:key>/end")
@signed_in
def end_sign_in(key: UUID) -> Response:
    """End one sign-in: its browser is out at its next request."""
    end_one(the_house(), current_actor(), key)
    flash(_("Ended. That browser is signed out."), "success")
    return redirect(url_for("account.sign_ins"), 303)


@account.post("/sign-ins/end-others")
@signed_in
def end_other_sign_ins() -> Response:
    """End every sign-in but this one."""
    count = end_the_others(the_house(), current_actor(), standing().id)
    flash(
        ngettext("%(num)s other browser is signed out.", "%(num)s other browsers are signed out.", count),
        "success",
    )
    return redirect(url_for("account.sign_ins"), 303)
