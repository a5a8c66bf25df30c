"""Reading a target file: a family, its instances, its versions, its clauses.

Gives one target for each instance, with the instance's values put in place of
every ``$name``. It must not judge what the clauses mean: the lint does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeVar

from portal.domain.places import Jurisdiction
from portal.domain.rules.catalogue import Instance
from portal.domain.rules.clauses import Citation, Clause, Condition, Group, Leaf, Parameters
from portal.domain.rules.faults import Fault, Place
from portal.domain.rules.parameters import settle_parameters
from portal.domain.rules.rulesets import RuleSet, RuleVersion, Target
from portal.domain.rules.vocabulary import ClauseKind, Confidence, Owner, RecognitionKind
from portal.rulebook.reading import Reader, Table, freeze

Member = TypeVar("Member", bound="Owner | Confidence | RecognitionKind | Jurisdiction")

_FAMILY: Final = [
    "id",
    "jurisdiction",
    "authority",
    "recognition",
    "title",
    "summary",
    "remains",
    "check_elsewhere",
    "instance",
    "version",
]
_VERSION: Final = ["in_force_from", "in_force_until", "root", "change_note", "clause"]
_SHARED: Final = ["id", "title", "owner", "cites", "closed_by", "note", "unless", "applies_when"]
_LEAF: Final = (*_SHARED, "test", "with", "decides")
_GROUP: Final = (*_SHARED, "all_of", "any_of", "at_least", "of")
_PLACEHOLDER: Final = re.compile(r"\$([a-z][a-z0-9_]*)")


def read_family(document: Table, origin: str, faults: list[Fault]) -> tuple[Target, ...]:
    """Read one file into its targets."""
    reader = Reader(document, Place(origin), faults)
    reader.only(_FAMILY)
    instances = [_instance(reader.at(table)) for table in reader.tables("instance")]
    if "instance" not in document:
        return (_target(reader, None),)
    return tuple(_target(reader, instance) for instance in instances)


def _instance(reader: Reader) -> Instance:
    reader.only(("id", "title", "values"))
    values = reader.table.get("values", {})
    if not isinstance(values, Mapping):
        reader.fault("shape.table", "“values” must be a table.", "Write values = { … }.")
        values = {}
    # Kept as the file has them: they are frozen where they are put in place.
    return Instance(reader.string("id"), reader.text("title"), dict(values))


def _target(reader: Reader, instance: Instance | None) -> Target:
    family = reader.string("id")
    versions = tuple(_version(reader, table, instance) for table in reader.tables("version"))
    return Target(
        id=f"{family}.{instance.id}" if instance else family,
        family=family,
        instance=instance.id if instance else None,
        jurisdiction=_member(reader, "jurisdiction", Jurisdiction, Jurisdiction.HONG_KONG),
        authority=reader.string("authority"),
        recognition=_member(reader, "recognition", RecognitionKind, RecognitionKind.PAPER_EXEMPTION),
        title=instance.title if instance else reader.text("title"),
        summary=reader.text("summary"),
        remains=reader.text("remains"),
        check_elsewhere=reader.text("check_elsewhere"),
        ruleset=RuleSet(tuple(sorted(versions, key=lambda version: version.in_force_from))),
        origin=reader.place.file,
    )


def _version(reader: Reader, table: Table, instance: Instance | None) -> RuleVersion:
    begins = reader.at(table).day("in_force_from")
    version = reader.at(table, version=begins.isoformat())
    version.only(_VERSION)
    clauses: dict[str, Clause] = {}
    for entry in version.tables("clause"):
        clause = _clause(version, _filled(version, entry, instance))
        if clause.id in clauses:
            version.at(entry, clause=clause.id).fault(
                "clause.twice", "Two clauses have this id.", "Give each clause its own id."
            )
        clauses[clause.id] = clause
    return RuleVersion(
        in_force_from=begins,
        in_force_until=version.optional_day("in_force_until"),
        root=version.string("root"),
        clauses=clauses,
        change_note=version.optional_text("change_note"),
    )


def _filled(version: Reader, entry: Table, instance: Instance | None) -> Table:
    """Put an instance's values in place of ``$name``, wherever it stands alone in a text."""
    values = instance.values if instance else {}
    place = version.at(entry, clause=str(entry.get("id", "")) or None)

    def fill(value: object) -> object:
        if isinstance(value, str) and (found := _PLACEHOLDER.fullmatch(value)):
            if found[1] in values:
                return values[found[1]]
            whose = f"instance “{instance.id}”" if instance else "a target without instances"
            place.fault(
                "instance.value_missing",
                f"{whose} has no value “{found[1]}”.",
                f"Give {found[1]} under [instance.values].",
            )
            return value
        if isinstance(value, Mapping):
            return {key: fill(inner) for key, inner in value.items()}
        return [fill(inner) for inner in value] if isinstance(value, list) else value

    return {key: fill(value) for key, value in entry.items()}


