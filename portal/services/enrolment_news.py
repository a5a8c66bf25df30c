"""Telling a learner about an enrolment: a notice whose e-mail leads to its page and says no more."""

from __future__ import annotations

from datetime import date

from portal.models.programmes import Enrolment
from portal.services.house import House
from portal.services.notices import tell_person


def tell_learner(house: House, enrolment: Enrolment, kind: str, **facts: date | None) -> None:
    """Tell the learner of a kind; the link of the e-mail leads to the enrolment."""
    tell_person(
        house,
        enrolment.person_id,
        kind,
        place=f"/me/bridging/enrolments/{enrolment.id}",
        enrolment=enrolment.id,
        **facts,
    )
