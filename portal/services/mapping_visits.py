"""What moved in a person's mapping since they last looked, and why.

Owns the mark of the last visit and the walk from that mapping to today's: first today's rules are
put to the facts and the day of then, then the day moves, then the person's own changes are made,
last the officers' findings. A clause moved in the step in which its answer moved, so the reason is
worked out and not guessed. It must not know pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, union_all

from portal.domain.credentials import Standing
from portal.domain.dossier import Dossier, Holding, PersonFact, Work
from portal.domain.dossier_json import dossier_to_json
from portal.domain.people import Actor, own_person
from portal.domain.rules.explanation import PlankState, read_pair
from portal.domain.rules.faults import Fault, Place
from portal.models.credentials import Credential, WorkPeriod
from portal.models.mapping_visits import MappingVisit
from portal.models.people import PersonalFact
from portal.rulebook.dossiers import read_dossier
from portal.rulebook.loader import canonical
from portal.rulebook.reading import Reader
from portal.services.house import House
from portal.services.mapping import PersonMapping, Verdicts, map_dossier, read_mapping
from portal.services.work import one_act

States = Mapping[str, Mapping[str, str]]
Fact = Holding | Work | PersonFact

# What ``remember_mapping`` answers.
KEPT: Final = "kept"
MOVED_ON: Final = "moved on"


class Cause(StrEnum):
    """Why an answer moved, in the order in which the reasons are told apart."""

    RULES = "rules"
    DAY = "day"
    FACTS = "facts"
    OFFICER = "officer"


class Direction(StrEnum):
    """Whether a move laid a plank, took one away, or did neither."""

    ADDED = "added"
    LOST = "lost"
    CHANGED = "changed"


_LAID: Final = {PlankState.MET_DECLARED: 1, PlankState.MET_VERIFIED: 2}


@dataclass(frozen=True, slots=True)
class Move:
    """One plank that is not what it was. ``before`` or ``after`` is none for a clause the rule lacked."""

    target: str
    clause: str
    before: PlankState | None
    after: PlankState | None
    causes: tuple[Cause, ...]

    @property
    def direction(self) -> Direction:
        """Laid more firmly, less firmly, or neither."""
        was, now = (_LAID.get(state, 0) if state else 0 for state in (self.before, self.after))
        if was == now:
            return Direction.CHANGED
        return Direction.ADDED if now > was else Direction.LOST


@dataclass(frozen=True, slots=True)
class SinceVisit:
    """What moved since the last visit. ``seen_on`` is none for somebody who never marked one.

    ``fingerprint`` names what is shown now; the mark is made with it, so that nobody marks as seen
    what came in between. ``is_marked`` says that just this is marked already.
    """

    seen_on: date | None
    moves: tuple[Move, ...]
    fingerprint: str
    is_marked: bool


def read_since(
    house: House, actor: Actor, mapping: PersonMapping, *, targets: Iterable[str] | None = None
) -> SinceVisit:
    """Compare a mapping of today with the marked one, for the targets asked or all it holds."""
    person_id = own_person(actor)
    fingerprint = _fingerprint(house, mapping)
    visit = house.session.get(MappingVisit, person_id)
    if visit is not None and visit.fingerprint == fingerprint:
        return SinceVisit(visit.on, (), fingerprint, True)
    then = _dossier_then(visit.dossier) if visit is not None else None
    if visit is None or then is None:
        return SinceVisit(None, (), fingerprint, False)
    asked = mapping.verdicts if targets is None else set(targets)
    now = _states({target: both for target, both in mapping.verdicts.items() if target in asked})
    return SinceVisit(visit.on, tuple(_moves(house, visit, then, mapping, now)), fingerprint, False)


def remember_mapping(house: House, actor: Actor, *, seen: str, once: str | None = None) -> str:
    """Mark today's mapping as seen; gives ``KEPT``.

    ``seen`` is the fingerprint of the page that was seen. When facts, rules or day have moved on
    since, nothing is marked and the answer is ``MOVED_ON``: the person has not seen the newest.
    One mark a day is enough while nothing changes. It is nobody else's affair, so no journal entry.
    """
    person_id = own_person(actor)
    with one_act(house, actor, once=once) as act:
        mapping = read_mapping(house, actor, on=house.clock.today(), with_cases=False)
        fingerprint = _fingerprint(house, mapping)
        act.result = KEPT if seen == fingerprint else MOVED_ON
        visit = house.session.get(MappingVisit, person_id)
        if act.result == KEPT and (visit is None or visit.fingerprint != fingerprint):
            house.session.merge(
                MappingVisit(
                    person_id=person_id,
                    on=mapping.on,
                    at=house.clock.now(),
                    release_digest=house.rulebook.digest,
                    fingerprint=fingerprint,
                    states=_states(mapping.verdicts),
                    dossier=dossier_to_json(mapping.dossier),
                )
            )
    return act.result


def _fingerprint(house: House, mapping: PersonMapping) -> str:
    """One word for all an answer follows from: the facts, the day, the rules."""
    ground = {
        "facts": dossier_to_json(mapping.dossier),
        "read": {"on": mapping.on.isoformat(), "rules": house.rulebook.digest},
    }
    return hashlib.sha256(canonical(ground)).hexdigest()


def _states(verdicts: Mapping[str, Verdicts]) -> dict[str, dict[str, str]]:
    return {
        target: {plank.clause_id: plank.state.value for plank in read_pair(both.declared, both.verified)}
        for target, both in verdicts.items()
    }


def _moves(
    house: House, visit: MappingVisit, then: Dossier, mapping: PersonMapping, now: States
) -> Iterable[Move]:
    was = visit.states
    moved = [target for target in now if target in was and was[target] != now[target]]
    if not moved:
        return
    steps = _walk(house, visit, then, mapping, moved)
    for target in moved:
        for clause in dict.fromkeys((*was[target], *now[target])):
            path = [step.get(target, {}).get(clause) for step in (was, *steps, now)]
            if path[0] != path[-1]:
                yield Move(target, clause, _state(path[0]), _state(path[-1]), _causes(path))


def _causes(path: list[str | None]) -> tuple[Cause, ...]:
    steps = zip(Cause, pairwise(path), strict=True)
    return tuple(cause for cause, (was, became) in steps if was != became)


def _state(word: str | None) -> PlankState | None:
    return PlankState(word) if word else None


def _walk(
    house: House, visit: MappingVisit, then: Dossier, mapping: PersonMapping, moved: list[str]
) -> list[States]:
    """The answers between then and now, each one step further; the last step is now itself."""
    rejected = _rejected(house, visit.person_id, then, mapping.dossier)
    own = _own_changes(then, mapping.dossier, rejected=rejected)
    targets = [house.rulebook.targets[target] for target in moved]
    grounds = ((then, visit.on), (then, mapping.on), (own, mapping.on))
    return [_states(map_dossier(targets, dossier, on=on)[0]) for dossier, on in grounds]


def _dossier_then(record: dict[str, Any]) -> Dossier | None:
    """The facts of a visit; none when this edition cannot read them whole, so that no half of them misleads."""
    faults: list[Fault] = []
    then = read_dossier(Reader(record, Place("mapping visit"), faults))
    return None if faults else then


def _own_changes(then: Dossier, now: Dossier, *, rejected: frozenset[str]) -> Dossier:
    """The facts of now as they would stand had no officer acted in between.

    What an officer rejected is still there, what one verified is not verified yet, and the
    programme's recognitions are those of then.
    """
    return replace(
        now,
        holdings=tuple(_unchecked(then.holdings, now.holdings, rejected)),
        work=tuple(_unchecked(then.work, now.work, rejected)),
        facts=tuple(_unchecked(then.facts, now.facts, rejected)),
        recognitions=then.recognitions,
    )


def _unchecked(then: Iterable[Any], now: Iterable[Any], rejected: frozenset[str]) -> Iterable[Any]:
    known = {_key(fact): fact for fact in then}
    for fact in now:
        before = known.pop(_key(fact), None)
        same = before is not None and replace(before, verified=fact.verified) == fact
        yield replace(fact, verified=fact.verified and same and before.verified)
    yield from (fact for key, fact in known.items() if key in rejected)


def _key(fact: Fact) -> str:
    return fact.name if isinstance(fact, PersonFact) else fact.id


def _rejected(house: House, person_id: UUID, then: Dossier, now: Dossier) -> frozenset[str]:
    """The facts of then that an officer has rejected since; asked only when some are gone."""
    rejected: set[str] = set()
    gone = _keys(then.holdings, then.work) - _keys(now.holdings, now.work)
    if gone:
        rejected.update(_rejected_records(house, [UUID(key) for key in gone]))
    unstated = _keys(then.facts) - _keys(now.facts)
    if unstated:
        rejected.update(
            house.session.scalars(
                select(PersonalFact.name).where(
                    PersonalFact.person_id == person_id,
                    PersonalFact.name.in_(unstated),
                    PersonalFact.standing == Standing.REJECTED,
                )
            )
        )
    return frozenset(rejected)


def _rejected_records(house: House, keys: list[UUID]) -> Iterable[str]:
    credentials = select(Credential.id).where(
        Credential.id.in_(keys), Credential.standing == Standing.REJECTED
    )
    work = select(WorkPeriod.id).where(WorkPeriod.id.in_(keys), WorkPeriod.standing == Standing.REJECTED)
    return (str(key) for (key,) in house.session.execute(union_all(credentials, work)))


def _keys(*facts: Iterable[Fact]) -> set[str]:
    return {_key(fact) for some in facts for fact in some}
