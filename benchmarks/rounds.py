"""Measuring two ways of doing one thing: alternating rounds, medians, CPU time, and the noise."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time


@dataclass(frozen=True)
class Measured:
    """Seconds of CPU a piece of work took, round by round."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def spread(self) -> float:
        """How far the rounds lie apart, as a part of the median: the noise of the machine."""
        return (max(self.seconds) - min(self.seconds)) / self.median


def alternating(
    *works: Callable[[], object], rounds: int, times: int = 1, before: Callable[[], object] = gc.collect
) -> list[Measured]:
    """Run each piece of work in turn, so that a busy machine is busy for all of them alike."""
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, found in zip(works, seconds, strict=True):
            before()
            begun = process_time()
            for _ in range(times):
                work()
            found.append((process_time() - begun) / times)
    return [Measured(tuple(found)) for found in seconds]
