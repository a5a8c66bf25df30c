"""What people believe or ask about a requirement, and the answer the sources give.

Owns the entries, where each one is shown, and what makes one unfit to show. It must not know pages;
an answer decides nothing: only clauses do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from portal.domain.rules.catalogue import Source, Track
from portal.domain.rules.faults import Fault, Place
from portal.domain.rules.rulesets import Target
from portal.domain.texts import Text


@dataclass(frozen=True, slots=True)
class Answer:
    """One question as people put it, answered.

    ``about`` holds ids of targets, or of families by the beginning of their ids. With neither
    ``about`` nor ``tracks`` it is about every requirement. ``to_read`` names what would settle what
    no source does. An answer of ``ours`` is about the portal itself and rests on no source.
    """

    id: str
    question: Text
    answer: Text
    about: tuple[str, ...]
    tracks: tuple[str, ...]
    cites: tuple[str, ...]
    to_read: Text | None
    ours: bool
    origin: str

    @property
    def is_general(self) -> bool:
        """True for an answer that belongs to no requirement in particular."""
        return not self.about and not self.tracks

    def concerns(self, target: str) -> bool:
        """True when the answer is shown with that target."""
        return any(_covers(name, target) for name in self.about)


class Book(Protocol):
    """The parts of a rulebook that answers refer to."""

    @property
    def answers(self) -> Mapping[str, Answer]: ...
    @property
    def targets(self) -> Mapping[str, Target]: ...
    @property
    def tracks(self) -> Mapping[str, Track]: ...
    @property
    def sources(self) -> Mapping[str, Source]: ...


def answers_with_target(book: Book, target: str) -> tuple[Answer, ...]:
    """The answers shown with one target, in the order of the file."""
    return tuple(each for each in book.answers.values() if each.concerns(target))


def answers_with_track(book: Book, track: str) -> tuple[Answer, ...]:
    """The answers about a track as a whole, in the order of the file."""
    return tuple(each for each in book.answers.values() if track in each.tracks)


def answer_faults(book: Book) -> Iterable[Fault]:
    """Refuse an answer that rests on nothing, or that points at what does not exist."""
    for answer in book.answers.values():
        place = Place(answer.origin, clause=answer.id)
        for code, message in _unknown_names(answer, book):
            yield Fault(code, place, message, "Correct the id, or add what it names.")
        if not (answer.cites or answer.to_read or answer.ours):
            yield Fault(
                "answer.rests_on_nothing",
                place,
                "The answer cites no source.",
                "Cite one, or say in “to_read” what would settle it.",
            )


def _unknown_names(answer: Answer, book: Book) -> Iterable[tuple[str, str]]:
    for source in set(answer.cites) - set(book.sources):
        yield "source.unknown", f"There is no source “{source}”."
    for track in set(answer.tracks) - set(book.tracks):
        yield "track.unknown", f"There is no track “{track}”."
    for name in answer.about:
        if not any(_covers(name, target) for target in book.targets):
            yield "target.unknown", f"No target’s id begins with “{name}”."


def _covers(name: str, target: str) -> bool:
    return target == name or target.startswith(f"{name}.")
