"""The rulebook: read from its folder, found free of faults, compiled, ready to be asked.

Owns ``load`` and the rulebook itself, with its digest and its JSON form. A
broken rulebook is never half used: it raises with every fault it has.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from portal.domain.rules.answers import Answer
from portal.domain.rules.catalogue import (
    Authority,
    Measure,
    Qualification,
    Source,
    Track,
    Vocabulary,
    WorkedCase,
)
from portal.domain.rules.compilation import Workshop
from portal.domain.rules.faults import Fault, Place, Severity, in_reading_order
from portal.domain.rules.lint import lint
from portal.domain.rules.rulesets import Target
from portal.rulebook.casebook import read_cases
from portal.rulebook.ledger import version_digests
from portal.rulebook.reading import Reader, Table
from portal.rulebook.shelves import (
    read_answers,
    read_authorities,
    read_measures,
    read_qualifications,
    read_sources,
    read_tracks,
    read_vocabulary,
)
from portal.rulebook.targets import read_family

FOLDER: Final = Path(__file__).parent
LEDGER: Final = "ledger.toml"
_TARGET_FOLDERS: Final = ("hong_kong/", "shenzhen/")
Entry = TypeVar("Entry")


class RulebookError(Exception):
    """The rulebook cannot be used; ``faults`` says where, why, and what to do."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        listed = "\n".join(f"  {fault}" for fault in faults)
        super().__init__(f"The rulebook has {len(faults)} faults:\n{listed}")
        self.faults = faults


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """Everything the rules say, as one release. Equal digests mean equal rules."""

    digest: str
    targets: dict[str, Target]
    tracks: dict[str, Track]
    qualifications: dict[str, Qualification]
    measures: dict[str, Measure]
    sources: dict[str, Source]
    authorities: dict[str, Authority]
    answers: dict[str, Answer]
    vocabulary: Vocabulary
    cases: tuple[WorkedCase, ...]
    documents: Mapping[str, Table] = field(repr=False)
    ledger: Mapping[str, str] = field(default_factory=dict, repr=False)
    version_digests: Mapping[str, tuple[str, date, str]] = field(default_factory=dict, repr=False)

    def to_json(self) -> dict[str, object]:
        """The documents as plain values: what a release stores."""
        return {"documents": dict(self.documents)}

    @staticmethod
    def from_json(record: Mapping[str, object]) -> Rulebook:
        """Read a stored release; refuses with ``RulebookError`` as ``load`` does."""
        documents = record.get("documents")
        return _usable(*read(documents if isinstance(documents, Mapping) else {}, published=True))


def load(folder: Path | None = None) -> Rulebook:
    """Read the rulebook of a folder, or the one shipped with the portal.

    Refuses with ``RulebookError`` when anything is broken.
    """
    return _usable(*read_folder(folder)) if folder else _shipped()


@cache
def _shipped() -> Rulebook:
    """The shipped rulebook, read once: it is frozen, and nobody can change what another reads."""
    return _usable(*read_folder(FOLDER))


def read_folder(folder: Path) -> tuple[Rulebook, tuple[Fault, ...]]:
    """Read a folder as far as it can be read, and give what is wrong with its files."""
    documents: dict[str, Table] = {}
    faults: list[Fault] = []
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        try:
            documents[name] = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            faults.append(Fault("file.unreadable", Place(name), f"Not TOML: {error}.", "Correct the file."))
    ledger = documents.pop(LEDGER, {})
    rulebook, found = read(documents, ledger=ledger)
    return rulebook, in_reading_order([*faults, *found])


