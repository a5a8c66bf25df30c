"""Asking officers about a qualification that is not listed, and taking the note away."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.people import Role
from portal.domain.search import LONGEST_QUERY
from portal.domain.unlisted import asked_faults
from portal.services.unlisted import make_request as make, own_request, remove_request as remove
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.professional.acting import acted
from portal.web.professional.blueprint import professional
from portal.web.professional.requests.forms import RemoveForm, RequestForm

Answer = str | Response | tuple[str, int]


@professional.route("/credentials/not-listed", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def make_request() -> Answer:
    """Ask about a qualification that is not in the catalogue; what was searched for is filled in."""
    house, actor, form = the_house(), current_actor(), RequestForm()
    if request.method == "POST":
        asked = form.asked()
        made = acted(
            form,
            lambda: make(house, actor, asked=asked, once=form.once.data),
            problems=lambda: asked_faults(asked),
        )
        if made is not None:
            flash(_("Asked. We write to you when an officer has answered."), "success")
            return redirect(url_for("professional.credentials"), 303)
    elif not form.title.data:
        form.title.data = request.args.get("title", "")[:LONGEST_QUERY].strip()
    body = render_template("professional/make_request.html", form=form)
    return body, 422 if form.has_errors else 200


@professional.route("/credentials/not-listed/<uuid:request_id>/remove", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def remove_request(request_id: UUID) -> Answer:
    """Take a note away, after a page that says what follows."""
    house, actor = the_house(), current_actor()
    record = own_request(house, actor, request_id)
    form = RemoveForm(data={"version": record.version})
    if request.method == "POST":
        done = acted(
            form,
            lambda: remove(
                house, actor, request_id=request_id, version=form.seen_version, once=form.once.data
            ),
        )
        if done is not None:
            flash(_("The note is taken away."), "success")
            return redirect(url_for("professional.credentials"), 303)
    is_waiting = record.answer is None
    body = render_template(
        "professional/remove_request.html", form=form, record=record, is_waiting=is_waiting
    )
    return body, 422 if form.has_errors else 200
