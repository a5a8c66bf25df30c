"""Photographs written as JSON text at once, each part that several of them share written once.

Owns the spelling: the same text that ``to_json`` and the standard library make,
without the tables in between. What rules say of nobody is spelt when the
rulebook is laid out, and most of what they say of anybody is just that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring

from portal.domain.dossier import Dossier
from portal.domain.errors import Refused
from portal.domain.rules.evaluation import evaluate_facts
from portal.domain.rules.facts import read_facts
from portal.domain.rules.reasons import ParamValue
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Basis
from portal.domain.texts import Text

# The text of a result by its identity. Whoever keeps the table keeps the results.
_Spelt = dict[int, str]


class Speller:
    """Writes evaluations of some targets; keeps nothing of anybody."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self._of_nobody: _Spelt = {}
        self._kept = [root for target in targets for root in _said_of_nobody(target)]
        for root in self._kept:
            _spell(root, self._of_nobody, self._of_nobody)

    def spell(self, evaluations: Sequence[Evaluation]) -> str:
        """A JSON list, as compact as JSON can be written."""
        shared: _Spelt = {}
        return f"[{','.join([self._photograph(found, shared) for found in evaluations])}]"

    def _photograph(self, found: Evaluation, shared: _Spelt) -> str:
        return (
            f'{{"target_id":{encode_basestring(found.target_id)},'
            f'"in_force_from":"{found.in_force_from.isoformat()}","on":"{found.on.isoformat()}",'
            f'"basis":"{found.basis.value}","outcome":"{found.outcome.value}",'
            f'"root":{_spell(found.root, shared, self._of_nobody)}}}'
        )


def _said_of_nobody(target: Target) -> Iterable[ClauseResult]:
    nobody = read_facts(Dossier(), basis=Basis.DECLARED)
    for version in target.ruleset.versions:
        try:
            yield evaluate_facts(target, nobody, on=version.in_force_from).root
        except Refused:
            continue


def _spell(result: ClauseResult, shared: _Spelt, of_nobody: _Spelt) -> str:
    mark = id(result)
    text = of_nobody.get(mark) or shared.get(mark)
    if text is None:
        text = shared[mark] = _written(result, shared, of_nobody)
    return text


def _written(result: ClauseResult, shared: _Spelt, of_nobody: _Spelt) -> str:
    clause_id, outcome, because, evidence, lapses_on, met_on, pending, owner, children, kind = result
    code, params = because
    said = ",".join([f'"{name}":{_value(value)}' for name, value in params.items()])
    below = ",".join([_spell(child, shared, of_nobody) for child in children])
    return (
        f'{{"clause_id":{encode_basestring(clause_id)},"outcome":"{outcome.value}",'
        f'"because":{{"code":"{code}","params":{{{said}}}}},'
        f'"evidence":[{",".join(map(encode_basestring, evidence))}],'
        f'"lapses_on":{_day(lapses_on)},"met_on":{_day(met_on)},'
        f'"pending":{"true" if pending else "false"},"owner":"{owner.value}","kind":"{kind.value}",'
        f'"children":[{below}]}}'
    )


def _day(day: date | None) -> str:
    return f'"{day.isoformat()}"' if day is not None else "null"


def _value(value: ParamValue) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, tuple):
        return f"[{','.join(map(encode_basestring, value))}]"
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    if isinstance(value, Decimal):
        return f'"{value}"'
    if isinstance(value, Text):
        words = ((name, encode_basestring(text)) for name, text in value.to_json().items())
        return f"{{{','.join(f'{chr(34)}{name}{chr(34)}:{text}' for name, text in words)}}}"
    return str(value)
