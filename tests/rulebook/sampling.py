"""A small rulebook without a fault, and how to spoil it in one place."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from portal.domain.rules.faults import Fault
from portal.rulebook.loader import faults_of, read

SAMPLES = Path(__file__).parent / "samples"
TODAY = date(2026, 11, 22)
TARGET = "hong_kong/bridge_keeper.toml"


def documents() -> dict[str, Any]:
    """The sample's files, fresh for each test."""
    return {
        path.relative_to(SAMPLES).as_posix(): tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(SAMPLES.rglob("*.toml"))
    }


def clause(spoilt: dict[str, Any], name: str) -> dict[str, Any]:
    """A clause of the sample's first version."""
    found: dict[str, Any] = next(c for c in version(spoilt)["clause"] if c["id"] == name)
    return found


def version(spoilt: dict[str, Any], number: int = 0) -> dict[str, Any]:
    """A version of the sample's target."""
    found: dict[str, Any] = spoilt[TARGET]["version"][number]
    return found


def faults_after(
    spoil: Callable[[dict[str, Any]], object], *, on: date | None = None, ledger: Any = None
) -> tuple[Fault, ...]:
    """Every fault of the sample after spoiling it."""
    spoilt = copy.deepcopy(documents())
    spoil(spoilt)
    rulebook, reading = read(spoilt, ledger=ledger)
    return faults_of(rulebook, reading, on=on)
