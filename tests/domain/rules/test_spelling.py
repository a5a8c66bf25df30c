"""The quick spelling of photographs is the plain one, and keeps nothing of anybody."""

from __future__ import annotations

import gc
import json
from datetime import date

import pytest
from hypothesis import given, settings

from portal.domain.dossier import Dossier
from portal.domain.rules.catalogue import WorkedCase
from portal.domain.rules.clauses import Clause
from portal.domain.rules.compilation import Workshop
from portal.domain.rules.evaluation import evaluate, evaluate_facts
from portal.domain.rules.facts import read_facts
from portal.domain.rules.hearing import Hearing
from portal.domain.rules.results import Evaluation
from portal.domain.rules.rulesets import Target
from portal.domain.rules.spelling import Speller
from portal.domain.rules.vocabulary import Basis
from portal.rulebook.loader import load
from tests.domain.rules.batch.chance import dossiers, rules
from tests.domain.rules.making import TODAY, target, version

RULEBOOK = load()
SPELLER = Speller(RULEBOOK.targets.values())


def plainly(evaluations: list[Evaluation]) -> str:
    return json.dumps([e.to_json() for e in evaluations], ensure_ascii=False, separators=(",", ":"))


def in_force(on: date) -> list[Target]:
    return [one for one in RULEBOOK.targets.values() if one.ruleset.versions[0].in_force_from <= on]


@pytest.mark.parametrize("case", RULEBOOK.cases, ids=lambda case: f"{case.target}: {case.name.en}")
def test_every_worked_case_is_spelt_as_plainly(case: WorkedCase) -> None:
    for basis in Basis:
        facts = read_facts(case.dossier, basis=basis)
        found = [evaluate_facts(one, facts, on=case.on) for one in in_force(case.on)]

        assert SPELLER.spell(found) == plainly(found)


@settings(max_examples=80, deadline=None)
@given(rules(), dossiers())
def test_any_rule_and_dossier_is_spelt_as_plainly(clauses: list[Clause], dossier: Dossier) -> None:
    asked = target(version(*clauses))
    found = [evaluate(asked, dossier, on=TODAY, basis=basis) for basis in Basis]

    assert Speller([asked]).spell(found) == plainly(found)


@settings(max_examples=60, deadline=None)
@given(rules(), rules(), dossiers())
def test_rules_compiled_together_answer_as_rules_compiled_alone(
    one: list[Clause], other: list[Clause], dossier: Dossier
) -> None:
    """What rules share is answered once; that may change nothing in any answer."""
    workshop, facts = Workshop(), read_facts(dossier, basis=Basis.VERIFIED)
    alone = {name: target(version(*r), target_id=name) for name, r in (("hk.a", one), ("hk.b", other))}
    programs = {name: workshop.compile(t.ruleset.versions[0], target_id=name) for name, t in alone.items()}

    for name, asked in alone.items():
        expected = evaluate(asked, dossier, on=TODAY, basis=Basis.VERIFIED)
        assert programs[name](facts, TODAY) == expected.root
        assert (
            programs[name](facts, date(2025, 3, 1))
            == evaluate(asked, dossier, on=date(2025, 3, 1), basis=Basis.VERIFIED).root
        )


def test_what_was_worked_out_goes_with_the_facts_and_needs_no_collector() -> None:
    """A circle would keep every person in memory until the garbage collector walks the rulebook."""
    gc.collect()
    gc.disable()
    try:
        for case in RULEBOOK.cases[:20]:
            facts = read_facts(case.dossier, basis=Basis.VERIFIED)
            for one in in_force(case.on):
                evaluate_facts(one, facts, on=case.on)
            del facts
        left = [found for found in gc.get_objects() if isinstance(found, Hearing)]
    finally:
        gc.enable()

    assert left == []
    assert gc.collect() < 1000
