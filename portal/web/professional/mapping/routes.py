"""The mapping page, the mark that it was seen, the overview of all tracks, and the papers one holds."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.people import Role
from portal.domain.rules.catalogue import Track
from portal.services.mapping import PersonMapping, preparing_programmes, read_mapping
from portal.services.mapping_visits import MOVED_ON, SinceVisit, read_since, remember_mapping
from portal.web.access import current_actor, for_role
from portal.web.asked_day import spread_day
from portal.web.citations import CitationReader
from portal.web.house import the_house
from portal.web.languages import current_language
from portal.web.outcomes import sent_once
from portal.web.professional.blueprint import professional
from portal.web.professional.mapping.facts import facts_by_key
from portal.web.professional.mapping.forms import MappingForm, SeenForm
from portal.web.professional.mapping.groups import shown_in
from portal.web.professional.mapping.pages import Question, default_track, mapping_page, overview_page
from portal.web.professional.mapping.papers import papers_page
from portal.web.professional.mapping.steps import Doors, preparing_codes
from portal.web.professional.mapping.targets import Ground


@professional.get("/mapping")
@for_role(Role.PROFESSIONAL)
def mapping() -> str | tuple[str, int]:
    """One track on one day, both cities side by side; a question that makes no sense is kept and said."""
    house = the_house()
    today = house.clock.today()
    asked = spread_day(request.args)
    tracks = house.rulebook.tracks
    form = MappingForm(tracks.values(), current_language().locale, formdata=asked or None)
    understood = form.validate() or not asked
    day = form.on.data if understood and form.on.data else today
    wanted = tracks.get(form.track.data or "")
    targets = (*wanted.hk, *wanted.sz) if wanted else None
    found = read_mapping(house, current_actor(), on=day, targets=targets, with_documents=True)
    track = wanted or default_track(found, house.rulebook)
    if understood:
        form.track.data = track.id
        form.show(day)
    chosen = {side: request.args.get(side) for side in ("hk", "sz")}
    question = Question(track, chosen, shown_in(request.args.get("show")), today, day)
    since = _since(found, question) if day == today and understood else None
    page = mapping_page(found, _ground(found, track), question, since=since)
    seen = SeenForm(formdata=None, back_to=track.id, seen=since.fingerprint) if since else None
    drawn = render_template("professional/mapping.html", form=form, page=page, seen=seen)
    return drawn if understood else (drawn, 422)


def _since(found: PersonMapping, question: Question) -> SinceVisit:
    return read_since(the_house(), current_actor(), found, targets=question.targets)


def _ground(found: PersonMapping, track: Track) -> Ground:
    house = the_house()
    rulebook = house.rulebook
    facts = facts_by_key(found.dossier, rulebook, found.documents)
    programmes = preparing_programmes(house, preparing_codes(rulebook, track, on=found.on))
    return Ground(rulebook, facts, Doors(rulebook, programmes), CitationReader(rulebook.sources))


@professional.post("/mapping/seen")
@for_role(Role.PROFESSIONAL)
def mapping_seen() -> Response:
    """Mark the mapping as seen; what came in between is shown first."""
    house, form = the_house(), SeenForm()
    seen = form.seen.data or ""
    answer = sent_once(lambda: remember_mapping(house, current_actor(), seen=seen, once=form.once.data))
    if answer == MOVED_ON:
        flash(_("Something changed while you were reading. This is the newest."))
    track = form.back_to.data if form.back_to.data in house.rulebook.tracks else None
    return redirect(url_for("professional.mapping", track=track), 303)


@professional.get("/mappings")
@for_role(Role.PROFESSIONAL)
def mappings() -> str:
    """All tracks as small bridges, today."""
    house, actor = the_house(), current_actor()
    found = read_mapping(house, actor, on=house.clock.today())
    page = overview_page(found, house.rulebook, read_since(house, actor, found))
    return render_template("professional/mappings.html", page=page)


@professional.get("/mappings/papers")
@for_role(Role.PROFESSIONAL)
def mapping_papers() -> str:
    """Every paper the person holds, and what it opens on either side."""
    house = the_house()
    found = read_mapping(house, current_actor(), on=house.clock.today(), with_cases=False)
    return render_template("professional/mapping_papers.html", page=papers_page(found, house.rulebook))
