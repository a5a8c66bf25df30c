"""Every table of the database is either a person's or nobody's, and somebody has said which."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Column, ForeignKey, MetaData, Table, Uuid

from portal.models.database import Base
from portal.services.person_tables import HELD, NOBODYS
from portal.web.professional.my_data.pages import GROUPS


def forgotten(metadata: MetaData, held: Iterable[str], nobodys: Iterable[str]) -> set[str]:
    """The tables nobody has thought of."""
    return set(metadata.tables) - set(held) - set(nobodys)


def leads_to_people(table: Table) -> bool:
    """True of a table that names a person or an account, by reference or by the name of a column."""
    targets = {key.column.table.name for column in table.columns for key in column.foreign_keys}
    return bool(targets & {"people", "accounts"} or {"person_id", "account_id"} & set(table.columns.keys()))


def test_no_table_is_forgotten(app: object) -> None:
    assert forgotten(Base.metadata, (held.name for held in HELD), NOBODYS) == set()


def test_what_leads_to_a_person_is_not_called_nobodys(app: object) -> None:
    named = {name for name, table in Base.metadata.tables.items() if leads_to_people(table)}
    assert named & set(NOBODYS) == {"erasures"}


def test_the_guards_catch_a_table_nobody_thought_of() -> None:
    metadata = MetaData()
    Table("people", metadata, Column("id", Uuid, primary_key=True))
    diary = Table("diaries", metadata, Column("person_id", Uuid, ForeignKey("people.id")))
    assert forgotten(metadata, ["people"], []) == {"diaries"}
    assert leads_to_people(diary)


def test_every_table_of_a_person_has_its_place_on_the_page() -> None:
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(held.name for held in HELD)


def test_children_come_before_their_parents() -> None:
    order = [held.name for held in HELD if not held.outlives]
    for held in HELD:
        for column in held.table.columns:
            for key in column.foreign_keys:
                parent = key.column.table.name
                if parent in order and parent != held.name and held.name in order:
                    assert order.index(held.name) < order.index(parent), (held.name, parent)
