"""E-mails that could not be delivered: counted by kind and day, without addresses or words; and tried again."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from portal.domain.errors import Refused
from portal.domain.people import Role
from portal.services.deliveries import read_mail_state, try_again
from portal.web.access import current_actor, for_role
from portal.web.administrator.blueprint import administrator
from portal.web.administrator.mail.forms import TryAgainForm
from portal.web.administrator.mail.words import kind_word
from portal.web.house import the_house
from portal.web.messages.table import message_for
from portal.web.outcomes import sent_once


@administrator.get("/mail")
@for_role(Role.OFFICER, Role.SYSTEM_ADMINISTRATOR)
def failed_mail() -> str:
    """How the mail stands."""
    state = read_mail_state(the_house(), current_actor())
    rows = [(failure, kind_word(failure.kind)) for failure in state.failures]
    return render_template("administrator/failed_mail.html", state=state, rows=rows, key=TryAgainForm())


@administrator.post("/mail/again")
@for_role(Role.OFFICER, Role.SYSTEM_ADMINISTRATOR)
def try_mail_again() -> Response:
    """Let the failed e-mails of one kind and day leave anew."""
    form = TryAgainForm()
    # The rows of a page share its key, so the act is named by the row as well.
    once = f"{form.once.data}:{form.kind.data}:{form.on.data}"
    try:
        count = sent_once(
            lambda: str(
                try_again(the_house(), current_actor(), kind=form.kind.data or "", on=form.day, once=once)
            )
        )
        tried = ngettext("%(num)s e-mail is tried again.", "%(num)s e-mails are tried again.", int(count))
        flash(tried, "success")
    except Refused as refused:
        flash(message_for(refused))
    return redirect(url_for("administrator.failed_mail"), 303)
