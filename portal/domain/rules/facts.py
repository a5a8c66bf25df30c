"""One dossier laid out for one basis, so that each clause finds its facts at once.

Owns the split between facts that count and facts that await verification, and
an order of facts that does not depend on how they were handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from portal.domain.dossier import Dossier, HeldRecognition, Holding, Judgement, PersonFact, Work
from portal.domain.rules.vocabulary import Basis

Holdings = Mapping[str, list[Holding]]
Fact = TypeVar("Fact", Holding, Work, HeldRecognition)


class Reads(NamedTuple):
    """Which facts a clause looks at: of a person who has none of them it says what it says of nobody.

    ``qualifications`` and ``education`` are holdings, by code and by being schooling at all.
    """

    qualifications: tuple[str, ...] = ()
    education: bool = False
    work: bool = False
    person: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()
    recognitions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a dossier by name. ``counted`` decide; ``all`` also hold what is pending."""

    basis: Basis
    counted_holdings: Holdings
    all_holdings: Holdings
    counted_work: tuple[Work, ...]
    all_work: tuple[Work, ...]
    counted_person: Mapping[str, PersonFact]
    all_person: Mapping[str, PersonFact]
    judgements: Mapping[str, tuple[Judgement, ...]]
    recognitions: tuple[HeldRecognition, ...]
    # What clauses work out from these facts and other clauses ask again, such as months of work.
    worked_out: dict[object, object] = field(default_factory=dict, repr=False, compare=False)

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
        if not all(h.verified for h in holdings):
            counted_holdings = _by_qualification(h for h in holdings if h.verified)
        if not all(w.verified for w in work):
            counted_work = tuple(w for w in work if w.verified)
        if not all(f.verified for f in dossier.facts):
            counted_person = _by_name(f for f in dossier.facts if f.verified)
    return Facts(
        basis,
        counted_holdings,
        all_holdings,
        counted_work,
        work,
        counted_person,
        all_person if counted_person is all_person else {**all_person, **counted_person},
        _by_clause(dossier.judgements),
        _ordered(dossier.recognitions, lambda r: (r.granted_on, r.id)),
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


def _by_name(facts: Iterable[PersonFact]) -> dict[str, PersonFact]:
    """One answer to each question; answers that differ leave it open, whatever their order."""
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
