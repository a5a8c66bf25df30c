"""Measure everything and write ``RESULTS.md``: ``./run bench``, or ``--people 20000`` for a quick look."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from benchmarks.people import TODAY
from benchmarks.rows import SAMPLE, Row, Workload, all_for_one, one_explained, whole_register
from portal.rulebook.loader import load

RESULTS = Path(__file__).parent / "RESULTS.md"
PEERS = ("openfisca-core", "datalogic-py", "numpy")


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    busy_before = os.getloadavg()[0]
    work = Workload(load(), given.people, max(given.rounds, 5))
    rows = [*one_explained(work), *all_for_one(work), *whole_register(work)]
    text = "\n".join(_report(work, rows, busy_before))
    RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _report(work: Workload, rows: Iterable[Row], busy_before: float) -> Iterable[str]:
    clauses = sum(len(one.clauses) for one in work.versions.values())
    versions = ", ".join(f"{name} {version(name)}" for name in PEERS)
    yield "# Measured\n"
    yield "| what | goal | measured | | noise |"
    yield "|---|---|---|---|---|"
    for row in rows:
        verdict = "met" if row.met else "**short**"
        yield f"| {row.what} | {row.goal} | {row.figure} | {verdict} | {row.noise:.0%} |"
    yield ""
    yield (
        f"{len(work.targets)} shipped targets with {clauses} clauses, asked for {TODAY.isoformat()} on verified "
        f"facts; {SAMPLE} people by chance for the explained rows, {work.size:,} for the register."
    )
    yield (
        f"CPU time, ratios of medians over {work.rounds} alternating rounds. Noise is the widest distance between "
        f"two rounds as a part of their median. Load of the machine ({os.cpu_count()} cores) at the "
        f"start: {busy_before:.1f}, at the end: {os.getloadavg()[0]:.1f}."
    )
    yield f"Python {platform.python_version()}, {versions}. Answers were compared first, and were the same."
    yield (
        "\nThe peers are spared the reading of facts: they are given the answers of the leaves, and the building of "
        "their input from packed bits is NumPy’s. datalogic-py has no third value, so a rule is written for it as "
        "“surely met”, which repeats clauses; its trace is taken as the text the engine gives. OpenFisca has one "
        "variable for each row of bits of each clause. The register’s layouts, which depend on no day and no rule, "
        "are made before the rounds; the memory row counts them."
    )
    yield ""


if __name__ == "__main__":
    main()
