"""One dossier laid out for one basis, so that each clause finds its facts at once.

Owns the split between facts that count and facts that await verification, and
an order of facts that does not depend on how they were handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from portal.domain.dossier import Dossier, HeldRecognition, Holding, Judgement, PersonFact, Work
from portal.domain.rules.vocabulary import Basis

Holdings = Mapping[str, list[Holding]]
Fact = TypeVar("Fact", Holding, Work, HeldRecognition)


class Reads(NamedTuple):
    """Which facts a clause looks at: of a person who has none of them it says what it says of nobody.

    ``qualifications`` and ``education`` are holdings, by code and by being schooling at all.
    ``functions``, ``employer_kinds`` and ``places`` are periods of work that name one of them,
    an empty word those that leave it open; ``management`` those with people to lead, ``work`` all.
    """

    qualifications: tuple[str, ...] = ()
    education: bool = False
    functions: tuple[str, ...] = ()
    employer_kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    management: bool = False
    work: bool = False
    person: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()
    recognitions: tuple[str, ...] = ()


class Facts(NamedTuple):
    """The facts of a dossier by name. ``counted`` decide; ``all`` also hold what is pending.

    ``worked_out`` keeps what clauses work out from these facts and other clauses
    ask again, such as months of work. Nothing in it may lead back to the facts:
    a circle would be left to the garbage collector, which walks the whole rulebook.
    """

    basis: Basis
    counted_holdings: Holdings
    all_holdings: Holdings
    counted_work: tuple[Work, ...]
    all_work: tuple[Work, ...]
    counted_person: Mapping[str, PersonFact]
    all_person: Mapping[str, PersonFact]
    judgements: Mapping[str, tuple[Judgement, ...]]
    recognitions: tuple[HeldRecognition, ...]
    worked_out: dict[object, object]

    @property
    def holdings_pending(self) -> bool:
        """Some holding awaits verification."""
        return self.all_holdings is not self.counted_holdings

    @property
    def work_pending(self) -> bool:
        """Some period of work awaits verification."""
        return self.all_work is not self.counted_work


def read_facts(dossier: Dossier, *, basis: Basis) -> Facts:
    """Lay out a dossier; on the declared basis nothing is pending."""
    holdings = _ordered(dossier.holdings, _holding_order)
    work = _ordered(dossier.work, _work_order)
    all_holdings, all_person = _by_qualification(holdings), _by_name(dossier.facts)
    counted_holdings, counted_work, counted_person = all_holdings, work, all_person
    if basis is Basis.VERIFIED:
        sure = [held for held in holdings if held.verified]
        if len(sure) < len(holdings):
            counted_holdings = _by_qualification(sure)
        counted = tuple([period for period in work if period.verified])
        if len(counted) < len(work):
            counted_work = counted
        stated = [fact for fact in dossier.facts if fact.verified]
        if len(stated) < len(dossier.facts):
            counted_person = _by_name(stated)
    return Facts(
        basis,
        counted_holdings,
        all_holdings,
        counted_work,
        work,
        counted_person,
        all_person,
        _by_clause(dossier.judgements),
        _ordered(dossier.recognitions, lambda r: (r.granted_on, r.id)),
        {},
    )


def _ordered(facts: tuple[Fact, ...], order: Callable[[Fact], tuple[date, str]]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=order)) if len(facts) > 1 else facts


def _holding_order(holding: Holding) -> tuple[date, str]:
    return (holding.awarded_on or holding.begun_on or date.min, holding.id)


def _work_order(work: Work) -> tuple[date, str]:
    return (work.begun_on, work.id)


def _by_qualification(holdings: Iterable[Holding]) -> dict[str, list[Holding]]:
    found: dict[str, list[Holding]] = {}
    for holding in holdings:
        found.setdefault(holding.qualification, []).append(holding)
    return found


def _by_name(facts: Sequence[PersonFact]) -> dict[str, PersonFact]:
    """One answer to each question; answers that differ leave it open, whatever their order."""
    found = {fact.name: fact for fact in facts}
    return found if len(found) == len(facts) else _agreed(facts)


def _agreed(facts: Sequence[PersonFact]) -> dict[str, PersonFact]:
    found: dict[str, PersonFact] = {}
    contested: set[str] = set()
    for fact in facts:
        other = found.get(fact.name)
        if other is None or other.value is None:
            found[fact.name] = fact
        elif fact.value is not None and fact.value != other.value:
            contested.add(fact.name)
    found.update({name: PersonFact(name, None) for name in contested})
    return found


def _by_clause(judgements: Iterable[Judgement]) -> dict[str, tuple[Judgement, ...]]:
    found: dict[str, tuple[Judgement, ...]] = {}
    for judgement in judgements:
        found[judgement.clause] = (*found.get(judgement.clause, ()), judgement)
    return found
