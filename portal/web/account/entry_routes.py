"""Coming in: by a passkey, through the second step, and proving again that it is still oneself."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.errors import Refused
from portal.domain.sign_ins import WayIn
from portal.models.accounts import Account
from portal.models.database import db
from portal.services.passkeys import ask_for_new_passkey, ask_for_passkey, recognise
from portal.services.second_steps import take_code
from portal.services.sign_ins import prove_again
from portal.services.ways import read_ways
from portal.web.access import current_actor, open_to_all, signed_in
from portal.web.account.blueprint import account, own_account
from portal.web.account.challenges import Purpose, keep_challenge, take_challenge
from portal.web.account.entry import (
    come_in,
    finish_second_step,
    inner_address,
    limited_by_pending,
    pending_account,
)
from portal.web.account.sessions import standing
from portal.web.account.ways_forms import PasskeyForm, PasswordAgainForm, SecondStepForm
from portal.web.house import the_house
from portal.web.limits import limiter
from portal.web.messages.table import message_for

Page = str | Response | tuple[str, int]


@account.post("/passkey-options/<purpose>")
@open_to_all
@limiter.limit("60 per minute")
def passkey_options(purpose: str) -> Response:
    """What a script hands to the browser, so that its holder's passkey can answer."""
    house = the_house()
    actor = current_actor()
    if purpose == Purpose.SIGN_IN and not actor.is_signed_in:
        challenge = ask_for_passkey(house, None)
    elif purpose == Purpose.SECOND_STEP and (pending := pending_account()):
        challenge = ask_for_passkey(house, pending.id)
    elif purpose == Purpose.PROOF and actor.is_signed_in:
        challenge = ask_for_passkey(house, actor.account_id)
    elif purpose == Purpose.NEW and actor.is_signed_in:
        challenge = ask_for_new_passkey(house, own_account())
    else:
        abort(404)
    return jsonify(options=keep_challenge(Purpose(purpose), challenge))


@account.post("/sign-in/passkey")
@open_to_all
@limiter.limit("20 per minute; 100 per hour")
def sign_in_by_passkey() -> Response:
    """Sign in with a passkey alone: it is something held and something known at once."""
    if current_actor().is_signed_in:
        return redirect(url_for("account.start"), 303)
    next_address = inner_address(request.form.get("next"))
    try:
        found = _recognised(Purpose.SIGN_IN)
    except Refused as refusal:
        flash(message_for(refusal), "error")
        return redirect(url_for("security.login", next=next_address), 303)
    return come_in(found, WayIn.PASSKEY, next_address=next_address)


@account.route("/second-step", methods=["GET", "POST"])
@open_to_all
@limiter.limit("20 per minute; 100 per hour", methods=["POST"])
@limited_by_pending("10 per 10 minutes; 50 per day")
def second_step() -> Page:
    """Ask for the second thing, after a right password or a provider's word."""
    pending = pending_account()
    if pending is None:
        return _too_late()
    form = SecondStepForm()
    if form.validate_on_submit():
        if take_code(the_house(), pending, form.one_time_code.data or ""):
            return finish_second_step(pending)
        form.refuse(message_for(Refused("code.wrong")), field="one_time_code")
        form.one_time_code.data = ""
    ways = read_ways(the_house(), pending)
    page = render_template(
        "account/second_step.html", form=form, passkey_form=PasskeyForm(formdata=None), ways=ways
    )
    return page, 422 if form.errors else 200


@account.post("/second-step/passkey")
@open_to_all
@limiter.limit("20 per minute; 100 per hour")
def second_step_by_passkey() -> Response:
    """Take a passkey of the account as its second step."""
    pending = pending_account()
    if pending is None:
        return _too_late()
    try:
        _recognised(Purpose.SECOND_STEP, pending)
    except Refused as refusal:
        flash(message_for(refusal), "error")
        return redirect(url_for("account.second_step"), 303)
    return finish_second_step(pending)


@account.route("/verify", methods=["GET", "POST"])
@signed_in
@limiter.limit("20 per minute; 100 per hour", methods=["POST"])
def prove() -> Page:
    """Ask for the password once more, or a passkey, before something that protects the account changes."""
    form = PasswordAgainForm()
    next_address = inner_address(request.args.get("next"))
    if form.validate_on_submit():
        if own_account().verify_and_update_password(form.password.data):
            return _proven(next_address)
        form.refuse(_("That password is not right."), field="password")
    page = render_template(
        "account/prove.html",
        form=form,
        passkey_form=PasskeyForm(formdata=None),
        ways=read_ways(the_house(), own_account()),
        next_address=next_address,
        **_provider(),
    )
    return page, 422 if form.errors else 200


@account.post("/verify/passkey")
@signed_in
@limiter.limit("20 per minute; 100 per hour")
def prove_by_passkey() -> Response:
    """Take a passkey of the account as proof that it is still its owner."""
    next_address = inner_address(request.args.get("next"))
    try:
        _recognised(Purpose.PROOF, own_account())
    except Refused as refusal:
        flash(message_for(refusal), "error")
        return redirect(url_for("account.prove", next=next_address), 303)
    return _proven(next_address)


def _recognised(purpose: Purpose, owner: Account | None = None) -> Account:
    form = PasskeyForm()
    secret = take_challenge(purpose)
    return recognise(
        the_house(), form.passkey_answer.data or "", secret, account_id=owner.id if owner else None
    )


def _proven(next_address: str | None) -> Response:
    prove_again(the_house(), current_actor(), standing().id)
    return redirect(next_address or url_for("account.ways"), 303)


def _too_late() -> Response:
    db.session.rollback()
    flash(_("That took too long, or the second step was done already. Sign in again."))
    return redirect(url_for("security.login"), 303)


def _provider() -> dict[str, Any]:
    sign_on = the_house().sign_on
    return {"provider": sign_on.name if sign_on else None}
