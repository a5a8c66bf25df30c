"""One document: its pages, its translations, what is said of it, and its official code."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal.domain.errors import Conflict, NotFound
from portal.domain.files import LARGEST_BYTES
from portal.domain.people import Role
from portal.services.evidence_pages import (
    add_page,
    add_translation as translate,
    change_document,
    keep_code as keep,
    move_page_up,
    remove_page,
    remove_translation as remove_the_translation,
)
from portal.services.shelf import ShelvedDocument, cases_with_shelf, own_document
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.limits import limiter
from portal.web.professional.acting import acted, renew
from portal.web.professional.blueprint import professional
from portal.web.professional.evidence.arrivals import AS_OFTEN, arrived_at
from portal.web.professional.evidence.forms import (
    CodeForm,
    ConfirmForm,
    DetailsForm,
    PageForm,
    TranslationForm,
    document_answers,
    fact_named,
    offered_in,
    translation_answers,
)
from portal.web.professional.evidence.pages import document_page, offered_facts
from portal.web.professional.evidence.routes import Answer, fact_asked, own_facts
from portal.web.professional.evidence.views import title_of
from portal.web.professional.evidence.words import translation_said


def _address(evidence_id: UUID) -> str:
    return url_for("professional.evidence_document", evidence_id=evidence_id)


@professional.get("/evidence/<uuid:evidence_id>")
@for_role(Role.PROFESSIONAL)
def evidence_document(evidence_id: UUID) -> str:
    """One document: pages, translations, code, days, and what rests on it."""
    house, actor = the_house(), current_actor()
    document = own_document(house, actor, evidence_id)
    page = document_page(house, document, own_facts(), cases_with_shelf(house, actor))
    return render_template("professional/evidence_document.html", page=page, form=None, mover=ConfirmForm())


@professional.route("/evidence/code", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def keep_code() -> Answer:
    """Put an official verification code on the shelf without a file."""
    house, actor, facts = the_house(), current_actor(), own_facts()
    fact = fact_asked(facts)
    form = CodeForm(offered_facts(facts), data={"supports": fact.spelled if fact else ""})
    if request.method == "POST":
        said = document_answers(form)
        done = acted(
            form,
            lambda: keep(
                house,
                actor,
                said=said,
                supports=fact_named(form.supports.data) if form.supports.data else None,
                once=form.once.data,
            ),
            problems=lambda: said.problems(today=house.clock.today()),
        )
        if done is not None:
            flash(_("Kept on your shelf."), "success")
            return redirect(_address(UUID(done)), 303)
    body = render_template("professional/keep_code.html", form=form, fact=fact)
    return body, 422 if form.has_errors else 200


@professional.route("/evidence/<uuid:evidence_id>/change", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def change_evidence(evidence_id: UUID) -> Answer:
    """Correct what is said of a document; a stale form comes back with what was typed, to be sent again."""
    house, actor = the_house(), current_actor()
    document = own_document(house, actor, evidence_id)
    form = DetailsForm(document)
    is_stale = False
    if request.method == "POST":
        said = document_answers(form)
        try:
            done = acted(
                form,
                lambda: change_document(
                    house,
                    actor,
                    evidence_id=evidence_id,
                    said=said,
                    version=form.seen_version,
                    once=form.once.data,
                ),
                problems=lambda: said.problems(today=house.clock.today()),
            )
        except Conflict:
            document, done, is_stale = own_document(house, actor, evidence_id), None, True
            renew(form, document.version)
        if done is not None:
            flash(_("Saved."), "success")
            return redirect(_address(evidence_id), 303)
    page = document_page(house, document, {}, ())
    body = render_template("professional/change_evidence.html", form=form, page=page, is_stale=is_stale)
    return body, 409 if is_stale else 422 if form.has_errors else 200


@professional.route("/evidence/<uuid:evidence_id>/pages/new", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
@limiter.limit(AS_OFTEN, methods=["POST"])
def add_evidence_page(evidence_id: UUID) -> Answer:
    """Add a page after the last one, of the original or of a translation."""
    house, actor = the_house(), current_actor()
    document = own_document(house, actor, evidence_id)
    translation_id = _translation_asked(document)
    form = PageForm()
    if request.method == "POST":
        done = acted(
            form,
            lambda: add_page(
                house,
                actor,
                evidence_id=evidence_id,
                offered=offered_in(form),
                translation_id=translation_id,
                once=form.once.data,
            ),
        )
        if done is not None:
            flash(_("Page added."), "success")
            return arrived_at(_address(evidence_id))
    body = render_template(
        "professional/add_evidence_page.html",
        form=form,
        document=document,
        title=title_of(document),
        translation_id=translation_id,
        translation=_said_of(document, translation_id),
        largest=LARGEST_BYTES,
    )
    return body, 422 if form.has_errors else 200


@professional.route("/evidence/<uuid:evidence_id>/pages/<uuid:file_id>/remove", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def remove_evidence_page(evidence_id: UUID, file_id: UUID) -> Answer:
    """Take one page away for good, after a page that asks."""
    house, actor = the_house(), current_actor()
    document = own_document(house, actor, evidence_id)
    file = next((file for file in document.files if file.id == file_id), None)
    if file is None:
        raise NotFound("evidence.not_found")
    form = ConfirmForm()
    if request.method == "POST":
        done = acted(
            form,
            lambda: remove_page(house, actor, evidence_id=evidence_id, file_id=file_id, once=form.once.data),
        )
        if done is not None:
            flash(_("Removed."), "success")
            return redirect(_address(evidence_id), 303)
    body = render_template(
        "professional/remove_evidence_page.html",
        form=form,
        document=document,
        title=title_of(document),
        file=file,
    )
    return body, 422 if form.has_errors else 200


@professional.post("/evidence/<uuid:evidence_id>/pages/<uuid:file_id>/up")
@for_role(Role.PROFESSIONAL)
def move_evidence_page(evidence_id: UUID, file_id: UUID) -> Answer:
    """Let a page change places with the one before it."""
    house, actor = the_house(), current_actor()
    form = ConfirmForm()
    done = acted(
        form,
        lambda: move_page_up(house, actor, evidence_id=evidence_id, file_id=file_id, once=form.once.data),
    )
    if done is None:
        raise NotFound("evidence.not_found")
    return redirect(_address(evidence_id), 303)


@professional.route("/evidence/<uuid:evidence_id>/translations/new", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
@limiter.limit(AS_OFTEN, methods=["POST"])
def add_translation(evidence_id: UUID) -> Answer:
    """Put a translation beside the original, with who made it."""
    house, actor = the_house(), current_actor()
    document = own_document(house, actor, evidence_id)
    form = TranslationForm()
    if request.method == "POST":
        said = translation_answers(form)
        done = acted(
            form,
            lambda: translate(
                house,
                actor,
                evidence_id=evidence_id,
                said=said,
                offered=offered_in(form),
                once=form.once.data,
            ),
            problems=lambda: said.problems(today=house.clock.today()),
        )
        if done is not None:
            flash(_("Translation added."), "success")
            return arrived_at(_address(evidence_id))
    body = render_template(
        "professional/add_translation.html",
        form=form,
        document=document,
        title=title_of(document),
        largest=LARGEST_BYTES,
    )
    return body, 422 if form.has_errors else 200


@professional.route(
    "/evidence/<uuid:evidence_id>/translations/<uuid:translation_id>/remove", methods=["GET", "POST"]
)
@for_role(Role.PROFESSIONAL)
def remove_translation(evidence_id: UUID, translation_id: UUID) -> Answer:
    """Take a translation away for good with its pages, after a page that asks."""
    house, actor = the_house(), current_actor()
    document = own_document(house, actor, evidence_id)
    translation = _said_of(document, translation_id)
    form = ConfirmForm()
    if request.method == "POST":
        done = acted(
            form,
            lambda: remove_the_translation(
                house,
                actor,
                evidence_id=evidence_id,
                translation_id=translation_id,
                once=form.once.data,
            ),
        )
        if done is not None:
            flash(_("Removed."), "success")
            return redirect(_address(evidence_id), 303)
    body = render_template(
        "professional/remove_translation.html",
        form=form,
        document=document,
        title=title_of(document),
        translation_id=translation_id,
        translation=translation,
    )
    return body, 422 if form.has_errors else 200


def _translation_asked(document: ShelvedDocument) -> UUID | None:
    """The translation an address names, if it names one."""
    spelled = request.args.get("translation", "")
    found = next((each.id for each in document.translations if str(each.id) == spelled), None)
    if spelled and found is None:
        raise NotFound("evidence.not_found")
    return found


def _said_of(document: ShelvedDocument, translation_id: UUID | None) -> str:
    """The words of one of the document's translations; strangers' lead nowhere."""
    if translation_id is None:
        return ""
    for each in document.translations:
        if each.id == translation_id:
            return translation_said(each)
    raise NotFound("evidence.not_found")
