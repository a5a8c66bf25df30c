"""The ledger: digests of the versions people were already judged by.

Owns what a version's digest covers (its text and its instance's values) and how
the ledger file is written. It must not decide whether a change is right.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from portal.domain.rules.rulesets import Target
from portal.rulebook.reading import Table, as_day

_HEADING = (
    "# Digests of every version that is in force or past, made by `rules seal`.\n"
    "# A sealed version is history: people were judged by it. Write a new version instead.\n\n"
)


def version_digests(
    documents: Mapping[str, Table], targets: Mapping[str, Target]
) -> dict[str, tuple[str, date, str]]:
    """For each ``<target>@<first day>``: the digest, the first day, and the file."""
    found: dict[str, tuple[str, date, str]] = {}
    for target in targets.values():
        document = documents[target.origin]
        values = _values(document, target.instance)
        for version in _tables(document, "version"):
            begins = as_day(version.get("in_force_from"))
            if begins is not None:
                spelt = json.dumps([version, values], ensure_ascii=False, sort_keys=True)
                digest = hashlib.sha256(spelt.encode()).hexdigest()
                found[f"{target.id}@{begins.isoformat()}"] = (digest, begins, target.origin)
    return found


def sealed_text(digests: Mapping[str, tuple[str, date, str]], *, on: date) -> str:
    """The ledger file with every version in force on a day or before."""
    lines = [
        f'"{name}" = "{digest}"\n' for name, (digest, begins, _) in sorted(digests.items()) if begins <= on
    ]
    return f"{_HEADING}[sealed]\n{''.join(lines)}"


def _values(document: Table, instance: str | None) -> object:
    for table in _tables(document, "instance"):
        if table.get("id") == instance:
            return table.get("values", {})
    return {}


def _tables(document: Table, name: str) -> list[Table]:
    found = document.get(name)
    return [t for t in found if isinstance(t, Mapping)] if isinstance(found, list) else []
