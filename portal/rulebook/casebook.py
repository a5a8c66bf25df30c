"""Reading worked cases: a name, a day, facts, and what must come out of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from portal.domain.rules.catalogue import WorkedCase
from portal.domain.rules.faults import Fault, Place
from portal.domain.rules.vocabulary import Outcome
from portal.domain.texts import LANGUAGE_KEYS
from portal.rulebook.dossiers import FACTS, read_dossier
from portal.rulebook.reading import Reader, Table

_CASE = ("name", "target", "on", "story", "expect", *FACTS)


def read_cases(
    document: Table, origin: str, faults: list[Fault], *, published: bool = False
) -> list[WorkedCase]:
    """Read one file of cases. A published one may be of the days when cases were told in English alone."""
    reader = Reader(document, Place(origin), faults)
    return [
        _case(_in_three(table) if published else table, reader, number)
        for number, table in enumerate(reader.tables("case"), start=1)
    ]


def _in_three(table: Table) -> Table:
    """A case whose name and story are plain English, with that English in every language."""
    told = {key: table[key] for key in ("name", "story") if isinstance(table.get(key), str)}
    return {**table, **{key: dict.fromkeys(LANGUAGE_KEYS, words) for key, words in told.items()}}


def _case(table: Table, file: Reader, number: int) -> WorkedCase:
    reader = file.at(table, clause=f"case “{_called(table, number)}”")
    reader.only(_CASE)
    expect = reader.at(reader.table.get("expect", {}))
    expect.only(("outcome", "clauses", "reasons", "lapses"))
    return WorkedCase(
        name=reader.text("name"),
        target=reader.string("target"),
        on=reader.day("on"),
        story=reader.optional_text("story"),
        dossier=read_dossier(reader),
        outcome=_outcome(expect, expect.table["outcome"]) if "outcome" in expect.table else None,
        clauses=_outcomes(expect),
        reasons=_reasons(expect),
        lapses=_lapses(expect),
        origin=reader.place.file,
    )


def _called(table: Table, number: int) -> object:
    """How faults name a case: in English, or by its place in the file."""
    name = table.get("name")
    return name.get("en", number) if isinstance(name, Mapping) else number


def _outcome(reader: Reader, value: object) -> Outcome | None:
    try:
        return Outcome(str(value))
    except ValueError:
        words = ", ".join(Outcome)
        reader.fault("case.outcome", f"{value!r} is no outcome.", f"Use one of: {words}.")
        return None


def _outcomes(expect: Reader) -> dict[str, Outcome]:
    inner = expect.at(expect.table.get("clauses", {}))
    read = {clause: _outcome(inner, value) for clause, value in inner.table.items()}
    return {clause: outcome for clause, outcome in read.items() if outcome is not None}


def _reasons(expect: Reader) -> dict[str, str]:
    inner = expect.at(expect.table.get("reasons", {}))
    return {clause: inner.string(clause) for clause in inner.table}


def _lapses(expect: Reader) -> dict[str, date]:
    inner = expect.at(expect.table.get("lapses", {}))
    return {clause: inner.day(clause) for clause in inner.table}
