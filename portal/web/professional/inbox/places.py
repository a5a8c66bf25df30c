"""Where a line of the inbox leads: the page on which its matter stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import url_for

# Kinds whose matter stands on one page of the record.
_PAGES: Final = {
    "referee_answered": "professional.work_history",
    "evidence_destroyed": "professional.evidence_shelf",
    "request_answered": "professional.credentials",
    "export_ready": "professional.data_export",
}


def place_of(kind: str, facts: Mapping[str, Any]) -> str:
    """The address a line leads to, or nothing for a matter without a page."""
    if "enrolment" in facts:
        return url_for("professional.enrolment", enrolment_id=facts["enrolment"])
    reference = facts.get("reference") or next(iter(facts.get("references", ())), None)
    if reference and kind.startswith("recognition_"):
        return url_for("professional.recognition", reference=reference)
    if reference:
        return url_for("professional.case", reference=reference)
    return url_for(_PAGES[kind]) if kind in _PAGES else ""
