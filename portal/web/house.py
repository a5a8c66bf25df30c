"""The house as a web request reaches it."""

from __future__ import annotations

from flask import current_app

from portal.services.house import House


def the_house() -> House:
    """The tools of the use cases, as wired at the start."""
    house: House = current_app.extensions["house"]
    return house
