"""What a search of the catalogue gives: hits, how sure each is, and the question to ask back.

Owns the shapes and the rule that a guess is never taken for an answer. How words are compared is
an adapter's affair (``portal/adapters/catalogue_search.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
class Hit:
    """One entry of the catalogue; ``closeness`` (0 to 100) orders hits of one certainty."""

    code: str
    certainty: Certainty
    closeness: float = 100.0


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search.

    ``hits`` hold every word typed; ``guesses`` are near to it and only offered when there is no
    hit; ``question`` is asked when the words typed are a name of several things.
    """

    hits: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    question: Text | None = None
    is_ambiguous: bool = False
    more: int = 0


def found_among(hits: Iterable[Hit], catalogue: Mapping[str, Qualification]) -> Found:
    """Sort hits into an answer; the best first, guesses only where nothing was found."""
    ordered = sorted(hits, key=_order)
    sure = [hit for hit in ordered if hit.certainty is not Certainty.GUESSED]
    if not sure:
        return Found(guesses=tuple(hit.code for hit in ordered[:MOST_GUESSES]))
    named = [hit.code for hit in sure if hit.certainty is Certainty.NAMED]
    questions = [catalogue[code].ask for code in named]
    question = next((ask for ask in questions if ask is not None), None)
    return Found(
        hits=tuple(hit.code for hit in sure[:MOST_HITS]),
        question=question,
        is_ambiguous=question is not None or len(named) > 1,
        more=max(0, len(sure) - MOST_HITS),
    )


def _order(hit: Hit) -> tuple[int, float, str]:
    return (list(Certainty).index(hit.certainty), -hit.closeness, hit.code)
