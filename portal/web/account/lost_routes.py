"""The pages of somebody who has lost every way in: asking, the press behind the private link, stopping."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.lost_ways import OPEN_FOR, WAIT
from portal.services.lost_ways import (
    ask_to_come_back,
    begin_wait,
    may_ask,
    read_by_link,
    read_request,
    stop_by_link,
    stop_in_browser,
)
from portal.web.access import current_actor, open_to_all, signed_in
from portal.web.account.blueprint import account, own_account
from portal.web.account.entry import limited_by_pending, pending_account
from portal.web.account.ways_forms import ConfirmForm
from portal.web.house import the_house
from portal.web.limits import limiter

Page = str | Response | tuple[str, int]


@account.route("/lost", methods=["GET", "POST"])
@open_to_all
@limiter.limit("20 per minute; 60 per hour", methods=["POST"])
@limited_by_pending("3 per hour; 6 per day")
def lost_ways() -> Page:
    """Say how one comes back, and send the private link to an account whose password was just proven."""
    pending, form = pending_account(), ConfirmForm()
    if pending is None:
        # The second step may have taken too long meanwhile: the page says where to begin.
        return render_template("account/lost_ways_begin.html")
    if form.validate_on_submit() and may_ask(pending):
        ask_to_come_back(the_house(), pending)
        return redirect(url_for("account.lost_ways"), 303)
    return render_template(
        "account/lost_ways.html",
        form=form,
        may_ask=may_ask(pending),
        under_way=read_request(the_house(), pending),
        wait_days=WAIT.days,
    )


@account.get("/lost/<token>")
@open_to_all
@limiter.limit("60 per minute")
def lost_ways_link(token: str) -> Page:
    """What a private link leads to now; looking changes nothing."""
    under_way = read_by_link(the_house(), token)
    if under_way is None:
        return render_template("account/lost_ways_ended.html"), 404
    return render_template(
        "account/lost_ways_link.html",
        form=ConfirmForm(formdata=None),
        token=token,
        under_way=under_way,
        wait_days=WAIT.days,
        open_days=OPEN_FOR.days,
    )


@account.post("/lost/<token>/begin")
@open_to_all
@limiter.limit("20 per minute")
def begin_lost_ways(token: str) -> Page:
    """Begin the wait."""
    if read_by_link(the_house(), token) is None:
        return render_template("account/lost_ways_ended.html"), 404
    begin_wait(the_house(), token)
    return redirect(url_for("account.lost_ways_link", token=token), 303)


@account.post("/lost/<token>/stop")
@open_to_all
@limiter.limit("20 per minute")
def stop_lost_ways(token: str) -> Page:
    """Stop it, from wherever the e-mail was read."""
    if read_by_link(the_house(), token) is None:
        return render_template("account/lost_ways_ended.html"), 404
    stop_by_link(the_house(), token)
    flash(_stopped(), "success")
    return redirect(url_for("security.login"), 303)


@account.post("/lost/stop")
@signed_in
def stop_lost_ways_here() -> Response:
    """Stop it from a browser in which the account is signed in."""
    stop_in_browser(the_house(), current_actor(), own_account())
    flash(_stopped(), "success")
    return redirect(url_for("account.ways"), 303)


def _stopped() -> str:
    return _("Stopped. Your ways to sign in stay as they are. If somebody else asked, choose a new password.")
