"""The first officer's work on a case: begin, take it on, verify facts, record findings, recommend.

Owns the acts up to the recommendation. What a second officer does is in ``decisions``. Every act is
checked when acting: the officer's side, the case's stage, whose desk it is on, and the version of
what was read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.domain.cases import Move, Stage, Verdict
from portal.domain.credentials import FactKind, Standing, VerificationMethod
from portal.domain.errors import Conflict, NotFound, NotPermitted, Refused
from portal.domain.grants import awaits_finding
from portal.domain.people import Actor
from portal.domain.rules.results import Evaluation
from portal.domain.rules.vocabulary import Basis
from portal.models.cases import Case, Photograph, Recommendation, RecordedJudgement
from portal.models.credentials import Credential, Verification, WorkPeriod
from portal.models.people import PersonalFact
from portal.services.case_moves import move_case
from portal.services.conditions import fulfil_conditions
from portal.services.disclosure_to_officers import case_for_officer, file_for_officer
from portal.services.grounds import Proposal, findings_of, propose, require_proposal
from portal.services.house import House
from portal.services.journal import journal_case, record
from portal.services.photographs import evaluate_case, take_photographs
from portal.services.work import one_act, require_version

FactRow = Credential | WorkPeriod | PersonalFact
# While conditions run, the desk verifies what finishes them; a recommended case is left as it was read.
VERIFIABLE = frozenset({Stage.UNDER_ASSESSMENT, Stage.INFORMATION_REQUESTED, Stage.GRANTED_WITH_CONDITIONS})
# A completion is the programme manager's to record, and proves itself.
OFFICERS_METHODS = tuple(
    method for method in VerificationMethod if method is not VerificationMethod.COMPLETION
)


@dataclass(frozen=True, slots=True)
class FactSeen:
    """The fact an officer looked at, in the version that was on the page."""

    kind: FactKind
    id: UUID
    version: int


def begin_assessment(
    house: House, actor: Actor, *, reference: str, version: int, once: str | None = None
) -> str:
    """Take a submitted case onto the desk; it becomes this officer's. Gives its reference."""
    with one_act(house, actor, once=once) as act:
        case = case_on_the_desk(house, actor, reference, version)
        case.assigned_to = actor.account_id
        move_case(house, actor, case, Move.BEGIN_ASSESSMENT)
        journal_case(house, actor, "case.assessment_begun", case)
        act.result = case.reference
    return act.result


def assign_case(house: House, actor: Actor, *, reference: str, version: int, once: str | None = None) -> str:
    """Take on a case that nobody has; refuses with ``case.already_assigned`` when somebody does."""
    with one_act(house, actor, once=once) as act:
        case = case_for_officer(house, actor, reference)
        if case.assigned_to == actor.account_id:
            raise Refused("case.already_yours")
        if case.assigned_to is not None:
            raise Refused("case.already_assigned")
        require_version(case.version, version)
        if case.stage not in (Stage.UNDER_ASSESSMENT, Stage.INFORMATION_REQUESTED):
            raise Conflict("case.not_in_stage")
        case.assigned_to = actor.account_id
        journal_case(house, actor, "case.assessment_begun", case)
        act.result = case.reference
    return act.result


def verify_fact(
    house: House,
    actor: Actor,
    *,
    reference: str,
    seen: FactSeen,
    verified: bool,
    method: VerificationMethod,
    note: str = "",
    once: str | None = None,
) -> str:
    """Verify or reject one fact as it was seen; gives the case's reference.

    Refuses a rejection without a note, and a fact that was changed since (``row.changed``). A
    verification that finishes conditions sends the conditional case back to the desk by itself.
    """
    with one_act(house, actor, once=once) as act:
        case = case_for_officer(house, actor, reference)
        file_for_officer(house, actor, case)
        _require_on_this_desk(actor, case)
        if case.stage not in VERIFIABLE:
            raise Conflict("case.not_in_stage")
        row = _fact_of(house, case, seen)
        require_version(row.version, seen.version)
        _refuse_bare(verified=verified, method=method, note=note)
        row.standing = Standing.VERIFIED if verified else Standing.REJECTED
        _write_verification(house, actor, case, seen, verified, method, note.strip())
        fulfil_conditions(house, actor, case.person_id)
        act.result = case.reference
    return act.result


def record_judgement(
    house: House,
    actor: Actor,
    *,
    reference: str,
    version: int,
    clause: str,
    finding: bool,
    reason: str,
    once: str | None = None,
) -> str:
    """Record a finding with its reason on a clause an officer can settle; the newest one holds.

    Refuses with ``judgement.not_for_officers`` a clause that facts decide, and with
    ``judgement.reason_missing`` a finding nobody could check later.
    """
    with one_act(house, actor, once=once) as act:
        case = case_on_the_desk(house, actor, reference, version)
        file_for_officer(house, actor, case)
        if case.stage is not Stage.UNDER_ASSESSMENT:
            raise Conflict("case.not_in_stage")
        _require_for_officers(evaluate_case(house, case, Basis.VERIFIED), clause)
        if not reason.strip():
            raise Refused("judgement.reason_missing", field="reason")
        house.session.add(
            RecordedJudgement(
                id=house.new_key(),
                case_id=case.id,
                clause=clause,
                finding=finding,
                reason=reason.strip(),
                account_id=actor.account_id,
                at=house.clock.now(),
            )
        )
        journal_case(house, actor, "case.judged", case, clause=clause, finding=finding)
        act.result = case.reference
    return act.result


