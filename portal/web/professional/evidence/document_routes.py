"""One document: reading it, its official code, and what is said of it. Its pages are in ``page_routes.py``."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from portal.domain.errors import Conflict
from portal.domain.people import Role
from portal.services.evidence import attach_evidence as attach
from portal.services.evidence_pages import change_document, keep_code as keep
from portal.services.shelf import ShelvedDocument, cases_with_shelf, own_document
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.professional.acting import acted, renew
from portal.web.professional.blueprint import professional
from portal.web.professional.evidence.forms import (
    CodeForm,
    ConfirmForm,
    DetailsForm,
    SupportForm,
    document_answers,
    fact_named,
)
from portal.web.professional.evidence.pages import NamedFact, document_page, further_facts, offered_facts
from portal.web.professional.evidence.routes import Answer, document_address, fact_asked, own_facts


@professional.get("/evidence/<uuid:evidence_id>")
@for_role(Role.PROFESSIONAL)
def evidence_document(evidence_id: UUID) -> Answer:
    """One document: pages, translations, code, days, and what rests on it."""
    document, facts = own_document(the_house(), current_actor(), evidence_id), own_facts()
    return _drawn_document(_support_form(document, facts), document, facts)


@professional.post("/evidence/<uuid:evidence_id>/supports")
@for_role(Role.PROFESSIONAL)
def support_with_evidence(evidence_id: UUID) -> Answer:
    """Let the document support one more fact, from the document's own page."""
    house, actor, facts = the_house(), current_actor(), own_facts()
    document = own_document(house, actor, evidence_id)
    form = _support_form(document, facts)
    done = acted(
        form,
        lambda: attach(
            house,
            actor,
            evidence_id=evidence_id,
            supports=fact_named(form.supports.data),
            once=form.once.data,
        ),
    )
    if done is None:
        return _drawn_document(form, document, facts)
    flash(_("Attached."), "success")
    return redirect(document_address(evidence_id), 303)


def _support_form(document: ShelvedDocument, facts: Mapping[str, NamedFact]) -> SupportForm:
    return SupportForm(further_facts(document, facts, today=the_house().clock.today()))


def _drawn_document(
    form: SupportForm, document: ShelvedDocument, facts: Mapping[str, NamedFact]
) -> tuple[str, int]:
    house = the_house()
    page = document_page(house, document, facts, cases_with_shelf(house, current_actor()))
    body = render_template(
        "professional/evidence_document.html", page=page, form=form, mover=ConfirmForm(formdata=None)
    )
    return body, 422 if form.has_errors else 200


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
            return redirect(document_address(UUID(done)), 303)
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
            return redirect(document_address(evidence_id), 303)
    page = document_page(house, document, {}, ())
    body = render_template("professional/change_evidence.html", form=form, page=page, is_stale=is_stale)
    return body, 409 if is_stale else 422 if form.has_errors else 200
