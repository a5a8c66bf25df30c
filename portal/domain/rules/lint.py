"""What makes a rulebook unfit to decide: every check, none of them about files.

Owns the checks on rules and on the shelves they draw from. It must not read
anything itself: a rulebook is handed in, read as far as it could be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Final, Protocol

from portal.domain.calendar import ONE_DAY, add_months
from portal.domain.rules.answers import Answer, answer_faults
from portal.domain.rules.catalogue import (
    Qualification,
    Vocabulary,
    WorkedCase,
)
from portal.domain.rules.clauses import Clause, Leaf
from portal.domain.rules.faults import Fault, Place, Severity, in_reading_order
from portal.domain.rules.parameters import Known, Problem, problems_of
from portal.domain.rules.rulesets import RuleVersion, Target
from portal.domain.rules.shelves import Shelves
from portal.domain.rules.structure import structure_problems
from portal.domain.rules.vocabulary import Confidence

CASES_NEEDED: Final = 4
JURISDICTIONS: Final = ("hk", "sz", "other")
STALE_AFTER_MONTHS: Final = 12


class Book(Shelves, Protocol):
    """The parts of a rulebook the lint looks at."""

    @property
    def answers(self) -> Mapping[str, Answer]: ...
    @property
    def vocabulary(self) -> Vocabulary: ...
    @property
    def cases(self) -> tuple[WorkedCase, ...]: ...
    @property
    def ledger(self) -> Mapping[str, str]: ...
    @property
    def version_digests(self) -> Mapping[str, tuple[str, date, str]]:
        """For each target version: its digest, its first day, the file it stands in."""


def lint(book: Book, *, on: date | None = None) -> tuple[Fault, ...]:
    """Give every fault, gravest first. With a day it also looks at seals and at stale sources."""
    faults = [
        *_rule_faults(book),
        *_shelf_faults(book),
        *answer_faults(book),
        *_case_faults(book),
        *_changed_versions(book),
    ]
    if on is not None:
        faults += [*_unsealed_versions(book, on), *_stale_sources(book, on)]
    return in_reading_order(faults)


def _rule_faults(book: Book) -> Iterable[Fault]:
    known = Known(
        book.qualifications,
        book.targets,
        book.sources,
        {section: words.keys() for section, words in book.vocabulary.items()},
    )
    families: dict[str, list[Target]] = {}
    for target in book.targets.values():
        families.setdefault(target.family, []).append(target)
        yield from _target_faults(target, book)
        for version in target.ruleset.versions:
            for clause in version.clauses.values():
                yield from _clause_faults(target, version, clause, book, known)
    for members in families.values():
        yield from structure_problems(members)


def _target_faults(target: Target, book: Book) -> Iterable[Fault]:
    place = Place(target.origin)
    if target.authority not in book.authorities:
        yield Fault(
            "authority.unknown",
            place,
            f"There is no authority “{target.authority}”.",
            "Correct the id, or add the authority.",
        )
    if not target.ruleset.versions:
        yield Fault("version.none", place, "The target has no version.", "Write a [[version]].")
    yield from _version_order_faults(target)


def _version_order_faults(target: Target) -> Iterable[Fault]:
    versions = target.ruleset.versions
    for earlier, later in pairwise(versions):
        place = Place(target.origin, later.in_force_from.isoformat())
        ends = earlier.in_force_until
        if earlier.in_force_from == later.in_force_from or (ends and later.in_force_from <= ends):
            yield Fault(
                "version.overlap",
                place,
                "Two versions would bind on the same day.",
                "Let each begin on its own day, after the one before it has ended.",
            )
        elif ends is not None and ends + ONE_DAY < later.in_force_from:
            yield Fault(
                "version.gap",
                place,
                f"Nothing binds from {(ends + ONE_DAY).isoformat()} until this version begins.",
                "Remove in_force_until, or let this version begin the day after it.",
            )


def _clause_faults(
    target: Target, version: RuleVersion, clause: Clause, book: Book, known: Known
) -> Iterable[Fault]:
    place = Place(target.origin, version.in_force_from.isoformat(), clause.id)
    for problem in _clause_problems(clause, book, known):
        yield Fault(problem.code, place, problem.message, problem.remedy)


def _clause_problems(clause: Clause, book: Book, known: Known) -> Iterable[Problem]:
    for cite in clause.cites:
        if cite.source not in book.sources:
            yield Problem("source.unknown", f"There is no source “{cite.source}”.", "Correct or add it.")
    for measure in clause.closed_by:
        if measure not in book.measures:
            yield Problem("measure.unknown", f"There is no measure “{measure}”.", "Correct or add it.")
    if clause.applies_when is not None:
        condition = clause.applies_when
        yield from problems_of(condition.test, condition.parameters, known)
    if isinstance(clause, Leaf):
        yield from problems_of(clause.test, clause.parameters, known)
        yield from _citation_problems(clause)


def _citation_problems(leaf: Leaf) -> Iterable[Problem]:
    if not leaf.cites:
        yield Problem("clause.uncited", "The clause cites no source.", "Say where it is written.")
    elif leaf.confidence is Confidence.LOW and leaf.decides:
        yield Problem(
            "clause.low_confidence",
            "A low figure would decide this clause.",
            "Cite a surer source, or mark the clause decides = false.",
        )
    if leaf.test == "unread" and leaf.decides:
        yield Problem("clause.unread_decides", "A text nobody read cannot decide.", "Mark decides = false.")


def _shelf_faults(book: Book) -> Iterable[Fault]:
    for qualification in book.qualifications.values():
        yield from _qualification_faults(qualification, book)
    for track in book.tracks.values():
        for target in (*track.hk, *track.sz):
            if target not in book.targets:
                yield Fault(
                    "target.unknown",
                    Place(track.origin),
                    f"Track “{track.id}” names target “{target}”, which does not exist.",
                    "Correct the id, or leave that side empty and say so in the note.",
                )


def _qualification_faults(qualification: Qualification, book: Book) -> Iterable[Fault]:
    place = Place(qualification.origin)
    if qualification.authority not in book.authorities:
        yield Fault(
            "authority.unknown",
            place,
            f"“{qualification.code}” names authority “{qualification.authority}”.",
            "Correct the id, or add the authority.",
        )
    if qualification.jurisdiction not in JURISDICTIONS:
        yield Fault(
            "jurisdiction.unknown",
            place,
            f"“{qualification.code}” cannot be of “{qualification.jurisdiction}”.",
            f"Use one of: {', '.join(JURISDICTIONS)}.",
        )
    words = {"kinds": (qualification.kind,), "attributes": qualification.attributes}
    for section, used in words.items():
        for code in used:
            if code not in book.vocabulary.get(section, {}):
                yield Fault(
                    f"{section}.unknown",
                    place,
                    f"“{qualification.code}” uses “{code}”, which is not among the {section}.",
                    "Correct the code, or add it to the vocabulary.",
                )


def _case_faults(book: Book) -> Iterable[Fault]:
    counts = dict.fromkeys(book.targets, 0)
    for case in book.cases:
        if case.target not in book.targets:
            yield Fault(
                "target.unknown",
                Place(case.origin),
                f"Case “{case.name.en}” names target “{case.target}”, which does not exist.",
                "Correct the id.",
            )
            continue
        counts[case.target] += 1
        yield from _case_code_faults(case, book)
    for target_id, count in counts.items():
        if count < CASES_NEEDED:
            yield Fault(
                "target.too_few_cases",
                Place(book.targets[target_id].origin),
                f"“{target_id}” has {count} worked cases of {CASES_NEEDED}.",
                "Work more cases by hand, in portal/rulebook/cases.",
                Severity.FAULT,
            )


def _case_code_faults(case: WorkedCase, book: Book) -> Iterable[Fault]:
    for holding in case.dossier.holdings:
        if holding.qualification not in book.qualifications:
            yield Fault(
                "qualification.unknown",
                Place(case.origin),
                f"Case “{case.name.en}” holds “{holding.qualification}”, not in the catalogue.",
                "Correct the code, or add the qualification.",
            )
    clauses = {clause for version in book.targets[case.target].ruleset.versions for clause in version.clauses}
    named = {*case.clauses, *case.reasons, *case.lapses, *(j.clause for j in case.dossier.judgements)}
    for clause in sorted(named - clauses):
        yield Fault(
            "clause.unknown",
            Place(case.origin, clause=clause),
            f"Case “{case.name.en}” names a clause its target does not have.",
            "Correct the id.",
        )


def _changed_versions(book: Book) -> Iterable[Fault]:
    """A sealed version is history: people were told its outcome."""
    for name, sealed in book.ledger.items():
        now = book.version_digests.get(name)
        if now is None or now[0] != sealed:
            gone = "is gone" if now is None else "has changed"
            yield Fault(
                "version.changed",
                Place(now[2] if now else "ledger.toml", name.rpartition("@")[2]),
                f"The sealed version “{name}” {gone}.",
                "Restore it and write a new [[version]]; seal it anew only to mend a wrong record.",
                Severity.FAULT,
            )


def _unsealed_versions(book: Book, on: date) -> Iterable[Fault]:
    for name, (_, begins, origin) in book.version_digests.items():
        if begins <= on and name not in book.ledger:
            yield Fault(
                "version.unsealed",
                Place(origin, begins.isoformat()),
                f"“{name}” is in force and not sealed in the ledger.",
                "Run: rules seal.",
                Severity.FAULT,
            )


def _stale_sources(book: Book, on: date) -> Iterable[Fault]:
    for source in book.sources.values():
        if add_months(source.last_read_on, STALE_AFTER_MONTHS) <= on:
            yield Fault(
                "source.stale",
                Place(source.origin),
                f"“{source.id}” was last read on {source.last_read_on.isoformat()}.",
                "Read it again and set last_read_on.",
                Severity.WARNING,
            )
