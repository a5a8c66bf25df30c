"""The shelf: documents uploaded, attached, opened, taken off and removed.

What one document says of itself is in ``document_routes.py``, its pages and translations in ``page_routes.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.errors import NotFound, Refused
from portal.domain.files import LARGEST_BYTES
from portal.domain.people import Role
from portal.services.credentials import own_credentials
from portal.services.evidence import (
    SupportedFact,
    attach_evidence as attach,
    detach_evidence as detach,
    remove_evidence as remove,
    upload_evidence as upload,
)
from portal.services.evidence_opening import open_evidence
from portal.services.people import read_oneself
from portal.services.shelf import ShelvedDocument, own_document, own_shelf
from portal.services.work_history import own_work
from portal.web.access import current_actor, for_role
from portal.web.headers import CONTENT_SECURITY_POLICY
from portal.web.house import the_house
from portal.web.limits import limiter
from portal.web.professional.acting import acted
from portal.web.professional.blueprint import professional
from portal.web.professional.evidence.arrivals import AS_OFTEN, arrived_at
from portal.web.professional.evidence.forms import (
    AttachForm,
    ConfirmForm,
    UploadForm,
    document_answers,
    fact_named,
    offered_in,
)
from portal.web.professional.evidence.pages import (
    NamedFact,
    facts_by_spelling,
    offered_documents,
    offered_facts,
    shelf_rows,
)
from portal.web.professional.evidence.views import title_of

Answer = str | Response | tuple[str, int]


def own_facts() -> Mapping[str, NamedFact]:
    """Everything of the reader that a document can support."""
    house, actor = the_house(), current_actor()
    return facts_by_spelling(
        house, own_credentials(house, actor), own_work(house, actor), read_oneself(house, actor)
    )


def fact_asked(facts: Mapping[str, NamedFact]) -> NamedFact | None:
    """The fact an address names, if it names one; someone else's leads nowhere."""
    spelled = request.args.get("supports", "")
    if spelled and spelled not in facts:
        raise NotFound("evidence.fact_not_found")
    return facts[spelled] if spelled else None


def _fact_page(fact: NamedFact | None) -> Response:
    return redirect(fact.href if fact else url_for("professional.evidence_shelf"), 303)


@professional.get("/evidence")
@for_role(Role.PROFESSIONAL)
def evidence_shelf() -> str:
    """All documents, and what each supports."""
    house = the_house()
    rows = shelf_rows(house, own_shelf(house, current_actor()), own_facts())
    has_scanner = house.scanner.is_present
    return render_template("professional/evidence_shelf.html", rows=rows, has_scanner=has_scanner)


