"""What moved since the last visit, and the four reasons for it, each alone and together."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.errors import AlreadyDone, NotPermitted
from portal.domain.people import Actor
from portal.domain.rules.explanation import PlankState
from portal.models.cases import Case
from portal.models.mapping_visits import MappingVisit
from portal.rulebook.loader import read
from portal.services.assessment import begin_assessment
from portal.services.credentials import withdraw_credential
from portal.services.house import House
from portal.services.mapping import read_mapping
from portal.services.mapping_visits import (
    KEPT,
    MOVED_ON,
    Cause,
    Direction,
    Move,
    SinceVisit,
    read_since,
    remember_mapping,
)
from tests.builders.applications import (
    AMAC,
    TYPE_9,
    a_credential,
    a_file,
    a_name,
    an_application,
    the_person,
)
from tests.builders.decisions import an_actor, fact_seen, verify, verify_everything

TODAY = date(2026, 11, 22)
LATER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)


def since(house: House, actor: Actor) -> SinceVisit:
    return read_since(house, actor, read_mapping(house, actor, on=house.clock.today()))


def mark(house: House, actor: Actor) -> str:
    return remember_mapping(house, actor, seen=since(house, actor).fingerprint)


def the_move(found: SinceVisit, target: str, clause: str) -> Move:
    return next(move for move in found.moves if (move.target, move.clause) == (target, clause))


def a_case_at_the_desk(house: House, actor: Actor) -> Case:
    """Mei Lam's application for the Mainland side, before the officer there."""
    application = an_application(house, actor, stage="submitted", targets=[AMAC])
    case = house.session.scalars(select(Case).where(Case.application_id == application.id)).one()
    begin_assessment(house, an_actor(house, "su_qing"), reference=case.reference, version=case.version)
    return case


def other_rules(house: House) -> House:
    """The house with a rulebook in which AMAC's first subject keeps for six months."""
    documents = deepcopy(dict(house.rulebook.documents))
    versions: Any = documents["shenzhen/amac_practitioner.toml"]["version"]
    clause = next(one for one in versions[-1]["clause"] if one["id"] == "subject_1_recent")
    clause["with"]["awarded_within_months"] = 6
    rulebook, _faults = read(documents)
    assert rulebook.digest != house.rulebook.digest
    return replace(house, rulebook=rulebook)


def test_nobody_has_been_here_before_the_first_mark(house: House) -> None:
    actor = a_file(house)
    found = since(house, actor)
    assert (found.seen_on, found.moves, found.is_marked) == (None, (), False)


def test_a_mark_just_made_shows_nothing(house: House) -> None:
    actor = a_file(house)
    assert mark(house, actor) == KEPT
    found = since(house, actor)
    assert (found.seen_on, found.moves, found.is_marked) == (TODAY, (), True)


def test_reading_alone_marks_nothing(house: House) -> None:
    actor = a_file(house)
    since(house, actor)
    assert house.session.get(MappingVisit, actor.person_id) is None


def test_a_credential_added_lays_a_plank_because_the_facts_changed(house: House) -> None:
    actor = a_file(house)
    mark(house, actor)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    move = the_move(since(house, actor), AMAC, "subject_1")
    assert (move.before, move.after) == (PlankState.NOT_MET, PlankState.MET_DECLARED)
    assert move.direction is Direction.ADDED
    assert move.causes == (Cause.FACTS,)


def test_a_credential_withdrawn_takes_the_plank_away(house: House) -> None:
    actor = a_file(house)
    subject = a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    mark(house, actor)
    withdraw_credential(house, actor, credential_id=UUID(subject), version=1)
    move = the_move(since(house, actor), AMAC, "subject_1")
    assert (move.direction, move.causes) == (Direction.LOST, (Cause.FACTS,))


def test_what_an_officer_verified_is_the_officers(house: House) -> None:
    actor = a_file(house)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    case = a_case_at_the_desk(house, actor)
    mark(house, actor)
    verify(house, an_actor(house, "su_qing"), case, fact_seen(house, case, "amac.subject-1"))
    move = the_move(since(house, actor), AMAC, "subject_1")
    assert (move.before, move.after) == (PlankState.MET_DECLARED, PlankState.MET_VERIFIED)
    assert (move.direction, move.causes) == (Direction.ADDED, (Cause.OFFICER,))


def test_what_an_officer_rejected_is_not_laid_at_the_persons_door(house: House) -> None:
    actor = a_file(house)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    case = a_case_at_the_desk(house, actor)
    mark(house, actor)
    seen = fact_seen(house, case, "amac.subject-1")
    verify(house, an_actor(house, "su_qing"), case, seen, verified=False, note="Not in the register.")
    move = the_move(since(house, actor), AMAC, "subject_1")
    assert (move.direction, move.causes) == (Direction.LOST, (Cause.OFFICER,))


def test_what_was_added_and_then_verified_has_both_reasons(house: House) -> None:
    actor = a_file(house)
    case = a_case_at_the_desk(house, actor)
    mark(house, actor)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    verify_everything(house, an_actor(house, "su_qing"), case)
    move = the_move(since(house, actor), AMAC, "subject_1")
    assert (move.before, move.after) == (PlankState.NOT_MET, PlankState.MET_VERIFIED)
    assert move.causes == (Cause.FACTS, Cause.OFFICER)


