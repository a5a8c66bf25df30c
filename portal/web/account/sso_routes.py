"""Single sign-on: to the provider and back, a new person's home, and linking an account that is there.

Its views are there only where a provider is configured. Owns what the browser carries between the
pages; whose account a proven identity opens is the use case's business.
"""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.errors import Refused
from portal.domain.places import Jurisdiction
from portal.domain.ports import OutsidePerson, SignOnAttempt, SignOnFailed, SignOnProvider
from portal.domain.sign_ins import WayIn
from portal.services.eligibility_checks import claim_check
from portal.services.outside_identities import (
    account_of,
    has_account,
    link as link_identity,
    open_account,
    require_verified_address,
)
from portal.services.sign_ins import prove_again
from portal.web.access import current_actor, open_to_all, signed_in
from portal.web.account.blueprint import own_account
from portal.web.account.entry import come_in, inner_address
from portal.web.account.proof import freshly_proven
from portal.web.account.sessions import standing
from portal.web.account.ways_forms import ConfirmForm, HomeForm
from portal.web.house import the_house
from portal.web.languages import current_language
from portal.web.limits import limiter
from portal.web.messages.table import message_for
from portal.web.outcomes import sent_once
from portal.web.public.check.visit import key_to_claim

single_sign_on = Blueprint("single_sign_on", __name__, url_prefix="/account/sso")
log = logging.getLogger("portal")

_ATTEMPT: Final = "sign_on"
_PERSON: Final = "outside_person"
_TIME_TO_ANSWER: Final = timedelta(minutes=15)
Page = str | Response | tuple[str, int]


@single_sign_on.get("")
@open_to_all
@limiter.limit("30 per minute; 200 per hour")
def begin() -> Response:
    """Send somebody to the provider; with ``again`` it is to ask them anew who they are."""
    again = "again" in request.args and current_actor().is_signed_in
    try:
        attempt = _provider().begin(_back_address(), again=again)
    except SignOnFailed as failure:
        return _failed(failure)
    session[_ATTEMPT] = {
        "state": attempt.state,
        "nonce": attempt.nonce,
        "verifier": attempt.verifier,
        "again": again,
        "asked_at": attempt.asked_at,
        "next": inner_address(request.args.get("next")),
    }
    return redirect(attempt.address, 303)


@single_sign_on.get("/back")
@open_to_all
@limiter.limit("30 per minute; 200 per hour")
def back() -> Response:
    """Take the provider's answer, once."""
    kept = session.pop(_ATTEMPT, None)
    try:
        if kept is None:
            raise SignOnFailed("nothing was asked in this browser")
        attempt = SignOnAttempt("", kept["state"], kept["nonce"], kept["verifier"], kept["asked_at"])
        person = _provider().finish(attempt, request.args, _back_address())
        require_verified_address(person)
    except SignOnFailed as failure:
        return _failed(failure)
    except Refused as refusal:
        return _told(message_for(refusal))
    if current_actor().is_signed_in:
        return _back_signed_in(person, kept)
    return _back_signed_out(person, kept["next"])


def _back_signed_in(person: OutsidePerson, kept: dict[str, str | bool | None]) -> Response:
    """Somebody who is signed in proves anew who they are, or is asked whether to link."""
    present = account_of(the_house(), person)
    if present is None and not kept["again"]:
        _keep(person)
        return redirect(url_for("single_sign_on.link"), 303)
    if present is None or present.id != own_account().id:
        return _told(message_for(Refused("sign_on.linked_elsewhere")))
    if kept["again"]:
        prove_again(the_house(), current_actor(), standing().id)
    return redirect(str(kept["next"] or url_for("account.ways")), 303)


def _back_signed_out(person: OutsidePerson, next_address: str | None) -> Response:
    """Linked: come in. New: choose a home. Known by the address alone: sign in first, then link."""
    known = account_of(the_house(), person)
    if known is not None and known.active:
        return come_in(known, WayIn.SINGLE_SIGN_ON, next_address=next_address)
    if known is not None:
        return _failed(SignOnFailed("the account is closed"))
    _keep(person)
    if not has_account(the_house(), person):
        return redirect(url_for("single_sign_on.choose_home"), 303)
    flash(
        _(
            "There is an account with this e-mail address already. Sign in to it as you always do; "
            "then we ask whether to link it with %(provider)s.",
            provider=_provider().name,
        )
    )
    return redirect(url_for("security.login", next=url_for("single_sign_on.link")), 303)


@single_sign_on.route("/new", methods=["GET", "POST"])
@open_to_all
@limiter.limit("10 per minute; 40 per hour", methods=["POST"])
def choose_home() -> Page:
    """Ask somebody new where they live, and open their account."""
    person = _kept_person()
    if person is None or current_actor().is_signed_in:
        return redirect(url_for("account.start"), 303)
    form = HomeForm()
    if form.validate_on_submit():
        # A second press finds what the first one made.
        account = account_of(the_house(), person) or open_account(
            the_house(),
            person,
            home=Jurisdiction(str(form.home.data)),
            language=current_language().locale,
            once=None,
        )
        claim_check(the_house(), key_to_claim(), account.id)
        session.pop(_PERSON)
        return come_in(account, WayIn.SINGLE_SIGN_ON, next_address=None)
    page = render_template("account/choose_home.html", form=form, person=person, provider=_provider().name)
    return page, 422 if form.errors else 200


@single_sign_on.route("/link", methods=["GET", "POST"])
@signed_in
@freshly_proven
def link() -> Page:
    """Ask whether what was proven at the provider may open this account from now on."""
    person = _kept_person()
    if person is None:
        return redirect(url_for("account.ways"), 303)
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            sent_once(lambda: _linked(person, form.once.data))
        except Refused as refusal:
            return _told(message_for(refusal))
        session.pop(_PERSON, None)
        flash(_("Linked. You can now sign in with %(provider)s.", provider=_provider().name), "success")
        return redirect(url_for("account.ways"), 303)
    return render_template("account/link_outside.html", form=form, person=person, provider=_provider().name)


def _linked(person: OutsidePerson, once: str | None) -> str:
    link_identity(the_house(), current_actor(), own_account(), person, once=once)
    return ""


def _provider() -> SignOnProvider:
    found = the_house().sign_on
    if found is None:  # the views are not there without one
        raise SignOnFailed("no provider is configured")
    return found


def _back_address() -> str:
    return the_house().base_url + url_for("single_sign_on.back")


def _keep(person: OutsidePerson) -> None:
    until = the_house().clock.now() + _TIME_TO_ANSWER
    session[_PERSON] = {**asdict(person), "until": until.isoformat()}


def _kept_person() -> OutsidePerson | None:
    """Who came back from the provider in this browser a little while ago."""
    kept = dict(session.get(_PERSON) or {})
    if not kept or datetime.fromisoformat(kept.pop("until")) < the_house().clock.now():
        return None
    return OutsidePerson(**kept)


def _failed(failure: SignOnFailed) -> Response:
    if failure.cancelled:
        return _told(_("You turned back at %(provider)s. Nothing was changed.", provider=_provider().name))
    log.warning("single sign-on refused: %s", failure)
    return _told(
        _(
            "Signing in with %(provider)s did not work. Try again, or sign in another way.",
            provider=_provider().name,
        )
    )


def _told(sentence: str) -> Response:
    flash(sentence, "error")
    return redirect(url_for("account.ways" if current_actor().is_signed_in else "security.login"), 303)
