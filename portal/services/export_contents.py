"""What an export holds: rows as plain values, the form they have, and what is left out and why.

Owns the form of ``data.json``, its version and its description. A key that is renamed or taken away
is a new version. It must not know how the archive is stored or asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TextIO
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Integer, Row, not_, select

from portal.domain.cases import ON_THE_DESK
from portal.models.cases import Case, Letter
from portal.models.certificates import Certificate
from portal.models.evidence import Evidence, EvidenceFile
from portal.models.recognitions import Recognition
from portal.services.evidence_opening import may_be_opened
from portal.services.house import House
from portal.services.person_tables import HELD, Held, Whose

FORMAT: Final = "twin-city-bridge/personal-data"
VERSION: Final = 1
_ROWS_AT_ONCE: Final = 200

# Why a value is not in an export; each is put into words in the archive's README.
OPENS_A_DOOR: Final = "opens_a_door"
OTHERS: Final = "about_somebody_else"
NOTES: Final = "case_still_open"


@dataclass(frozen=True, slots=True)
class FileToCopy:
    """One stored file and its place in the archive."""

    key: str
    path: str


def files_to_copy(house: House, whose: Whose) -> tuple[FileToCopy, ...]:
    """Every stored file of a person that may be opened, certificates last."""
    shelf = house.session.scalars(
        select(EvidenceFile)
        .join(Evidence, Evidence.id == EvidenceFile.evidence_id)
        .where(Evidence.person_id == whose.person_id)
        .order_by(EvidenceFile.evidence_id, EvidenceFile.position, EvidenceFile.id)
    )
    made = house.session.execute(
        select(Certificate.storage_key, Certificate.reference)
        .join(Recognition, Recognition.id == Certificate.recognition_id)
        .where(Recognition.person_id == whose.person_id)
        .order_by(Certificate.id)
    )
    return (
        *(
            FileToCopy(row.storage_key, f"files/{row.evidence_id}/{row.position:02d}-{row.file_name}")
            for row in shelf
            if may_be_opened(house, row.scan)
        ),
        *(FileToCopy(key, f"certificates/{reference}.pdf") for key, reference in made),
    )


def letters_as_sent(house: House, whose: Whose) -> Iterator[tuple[str, str]]:
    """The words of every letter, by their place in the archive."""
    rows = house.session.execute(
        select(Letter, Case.reference)
        .join(Case, Case.id == Letter.case_id)
        .where(Case.person_id == whose.person_id)
        .order_by(Letter.written_at, Letter.id)
    )
    for letter, reference in rows:
        name = f"letters/{letter.written_at.date().isoformat()}-{reference}-{letter.id.hex[-6:]}.txt"
        yield name, f"{letter.subject}\n\n{letter.body}\n"


def write_data(house: House, whose: Whose, files: Mapping[str, str], out: TextIO) -> None:
    """Write ``data.json`` row by row, so that a long history is never in memory as a whole."""
    is_open = has_open_case(house, whose)
    head = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": house.clock.now().isoformat(),
        "person": str(whose.person_id),
        "withheld": withheld(has_open_case=is_open),
        "files": dict(files),
    }
    out.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2])
    out.write(',\n "tables": {')
    for place, held in enumerate(HELD):
        out.write(f"{',' if place else ''}\n  {json.dumps(held.name)}: [")
        for count, row in enumerate(_rows(house, held, whose)):
            value = plain_row(held, row, whose, has_open_case=is_open)
            out.write(f"{',' if count else ''}\n   {json.dumps(value, ensure_ascii=False)}")
        out.write("]")
    out.write("\n }\n}\n")


def has_open_case(house: House, whose: Whose) -> bool:
    """True while officers are still forming a view of one of the person's cases."""
    found = select(Case.id).where(Case.person_id == whose.person_id, Case.stage.in_(ON_THE_DESK))
    return house.session.scalars(found.limit(1)).first() is not None


def withheld(*, has_open_case: bool) -> list[dict[str, Any]]:
    """What is left out, by table, with the reason."""
    reasons = ((OPENS_A_DOOR, "secret"), (OTHERS, "others"), *(((NOTES, "notes"),) if has_open_case else ()))
    columns_left_out = [
        {"table": held.name, "columns": sorted(getattr(held, columns)), "why": why}
        for held in HELD
        for why, columns in reasons
        if getattr(held, columns)
    ]
    # Said whether there is such a row or not, or the saying itself would tell.
    rows_left_out = [
        {"table": held.name, "columns": [], "why": OTHERS} for held in HELD if held.hidden is not None
    ]
    return [*columns_left_out, *rows_left_out]


def plain_row(held: Held, row: Row[Any], whose: Whose, *, has_open_case: bool) -> dict[str, Any]:
    """One row as plain values, without what is withheld; accounts are "you" or "another account"."""
    left_out = held.secret | held.others | (held.notes if has_open_case else frozenset())
    return {
        column.name: _plain(column, row._mapping[column], whose)
        for column in held.table.columns
        if column.name not in left_out
    }


def schema() -> dict[str, Any]:
    """The form of ``data.json`` as a JSON Schema, for whoever reads it with a program."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        "type": "object",
        "required": ["format", "version", "made_at", "person", "withheld", "files", "tables"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "made_at": {"type": "string"},
            "person": {"type": "string"},
            "withheld": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["table", "columns", "why"],
                    "properties": {"why": {"enum": [OPENS_A_DOOR, OTHERS, NOTES]}},
                },
            },
            "files": {"type": "object", "additionalProperties": {"type": "string"}},
            "tables": {
                "type": "object",
                "required": [held.name for held in HELD],
                "properties": {held.name: _table_schema(held) for held in HELD},
            },
        },
    }


def _table_schema(held: Held) -> dict[str, Any]:
    kept = [each for each in held.table.columns if each.name not in held.secret | held.others]
    return {
        "type": "array",
        "items": {
            "type": "object",
            "required": [each.name for each in kept if each.name not in held.notes],
            "properties": {each.name: _column_schema(each) for each in kept},
            "additionalProperties": False,
        },
    }


def _column_schema(column: Column[Any]) -> dict[str, Any]:
    if _names_account(column):
        return {"enum": ["you", "another account", None]}
    kind = ["string"]
    if isinstance(column.type, Boolean):
        kind = ["boolean"]
    elif isinstance(column.type, Integer):
        kind = ["integer"]
    elif isinstance(column.type, JSON):
        kind = ["object", "array"]
    return {"type": [*kind, "null"] if column.nullable else kind}


def _rows(house: House, held: Held, whose: Whose) -> Iterator[Row[Any]]:
    table = held.table
    asked = select(*table.columns).where(held.rows(whose)).order_by(*table.primary_key.columns)
    if held.hidden is not None:
        asked = asked.where(not_(held.hidden))
    yield from house.session.execute(asked.execution_options(yield_per=_ROWS_AT_ONCE))


def _names_account(column: Column[Any]) -> bool:
    points = any(key.column.table.name == "accounts" for key in column.foreign_keys)
    return points or column.name == "account_id"


def _plain(column: Column[Any], value: object, whose: Whose) -> Any:
    if value is None:
        return None
    if _names_account(column):
        return "you" if value == whose.account_id else "another account"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
