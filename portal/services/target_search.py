"""Finding targets by what people call them, and by the names of what their rules ask for.

Owns under which names a target is searched; how near a name is to what was typed is the search's
affair. It must not know people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portal.domain.rules.catalogue import Qualification
from portal.domain.rules.rulesets import Target
from portal.domain.texts import Text
from portal.rulebook.loader import Rulebook
from portal.services.catalogue import search_catalogue
from portal.services.house import House
from portal.services.reading import named_in


@dataclass(frozen=True, slots=True)
class FoundTargets:
    """The answer to a search among targets.

    ``named`` are called so; ``naming`` ask for something called so, each with the codes of what they
    name; ``guesses`` are only near. ``question`` is asked when what was typed is a name of several things.
    """

    named: tuple[str, ...] = ()
    more: int = 0
    naming: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    guesses: tuple[str, ...] = ()
    question: Text | None = None


def search_targets(house: House, typed: str) -> FoundTargets:
    """Find targets by their own names, and by the names of what their rules ask for."""
    book = house.rulebook
    index = house.catalogue_indexes.index_of(
        "targets",
        digest=book.digest,
        entries=lambda: {target.id: _as_entry(target, book) for target in book.targets.values()},
        # A target goes by its authority's names already.
        authorities={},
    )
    by_name = index.search(typed)
    asked_for = search_catalogue(house, typed)
    naming: dict[str, tuple[str, ...]] = {}
    for target in book.targets.values():
        named = set(named_in(target.ruleset.versions[-1]))
        shared = tuple(code for code in asked_for.hits if code in named)
        if shared and target.id not in by_name.hits:
            naming[target.id] = shared
    return FoundTargets(
        named=by_name.hits,
        more=by_name.more,
        naming=naming,
        # A name the catalogue knows was typed well: what only looks like it is something else.
        guesses=() if asked_for.hits else by_name.guesses,
        question=asked_for.question,
    )


def _as_entry(target: Target, rulebook: Rulebook) -> Qualification:
    """A target as the catalogue's search reads it: its title, and every name it goes by."""
    return Qualification(
        code=target.id,
        kind="target",
        jurisdiction=target.jurisdiction.value,
        authority=target.authority,
        title=target.title,
        abbreviations=tuple(_names_of(target, rulebook)),
        attributes=(),
        ask=None,
        origin=target.origin,
    )


def _names_of(target: Target, rulebook: Rulebook) -> Iterable[str]:
    """What people call a target: by its authority, its tracks, and the qualification of the same name."""
    authority = rulebook.authorities[target.authority]
    texts = [authority.title, authority.short, rulebook.vocabulary["recognition_kinds"][target.recognition]]
    texts += [track.title for track in rulebook.tracks.values() if target.id in (*track.hk, *track.sz)]
    for text in texts:
        if text is not None:
            yield from (text.en, text.zh_hant, text.zh_hans)
    for entry in rulebook.qualifications.values():
        if entry.authority == target.authority and _same_name(entry.title.en, target.title.en):
            yield from entry.abbreviations


def _same_name(one: str, other: str) -> bool:
    """Equal, or one goes on where the other ends: “…, HKIB”."""
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and not longer[len(shorter) : len(shorter) + 1].isalnum()
