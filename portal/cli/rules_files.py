"""Reading what the ``rules`` commands are given: dossiers, registers and rulebooks in files.

Owns the checks on files from outside. A file that is malformed, or that names a
code the rulebook does not know, is refused as a whole, with every place named.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from portal.domain.dossier import Dossier, Holding, Work
from portal.domain.rules.faults import Fault, Place
from portal.domain.rules.predicates.education import LEVELS
from portal.rulebook.dossiers import FACTS, read_dossier
from portal.rulebook.loader import Rulebook, load
from portal.rulebook.reading import Reader, Table

_PERSON: Final = "id"
_VALUES: Final = {"field": "fields", "place": "places"}


class Unreadable(Exception):
    """A file cannot be used; each fault names its place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def dossier_in(file: Path, rulebook: Rulebook) -> Dossier:
    """The dossier in a JSON file; refuses with ``Unreadable``, naming each place in it."""
    place = Place(file.name)
    return _dossier(_json_in(file, _text_in(file, place), place), place, rulebook)


def register_in(file: Path, rulebooks: Collection[Rulebook]) -> list[tuple[str, Dossier]]:
    """The dossiers in a file with one JSON dossier a line, each with the person's ``id``.

    Codes need to be known to one of the rulebooks. Refuses with ``Unreadable``.
    """
    faults: list[Fault] = []
    people: dict[str, Dossier] = {}
    for number, line in enumerate(_text_in(file, Place(file.name)).splitlines(), start=1):
        if not line.strip():
            continue
        place = Place(file.name, clause=f"line {number}")
        try:
            name, dossier = _person(_json_in(file, line, place), place, rulebooks)
        except Unreadable as error:
            faults.extend(error.faults)
            continue
        if name in people:
            faults.append(Fault("register.twice", place, f"“{name}” is there twice.", "Keep one line."))
        people[name] = dossier
    if faults:
        raise Unreadable(faults)
    return list(people.items())


def _person(record: object, place: Place, rulebooks: Collection[Rulebook]) -> tuple[str, Dossier]:
    if not isinstance(record, dict) or not isinstance(record.get(_PERSON), str) or not record[_PERSON]:
        raise Unreadable([Fault("register.nameless", place, "It has no “id”.", "Give the person’s id.")])
    facts = {name: value for name, value in record.items() if name != _PERSON}
    refusals = []
    for rulebook in rulebooks:
        try:
            return record[_PERSON], _dossier(facts, place, rulebook)
        except Unreadable as error:
            refusals.append(error)
    raise refusals[-1]


def rulebook_in(path: Path) -> Rulebook:
    """The rulebook of a folder, or of a release saved as JSON.

    Refuses with ``Unreadable`` what is neither, and with ``RulebookError`` a
    rulebook that has faults.
    """
    if path.is_dir():
        return load(path)
    place = Place(path.name)
    record = _json_in(path, _text_in(path, place), place)
    if not isinstance(record, dict) or not isinstance(record.get("documents"), dict):
        message, remedy = "It holds no rulebook.", "Give a folder of TOML files, or a release as JSON."
        raise Unreadable([Fault("release.unreadable", place, message, remedy)])
    return Rulebook.from_json(record)


def _text_in(file: Path, place: Place) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(place, error) from error


def _json_in(file: Path, text: str, place: Place) -> object:
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise _unreadable(place, error) from error


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is no number of JSON")


def _unreadable(place: Place, error: Exception) -> Unreadable:
    fault = Fault("dossier.unreadable", place, f"It cannot be read: {error}.", "Give a JSON file in UTF-8.")
    return Unreadable([fault])


def _dossier(record: object, place: Place, rulebook: Rulebook) -> Dossier:
    faults: list[Fault] = []
    reader = Reader({}, place, faults).at(record)
    reader.only(FACTS)
    dossier = read_dossier(reader)
    faults.extend(unknown_codes(dossier, place, rulebook, person=_answered(reader.table)))
    if faults:
        raise Unreadable(faults)
    return dossier


def _answered(table: Table) -> Collection[str]:
    person = table.get("person")
    return [name for name in person if name != "unverified"] if isinstance(person, dict) else []


def unknown_codes(
    dossier: Dossier, place: Place, rulebook: Rulebook, *, person: Collection[str]
) -> Iterable[Fault]:
    """Every code in a dossier that the rulebook does not know."""
    known = _Known(place, rulebook)
    for number, held in enumerate(dossier.holdings, start=1):
        yield from known.holding(f"credential {number}", held)
    for number, work in enumerate(dossier.work, start=1):
        yield from known.work(f"work {number}", work)
    yield from known.among("person", person, "facts", rulebook.vocabulary.get("facts", ()))
    clauses = {name for t in rulebook.targets.values() for v in t.ruleset.versions for name in v.clauses}
    yield from known.among("judgements", [j.clause for j in dossier.judgements], "clauses", clauses)
    recognised = [held.target for held in dossier.recognitions]
    for number, target in enumerate(recognised, start=1):
        yield from known.among(f"recognition {number}", [target], "targets", rulebook.targets)


class _Known:
    """Holds codes against the lists of one rulebook."""

    def __init__(self, place: Place, rulebook: Rulebook) -> None:
        self.place = place
        self.rulebook = rulebook

    def among(self, where: str, codes: Iterable[str], what: str, known: Collection[str]) -> Iterable[Fault]:
        inner = f"{self.place.clause}, {where}" if self.place.clause else where
        for code in codes:
            if code and code not in known:
                yield Fault(
                    "code.unknown",
                    Place(self.place.file, clause=inner),
                    f"“{code}” is not among the {what}.",
                    "Correct the code.",
                )

    def listed(self, where: str, codes: Iterable[str], section: str) -> Iterable[Fault]:
        words = section.replace("_", " ")
        return self.among(where, codes, words, self.rulebook.vocabulary.get(section, ()))

    def holding(self, where: str, held: Holding) -> Iterable[Fault]:
        qualification = self.rulebook.qualifications.get(held.qualification)
        yield from self.among(where, [held.qualification], "qualifications", self.rulebook.qualifications)
        if qualification is not None:
            yield from self.among(
                where, held.attributes, f"attributes of {held.qualification}", qualification.attributes
            )
        for name, value in held.attributes.items():
            if name == "level":
                yield from self.among(where, [str(value)], "levels", LEVELS)
            elif name in _VALUES:
                yield from self.listed(where, [str(value)], _VALUES[name])

    def work(self, where: str, work: Work) -> Iterable[Fault]:
        yield from self.listed(where, work.functions, "functions")
        yield from self.listed(where, [work.employer_kind], "employer_kinds")
        yield from self.listed(where, [work.place], "places")
