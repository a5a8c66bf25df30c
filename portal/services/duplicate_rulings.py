"""What officers see of possible duplicates, and how they rule on one.

A pair is shown to an officer when the file of one of the two is open to their side and the other's
is open too, or kept on that side: that somebody has a record on the other bank is told to nobody who
may not know the person. Of a record whose file is not open, only what makes it match is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.orm.attributes import flag_modified

from portal.domain.cases import Stage
from portal.domain.duplicates import LONGEST_RULING, MatchReason, SamenessVerdict
from portal.domain.errors import NotFound, Refused
from portal.domain.people import Actor, Role
from portal.domain.places import Jurisdiction
from portal.domain.sense import refuse_first
from portal.models.accounts import Account
from portal.models.cases import Case
from portal.models.identity import DuplicateRuling, PossibleDuplicate
from portal.models.people import Person
from portal.services.disclosure_to_officers import DisclosedPerson, is_open_to, names_are_disclosed
from portal.services.house import House
from portal.services.identity_documents import HeldDocument
from portal.services.identity_papers import NO_PAPERS, IdentityPapers, papers_of, shared_papers
from portal.services.journal import record
from portal.services.work import one_act, require_version

MOST_LISTED: Final = 100

First = aliased(Person)
Second = aliased(Person)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an officer found, when, and why."""

    verdict: SamenessVerdict
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PairedPerson:
    """One of the two. Where the file is not open to the officer, nothing but where it is kept and since when."""

    person_id: UUID
    is_disclosed: bool
    home: Jurisdiction
    since: datetime
    name_latin: str = ""
    name_chinese: str = ""
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person; the one whose file is open stands first."""

    id: UUID
    version: int
    one: PairedPerson
    other: PairedPerson
    reasons: tuple[MatchReason, ...]
    is_open: bool
    found_at: datetime
    ruling: Ruling | None


@dataclass(frozen=True, slots=True)
class PairedFile:
    """What the officer may know of one of the two."""

    person: PairedPerson
    papers: IdentityPapers = NO_PAPERS
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PairFile:
    """A pair in full, with every ruling, newest first, and what of the open file makes the two match."""

    pair: Pair
    files: tuple[PairedFile, PairedFile]
    rulings: tuple[Ruling, ...]
    shared_names: tuple[str, ...]
    shared_documents: tuple[HeldDocument, ...]


@dataclass(frozen=True, slots=True)
class IdentityFile:
    """Who the applicant of a case says they are, and which records may be, or were found to be, theirs too."""

    papers: IdentityPapers
    pairs: tuple[Pair, ...]


def list_duplicates(house: House, actor: Actor, *, ruled: bool = False) -> list[Pair]:
    """The pairs that wait for a ruling, oldest first; or those ruled on, newest first."""
    actor.require(Role.OFFICER)
    order = PossibleDuplicate.found_at.desc() if ruled else PossibleDuplicate.found_at
    return [pair for pair, _ in _pairs(house, actor, PossibleDuplicate.is_open.is_(not ruled), order)]


def read_duplicate(house: House, actor: Actor, duplicate_id: UUID) -> PairFile:
    """One pair with what the officer may know of both; unknown to everybody else."""
    actor.require(Role.OFFICER)
    found = _pairs(house, actor, PossibleDuplicate.id == duplicate_id)
    if not found:
        raise NotFound("page.not_found")
    pair, rulings = found[0]
    files = (_file(house, actor, pair.one), _file(house, actor, pair.other))
    return PairFile(pair, files, rulings, *shared_papers(house, pair.one.person_id, pair.other.person_id))


def identity_for_officer(house: House, actor: Actor, person: DisclosedPerson) -> IdentityFile:
    """The names, documents and pairs of a person whose file was opened: two statements."""
    mine = or_(
        PossibleDuplicate.first_id == person.person_id, PossibleDuplicate.second_id == person.person_id
    )
    return IdentityFile(
        papers=papers_of(house, person.person_id),
        pairs=tuple(pair for pair, _ in _pairs(house, actor, mine)),
    )


def ruling_faults(reason: str) -> list[Refused]:
    """What is wrong with the reason of a ruling."""
    if not reason.strip():
        return [Refused("duplicate.reason_missing", field="reason")]
    if len(reason) > LONGEST_RULING:
        return [Refused("person.too_long", field="reason", most=LONGEST_RULING, typed=len(reason))]
    return []


def rule_on_duplicate(
    house: House,
    actor: Actor,
    *,
    duplicate_id: UUID,
    version: int,
    verdict: SamenessVerdict,
    reason: str,
    once: str | None = None,
) -> str:
    """Rule that two records are one person or two, with the reason; nothing is merged.

    The pair is not proposed again unless the two come to share a document that this ruling did not
    weigh. A later ruling stands beside an earlier one and counts in its place.
    """
    with one_act(house, actor, once=once) as act:
        actor.require(Role.OFFICER)
        if not _pairs(house, actor, PossibleDuplicate.id == duplicate_id):
            raise NotFound("page.not_found")
        duplicate = house.session.get_one(PossibleDuplicate, duplicate_id)
        require_version(duplicate.version, version)
        refuse_first(ruling_faults(reason))
        if actor.account_id is None:
            raise NotFound("page.not_found")
        house.session.add(
            DuplicateRuling(
                id=house.new_key(),
                duplicate_id=duplicate.id,
                verdict=verdict,
                reason=reason.strip(),
                covers=list(duplicate.reasons),
                account_id=actor.account_id,
                at=house.clock.now(),
            )
        )
        duplicate.is_open = False
        # Two officers at one pair: the version moves even when a later ruling leaves it closed.
        flag_modified(duplicate, "is_open")
        for person_id in (duplicate.first_id, duplicate.second_id):
            record(
                house,
                actor,
                "duplicate.ruled",
                person_id=person_id,
                duplicate=str(duplicate.id),
                verdict=verdict.value,
            )
        act.result = str(duplicate.id)
    return act.result


def _visible(
    actor: Actor,
) -> Select[PossibleDuplicate, Person, Person, bool, bool, DuplicateRuling, str]:
    """The pairs an officer may know of, each with every ruling on it, newest first."""
    sides = sorted(actor.jurisdictions_as(Role.OFFICER))
    first, second = is_open_to(actor, First), is_open_to(actor, Second)
    chosen = (
        select(
            PossibleDuplicate,
            First,
            Second,
            first.label("first_open"),
            second.label("second_open"),
            DuplicateRuling,
            Account.name.label("by"),
        )
        .join(First, First.id == PossibleDuplicate.first_id)
        .join(Second, Second.id == PossibleDuplicate.second_id)
        .outerjoin(DuplicateRuling, DuplicateRuling.duplicate_id == PossibleDuplicate.id)
        .outerjoin(Account, Account.id == DuplicateRuling.account_id)
        .where(or_(and_(first, or_(second, Second.home.in_(sides))), and_(second, First.home.in_(sides))))
    )
    if actor.person_id is not None:
        chosen = chosen.where(First.id != actor.person_id, Second.id != actor.person_id)
    return chosen


def _pairs(
    house: House,
    actor: Actor,
    which: ColumnElement[bool],
    order: ColumnElement[datetime] | InstrumentedAttribute[datetime] = PossibleDuplicate.found_at,
) -> list[tuple[Pair, tuple[Ruling, ...]]]:
    """Read pairs with their rulings in one statement."""
    rows = house.session.execute(
        _visible(actor)
        .where(which)
        .order_by(order, PossibleDuplicate.id, DuplicateRuling.at.desc(), DuplicateRuling.id.desc())
        .limit(MOST_LISTED)
    )
    found: list[tuple[Pair, tuple[Ruling, ...]]] = []
    for _, same in groupby(rows, key=lambda row: row.PossibleDuplicate.id):
        group = list(same)
        rulings = tuple(
            Ruling(row.DuplicateRuling.verdict, row.DuplicateRuling.reason, row.by, row.DuplicateRuling.at)
            for row in group
            if row.DuplicateRuling is not None
        )
        found.append((_pair(group[0], rulings), rulings))
    return found


def _pair(
    row: Row[PossibleDuplicate, Person, Person, bool, bool, DuplicateRuling, str], rulings: Sequence[Ruling]
) -> Pair:
    duplicate, first, second, first_open, second_open, _, _ = row
    sides = [_person(first, is_open=first_open), _person(second, is_open=second_open)]
    one, other = sorted(sides, key=lambda side: not side.is_disclosed)
    return Pair(
        id=duplicate.id,
        version=duplicate.version,
        one=one,
        other=other,
        reasons=tuple(map(MatchReason, duplicate.reasons)),
        is_open=duplicate.is_open,
        found_at=duplicate.found_at,
        ruling=rulings[0] if rulings else None,
    )


def _person(person: Person, *, is_open: bool) -> PairedPerson:
    if not is_open:
        return PairedPerson(person.id, False, person.home, person.created_at)
    return PairedPerson(
        person.id,
        True,
        person.home,
        person.created_at,
        person.name_latin,
        person.name_chinese,
        person.born_on,
    )


def _file(house: House, actor: Actor, person: PairedPerson) -> PairedFile:
    if not person.is_disclosed:
        return PairedFile(person)
    references = house.session.scalars(
        select(Case.reference)
        .join(Person, Person.id == Case.person_id)
        .where(
            Person.id == person.person_id,
            Case.jurisdiction.in_(sorted(actor.jurisdictions_as(Role.OFFICER))),
            Case.stage != Stage.DRAFT,
            Case.submitted_at.is_not(None),
            names_are_disclosed(),
        )
        .order_by(Case.submitted_at)
    )
    return PairedFile(person, papers_of(house, person.person_id), tuple(references))
