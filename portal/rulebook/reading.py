"""Reading one table of a rulebook file, value by value, and saying what is wrong with it.

Owns the types a file may hold. It collects faults instead of stopping at the
first, so that an editor sees all of them at once. It must not know which
clause means what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from portal.domain.rules.clauses import Value
from portal.domain.rules.faults import Fault, Place, Severity
from portal.domain.texts import LANGUAGE_KEYS, Text

Table = Mapping[str, object]
_MISSING: Final = Text("", "", "")


class Reader:
    """Reads the values of one table; ``faults`` is shared by all tables of a rulebook."""

    def __init__(self, table: Table, place: Place, faults: list[Fault]) -> None:
        self.table = table
        self.place = place
        self.faults = faults

    def fault(self, code: str, message: str, remedy: str) -> None:
        """Note something that makes the file unreadable."""
        self.faults.append(Fault(code, self.place, message, remedy, Severity.BROKEN))

    def at(self, table: object, *, clause: str | None = None, version: str | None = None) -> Reader:
        """A reader for a table inside this one."""
        place = Place(self.place.file, version or self.place.version, clause or self.place.clause)
        inner = table if isinstance(table, Mapping) else {}
        if not isinstance(table, Mapping):
            self.fault("shape.table", f"Expected a table, found {_kind(table)}.", "Write a table.")
        return Reader(inner, place, self.faults)

    def tables(self, name: str) -> list[Table]:
        """The ``[[name]]`` tables; none when the file has none."""
        found = self.table.get(name, [])
        if isinstance(found, list) and all(isinstance(entry, Mapping) for entry in found):
            return found
        self.fault("shape.tables", f"“{name}” must be a list of tables.", f"Write [[{name}]].")
        return []

    def string(self, name: str, *, required: bool = True) -> str:
        """A text of one language, such as a code; empty when it is missing."""
        value = self.table.get(name)
        if isinstance(value, str) and value:
            return value
        if value is not None or required:
            self.fault("shape.string", f"“{name}” must be a text, found {_kind(value)}.", f"Give “{name}”.")
        return ""

    def text(self, name: str) -> Text:
        """A text in three languages."""
        return self.optional_text(name) or self._missing_text(name)

    def optional_text(self, name: str) -> Text | None:
        """A text in three languages, or none when the table has no such key."""
        return self.as_text(name, self.table[name]) if name in self.table else None

    def as_text(self, name: str, value: object) -> Text:
        """Read a value as a text in three languages."""
        if not isinstance(value, Mapping):
            return self._missing_text(name)
        lacking = [key for key in LANGUAGE_KEYS if not _is_words(value.get(key))]
        surplus = sorted(set(value) - set(LANGUAGE_KEYS))
        if lacking:
            self.fault(
                "text.language_missing",
                f"“{name}” has no {', '.join(lacking)}.",
                "Give en, zh_hant and zh_hans, each in its own words.",
            )
        if surplus:
            self.fault("text.key_unknown", f"“{name}” has {surplus}.", "Keep the three languages.")
        return Text(*(str(value.get(key, "")) for key in LANGUAGE_KEYS))

    def words(self, name: str) -> Text:
        """A proper name: one text for all languages, or one for each."""
        value = self.table.get(name)
        if isinstance(value, str) and value:
            return Text(value, value, value)
        return self.text(name)

    def day(self, name: str) -> date:
        """A day; the first day there is when it is missing."""
        found = self.optional_day(name)
        if found is None and name not in self.table:
            self.fault("shape.day", f"“{name}” is missing.", f"Give “{name}” as YYYY-MM-DD.")
        return found or date.min

    def optional_day(self, name: str) -> date | None:
        """A day, or none when the table has no such key."""
        value = self.table.get(name)
        if value is None:
            return None
        found = as_day(value)
        if found is None:
            self.fault("shape.day", f"“{name}” must be a day, found {_kind(value)}.", "YYYY-MM-DD.")
        return found

    def codes(self, name: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of codes; empty when the table has no such key."""
        value = self.table.get(name)
        if value is None and not required:
            return ()
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.fault("shape.codes", f"“{name}” must be a list of texts.", f'Write {name} = ["..."].')
        return ()

    def flag(self, name: str, *, default: bool) -> bool:
        """Yes or no."""
        value = self.table.get(name, default)
        if not isinstance(value, bool):
            self.fault("shape.flag", f"“{name}” must be true or false.", "Write true or false.")
        return value is True

    def only(self, known: Iterable[str]) -> None:
        """Refuse keys nobody reads: they are typing errors."""
        for name in sorted(set(self.table) - set(known)):
            self.fault("shape.key_unknown", f"“{name}” is not a key here.", "Remove or correct it.")

    def rest(self, known: Iterable[str]) -> dict[str, object]:
        """What the table says beyond the keys already read."""
        return {name: self.table[name] for name in sorted(set(self.table) - set(known))}

    def _missing_text(self, name: str) -> Text:
        self.fault(
            "text.missing",
            f"“{name}” must be a text in three languages.",
            f"Write {name} = {{ en = …, zh_hant = …, zh_hans = … }}.",
        )
        return _MISSING


def as_day(value: object) -> date | None:
    """A TOML day, or the ISO text it becomes in JSON; none for anything else."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def freeze(value: object) -> Value:
    """Turn lists into tuples and three-language tables into texts, all the way down."""
    if isinstance(value, Mapping):
        if set(value) == set(LANGUAGE_KEYS):
            return Text.from_json(value)
        # Which shapes a parameter may have is the lint's business, not the type checker's.
        return {str(key): freeze(inner) for key, inner in value.items()}  # type: ignore[return-value]
    if isinstance(value, list):
        return tuple(freeze(inner) for inner in value)  # type: ignore[return-value]
    return value  # type: ignore[return-value]


def _is_words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _kind(value: object) -> str:
    return "nothing" if value is None else f"{value!r}"
