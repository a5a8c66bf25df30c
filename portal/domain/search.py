"""What a search of the catalogue gives: hits, how sure each is, and the question to ask back.

Owns the shapes and the rule that a guess is never taken for an answer. How words are compared is
an adapter's affair (``portal/adapters/catalogue_search.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from portal.domain.rules.catalogue import Qualification
from portal.domain.texts import Text

LONGEST_QUERY: Final = 100
MOST_HITS: Final = 20
MOST_GUESSES: Final = 5


class Certainty(StrEnum):
    """How a hit was found."""

    NAMED = "named"
    CONTAINED = "contained"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Parting:
    """Where what was typed and a name part; one of the two is empty when the other has something more.

    建築師 is not 建造师: the parting is 築 where the name has 造.
    """

    typed: str
    instead: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry of the catalogue; ``closeness`` (0 to 100) orders hits of one certainty.

    ``name`` is the name that was nearest, ``former`` says that it is one no longer given, and
    ``partings`` where a guess differs from it.
    """

    code: str
    certainty: Certainty
    closeness: float = 100.0
    name: str = ""
    former: bool = False
    partings: tuple[Parting, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search.

    ``hits`` hold every word typed; ``guesses`` are near to it and only offered when there is no
    hit; ``question`` is asked when the words typed are a name of several things. ``by`` says by
    which name each entry was found.
    """

    hits: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    question: Text | None = None
    is_ambiguous: bool = False
    more: int = 0
    by: Mapping[str, Hit] = field(default_factory=dict)


def found_among(hits: Iterable[Hit], catalogue: Mapping[str, Qualification]) -> Found:
    """Sort hits into an answer; the best first, guesses only where nothing was found."""
    places = {code: place for place, code in enumerate(catalogue)}
    ordered = sorted(hits, key=lambda hit: (*_rank(hit), places[hit.code]))
    by = {hit.code: hit for hit in ordered}
    sure = [hit for hit in ordered if hit.certainty is not Certainty.GUESSED]
    if not sure:
        return Found(guesses=tuple(hit.code for hit in ordered[:MOST_GUESSES]), by=by)
    named = [hit.code for hit in sure if hit.certainty is Certainty.NAMED]
    is_ambiguous = len(named) > 1
    questions = [catalogue[code].ask for code in named] if is_ambiguous else []
    return Found(
        hits=tuple(hit.code for hit in sure[:MOST_HITS]),
        question=next((ask for ask in questions if ask is not None), None),
        is_ambiguous=is_ambiguous,
        more=max(0, len(sure) - MOST_HITS),
        by=by,
    )


def _rank(hit: Hit) -> tuple[int, float]:
    return (list(Certainty).index(hit.certainty), -round(hit.closeness, 3))
