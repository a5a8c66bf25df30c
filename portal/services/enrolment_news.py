"""Telling a learner about an enrolment: an e-mail that leads to its page and says no more."""

from __future__ import annotations

from datetime import date

from portal.models.programmes import Enrolment
from portal.services.house import House
from portal.services.notices import tell_person


def tell_learner(house: House, enrolment: Enrolment, kind: str, **facts: date | None) -> None:
    """Write an e-mail of a kind to the learner; its link leads to the enrolment."""
    address = f"{house.base_url}/me/bridging/enrolments/{enrolment.id}"
    tell_person(house, enrolment.person_id, kind, **{**facts, "base_url": address})
