"""Programmes, modules and cohorts: made and changed by the manager of their side."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.errors import Conflict, NotFound, NotPermitted, Refused
from portal.domain.places import Jurisdiction
from portal.domain.texts import Text
from portal.models.records import JournalEntry
from portal.services.house import House
from portal.services.programmes import (
    CohortPlan,
    ModulePlan,
    add_module,
    change_cohort,
    change_module,
    change_programme,
    open_cohort,
    pass_on_unconfirmed_places,
)
from tests.builders.programmes import (
    CODE,
    GIVES,
    a_cohort,
    a_day_later,
    a_plan,
    a_programme,
    a_stranger,
    an_enrolment,
    ask,
    fill,
    some_texts,
    the_manager,
)

SHENZHEN = Jurisdiction.SHENZHEN
TITLE = Text("A module", "一個單元", "一个模块")


def journal_kinds(house: House) -> list[str]:
    return list(house.session.scalars(select(JournalEntry.kind).order_by(JournalEntry.id)))


def test_a_programme_is_made_with_modules_in_order_and_journaled(house: House) -> None:
    programme = a_programme(house)
    assert [each.gives for each in programme.modules] == list(GIVES)
    assert [each.position for each in programme.modules] == [1, 2]
    assert journal_kinds(house).count("programme.changed") == 3


def test_a_manager_of_the_other_side_may_change_nothing(house: House) -> None:
    programme = a_programme(house)
    cohort = a_cohort(house, programme=programme)
    other = the_manager(house, Jurisdiction.HONG_KONG)
    with pytest.raises(NotPermitted):
        change_programme(house, other, code=CODE, version=programme.version, texts=some_texts())
    with pytest.raises(NotPermitted):
        open_cohort(house, other, programme_code=CODE, code="mine", plan=a_plan())
    with pytest.raises(NotPermitted):
        change_cohort(house, other, cohort_id=cohort.id, version=cohort.version, plan=a_plan())
    with pytest.raises(NotPermitted):
        add_module(house, other, programme_code=CODE, plan=ModulePlan("m9", TITLE, 3))


def test_what_does_not_exist_is_not_found(house: House) -> None:
    manager = the_manager(house, SHENZHEN)
    with pytest.raises(NotFound):
        change_programme(house, manager, code="nothing", version=1, texts=some_texts())
    with pytest.raises(NotFound):
        change_cohort(house, manager, cohort_id=uuid4(), version=1, plan=a_plan())


def test_a_changed_programme_says_so_in_three_languages(house: House) -> None:
    programme = a_programme(house)
    manager = the_manager(house, SHENZHEN)
    texts = some_texts(title="Two systems, again", illustrative=False)
    change_programme(house, manager, code=CODE, version=programme.version, texts=texts)
    assert programme.title == {"en": "Two systems, again", "zh_hant": "兩地制度", "zh_hans": "两地制度"}
    assert programme.illustrative is False


def test_a_stale_form_changes_no_programme(house: House) -> None:
    programme = a_programme(house)
    manager = the_manager(house, SHENZHEN)
    seen = programme.version
    change_programme(house, manager, code=CODE, version=seen, texts=some_texts(title="First"))
    with pytest.raises(Conflict, match=r"row\.changed"):
        change_programme(house, manager, code=CODE, version=seen, texts=some_texts(title="Second"))


@pytest.mark.parametrize("tracks", [(), ("no-such-track",)])
def test_a_programme_belongs_to_known_tracks(house: House, tracks: tuple[str, ...]) -> None:
    programme = a_programme(house)
    manager = the_manager(house, SHENZHEN)
    texts = some_texts()
    texts = type(texts)(texts.title, texts.summary, texts.provider, tracks, illustrative=True)
    with pytest.raises(Refused, match=r"programme\.unknown_track"):
        change_programme(house, manager, code=CODE, version=programme.version, texts=texts)


def test_a_module_cannot_give_an_authoritys_paper(house: House) -> None:
    a_programme(house)
    manager = the_manager(house, SHENZHEN)
    for forged in ("hksi.le.paper-1", "bridging.no-such.module"):
        with pytest.raises(Refused, match=r"module\.cannot_give"):
            add_module(house, manager, programme_code=CODE, plan=ModulePlan("m9", TITLE, 3, forged))


def test_a_running_programme_keeps_its_modules_and_what_they_give(house: House, clock: SettableClock) -> None:
    enrolment = an_enrolment(house, clock)
    programme = enrolment.cohort.programme
    manager = the_manager(house, SHENZHEN)
    with pytest.raises(Refused, match=r"programme\.already_running"):
        add_module(house, manager, programme_code=CODE, plan=ModulePlan("m9", TITLE, 3))
    with pytest.raises(Refused, match=r"programme\.already_running"):
        change_module(
            house,
            manager,
            programme_code=CODE,
            version=programme.version,
            plan=ModulePlan("m1", TITLE, 3, ""),
        )
    change_module(
        house,
        manager,
        programme_code=CODE,
        version=programme.version,
        plan=ModulePlan("m1", TITLE, 16, GIVES[0]),
    )
    assert programme.modules[0].hours == 16


def test_changing_a_module_makes_older_forms_stale(house: House) -> None:
    programme = a_programme(house)
    manager = the_manager(house, SHENZHEN)
    seen = programme.version
    plan = ModulePlan("m1", TITLE, 16, GIVES[0])
    change_module(house, manager, programme_code=CODE, version=seen, plan=plan)
    with pytest.raises(Conflict, match=r"row\.changed"):
        change_module(house, manager, programme_code=CODE, version=seen, plan=plan)


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (a_plan(ends_on=date(2027, 1, 11)), "cohort.ends_before_it_starts"),
        (a_plan(enrol_by=date(2027, 1, 13)), "cohort.enrolment_after_start"),
        (a_plan(places=0), "cohort.places_out_of_range"),
        (a_plan(places=1001), "cohort.places_out_of_range"),
        (
            a_plan(starts_on=date(2026, 11, 21), enrol_by=date(2026, 11, 21)),
            "cohort.starts_in_the_past",
        ),
    ],
)
def test_days_and_places_must_make_sense(house: House, plan: CohortPlan, code: str) -> None:
    a_programme(house)
    with pytest.raises(Refused) as refusal:
        open_cohort(house, the_manager(house, SHENZHEN), programme_code=CODE, code="spring", plan=plan)
    assert refusal.value.code == code
    assert refusal.value.field


def test_places_never_go_below_those_taken(house: House) -> None:
    cohort = a_cohort(house, places=3)
    fill(house, cohort)
    manager = the_manager(house, SHENZHEN)
    with pytest.raises(Refused) as refusal:
        change_cohort(house, manager, cohort_id=cohort.id, version=cohort.version, plan=a_plan(places=2))
    assert (refusal.value.code, refusal.value.params) == ("cohort.places_are_taken", {"taken": 3})
    change_cohort(house, manager, cohort_id=cohort.id, version=cohort.version, plan=a_plan(places=3))


def test_new_places_go_along_the_line_at_once(house: House) -> None:
    cohort = a_cohort(house, places=1)
    fill(house, cohort)
    line = [ask(house, cohort, a_stranger(house, f"waiting{place}")) for place in range(3)]
    change_cohort(
        house,
        the_manager(house, SHENZHEN),
        cohort_id=cohort.id,
        version=cohort.version,
        plan=a_plan(places=3),
    )
    assert [each.state.value for each in line] == ["offered", "offered", "waitlisted"]
    assert cohort.places_taken == 3


def test_people_enrolling_do_not_make_the_managers_form_stale(house: House) -> None:
    cohort = a_cohort(house, places=3)
    seen = cohort.version
    fill(house, cohort)
    change_cohort(
        house,
        the_manager(house, SHENZHEN),
        cohort_id=cohort.id,
        version=seen,
        plan=a_plan(places=5),
    )
    assert cohort.places == 5


def test_unconfirmed_places_are_passed_on_after_their_day(house: House, clock: SettableClock) -> None:
    cohort = a_cohort(house, places=1)
    (lapsed,) = fill(house, cohort)
    waiting = ask(house, cohort, a_stranger(house, "patient"))
    manager = the_manager(house, SHENZHEN)
    with pytest.raises(Refused, match=r"cohort\.nothing_to_pass_on"):
        pass_on_unconfirmed_places(house, manager, cohort_id=cohort.id)
    a_day_later(clock, days=8)
    pass_on_unconfirmed_places(house, manager, cohort_id=cohort.id)
    assert (lapsed.state.value, waiting.state.value) == ("withdrawn", "offered")


def test_codes_are_used_once(house: House) -> None:
    programme = a_programme(house)
    manager = the_manager(house, SHENZHEN)
    a_cohort(house, programme=programme, code="spring")
    with pytest.raises(Refused, match=r"programme\.code_taken"):
        a_programme(house)
    with pytest.raises(Refused, match=r"cohort\.code_taken"):
        open_cohort(house, manager, programme_code=CODE, code="spring", plan=a_plan())
    with pytest.raises(Refused, match=r"module\.code_taken"):
        add_module(house, manager, programme_code=CODE, plan=ModulePlan("m1", TITLE, 3))
