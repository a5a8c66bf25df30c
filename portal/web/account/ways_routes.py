"""The page of all ways to sign in, and the ones that add or remove a way."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.errors import AlreadyDone, Refused
from portal.domain.sign_ins import device_of
from portal.services.outside_identities import unlink
from portal.services.passkeys import (
    add_passkey as keep_passkey,
    name_of_passkey,
    remove_passkey as forget_passkey,
)
from portal.services.second_steps import make_recovery_codes, new_app_secret, turn_off_app, turn_on_app
from portal.services.ways import read_ways
from portal.web.access import current_actor, signed_in
from portal.web.account.blueprint import account, own_account
from portal.web.account.challenges import Purpose, take_challenge
from portal.web.account.proof import freshly_proven
from portal.web.account.sessions import is_staff, standing
from portal.web.account.ways_forms import AppCodeForm, ConfirmForm, NewPasskeyForm
from portal.web.account.ways_pages import device_name, square_code, ways_page
from portal.web.house import the_house
from portal.web.limits import limiter
from portal.web.messages.table import message_for
from portal.web.outcomes import sent_once

_APP_SECRET = "app_secret"  # noqa: S105 - the name of a place in the session
Page = str | Response | tuple[str, int]


@account.get("/ways")
@signed_in
def ways() -> str:
    """Everything that opens the account, each with when it was last used."""
    page = ways_page(the_house(), read_ways(the_house(), own_account()))
    wanting = is_staff(current_actor()) and not page.has_second_step
    return render_template("account/ways.html", page=page, is_staff_without=wanting)


@account.route("/ways/passkeys/new", methods=["GET", "POST"])
@signed_in
@freshly_proven
@limiter.limit("20 per minute", methods=["POST"])
def add_passkey() -> Page:
    """Make a passkey on this device, a phone nearby or a security key."""
    form = NewPasskeyForm()
    if form.validate_on_submit():
        try:
            _act(lambda: _kept_passkey(form))
            return _added(_("The passkey is added. It opens your account by itself."))
        except Refused as refusal:
            form.refuse(message_for(refusal), field=refusal.field)
    if request.method == "GET" and not form.name.data:
        form.name.data = device_name(device_of(request.user_agent.string))
    form.passkey_answer.data = ""
    return render_template("account/add_passkey.html", form=form), 422 if form.errors else 200


def _kept_passkey(form: NewPasskeyForm) -> None:
    keep_passkey(
        the_house(),
        current_actor(),
        own_account(),
        name=form.name.data or "",
        credential=form.passkey_answer.data or "",
        secret=take_challenge(Purpose.NEW),
        sign_in_id=standing().id,
        once=form.once.data,
    )


@account.route("/ways/passkeys/<uuid:key>/remove", methods=["GET", "POST"])
@signed_in
@freshly_proven
def remove_passkey(key: UUID) -> Page:
    """Ask whether it is meant, and forget a passkey."""
    house, form = the_house(), ConfirmForm()
    name = name_of_passkey(house, current_actor(), key)
    if form.validate_on_submit():
        try:
            _act(lambda: forget_passkey(house, current_actor(), own_account(), key, once=form.once.data))
            return _removed()
        except Refused as refusal:
            form.refuse(message_for(refusal))
    page = render_template("account/remove_passkey.html", form=form, name=name)
    return page, 422 if form.has_errors else 200


@account.route("/ways/app", methods=["GET", "POST"])
@signed_in
@freshly_proven
@limiter.limit("20 per minute", methods=["POST"])
def set_up_app() -> Page:
    """Join an authenticator app: it reads a square code, and shows its first code here."""
    house, form = the_house(), AppCodeForm()
    secret = new_app_secret(house, own_account(), session.get(_APP_SECRET))
    session[_APP_SECRET] = secret.sealed
    if form.validate_on_submit():
        try:
            _act(
                lambda: turn_on_app(
                    house,
                    current_actor(),
                    own_account(),
                    sealed=secret.sealed,
                    code=form.one_time_code.data or "",
                    sign_in_id=standing().id,
                    once=form.once.data,
                )
            )
            session.pop(_APP_SECRET, None)
            return _added(_("The authenticator app is set up. We ask for its code when you sign in."))
        except Refused as refusal:
            form.refuse(message_for(refusal), field=refusal.field)
    picture = square_code(secret.address)
    page = render_template("account/set_up_app.html", form=form, spelt=secret.spelt, picture=picture)
    return page, 422 if form.errors else 200


@account.route("/ways/app/remove", methods=["GET", "POST"])
@signed_in
@freshly_proven
def remove_app() -> Page:
    """Ask whether it is meant, and stop asking for codes of the app."""
    form = ConfirmForm()
    if form.validate_on_submit():
        _act(lambda: turn_off_app(the_house(), current_actor(), own_account(), once=form.once.data))
        return _removed()
    return render_template("account/remove_app.html", form=form)


@account.route("/ways/recovery-codes", methods=["GET", "POST"])
@signed_in
@freshly_proven
@limiter.limit("10 per hour", methods=["POST"])
def recovery_codes() -> Page:
    """Offer to make new codes, and answer with them: they are shown this once, and kept nowhere."""
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            return _new_codes(form.once.data)
        except AlreadyDone:
            # The page with the codes was loaded again: it cannot be made a second time.
            flash(_("These codes were shown once already. If you have not kept them, make new ones."))
            return redirect(url_for("account.recovery_codes"), 303)
    page = ways_page(the_house(), read_ways(the_house(), own_account()))
    return render_template("account/recovery_codes.html", form=form, page=page)


@account.route("/ways/outside/<uuid:key>/remove", methods=["GET", "POST"])
@signed_in
@freshly_proven
def remove_outside(key: UUID) -> Page:
    """Ask whether it is meant, and stop a single sign-on from opening the account."""
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            _act(lambda: unlink(the_house(), current_actor(), own_account(), key, once=form.once.data))
            return _removed()
        except Refused as refusal:
            form.refuse(message_for(refusal))
    page = render_template("account/remove_outside.html", form=form)
    return page, 422 if form.has_errors else 200


def _new_codes(once: str | None) -> str:
    """The page with codes just made. Nothing but this answer carries them: a cookie could be read."""
    codes = make_recovery_codes(the_house(), current_actor(), own_account(), once=once)
    return render_template("account/recovery_codes.html", codes=codes)


def _added(sentence: str) -> Page:
    """After a second step was added: make sure that there are codes for the day it is lost."""
    flash(sentence, "success")
    if read_ways(the_house(), own_account()).codes_left:
        return redirect(url_for("account.ways"), 303)
    return _new_codes(None)


def _removed() -> Response:
    flash(_("Removed. It no longer opens your account."), "success")
    return redirect(url_for("account.ways"), 303)


def _act(run: Callable[[], None]) -> None:
    """Run a use case that gives nothing; a second sending of its form is the first."""

    def told() -> str:
        run()
        return ""

    sent_once(told)
