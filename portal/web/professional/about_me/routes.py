"""About me: a summary page, and a short form for each section of it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.errors import Conflict
from portal.domain.people import Role
from portal.services.people import describe_oneself, description_faults, read_oneself
from portal.services.shelf import own_shelf
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.professional.about_me.forms import (
    BirthForm,
    FactsForm,
    LetterNamesForm,
    SectionForm,
    questions_of,
    section_form,
)
from portal.web.professional.about_me.pages import about_page, differences, facts_at_stake
from portal.web.professional.acting import acted, renew
from portal.web.professional.blueprint import professional
from portal.web.professional.words import Difference

Answer = str | Response | tuple[str, int]


@professional.get("/about-me")
@for_role(Role.PROFESSIONAL)
def about_me() -> str:
    """Who the person says they are, section by section."""
    house, actor = the_house(), current_actor()
    page = about_page(house, read_oneself(house, actor), own_shelf(house, actor))
    return render_template("professional/about_me.html", page=page)


@professional.route("/about-me/names-on-letters", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def about_me_letter_names() -> Answer:
    """The names that letters and certificates carry."""
    return _section(LetterNamesForm, "professional/about_me_letter_names.html")


@professional.route("/about-me/birth", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def about_me_birth() -> Answer:
    """The day of birth."""
    return _section(BirthForm, "professional/about_me_birth.html")


@professional.route("/about-me/facts", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def about_me_facts() -> Answer:
    """Residence, citizenship, and the other facts requirements ask for."""
    return _section(FactsForm, "professional/about_me_facts.html")


def _section(kind: type[SectionForm], template: str) -> Answer:
    """One short form; a stale one gets both sides, with what was typed."""
    house, actor = the_house(), current_actor()
    record = read_oneself(house, actor)
    form = section_form(house, record, kind)
    if request.method == "GET":
        return _drawn(form, template)
    typed = form.described(record.description)
    try:
        done = acted(
            form,
            lambda: describe_oneself(
                house,
                actor,
                said=typed,
                version=form.seen_version,
                sections=[form.section],
                once=form.once.data,
            ),
            problems=lambda: description_faults(house, typed, [form.section]),
        )
    except Conflict:
        fresh = read_oneself(house, actor)
        renew(form, fresh.version)
        sides = differences(house, fresh.description, form.described(fresh.description))
        return _drawn(form, template, sides=sides)
    if done is None:
        return _drawn(form, template)
    flash(_("Saved."), "success")
    return redirect(url_for("professional.about_me"), 303)


def _drawn(
    form: SectionForm, template: str, *, sides: tuple[Difference, ...] | None = None
) -> tuple[str, int]:
    house, actor = the_house(), current_actor()
    body = render_template(
        template,
        form=form,
        questions=[field for _name, field in questions_of(form)],
        at_stake=facts_at_stake(house, read_oneself(house, actor), form.section),
        sides=sides,
    )
    return body, 409 if sides is not None else 422 if form.has_errors else 200
