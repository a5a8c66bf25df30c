"""About me: one page to read and to change what a person says of themselves."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.errors import Conflict
from portal.domain.people import Role
from portal.services.people import PersonRecord, describe_oneself, description_faults, read_oneself
from portal.services.shelf import own_shelf
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.professional.about_me.forms import AboutMeForm, about_me_form, described_in, questions_of
from portal.web.professional.about_me.pages import differences, fact_rows
from portal.web.professional.acting import acted, renew
from portal.web.professional.blueprint import professional
from portal.web.professional.words import Difference

Answer = str | Response | tuple[str, int]


@professional.route("/about-me", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def about_me() -> Answer:
    """Names, birthday, home and the facts rules ask for; a stale form gets both sides."""
    house, actor = the_house(), current_actor()
    record = read_oneself(house, actor)
    form = about_me_form(house, record)
    if request.method == "GET":
        return _drawn(form, record)
    typed = described_in(form)
    try:
        done = acted(
            form,
            lambda: describe_oneself(
                house, actor, said=typed, version=form.seen_version, once=form.once.data
            ),
            problems=lambda: description_faults(house, typed),
        )
    except Conflict:
        fresh = read_oneself(house, actor)
        renew(form, fresh.version)
        return _drawn(form, fresh, sides=differences(house, fresh.description, typed))
    if done is None:
        return _drawn(form, record)
    flash(_("Saved."), "success")
    return redirect(url_for("professional.about_me"), 303)


def _drawn(
    form: AboutMeForm, record: PersonRecord, *, sides: tuple[Difference, ...] | None = None
) -> tuple[str, int]:
    house = the_house()
    body = render_template(
        "professional/about_me.html",
        form=form,
        questions=[field for _name, field in questions_of(form)],
        facts=fact_rows(house, record, own_shelf(house, current_actor())),
        sides=sides,
    )
    return body, 409 if sides is not None else 422 if form.has_errors else 200
