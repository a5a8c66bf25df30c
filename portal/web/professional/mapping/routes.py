"""The mapping page, and the overview of all tracks."""

from __future__ import annotations

from flask import render_template, request

from portal.domain.people import Role
from portal.services.mapping import read_mapping
from portal.web.access import current_actor, for_role
from portal.web.asked_day import spread_day
from portal.web.house import the_house
from portal.web.languages import current_language
from portal.web.professional.blueprint import professional
from portal.web.professional.mapping.forms import MappingForm
from portal.web.professional.mapping.pages import default_track, mapping_page, overview_page


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
    found = read_mapping(house, current_actor(), on=day)
    track = tracks.get(form.track.data or "") or default_track(found, house.rulebook)
    if understood:
        form.track.data = track.id
        form.show(day)
    chosen = {side: request.args.get(side) for side in ("hk", "sz")}
    page = mapping_page(found, house.rulebook, track, chosen=chosen, today=today)
    drawn = render_template("professional/mapping.html", form=form, page=page)
    return drawn if understood else (drawn, 422)


@professional.get("/mappings")
@for_role(Role.PROFESSIONAL)
def mappings() -> str:
    """All tracks as small bridges, today."""
    house = the_house()
    found = read_mapping(house, current_actor(), on=house.clock.today())
    page = overview_page(found, house.rulebook)
    return render_template("professional/mappings.html", page=page)
