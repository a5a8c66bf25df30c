"""The catalogue of qualifications as a person meets it: searching it, browsing it, naming an entry.

Owns which entries a person can register by themselves. It must not know credentials.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from portal.adapters.catalogue_search import index_of
from portal.domain.errors import NotFound
from portal.domain.rules.catalogue import Qualification
from portal.domain.search import Found
from portal.services.house import House

# Completions of this portal's own programmes: a programme states them, nobody declares them.
BY_PROGRAMME_ONLY: Final = "bridging."


def qualification_named(house: House, code: str) -> Qualification:
    """An entry of the catalogue; refuses an unknown code as a page that does not exist."""
    found = house.rulebook.qualifications.get(code)
    if found is None:
        raise NotFound("qualification.not_found")
    return found


def qualification_to_register(house: House, code: str) -> Qualification:
    """An entry that a person can declare; a programme's completion is none."""
    if code.startswith(BY_PROGRAMME_ONLY):
        raise NotFound("qualification.not_found")
    return qualification_named(house, code)


def search_catalogue(house: House, typed: str) -> Found:
    """Find what a person typed among what they can register."""
    return index_of(house.rulebook.digest, _registrable(house)).search(typed)


def entries_by_authority(house: House) -> Mapping[str, Sequence[Qualification]]:
    """The whole catalogue, by the body that awards, in the order of the rulebook."""
    found: dict[str, list[Qualification]] = {}
    for entry in _registrable(house).values():
        found.setdefault(entry.authority, []).append(entry)
    return found


def _registrable(house: House) -> Mapping[str, Qualification]:
    return {
        code: entry
        for code, entry in house.rulebook.qualifications.items()
        if not code.startswith(BY_PROGRAMME_ONLY)
    }
