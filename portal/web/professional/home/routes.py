"""The overview: where a professional arrives after signing in."""

from __future__ import annotations

from flask import render_template

from portal.domain.people import Role
from portal.services.mapping import read_mapping
from portal.services.overview import read_overview
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.professional.blueprint import professional
from portal.web.professional.home.pages import home_page
from portal.web.professional.mapping.pages import overview_page


@professional.get("")
@for_role(Role.PROFESSIONAL)
def home() -> str:
    """Each part of the record, how far it is, the next step, and all tracks as small bridges."""
    house, actor = the_house(), current_actor()
    mapping = read_mapping(house, actor, on=house.clock.today(), with_cases=False)
    return render_template(
        "professional/home.html",
        page=home_page(read_overview(house, actor)),
        overview=overview_page(mapping, house.rulebook),
    )
