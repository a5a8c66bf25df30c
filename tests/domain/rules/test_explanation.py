"""Planks, turns, and the smallest sets that would settle a target."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from hypothesis import given, settings, strategies as st

from portal.domain.dossier import Dossier, PersonFact
from portal.domain.rules.alternatives import settling_sets
from portal.domain.rules.clauses import Clause
from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.explanation import Plank, PlankState, Standing, Turn, read_pair, standing_of
from portal.domain.rules.vocabulary import Basis, Outcome, Owner
from tests.domain.rules.making import TODAY, all_of, answers, any_of, leaf, target, text, version, when
from tests.domain.rules.test_logic import rules

ROOT = all_of("root", "paper", "degree", "sponsor", "proper", "route", "extra")
PAPER = leaf("paper")
CLAUSES: tuple[Clause, ...] = (
    ROOT,
    PAPER,
    leaf("degree"),
    replace(leaf("sponsor"), owner=Owner.EMPLOYER),
    replace(leaf("proper", "judgement", question=text("Proper?")), owner=Owner.AUTHORITY),
    any_of("route", "own", "cepa"),
    leaf("own"),
    leaf("cepa"),
    replace(leaf("extra"), applies_when=when("needs_extra")),
)


class Told(NamedTuple):
    """A pair of verdicts as pages tell it."""

    planks: tuple[Plank, ...]
    standing: Standing
    alternatives: tuple[tuple[str, ...], ...]


def explained(clauses: tuple[Clause, ...] = CLAUSES, **facts: bool | str | None) -> Told:
    """Explain a pair of verdicts; a fact given as ``"declared"`` is yes and not verified."""
    dossier = Dossier(
        facts=tuple(
            PersonFact(name, True if value == "declared" else value, verified=value != "declared")  # type: ignore[arg-type]
            for name, value in facts.items()
        )
    )
    asked = target(version(*clauses))
    declared = evaluate(asked, dossier, on=TODAY, basis=Basis.DECLARED)
    verified = evaluate(asked, dossier, on=TODAY, basis=Basis.VERIFIED)
    planks = read_pair(declared, verified)
    return Told(planks, standing_of(planks), settling_sets(asked.ruleset.versions[0], declared.root))


STORY = explained(paper=False, degree=True, sponsor=False, own=False, cepa="declared", needs_extra=False)


def test_planks_lie_verified_first_then_declared_then_in_rule_order() -> None:
    assert [(plank.clause_id, plank.state) for plank in STORY.planks] == [
        ("degree", PlankState.MET_VERIFIED),
        ("route", PlankState.MET_DECLARED),
        ("paper", PlankState.NOT_MET),
        ("sponsor", PlankState.NOT_MET),
        ("proper", PlankState.UNDETERMINED),
        ("extra", PlankState.NOT_APPLICABLE),
    ]


def test_an_any_of_is_one_plank() -> None:
    assert len(explained((any_of("root", "paper", "degree"), PAPER, leaf("degree"))).planks) == 1


def test_every_open_plank_is_at_somebodys_turn_and_no_other() -> None:
    assert {plank.clause_id: plank.turn for plank in STORY.planks} == {
        "paper": Turn.PERSON,
        "route": Turn.VERIFY,
        "sponsor": Turn.EMPLOYER,
        "proper": Turn.AUTHORITY,
        "degree": None,
        "extra": None,
    }


def test_the_standing_counts_turns_and_leaves_out_what_does_not_apply() -> None:
    standing = STORY.standing

    assert (standing.complete, standing.total, standing.not_applicable) == (1, 5, 1)
    assert (standing.open_person, standing.open_verify) == (1, 1)
    assert (standing.open_employer, standing.open_authority) == (1, 1)
    assert not standing.is_complete


def test_an_open_employer_or_authority_clause_does_not_paint_the_file_as_failed() -> None:
    standing = explained(
        paper=True, degree=True, sponsor=False, own=True, cepa=None, needs_extra=False
    ).standing

    assert (standing.open_person, standing.open_verify) == (0, 0)
    assert (standing.open_employer, standing.open_authority) == (1, 1)


def test_a_clause_that_does_not_apply_on_unverified_word_is_still_to_be_verified() -> None:
    asked = target(version(all_of("root", "extra"), CLAUSES[-1]))
    dossier = Dossier(facts=(PersonFact("needs_extra", value=False),))
    pair = [evaluate(asked, dossier, on=TODAY, basis=basis) for basis in Basis]

    planks = read_pair(*pair)

    assert planks[0].state is PlankState.NOT_APPLICABLE
    assert (standing_of(planks).open_verify, standing_of(planks).not_applicable) == (1, 0)


def test_the_smallest_sets_come_first_and_none_contains_another() -> None:
    found = explained(paper=True, degree=True, sponsor=True, own=False, cepa=False, needs_extra=False)

    assert found.alternatives == (("proper", "own"), ("proper", "cepa"))


def test_a_text_nobody_read_is_no_way_forward_unless_every_way_leads_through_it() -> None:
    unread = leaf("unread_rule", "unread", document="hk.S1")
    optional = (any_of("root", "unread_rule", "paper"), replace(unread, decides=False), PAPER)
    required = (all_of("root", "unread_rule", "paper"), replace(unread, decides=False), PAPER)

    assert explained(optional).alternatives == (("paper",),)
    assert explained(required).alternatives == (("unread_rule", "paper"),)


def test_being_what_one_is_not_is_no_way_forward_while_there_is_another() -> None:
    clauses = (any_of("root", "citizen", "own"), leaf("citizen"), leaf("own"))

    assert explained(clauses, citizen=False).alternatives == (("own",),)
    assert explained(clauses, citizen=False, own=False).alternatives == (("citizen",), ("own",))


def test_nothing_is_left_to_settle_when_all_is_met() -> None:
    clauses = (all_of("root", "paper"), PAPER)

    assert explained(clauses, paper=True).alternatives == ()


def test_at_most_eight_alternatives_are_shown() -> None:
    names = [f"n{number}" for number in range(12)]
    clauses: tuple[Clause, ...] = (any_of("root", *names), *(leaf(name) for name in names))

    assert len(explained(clauses).alternatives) == 8


@settings(max_examples=100, deadline=None)
@given(rules(), st.data())
def test_settling_an_alternative_meets_the_target_and_a_part_of_it_does_not(
    clauses: list[Clause], data: st.DataObject
) -> None:
    plain = [replace(clause, unless=None, applies_when=None) for clause in clauses]
    asked = target(version(*plain))
    leaves = [clause.id for clause in plain if not clause.children]
    facts = {name: data.draw(st.booleans()) for name in leaves}

    evaluation = evaluate(asked, answers(**facts), on=TODAY)

    for names in settling_sets(asked.ruleset.versions[0], evaluation.root):
        done = facts | dict.fromkeys(names, True)
        assert evaluate(asked, answers(**done), on=TODAY).outcome is Outcome.MET
        for name in names:
            partly = done | {name: False}
            assert evaluate(asked, answers(**partly), on=TODAY).outcome is Outcome.NOT_MET
