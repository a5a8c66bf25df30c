"""The public's door: pages anybody may read without an account."""

from __future__ import annotations

from flask import Blueprint

public = Blueprint("public", __name__)
