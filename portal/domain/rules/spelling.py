"""Photographs written as JSON text at once, each part that several of them share written once.

Owns the spelling: the same text that ``to_json`` and the standard library make,
without the tables in between. The text is gathered in pieces and joined at the
end, so that nothing is copied on the way up the tree. What rules say of nobody
is one piece, spelt when the rulebook is laid out, and most of what they say of
anybody is just that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Final, NamedTuple

from portal.domain.dossier import Dossier
from portal.domain.errors import Refused
from portal.domain.rules.evaluation import evaluate_facts
from portal.domain.rules.facts import read_facts
from portal.domain.rules.reasons import Because, ParamValue
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Basis, ClauseKind, Owner
from portal.domain.texts import Text

# How many openings of groups are kept; past that they are spelt anew.
_OPENINGS_KEPT: Final = 20_000


class Opening(NamedTuple):
    """What stands before the children of a group that has no day and no evidence: it names nobody."""

    because: Because
    clause_id: str
    pending: bool
    owner: Owner
    text: str


class Speller:
    """Writes evaluations of some targets; keeps nothing of anybody."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self._of_nobody: dict[int, str] = {}
        self._openings: dict[int, Opening] = {}
        # Results are known by their identity, so those of nobody are kept.
        self._kept = [root for target in targets for root in _said_of_nobody(target)]
        for root in self._kept:
            self._learn(root)

    def spell(self, evaluations: Sequence[Evaluation]) -> str:
        """A JSON list, as compact as JSON can be written."""
        text = _Text(self._of_nobody, self._openings)
        for place, found in enumerate(evaluations):
            text.pieces.append(",{" if place else "{")
            text.photograph(found)
        if len(self._openings) > _OPENINGS_KEPT:
            self._openings.clear()
        return f"[{''.join(text.pieces)}]"

    def _learn(self, result: ClauseResult) -> None:
        """Spell what is said of nobody, the parts before the whole."""
        for child in result.children:
            self._learn(child)
        text = _Text(self._of_nobody, self._openings)
        text.result(result)
        self._of_nobody[id(result)] = "".join(text.pieces)


class _Text:
    """The text of one list while it is written."""

    def __init__(self, of_nobody: dict[int, str], openings: dict[int, Opening]) -> None:
        self.pieces: list[str] = []
        self._of_nobody = of_nobody
        self._openings = openings
        # Where the pieces of a result lie that another rule may share.
        self._written: dict[int, tuple[int, int]] = {}

    def photograph(self, found: Evaluation) -> None:
        target_id, in_force_from, on, basis, outcome, root = found
        self.pieces.append(
            f'"target_id":{encode_basestring(target_id)},'
            f'"in_force_from":"{in_force_from.isoformat()}","on":"{on.isoformat()}",'
            f'"basis":"{basis}","outcome":"{outcome}","root":'
        )
        self.result(root)
        self.pieces.append("}")

    def result(self, result: ClauseResult) -> None:
        mark, pieces = id(result), self.pieces
        known = self._of_nobody.get(mark)
        if known is not None:
            pieces.append(known)
            return
        place = self._written.get(mark)
        if place is not None:
            pieces.extend(pieces[place[0] : place[1]])
            return
        begins = len(pieces)
        if result[9] is ClauseKind.LEAF:
            pieces.append(_opening(result) + "]}")
        else:
            self._group(result)
        self._written[mark] = (begins, len(pieces))

    def _group(self, group: ClauseResult) -> None:
        pieces, of_nobody = self.pieces, self._of_nobody
        pieces.append(self._group_opening(group))
        between = ""
        for child in group[8]:
            pieces.append(between)
            known = of_nobody.get(id(child))
            if known is not None:
                pieces.append(known)
            else:
                self.result(child)
            between = ","
        pieces.append("]}")

    def _group_opening(self, group: ClauseResult) -> str:
        """Most groups say of a person what they said of somebody before, with the same reason."""
        clause_id, _, because, evidence, lapses_on, met_on, pending, owner, _, _ = group
        if evidence or lapses_on is not None or met_on is not None:
            return _opening(group)
        kept = self._openings.get(id(because))
        if kept is not None:
            reason, name, was_pending, whose, text = kept
            if reason is because and name == clause_id and was_pending is pending and whose is owner:
                return text
        text = _opening(group)
        self._openings[id(because)] = Opening(because, clause_id, pending, owner, text)
        return text


def _opening(result: ClauseResult) -> str:
    """A result as far as its children."""
    clause_id, outcome, because, evidence, lapses_on, met_on, pending, owner, _, kind = result
    code, params = because
    said = ",".join([f'"{name}":{_value(value)}' for name, value in params.items()])
    return (
        f'{{"clause_id":{encode_basestring(clause_id)},"outcome":"{outcome}",'
        f'"because":{{"code":"{code}","params":{{{said}}}}},'
        f'"evidence":[{",".join(map(encode_basestring, evidence))}],'
        f'"lapses_on":{_day(lapses_on)},"met_on":{_day(met_on)},'
        f'"pending":{"true" if pending else "false"},"owner":"{owner}","kind":"{kind}",'
        f'"children":['
    )


def _said_of_nobody(target: Target) -> Iterable[ClauseResult]:
    nobody = read_facts(Dossier(), basis=Basis.DECLARED)
    for version in target.ruleset.versions:
        try:
            yield evaluate_facts(target, nobody, on=version.in_force_from).root
        except Refused:
            continue


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
