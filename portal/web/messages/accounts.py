"""Sentences for refusals: accounts."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

MESSAGES: dict[str, LazyString] = {}
