"""As much of JSON Schema as our schemas use; a word it does not know is an error, not a pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

Schema = dict[str, Any]

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def problems(value: Any, schema: Schema, root: Schema | None = None, at: str = "") -> Iterator[str]:
    """Everything in which a value departs from a schema, with its place."""
    whole = root or schema
    for word in schema.keys() - CHECKS.keys() - {"$schema", "title", "$defs"}:
        raise ValueError(f"the schema uses {word}, which this reader does not know")
    for word, check in CHECKS.items():
        if word in schema:
            yield from check(value, schema, whole, at)


def _ref(value: Any, schema: Schema, root: Schema, at: str) -> Iterator[str]:
    found: Any = root
    for step in schema["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    yield from problems(value, found, root, at)


def _type(value: Any, schema: Schema, _root: Schema, at: str) -> Iterator[str]:
    names = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if not any(
        isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))
        for name in names
    ):
        yield f"{at}: {value!r} is not {names}"


def _properties(value: Any, schema: Schema, root: Schema, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name in schema["properties"].keys() & value.keys():
            yield from problems(value[name], schema["properties"][name], root, f"{at}.{name}")


def _additional(value: Any, schema: Schema, root: Schema, at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    for name in value.keys() - schema.get("properties", {}).keys():
        if schema["additionalProperties"] is False:
            yield f"{at}: {name} is not a key here"
        else:
            yield from problems(value[name], schema["additionalProperties"], root, f"{at}.{name}")


def _required(value: Any, schema: Schema, _root: Schema, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{at}: {name} is missing" for name in schema["required"] if name not in value)


def _items(value: Any, schema: Schema, root: Schema, at: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from problems(item, schema["items"], root, f"{at}[{number}]")


def _any_of(value: Any, schema: Schema, root: Schema, at: str) -> Iterator[str]:
    if all(any(True for _ in problems(value, one, root, at)) for one in schema["anyOf"]):
        yield f"{at}: {value!r} is none of the forms allowed"


def _stating(word: str, passes: Callable[[Any, Any], bool]) -> Callable[..., Iterator[str]]:
    def check(value: Any, schema: Schema, _root: Schema, at: str) -> Iterator[str]:
        if not passes(value, schema[word]):
            yield f"{at}: {value!r} fails {word} {schema[word]!r}"

    return check


def _is_day(value: Any, name: str) -> bool:
    if name != "date" or not isinstance(value, str):
        return name == "date"
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


CHECKS: dict[str, Callable[..., Iterator[str]]] = {
    "$ref": _ref,
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional,
    "required": _required,
    "items": _items,
    "anyOf": _any_of,
    "enum": _stating("enum", lambda value, allowed: value in allowed),
    "const": _stating("const", lambda value, only: value == only),
    "minLength": _stating(
        "minLength", lambda value, least: not isinstance(value, str) or len(value) >= least
    ),
    "pattern": _stating(
        "pattern", lambda value, form: not isinstance(value, str) or bool(re.search(form, value))
    ),
    "exclusiveMinimum": _stating(
        "exclusiveMinimum", lambda value, least: not _is_number(value) or value > least
    ),
    "maximum": _stating("maximum", lambda value, most: not _is_number(value) or value <= most),
    "format": _stating("format", _is_day),
}
