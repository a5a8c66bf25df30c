"""Why a case can be declined: the reason codes and what follows from each.

Owns the codes, their consequences and what a letter must add to them. It must not know any
wording: the letters and the pages say each reason in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.errors import Refused


class DeclineReason(StrEnum):
    """One ground for declining; a decision may rest on several."""

    REQUIREMENT_NOT_MET = "requirement_not_met"
    REQUIREMENT_NOT_SETTLED = "requirement_not_settled"
    EVIDENCE_NOT_ACCEPTED = "evidence_not_accepted"
    SOURCE_DID_NOT_CONFIRM = "source_did_not_confirm"
    FINDING_AGAINST = "finding_against"
    STATEMENT_UNTRUE = "statement_untrue"


class Consequence(StrEnum):
    """What the person can do next."""

    APPLY_AGAIN_WHEN_MET = "apply_again_when_met"
    APPLY_AGAIN_WITH_EVIDENCE = "apply_again_with_evidence"
    REVIEW_ONLY = "review_only"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a reason means: its consequence, and whether it needs an open clause or a finding to stand on."""

    consequence: Consequence
    names_open_clauses: bool = False
    needs_a_finding_against: bool = False
    needs_a_rejected_fact: bool = False


GROUNDS: dict[DeclineReason, Ground] = {
    DeclineReason.REQUIREMENT_NOT_MET: Ground(Consequence.APPLY_AGAIN_WHEN_MET, names_open_clauses=True),
    DeclineReason.REQUIREMENT_NOT_SETTLED: Ground(
        Consequence.APPLY_AGAIN_WITH_EVIDENCE, names_open_clauses=True
    ),
    DeclineReason.EVIDENCE_NOT_ACCEPTED: Ground(
        Consequence.APPLY_AGAIN_WITH_EVIDENCE, needs_a_rejected_fact=True
    ),
    DeclineReason.SOURCE_DID_NOT_CONFIRM: Ground(
        Consequence.APPLY_AGAIN_WITH_EVIDENCE, needs_a_rejected_fact=True
    ),
    DeclineReason.FINDING_AGAINST: Ground(Consequence.APPLY_AGAIN_WHEN_MET, needs_a_finding_against=True),
    # An untrue statement is not mended by sending more: the way on is a review.
    DeclineReason.STATEMENT_UNTRUE: Ground(Consequence.REVIEW_ONLY, needs_a_rejected_fact=True),
}


@dataclass(frozen=True, slots=True)
class Footing:
    """What there is for a reason to stand on in one case."""

    has_open_clauses: bool
    has_finding_against: bool
    has_rejected_fact: bool


def read_reasons(codes: Iterable[str]) -> tuple[DeclineReason, ...]:
    """Read codes in the order of the list above, each once.

    Refuses with ``decline.reason_missing`` when there is none and with ``decline.reason_unknown``
    for a code that is not ours.
    """
    wanted = set(codes)
    if not wanted:
        raise Refused("decline.reason_missing", field="reason_codes")
    unknown = sorted(wanted - set(DeclineReason))
    if unknown:
        raise Refused("decline.reason_unknown", field="reason_codes")
    return tuple(reason for reason in DeclineReason if reason.value in wanted)


def require_footing(reasons: Iterable[DeclineReason], footing: Footing) -> None:
    """Refuse with ``decline.reason_unfounded`` a reason that nothing in the case bears out.

    A letter must not tell somebody that a document was rejected when none was.
    """
    for reason in reasons:
        ground = GROUNDS[reason]
        if (
            (ground.names_open_clauses and not footing.has_open_clauses)
            or (ground.needs_a_finding_against and not footing.has_finding_against)
            or (ground.needs_a_rejected_fact and not footing.has_rejected_fact)
        ):
            raise Refused("decline.reason_unfounded", field="reason_codes")


def consequence_of(reasons: Iterable[DeclineReason]) -> Consequence:
    """The consequence a letter states: the gravest of the reasons' own."""
    found = {GROUNDS[reason].consequence for reason in reasons}
    gravest = (
        Consequence.REVIEW_ONLY,
        Consequence.APPLY_AGAIN_WITH_EVIDENCE,
        Consequence.APPLY_AGAIN_WHEN_MET,
    )
    return next(consequence for consequence in gravest if consequence in found)
