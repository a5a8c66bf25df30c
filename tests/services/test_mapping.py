"""Mapping one person: all targets, both bases, one reading of the facts."""

from __future__ import annotations

from datetime import date

import pytest

from portal.domain.errors import NotPermitted
from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.vocabulary import Basis, Outcome
from portal.services.house import House
from portal.services.mapping import map_dossier, read_mapping
from tests.builders.applications import (
    AMAC,
    TYPE_9,
    a_credential,
    a_file,
    a_name,
    an_application,
    the_person,
)

TODAY = date(2026, 11, 22)


def test_every_target_of_the_rulebook_is_answered_on_both_bases(house: House) -> None:
    mapping = read_mapping(house, a_file(house), on=TODAY)
    assert set(mapping.verdicts) == set(house.rulebook.targets)
    for verdicts in mapping.verdicts.values():
        assert verdicts.declared.basis is Basis.DECLARED
        assert verdicts.verified.basis is Basis.VERIFIED
        assert verdicts.declared.on == verdicts.verified.on == TODAY


def test_the_answers_are_the_engines_own(house: House) -> None:
    mapping = read_mapping(house, a_file(house), on=TODAY)
    for target, verdicts in mapping.verdicts.items():
        again = evaluate(
            house.rulebook.targets[target],
            mapping.dossier.on_basis(Basis.DECLARED),
            on=TODAY,
            basis=Basis.DECLARED,
        )
        assert again == verdicts.declared


def test_what_is_declared_is_pending_on_the_verified_basis_and_never_a_no(house: House) -> None:
    actor = a_name(house)
    a_credential(house, actor, "hksi.le.paper-1", awarded_on=date(2025, 9, 20))
    verdicts = read_mapping(house, actor, on=TODAY).verdicts[TYPE_9]
    assert verdicts.declared.find("regulatory_paper").outcome is Outcome.MET
    assert verdicts.verified.find("regulatory_paper").outcome is Outcome.UNDETERMINED
    assert verdicts.verified.find("paper_1").pending


def test_only_what_is_asked_is_answered(house: House) -> None:
    mapping = read_mapping(house, a_file(house), on=TODAY, targets=[AMAC])
    assert set(mapping.verdicts) == {AMAC}


def test_a_day_before_the_rules_gets_the_day_they_began(house: House) -> None:
    mapping = read_mapping(house, a_file(house), on=date(2021, 12, 31), targets=[TYPE_9])
    assert mapping.verdicts == {}
    assert mapping.not_yet == {TYPE_9: date(2022, 1, 1)}
    assert TYPE_9 in read_mapping(house, a_file(house), on=date(2022, 1, 1)).verdicts


def test_standing_cases_come_along_and_closed_ones_do_not(house: House) -> None:
    actor = a_file(house)
    application = an_application(house, actor, stage="withdrawn")
    cases = read_mapping(house, actor, on=TODAY).cases
    assert set(cases) == {AMAC}
    assert cases[AMAC].reference == application.cases[1].reference


def test_one_reading_serves_all_targets(house: House) -> None:
    mapping = read_mapping(house, a_file(house), on=TODAY)
    answered, _not_yet = map_dossier(house.rulebook.targets.values(), mapping.dossier, on=TODAY)
    assert answered == mapping.verdicts


def test_an_account_without_a_person_has_no_mapping(house: House) -> None:
    with pytest.raises(NotPermitted):
        read_mapping(house, the_person(house, "ada_ko"), on=TODAY)
