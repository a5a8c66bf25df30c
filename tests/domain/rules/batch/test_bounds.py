"""The margin within which whole days do not tell how many months there are."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from portal.domain.dossier import Dossier, Work
from portal.domain.rules.batch.bits import all_of
from portal.domain.rules.batch.bounds import MARGIN, THIRTIETHS_A_DAY, covered, reach_in, told
from portal.domain.rules.batch.days import thirtieths_between
from portal.domain.rules.batch.layout import Layout
from portal.domain.rules.batch.outcomes import kept_for, outcomes
from portal.domain.rules.batch.register import register_of
from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.vocabulary import Basis, Outcome
from tests.domain.rules.batch.chance import dossiers
from tests.domain.rules.batch.reading import outcomes_of
from tests.domain.rules.making import TODAY, leaf, target, version


def test_no_stretch_of_work_counts_more_or_less_than_the_margin_allows() -> None:
    """Every length up to a century from some day of any year, and every day of four years for some lengths."""
    chance = np.random.default_rng(22)
    first, last = date(1900, 1, 1).toordinal(), date(2100, 1, 1).toordinal()
    lengths = np.arange(1, 36_500, dtype=np.int32).repeat(10)
    begins = chance.integers(first, last, len(lengths), dtype=np.int32)
    four_years = np.arange(date(2023, 1, 1).toordinal(), date(2027, 1, 1).toordinal(), dtype=np.int32)
    for start, length in [(begins, lengths), *((four_years, np.int32(n)) for n in range(1, 800))]:
        beside = thirtieths_between(start, start + length) - length * THIRTIETHS_A_DAY

        assert beside.max() <= MARGIN
        assert beside.min() - THIRTIETHS_A_DAY >= -MARGIN, "with the last day left out"


@settings(max_examples=60, deadline=None)
@given(st.lists(dossiers(), min_size=1, max_size=5), st.sampled_from([1, 12, 36]))
def test_what_days_tell_for_certain_is_what_is_so(people: list[Dossier], months: int) -> None:
    register = register_of((str(place), person) for place, person in enumerate(people))
    layout = register.work.layout
    everything = all_of(layout.size)
    reach = reach_in(layout, 0, TODAY.toordinal())
    found = told(layout, covered(layout, reach, everything, everything & layout.verified), months * 30)
    asked = target(version(leaf("it", "experience_at_least", months=months)))

    for place, person in enumerate(layout.people.tolist()):
        outcome = evaluate(asked, people[person], on=TODAY, basis=Basis.VERIFIED).outcome
        if found.surely[place]:
            assert outcome is Outcome.MET
        elif not found.close[place]:
            assert outcome is (Outcome.UNDETERMINED if found.possibly[place] else Outcome.NOT_MET)


@pytest.mark.parametrize("days", range(-12, 13))
def test_the_very_day_is_told_exactly(days: int) -> None:
    begun = date(2023, 11, 22) + timedelta(days=days)
    person = Dossier(work=(Work("1", ("other",), "hk-other", "hk", begun, verified=True),))
    asked = target(version(leaf("it", "experience_at_least", months=36)))
    register = register_of([("one", person)])

    found = outcomes_of(outcomes([asked], kept_for(register, on=TODAY))["hk.sample"], 1)

    assert found == [evaluate(asked, person, on=TODAY, basis=Basis.VERIFIED).outcome]


def test_work_from_before_anybodys_memory_is_counted_too() -> None:
    person = Dossier(work=(Work("1", ("other",), "hk-other", "hk", date(1850, 1, 1), verified=True),))
    layout = Layout(register_of([("one", person)]).work)

    found = reach_in(layout, 0, TODAY.toordinal())

    assert found.until.dtype == np.int32
    assert (found.until - found.begins).tolist() == [TODAY.toordinal() - date(1850, 1, 1).toordinal()]
