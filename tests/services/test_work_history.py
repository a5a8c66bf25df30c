"""Work history: periods registered, corrected with consequences, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal.domain.credentials import Standing
from portal.domain.errors import AlreadyDone, Conflict, NotFound, Refused
from portal.domain.people import Actor
from portal.models.credentials import WorkPeriod
from portal.models.records import JournalEntry
from portal.services.facts import dossier_of
from portal.services.house import House
from portal.services.work_history import (
    change_work,
    own_work,
    own_work_period,
    register_work,
    withdraw_work,
)
from tests.builders.records import a_description, a_period_of_work, work_answers

Cast = Callable[[str], Actor]


def verify(house: House, work_id: UUID) -> None:
    row = house.session.get(WorkPeriod, work_id)
    assert row is not None
    row.standing = Standing.VERIFIED
    house.session.commit()


@pytest.mark.parametrize(("percent", "share"), [(100, Fraction(1)), (50, Fraction(1, 2)), (None, None)])
def test_a_period_is_recorded_and_reaches_the_rules(
    house: House, actor: Cast, percent: int | None, share: Fraction | None
) -> None:
    mei = actor("mei_lam")
    said = work_answers(functions=("compliance", "aml"), share_percent=percent, manages=True)
    made = register_work(house, mei, said=said)
    assert own_work_period(house, mei, UUID(made)).said == replace(said, functions=("aml", "compliance"))
    assert mei.person_id is not None
    (work,) = dossier_of(house, mei.person_id, on=house.clock.today()).work
    assert (work.functions, work.share, work.manages) == (("aml", "compliance"), share, True)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"begun_on": None}, "work.day_missing", "begun_on"),
        ({"begun_on": date(2026, 11, 23)}, "work.day_ahead", "begun_on"),
        ({"begun_on": date(2001, 1, 1)}, "work.too_young", "begun_on"),
        ({"ended_on": date(2019, 1, 1)}, "work.ends_before_it_begins", "ended_on"),
        ({"ended_on": date(2027, 1, 1)}, "work.end_ahead", "ended_on"),
        ({"employer": ""}, "work.employer_missing", "employer"),
        ({"employer": "橋" * 161}, "work.too_long", "employer"),
        ({"post": "橋" * 121}, "work.too_long", "post"),
        ({"employer_kind": "circus"}, "work.employer_kind_unknown", "employer_kind"),
        ({"place": "moon"}, "work.place_unknown", "place"),
        ({"functions": ()}, "work.functions_unknown", "functions"),
        ({"functions": ("aml", "juggling")}, "work.functions_unknown", "functions"),
        ({"share_percent": 0}, "work.share_implausible", "share_percent"),
        ({"share_percent": 101}, "work.share_implausible", "share_percent"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(
    house: House, actor: Cast, changes: dict[str, object], code: str, field: str
) -> None:
    mei = actor("mei_lam")
    a_description(house, mei, born_on=date(1990, 5, 17))
    with pytest.raises(Refused) as refusal:
        register_work(house, mei, said=replace(work_answers(), **changes))  # type: ignore[arg-type]
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert own_work(house, mei) == []


def test_a_form_sent_twice_is_one_period(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    register_work(house, mei, said=work_answers(), once="k")
    with pytest.raises(AlreadyDone):
        register_work(house, mei, said=work_answers(), once="k")
    assert house.session.scalar(select(func.count()).select_from(WorkPeriod)) == 1


@pytest.mark.parametrize(("supported", "after"), [(False, Standing.DECLARED), (True, Standing.EVIDENCED)])
def test_a_change_takes_the_standing_back_to_what_it_rests_on(
    house: House, actor: Cast, supported: bool, after: Standing
) -> None:
    mei = actor("mei_lam")
    made = a_period_of_work(house, mei, supported=supported)
    verify(house, made)
    version = own_work_period(house, mei, made).version
    change_work(house, mei, work_id=made, said=work_answers(manages=True), version=version)
    assert own_work_period(house, mei, made).standing is after
    entry = house.session.scalars(select(JournalEntry).where(JournalEntry.kind == "work.changed")).one()
    assert entry.facts == {"work": str(made), "fields": ["manages"]}


def test_a_form_that_changes_nothing_leaves_the_verification_alone(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    made = a_period_of_work(house, mei)
    verify(house, made)
    version = own_work_period(house, mei, made).version
    change_work(house, mei, work_id=made, said=work_answers(), version=version)
    assert own_work_period(house, mei, made).standing is Standing.VERIFIED


def test_a_stale_form_is_refused(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    made = a_period_of_work(house, mei)
    verify(house, made)
    with pytest.raises(Conflict, match=r"row\.changed"):
        change_work(house, mei, work_id=made, said=work_answers(manages=True), version=1)


def test_a_withdrawn_period_no_longer_counts_and_cannot_be_changed(house: House, actor: Cast) -> None:
    mei = actor("mei_lam")
    made = a_period_of_work(house, mei)
    withdraw_work(house, mei, work_id=made, version=1)
    assert not own_work_period(house, mei, made).counts
    with pytest.raises(Conflict, match="already_withdrawn"):
        change_work(house, mei, work_id=made, said=work_answers(manages=True), version=2)


def test_strangers_learn_nothing_not_even_that_it_exists(house: House, actor: Cast) -> None:
    made = a_period_of_work(house, actor("mei_lam"))
    with pytest.raises(NotFound, match=r"work\.not_found"):
        own_work_period(house, actor("chen_wei"), made)
    with pytest.raises(NotFound, match=r"work\.not_found"):
        withdraw_work(house, actor("chen_wei"), work_id=made, version=1)
