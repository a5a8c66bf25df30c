"""About me: adding and removing further names and identity documents."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.people import Role
from portal.services.identity_documents import (
    add_document,
    read_document,
    remove_document,
    stated_document_faults,
)
from portal.services.names import add_name, read_name, remove_name, stated_name_faults
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.identity_words import document_lines, document_title, name_lines, name_words
from portal.web.outcomes import sent_once
from portal.web.professional.about_me.forms import AddDocumentForm, AddNameForm, RemoveForm
from portal.web.professional.acting import acted
from portal.web.professional.blueprint import professional

Answer = str | Response | tuple[str, int]


@professional.route("/about-me/names/add", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def about_me_add_name() -> Answer:
    """State a further name; characters of the other Chinese script are asked about."""
    house, actor, form = the_house(), current_actor(), AddNameForm()
    if request.method == "POST":
        is_meant = bool(form.is_meant.data)
        done = acted(
            form,
            lambda: add_name(house, actor, said=form.said, is_meant=is_meant, once=form.once.data),
            problems=lambda: (
                stated_name_faults(house, actor, form.said, is_meant=is_meant) if form.has_kind else ()
            ),
        )
        if done is not None:
            return _back(_("The name is added."))
    is_asked = bool(form.is_meant.errors or form.is_meant.data)
    body = render_template("professional/about_me_add_name.html", form=form, is_asked=is_asked)
    return body, 422 if form.has_errors else 200


@professional.route("/about-me/names/<uuid:name_id>/remove", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def about_me_remove_name(name_id: UUID) -> Answer:
    """Ask whether it is meant, and take a further name back."""
    house, actor, form = the_house(), current_actor(), RemoveForm()
    if form.validate_on_submit():
        sent_once(lambda: remove_name(house, actor, name_id=name_id, once=form.once.data))
        return _back(_("The name is removed."))
    name = read_name(house, actor, name_id).name
    return render_template(
        "professional/about_me_remove_name.html",
        form=form,
        name=name_words(name),
        lines=name_lines(name),
        name_id=name_id,
    )


@professional.route("/about-me/documents/add", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def about_me_add_document() -> Answer:
    """Record an identity document; its number is checked, and forgotten."""
    house, actor, form = the_house(), current_actor(), AddDocumentForm()
    if request.method == "POST":
        done = acted(
            form,
            lambda: add_document(house, actor, said=form.said, once=form.once.data),
            problems=lambda: stated_document_faults(house, actor, form.said) if form.has_kind else (),
        )
        if done is not None:
            return _back(_("The document is recorded. Its full number is not kept."))
    form.lay_out()
    body = render_template("professional/about_me_add_document.html", form=form)
    return body, 422 if form.has_errors else 200


@professional.route("/about-me/documents/<uuid:document_id>/remove", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def about_me_remove_document(document_id: UUID) -> Answer:
    """Ask whether it is meant, and forget a document."""
    house, actor, form = the_house(), current_actor(), RemoveForm()
    if form.validate_on_submit():
        sent_once(lambda: remove_document(house, actor, document_id=document_id, once=form.once.data))
        return _back(_("The document is removed."))
    document = read_document(house, actor, document_id)
    return render_template(
        "professional/about_me_remove_document.html",
        form=form,
        title=document_title(document),
        lines=document_lines(document),
        document_id=document_id,
    )


def _back(done: str) -> Response:
    flash(done, "success")
    return redirect(url_for("professional.about_me"), 303)
