"""Writing a dossier as plain values: the form in which a photograph keeps the facts it rests on.

The rulebook's reader (``portal/rulebook/dossiers.py``) reads the same form, so a photograph can be
replayed years later and gives the same tree.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.domain.dossier import Dossier, HeldRecognition, Holding, PersonFact, Work


def dossier_to_json(dossier: Dossier) -> dict[str, Any]:
    """Plain values only; days as ISO texts, parts of full time as fractions."""
    return {
        "person": {
            **{fact.name: _answer(fact) for fact in dossier.facts},
            "unverified": sorted(fact.name for fact in dossier.facts if not fact.verified),
        },
        "credential": [_holding(holding) for holding in dossier.holdings],
        "work": [_work(work) for work in dossier.work],
        "judgements": {ruling.clause: ruling.finding for ruling in dossier.judgements},
        "recognition": [_recognition(held) for held in dossier.recognitions],
    }


def _holding(holding: Holding) -> dict[str, Any]:
    return _stated(
        id=holding.id,
        qualification=holding.qualification,
        awarded_on=holding.awarded_on,
        begun_on=holding.begun_on,
        ended_on=holding.ended_on,
        valid_until=holding.valid_until,
        attributes=dict(holding.attributes) or None,
        verified=holding.verified,
    )


def _work(work: Work) -> dict[str, Any]:
    return _stated(
        id=work.id,
        functions=list(work.functions),
        employer_kind=work.employer_kind or None,
        place=work.place or None,
        **{"from": work.begun_on},
        until=work.ended_on,
        share="unknown" if work.share is None else str(work.share),
        manages=work.manages,
        verified=work.verified,
        month_precision=work.month_precision,
    )


def _recognition(held: HeldRecognition) -> dict[str, Any]:
    return _stated(id=held.id, target=held.target, granted_on=held.granted_on, ended_on=held.ended_on)


def _answer(fact: PersonFact) -> bool | str:
    if fact.value is None:
        return "unknown"
    return fact.value.isoformat() if isinstance(fact.value, date) else fact.value


def _stated(**values: Any) -> dict[str, Any]:
    """Only what is known, days as texts."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value is not None
    }