def recommend_case(
    house: House,
    actor: Actor,
    *,
    reference: str,
    version: int,
    verdict: Verdict,
    note: str,
    reason_codes: Sequence[str] = (),
    conditions: Mapping[str, date | None] | None = None,
    once: str | None = None,
) -> str:
    """Photograph the case and recommend; gives its reference.

    ``conditions`` maps the keys of conditions on offer to their due days. Refuses a verdict that
    the photograph on verified facts does not bear out, as the decision itself would be refused, so
    that no second officer is sent on a wasted errand.
    """
    with one_act(house, actor, once=once) as act:
        case = case_on_the_desk(house, actor, reference, version)
        file_for_officer(house, actor, case)
        photograph = take_photographs(house, case)[Basis.VERIFIED]
        evaluation = Evaluation.from_json(photograph.tree)
        findings = findings_of(house, case.id)
        proposal = propose(
            house,
            evaluation,
            findings,
            verdict=verdict,
            reason_codes=reason_codes,
            conditions=conditions,
        )
        require_proposal(house, case, evaluation, findings, proposal)
        if not note.strip():
            raise Refused("recommendation.note_missing", field="note")
        move_case(house, actor, case, Move.RECOMMEND)
        house.session.add(_recommendation(house, actor, photograph, proposal, note.strip()))
        journal_case(house, actor, "case.recommended", case, outcome=verdict.value)
        act.result = case.reference
    return act.result


def case_on_the_desk(house: House, actor: Actor, reference: str, version: int) -> Case:
    """A case of this officer's side that is nobody else's, in the version that was read."""
    case = case_for_officer(house, actor, reference)
    _require_on_this_desk(actor, case)
    require_version(case.version, version)
    return case


def _recommendation(
    house: House, actor: Actor, photograph: Photograph, proposal: Proposal, note: str
) -> Recommendation:
    house.session.flush()  # the photograph must stand before anything cites it
    return Recommendation(
        id=house.new_key(),
        case_id=photograph.case_id,
        photograph_id=photograph.id,
        verdict=proposal.verdict,
        reason_codes=[reason.value for reason in proposal.reasons],
        conditions=[condition.to_json() for condition in proposal.conditions],
        note=note,
        account_id=actor.account_id,
        at=house.clock.now(),
    )


def _require_on_this_desk(actor: Actor, case: Case) -> None:
    if case.assigned_to is not None and case.assigned_to != actor.account_id:
        raise NotPermitted("case.on_another_desk")


def _fact_of(house: House, case: Case, seen: FactSeen) -> FactRow:
    row = _row(house, seen)
    if row is None or row.person_id != case.person_id:
        raise NotFound("page.not_found")
    if row.standing is Standing.WITHDRAWN:
        raise Conflict("row.changed")
    return row


def _row(house: House, seen: FactSeen) -> FactRow | None:
    if seen.kind is FactKind.CREDENTIAL:
        return house.session.get(Credential, seen.id)
    if seen.kind is FactKind.WORK:
        return house.session.get(WorkPeriod, seen.id)
    return house.session.get(PersonalFact, seen.id)


def _refuse_bare(*, verified: bool, method: VerificationMethod, note: str) -> None:
    if method not in OFFICERS_METHODS:
        raise Refused("verification.method_not_yours", field="method")
    if not verified and not note.strip():
        raise Refused("verification.note_missing", field="note")


def _write_verification(
    house: House,
    actor: Actor,
    case: Case,
    seen: FactSeen,
    verified: bool,
    method: VerificationMethod,
    note: str,
) -> None:
    house.session.add(
        Verification(
            id=house.new_key(),
            person_id=case.person_id,
            fact_kind=seen.kind,
            fact_id=seen.id,
            fact_version=seen.version,
            verified=verified,
            method=method,
            note=note,
            account_id=actor.account_id,
            jurisdiction=case.jurisdiction,
            at=house.clock.now(),
        )
    )
    record(
        house,
        actor,
        "fact.verified" if verified else "fact.rejected",
        person_id=case.person_id,
        case_id=case.id,
        fact=str(seen.id),
        method=method.value,
    )


def _require_for_officers(evaluation: Evaluation, clause: str) -> None:
    leaf = next((one for one in evaluation.leaves() if one.clause_id == clause), None)
    if leaf is None:
        raise NotFound("page.not_found")
    if not awaits_finding(leaf.because):
        raise Refused("judgement.not_for_officers")
