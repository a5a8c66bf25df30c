"""The programme manager's door."""

from __future__ import annotations

from flask import Blueprint

programmes = Blueprint("programmes", __name__, url_prefix="/programmes")
