"""Who gains and who loses by a new rulebook, and that a changed rule costs only what it touches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from portal.domain.dossier import Dossier
from portal.domain.places import Jurisdiction
from portal.domain.rules.batch.impact import Change, Impact, impact
from portal.domain.rules.batch.outcomes import Kept, kept_for, outcomes
from portal.domain.rules.batch.register import Register, register_of
from portal.domain.rules.clauses import Clause
from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Basis, Outcome
from tests.domain.rules.batch.chance import dossiers, rules
from tests.domain.rules.making import TODAY, all_of, answers, any_of, leaf, target, text, version


@dataclass(frozen=True)
class Release:
    digest: str
    targets: dict[str, Target]


def release(digest: str, *targets: Target) -> Release:
    return Release(digest, {one.id: one for one in targets})


PEOPLE = {
    "both": answers(a=True, b=True),
    "only a": answers(a=True, b=False),
    "only b": answers(a=False, b=True),
    "a unsure": answers(a=None, b=True),
    "none": answers(a=False, b=False),
}
REGISTER = register_of(PEOPLE.items())
STRICT = target(version(all_of("root", "a", "b"), leaf("a"), leaf("b")))
EASY = target(version(any_of("root", "a", "b"), leaf("a"), leaf("b")))
OTHER = replace(target(version(leaf("b")), target_id="sz.other"), jurisdiction=Jurisdiction.SHENZHEN)


def compared(before: Release, after: Release) -> Impact:
    return impact(before, after, REGISTER, TODAY)


def test_an_easier_rule_names_those_who_gain() -> None:
    found = compared(release("1", STRICT, OTHER), release("2", EASY, OTHER))

    assert found.names("hk.sample", Change.GAINS) == ["only a", "only b", "a unsure"]
    assert found.names("hk.sample", Change.LOSES) == []
    assert not found.of("sz.other").is_felt
    assert found.by_jurisdiction()[Jurisdiction.HONG_KONG][Change.GAINS] == 3
    assert found.by_jurisdiction()[Jurisdiction.SHENZHEN][Change.GAINS] == 0


def test_a_harder_rule_names_those_who_lose_and_those_of_whom_it_cannot_be_told() -> None:
    found = compared(release("2", EASY), release("1", STRICT))

    assert found.names("hk.sample", Change.LOSES) == ["only a", "only b"]
    assert found.names("hk.sample", Change.BECOMES_UNDETERMINED) == ["a unsure"]


def test_a_person_who_is_now_surely_refused_turns_otherwise() -> None:
    found = compared(release("1", target(version(leaf("a")))), release("2", target(version(leaf("never")))))
    back = compared(release("2", target(version(leaf("never")))), release("1", target(version(leaf("a")))))

    assert found.names("hk.sample", Change.TURNS_OTHERWISE) == []
    assert back.names("hk.sample", Change.TURNS_OTHERWISE) == ["only b", "none"]


def test_a_target_that_is_new_or_gone_asks_nobody_on_the_other_side() -> None:
    found = compared(release("1", EASY), release("2", OTHER))

    assert found.names("hk.sample", Change.LOSES) == ["both", "only a", "only b", "a unsure"]
    assert found.names("sz.other", Change.GAINS) == ["both", "only b", "a unsure"]
    with pytest.raises(KeyError):
        found.of("hk.ghost")


def test_a_new_title_is_not_felt_and_works_nothing_out() -> None:
    kept = kept_for(REGISTER, on=TODAY)
    impact(release("1", EASY), release("1", EASY), REGISTER, TODAY, kept=kept)
    asked = len(kept.leaves), len(kept.roots)
    clauses = EASY.ruleset.versions[0].clauses
    retitled = [replace(clause, title=text("anew")) for clause in clauses.values()]

    found = impact(release("1", EASY), release("2", target(version(*retitled))), REGISTER, TODAY, kept=kept)

    assert not found.of("hk.sample").is_felt
    assert (len(kept.leaves), len(kept.roots)) == asked


def _explained(rule: Target, people: list[Dossier], basis: Basis) -> list[Outcome]:
    return [evaluate(rule, person, on=TODAY, basis=basis).outcome for person in people]


def _expected(old: Outcome, new: Outcome) -> Change | None:
    if old is new:
        return None
    if new is Outcome.MET:
        return Change.GAINS
    if new is Outcome.UNDETERMINED:
        return Change.BECOMES_UNDETERMINED
    return Change.LOSES if old is Outcome.MET else Change.TURNS_OTHERWISE


@settings(max_examples=40, deadline=None)
@given(rules(), rules(), st.lists(dossiers(), min_size=1, max_size=6), st.sampled_from(list(Basis)))
def test_every_change_is_the_one_the_explained_evaluator_sees(
    before: list[Clause], after: list[Clause], people: list[Dossier], basis: Basis
) -> None:
    old, new = target(version(*before)), target(version(*after))
    register = register_of((str(place), person) for place, person in enumerate(people))

    found = impact(release("1", old), release("2", new), register, TODAY, basis=basis)

    pairs = zip(_explained(old, people, basis), _explained(new, people, basis), strict=True)
    expected = [_expected(*pair) for pair in pairs]
    for change in Change:
        places = [place for place, one in enumerate(expected) if one is change]
        assert found.of("hk.sample").places(change).tolist() == places


def _same_bits(kept: Kept, rebuilt: Kept, after: list[Target]) -> None:
    anew, once_more = outcomes(after, kept), outcomes(after, rebuilt)
    for name, planes in anew.items():
        for row, other in zip(planes, once_more[name], strict=True):
            assert (row is None) == (other is None)
            assert row is None or other is None or np.array_equal(row, other)


@settings(max_examples=40, deadline=None)
@given(st.lists(rules(), min_size=2, max_size=4), rules(), st.lists(dossiers(), min_size=1, max_size=70))
def test_one_changed_rule_over_what_is_kept_equals_the_full_rebuild_bit_for_bit(
    shipped: list[list[Clause]], changed: list[Clause], people: list[Dossier]
) -> None:
    before = [target(version(*r), target_id=f"hk.{n}") for n, r in enumerate(shipped)]
    after = [target(version(*changed), target_id="hk.0"), *before[1:]]
    register = register_of((str(place), person) for place, person in enumerate(people))
    kept = kept_for(register, on=TODAY)
    untouched = outcomes(before, kept)

    again = outcomes(after, kept)

    assert all(again[one.id] is untouched[one.id] for one in before[1:])
    _same_bits(kept, kept_for(register, on=TODAY), after)


def test_a_rulebook_before_its_first_day_asks_nobody() -> None:
    register: Register = REGISTER

    found = impact(release("1", EASY), release("2", STRICT), register, date(2019, 12, 31))

    assert not found.of("hk.sample").is_felt
