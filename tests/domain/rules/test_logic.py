"""How answers combine: four outcomes, groups, exceptions, applicability, and what must always hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from portal.domain.dossier import Dossier, Holding, PersonFact
from portal.domain.rules.clauses import Citation, Clause, Condition
from portal.domain.rules.evaluation import compile_version, evaluate
from portal.domain.rules.facts import read_facts
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.vocabulary import Basis, Confidence, Outcome, Owner
from tests.domain.rules.making import (
    TODAY,
    all_of,
    answers,
    any_of,
    ask,
    at_least,
    holding,
    leaf,
    target,
    version,
    when,
)

MET, NOT_MET = Outcome.MET, Outcome.NOT_MET
OPEN, ABSENT = Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE
A, B = leaf("a"), leaf("b")


def outcome(*clauses: Clause, **facts: bool | None) -> Outcome:
    return ask(*clauses, facts=answers(**facts)).outcome


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        (True, True, MET, MET),
        (True, False, NOT_MET, MET),
        (False, False, NOT_MET, NOT_MET),
        (True, None, OPEN, MET),
        (False, None, NOT_MET, OPEN),
        (None, None, OPEN, OPEN),
    ],
)
def test_groups_follow_the_logic_of_three_values(
    a: bool | None, b: bool | None, both: Outcome, either: Outcome
) -> None:
    assert outcome(all_of("root", "a", "b"), A, B, a=a, b=b) is both
    assert outcome(any_of("root", "a", "b"), A, B, a=a, b=b) is either


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((True, True, False), MET),
        ((True, False, False), NOT_MET),
        ((True, None, False), OPEN),
        ((True, True, None), MET),
        ((None, False, False), NOT_MET),
    ],
)
def test_at_least_counts_what_is_sure_and_what_is_possible(
    values: Sequence[bool | None], expected: Outcome
) -> None:
    facts = dict(zip("abc", values, strict=True))

    assert outcome(at_least(2, "root", "a", "b", "c"), A, B, leaf("c"), **facts) is expected


def test_an_all_of_over_clauses_that_do_not_apply_does_not_apply() -> None:
    absent = replace(A, applies_when=when("c"))

    found = ask(all_of("root", "a"), absent, facts=answers(a=False, c=False))

    assert found.outcome is ABSENT
    assert found.find("a").because.code == "person.stated_otherwise"
    assert outcome(all_of("root", "a", "b"), absent, B, b=True, c=False) is MET


def test_unknown_applicability_is_cannot_tell_and_says_what_is_not_known() -> None:
    found = ask(all_of("root", "a"), replace(A, applies_when=when("c")), facts=answers(a=False))

    assert found.outcome is OPEN
    assert found.find("a").because.params == {"fact": "c"}


def test_a_clause_met_anyway_does_not_wait_for_its_applicability() -> None:
    found = ask(
        all_of("root", "a", "b"), replace(A, applies_when=when("c")), B, facts=answers(a=True, b=True)
    )

    assert found.outcome is MET
    assert found.find("a").outcome is OPEN


def test_an_exception_that_is_met_takes_the_clause_away() -> None:
    spared = replace(A, unless="b")
    root = all_of("root", "a", "c")

    found = ask(root, spared, B, leaf("c"), facts=answers(a=False, b=True, c=True))

    assert found.outcome is MET
    assert found.find("a").because.code == "unless.met"
    assert outcome(root, spared, B, leaf("c"), a=False, b=False, c=True) is NOT_MET
    assert outcome(root, spared, B, leaf("c"), a=False, b=None, c=True) is OPEN
    assert outcome(root, spared, B, leaf("c"), a=True, b=None, c=True) is MET


def test_a_low_figure_never_decides_and_names_what_must_be_read() -> None:
    low = replace(A, cites=(Citation("hk.S9", "table 2", Confidence.LOW),))
    uncited = replace(A, cites=())

    assert ask(low, facts=answers(a=True)).root.because.params == {"document": "hk.S9"}
    assert ask(low, facts=answers(a=True)).outcome is OPEN
    assert ask(uncited, facts=answers(a=False)).root.because.code == "confidence.none"
    assert outcome(replace(A, decides=False), a=True) is OPEN


def test_an_open_group_belongs_to_whoever_must_act() -> None:
    employer = replace(B, owner=Owner.EMPLOYER)
    root = all_of("root", "a", "b")

    assert ask(root, A, employer, facts=answers(a=True, b=False)).root.owner is Owner.EMPLOYER
    assert ask(root, A, employer, facts=answers(a=None, b=False)).root.owner is Owner.PERSON


def lapsing(clause_id: str, code: str) -> Clause:
    return leaf(clause_id, "holds", any_of=(code,), awarded_within_months=36)


def test_a_group_lapses_with_its_first_or_its_last_member() -> None:
    early = holding("x", awarded_on=date(2024, 3, 1)).holdings
    late = holding("y", awarded_on=date(2025, 6, 1)).holdings
    facts = Dossier(holdings=(*early, replace(late[0], id="h2")))
    leaves = (lapsing("one", "x"), lapsing("two", "y"))

    assert ask(all_of("root", "one", "two"), *leaves, facts=facts).root.lapses_on == date(2027, 3, 1)
    assert ask(any_of("root", "one", "two"), *leaves, facts=facts).root.lapses_on == date(2028, 6, 1)
    assert ask(at_least(1, "root", "one", "two"), *leaves, facts=facts).root.lapses_on == date(2028, 6, 1)


def test_a_spared_clause_comes_back_on_the_day_its_exception_lapses() -> None:
    facts = Dossier(holdings=holding("x", awarded_on=date(2024, 3, 1)).holdings)

    found = ask(
        all_of("root", "a", "c"),
        replace(A, unless="one"),
        lapsing("one", "x"),
        leaf("c"),
        facts=replace(facts, facts=answers(a=False, c=True).facts),
    )

    assert found.outcome is MET
    assert found.root.lapses_on == date(2027, 3, 1)


def test_a_branch_that_ceases_to_apply_ends_an_any_of_and_not_an_all_of() -> None:
    branch = replace(A, applies_when=Condition("holds", {"any_of": ("x",), "awarded_within_months": 36}))
    facts = Dossier(
        holdings=holding("x", awarded_on=date(2024, 3, 1)).holdings, facts=answers(a=True, b=True).facts
    )

    assert ask(any_of("root", "a"), branch, facts=facts).root.lapses_on == date(2027, 3, 1)
    assert ask(all_of("root", "a", "b"), branch, B, facts=facts).root.lapses_on is None


def test_evaluation_is_a_photograph_that_survives_json() -> None:
    facts = Dossier(holdings=holding("x", awarded_on=date(2024, 3, 1)).holdings)
    found = ask(any_of("root", "one", "a"), lapsing("one", "x"), A, facts=facts)

    assert Evaluation.from_json(found.to_json()) == found


# --- What must always hold: random rules, random answers -------------------------------------------

NAMES = [f"f{n}" for n in range(6)]
ANSWERS = st.sampled_from([True, False, None])


@st.composite
def rules(draw: st.DrawFn) -> list[Clause]:
    """A random tree over six leaves, with exceptions and conditions, its root first."""
    clauses: list[Clause] = []
    for name in NAMES:
        condition = when(f"when_{name}") if draw(st.booleans()) else None
        clauses.append(replace(leaf(name), applies_when=condition))
    for number in range(draw(st.integers(1, 4))):
        known = [clause.id for clause in clauses]
        children = tuple(draw(st.lists(st.sampled_from(known), min_size=1, max_size=4, unique=True)))
        needed = draw(st.integers(1, len(children)))
        kind = draw(st.sampled_from([all_of, any_of]))
        made = (
            kind(f"g{number}", *children)
            if draw(st.booleans())
            else at_least(needed, f"g{number}", *children)
        )
        spare = draw(st.none() | st.sampled_from(known))
        clauses.append(replace(made, unless=spare if spare not in children else None))
    return clauses[::-1]


FACTS = st.fixed_dictionaries({name: ANSWERS for n in NAMES for name in (n, f"when_{n}")})


def settled(root: ClauseResult) -> dict[str, Outcome]:
    return {r.clause_id: r.outcome for r in root.walk() if r.outcome.is_settled}


@settings(max_examples=150, deadline=None)
@given(rules(), FACTS, st.data())
def test_settling_an_open_fact_never_flips_a_settled_answer(
    clauses: list[Clause], facts: dict[str, bool | None], data: st.DataObject
) -> None:
    before = ask(*clauses, facts=answers(**facts)).root
    later = {name: data.draw(st.booleans()) if value is None else value for name, value in facts.items()}
    after = ask(*clauses, facts=answers(**later)).root

    held = settled(before)
    outcomes = {r.clause_id: r.outcome for r in after.walk()}
    assert {name: outcomes[name] for name in held} == held
    assert Outcome.UNDETERMINED not in outcomes.values()


@settings(max_examples=200, deadline=None)
@given(rules(), FACTS, st.sets(st.sampled_from(NAMES)))
def test_verifying_a_fact_never_flips_a_settled_answer(
    clauses: list[Clause], facts: dict[str, bool | None], verified: set[str]
) -> None:
    some = Dossier(facts=tuple(PersonFact(n, v, verified=n in verified) for n, v in facts.items()))
    everything = Dossier(facts=tuple(PersonFact(n, v, verified=True) for n, v in facts.items()))

    before = ask(*clauses, facts=some, basis=Basis.VERIFIED).root
    after = {
        r.clause_id: r.outcome for r in ask(*clauses, facts=everything, basis=Basis.VERIFIED).root.walk()
    }

    held = settled(before)
    assert {name: after[name] for name in held} == held


@settings(max_examples=150, deadline=None)
@given(rules(), FACTS, st.integers())
def test_the_order_of_facts_and_clauses_carries_no_meaning(
    clauses: list[Clause], facts: dict[str, bool | None], seed: int
) -> None:
    order = Random(seed)
    first = version(*clauses)
    shuffled = list(first.clauses.items())
    order.shuffle(shuffled)
    dossier = answers(**facts)
    reversed_facts = replace(dossier, facts=dossier.facts[::-1])

    one = evaluate(target(first), dossier, on=TODAY)
    two = evaluate(target(replace(first, clauses=dict(shuffled))), reversed_facts, on=TODAY)

    assert one == two


@settings(max_examples=100, deadline=None)
@given(rules(), FACTS)
def test_a_compiled_rule_keeps_nothing_of_the_last_person(
    clauses: list[Clause], facts: dict[str, bool | None]
) -> None:
    program = compile_version(version(*clauses))
    asked = read_facts(answers(**facts), basis=Basis.DECLARED)
    first = program(asked, TODAY)
    program(read_facts(answers(**dict.fromkeys(facts, True)), basis=Basis.DECLARED), TODAY)

    assert program(asked, TODAY) == first


# --- Days: a rule of papers that lapse, each at its own time ------------------------------------------

PAPERS = [f"q{n}" for n in range(6)]


@st.composite
def lapsing_rules(draw: st.DrawFn) -> list[Clause]:
    """A random tree over papers that count for three years, some asked only of holders of another."""
    clauses: list[Clause] = []
    for name in PAPERS:
        only_with = draw(st.none() | st.sampled_from(PAPERS))
        condition = Condition("holds", {"any_of": (only_with or name,), "awarded_within_months": 30})
        clauses.append(replace(lapsing(f"c{name}", name), applies_when=condition if only_with else None))
    for number in range(draw(st.integers(1, 4))):
        known = [clause.id for clause in clauses]
        children = tuple(draw(st.lists(st.sampled_from(known), min_size=1, max_size=4, unique=True)))
        kind = draw(st.sampled_from([all_of, any_of]))
        clauses.append(kind(f"g{number}", *children))
    return clauses[::-1]


def a_gap_falls_away(today: Evaluation, then: Evaluation) -> bool:
    """True when something not met today no longer applies on that day.

    Another branch may then stand by itself, which the lapse day of a group does not foresee: it is
    the day to look again, and never too late.
    """
    gaps = {result.clause_id for result in today.root.walk() if result.outcome is Outcome.NOT_MET}
    return any(then.find(clause).outcome is not Outcome.NOT_MET for clause in gaps)


@settings(max_examples=120, deadline=None)
@given(lapsing_rules(), st.dictionaries(st.sampled_from(PAPERS), st.integers(0, 1200)))
def test_the_lapse_day_of_a_rule_is_the_first_on_which_it_is_no_longer_met(
    clauses: list[Clause], ages: dict[str, int]
) -> None:
    facts = Dossier(
        holdings=tuple(Holding(n, n, awarded_on=TODAY - timedelta(days=age)) for n, age in ages.items())
    )

    text = version(*clauses)
    asked = replace(target(text), programs={text.in_force_from: compile_version(text)})

    @cache
    def answer(day: date) -> Evaluation:
        return evaluate(asked, facts, on=day)

    for result in answer(TODAY).root.walk():
        if result.outcome is not Outcome.MET:
            continue
        end = result.lapses_on or TODAY + timedelta(days=2000)
        for step in range(0, (end - TODAY).days, 30):
            assert answer(TODAY + timedelta(days=step)).find(result.clause_id).outcome is Outcome.MET
        assert answer(end - timedelta(days=1)).find(result.clause_id).outcome is Outcome.MET
        if result.lapses_on is not None and not a_gap_falls_away(answer(TODAY), answer(end)):
            assert answer(end).find(result.clause_id).outcome is not Outcome.MET
