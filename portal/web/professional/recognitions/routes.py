"""The holder's pages of recognitions, and the documents made of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.calendar import add_months
from portal.domain.disclosure import Factor
from portal.domain.errors import Refused
from portal.domain.people import Role
from portal.services.certificates import (
    CertificateWish,
    make_certificate as make_the_certificate,
    open_certificate,
)
from portal.services.factors import make_pin
from portal.services.letter_documents import OpenedDocument, open_letter
from portal.services.own_recognitions import OwnRecognition, list_own_recognitions, read_own_recognition
from portal.services.sharing import LONGEST_MONTHS, knows_birth_date
from portal.web.access import current_actor, for_role
from portal.web.headers import CONTENT_SECURITY_POLICY
from portal.web.house import the_house
from portal.web.languages import current_language
from portal.web.limits import limiter
from portal.web.professional.acting import acted
from portal.web.professional.blueprint import professional
from portal.web.professional.recognitions.forms import MakeCertificateForm
from portal.web.professional.recognitions.pages import recognition_page, recognition_row

Answer = str | Response | tuple[str, int]

# A document is signed each time: enough for people, too little for a machine that is left running.
_DOCUMENTS = "20 per minute; 200 per hour"


@professional.get("/recognitions")
@for_role(Role.PROFESSIONAL)
def recognitions() -> str:
    """What one is recognised for, as it stands today."""
    rows = [recognition_row(each) for each in list_own_recognitions(the_house(), current_actor())]
    return render_template("professional/recognitions.html", rows=rows)


@professional.get("/recognitions/<reference>")
@for_role(Role.PROFESSIONAL)
def recognition(reference: str) -> str:
    """One recognition, its certificates and its letters."""
    page = recognition_page(read_own_recognition(the_house(), current_actor(), reference))
    return render_template("professional/recognition.html", page=page)


@professional.route("/recognitions/<reference>/certificate", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
@limiter.limit(_DOCUMENTS, methods=["POST"])
def make_certificate(reference: str) -> Answer:
    """Ask for the language and the terms of the check; then make the certificate."""
    house, actor = the_house(), current_actor()
    own = read_own_recognition(house, actor, reference)
    form = MakeCertificateForm(data=_proposed() if request.method == "GET" else None)
    form.offer_factors(knows_birth_date=knows_birth_date(house, actor))
    if request.method == "POST":
        made = acted(form, lambda: _make(own, form))
        if made is not None:
            return _made(own, form, made)
    form.lay_out()
    page = recognition_page(own)
    drawn = render_template("professional/make_certificate.html", form=form, page=page)
    return drawn, 422 if form.has_errors else 200


@professional.get("/certificates/<reference>/file")
@for_role(Role.PROFESSIONAL)
def download_certificate(reference: str) -> Response:
    """Hand out a certificate to its holder."""
    return _handed_out(open_certificate(the_house(), current_actor(), reference))


@professional.get("/letters/<uuid:letter_id>/file")
@for_role(Role.PROFESSIONAL, Role.OFFICER)
@limiter.limit(_DOCUMENTS)
def download_letter(letter_id: UUID) -> Response:
    """Hand out a letter to its reader, or to an officer to whom the case is open."""
    return _handed_out(open_letter(the_house(), current_actor(), letter_id))


def _proposed() -> dict[str, Any]:
    """What a new form holds: the reader's language, the longest time, and a PIN by chance."""
    house = the_house()
    return {
        "language": current_language().locale,
        "until": add_months(house.clock.today(), LONGEST_MONTHS),
        "pin": make_pin(house),
    }


def _make(own: OwnRecognition, form: MakeCertificateForm) -> str:
    until = form.until.data
    if until is None:
        raise Refused("share.until_is_past", field="until")
    wish = CertificateWish(str(form.language.data), until, Factor(str(form.factor.data)), form.pin_typed)
    return make_the_certificate(
        the_house(), current_actor(), recognition=own.shown.reference, wish=wish, once=form.once.data
    )


def _made(own: OwnRecognition, form: MakeCertificateForm, reference: str) -> Answer:
    """Back to the recognition, where the certificate is the newest of its list.

    A PIN is shown in this answer and carried by nothing else: a cookie could be read. Loaded again, the
    same form makes no second certificate, and the PIN it holds is shown again.
    """
    flash(_("The certificate %(reference)s is made.", reference=reference), "success")
    if form.factor.data != Factor.PIN.value:
        return redirect(url_for("professional.recognition", reference=own.shown.reference), 303)
    now = read_own_recognition(the_house(), current_actor(), own.shown.reference)
    share = next(each.share for each in now.certificates if each.reference == reference)
    page = recognition_page(now, pin_of=(share, form.pin_typed))
    return render_template("professional/recognition.html", page=page)


def _handed_out(opened: OpenedDocument) -> Response:
    """Always to be saved, never to be shown inside the portal. Its name is one of our references."""
    answer = make_response(opened.content)
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f"attachment; filename={opened.file_name}"
    answer.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; sandbox"
    return answer
