"""One person's facts before the compiled rules on one day, and what the rules said so far.

Owns which facts are there at all, so that a clause that reads none of them need
not be asked, and what was answered, so that a clause that many rules share is
asked once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from portal.domain.dossier import Work
from portal.domain.rules.combination import mark_of
from portal.domain.rules.facts import Facts, Reads
from portal.domain.rules.predicates.education import PREFIX
from portal.domain.rules.results import ClauseResult

# A clause's result, its mark (see ``combination``), and the day it would break an all-of. The last
# differs from the day it lapses where the clause would cease to apply: an all-of does without it,
# an any-of loses a branch. A bare tuple, because it is made and taken apart for every clause.
Answer = tuple[ClauseResult, int, date | None]


class Hearing(NamedTuple):
    """One person, one day, one set of compiled rules: the facts that are there, and what was answered."""

    facts: Facts
    on: date
    present: int
    answers: dict[int, Answer]


def answer_of(result: ClauseResult, possible: int, breaks_on: date | None) -> Answer:
    """The answer of a clause that may come out so."""
    _, _, _, _, lapses_on, met_on, pending, owner, _, _ = result
    is_dated = not (breaks_on is None and lapses_on is None and met_on is None)
    return (result, mark_of(possible, owner, pending=pending, is_dated=is_dated), breaks_on)


class Docket:
    """Gives each fact that some clause reads a bit of its own."""

    def __init__(self) -> None:
        self._bits = 0
        self._listings: dict[int, int] = {}
        self._shelves: dict[str, dict[str, int]] = {name: {} for name in Reads._fields}
        self._education, self._management, self._work = (self._next_bit() for _ in range(3))

    def _next_bit(self) -> int:
        self._bits += 1
        return 1 << self._bits

    def listed(self, reads: Reads) -> int:
        """The bits of what a clause reads."""
        found = self._education if reads.education else 0
        found |= self._management if reads.management else 0
        found |= self._work if reads.work else 0
        for name, codes in zip(Reads._fields, reads, strict=True):
            if isinstance(codes, tuple):
                shelf = self._shelves[name]
                for code in codes:
                    if code not in shelf:
                        shelf[code] = self._next_bit()
                    found |= shelf[code]
        # Clauses that read the same share the number, which keeps the rulebook small in memory.
        return self._listings.setdefault(found, found)

    def present(self, facts: Facts) -> int:
        """The bits of what is known of a person."""
        shelves, found = self._shelves, 0
        holdings = shelves["qualifications"]
        for code in facts.all_holdings:
            found |= holdings.get(code, 0)
            if code.startswith(PREFIX):
                found |= self._education
        if facts.all_work:
            found |= self._of_work(facts.all_work)
        for shelf, names in (
            (shelves["person"], facts.all_person),
            (shelves["judgements"], facts.judgements),
        ):
            for name in names:
                found |= shelf.get(name, 0)
        for held in facts.recognitions:
            found |= shelves["recognitions"].get(held.target, 0)
        return found

    def _of_work(self, work: Iterable[Work]) -> int:
        functions, kinds = self._shelves["functions"], self._shelves["employer_kinds"]
        places, found = self._shelves["places"], self._work
        for period in work:
            for function in period.functions or ("",):
                found |= functions.get(function, 0)
            found |= kinds.get(period.employer_kind, 0) | places.get(period.place, 0)
            if period.manages:
                found |= self._management
        return found
