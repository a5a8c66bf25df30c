"""Erasing oneself: what goes, what stays, one last question, and the page after it."""

from __future__ import annotations

from flask import g, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from portal.domain.errors import Refused
from portal.domain.people import Role
from portal.services.erasure import erase_oneself, read_erasure
from portal.web.access import current_actor, for_role, open_to_all
from portal.web.account.proof import freshly_proven
from portal.web.house import the_house
from portal.web.messages.table import message_for
from portal.web.professional.blueprint import professional
from portal.web.professional.my_data.forms import EraseForm
from portal.web.professional.my_data.pages import erase_page


@professional.route("/data/erase", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
@freshly_proven
def erase_data() -> Response | tuple[str, int]:
    """Show what goes and what stays, and erase once it is meant."""
    house, actor = the_house(), current_actor()
    form = EraseForm()
    if form.validate_on_submit():
        try:
            erase_oneself(house, actor, withdraw_open=bool(form.withdraw_open.data))
        except Refused as refusal:
            form.refuse(message_for(refusal), field=refusal.field)
        else:
            return _gone()
    page = erase_page(house, read_erasure(house, actor))
    body = render_template("professional/erase_data.html", form=form, page=page)
    return body, 422 if form.is_submitted() else 200


@professional.get("/data/erased")
@open_to_all
def data_erased() -> str:
    """The same few words for everybody: there is nobody left to know."""
    return render_template("professional/data_erased.html")


def _gone() -> Response:
    """Nobody is signed in any more, in this browser either."""
    session.clear()
    g.pop("actor", None)
    g.pop("standing", None)
    return redirect(url_for("professional.data_erased"), 303)
