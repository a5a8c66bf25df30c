"""The catalogue of qualifications as a person meets it: searching it, browsing it, naming an entry.

Owns which entries a person can register by themselves. It must not know credentials.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from portal.domain.credentials import Kind
from portal.domain.errors import NotFound
from portal.domain.rules.catalogue import Qualification
from portal.domain.search import Found
from portal.services.house import House

# Completions of this portal's own programmes: a programme states them, nobody declares them.
BY_PROGRAMME_ONLY: Final = "bridging."
# The key under which a catalogue entry names what its provisional proof is exchanged for.
PROVISIONAL_FOR: Final = "provisional_for"


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


def is_registrable(house: House, code: str) -> bool:
    """True of an entry that a person can declare."""
    return code in _registrable(house)


def papers_beside(house: House, code: str) -> Sequence[Qualification]:
    """The examination papers of the family a paper belongs to, itself among them; empty for a single one.

    People sit papers of one examination in rows, and register them in one go.
    """
    family = code.rpartition(".")[0]
    found = [
        entry
        for entry in _registrable(house).values()
        if entry.kind == Kind.EXAM_PAPER and entry.code.rpartition(".")[0] == family
    ]
    return found if len(found) > 1 else ()


def provisional_for(house: House, code: str) -> str | None:
    """The qualification a provisional proof is exchanged for, where the catalogue has both."""
    entry = house.rulebook.qualifications.get(code)
    final = entry.more.get(PROVISIONAL_FOR) if entry is not None else None
    return str(final) if final in house.rulebook.qualifications else None


def search_catalogue(house: House, typed: str) -> Found:
    """Find what a person typed among what they can register."""
    book = house.rulebook
    index = house.catalogue_indexes.index_of(
        "registrable",
        digest=book.digest,
        entries=lambda: _registrable(house),
        authorities=book.authorities,
    )
    return index.search(typed)


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
