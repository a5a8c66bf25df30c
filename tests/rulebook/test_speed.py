"""One explained evaluation is quick enough to ask for every target on every page.

A busy machine makes everything slower, so nothing here is held against the clock: an evaluation is
measured in turns of a small fixed piece of Python, run beside it, and only the best run of each counts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from statistics import mean, median
from time import process_time

import pytest

from portal.domain.dossier import Dossier, Work
from portal.domain.rules.catalogue import WorkedCase
from portal.domain.rules.evaluation import evaluate, evaluate_facts
from portal.domain.rules.facts import read_facts
from portal.domain.rules.rulesets import Target
from portal.domain.rules.spelling import Speller
from portal.domain.rules.vocabulary import Basis
from portal.rulebook.loader import load

RULEBOOK = load()
FIRST_CASES = {case.target: case for case in reversed(RULEBOOK.cases)}
# In turns of the yardstick, each about twenty microseconds on an idle machine.
ONE_CASE = 18.0
CASES_ON_AVERAGE = 3.5
ALL_FOR_ONE = 150.0


def yardstick() -> int:
    """The kind of work an evaluation is: tables looked up, tuples made and taken apart."""
    found: dict[int, tuple[int, str]] = {}
    for number in range(200):
        place, word = found.get(number % 17, (number, "word"))
        found[number % 23] = (place + 1, word)
    return len(found)


def in_yardsticks(work: Callable[[], object], *, times: int = 12) -> float:
    """How many turns of the yardstick a piece of work takes, each at its best."""
    pairs = [(_seconds(work), _seconds(yardstick)) for _ in range(times)]
    return min(mine for mine, _ in pairs) / min(turn for _, turn in pairs)


def _seconds(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return process_time() - begun


def asking(target_id: str, dossier: Dossier, on: date) -> Callable[[], object]:
    target = RULEBOOK.targets[target_id]
    return lambda: evaluate(target, dossier, on=on, basis=Basis.VERIFIED)


@cache
def cost_of(target_id: str) -> float:
    case = FIRST_CASES[target_id]
    return in_yardsticks(asking(target_id, case.dossier, case.on))


def in_force(on: date) -> list[Target]:
    bounds = [(t, t.ruleset.versions[0], t.ruleset.versions[-1]) for t in RULEBOOK.targets.values()]
    return [t for t, old, new in bounds if old.in_force_from <= on <= (new.in_force_until or on)]


def test_the_yardstick_tells_twice_the_work_from_once() -> None:
    assert 1.6 < in_yardsticks(lambda: (yardstick(), yardstick()), times=40) < 2.6


@pytest.mark.parametrize("target_id", FIRST_CASES)
def test_no_target_is_dear(target_id: str) -> None:
    assert cost_of(target_id) < ONE_CASE


def test_a_target_is_cheap_on_average() -> None:
    assert mean(map(cost_of, FIRST_CASES)) < CASES_ON_AVERAGE


@pytest.mark.parametrize(
    "work",
    [
        Work("gap", ("tax",), "", "hk", date(2024, 1, 31), date(2025, 5, 31)),
        Work("long", ("tax",), "", "hk", date(2019, 1, 7)),
        Work("whole", ("tax",), "", "hk", date(2023, 11, 23)),
    ],
    ids=lambda work: work.id,
)
def test_a_count_as_long_as_its_window_is_not_walked_through(work: Work) -> None:
    """“Three consecutive years”: month after month adds as much as it takes away."""
    later = Work("later", ("tax",), "", "hk", date(2025, 7, 1))
    case = FIRST_CASES["sz.qianhai.tax-filing"]
    dossier = Dossier(case.dossier.holdings, (work, later), case.dossier.facts)

    assert in_yardsticks(asking(case.target, dossier, case.on)) < ONE_CASE


def all_for_one(speller: Speller, case: WorkedCase) -> str:
    facts = read_facts(case.dossier, basis=Basis.VERIFIED)
    return speller.spell([evaluate_facts(target, facts, on=case.on) for target in in_force(case.on)])


def test_all_targets_for_one_person_are_explained_and_written_quickly() -> None:
    speller = Speller(RULEBOOK.targets.values())
    costs = [in_yardsticks(lambda c=case: all_for_one(speller, c)) for case in RULEBOOK.cases[:12]]  # type: ignore[misc]

    assert median(costs) < ALL_FOR_ONE
