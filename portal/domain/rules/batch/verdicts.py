"""What one question came to for everybody: met, cannot be told, or else not met.

Owns how answers about single facts become answers about people, and how what
is verified is set beside what is declared.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from portal.domain.rules.batch.bits import Flags, Numbers
from portal.domain.rules.batch.register import Register
from portal.domain.rules.vocabulary import Basis


class Verdicts(NamedTuple):
    """Two flags a person, or a fact; whoever has neither does not meet the question."""

    met: Flags
    open: Flags


@dataclass(frozen=True, slots=True)
class Question:
    """Whom a predicate is asked about, for which day and on which basis.

    ``worked_out`` keeps what several questions rest on, such as months of work,
    while the questions of one rulebook are answered.
    """

    register: Register
    on: date
    basis: Basis
    worked_out: dict[Hashable, object] = field(default_factory=dict, repr=False)

    @property
    def day(self) -> int:
        """The day asked, as an ordinal."""
        return self.on.toordinal()


def undecided(size: int) -> Verdicts:
    """It cannot be told of anybody."""
    return Verdicts(np.zeros(size, dtype=np.bool_), np.ones(size, dtype=np.bool_))


def best_of_each(size: int, person: Numbers, facts: Verdicts) -> Verdicts:
    """The best answer among a person's facts: met before unknown before not met."""
    met, unknown = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    met[person[facts.met]] = True
    unknown[person[facts.open]] = True
    return Verdicts(met, unknown & ~met)


def settle(
    question: Question, verified: Flags, rows: Numbers, answer: Callable[[Numbers], Verdicts]
) -> Verdicts:
    """Answer on the rows that count; where one awaits verification it never makes a no.

    The twin of ``predicates.schema.settle_pending``.
    """
    everything = answer(rows)
    counts = verified[rows]
    if question.basis is Basis.DECLARED or bool(counts.all()):
        return everything
    counted = answer(rows[counts])
    return Verdicts(counted.met, ~counted.met & (everything.met | everything.open))
