"""The officers' pages of recognitions: the list, one with its acts, and the acts."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.people import Role
from portal.services.recognition_lists import list_recognitions, open_recognition
from portal.services.recognitions import lift_suspension, revoke_recognition, suspend_recognition
from portal.web.access import current_actor, for_role
from portal.web.administrator.acting import answered, carry
from portal.web.administrator.blueprint import administrator
from portal.web.administrator.recognitions.forms import ActForm, DayForm, SearchForm
from portal.web.administrator.recognitions.pages import list_page, recognition_view
from portal.web.house import the_house

Shown = str | Response | tuple[str, int]


@administrator.get("/recognitions")
@for_role(Role.OFFICER)
def recognitions() -> Shown:
    """The recognitions of the officer's side, newest first."""
    house = the_house()
    form = SearchForm(formdata=request.args)
    is_sound = form.validate()
    words = (form.words.data or "") if is_sound else ""
    after = request.args.get("after", "")
    found = list_recognitions(house, current_actor(), words=words, after=after)
    page = list_page(found, house.rulebook, words=words, after=after)
    return render_template("administrator/recognitions.html", form=form, page=page), 200 if is_sound else 422


@administrator.get("/recognitions/<reference>")
@for_role(Role.OFFICER)
def recognition(reference: str) -> Shown:
    """One recognition: its acts, and its status today and on the day asked."""
    house = the_house()
    form = DayForm(formdata=request.args)
    is_sound = form.validate()
    held = open_recognition(house, current_actor(), reference, on=form.on.data if is_sound else None)
    page = recognition_view(held, house.rulebook)
    return render_template("administrator/recognition.html", form=form, page=page), 200 if is_sound else 422


@administrator.route("/recognitions/<reference>/suspend", methods=["GET", "POST"])
@for_role(Role.OFFICER)
def suspend(reference: str) -> Shown:
    """Suspend a recognition, with the reason its holder reads."""
    return _act(reference, suspend_recognition, "administrator/suspend.html", _("Recognition suspended."))


@administrator.route("/recognitions/<reference>/lift", methods=["GET", "POST"])
@for_role(Role.OFFICER)
def lift(reference: str) -> Shown:
    """Lift a suspension."""
    return _act(reference, lift_suspension, "administrator/lift.html", _("Suspension lifted."))


@administrator.route("/recognitions/<reference>/revoke", methods=["GET", "POST"])
@for_role(Role.OFFICER)
def revoke(reference: str) -> Shown:
    """Revoke a recognition for good."""
    return _act(reference, revoke_recognition, "administrator/revoke.html", _("Recognition revoked."))


def _act(reference: str, use_case: Callable[..., str], template: str, done: str) -> Shown:
    house, actor = the_house(), current_actor()
    form = ActForm()
    answer = answered(
        form,
        lambda: use_case(
            house,
            actor,
            reference=reference,
            version=form.seen_version,
            reason=form.reason.data or "",
            once=form.once.data,
        ),
    )
    if answer.result is not None:
        flash(done, "success")
        return redirect(url_for("administrator.recognition", reference=answer.result), 303)
    held = open_recognition(house, actor, reference)
    carry(form, held.version, answer)
    page = recognition_view(held, house.rulebook)
    return render_template(template, form=form, page=page), answer.status
