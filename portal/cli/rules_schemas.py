"""The JSON Schemas of what goes into ``rules evaluate`` and what comes out of it.

Both forms are promises: programs outside the portal write the one and read the
other. They are kept by a snapshot, so a change is seen before it is made; keys
may be added to the answer, and none is ever taken away or given another meaning.

*The dossier*: ``person`` answers questions with true, false, "unknown" or a day,
and lists those nobody verified under ``unverified``; ``credential`` and ``work``
list facts; ``judgements`` holds officers' findings by clause; ``recognition``
lists what was granted. ``verified`` is what facts are that do not say it.

*The answer*: ``clauses`` has every clause once, in rule order, with what came of
it on declared and on verified facts; ``because`` is a reason code and its
parameters; ``alternatives`` are the smallest sets of clauses that would settle
the target, fewest steps first; ``photographs`` replay the trees as they were.
"""

from __future__ import annotations

from typing import Any, Final

from portal.domain.rules.predicates.education import LEVELS
from portal.domain.rules.vocabulary import Basis, ClauseKind, Confidence, Outcome, Owner

Schema = dict[str, Any]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Final[Schema] = {"type": "string"}
_CODE: Final[Schema] = {"type": "string", "minLength": 1}
_FLAG: Final[Schema] = {"type": "boolean"}
_DAY: Final[Schema] = {"type": "string", "format": "date"}
_NO_DAY: Final[Schema] = {"anyOf": [_DAY, {"type": "null"}]}


def _object(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_of(words: Any) -> Schema:
    return {"enum": [str(word) for word in words]}


_ATTRIBUTES: Final[Schema] = {
    "type": "object",
    "properties": {"level": _one_of(LEVELS)},
    "additionalProperties": {"type": ["string", "integer"]},
}
_CREDENTIAL: Final = _object(
    {"qualification": _CODE},
    {
        "id": _CODE,
        "awarded_on": _NO_DAY,
        "begun_on": _NO_DAY,
        "ended_on": _NO_DAY,
        "valid_until": _NO_DAY,
        "attributes": _ATTRIBUTES,
        "verified": _FLAG,
    },
)
_SHARE: Final[Schema] = {
    "anyOf": [
        {"enum": ["full", "unknown"]},
        {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
        {"type": "string", "pattern": "^[0-9]+(/[0-9]+)?$|^[0-9]*\\.[0-9]+$"},
    ]
}
_WORK: Final = _object(
    {"from": _DAY},
    {
        "id": _CODE,
        "functions": _list(_CODE),
        "employer_kind": _CODE,
        "place": _CODE,
        "until": _NO_DAY,
        "share": _SHARE,
        "manages": _FLAG,
        "verified": _FLAG,
        "month_precision": _FLAG,
    },
)
_PERSON: Final[Schema] = {
    "type": "object",
    "properties": {"unverified": _list(_CODE)},
    "additionalProperties": {"anyOf": [_FLAG, {"const": "unknown"}, {"type": "null"}, _DAY]},
}

DOSSIER: Final[Schema] = {
    "$schema": _DRAFT,
    "title": "A dossier: the facts about one person",
    **_object(
        {},
        {
            "verified": _FLAG,
            "person": _PERSON,
            "credential": _list(_CREDENTIAL),
            "work": _list(_WORK),
            "judgements": {"type": "object", "additionalProperties": _FLAG},
            "recognition": _list(
                _object({"target": _CODE, "granted_on": _DAY}, {"id": _CODE, "ended_on": _NO_DAY})
            ),
        },
    ),
}

_BECAUSE: Final = _object({"code": _CODE, "params": {"type": "object"}})
_RESULT: Final[dict[str, Schema]] = {
    "outcome": _one_of(Outcome),
    "because": _BECAUSE,
    "evidence": _list(_TEXT),
    "lapses_on": _NO_DAY,
    "met_on": _NO_DAY,
    "pending": _FLAG,
}
_TITLE: Final = _object({"en": _TEXT, "zh_hant": _TEXT, "zh_hans": _TEXT})
_CITE: Final = _object({"source": _CODE, "at": _TEXT, "confidence": _one_of(Confidence)})
_CLAUSE: Final = _object(
    {
        "id": _CODE,
        "title": _TITLE,
        "kind": _one_of(ClauseKind),
        "children": _list(_CODE),
        "owner": _one_of(Owner),
        "cites": _list(_CITE),
        "closed_by": _list(_CODE),
        "declared": _object(_RESULT),
        "verified": _object(_RESULT),
    }
)
_TREE: Final = _object(
    {
        "clause_id": _CODE,
        **_RESULT,
        "owner": _one_of(Owner),
        "kind": _one_of(ClauseKind),
        "children": _list({"$ref": "#/$defs/tree"}),
    }
)
_PHOTOGRAPH: Final = _object(
    {
        "target_id": _CODE,
        "in_force_from": _DAY,
        "on": _DAY,
        "basis": _one_of(Basis),
        "outcome": _one_of(Outcome),
        "root": {"$ref": "#/$defs/tree"},
    }
)


def _on_both(schema: Schema) -> Schema:
    return _object({basis.value: schema for basis in Basis})


ANSWER: Final[Schema] = {
    "$schema": _DRAFT,
    "title": "An answer: what a dossier amounts to for one target on one day",
    **_object(
        {
            "target": _CODE,
            "on": _DAY,
            "rulebook": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "in_force_from": _DAY,
            "outcome": _on_both(_one_of(Outcome)),
            "clauses": _list(_CLAUSE),
            "alternatives": _on_both(_list(_list(_CODE))),
            "photographs": _on_both(_PHOTOGRAPH),
        }
    ),
    "$defs": {"tree": _TREE},
}
