"""The pages of one's own data: what there is, an export, corrections and consents."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.domain.consents import ConsentKind
from portal.domain.errors import NotFound, Refused
from portal.domain.people import Role
from portal.services.consents import list_consents, read_consent, withdraw_consent as take_back
from portal.services.data_exports import (
    TakenExport,
    advance_own_export,
    ask_for_export,
    read_export,
    take_export,
)
from portal.web.access import current_actor, for_role
from portal.web.account.proof import freshly_proven
from portal.web.house import the_house
from portal.web.languages import current_language
from portal.web.messages.table import message_for
from portal.web.outcomes import sent_once
from portal.web.professional.blueprint import professional
from portal.web.professional.my_data.forms import ActForm
from portal.web.professional.my_data.pages import (
    consent_row,
    export_page,
    retention_rows,
    withdraw_page,
)

_PIECE = 256 * 1024


@professional.get("/data")
@for_role(Role.PROFESSIONAL)
def my_data() -> str:
    """What can be done with one's data, and how long it is kept."""
    return render_template("professional/my_data.html", retention_rows=retention_rows(the_house().retention))


@professional.get("/data/correct")
@for_role(Role.PROFESSIONAL)
def correct_data() -> str:
    """Where each kind of data is corrected, and what only others can change."""
    return render_template("professional/correct_data.html")


@professional.get("/data/export")
@for_role(Role.PROFESSIONAL)
def data_export() -> str:
    """The export there is, how far it is, or none yet."""
    return _export_page(ActForm())


@professional.post("/data/export")
@for_role(Role.PROFESSIONAL)
@freshly_proven
def make_data_export() -> AnyResponse | tuple[str, int]:
    """Ask for an export."""
    form = ActForm()
    language = current_language().locale
    try:
        sent_once(
            lambda: ask_for_export(the_house(), current_actor(), language=language, once=form.once.data)
        )
    except Refused as refusal:
        form.refuse(message_for(refusal))
        return _export_page(form), 422
    return redirect(url_for("professional.data_export"), 303)


@professional.post("/data/export/step")
@for_role(Role.PROFESSIONAL)
def advance_data_export() -> AnyResponse:
    """Make the next step where nobody else does, and show how far it is."""
    advance_own_export(the_house(), current_actor())
    if request.headers.get("X-Requested-With") == "export":
        state = read_export(the_house(), current_actor())
        if state is None:
            raise NotFound("page.not_found")
        return Response(f"{state.steps_done} {state.steps}", mimetype="text/plain")
    return redirect(url_for("professional.data_export"), 303)


@professional.get("/data/export/file")
@for_role(Role.PROFESSIONAL)
@freshly_proven
def download_data_export() -> AnyResponse:
    """Hand the archive to the one it is about, piece by piece."""
    taken = take_export(the_house(), current_actor())
    answer = Response(_pieces(taken), mimetype="application/zip")
    answer.call_on_close(taken.file.close)
    answer.content_length = taken.size_bytes
    answer.headers["Content-Disposition"] = f"attachment; filename={taken.name}"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@professional.get("/data/consents")
@for_role(Role.PROFESSIONAL)
def consents() -> str:
    """Every consent given, in the words that were read."""
    house = the_house()
    rows = [consent_row(house, each) for each in list_consents(house, current_actor())]
    return render_template("professional/consents.html", rows=rows)


@professional.route("/data/consents/<kind>/<subject>/withdraw", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def withdraw_consent(kind: str, subject: str) -> AnyResponse | str:
    """Show what stops, and take a consent back."""
    house, actor = the_house(), current_actor()
    try:
        wanted = ConsentKind(kind)
    except ValueError as error:
        raise NotFound("page.not_found") from error
    form = ActForm()
    if form.validate_on_submit():
        sent_once(lambda: take_back(house, actor, kind=wanted, subject=subject, once=form.once.data))
        return redirect(url_for("professional.consents"), 303)
    consent = read_consent(house, actor, wanted, subject)
    if not consent.may_be_withdrawn:
        return redirect(url_for("professional.consents"), 303)
    return render_template(
        "professional/withdraw_consent.html", form=form, page=withdraw_page(house, consent)
    )


def _export_page(form: ActForm) -> str:
    state = read_export(the_house(), current_actor())
    return render_template(
        "professional/data_export.html", form=form, page=export_page(state) if state else None
    )


def _pieces(taken: TakenExport) -> Iterator[bytes]:
    while piece := taken.file.read(_PIECE):
        yield piece
