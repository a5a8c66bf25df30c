"""The professional's door: one blueprint, on which each topic lays its own pages.

Owns the address prefix and nothing else. It must not know the topics: they import this object,
and the module that opens the doors imports the topics.
"""

from __future__ import annotations

from flask import Blueprint

professional = Blueprint("professional", __name__, url_prefix="/me")
