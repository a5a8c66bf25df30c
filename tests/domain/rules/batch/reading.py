"""Reading rows of bits person by person, to hold them against what one person is told."""

from __future__ import annotations

from portal.domain.rules.batch.bits import unpack
from portal.domain.rules.batch.planes import Planes
from portal.domain.rules.vocabulary import Outcome


def outcomes_of(planes: Planes, size: int) -> list[Outcome]:
    """The outcome of every person, in the order of the register."""
    met, not_met, absent = (
        unpack(row, size) for row in (planes.surely_met(), planes.surely_not_met(), planes.surely_absent())
    )
    found = [Outcome.UNDETERMINED] * size
    for outcome, flags in ((Outcome.MET, met), (Outcome.NOT_MET, not_met), (Outcome.NOT_APPLICABLE, absent)):
        for place in flags.nonzero()[0]:
            assert found[place] is Outcome.UNDETERMINED, "two settled answers for one person"
            found[place] = outcome
    return found
