"""Whether an evaluation carries a grant: what is missing, what is left to others, what conditions cover."""

from __future__ import annotations

from datetime import date

import pytest

from portal.domain.errors import Refused
from portal.domain.grants import (
    awaits_finding,
    require_conditions_suffice,
    require_grantable,
    standing_of,
)
from portal.domain.rules.reasons import Because
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.vocabulary import Basis, ClauseKind, Outcome, Owner
from portal.domain.texts import Text

DAY = date(2026, 11, 22)
QUESTION = Because("judgement.awaits_officer", {"question": Text("?", "？", "？")})
AGAINST = Because("judgement.found_against", {"question": Text("?", "？", "？")})
UNREAD = Because("unread.document", {"document": Text("Guide", "指引", "指引")})
NONE_FOUND = Because("holds.none_found", {"qualifications": ("x",)})


def leaf(
    name: str,
    outcome: Outcome = Outcome.NOT_MET,
    *,
    owner: Owner = Owner.PERSON,
    because: Because = NONE_FOUND,
) -> ClauseResult:
    return ClauseResult(name, outcome, because, (), None, None, False, owner, (), ClauseKind.LEAF)


def met(name: str) -> ClauseResult:
    return leaf(name, Outcome.MET)


def group(kind: ClauseKind, *children: ClauseResult, needed: int = 0) -> ClauseResult:
    because = Because("at_least.not_met", {"needed": needed, "found": 0}) if needed else NONE_FOUND
    return ClauseResult(
        "group", Outcome.NOT_MET, because, (), None, None, False, Owner.PERSON, children, kind
    )


def all_of(*children: ClauseResult) -> ClauseResult:
    return group(ClauseKind.ALL_OF, *children)


def any_of(*children: ClauseResult) -> ClauseResult:
    return group(ClauseKind.ANY_OF, *children)


def evaluation(root: ClauseResult) -> Evaluation:
    return Evaluation("target", DAY, DAY, Basis.VERIFIED, root.outcome, root)


def test_everything_met_carries_a_grant() -> None:
    standing = standing_of(evaluation(all_of(met("paper"), met("degree"))))

    assert standing.carries
    require_grantable(standing)


def test_an_open_clause_of_the_person_does_not() -> None:
    standing = standing_of(evaluation(all_of(leaf("paper"), met("degree"))))

    assert (standing.carries, standing.missing) == (False, ("paper",))
    with pytest.raises(Refused) as refusal:
        require_grantable(standing)
    assert refusal.value.code == "decision.clauses_open"


def test_a_fact_that_awaits_verification_is_missing_too() -> None:
    pending = leaf(
        "paper", Outcome.UNDETERMINED, because=Because("holds.awaits_verification", {"qualification": "x"})
    )

    assert standing_of(evaluation(all_of(pending))).missing == ("paper",)


def test_what_an_employer_or_the_authority_still_does_is_left_to_them() -> None:
    sponsor = leaf("sponsor", owner=Owner.EMPLOYER)
    conduct = leaf("fit", Outcome.UNDETERMINED, owner=Owner.AUTHORITY, because=QUESTION)

    standing = standing_of(evaluation(all_of(met("paper"), sponsor, conduct)))

    assert standing.carries
    assert (standing.with_employer, standing.with_authority) == (("sponsor",), ("fit",))


def test_a_finding_against_a_needed_clause_refuses_a_grant() -> None:
    conduct = leaf("fit", owner=Owner.AUTHORITY, because=AGAINST)

    standing = standing_of(evaluation(all_of(met("paper"), conduct)))

    with pytest.raises(Refused) as refusal:
        require_grantable(standing)
    assert refusal.value.code == "decision.found_against"


def test_a_finding_against_a_way_nobody_needs_changes_nothing() -> None:
    other_way = any_of(met("degree"), leaf("school", owner=Owner.AUTHORITY, because=AGAINST))

    assert standing_of(evaluation(all_of(other_way))).carries


def test_a_source_that_was_not_read_blocks_until_an_officer_settles_it() -> None:
    unread = leaf("years", Outcome.UNDETERMINED, because=UNREAD)
    asked = evaluation(all_of(met("paper"), unread))

    assert standing_of(asked).missing == ("years",)
    assert standing_of(asked, findings={"years": True}).settled == ("years",)
    assert standing_of(asked, findings={"years": False}).against == ("years",)


def test_no_finding_overrules_facts() -> None:
    assert not standing_of(evaluation(all_of(leaf("paper"))), findings={"paper": True}).carries
    assert not awaits_finding(NONE_FOUND)
    assert awaits_finding(UNREAD)
    assert awaits_finding(QUESTION)


def test_an_open_question_does_not_stand_in_for_a_paper_beside_it() -> None:
    question = leaf("senior_post", Outcome.UNDETERMINED, owner=Owner.AUTHORITY, because=QUESTION)

    standing = standing_of(evaluation(all_of(any_of(leaf("paper"), question))))

    assert (standing.carries, standing.missing) == (False, ("paper",))


def test_a_way_that_only_waits_for_an_employer_is_a_way() -> None:
    licensed = all_of(met("licence"), leaf("fund_work", owner=Owner.EMPLOYER))

    standing = standing_of(evaluation(all_of(any_of(leaf("subject_2"), licensed))))

    assert (standing.carries, standing.with_employer) == (True, ("fund_work",))


def test_enough_of_several_ways_carry() -> None:
    two_of_three = group(ClauseKind.AT_LEAST, met("a"), met("b"), leaf("c"), needed=2)
    three_of_three = group(ClauseKind.AT_LEAST, met("a"), met("b"), leaf("c"), needed=3)

    assert standing_of(evaluation(two_of_three)).carries
    assert standing_of(evaluation(three_of_three)).missing == ("c",)


def test_a_clause_that_does_not_apply_asks_nothing() -> None:
    idle = leaf("visa", Outcome.NOT_APPLICABLE)

    assert standing_of(evaluation(all_of(idle, met("paper")))).carries


def test_conditions_that_close_what_is_missing_suffice() -> None:
    asked = evaluation(all_of(leaf("paper"), leaf("hours"), leaf("sponsor", owner=Owner.EMPLOYER)))

    standing = require_conditions_suffice(asked, findings={}, covered={"paper", "hours"})

    assert standing.carries
    assert standing.with_employer == ("sponsor",)


@pytest.mark.parametrize(
    ("covered", "code"),
    [
        (set(), "decision.conditions_missing"),
        ({"paper"}, "decision.conditions_do_not_suffice"),
        ({"paper", "degree"}, "decision.conditions_not_needed"),
    ],
)
def test_conditions_that_are_not_exactly_what_is_missing_are_refused(covered: set[str], code: str) -> None:
    asked = evaluation(all_of(leaf("paper"), leaf("hours"), met("degree")))

    with pytest.raises(Refused) as refusal:
        require_conditions_suffice(asked, findings={}, covered=covered)

    assert refusal.value.code == code


def test_no_condition_mends_a_finding_against() -> None:
    asked = evaluation(all_of(leaf("paper"), leaf("fit", owner=Owner.AUTHORITY, because=AGAINST)))

    with pytest.raises(Refused) as refusal:
        require_conditions_suffice(asked, findings={}, covered={"paper"})

    assert refusal.value.code == "decision.found_against"
