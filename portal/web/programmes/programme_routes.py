"""Programmes and their modules: made and changed."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.errors import NotFound
from portal.domain.people import Role
from portal.domain.places import Jurisdiction
from portal.models.programmes import Programme
from portal.services.programmes import (
    add_module as add_the_module,
    change_module as change_the_module,
    change_programme as change_the_programme,
    make_programme as make_the_programme,
    managed_programme,
)
from portal.web.access import current_actor, for_role
from portal.web.enrolment_words import words
from portal.web.formatting import spoken
from portal.web.forms.fields import SelectChoice
from portal.web.house import the_house
from portal.web.programmes.acting import CHANGED, acted, see_version
from portal.web.programmes.blueprint import programmes
from portal.web.programmes.forms import (
    ModuleForm,
    NewModuleForm,
    NewProgrammeForm,
    ProgrammeForm,
    spread,
)
from portal.web.programmes.pages import award_choices, programme_rows


@programmes.route("/new", methods=["GET", "POST"])
@for_role(Role.PROGRAMME_MANAGER)
def make_programme() -> str | Response | tuple[str, int]:
    """Make a programme; its modules come next."""
    form = NewProgrammeForm(illustrative=True)
    _offer_tracks(form)
    status = 200
    if request.method == "POST":
        made, status = acted(
            form,
            lambda: make_the_programme(
                the_house(),
                current_actor(),
                code=form.code.data or "",
                jurisdiction=Jurisdiction(str(form.jurisdiction.data)),
                texts=form.texts,
                once=form.once.data,
            ),
        )
        if made:
            return redirect(url_for("programmes.change_programme", code=made), 303)
    return render_template("programmes/make_programme.html", form=form), status


@programmes.route("/<code>/change", methods=["GET", "POST"])
@for_role(Role.PROGRAMME_MANAGER)
def change_programme(code: str) -> str | Response | tuple[str, int]:
    """Change what a programme says of itself, in three languages."""
    programme = managed_programme(the_house(), current_actor(), code)
    form = ProgrammeForm(data=_as_it_stands(programme))
    _offer_tracks(form)
    status = 200
    if request.method == "POST":
        done, status = acted(
            form,
            lambda: change_the_programme(
                the_house(),
                current_actor(),
                code=code,
                version=form.seen_version,
                texts=form.texts,
                once=form.once.data,
            ),
        )
        if done:
            return redirect(url_for("programmes.cohorts"), 303)
    programme = managed_programme(the_house(), current_actor(), code)
    if status == CHANGED:
        see_version(form, programme.version)
    page = render_template(
        "programmes/change_programme.html",
        form=form,
        code=code,
        modules=[(each.code, words(each.title)) for each in programme.modules],
        now=programme_rows(programme) if status == CHANGED else (),
    )
    return page, status


@programmes.route("/<code>/modules/new", methods=["GET", "POST"])
@for_role(Role.PROGRAMME_MANAGER)
def add_module(code: str) -> str | Response | tuple[str, int]:
    """Add a module at the end of a programme."""
    programme = managed_programme(the_house(), current_actor(), code)
    form = NewModuleForm()
    _offer_awards(form)
    status = 200
    if request.method == "POST":
        done, status = acted(
            form,
            lambda: add_the_module(
                the_house(),
                current_actor(),
                programme_code=code,
                plan=form.plan(form.code.data or ""),
                once=form.once.data,
            ),
        )
        if done:
            return redirect(url_for("programmes.change_programme", code=code), 303)
        programme = managed_programme(the_house(), current_actor(), code)
    title = words(programme.title)
    page = render_template("programmes/add_module.html", form=form, code=code, programme=title)
    return page, status


@programmes.route("/<code>/modules/<module_code>", methods=["GET", "POST"])
@for_role(Role.PROGRAMME_MANAGER)
def change_module(code: str, module_code: str) -> str | Response | tuple[str, int]:
    """Change a module's title, hours or award."""
    form = ModuleForm(data=_module_as_it_stands(code, module_code))
    _offer_awards(form)
    status = 200
    if request.method == "POST":
        done, status = acted(
            form,
            lambda: change_the_module(
                the_house(),
                current_actor(),
                programme_code=code,
                version=form.seen_version,
                plan=form.plan(module_code),
                once=form.once.data,
            ),
        )
        if done:
            return redirect(url_for("programmes.change_programme", code=code), 303)
    programme = managed_programme(the_house(), current_actor(), code)
    if status == CHANGED:
        see_version(form, programme.version)
    page = render_template(
        "programmes/change_module.html",
        form=form,
        code=code,
        module_code=module_code,
        programme=words(programme.title),
    )
    return page, status


def _as_it_stands(programme: Programme) -> dict[str, object]:
    return {
        **spread("title", programme.title),
        **spread("summary", programme.summary),
        **spread("provider", programme.provider),
        "tracks": programme.tracks,
        "illustrative": programme.illustrative,
        "version": programme.version,
    }


def _module_as_it_stands(code: str, module_code: str) -> dict[str, object]:
    programme = managed_programme(the_house(), current_actor(), code)
    for module in programme.modules:
        if module.code == module_code:
            return {
                **spread("title", module.title),
                "hours": str(module.hours),
                "gives": module.gives,
                "version": programme.version,
            }
    raise NotFound("page.not_found")


def _offer_tracks(form: ProgrammeForm) -> None:
    form.tracks.choices = [
        SelectChoice(key, spoken(track.title)) for key, track in the_house().rulebook.tracks.items()
    ]


def _offer_awards(form: ModuleForm) -> None:
    form.gives.choices = [SelectChoice(code, title) for code, title in award_choices(the_house())]
