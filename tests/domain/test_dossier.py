"""The two bases of a dossier, and texts in three languages."""

from __future__ import annotations

from datetime import date

import pytest

from portal.domain.dossier import Dossier, Holding, PersonFact
from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.vocabulary import Basis, Outcome
from portal.domain.texts import Text
from tests.domain.rules.making import TODAY, all_of, leaf, target, version, worked

MIXED = Dossier(
    holdings=(Holding("h1", "x", verified=True), Holding("h2", "y")),
    work=(worked("w1", date(2020, 1, 1)),),
    facts=(PersonFact("a", value=True),),
)
RULE = target(
    version(
        all_of("root", "a", "held", "years"),
        leaf("a"),
        leaf("held", "holds", any_of=("y",)),
        leaf("years", "experience_at_least", months=12),
    )
)


def test_on_the_declared_basis_every_fact_counts_as_if_it_were_verified() -> None:
    counted = MIXED.on_basis(Basis.DECLARED)

    assert all(holding.verified for holding in counted.holdings)
    assert all(period.verified for period in counted.work)
    assert all(fact.verified for fact in counted.facts)
    assert MIXED.on_basis(Basis.VERIFIED) is MIXED


def test_both_ways_to_a_verdict_agree() -> None:
    declared = evaluate(RULE, MIXED, on=TODAY, basis=Basis.DECLARED)
    as_if_verified = evaluate(RULE, MIXED.on_basis(Basis.DECLARED), on=TODAY, basis=Basis.VERIFIED)

    assert declared.root == as_if_verified.root
    assert declared.outcome is Outcome.MET


def test_what_awaits_verification_is_pending_in_the_whole_tree() -> None:
    verified = evaluate(RULE, MIXED, on=TODAY, basis=Basis.VERIFIED)

    assert verified.outcome is Outcome.UNDETERMINED
    assert all(result.pending for result in verified.root.walk())


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Bridge"), ("zh_Hant_HK", "橋"), ("zh-Hant-HK", "橋"), ("zh_Hans_CN", "桥")],
)
def test_a_text_is_read_in_the_language_asked(language: str, words: str) -> None:
    assert Text("Bridge", "橋", "桥").in_language(language) == words


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        Text("Bridge", "橋", "桥").in_language("fr")
