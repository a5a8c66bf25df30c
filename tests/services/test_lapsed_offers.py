"""The round that releases offers nobody took up."""

from __future__ import annotations

from portal.adapters.clock import SettableClock
from portal.services.house import House
from portal.services.lapsed_offers import pass_on_lapsed_offers
from tests.builders.programmes import a_cohort, a_day_later, a_programme, a_stranger, ask, fill


def test_the_round_passes_on_what_lapsed_in_every_cohort(house: House, clock: SettableClock) -> None:
    programme = a_programme(house)
    cohorts = [a_cohort(house, places=1, programme=programme, code=code) for code in ("one", "two")]
    silent = [*fill(house, cohorts[0]), ask(house, cohorts[1], a_stranger(house, "silent"))]
    patient = [ask(house, cohort, a_stranger(house, f"patient{cohort.code}")) for cohort in cohorts]
    assert pass_on_lapsed_offers(house) == 0
    a_day_later(clock, days=8)
    assert pass_on_lapsed_offers(house) == 2
    assert {each.state.value for each in silent} == {"withdrawn"}
    assert {each.state.value for each in patient} == {"offered"}
    assert pass_on_lapsed_offers(house) == 0
