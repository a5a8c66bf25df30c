"""Small rules and dossiers, made for one test each."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from portal.domain.dossier import Dossier, Holding, PersonFact, Work
from portal.domain.places import Jurisdiction
from portal.domain.rules.clauses import Citation, Clause, Condition, Group, Leaf
from portal.domain.rules.evaluation import evaluate
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.rulesets import RuleSet, RuleVersion, Target
from portal.domain.rules.vocabulary import Basis, ClauseKind, Confidence, Owner, RecognitionKind
from portal.domain.texts import Text

TODAY = date(2026, 11, 22)
FIRST_DAY = date(2020, 1, 1)
SURE = (Citation("hk.S1", "section 1", Confidence.HIGH),)


def text(words: str) -> Text:
    return Text(words, words, words)


def leaf(clause_id: str, test: str = "person_is", **parameters: Any) -> Leaf:
    """A leaf; without parameters it asks for the fact of its own name."""
    given = parameters or {"fact": clause_id}
    return Leaf(clause_id, text(clause_id), Owner.PERSON, test, given, SURE)


def all_of(clause_id: str, *children: str, **more: Any) -> Group:
    return Group(clause_id, text(clause_id), ClauseKind.ALL_OF, children, **more)


def any_of(clause_id: str, *children: str, **more: Any) -> Group:
    return Group(clause_id, text(clause_id), ClauseKind.ANY_OF, children, **more)


def at_least(needed: int, clause_id: str, *children: str) -> Group:
    return Group(clause_id, text(clause_id), ClauseKind.AT_LEAST, children, needed)


def when(fact: str) -> Condition:
    return Condition("person_is", {"fact": fact})


def version(*clauses: Clause, begins: date = FIRST_DAY, until: date | None = None) -> RuleVersion:
    """A version whose root is its first clause."""
    named = {clause.id: clause for clause in clauses}
    return RuleVersion(begins, clauses[0].id, named, None, until)


def target(*versions: RuleVersion, target_id: str = "hk.sample") -> Target:
    return Target(
        id=target_id,
        family=target_id,
        instance=None,
        jurisdiction=Jurisdiction.HONG_KONG,
        authority="sfc",
        recognition=RecognitionKind.PAPER_EXEMPTION,
        title=text("Sample"),
        summary=text("Sample"),
        remains=text("Sample"),
        check_elsewhere=text("Sample"),
        ruleset=RuleSet(versions),
        origin="hong_kong/sample.toml",
    )


def ask(*clauses: Clause, facts: Dossier, on: date = TODAY, basis: Basis = Basis.DECLARED) -> Evaluation:
    """Evaluate a rule of these clauses, the first of them its root."""
    return evaluate(target(version(*clauses)), facts, on=on, basis=basis)


def ask_one(
    test: str, facts: Dossier, *, on: date = TODAY, basis: Basis = Basis.DECLARED, **parameters: Any
) -> ClauseResult:
    """Evaluate a rule of one leaf."""
    return ask(leaf("it", test, **parameters), facts=facts, on=on, basis=basis).root


def answers(**values: bool | date | None) -> Dossier:
    """A dossier of facts about the person."""
    return Dossier(facts=tuple(PersonFact(name, value, verified=True) for name, value in values.items()))


def holding(qualification: str, **more: Any) -> Dossier:
    """A dossier of one holding."""
    return Dossier(holdings=(Holding("h1", qualification, **more),))


def worked(
    name: str,
    begun_on: date,
    ended_on: date | None = None,
    *,
    share: str | None = "1",
    functions: tuple[str, ...] = ("asset-management",),
    **more: Any,
) -> Work:
    """One period of asset management in the Mainland, full time unless told otherwise."""
    return Work(
        name,
        functions,
        more.pop("employer_kind", "mainland-fund-institution"),
        more.pop("place", "shenzhen"),
        begun_on,
        ended_on,
        Fraction(share) if share is not None else None,
        **more,
    )
