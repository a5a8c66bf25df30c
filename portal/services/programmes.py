"""Programmes, their modules and their cohorts: made and changed by the manager of that jurisdiction.

Owns what a programme says of itself and how many places an intake has. Who holds a place is the
affair of ``enrolments`` and ``places``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from portal.domain.errors import NotFound, Refused
from portal.domain.people import Actor, Role
from portal.domain.places import Jurisdiction
from portal.domain.texts import Text
from portal.models.programmes import Cohort, Module, Programme
from portal.services.house import House
from portal.services.journal import record
from portal.services.places import locked_cohort, offer_free_places, release_lapsed_offers
from portal.services.work import one_act, require_version

# A completion proves a module and nothing else: a manager cannot award an authority's papers.
AWARDED_BY_PROGRAMMES: Final = "bridging."
MOST_PLACES: Final = 1000
MOST_HOURS: Final = 1000


@dataclass(frozen=True, slots=True)
class ProgrammeTexts:
    """What a programme says of itself; ``illustrative`` marks details no source gives."""

    title: Text
    summary: Text
    provider: Text
    tracks: tuple[str, ...]
    illustrative: bool


@dataclass(frozen=True, slots=True)
class ModulePlan:
    """One part of a programme; ``gives`` is a code of the catalogue, or empty."""

    code: str
    title: Text
    hours: int
    gives: str = ""


@dataclass(frozen=True, slots=True)
class CohortPlan:
    """A dated intake; ``enrol_by`` is the last day for enrolling."""

    enrol_by: date
    starts_on: date
    ends_on: date
    venue: Text
    places: int


def make_programme(
    house: House,
    actor: Actor,
    *,
    code: str,
    jurisdiction: Jurisdiction,
    texts: ProgrammeTexts,
    once: str | None = None,
) -> str:
    """Make a programme without modules; gives its code."""
    actor.require(Role.PROGRAMME_MANAGER, jurisdiction)
    with one_act(house, actor, once=once) as act:
        if house.session.scalar(select(Programme.id).where(Programme.code == code)) is not None:
            raise Refused("programme.code_taken", field="code")
        _require_tracks(house, texts.tracks)
        programme = Programme(id=house.new_key(), code=code, jurisdiction=jurisdiction)
        _write_texts(programme, texts)
        house.session.add(programme)
        record(house, actor, "programme.changed", programme=code)
        act.result = code
    return act.result


def change_programme(
    house: House,
    actor: Actor,
    *,
    code: str,
    version: int,
    texts: ProgrammeTexts,
    once: str | None = None,
) -> str:
    """Change what a programme says of itself; gives its code."""
    with one_act(house, actor, once=once) as act:
        programme = managed_programme(house, actor, code)
        require_version(programme.version, version)
        _require_tracks(house, texts.tracks)
        _write_texts(programme, texts)
        record(house, actor, "programme.changed", programme=code)
        act.result = code
    return act.result


def add_module(
    house: House, actor: Actor, *, programme_code: str, plan: ModulePlan, once: str | None = None
) -> str:
    """Add a module at the end of a programme; gives the programme's code.

    Refused with ``programme.already_running`` once somebody is enrolled: a course does not grow
    longer for those who are in it.
    """
    with one_act(house, actor, once=once) as act:
        programme = managed_programme(house, actor, programme_code)
        _require_gives(house, plan.gives)
        if any(module.code == plan.code for module in programme.modules):
            raise Refused("module.code_taken", field="code")
        _refuse_when_running(house, programme)
        module = Module(
            id=house.new_key(),
            programme_id=programme.id,
            code=plan.code,
            position=max((each.position for each in programme.modules), default=0) + 1,
        )
        _write_module(module, plan)
        programme.modules.append(module)
        record(house, actor, "programme.changed", programme=programme_code)
        act.result = programme_code
    return act.result


def change_module(
    house: House,
    actor: Actor,
    *,
    programme_code: str,
    version: int,
    plan: ModulePlan,
    once: str | None = None,
) -> str:
    """Change a module's title, hours or award; its code stays. ``version`` is the programme's."""
    with one_act(house, actor, once=once) as act:
        programme = managed_programme(house, actor, programme_code)
        require_version(programme.version, version)
        module = next((each for each in programme.modules if each.code == plan.code), None)
        if module is None:
            raise NotFound("page.not_found")
        if module.gives != plan.gives:
            _require_gives(house, plan.gives)
            _refuse_when_running(house, programme)
        _write_module(module, plan)
        # Modules are rows of their own; the programme's version tells stale forms of them.
        flag_modified(programme, "title")
        record(house, actor, "programme.changed", programme=programme_code)
        act.result = programme_code
    return act.result


def open_cohort(
    house: House,
    actor: Actor,
    *,
    programme_code: str,
    code: str,
    plan: CohortPlan,
    once: str | None = None,
) -> str:
    """Open an intake; gives its key."""
    with one_act(house, actor, once=once) as act:
        programme = managed_programme(house, actor, programme_code)
        _require_sensible(plan)
        if plan.starts_on < house.clock.today():
            raise Refused("cohort.starts_in_the_past", field="starts_on")
        _refuse_code_taken(house, programme, code)
        cohort = Cohort(id=house.new_key(), programme_id=programme.id, code=code, places_taken=0)
        _write_cohort(cohort, plan)
        house.session.add(cohort)
        record(house, actor, "cohort.opened", cohort=str(cohort.id), places=plan.places)
        act.result = str(cohort.id)
    return act.result


def change_cohort(
    house: House,
    actor: Actor,
    *,
    cohort_id: UUID,
    version: int,
    plan: CohortPlan,
    once: str | None = None,
) -> str:
    """Change an intake's days, venue or places; gives its key.

    Places never go below those taken. New places are offered along the line at once.
    """
    with one_act(house, actor, once=once) as act:
        cohort = managed_cohort(house, actor, cohort_id, lock=True)
        require_version(cohort.version, version)
        _require_sensible(plan)
        release_lapsed_offers(house, cohort)
        if plan.places < cohort.places_taken:
            raise Refused("cohort.places_are_taken", field="places", taken=cohort.places_taken)
        _write_cohort(cohort, plan)
        house.session.flush()
        offer_free_places(house, cohort)
        record(house, actor, "cohort.changed", cohort=str(cohort.id))
        act.result = str(cohort.id)
    return act.result


def pass_on_unconfirmed_places(
    house: House, actor: Actor, *, cohort_id: UUID, once: str | None = None
) -> str:
    """Release the places that were not confirmed by their day and offer them along the line."""
    with one_act(house, actor, once=once) as act:
        cohort = managed_cohort(house, actor, cohort_id, lock=True)
        if not release_lapsed_offers(house, cohort):
            raise Refused("cohort.nothing_to_pass_on")
        record(house, actor, "cohort.changed", cohort=str(cohort.id))
        act.result = str(cohort.id)
    return act.result


def managed_programme(house: House, actor: Actor, code: str) -> Programme:
    """A programme this manager may change; 404 when there is none, 403 when it is the other side's."""
    actor.require(Role.PROGRAMME_MANAGER)
    programme = house.session.scalars(select(Programme).where(Programme.code == code)).one_or_none()
    if programme is None:
        raise NotFound("page.not_found")
    actor.require(Role.PROGRAMME_MANAGER, programme.jurisdiction)
    return programme


