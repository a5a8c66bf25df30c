"""What the landing page shows: one bridge as a picture of the idea, and the doors that are open."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, g, url_for
from flask_babel import gettext as _

from portal.domain.people import NOBODY
from portal.domain.places import Jurisdiction
from portal.web.bridge import Bank, BridgePicture, Plank, PlankState, city_name
from portal.web.languages import current_language
from portal.wording.languages import MAINLAND


@dataclass(frozen=True, slots=True)
class LandingPage:
    """The landing page's facts; an address is empty where its door does not exist."""

    picture: BridgePicture
    first_check: str
    start: str
    sign_in: str
    check: str
    requirements: str
    is_signed_in: bool


def landing_page() -> LandingPage:
    """Prepare the landing page for the reader now served."""
    signed_in = g.get("actor", NOBODY).is_signed_in
    return LandingPage(
        picture=_example(),
        first_check=_address("eligibility.start"),
        start=_address("account.start") if signed_in else _address("security.register"),
        sign_in="" if signed_in else _address("security.login"),
        check=_address("employer.check"),
        requirements=_address("requirements.index"),
        is_signed_in=signed_in,
    )


def _example() -> BridgePicture:
    """A bridge nobody owns: every state once, so that the page explains the picture too.

    Readers on the Mainland stand in Shenzhen; everybody else in Hong Kong.
    """
    on_the_mainland = current_language() == MAINLAND
    near = Jurisdiction.SHENZHEN if on_the_mainland else Jurisdiction.HONG_KONG
    return BridgePicture(
        near=Bank(near, city_name(near)),
        far=Bank(near.other, city_name(near.other)),
        planks=(
            Plank(PlankState.MET_VERIFIED, _("An examination passed and verified")),
            Plank(PlankState.MET_VERIFIED, _("A degree verified")),
            Plank(PlankState.MET_DECLARED, _("Work experience as declared")),
            Plank(PlankState.NOT_MET, _("A paper still to sit")),
            Plank(PlankState.UNDETERMINED, _("A judgement only the authority can make")),
        ),
    )


def _address(endpoint: str) -> str:
    return url_for(endpoint) if endpoint in current_app.view_functions else ""
