"""The check's frame: what it is about, the answers so far, the page they lead to, and forgetting them."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.eligibility.answers import Answers
from portal.domain.eligibility.questions import answered_keys
from portal.domain.eligibility.tracks import proposed_tracks
from portal.domain.places import Jurisdiction
from portal.domain.rules.catalogue import Track
from portal.domain.rules.rulesets import Target
from portal.services.house import House
from portal.web.access import open_to_all
from portal.web.house import the_house
from portal.web.limits import limiter
from portal.web.public.check import asking_routes, carrying_routes, telling_routes
from portal.web.public.check.blueprint import eligibility
from portal.web.public.check.forms import (
    BOTH,
    MOST_AIMS,
    UNSURE,
    ActForm,
    AimsForm,
    ProposedForm,
    StartForm,
)
from portal.web.public.check.result import result_page
from portal.web.public.check.steps import go_on
from portal.web.public.check.visit import targets_in_force, this_visit
from portal.web.public.check.words import answer_rows

__all__ = ["asking_routes", "carrying_routes", "eligibility", "telling_routes"]

Answer = str | Response | tuple[str, int]


@eligibility.route("", methods=["GET", "POST"])
@open_to_all
@limiter.limit("30 per minute; 300 per hour", methods=["POST"])
def start() -> Answer:
    """Which way, and which work: the beginning, and where both can be changed."""
    house, visit = the_house(), this_visit()
    tracks = house.rulebook.tracks
    form = StartForm(tracks.values(), data=_begun(visit.answers))
    if form.validate_on_submit():
        chosen = tuple(one for one in form.tracks.data if one != UNSURE)
        if chosen and not _reachable(house, chosen, form.sides):
            form.refuse(
                _("Nothing was found there for this work in that city. Choose both cities, or other work."),
                field="tracks",
            )
        else:
            return go_on(visit.keep(_aimed_anew(visit.answers, form.sides, chosen)))
    body = render_template("eligibility/start.html", form=form, has_answers=not visit.answers.is_empty)
    return body, 422 if form.has_errors else 200


@eligibility.route("/proposals", methods=["GET", "POST"])
@open_to_all
def proposals() -> Answer:
    """The tracks that fit what somebody said of their work."""
    house, visit = the_house(), this_visit()
    if not visit.answers.towards:
        return go_on(visit)
    fitting = _fitting(house, visit.answers)
    form = ProposedForm(fitting or _all_towards(house, visit.answers), data={"tracks": []})
    if form.validate_on_submit():
        return go_on(visit.keep(_aimed_anew(visit.answers, visit.answers.towards, tuple(form.tracks.data))))
    body = render_template("eligibility/proposals.html", form=form, fits=bool(fitting))
    return body, 422 if form.has_errors else 200


@eligibility.route("/aims", methods=["GET", "POST"])
@open_to_all
def aims() -> Answer:
    """What exactly is aimed at; a single possibility needs no page."""
    house, visit = the_house(), this_visit()
    answers = visit.answers
    if not (answers.towards and answers.tracks):
        return go_on(visit)
    targets = _reachable(house, answers.tracks, answers.towards)
    form = AimsForm(targets, data=_preselected(house, answers, targets))
    if form.validate_on_submit():
        return go_on(visit.keep(replace(answers, aims=form.chosen)))
    notes = [track.note for track in _tracks(house, answers.tracks) if track.note]
    body = render_template("eligibility/aims.html", form=form, notes=notes)
    return body, 422 if form.has_errors else 200


@eligibility.post("/aims/add")
@open_to_all
def add_aim() -> Answer:
    """Check one more target, with what was answered already."""
    house, visit = the_house(), this_visit()
    found = targets_in_force(house, [request.form.get("target", "")])
    answers = visit.answers
    if len(answers.aims) >= MOST_AIMS:
        flash(_("Choose six at most. You can check others afterwards."), "error")
    elif found and answers.towards and found[0].id not in answers.aims:
        tracks = (*answers.tracks, *_track_of(house, found[0], answers.tracks))
        visit = visit.keep(replace(answers, tracks=tracks, aims=(*answers.aims, found[0].id)))
    return go_on(visit)


@eligibility.get("/next")
@open_to_all
def go_on_asking() -> Response:
    """Lead to whatever comes next."""
    return go_on(this_visit())


@eligibility.get("/answers")
@open_to_all
def answers() -> Answer:
    """Everything answered, each with a way back to it."""
    house, visit = the_house(), this_visit()
    if not visit.answers.towards:
        return go_on(visit)
    keys = answered_keys(visit.answers, visit.asking)
    rows = answer_rows(house, visit.answers, keys)
    return render_template("eligibility/answers.html", rows=rows, visit=visit, form=ActForm())


@eligibility.get("/result")
@open_to_all
def result() -> Answer:
    """Both sides of each track, on what was answered; whatever is not answered stays open."""
    house, visit = the_house(), this_visit()
    if not visit.answers.aims:
        return go_on(visit)
    return render_template("eligibility/result.html", page=result_page(house, visit), form=ActForm())


@eligibility.post("/forget")
@open_to_all
def forget() -> Response:
    """Delete the answers at once."""
    this_visit().forget()
    flash(_("Your answers are deleted."), "success")
    return redirect(url_for("eligibility.start"), 303)


def _begun(answers: Answers) -> dict[str, object]:
    sides = answers.towards
    towards = BOTH if len(sides) > 1 else next((side.value for side in sides), None)
    return {"towards": towards, "tracks": list(answers.tracks)}


def _aimed_anew(answers: Answers, towards: tuple[Jurisdiction, ...], tracks: tuple[str, ...]) -> Answers:
    """What was aimed at falls away when the question changes; what was answered stays."""
    if (towards, tracks) == (answers.towards, answers.tracks):
        return answers
    house = the_house()
    possible = {one.id for one in _reachable(house, tracks, towards)}
    aims = tuple(possible) if len(possible) == 1 else ()
    return replace(answers, towards=towards, tracks=tracks, aims=aims)


def _tracks(house: House, names: tuple[str, ...]) -> list[Track]:
    return [house.rulebook.tracks[name] for name in names if name in house.rulebook.tracks]


def _reachable(
    house: House, tracks: tuple[str, ...], towards: tuple[Jurisdiction, ...]
) -> tuple[Target, ...]:
    names = [name for track in _tracks(house, tracks) for name in (*track.hk, *track.sz)]
    return tuple(one for one in targets_in_force(house, names) if one.jurisdiction in towards)


def _preselected(house: House, answers: Answers, targets: tuple[Target, ...]) -> dict[str, list[str]]:
    """What was chosen before, else the first of each track in each city: where people enter."""
    chosen = set(answers.aims)
    if not chosen:
        reachable = [one.id for one in targets]
        for track in _tracks(house, answers.tracks):
            for names in (track.hk, track.sz):
                chosen.update([name for name in names if name in reachable][:1])
    return {
        side.value: [one.id for one in targets if one.jurisdiction is side and one.id in chosen]
        for side in Jurisdiction
    }


def _fitting(house: House, answers: Answers) -> list[Track]:
    book, today = house.rulebook, house.clock.today()
    names = proposed_tracks(answers.periods, book.tracks, book.targets, on=today)
    return [track for track in _tracks(house, names) if _reachable(house, (track.id,), answers.towards)][:6]


def _all_towards(house: House, answers: Answers) -> list[Track]:
    return [
        track for track in house.rulebook.tracks.values() if _reachable(house, (track.id,), answers.towards)
    ]


def _track_of(house: House, target: Target, tracks: tuple[str, ...]) -> tuple[str, ...]:
    """The track a target is shown under, when none of those chosen has it."""
    having = [track.id for track in house.rulebook.tracks.values() if target.id in (*track.hk, *track.sz)]
    return () if set(having) & set(tracks) else tuple(having[:1])
