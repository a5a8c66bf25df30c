"""The officers' door: the queue, the desk, the recognitions."""

from __future__ import annotations

from flask import Blueprint

administrator = Blueprint("administrator", __name__, url_prefix="/desk")
