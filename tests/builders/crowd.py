"""A crowd: one person's whole file, many times over, so that pages are measured in a full database.

The file itself was made by the real use cases; its twins differ in keys, addresses and references
alone. Rows are copied table by table, so a new table of a person is copied without a word here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Enum, String, Table, UniqueConstraint, Uuid, insert, select

from portal.domain.rules.vocabulary import Basis
from portal.models.cases import Photograph
from portal.models.database import db
from portal.services.house import House

Row = dict[str, Any]
_AT_ONCE = 500


def multiply(house: House, person_id: UUID, times: int) -> int:
    """Put a person's file into the database so many times more; gives how many rows that made."""
    rows = _rows_of(house, person_id)
    own = {value for _table, row in rows for name, value in row.items() if name == "id" and value}
    made = 0
    for begin in range(1, times + 1, _AT_ONCE):
        for table, row in rows:
            twins = [
                _twin(table, row, own, number) for number in range(begin, min(begin + _AT_ONCE, times + 1))
            ]
            house.session.execute(table.insert(), twins)
            made += len(twins)
    house.session.commit()
    return made


def with_bridges(house: House, case_ids: Iterable[UUID]) -> None:
    """Give these cases the photographs of the one that has some, so that a list draws their bridges."""
    table = Photograph.__table__
    newest = select(table).order_by(table.c.taken_at.desc()).limit(len(Basis))
    originals = [dict(row) for row in house.session.execute(newest).mappings()]
    copies = [
        {**row, "id": uuid4(), "case_id": case_id}
        for case_id in case_ids
        for row in originals
        if case_id != row["case_id"]
    ]
    house.session.execute(insert(Photograph), copies)
    house.session.commit()


def _rows_of(house: House, person_id: UUID) -> list[tuple[Table, Row]]:
    """Every row that belongs to the person, parents before children."""
    found: list[tuple[Table, Row]] = []
    keys: set[UUID] = {person_id}
    for table in db.metadata.sorted_tables:
        if table.name == "people":
            condition = table.c.id == person_id
        elif "person_id" in table.c:
            condition = table.c.person_id == person_id
        elif parents := [
            column
            for column in table.c
            if column.foreign_keys and isinstance(column.type, Uuid) and not column.nullable
        ]:
            condition = parents[0].in_(keys)
        else:
            continue
        if table.name == "photographs":
            continue  # a hundred kilobytes each, and never searched; see with_bridges
        for row in house.session.execute(select(table).where(condition)).mappings():
            found.append((table, dict(row)))
            keys.update(value for name, value in row.items() if name == "id" and isinstance(value, UUID))
    return found


def _twin(table: Table, row: Mapping[str, Any], own: set[Any], number: int) -> Row:
    unique = set(_unique_texts(table))
    twin: Row = {}
    for column in table.c:
        value = row[column.name]
        if isinstance(value, UUID) and value in own:
            value = UUID(int=value.int ^ (number << 20))
        elif column.name in unique and isinstance(value, str) and value:
            value = f"{number}-{value}"[: getattr(column.type, "length", None) or 64]
        twin[column.name] = value
    return twin


def _unique_texts(table: Table) -> Iterator[str]:
    """The columns of text that nothing but their text keeps apart."""
    groups = [list(each.columns) for each in table.constraints if isinstance(each, UniqueConstraint)]
    groups += [list(each.columns) for each in table.indexes if each.unique]
    groups += [[column] for column in table.c if column.unique]
    for columns in groups:
        if not any(isinstance(column.type, Uuid) for column in columns):
            yield from (
                column.name
                for column in columns
                if isinstance(column.type, String) and not isinstance(column.type, Enum)
            )
