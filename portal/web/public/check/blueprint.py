"""The door of the eligibility check, with addresses of its own."""

from __future__ import annotations

from flask import Blueprint

from portal.web.limits import limiter

eligibility = Blueprint("eligibility", __name__, url_prefix="/eligibility")
"""Views hang themselves on it when their modules are imported; ``routes.py`` imports them all."""

# Enough for everybody in one office; too little for a machine that fills the table.
limiter.limit("120 per minute; 3000 per hour", methods=["POST"])(eligibility)
