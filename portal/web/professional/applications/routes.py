"""Applying: begin, come back, agree, check, submit, follow, withdraw."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.declarations import WORDING_VERSION, Wording, wordings_asked
from portal.domain.errors import Conflict, Refused
from portal.domain.people import Role
from portal.domain.places import Jurisdiction
from portal.domain.rules.catalogue import Track
from portal.services import cases, own_cases
from portal.services.file_summary import FileSummary, name_work, summarise_file
from portal.services.mapping import read_mapping
from portal.services.next_days import has_days_ahead, next_days
from portal.services.own_cases import OwnApplication
from portal.services.reviews import reviews_of
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.languages import current_language
from portal.web.messages.table import message_for
from portal.web.outcomes import sent_once
from portal.web.professional.applications.answers import answers_page
from portal.web.professional.applications.following import Days
from portal.web.professional.applications.forms import (
    ChooseTrackForm,
    DeclarationsForm,
    StartApplicationForm,
    SubmitApplicationForm,
    WithdrawCaseForm,
    declarations_form,
)
from portal.web.professional.applications.pages import (
    application_page,
    applications_page,
    start_page,
    withdraw_page,
)
from portal.web.professional.blueprint import professional
from portal.wording.languages import LANGUAGES

Answer = str | Response | tuple[str, int]


@professional.get("/applications")
@for_role(Role.PROFESSIONAL)
def applications() -> str:
    """All one's applications, with whose turn each one is."""
    house, actor = the_house(), current_actor()
    own = own_cases.read_applications(house, actor)
    page = applications_page(own, _days_ahead(own), house.rulebook)
    return render_template("professional/applications.html", page=page)


