"""What a document is made of: its pages and its translations, added, ordered and taken away."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from portal.domain.errors import NotFound
from portal.domain.files import LARGEST_BYTES
from portal.domain.people import Role
from portal.services.evidence_pages import (
    add_page,
    add_translation as translate,
    move_page_up,
    remove_page,
    remove_translation as remove_the_translation,
)
from portal.services.shelf import ShelvedDocument, own_document
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.limits import limiter
from portal.web.professional.acting import acted
from portal.web.professional.blueprint import professional
from portal.web.professional.evidence.arrivals import AS_OFTEN, arrived_at
from portal.web.professional.evidence.forms import (
    ConfirmForm,
    PageForm,
    TranslationForm,
    offered_in,
    translation_answers,
)
from portal.web.professional.evidence.routes import Answer, document_address
from portal.web.professional.evidence.views import title_of
from portal.web.professional.evidence.words import translation_said


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
            return arrived_at(document_address(evidence_id))
    return _drawn(
        "professional/add_evidence_page.html",
        form,
        document,
        translation_id=translation_id,
        translation=_said_of(document, translation_id),
        largest=LARGEST_BYTES,
    )


@professional.route("/evidence/<uuid:evidence_id>/pages/<uuid:file_id>/remove", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def remove_evidence_page(evidence_id: UUID, file_id: UUID) -> Answer:
    """Take one page away for good, after a page that asks."""
    house, actor = the_house(), current_actor()
    document = own_document(house, actor, evidence_id)
    file = next((file for file in document.files if file.id == file_id), None)
    if file is None:
        raise NotFound("evidence.not_found")
    return _asked_then_removed(
        "professional/remove_evidence_page.html",
        document,
        lambda once: remove_page(house, actor, evidence_id=evidence_id, file_id=file_id, once=once),
        file=file,
    )


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
    return redirect(document_address(evidence_id), 303)


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
            return arrived_at(document_address(evidence_id))
    return _drawn("professional/add_translation.html", form, document, largest=LARGEST_BYTES)


@professional.route(
    "/evidence/<uuid:evidence_id>/translations/<uuid:translation_id>/remove", methods=["GET", "POST"]
)
@for_role(Role.PROFESSIONAL)
def remove_translation(evidence_id: UUID, translation_id: UUID) -> Answer:
    """Take a translation away for good with its pages, after a page that asks."""
    house, actor = the_house(), current_actor()
    document = own_document(house, actor, evidence_id)
    return _asked_then_removed(
        "professional/remove_translation.html",
        document,
        lambda once: remove_the_translation(
            house, actor, evidence_id=evidence_id, translation_id=translation_id, once=once
        ),
        translation_id=translation_id,
        translation=_said_of(document, translation_id),
    )


def _asked_then_removed(
    template: str, document: ShelvedDocument, remove: Callable[[str | None], str], **facts: object
) -> Answer:
    """A page that asks whether it is meant; sent back, it removes and leads to the document."""
    form = ConfirmForm()
    if request.method == "POST" and acted(form, lambda: remove(form.once.data)) is not None:
        flash(_("Removed."), "success")
        return redirect(document_address(document.id), 303)
    return _drawn(template, form, document, **facts)


def _drawn(
    template: str,
    form: PageForm | TranslationForm | ConfirmForm,
    document: ShelvedDocument,
    **facts: object,
) -> tuple[str, int]:
    body = render_template(template, form=form, document=document, title=title_of(document), **facts)
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
