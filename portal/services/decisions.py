"""The second officer's act: sign what was recommended, or send it back.

A decision is signed by somebody other than the one who recommended it, and says exactly what was
recommended: whoever sees it otherwise sends the case back with a note, so that no outcome ever
rests on one pair of eyes. On the day of the decision the case is photographed again, and what no
longer stands on verified facts is refused.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.domain.cases import Move, Stage, Verdict
from portal.domain.errors import Conflict, NotFound, NotPermitted, Refused
from portal.domain.grants import Standing
from portal.domain.people import Actor
from portal.domain.reasons_for_decline import DeclineReason
from portal.domain.rules.results import Evaluation
from portal.domain.rules.vocabulary import Basis
from portal.models.cases import Case, Decision, Photograph, Recommendation
from portal.services.case_moves import move_case
from portal.services.decision_letters import Outcome, write_decision_letter
from portal.services.disclosure_to_officers import case_for_officer, file_for_officer
from portal.services.grounds import Condition, Proposal, findings_of, require_proposal
from portal.services.house import House
from portal.services.journal import journal_case
from portal.services.photographs import take_photographs
from portal.services.recognitions import recognise
from portal.services.work import one_act, require_version

_MOVES = {
    Verdict.GRANT: Move.GRANT,
    Verdict.GRANT_WITH_CONDITIONS: Move.GRANT_WITH_CONDITIONS,
    Verdict.DECLINE: Move.DECLINE,
}


def decide_case(
    house: House,
    actor: Actor,
    *,
    reference: str,
    recommendation_id: UUID,
    version: int,
    once: str | None = None,
) -> str:
    """Sign the recommendation; gives the case's reference.

    Refuses the recommending officer with ``decision.four_eyes``, a recommendation that is not the
    newest, and one that today's verified facts no longer bear out. A grant makes the recognition,
    or turns a conditional one into a full one; the letter is written and kept in the same act.
    """
    with one_act(house, actor, once=once) as act:
        case, recommendation = _to_decide(house, actor, reference, recommendation_id, version)
        photograph = take_photographs(house, case)[Basis.VERIFIED]
        evaluation = Evaluation.from_json(photograph.tree)
        proposal = proposal_of(recommendation)
        standing = require_proposal(house, case, evaluation, findings_of(house, case.id), proposal)
        move_case(house, actor, case, _MOVES[proposal.verdict])
        _sign(house, actor, case, recommendation, photograph)
        journal_case(
            house,
            actor,
            "case.decided",
            case,
            outcome=proposal.verdict.value,
            evaluation=str(photograph.id),
        )
        _carry_out(house, actor, case, evaluation, proposal, standing)
        act.result = case.reference
    return act.result


def return_case(
    house: House,
    actor: Actor,
    *,
    reference: str,
    recommendation_id: UUID,
    version: int,
    note: str,
    once: str | None = None,
) -> str:
    """Send a recommended case back to its assessor with a note; gives the case's reference."""
    with one_act(house, actor, once=once) as act:
        case, _ = _to_decide(house, actor, reference, recommendation_id, version)
        if not note.strip():
            raise Refused("return.note_missing", field="note")
        move_case(house, actor, case, Move.RETURN_TO_ASSESSMENT, note=note.strip())
        journal_case(house, actor, "case.returned", case)
        act.result = case.reference
    return act.result


def newest_recommendation(house: House, case_id: UUID) -> Recommendation | None:
    """The recommendation that waits for a signature, or was last signed or sent back."""
    return house.session.scalars(
        select(Recommendation)
        .where(Recommendation.case_id == case_id)
        .order_by(Recommendation.at.desc(), Recommendation.id.desc())
        .limit(1)
    ).one_or_none()


def proposal_of(recommendation: Recommendation) -> Proposal:
    """What was recommended, as it was kept."""
    return Proposal(
        verdict=recommendation.verdict,
        reasons=tuple(DeclineReason(code) for code in recommendation.reason_codes),
        conditions=tuple(map(Condition.from_json, recommendation.conditions)),
    )


def refuse_same_officer(actor: Actor, recommendation: Recommendation) -> None:
    """Refuse the one who recommended: nobody decides on their own opinion."""
    if recommendation.account_id == actor.account_id:
        raise NotPermitted("decision.four_eyes")


def _to_decide(
    house: House, actor: Actor, reference: str, recommendation_id: UUID, version: int
) -> tuple[Case, Recommendation]:
    case = case_for_officer(house, actor, reference)
    file_for_officer(house, actor, case)
    recommendation = newest_recommendation(house, case.id)
    if recommendation is None:
        raise NotFound("page.not_found")
    refuse_same_officer(actor, recommendation)
    if case.stage is not Stage.RECOMMENDED:
        raise Conflict("case.not_in_stage")
    require_version(case.version, version)
    if recommendation.id != recommendation_id:
        raise Conflict("row.changed")
    return case, recommendation


def _sign(
    house: House, actor: Actor, case: Case, recommendation: Recommendation, photograph: Photograph
) -> None:
    house.session.flush()
    house.session.add(
        Decision(
            id=house.new_key(),
            case_id=case.id,
            recommendation_id=recommendation.id,
            photograph_id=photograph.id,
            verdict=recommendation.verdict,
            reason_codes=recommendation.reason_codes,
            conditions=recommendation.conditions,
            account_id=actor.account_id,
            at=house.clock.now(),
            on=house.clock.today(),
        )
    )


def _carry_out(
    house: House,
    actor: Actor,
    case: Case,
    evaluation: Evaluation,
    proposal: Proposal,
    standing: Standing,
) -> None:
    """What follows from the signature: the recognition and the letter."""
    recognised = None
    if proposal.verdict is not Verdict.DECLINE:
        recognised = recognise(house, actor, case, proposal)
    outcome = Outcome(case, evaluation, proposal, standing, recognised)
    write_decision_letter(house, outcome)
