"""The referee's door: a private link, no account, one answer. Reading it changes nothing."""

from __future__ import annotations

from hashlib import sha256

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.errors import Conflict
from portal.domain.referees import State
from portal.services.referee_answers import answer_problems, answer_request, open_request
from portal.web.access import open_to_all
from portal.web.house import the_house
from portal.web.limits import limiter
from portal.web.professional.acting import acted
from portal.web.public.references.forms import ReferenceForm
from portal.web.public.references.pages import ended_page, reference_page

references = Blueprint("references", __name__)
_STATUS = {State.ANSWERED: 200, State.EXPIRED: 410, State.WITHDRAWN: 410}


def _this_link() -> str:
    """What looks at one link are counted by, wherever they come from: its digest, as it opens something."""
    return sha256(str((request.view_args or {}).get("secret")).encode()).hexdigest()


@references.route("/references/<secret>", methods=["GET", "POST"])
@open_to_all
@limiter.limit("120 per minute")
@limiter.limit("30 per minute", key_func=_this_link)
def confirm(secret: str) -> Response | tuple[str, int]:
    """Confirm a period of work, or see what became of the link."""
    house = the_house()
    opened = open_request(house, secret)
    if opened.state is not State.WAITING:
        page = ended_page(opened.state)
        return render_template("references/ended.html", page=page), _STATUS[opened.state]
    form = ReferenceForm(opened.questions)
    if request.method == "POST":
        given = form.given
        try:
            done = acted(
                form,
                lambda: answer_request(house, secret, given=given, once=form.once.data),
                problems=lambda: answer_problems(house, secret, given),
            )
        except Conflict:
            # Answered in another window meanwhile: the page says so.
            done = secret
        if done is not None:
            return redirect(url_for("references.confirm", secret=secret), 303)
    body = render_template(
        "references/confirm.html", form=form, page=reference_page(house, opened), secret=secret
    )
    return body, 422 if form.has_errors else 200
