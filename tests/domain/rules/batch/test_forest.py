"""What trees have in common is worked out once, and shared rows are never written to."""

from __future__ import annotations

from portal.domain.dossier import Dossier
from portal.domain.rules.batch.forest import Forest
from portal.domain.rules.batch.outcomes import kept_for, outcomes
from portal.domain.rules.batch.planes import everybody_of
from portal.domain.rules.batch.register import register_of
from tests.domain.rules.making import TODAY, all_of, answers, any_of, leaf, target, version

SHARED = (any_of("both", "a", "b"), leaf("a"), leaf("b"))


def test_equal_clauses_of_two_rules_are_one_node() -> None:
    forest = Forest()

    one = forest.planted(version(all_of("root", "both"), *SHARED), "hk.one")
    other = forest.planted(version(all_of("other", "both", "c"), *SHARED, leaf("c")), "hk.other")

    assert len({*one.nodes} & {*other.nodes}) == 3
    assert one.root != other.root


def test_rules_that_decide_alike_have_one_root() -> None:
    rules = [target(version(*SHARED), target_id=name) for name in ("hk.one", "hk.other")]
    kept = kept_for(register_of([("yes", answers(a=True, b=False)), ("no", Dossier())]), on=TODAY)

    found = outcomes(rules, kept)

    assert found["hk.one"] is found["hk.other"]
    assert len(kept.roots) == 1


def test_nobody_can_write_to_the_row_of_everybody() -> None:
    assert not everybody_of(70).flags.writeable