def test_a_paper_that_lapsed_was_taken_by_time(house: House, clock: SettableClock) -> None:
    actor = a_name(house)
    a_credential(house, actor, "hksi.le.paper-1", awarded_on=date(2023, 11, 25))
    mark(house, actor)
    clock.put_to(LATER)
    move = the_move(since(house, actor), TYPE_9, "regulatory_paper")
    assert (move.direction, move.causes) == (Direction.LOST, (Cause.DAY,))


def test_a_changed_rule_is_named_as_the_reason(house: House) -> None:
    actor = a_file(house)
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    mark(house, actor)
    move = the_move(since(other_rules(house), actor), AMAC, "subject_1")
    assert (move.direction, move.causes) == (Direction.LOST, (Cause.RULES,))


def test_a_clause_the_rule_lacked_comes_from_the_rules(house: House) -> None:
    actor = a_file(house)
    mark(house, actor)
    visit = house.session.get_one(MappingVisit, actor.person_id)
    kept = {clause: state for clause, state in visit.states[AMAC].items() if clause != "conduct"}
    visit.states, visit.fingerprint = {**visit.states, AMAC: kept}, "of other rules"
    house.session.commit()
    move = the_move(since(house, actor), AMAC, "conduct")
    assert (move.before, move.causes) == (None, (Cause.RULES,))


def test_a_day_on_which_nothing_moves_is_no_news(house: House, clock: SettableClock) -> None:
    actor = a_file(house)
    mark(house, actor)
    clock.put_to(LATER)
    found = since(house, actor)
    assert (found.seen_on, found.moves, found.is_marked) == (TODAY, (), False)


def test_only_what_was_seen_is_marked_as_seen(house: House) -> None:
    actor = a_file(house)
    mark(house, actor)
    shown = since(house, actor).fingerprint
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    assert remember_mapping(house, actor, seen=shown) == MOVED_ON
    assert since(house, actor).moves


def test_once_a_day_is_enough_while_nothing_changes(house: House, clock: SettableClock) -> None:
    actor = a_file(house)
    mark(house, actor)
    first = house.session.get_one(MappingVisit, actor.person_id).at
    clock.put_to(datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
    assert mark(house, actor) == KEPT
    assert house.session.get_one(MappingVisit, actor.person_id).at == first
    clock.put_to(LATER)
    mark(house, actor)
    assert house.session.get_one(MappingVisit, actor.person_id).at == LATER


def test_a_double_click_marks_once(house: House) -> None:
    actor = a_file(house)
    shown = since(house, actor).fingerprint
    assert remember_mapping(house, actor, seen=shown, once="twice") == KEPT
    with pytest.raises(AlreadyDone) as again:
        remember_mapping(house, actor, seen=shown, once="twice")
    assert again.value.result == KEPT


def test_every_reason_at_once_is_told_apart(house: House, clock: SettableClock) -> None:
    actor = a_name(house)
    a_credential(house, actor, "hksi.le.paper-1", awarded_on=date(2023, 11, 25))
    a_credential(house, actor, "amac.subject-1", awarded_on=date(2026, 3, 28))
    mark(house, actor)
    clock.put_to(LATER)
    a_credential(house, actor, "sfc.rep.type-9", begun_on=date(2018, 6, 4), ended_on=date(2020, 6, 4))
    a_credential(house, actor, "amac.subject-2", awarded_on=date(2026, 3, 28))
    found = since(other_rules(house), actor)
    assert the_move(found, AMAC, "subject_1").causes == (Cause.RULES,)
    assert the_move(found, TYPE_9, "regulatory_paper").causes == (Cause.DAY,)
    assert the_move(found, AMAC, "second_ground").causes == (Cause.FACTS,)


def test_a_visit_that_cannot_be_read_whole_counts_as_none(house: House) -> None:
    mei = a_file(house)
    mark(house, mei)
    visit = house.session.scalars(select(MappingVisit)).one()
    # As an edition that spells facts otherwise would have left it.
    visit.dossier = {**visit.dossier, "work": [{"worked_from": "2018-06-04"}]}
    house.session.commit()
    a_credential(house, mei, "amac.subject-1", awarded_on=date(2026, 3, 28))
    found = since(house, mei)
    assert (found.seen_on, found.moves, found.is_marked) == (None, (), False)
    assert mark(house, mei) == KEPT
    assert since(house, mei).is_marked


def test_the_mark_goes_with_the_person(house: House) -> None:
    actor = a_file(house)
    mark(house, actor)
    assert MappingVisit.__table__.c.person_id.foreign_keys
    (key,) = MappingVisit.__table__.c.person_id.foreign_keys
    assert key.ondelete == "CASCADE"


def test_an_account_without_a_person_has_no_mark(house: House) -> None:
    with pytest.raises(NotPermitted):
        remember_mapping(house, the_person(house, "ada_ko"), seen="")
