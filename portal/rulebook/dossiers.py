"""Reading a dossier written as plain values: the facts of a worked case, or a JSON file.

The same form serves both: ``person``, ``credential``, ``work``, ``judgements``,
``recognition``, and ``verified`` for facts that do not say it themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from portal.domain.dossier import (
    AttributeValue,
    Dossier,
    HeldRecognition,
    Holding,
    Judgement,
    PersonFact,
    Work,
)
from portal.rulebook.reading import Reader, as_day

FACTS = ["verified", "person", "credential", "work", "judgements", "recognition"]
_HOLDING = [
    "id",
    "qualification",
    "awarded_on",
    "begun_on",
    "ended_on",
    "valid_until",
    "attributes",
    "verified",
]
_WORK = [
    "id",
    "functions",
    "employer_kind",
    "place",
    "from",
    "until",
    "share",
    "manages",
    "verified",
    "month_precision",
]


def read_dossier(reader: Reader) -> Dossier:
    """Read the facts; what is wrong is noted with its place."""
    verified = reader.flag("verified", default=True)
    return Dossier(
        holdings=tuple(_holdings(reader, verified=verified)),
        work=tuple(_work(reader, verified=verified)),
        facts=tuple(_facts(reader, verified=verified)),
        judgements=tuple(_judgements(reader)),
        recognitions=tuple(_recognitions(reader)),
    )


def _inner(reader: Reader, name: str) -> Iterable[tuple[int, Reader]]:
    for number, table in enumerate(reader.tables(name), start=1):
        yield number, reader.at(table, clause=_named(reader, f"{name} {number}"))


def _named(reader: Reader, what: str) -> str:
    return f"{reader.place.clause}, {what}" if reader.place.clause else what


def _holdings(reader: Reader, *, verified: bool) -> Iterable[Holding]:
    for number, entry in _inner(reader, "credential"):
        entry.only(_HOLDING)
        yield Holding(
            id=entry.string("id", required=False) or f"credential-{number}",
            qualification=entry.string("qualification"),
            awarded_on=entry.optional_day("awarded_on"),
            begun_on=entry.optional_day("begun_on"),
            ended_on=entry.optional_day("ended_on"),
            valid_until=entry.optional_day("valid_until"),
            attributes=_attributes(entry),
            verified=entry.flag("verified", default=verified),
        )


def _attributes(entry: Reader) -> dict[str, AttributeValue]:
    if "attributes" not in entry.table:
        return {}
    inner = entry.at(entry.table["attributes"])
    found: dict[str, AttributeValue] = {}
    for name, value in inner.table.items():
        if isinstance(value, str | int) and not isinstance(value, bool):
            found[name] = value
        else:
            inner.fault("dossier.attribute", f"Attribute “{name}” must be a text or a number.", "Correct it.")
    return found


def _work(reader: Reader, *, verified: bool) -> Iterable[Work]:
    for number, entry in _inner(reader, "work"):
        entry.only(_WORK)
        begun_on, ended_on = entry.day("from"), entry.optional_day("until")
        if ended_on is not None and ended_on < begun_on:
            entry.fault("dossier.period", "The work ends before it begins.", "Correct a day.")
            continue
        yield Work(
            id=entry.string("id", required=False) or f"work-{number}",
            functions=entry.codes("functions"),
            employer_kind=entry.string("employer_kind", required=False),
            place=entry.string("place", required=False),
            begun_on=begun_on,
            ended_on=ended_on,
            share=_share(entry),
            manages=entry.flag("manages", default=False),
            verified=entry.flag("verified", default=verified),
            month_precision=entry.flag("month_precision", default=False),
        )


def _share(entry: Reader) -> Fraction | None:
    """Full time, a part of it, or not known."""
    value = entry.table.get("share", "full")
    if value == "full":
        return Fraction(1)
    if value == "unknown":
        return None
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        try:
            share = Fraction(str(value))
        except (ValueError, ZeroDivisionError):
            share = Fraction(0)
        if 0 < share <= 1:
            return share
    entry.fault("dossier.share", f"“share” cannot be {value!r}.", "“full”, “unknown”, or 0.5.")
    return None


def _facts(reader: Reader, *, verified: bool) -> Iterable[PersonFact]:
    if "person" not in reader.table:
        return
    person = reader.at(reader.table["person"], clause=_named(reader, "person"))
    declared_only = person.codes("unverified")
    for name, value in person.table.items():
        if name != "unverified":
            answer = _answer(person, name, value)
            yield PersonFact(name, answer, verified=verified and name not in declared_only)


def _answer(person: Reader, name: str, value: object) -> bool | date | None:
    if isinstance(value, bool):
        return value
    if value is None or value == "unknown":
        return None
    day = as_day(value)
    if day is None:
        person.fault("dossier.fact", f"“{name}” cannot be {value!r}.", "true, false, “unknown” or a day.")
    return day


def _judgements(reader: Reader) -> Iterable[Judgement]:
    if "judgements" not in reader.table:
        return
    inner = reader.at(reader.table["judgements"], clause=_named(reader, "judgements"))
    for clause, finding in inner.table.items():
        if isinstance(finding, bool):
            yield Judgement(clause, finding)
        else:
            inner.fault("dossier.judgement", f"“{clause}” must be true or false.", "Correct it.")


def _recognitions(reader: Reader) -> Iterable[HeldRecognition]:
    for number, entry in _inner(reader, "recognition"):
        entry.only(("id", "target", "granted_on", "ended_on"))
        yield HeldRecognition(
            id=entry.string("id", required=False) or f"recognition-{number}",
            target=entry.string("target"),
            granted_on=entry.day("granted_on"),
            ended_on=entry.optional_day("ended_on"),
        )