@professional.route("/applications/start", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def start_application() -> Answer:
    """First the track, then what to apply for on each side of it."""
    asked = request.values.get("track")
    track = the_house().rulebook.tracks.get(asked or "")
    if track is None:
        return _choose_track(asked)
    form = _start_form(track)
    refusal = None
    if request.method == "POST" and form.validate():
        try:
            key = sent_once(lambda: _start(track, form))
            return _to_application(key)
        except Refused as refused:
            refusal = refused
            form.refuse(message_for(refused), field=refused.field)
    held = own_cases.read_applications(the_house(), current_actor()) if refusal else ()
    page = start_page(track, held, refusal)
    drawn = render_template("professional/start_application.html", form=form, page=page)
    return (drawn, 422) if request.method == "POST" else drawn


@professional.get("/applications/<uuid:application_id>")
@for_role(Role.PROFESSIONAL)
def application(application_id: UUID) -> str:
    """One application: what is left to do, whose turn it is, what happened, the letters."""
    house, actor = the_house(), current_actor()
    own = own_cases.read_application(house, actor, application_id)
    summary = summarise_file(house, actor)
    reviews = reviews_of(house, [case.id for case in own.cases])
    page = application_page(own, summary, reviews, _days_ahead([own]), house.rulebook)
    return render_template("professional/application.html", page=page)


@professional.route("/applications/<uuid:application_id>/declarations", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def declarations(application_id: UUID) -> Answer:
    """The statements to agree to, each with its own box, recorded in the words that were read."""
    own, summary = _drafts(application_id)
    asked = _statements(own, summary)
    form = declarations_form(asked, current_language().locale)()
    if request.method == "POST" and form.validate():
        try:
            key = sent_once(lambda: _give(application_id, form, asked))
            flash(_("Your declarations and consents are recorded."), "success")
            return _to_application(key)
        except Refused as refused:
            form.refuse(message_for(refused), field=refused.field)
    form.version.data = own.draft_version
    form.wording_version.data, form.read_in.data = WORDING_VERSION, current_language().locale
    keys = [wording.key for wording in asked]
    address = url_for("professional.application", application_id=own.id)
    drawn = render_template("professional/declarations.html", form=form, keys=keys, back=address)
    return (drawn, 422) if request.method == "POST" else drawn


@professional.route("/applications/<uuid:application_id>/check", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def check_application(application_id: UUID) -> Answer:
    """The whole file, the verdicts of the moment and what is shared with whom; then submit."""
    house, actor = the_house(), current_actor()
    form = SubmitApplicationForm()
    if request.method == "POST" and form.validate():
        try:
            key = sent_once(
                lambda: cases.submit_application(
                    house, actor, application_id, version=form.seen_version, once=form.once.data
                )
            )
            flash(_("We have your application. We sent its number to your e-mail address."), "success")
            return _to_application(key)
        except Refused as refused:
            form.refuse(message_for(refused))
    own, summary = _drafts(application_id)
    form.version.data = own.draft_version
    targets = [case.target for case in own.drafts]
    mapping = read_mapping(house, actor, on=house.clock.today(), targets=targets, with_cases=False)
    work = name_work(house, actor)
    page = answers_page(own, summary, mapping, work, house.rulebook)
    drawn = render_template("professional/check_application.html", form=form, page=page)
    return (drawn, 422) if request.method == "POST" else drawn


@professional.get("/cases/<reference>")
@for_role(Role.PROFESSIONAL)
def case(reference: str) -> Response:
    """A case by its number: it stands on the page of its application."""
    found = own_cases.read_case(the_house(), current_actor(), reference)
    return _to_application(str(found.application_id))


@professional.route("/cases/<reference>/withdraw", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def withdraw_case(reference: str) -> Answer:
    """Ask once more before a case is taken back; then take it back."""
    house, actor = the_house(), current_actor()
    case = own_cases.read_case(house, actor, reference)
    form = WithdrawCaseForm()
    if request.method == "POST" and form.validate():
        key = sent_once(
            lambda: cases.withdraw_case(
                house, actor, reference, version=form.seen_version, once=form.once.data
            )
        )
        said = (
            _("The draft %(reference)s is given up.", reference=reference)
            if case.is_draft
            else _("The application %(reference)s is withdrawn.", reference=reference)
        )
        flash(said, "success")
        return _to_application(key)
    if not case.may_be_withdrawn:
        raise Conflict("case.not_in_stage")
    form.version.data = case.version
    page = withdraw_page(case, house.rulebook)
    return render_template("professional/withdraw_case.html", form=form, page=page)


def _days_ahead(applications: Iterable[OwnApplication]) -> Days:
    """The days to come of cases that have any, by the mapping of today; nothing is asked for closed ones."""
    house, actor = the_house(), current_actor()
    cases = [(one.track, case) for one in applications for case in one.cases if has_days_ahead(case)]
    if not cases:
        return {}
    targets = {case.target for _, case in cases}
    mapping = read_mapping(house, actor, on=house.clock.today(), targets=targets, with_cases=False)
    return next_days(house, actor, cases, mapping.verdicts)


def _choose_track(asked: str | None) -> Answer:
    """The first question; an unknown track in the address is answered at the field."""
    house = the_house()
    form = ChooseTrackForm(house.rulebook.tracks.values(), current_language().locale, formdata=request.args)
    wrong = asked is not None and not form.validate()
    drawn = render_template("professional/start_application.html", form=form, page=None)
    return (drawn, 422) if wrong else drawn


def _start_form(track: Track) -> StartApplicationForm:
    targets = the_house().rulebook.targets
    sides = {
        Jurisdiction.HONG_KONG: [targets[target] for target in track.hk],
        Jurisdiction.SHENZHEN: [targets[target] for target in track.sz],
    }
    form = StartApplicationForm(sides, current_language().locale)
    if request.method == "GET":
        form.wish(request.args)
    return form


def _start(track: Track, form: StartApplicationForm) -> str:
    return cases.start_application(
        the_house(),
        current_actor(),
        track=track.id,
        targets=form.targets,
        language=current_language().locale,
        once=form.once.data,
    )


def _give(application_id: UUID, form: DeclarationsForm, asked: tuple[Wording, ...]) -> str:
    """Record what was ticked; a form that says it was read in no language we speak is refused."""
    language = form.read_in.data or ""
    if language not in {known.locale for known in LANGUAGES}:
        raise Refused("declarations.wording_changed")
    return cases.give_declarations(
        the_house(),
        current_actor(),
        application_id,
        given=form.given(asked),
        wording_version=form.wording_version.data or "",
        language=language,
        version=form.seen_version,
        once=form.once.data,
    )


def _drafts(application_id: UUID) -> tuple[OwnApplication, FileSummary]:
    """An application that still has something to submit; any other has moved on."""
    house, actor = the_house(), current_actor()
    own = own_cases.read_application(house, actor, application_id, with_history=False)
    if not own.drafts:
        raise Conflict("case.not_in_stage")
    return own, summarise_file(house, actor)


def _statements(own: OwnApplication, summary: FileSummary) -> tuple[Wording, ...]:
    return wordings_asked(summary.home, [case.jurisdiction for case in own.drafts])


def _to_application(key: str) -> Response:
    return redirect(url_for("professional.application", application_id=key), 303)
