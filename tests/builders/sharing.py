"""Shares and looks, built by walking through the real use cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.disclosure import Factor, Purpose
from portal.domain.people import NOBODY, Actor
from portal.models.recognitions import Recognition
from portal.services.checking import CheckAnswer, check_share
from portal.services.house import House
from portal.services.sharing import make_share
from tests.builders.decisions import a_recognition
from tests.cast import actor_for, seat

PIN = "407182"
BORN_ON = date(1992, 5, 17)


@dataclass(frozen=True, slots=True)
class MadeShare:
    """A share as its holder knows it."""

    code: str
    recognition: Recognition
    holder: Actor


def a_share(
    house: House,
    *,
    status: str = "full",
    person: str = "chen_wei",
    recognition: Recognition | None = None,
    purpose: Purpose = Purpose.HIRING,
    purpose_note: str = "",
    until: date = date(2027, 5, 31),
    factor: Factor = Factor.PIN,
    shows_bridging: bool = False,
) -> MadeShare:
    """A share of one recognition; its PIN is ``PIN``, its holder born on ``BORN_ON``."""
    recognition = recognition or a_recognition(house, status=status, person=person)
    holder = actor_for(seat(house, person))
    code = make_share(
        house,
        holder,
        purpose=purpose,
        purpose_note=purpose_note,
        recognition_ids=[recognition.id],
        until=until,
        factor=factor,
        pin=PIN if factor is Factor.PIN else "",
        shows_bridging=shows_bridging,
    )
    return MadeShare(code, recognition, holder)


def a_look(
    house: House,
    code: str,
    *,
    actor: Actor = NOBODY,
    factor: str | date = PIN,
    looked_as: str = "Kwan, Harbour Works",
) -> CheckAnswer:
    """Somebody looks."""
    return check_share(house, actor, code=code, factor=factor, looked_as=looked_as)
