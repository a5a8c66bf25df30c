"""Applications as their applicants make them, from an empty file to the officers' desk.

Every step walks through the real use cases. Officers' steps are in ``decisions.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from portal.domain.declarations import WORDING_VERSION, wordings_asked
from portal.domain.people import Actor
from portal.domain.places import Jurisdiction
from portal.domain.sense import CredentialDays
from portal.services.cases import (
    give_declarations,
    start_application,
    submit_application,
    withdraw_case,
)
from portal.services.credentials import CredentialAnswers, register_credential
from portal.services.file_summary import summarise_file
from portal.services.house import House
from portal.services.own_cases import OwnApplication, read_application
from portal.services.people import SelfDescription, describe_oneself, read_oneself
from portal.services.work_history import WorkAnswers, register_work
from tests.cast import actor_for, seat

TRACK = "fund-management"
TYPE_9 = "hk.sfc.representative.type-9"
AMAC = "sz.amac.practitioner"
NAMES = {"mei_lam": ("LAM Mei", "林美"), "chen_wei": ("CHEN Wei", "陈伟")}


def the_person(house: House, key: str = "mei_lam") -> Actor:
    """A professional of the cast, without a file."""
    return actor_for(seat(house, key))


def a_name(house: House, key: str = "mei_lam") -> Actor:
    """A professional who has said who they are, and nothing more."""
    actor = the_person(house, key)
    known = read_oneself(house, actor)
    latin, chinese = NAMES[key]
    said = SelfDescription(
        latin, chinese, known.description.home, date(1990, 5, 17), {"hk_permanent_resident": True}
    )
    describe_oneself(house, actor, said=said, version=known.version)
    return actor


def a_credential(
    house: House,
    actor: Actor,
    qualification: str,
    *,
    awarded_on: date | None = None,
    begun_on: date | None = None,
    ended_on: date | None = None,
    **attributes: str,
) -> str:
    """One credential as declared."""
    days = CredentialDays(awarded_on=awarded_on, begun_on=begun_on, ended_on=ended_on)
    said = CredentialAnswers(days, attributes)
    return register_credential(house, actor, qualification=qualification, said=said, is_another=True)


def a_file(house: House, key: str = "mei_lam") -> Actor:
    """A professional with a name, a Type 9 licence, Paper 1 and work: enough to be assessed."""
    actor = a_name(house, key)
    a_credential(house, actor, "sfc.rep.type-9", begun_on=date(2018, 6, 4))
    a_credential(house, actor, "hksi.le.paper-1", awarded_on=date(2025, 9, 20))
    some_work(house, actor)
    return actor


def some_work(house: House, actor: Actor, *, begun_on: date = date(2018, 6, 4)) -> str:
    """Work at a Hong Kong licensed corporation that goes on."""
    said = WorkAnswers(
        employer="Harbour Works",
        employer_kind="hk-licensed-corporation",
        place="hk",
        functions=("asset-management",),
        begun_on=begun_on,
    )
    return register_work(house, actor, said=said)


def an_application(
    house: House,
    actor: Actor,
    *,
    stage: str = "draft",
    track: str = TRACK,
    targets: Sequence[str] = (TYPE_9, AMAC),
) -> OwnApplication:
    """An application at a stage: draft, declared, submitted, or withdrawn (the first side of it)."""
    key = UUID(start_application(house, actor, track=track, targets=targets, language=actor.language))
    if stage != "draft":
        declare(house, actor, key)
    if stage in ("submitted", "withdrawn"):
        submit_application(house, actor, key, version=read_draft(house, actor, key).draft_version)
    if stage == "withdrawn":
        first = read_draft(house, actor, key).cases[0]
        withdraw_case(house, actor, first.reference, version=first.version)
    return read_application(house, actor, key)


def declare(house: House, actor: Actor, key: UUID) -> None:
    """Tick every statement an application needs."""
    draft = read_draft(house, actor, key)
    give_declarations(
        house,
        actor,
        key,
        given=statements(house, actor, draft),
        wording_version=WORDING_VERSION,
        language=actor.language,
        version=draft.draft_version,
    )


def statements(house: House, actor: Actor, draft: OwnApplication) -> frozenset[str]:
    """The keys of the statements an application needs."""
    sides: list[Jurisdiction] = [case.jurisdiction for case in draft.drafts]
    home = summarise_file(house, actor).home
    return frozenset(wording.key for wording in wordings_asked(home, sides))


def read_draft(house: House, actor: Actor, key: UUID) -> OwnApplication:
    """An application as it stands, without its history."""
    return read_application(house, actor, key, with_history=False)