def _clause(version: Reader, entry: Table) -> Clause:
    clause_id = str(entry.get("id", "")) or "without id"
    reader = version.at(entry, clause=clause_id)
    reader.string("id")
    return _leaf(reader, clause_id) if "test" in entry else _group(reader, clause_id)


def _leaf(reader: Reader, clause_id: str) -> Leaf:
    reader.only(_LEAF)
    test = reader.string("test")
    return Leaf(
        id=clause_id,
        title=reader.text("title"),
        owner=_member(reader, "owner", Owner, Owner.PERSON),
        test=test,
        parameters=_parameters(reader, test),
        cites=_cites(reader),
        closed_by=reader.codes("closed_by"),
        note=reader.optional_text("note"),
        unless=reader.string("unless", required=False) or None,
        applies_when=_condition(reader),
        decides=reader.flag("decides", default=True),
    )


def _group(reader: Reader, clause_id: str) -> Group:
    reader.only(_GROUP)
    kind, children, needed = _combination(reader)
    owner = _member(reader, "owner", Owner, Owner.PERSON) if "owner" in reader.table else None
    return Group(
        id=clause_id,
        title=reader.text("title"),
        kind=kind,
        children=children,
        needed=needed,
        owner=owner,
        cites=_cites(reader),
        closed_by=reader.codes("closed_by"),
        note=reader.optional_text("note"),
        unless=reader.string("unless", required=False) or None,
        applies_when=_condition(reader),
    )


def _combination(reader: Reader) -> tuple[ClauseKind, tuple[str, ...], int]:
    given = [kind for kind in (*ClauseKind,) if kind in reader.table]
    if len(given) != 1:
        reader.fault(
            "clause.kind",
            "A clause must have exactly one of test, all_of, any_of, at_least.",
            "Say what the clause asks.",
        )
        return ClauseKind.ALL_OF, (), 0
    kind = given[0]
    if kind is not ClauseKind.AT_LEAST:
        return kind, reader.codes(kind.value, required=True), 0
    needed = reader.table["at_least"]
    if not isinstance(needed, int) or isinstance(needed, bool) or needed < 1:
        reader.fault("clause.at_least", "“at_least” must be a number.", "Write at_least = 2.")
        needed = 1
    return kind, reader.codes("of", required=True), needed


def _cites(reader: Reader) -> tuple[Citation, ...]:
    cites = []
    for table in reader.tables("cites"):
        cite = reader.at(table)
        cite.only(("source", "at", "confidence"))
        confidence = _member(cite, "confidence", Confidence, Confidence.LOW)
        cites.append(Citation(cite.string("source"), cite.string("at"), confidence))
    return tuple(cites)


def _condition(reader: Reader) -> Condition | None:
    if "applies_when" not in reader.table:
        return None
    condition = reader.at(reader.table["applies_when"])
    condition.only(("test", "with"))
    test = condition.string("test")
    return Condition(test, _parameters(condition, test))


def _parameters(reader: Reader, test: str) -> Parameters:
    given = reader.table.get("with", {})
    if not isinstance(given, Mapping):
        reader.fault("shape.table", "“with” must be a table.", "Write with = { … }.")
        return {}
    return settle_parameters(test, {name: freeze(value) for name, value in given.items()})


def _member(reader: Reader, name: str, words: type[Member], fallback: Member) -> Member:
    value = reader.table.get(name)
    try:
        return words(value)  # type: ignore[arg-type]  # what is no word of theirs is refused
    except ValueError:
        reader.fault(
            "shape.word",
            f"“{name}” cannot be {value!r}.",
            f"Use one of: {', '.join(str(word) for word in words)}.",
        )
        return fallback
