"""The register’s evaluator and the explained one give every person the same answer to every clause."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from portal.domain.dossier import Dossier
from portal.domain.rules.batch.leaves import TWINS
from portal.domain.rules.batch.outcomes import kept_for, outcomes, version_or_none
from portal.domain.rules.batch.register import register_of
from portal.domain.rules.clauses import Clause
from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.predicates.registry import PREDICATES
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Basis, Outcome
from portal.rulebook.loader import load
from tests.domain.rules.batch.chance import Words, dossiers, rules
from tests.domain.rules.batch.reading import outcomes_of
from tests.domain.rules.making import TODAY, answers, leaf, target, version

RULEBOOK = load()
BASES = st.sampled_from(list(Basis))


def named(people: list[Dossier]) -> list[tuple[str, Dossier]]:
    return [(f"person-{number}", dossier) for number, dossier in enumerate(people)]


def check_equal(asked: Target, people: list[Dossier], on: date, basis: Basis) -> None:
    """Every clause of every person, not the root alone."""
    binding = version_or_none(asked, on)
    assert binding is not None
    kept = kept_for(register_of(named(people)), on=on, basis=basis)
    found = {
        name: outcomes_of(planes, len(people)) for name, planes in kept.clauses(binding, asked.id).items()
    }
    for place, dossier in enumerate(people):
        explained = evaluate(asked, dossier, on=on, basis=basis)
        for result in explained.root.walk():
            assert found[result.clause_id][place] is result.outcome, (dossier, result)


@settings(max_examples=120, deadline=None)
@given(rules(), st.lists(dossiers(), min_size=1, max_size=6), BASES)
def test_random_rules_come_out_alike_for_random_people(
    clauses: list[Clause], people: list[Dossier], basis: Basis
) -> None:
    check_equal(target(version(*clauses)), people, TODAY, basis)


def shipped_words() -> Words:
    """What the shipped rules ask about, so that chance meets them."""
    leaves = [
        clause
        for one in RULEBOOK.targets.values()
        for binding in one.ruleset.versions
        for clause in binding.clauses.values()
    ]
    return Words(
        qualifications=[*RULEBOOK.qualifications],
        functions=[*RULEBOOK.vocabulary["functions"]],
        kinds=[*RULEBOOK.vocabulary["employer_kinds"]],
        places=[*RULEBOOK.vocabulary["places"]],
        facts=[*RULEBOOK.vocabulary["facts"]],
        targets=[*RULEBOOK.targets],
        clauses=sorted({clause.id for clause in leaves}),
    )


@settings(max_examples=4, deadline=None)
@given(people=st.lists(dossiers(shipped_words()), min_size=1, max_size=4), basis=BASES)
def test_every_shipped_target_comes_out_alike_for_random_people(people: list[Dossier], basis: Basis) -> None:
    for asked in RULEBOOK.targets.values():
        if version_or_none(asked, TODAY) is not None:
            check_equal(asked, people, TODAY, basis)


@pytest.mark.parametrize("basis", Basis)
def test_everybody_in_the_worked_cases_comes_out_alike_for_every_target(basis: Basis) -> None:
    # Every fifth of several hundred, on the days on which most of them stand and the law changes.
    people = [case.dossier for case in RULEBOOK.cases][::5]
    register = register_of(named(people))
    for day in (TODAY, date(2027, 1, 1)):
        found = outcomes(RULEBOOK.targets.values(), kept_for(register, on=day, basis=basis))
        for asked in RULEBOOK.targets.values():
            if version_or_none(asked, day) is None:
                continue
            expected = [evaluate(asked, person, on=day, basis=basis).outcome for person in people]
            assert outcomes_of(found[asked.id], len(people)) == expected, asked.id


def test_a_rule_not_yet_in_force_asks_nobody() -> None:
    register = register_of(named([answers(it=True), Dossier()]))

    found = outcomes([target(version(leaf("it")))], kept_for(register, on=date(2019, 12, 31)))

    assert outcomes_of(found["hk.sample"], 2) == [Outcome.NOT_APPLICABLE] * 2


def test_every_predicate_has_a_twin() -> None:
    without_facts = {"judgement", "unread"}

    assert set(TWINS) | without_facts == set(PREDICATES)


@pytest.mark.parametrize("size", [1, 63, 64, 65, 200])
def test_nobody_stands_beyond_the_last_person(size: int) -> None:
    register = register_of(named([answers(it=number % 3 == 0) for number in range(size)]))

    (planes,) = outcomes([target(version(leaf("it")))], kept_for(register, on=TODAY)).values()

    last_word = int(planes.met[-1] | planes.not_met[-1])
    assert last_word.bit_length() == (size - 1) % 64 + 1
    assert np.bitwise_count(planes.met).sum() == (size + 2) // 3


def test_targets_that_ask_the_same_share_their_columns() -> None:
    kept = kept_for(register_of(named([answers(it=True)])), on=TODAY)

    one, other = outcomes(
        [target(version(leaf("it"))), target(version(leaf("it")), target_id="hk.other")], kept
    ).values()

    assert one is other
    assert len(kept.leaves) == 1