def managed_cohort(house: House, actor: Actor, cohort_id: UUID, *, lock: bool = False) -> Cohort:
    """A cohort this manager may change, its programme loaded with it."""
    actor.require(Role.PROGRAMME_MANAGER)
    cohort = locked_cohort(house, cohort_id) if lock else house.session.get(Cohort, cohort_id)
    if cohort is None:
        raise NotFound("page.not_found")
    actor.require(Role.PROGRAMME_MANAGER, cohort.programme.jurisdiction)
    return cohort


def _write_texts(programme: Programme, texts: ProgrammeTexts) -> None:
    programme.title = texts.title.to_json()
    programme.summary = texts.summary.to_json()
    programme.provider = texts.provider.to_json()
    programme.tracks = list(texts.tracks)
    programme.illustrative = texts.illustrative


def _write_module(module: Module, plan: ModulePlan) -> None:
    if not 1 <= plan.hours <= MOST_HOURS:
        raise Refused("module.hours_out_of_range", field="hours", most=MOST_HOURS)
    module.title = plan.title.to_json()
    module.hours = plan.hours
    module.gives = plan.gives


def _write_cohort(cohort: Cohort, plan: CohortPlan) -> None:
    cohort.enrol_by = plan.enrol_by
    cohort.starts_on = plan.starts_on
    cohort.ends_on = plan.ends_on
    cohort.venue = plan.venue.to_json()
    cohort.places = plan.places


def _require_tracks(house: House, tracks: tuple[str, ...]) -> None:
    if not tracks or any(track not in house.rulebook.tracks for track in tracks):
        raise Refused("programme.unknown_track", field="tracks")


def _require_gives(house: House, gives: str) -> None:
    if gives and not (gives.startswith(AWARDED_BY_PROGRAMMES) and gives in house.rulebook.qualifications):
        raise Refused("module.cannot_give", field="gives")


def _require_sensible(plan: CohortPlan) -> None:
    if plan.ends_on < plan.starts_on:
        raise Refused("cohort.ends_before_it_starts", field="ends_on")
    if plan.enrol_by > plan.starts_on:
        raise Refused("cohort.enrolment_after_start", field="enrol_by")
    if not 1 <= plan.places <= MOST_PLACES:
        raise Refused("cohort.places_out_of_range", field="places", most=MOST_PLACES)


def _refuse_code_taken(house: House, programme: Programme, code: str) -> None:
    taken = select(Cohort.id).where(Cohort.programme_id == programme.id, Cohort.code == code)
    if house.session.scalar(taken) is not None:
        raise Refused("cohort.code_taken", field="code")


def _refuse_when_running(house: House, programme: Programme) -> None:
    taken = select(Cohort.id).where(Cohort.programme_id == programme.id, Cohort.places_taken > 0)
    if house.session.scalar(taken.limit(1)) is not None:
        raise Refused("programme.already_running")
