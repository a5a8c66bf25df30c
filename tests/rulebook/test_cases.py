"""Every worked case of the shipped rulebook comes out as it was worked by hand."""

from __future__ import annotations

import pytest

from portal.domain.rules.casework import differences
from portal.domain.rules.catalogue import WorkedCase
from portal.rulebook.loader import load

RULEBOOK = load()


@pytest.mark.parametrize("case", RULEBOOK.cases, ids=lambda case: f"{case.target}: {case.name.en}")
def test_a_worked_case_comes_out_as_worked_by_hand(case: WorkedCase) -> None:
    found = differences(case, RULEBOOK.targets[case.target])

    assert not found, f"{case.origin}: {case.name.en}\n" + "\n".join(found)


def test_there_are_cases_for_every_target() -> None:
    assert {case.target for case in RULEBOOK.cases} == set(RULEBOOK.targets)
