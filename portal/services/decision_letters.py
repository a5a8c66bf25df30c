"""The letter of a decision: its facts gathered, its words written once and kept as sent.

Owns what a decision's letter says: the bridge as lines of text, what remains with others, the
conditions, the reasons. The wording is in ``templates/letters``. It must not decide anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.domain.cases import Verdict
from portal.domain.grants import Standing
from portal.domain.reasons_for_decline import GROUNDS, consequence_of
from portal.domain.rules.results import ClauseResult, Evaluation
from portal.domain.rules.rulesets import RuleVersion
from portal.domain.rules.vocabulary import Outcome as ClauseOutcome
from portal.domain.texts import Text
from portal.models.cases import Case, Letter
from portal.models.people import Person
from portal.models.recognitions import Recognition
from portal.services.grounds import Proposal
from portal.services.house import House

# A review is asked for within this many days of the letter's date.
DAYS_FOR_REVIEW = 28


@dataclass(frozen=True, slots=True)
class Outcome:
    """A decision as its letter tells of it."""

    case: Case
    evaluation: Evaluation
    proposal: Proposal
    standing: Standing
    recognition: Recognition | None


def write_decision_letter(house: House, outcome: Outcome) -> Letter:
    """Write and keep the letter of a decision; the caller commits."""
    version = house.rulebook.targets[outcome.case.target].in_force(outcome.evaluation.on)
    facts = {
        "planks": _planks(outcome, version),
        "with_employer": _titles(outcome.standing.with_employer, version),
        "with_authority": _titles(outcome.standing.with_authority, version),
        "settled": _titles(outcome.standing.settled, version),
        "conditions": [{"title": one.title, "due_on": one.due_on} for one in outcome.proposal.conditions],
        "granted_on": outcome.recognition.granted_on if outcome.recognition else None,
        "recognition": outcome.recognition.reference if outcome.recognition else "",
        **_refusal(outcome, version),
    }
    return write_letter(house, outcome.case, _kind(outcome), facts)


def write_letter(house: House, case: Case, kind: str, facts: Mapping[str, Any]) -> Letter:
    """Write a letter of a kind about a case, in the applicant's language, and keep its words."""
    target = house.rulebook.targets[case.target]
    person = house.session.scalars(select(Person).where(Person.id == case.person_id)).one()
    written = house.stationery.write_letter(
        kind,
        case.language,
        {
            "name": name_for(person, case.language),
            "reference": case.reference,
            "issued_on": house.clock.today(),
            "operator": house.operator,
            "target": target.title,
            "authority": house.rulebook.authorities[target.authority].title,
            "remains": target.remains,
            "check_elsewhere": target.check_elsewhere,
            "days_for_review": DAYS_FOR_REVIEW,
            **facts,
        },
    )
    letter = Letter(
        id=house.new_key(),
        case_id=case.id,
        kind=kind,
        language=case.language,
        subject=written.subject,
        body=written.body,
        written_at=house.clock.now(),
    )
    house.session.add(letter)
    return letter


def name_for(person: Person, language: str) -> str:
    """The name a letter greets: the Chinese one in Chinese, where the person gave it."""
    first, second = person.name_latin, person.name_chinese
    if language.startswith("zh"):
        first, second = second, first
    return first or second


def _kind(outcome: Outcome) -> str:
    if outcome.proposal.verdict is Verdict.DECLINE:
        return "declined"
    if outcome.proposal.verdict is Verdict.GRANT_WITH_CONDITIONS:
        return "granted_with_conditions"
    was_conditional = outcome.recognition is not None and outcome.recognition.conditional
    return "conditions_finished" if was_conditional else "granted"


def _planks(outcome: Outcome, version: RuleVersion) -> list[dict[str, object]]:
    """The bridge as text: every top-level clause and how it stood on the day."""
    return [
        {
            "title": version.clauses[result.clause_id].title,
            "state": _state(result, outcome),
            "lapses_on": result.lapses_on if result.outcome is ClauseOutcome.MET else None,
        }
        for result in outcome.evaluation.top_level()
        if result.outcome is not ClauseOutcome.NOT_APPLICABLE
    ]


def _state(result: ClauseResult, outcome: Outcome) -> str:
    """What the decision made of a clause; an open one says with whom it lies."""
    if result.outcome is ClauseOutcome.MET:
        return "met"
    inside = {one.clause_id for one in result.walk()}
    standing = outcome.standing
    if inside & outcome.proposal.covered:
        return "condition"
    if inside & {*standing.missing, *standing.against}:
        return "not_met" if result.outcome is ClauseOutcome.NOT_MET else "undetermined"
    if inside & set(standing.with_employer):
        return "with_employer"
    if inside & set(standing.with_authority):
        return "with_authority"
    return "settled" if inside & set(standing.settled) else "undetermined"


def _refusal(outcome: Outcome, version: RuleVersion) -> dict[str, object]:
    """What a letter that declines adds: the reasons, the open clauses, and what can be done next."""
    reasons = outcome.proposal.reasons
    if not reasons:
        return {"reasons": [], "open_clauses": [], "found_against": [], "consequence": ""}
    standing = outcome.standing
    names_clauses = any(GROUNDS[reason].names_open_clauses for reason in reasons)
    return {
        "reasons": [reason.value for reason in reasons],
        "open_clauses": _open_planks(outcome, version) if names_clauses else [],
        "found_against": _titles(standing.against, version),
        "consequence": consequence_of(reasons).value,
    }


def _open_planks(outcome: Outcome, version: RuleVersion) -> list[Text]:
    """The top-level clauses with something missing: a list of every alternative helps nobody."""
    missing = set(outcome.standing.missing)
    return [
        version.clauses[result.clause_id].title
        for result in outcome.evaluation.top_level()
        if missing & {one.clause_id for one in result.walk()}
    ]


def _titles(clauses: Iterable[str], version: RuleVersion) -> list[Text]:
    return [version.clauses[clause].title for clause in clauses]
