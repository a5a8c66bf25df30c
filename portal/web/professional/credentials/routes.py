"""Credentials: the list, finding a qualification, registering, changing and withdrawing one."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.credentials import Standing
from portal.domain.errors import Conflict
from portal.domain.people import Role
from portal.domain.rules.catalogue import Qualification
from portal.domain.search import Found
from portal.services.catalogue import qualification_named, qualification_to_register, search_catalogue
from portal.services.credential_history import own_versions, resting_on
from portal.services.credentials import (
    CredentialAnswers,
    CredentialRecord,
    change_credential as change,
    credential_problems,
    own_credential,
    own_credentials,
    register_credential as register,
    withdraw_credential as withdraw,
)
from portal.services.shelf import findings_about, own_shelf
from portal.services.unlisted import own_requests
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.professional.acting import acted, renew
from portal.web.professional.blueprint import professional
from portal.web.professional.credentials.finding import about_entry, bodies, search_page
from portal.web.professional.credentials.forms import (
    CredentialForm,
    SearchForm,
    WithdrawForm,
    answers_in,
    credential_form,
    fields_asked,
)
from portal.web.professional.credentials.history import version_rows
from portal.web.professional.credentials.pages import credential_page, credential_rows, differences
from portal.web.professional.requests.pages import note_rows
from portal.web.professional.words import Difference, change_warning, qualification_word, standing_tag

Answer = str | Response | tuple[str, int]


@professional.get("/credentials")
@for_role(Role.PROFESSIONAL)
def credentials() -> str:
    """Everything the person has registered."""
    house = the_house()
    actor = current_actor()
    rows = credential_rows(house, own_credentials(house, actor))
    notes = note_rows(house, own_requests(house, actor))
    return render_template("professional/credentials.html", rows=rows, notes=notes)


@professional.get("/credentials/find")
@for_role(Role.PROFESSIONAL)
def find_qualification() -> Answer:
    """Search the catalogue; the address holds the search."""
    house, form = the_house(), SearchForm(request.args)
    typed = (form.q.data or "").strip()
    usable = form.validate() if typed else True
    found = search_catalogue(house, typed) if typed and usable else Found()
    page = search_page(house, found, searched=bool(typed) and usable)
    body = render_template("professional/find_qualification.html", form=form, page=page, bodies=bodies(house))
    return body, 200 if usable else 422


@professional.route("/credentials/new/<qualification>", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def register_credential(qualification: str) -> Answer:
    """Register one qualification of the catalogue."""
    house, actor = the_house(), current_actor()
    entry = qualification_to_register(house, qualification)
    form = credential_form(house, entry)
    if request.method == "POST":
        typed = answers_in(form, entry)
        made = acted(
            form,
            lambda: register(
                house,
                actor,
                qualification=qualification,
                said=typed,
                is_another=bool(form.is_another.data),
                once=form.once.data,
            ),
            problems=lambda: credential_problems(house, actor, qualification, typed),
        )
        if made is not None:
            flash(_("Registered. Attach a document, so that an officer can verify it."), "success")
            return redirect(url_for("professional.credential", credential_id=made), 303)
    body = render_template(
        "professional/register_credential.html",
        form=form,
        title=qualification_word(house, qualification),
        about=about_entry(house, entry),
        asked=fields_asked(form, entry),
        action=url_for("professional.register_credential", qualification=qualification),
        is_twin=bool(form.is_another.errors or form.is_another.data),
    )
    return body, 422 if form.has_errors else 200


@professional.get("/credentials/<uuid:credential_id>")
@for_role(Role.PROFESSIONAL)
def credential(credential_id: UUID) -> str:
    """One credential: its answers, its documents, who verified it and how."""
    house, actor = the_house(), current_actor()
    record = own_credential(house, actor, credential_id)
    page = credential_page(
        house,
        qualification_named(house, record.qualification),
        record,
        documents=own_shelf(house, actor),
        findings=findings_about(house, actor, credential_id),
        others=own_credentials(house, actor),
        has_history=len(own_versions(house, actor, credential_id)) > 1,
    )
    return render_template("professional/credential.html", page=page)


@professional.get("/credentials/<uuid:credential_id>/history")
@for_role(Role.PROFESSIONAL)
def credential_history(credential_id: UUID) -> str:
    """What a credential said before it was replaced, and what officers found of each version."""
    house, actor = the_house(), current_actor()
    record = own_credential(house, actor, credential_id)
    return render_template(
        "professional/credential_history.html",
        title=qualification_word(house, record.qualification),
        credential_id=credential_id,
        versions=version_rows(house, own_versions(house, actor, credential_id)),
    )


@professional.route("/credentials/<uuid:credential_id>/change", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def change_credential(credential_id: UUID) -> Answer:
    """Correct a credential; a stale form gets both sides, with what was typed."""
    house, actor = the_house(), current_actor()
    record = own_credential(house, actor, credential_id)
    if not record.may_change:
        return redirect(url_for("professional.credential", credential_id=credential_id), 303)
    entry = qualification_named(house, record.qualification)
    form = credential_form(house, entry, record)
    if request.method == "GET":
        return _drawn_change(form, record)
    typed = answers_in(form, entry)
    try:
        done = acted(
            form,
            lambda: change(
                house,
                actor,
                credential_id=credential_id,
                said=typed,
                version=form.seen_version,
                once=form.once.data,
            ),
            problems=lambda: credential_problems(house, actor, record.qualification, typed),
        )
    except Conflict as conflict:
        return _both_sides(form, entry, typed, credential_id, conflict)
    if done is None:
        return _drawn_change(form, record)
    flash(_("Saved."), "success")
    return redirect(url_for("professional.credential", credential_id=done), 303)


@professional.route("/credentials/<uuid:credential_id>/withdraw", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def withdraw_credential(credential_id: UUID) -> Answer:
    """Take a credential back, after a page that says what follows."""
    house, actor = the_house(), current_actor()
    record = own_credential(house, actor, credential_id)
    form = WithdrawForm(data={"version": record.version})
    if request.method == "POST":
        done = acted(
            form,
            lambda: withdraw(
                house, actor, credential_id=credential_id, version=form.seen_version, once=form.once.data
            ),
        )
        if done is not None:
            flash(_("Withdrawn. It no longer counts."), "success")
            return redirect(url_for("professional.credentials"), 303)
    title = qualification_word(house, record.qualification)
    body = render_template(
        "professional/withdraw_credential.html",
        form=form,
        title=title,
        credential_id=credential_id,
        resting=resting_on(house, actor, credential_id) if _was_found(record) else None,
    )
    return body, 422 if form.has_errors else 200


def _drawn_change(
    form: CredentialForm, record: CredentialRecord, *, sides: tuple[Difference, ...] | None = None
) -> tuple[str, int]:
    house = the_house()
    entry = qualification_named(house, record.qualification)
    body = render_template(
        "professional/change_credential.html",
        form=form,
        title=qualification_word(house, record.qualification),
        about=about_entry(house, entry),
        asked=fields_asked(form, entry),
        credential_id=record.id,
        standing=standing_tag(record.standing),
        warning=change_warning(record.standing),
        is_verified=record.standing is Standing.VERIFIED,
        resting=resting_on(house, current_actor(), record.id) if _was_found(record) else None,
        sides=sides,
    )
    return body, 409 if sides is not None else 422 if form.has_errors else 200


def _was_found(record: CredentialRecord) -> bool:
    return record.standing in (Standing.VERIFIED, Standing.REJECTED)


def _both_sides(
    form: CredentialForm,
    entry: Qualification,
    typed: CredentialAnswers,
    credential_id: UUID,
    conflict: Conflict,
) -> tuple[str, int]:
    """The stale form again: what is recorded now beside what was typed, which is kept."""
    house = the_house()
    record = own_credential(house, current_actor(), credential_id)
    if not record.may_change:
        raise conflict
    renew(form, record.version)
    recorded = CredentialAnswers(record.days, record.attributes)
    return _drawn_change(form, record, sides=differences(house, entry, recorded, typed))
