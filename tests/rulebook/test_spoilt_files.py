"""A file spoilt anywhere is refused with faults; the reader itself never falls over."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from portal.domain.dossier import Dossier
from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.faults import Severity
from portal.rulebook.loader import Rulebook, compiled, faults_of, read
from tests.rulebook.sampling import documents

JUNK: tuple[Any, ...] = ("", "junk", 7, True, 1.5, [], ["x"], [7], {}, {"x": 1}, [{}], date(2020, 1, 1))
Path = tuple[str | int, ...]


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """The way to every value inside a document."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield from places(below, (*path, key))


def spoilt(path: Path, junk: Any) -> dict[str, Any]:
    whole = copy.deepcopy(documents())
    *way, last = path
    value: Any = whole
    for key in way:
        value = value[key]
    value[last] = junk
    return whole


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk_in_any_place_is_read_without_falling_over(junk: Any) -> None:
    for path in places(documents()):
        if len(path) > 1:
            rulebook, reading = read(spoilt(path, junk))
            faults = faults_of(rulebook, reading, on=date(2026, 11, 22))
            if all(fault.severity is not Severity.BROKEN for fault in faults):
                _use(compiled(rulebook))


def _use(rulebook: Rulebook) -> None:
    """What the lint lets through can be asked."""
    for target in rulebook.targets.values():
        for version in target.ruleset.versions:
            evaluate(target, Dossier(), on=version.in_force_from)