def read(
    documents: Mapping[str, Table], *, ledger: Table | None = None, published: bool = False
) -> tuple[Rulebook, tuple[Fault, ...]]:
    """Read documents into a rulebook that is not yet compiled, and give their faults.

    What was ``published`` once is read as it was then, because decisions rest on it.
    """
    plain = _plain_documents(documents)
    faults: list[Fault] = []
    targets = _read_targets(plain, faults)
    shelf = _Shelf(plain, faults)
    rulebook = Rulebook(
        digest=digest_of(plain),
        targets=targets,
        tracks=shelf.read("tracks", read_tracks, lambda track: track.id),
        qualifications=shelf.read("catalogue", read_qualifications, lambda entry: entry.code),
        measures=shelf.read("measures", read_measures, lambda measure: measure.id),
        sources=shelf.read("sources", read_sources, lambda source: source.id),
        authorities=shelf.read("authorities", read_authorities, lambda one: one.id),
        answers=shelf.read("answers", read_answers, lambda answer: answer.id),
        vocabulary=read_vocabulary(plain.get("vocabulary.toml", {}), "vocabulary.toml", faults),
        cases=tuple(
            case
            for name in _under(plain, "cases")
            for case in read_cases(plain[name], name, faults, published=published)
        ),
        documents=plain,
        ledger=_sealed(ledger or {}),
        version_digests=version_digests(plain, targets),
    )
    return rulebook, tuple(faults)


def digest_of(documents: Mapping[str, Table]) -> str:
    """The SHA-256 of the documents in their canonical spelling."""
    return hashlib.sha256(canonical(documents)).hexdigest()


def canonical(documents: Mapping[str, Table]) -> bytes:
    """The one spelling of documents, byte for byte: what is published is what the digest names."""
    return json.dumps(documents, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def faults_of(rulebook: Rulebook, reading: Iterable[Fault], *, on: date | None = None) -> tuple[Fault, ...]:
    """What reading found together with what the lint finds."""
    return in_reading_order([*reading, *lint(rulebook, on=on)])


def _usable(rulebook: Rulebook, reading: tuple[Fault, ...]) -> Rulebook:
    faults = faults_of(rulebook, reading)
    broken = tuple(fault for fault in faults if fault.severity is Severity.BROKEN)
    if broken:
        raise RulebookError(broken)
    return compiled(rulebook)


def compiled(rulebook: Rulebook) -> Rulebook:
    """Compile every version of every target, once. The rulebook must be free of broken parts."""
    workshop = Workshop()
    targets = {
        target.id: replace(
            target,
            programs={
                version.in_force_from: workshop.compile(version, target_id=target.id)
                for version in target.ruleset.versions
            },
        )
        for target in rulebook.targets.values()
    }
    return replace(rulebook, targets=targets)


def _read_targets(documents: Mapping[str, Table], faults: list[Fault]) -> dict[str, Target]:
    targets: dict[str, Target] = {}
    for name, document in documents.items():
        if not name.startswith(_TARGET_FOLDERS):
            continue
        for target in read_family(document, name, faults):
            if target.id in targets:
                faults.append(_twice(target.id, name))
            targets[target.id] = target
    return targets


class _Shelf:
    """Reads entries of one sort from every file of a folder, or from the file of that name."""

    def __init__(self, documents: Mapping[str, Table], faults: list[Fault]) -> None:
        self.documents = documents
        self.faults = faults

    def read(
        self, shelf: str, reading: Callable[[Reader], list[Entry]], key: Callable[[Entry], str]
    ) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for name in _under(self.documents, shelf):
            for entry in reading(Reader(self.documents[name], Place(name), self.faults)):
                if key(entry) in found:
                    self.faults.append(_twice(key(entry), name))
                found[key(entry)] = entry
        return found


def _under(documents: Mapping[str, Table], shelf: str) -> list[str]:
    return [name for name in documents if name == f"{shelf}.toml" or name.startswith(f"{shelf}/")]


def _twice(name: str, file: str) -> Fault:
    return Fault("entry.twice", Place(file), f"“{name}” is defined twice.", "Keep one of them.")


def _sealed(ledger: Table) -> dict[str, str]:
    sealed = ledger.get("sealed", {})
    return {str(name): str(digest) for name, digest in sealed.items()} if isinstance(sealed, Mapping) else {}


def _plain_documents(documents: Mapping[str, Table]) -> dict[str, Table]:
    """Days become ISO text, so that files and stored releases read alike and have one digest."""
    spelt = json.dumps(documents, default=_iso)
    plain: dict[str, Table] = json.loads(spelt)
    return {name: plain[name] for name in sorted(plain)}


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
