"""One person's facts before the compiled rules on one day, and what the rules said so far.

Owns which facts are there at all, so that a clause that reads none of them need
not be asked, and what was answered, so that a clause that many rules share is
asked once.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from portal.domain.rules.facts import Facts, Reads
from portal.domain.rules.predicates.education import PREFIX
from portal.domain.rules.results import ClauseResult


class Answer(NamedTuple):
    """A clause's result, the outcomes still possible for it, and the day it would break an all-of.

    The last differs from the day it lapses where the clause would cease to
    apply: an all-of does without it, an any-of loses a branch.
    """

    result: ClauseResult
    possible: int
    breaks_on: date | None


class Docket:
    """Gives each fact that some clause reads a bit of its own."""

    def __init__(self) -> None:
        self._bits = 0
        self._holdings: dict[str, int] = {}
        self._person: dict[str, int] = {}
        self._judgements: dict[str, int] = {}
        self._recognitions: dict[str, int] = {}
        self._education = self._next_bit()
        self._work = self._next_bit()

    def _next_bit(self) -> int:
        self._bits += 1
        return 1 << self._bits

    def listed(self, reads: Reads) -> int:
        """The bits of what a clause reads."""
        found = (self._education if reads.education else 0) | (self._work if reads.work else 0)
        for codes, shelf in (
            (reads.qualifications, self._holdings),
            (reads.person, self._person),
            (reads.judgements, self._judgements),
            (reads.recognitions, self._recognitions),
        ):
            for code in codes:
                if code not in shelf:
                    shelf[code] = self._next_bit()
                found |= shelf[code]
        return found

    def present(self, facts: Facts) -> int:
        """The bits of what is known of a person."""
        found = self._work if facts.all_work else 0
        for code in facts.all_holdings:
            found |= self._holdings.get(code, 0)
            if code.startswith(PREFIX):
                found |= self._education
        for name in facts.all_person:
            found |= self._person.get(name, 0)
        for clause in facts.judgements:
            found |= self._judgements.get(clause, 0)
        for held in facts.recognitions:
            found |= self._recognitions.get(held.target, 0)
        return found


class Hearing:
    """One person, one day, one set of compiled rules."""

    __slots__ = ("answers", "facts", "on", "present")

    def __init__(self, facts: Facts, on: date, present: int) -> None:
        self.facts = facts
        self.on = on
        self.present = present
        self.answers: dict[int, Answer] = {}
