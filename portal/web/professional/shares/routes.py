"""The holder's pages of their shares."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.disclosure import Factor, Purpose
from portal.domain.errors import Refused
from portal.domain.people import Role
from portal.services.factors import make_pin
from portal.services.sharing import (
    end_share as end_the_share,
    knows_birth_date,
    list_shares,
    make_share as make_the_share,
    read_share,
    shareable_recognitions,
)
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.messages.table import message_for
from portal.web.outcomes import sent_once
from portal.web.professional.blueprint import professional
from portal.web.professional.shares.forms import EndShareForm, MakeShareForm
from portal.web.professional.shares.pages import recognition_choice, share_page, share_row


@professional.get("/shares")
@for_role(Role.PROFESSIONAL)
def shares() -> str:
    """The holder's shares and how often each was looked at."""
    rows = [share_row(each) for each in list_shares(the_house(), current_actor())]
    return render_template("professional/shares.html", rows=rows)


@professional.route("/shares/new", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def make_share() -> str | Response | tuple[str, int]:
    """Make a share."""
    house, actor = the_house(), current_actor()
    recognitions = shareable_recognitions(house, actor)
    if not recognitions:
        return render_template("professional/make_share.html", form=None)
    form = MakeShareForm()
    form.offer(
        [recognition_choice(house, each) for each in recognitions],
        knows_birth_date=knows_birth_date(house, actor),
    )
    if form.validate_on_submit():
        try:
            return _made(form)
        except Refused as refusal:
            form.refuse(message_for(refusal), field=refusal.field)
    if request.method == "GET" and not form.pin.data:
        form.pin.data = make_pin(house)
    form.lay_out()
    page = render_template("professional/make_share.html", form=form)
    return page, 422 if form.is_submitted() else 200


def _made(form: MakeShareForm) -> str | Response:
    """Where the share is. A PIN is shown in this answer and carried by nothing else: a cookie could be read."""
    factor, until = Factor(str(form.factor.data)), form.until.data
    if until is None:
        raise Refused("share.until_is_past", field="until")
    code = sent_once(
        lambda: make_the_share(
            the_house(),
            current_actor(),
            purpose=Purpose(form.purpose.data),
            purpose_note=form.purpose_note.data or "",
            recognition_ids=form.chosen,
            until=until,
            factor=factor,
            pin=form.pin_typed,
            shows_bridging=bool(form.shows_bridging.data),
            once=form.once.data,
        )
    )
    if factor is Factor.PIN:
        return _shown(code, form.pin_typed)
    return redirect(url_for("professional.share", code=code), 303)


@professional.get("/shares/<code>")
@for_role(Role.PROFESSIONAL)
def share(code: str) -> str:
    """One share: its code, what it shows, and who looked when."""
    return _shown(code, "")


def _shown(code: str, pin: str) -> str:
    house = the_house()
    page = share_page(house, read_share(house, current_actor(), code), pin=pin)
    return render_template("professional/share.html", page=page)


@professional.route("/shares/<code>/end", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def end_share(code: str) -> str | Response:
    """Ask whether it is meant, and end the share."""
    house, actor = the_house(), current_actor()
    form = EndShareForm()
    if form.validate_on_submit():
        sent_once(lambda: end_the_share(house, actor, code=code, once=form.once.data))
        return redirect(url_for("professional.share", code=code), 303)
    listing = read_share(house, actor, code).listing
    return render_template("professional/end_share.html", form=form, row=share_row(listing))
