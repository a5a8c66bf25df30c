"""The employer's door: one blueprint for everybody who checks, with an account or without."""

from __future__ import annotations

from flask import Blueprint

employer = Blueprint("employer", __name__, url_prefix="/check")
