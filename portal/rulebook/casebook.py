"""Reading worked cases: a name, a day, facts, and what must come out of them."""

from __future__ import annotations

from datetime import date

from portal.domain.rules.catalogue import WorkedCase
from portal.domain.rules.faults import Fault, Place
from portal.domain.rules.vocabulary import Outcome
from portal.rulebook.dossiers import FACTS, read_dossier
from portal.rulebook.reading import Reader, Table

_CASE = ("name", "target", "on", "story", "expect", *FACTS)


def read_cases(document: Table, origin: str, faults: list[Fault]) -> list[WorkedCase]:
    """Read one file of cases."""
    reader = Reader(document, Place(origin), faults)
    return [
        _case(reader.at(table, clause=f"case “{table.get('name', number)}”"))
        for number, table in enumerate(reader.tables("case"), start=1)
    ]


def _case(reader: Reader) -> WorkedCase:
    reader.only(_CASE)
    expect = reader.at(reader.table.get("expect", {}))
    expect.only(("outcome", "clauses", "reasons", "lapses"))
    return WorkedCase(
        name=reader.string("name"),
        target=reader.string("target"),
        on=reader.day("on"),
        story=reader.string("story", required=False),
        dossier=read_dossier(reader),
        outcome=_outcome(expect, expect.table["outcome"]) if "outcome" in expect.table else None,
        clauses=_outcomes(expect),
        reasons=_reasons(expect),
        lapses=_lapses(expect),
        origin=reader.place.file,
    )


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
