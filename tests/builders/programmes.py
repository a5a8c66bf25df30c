"""Programmes, cohorts and enrolments at any state, built by walking through the real use cases.

The programme is the illustrative one of Shenzhen, run by Wu Hai: two modules, each giving a
completion record of the catalogue.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from flask_security import hash_password

from portal.adapters.clock import SettableClock
from portal.domain.enrolments import EnrolmentState, ModuleOutcome
from portal.domain.people import Actor
from portal.domain.places import Jurisdiction
from portal.domain.texts import Text
from portal.models.programmes import Cohort, Enrolment, Programme
from portal.services.accounts import make_professional
from portal.services.completions import close_enrolment, complete_enrolment, record_result
from portal.services.enrolments import confirm_enrolment, enrol, withdraw_enrolment
from portal.services.house import House
from portal.services.programmes import (
    CohortPlan,
    ModulePlan,
    ProgrammeTexts,
    add_module,
    make_programme,
    managed_programme,
    open_cohort,
)
from tests.cast import actor_for, seat

CODE = "two-systems"
GIVES = (
    "bridging.dual-qualification.two-systems",
    "bridging.dual-qualification.mainland-banking-law",
)
_MANAGERS = {Jurisdiction.HONG_KONG: "tam_lok", Jurisdiction.SHENZHEN: "wu_hai"}


def some_texts(*, title: str = "Two systems", illustrative: bool = True) -> ProgrammeTexts:
    """What a programme says of itself, in three languages."""
    return ProgrammeTexts(
        title=Text(title, "兩地制度", "两地制度"),
        summary=Text("How each side licenses.", "兩地如何發牌及登記。", "两地如何发牌、如何登记。"),
        provider=Text("Example College", "示範書院", "示例学院"),
        tracks=("fund-management",),
        illustrative=illustrative,
    )


def a_plan(
    *,
    places: int = 7,
    enrol_by: date = date(2027, 1, 5),
    starts_on: date = date(2027, 1, 12),
    ends_on: date = date(2027, 3, 30),
) -> CohortPlan:
    """A cohort of the coming spring."""
    venue = Text("Example Tower, Futian", "福田示範大廈", "福田示例大厦")
    return CohortPlan(enrol_by, starts_on, ends_on, venue, places)


def a_programme(
    house: House,
    *,
    code: str = CODE,
    jurisdiction: Jurisdiction = Jurisdiction.SHENZHEN,
    gives: tuple[str, ...] = GIVES,
    illustrative: bool = True,
) -> Programme:
    """A programme with a module for each award."""
    manager = the_manager(house, jurisdiction)
    texts = some_texts(illustrative=illustrative)
    make_programme(house, manager, code=code, jurisdiction=jurisdiction, texts=texts)
    for place, award in enumerate(gives, start=1):
        title = Text(f"Module {place}", f"單元{place}", f"模块{place}")
        plan = ModulePlan(code=f"m{place}", title=title, hours=12, gives=award)
        add_module(house, manager, programme_code=code, plan=plan)
    return managed_programme(house, manager, code)


def a_cohort(
    house: House,
    *,
    places: int = 7,
    code: str = "2027-spring",
    programme: Programme | None = None,
    plan: CohortPlan | None = None,
) -> Cohort:
    """An intake that is open for enrolment."""
    programme = programme or a_programme(house)
    key = open_cohort(
        house,
        the_manager(house, programme.jurisdiction),
        programme_code=programme.code,
        code=code,
        plan=plan or a_plan(places=places),
    )
    return house.session.get_one(Cohort, UUID(key))


def an_enrolment(
    house: House,
    clock: SettableClock,
    *,
    state: str = "offered",
    person: str = "mei_lam",
    cohort: Cohort | None = None,
) -> Enrolment:
    """An enrolment in a state. For states after the course began the clock moves to its last day."""
    wanted = EnrolmentState(state)
    learner = actor_for(seat(house, person))
    cohort = cohort or a_cohort(house)
    if wanted is EnrolmentState.WAITLISTED:
        fill(house, cohort)
    enrolment = house.session.get_one(Enrolment, UUID(enrol(house, learner, cohort_id=cohort.id)))
    if wanted in (EnrolmentState.WAITLISTED, EnrolmentState.OFFERED):
        return enrolment
    if wanted is EnrolmentState.WITHDRAWN:
        withdraw_enrolment(house, learner, enrolment_id=enrolment.id, version=enrolment.version)
        return enrolment
    confirm_enrolment(house, learner, enrolment_id=enrolment.id, version=enrolment.version)
    if wanted is EnrolmentState.CONFIRMED:
        return enrolment
    clock.advance(cohort.ends_on - house.clock.today())
    manager = the_manager(house, cohort.programme.jurisdiction)
    if wanted is EnrolmentState.NOT_COMPLETED:
        close_enrolment(house, manager, enrolment_id=enrolment.id, version=enrolment.version)
        return enrolment
    pass_every_module(house, enrolment)
    complete_enrolment(house, manager, enrolment_id=enrolment.id, version=enrolment.version)
    return enrolment


def pass_every_module(house: House, enrolment: Enrolment) -> None:
    """Record every module of a confirmed learner as completed, on the day the clock stands at."""
    programme = enrolment.cohort.programme
    for module in programme.modules:
        record_result(
            house,
            the_manager(house, programme.jurisdiction),
            enrolment_id=enrolment.id,
            version=enrolment.version,
            module_id=module.id,
            outcome=ModuleOutcome.COMPLETED,
            on=house.clock.today(),
        )


def fill(house: House, cohort: Cohort) -> list[Enrolment]:
    """Take every free place with people nobody knows, in the order they come."""
    free = cohort.places - cohort.places_taken
    return [ask(house, cohort, a_stranger(house, f"filler{place}")) for place in range(free)]


def ask(house: House, cohort: Cohort, learner: Actor) -> Enrolment:
    """One learner asks for a place, a second after whoever asked before."""
    if isinstance(house.clock, SettableClock):
        house.clock.advance(timedelta(seconds=1))
    return house.session.get_one(Enrolment, UUID(enrol(house, learner, cohort_id=cohort.id)))


def a_stranger(house: House, name: str, *, language: str = "en") -> Actor:
    """A professional outside the cast, for the length of a line."""
    account = make_professional(
        house,
        email=f"{name}@example.com",
        password_digest=_digest(),
        home=Jurisdiction.HONG_KONG,
        language=language,
    )
    account.confirmed_at = house.clock.now()
    house.session.commit()
    return actor_for(account)


def the_manager(house: House, jurisdiction: Jurisdiction) -> Actor:
    """The programme manager of a side."""
    return actor_for(seat(house, _MANAGERS[jurisdiction]))


def a_day_later(clock: SettableClock, *, days: int = 1) -> None:
    """Let days pass."""
    clock.advance(timedelta(days=days))


_digests: list[str] = []


def _digest() -> str:
    if not _digests:
        _digests.append(hash_password("planks for fifty people"))
    return _digests[0]
