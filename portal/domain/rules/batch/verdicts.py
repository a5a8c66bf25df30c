"""What one question came to for everybody: met, cannot be told, or else not met.

Owns how answers about single facts become answers about people, and how what
is verified is set beside what is declared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from portal.domain.rules.batch.bits import Flags, Numbers, marked, others
from portal.domain.rules.batch.planes import Planes, open_planes, settled_planes
from portal.domain.rules.batch.register import Register
from portal.domain.rules.vocabulary import Basis


class Verdicts(NamedTuple):
    """Two flags a person, or a fact; whoever has neither does not meet the question."""

    met: Flags
    open: Flags


@dataclass(frozen=True, slots=True)
class Question:
    """Whom a predicate is asked about, for which day and on which basis."""

    register: Register
    on: date
    basis: Basis

    @property
    def day(self) -> int:
        """The day asked, as an ordinal."""
        return self.on.toordinal()


def undecided(question: Question) -> Planes:
    """It cannot be told of anybody."""
    return open_planes(question.register.size)


def best_of_facts(question: Question, person: Numbers, verified: Flags, facts: Verdicts) -> Planes:
    """The best answer among a person's facts, on those that count; one that awaits verification leaves it open."""
    size = question.register.size
    met = facts.met if question.basis is Basis.DECLARED else facts.met & verified
    return Planes(marked(person[facts.met | facts.open], size), others(marked(person[met], size), size))


def settle(
    question: Question, verified: Flags, rows: Numbers, answer: Callable[[Numbers], Verdicts]
) -> Planes:
    """Answer on the rows that count; where one awaits verification it never makes a no.

    The twin of ``predicates.schema.settle_pending``.
    """
    everything = answer(rows)
    counts = verified[rows]
    if question.basis is Basis.DECLARED or bool(counts.all()):
        return settled_planes(everything.met, everything.open)
    counted = answer(rows[counts])
    return settled_planes(counted.met, everything.met | everything.open)
