"""Who runs this portal, as configured, for every page that has to say so.

Owns the names and contacts of the operator as pages show them. Unconfigured,
the portal calls itself a demonstration. It must not know where settings come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from flask_babel import gettext as _


@dataclass(frozen=True, slots=True)
class Site:
    """The operator as the reader of a page meets it; empty when nobody has said."""

    name: str
    operator: str
    contact: str
    address: str
    privacy_officer: str
    privacy_contact: str
    is_demonstration: bool
    notice: str


def site_from(config: Mapping[str, Any]) -> Site:
    """Read the operator's details, in the reader's language where the words are the portal's own."""
    operator = str(config.get("OPERATOR_NAME") or "")
    contact = str(config.get("OPERATOR_EMAIL") or "")
    return Site(
        name=_("Twin City Bridge"),
        operator=operator,
        contact=contact,
        address=str(config.get("OPERATOR_ADDRESS") or ""),
        privacy_officer=str(config.get("PRIVACY_OFFICER") or ""),
        privacy_contact=str(config.get("PRIVACY_EMAIL") or contact),
        is_demonstration=not operator,
        notice=_notice(demonstration=not operator),
    )


def _notice(*, demonstration: bool) -> str:
    if demonstration:
        return _(
            "Demonstration. Not an official service of either government. A recognition here is not a licence."
        )
    return _("A recognition here is the programme’s own. It is not a licence.")


def init_site(app: Flask) -> None:
    """Give every template ``site``."""
    app.context_processor(lambda: {"site": site_from(current_app.config)})
