"""The translations, read straight from the catalogue files of every room.

Owns the finding, reading and joining of ``portal/translations/<locale>/
LC_MESSAGES/*.po`` into one gettext catalogue a language. Rooms keep their own
files, so the same sentence may stand in two of them: it must then read the
same in both, or the portal does not start. It must not know requests.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from portal.wording.languages import Language

TRANSLATIONS: Final = Path(__file__).resolve().parent.parent / "translations"


class CatalogueError(Exception):
    """Two rooms translate one sentence differently; says which, and where."""


def catalogue_files(language: Language, folder: Path = TRANSLATIONS) -> list[Path]:
    """List a language's catalogue files, one a room, in a steady order."""
    return sorted((folder / language.locale / "LC_MESSAGES").glob("*.po"))


def read_catalogue(path: Path, language: Language) -> Catalog:
    """Read one room's file, refusing text that is not well-formed."""
    with path.open("rb") as file:
        return read_po(file, locale=language.locale, abort_invalid=True)


def join_catalogues(files: Iterable[Path], language: Language) -> Catalog:
    """Join the rooms' files into one catalogue.

    Refuses with ``CatalogueError`` when two rooms disagree on a sentence,
    because which of the two a reader saw would depend on the order of names.
    """
    joined = Catalog(locale=language.locale)
    home: dict[tuple[str, str | None], tuple[Path, Message]] = {}
    conflicts: list[str] = []
    for path in files:
        for message in read_catalogue(path, language):
            if not message.id:
                continue
            key = (str(message.id), message.context)
            earlier = home.setdefault(key, (path, message))
            if earlier[1].string != message.string:
                conflicts.append(_conflict(message, earlier[0], path))
            elif not message.fuzzy:
                joined.add(message.id, message.string, context=message.context)
    if conflicts:
        raise CatalogueError("\n".join(conflicts))
    return joined


def _conflict(message: Message, first: Path, second: Path) -> str:
    return (
        f"{first.parent.parent.name}: {message.id!r} is translated one way in {first.name} "
        f"and another way in {second.name}; make them say the same"
    )


def translations_from(catalogue: Catalog) -> Translations:
    """Turn a joined catalogue into the object gettext looks sentences up in."""
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


@cache
def translations_for(language: Language) -> Translations:
    """Give the translations of a language, read once and kept.

    English is the source, and its sentences stand for themselves; the files it
    has put plainer words in place of what frameworks say.
    """
    return translations_from(join_catalogues(catalogue_files(language), language))
