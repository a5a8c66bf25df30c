"""Which open requirements a bridging module prepares for."""

from __future__ import annotations

from portal.services.house import House
from portal.services.preparation import open_requirements_by_award
from tests.builders.decisions import a_file, describe
from tests.cast import actor_for, seat

SECURITIES = "bridging.dual-qualification.hong-kong-securities-regulation"
BANKING = "bridging.dual-qualification.mainland-banking-law"


def prepared(house: House, award: str) -> set[str]:
    """The targets whose open requirements a module prepares Chen Wei for."""
    person_id = seat(house, "chen_wei").person_id
    assert person_id is not None
    found = open_requirements_by_award(house, person_id)[award]
    return {requirement.target.en for requirement in found}


def test_a_module_prepares_for_the_paper_that_is_still_missing(house: House) -> None:
    describe(house, "chen_wei")
    a_file(house, actor_for(seat(house, "chen_wei")), has_paper=False)
    assert "SFC licensed representative, Type 9 (asset management)" in prepared(house, SECURITIES)


def test_a_paper_that_is_passed_needs_no_preparation(house: House) -> None:
    describe(house, "chen_wei")
    a_file(house, actor_for(seat(house, "chen_wei")), has_paper=True)
    assert "SFC licensed representative, Type 9 (asset management)" not in prepared(house, SECURITIES)


def test_another_sides_paper_stays_open_whatever_this_side_holds(house: House) -> None:
    describe(house, "chen_wei")
    a_file(house, actor_for(seat(house, "chen_wei")), has_paper=True)
    assert any("intermediate" in title for title in prepared(house, BANKING))