@professional.route("/evidence/new", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
@limiter.limit(AS_OFTEN, methods=["POST"])
def upload_evidence() -> Answer:
    """Upload a document; from the page of a fact it is attached at once."""
    house, actor, facts = the_house(), current_actor(), own_facts()
    fact = fact_asked(facts)
    form = UploadForm(offered_facts(facts), data={"supports": fact.spelled if fact else ""})
    if request.method == "POST":
        shelved = {document.id for document in own_shelf(house, actor)}
        done = acted(form, lambda: _upload(form), problems=lambda: _problems(form))
        if done is not None:
            _say_uploaded(already_there=UUID(done) in shelved)
            named = facts.get(form.supports.data or "")
            return arrived_at(named.href if named else document_address(UUID(done)))
    shelf_form = None
    if fact is not None:
        documents = offered_documents(own_shelf(house, actor), fact.spelled, today=house.clock.today())
        shelf_form = AttachForm(documents, formdata=None)
    return _drawn(form, form, shelf_form, fact)


def _drawn(
    sent: UploadForm | AttachForm,
    upload_form: UploadForm,
    shelf_form: AttachForm | None,
    fact: NamedFact | None,
) -> tuple[str, int]:
    """The page with its two forms; the summary speaks of the one that was sent."""
    body = render_template(
        "professional/upload_evidence.html",
        form=sent,
        upload_form=upload_form,
        shelf_form=shelf_form,
        fact=fact,
        largest=LARGEST_BYTES,
    )
    return body, 422 if sent.has_errors else 200


def _problems(form: UploadForm) -> Iterable[Refused]:
    return document_answers(form).problems(today=the_house().clock.today())


def _upload(form: UploadForm) -> str:
    return upload(
        the_house(),
        current_actor(),
        offered=offered_in(form),
        said=document_answers(form),
        supports=fact_named(form.supports.data) if form.supports.data else None,
        once=form.once.data,
    )


def document_address(evidence_id: UUID) -> str:
    """Where one document is read."""
    return url_for("professional.evidence_document", evidence_id=evidence_id)


def _say_uploaded(*, already_there: bool) -> None:
    if already_there:
        flash(_("This document was on your shelf already, so it was not stored twice."))
    else:
        flash(_("Uploaded."), "success")


@professional.post("/evidence/attach")
@for_role(Role.PROFESSIONAL)
def attach_evidence() -> Answer:
    """Attach a document that is on the shelf already."""
    house, actor, facts = the_house(), current_actor(), own_facts()
    fact = fact_asked(facts)
    if fact is None:
        raise NotFound("evidence.fact_not_found")
    documents = offered_documents(own_shelf(house, actor), fact.spelled, today=house.clock.today())
    form = AttachForm(documents)
    supports = fact_named(fact.spelled)
    done = acted(
        form,
        lambda: attach(
            house, actor, evidence_id=UUID(form.document.data), supports=supports, once=form.once.data
        ),
    )
    if done is not None:
        flash(_("Attached."), "success")
        return _fact_page(fact)
    upload_form = UploadForm(offered_facts(facts), formdata=None, data={"supports": fact.spelled})
    return _drawn(form, upload_form, form, fact)


@professional.route("/evidence/<uuid:evidence_id>/detach", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def detach_evidence(evidence_id: UUID) -> Answer:
    """Take a document off a fact; it stays on the shelf."""
    house, actor, facts = the_house(), current_actor(), own_facts()
    document = own_document(house, actor, evidence_id)
    fact = fact_asked(facts)
    if fact is None or not _supports(document, fact_named(fact.spelled)):
        raise NotFound("evidence.fact_not_found")
    form = ConfirmForm()
    if request.method == "POST":
        supports = fact_named(fact.spelled)
        done = acted(
            form,
            lambda: detach(house, actor, evidence_id=evidence_id, supports=supports, once=form.once.data),
        )
        if done is not None:
            flash(_("Taken off. The document is still on your shelf."), "success")
            return _fact_page(fact)
    title = title_of(document)
    body = render_template(
        "professional/detach_evidence.html", form=form, document=document, title=title, fact=fact
    )
    return body, 422 if form.has_errors else 200


def _supports(document: ShelvedDocument, fact: SupportedFact) -> bool:
    return fact in document.supports


@professional.route("/evidence/<uuid:evidence_id>/remove", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def remove_evidence(evidence_id: UUID) -> Answer:
    """Remove a document for good, while nothing rests on it."""
    house, actor = the_house(), current_actor()
    document = own_document(house, actor, evidence_id)
    form = ConfirmForm()
    if request.method == "POST":
        done = acted(form, lambda: remove(house, actor, evidence_id=evidence_id, once=form.once.data))
        if done is not None:
            flash(_("Removed."), "success")
            return redirect(url_for("professional.evidence_shelf"), 303)
    title = title_of(document)
    body = render_template("professional/remove_evidence.html", form=form, document=document, title=title)
    return body, 422 if form.has_errors else 200


@professional.get("/evidence/files/<uuid:file_id>")
@for_role(Role.PROFESSIONAL, Role.OFFICER)
def download_evidence(file_id: UUID) -> Response:
    """Hand a file out, always to be saved and never to be shown inside the portal."""
    opened = open_evidence(the_house(), current_actor(), file_id=file_id)
    answer = make_response(opened.content)
    answer.headers["Content-Type"] = opened.media_type
    answer.headers["Content-Disposition"] = attachment_named(opened.file_name)
    answer.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; sandbox"
    return answer


def attachment_named(file_name: str) -> str:
    """The header that saves a file under its name, in any script (RFC 6266 and 8187).

    >>> attachment_named("畢業證書.pdf")
    "attachment; filename=document.pdf; filename*=UTF-8''%E7%95%A2%E6%A5%AD%E8%AD%89%E6%9B%B8.pdf"
    """
    ending = file_name.rpartition(".")[2]
    return f"attachment; filename=document.{ending}; filename*=UTF-8''{quote(file_name, safe='')}"
