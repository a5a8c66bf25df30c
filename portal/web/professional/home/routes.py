"""The overview: where a professional arrives after signing in."""

from __future__ import annotations

from typing import Final

from flask import render_template

from portal.domain.people import Role
from portal.services.mapping import read_mapping
from portal.services.next_days import next_days
from portal.services.overview import read_overview
from portal.services.own_cases import read_applications
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.professional.applications.pages import open_case_rows
from portal.web.professional.blueprint import professional
from portal.web.professional.home.pages import home_page
from portal.web.professional.mapping.pages import overview_page

# As many bridges as one looks at before scrolling; the others have a page of their own.
NEAREST: Final = 4


@professional.get("")
@for_role(Role.PROFESSIONAL)
def home() -> str:
    """The next step, each open case, each part of the record, and the nearest tracks as small bridges."""
    house, actor = the_house(), current_actor()
    mapping = read_mapping(house, actor, on=house.clock.today(), with_cases=False)
    own = read_applications(house, actor)
    cases = [(one.track, case) for one in own for case in one.cases]
    days = next_days(house, actor, cases, mapping.verdicts)
    return render_template(
        "professional/home.html",
        cases=open_case_rows(own, days, house.rulebook),
        page=home_page(read_overview(house, actor), own),
        overview=overview_page(mapping, house.rulebook, most=NEAREST),
    )
