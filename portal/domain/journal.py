"""What the journal can say: each kind of entry and the facts it must carry.

An entry without its facts, or with others, is refused when it is made: a journal that may lack
what it is searched for years later is no journal.
"""

from __future__ import annotations

from collections.abc import Mapping

ENTRY_KINDS: dict[str, frozenset[str]] = {
    "account.registered": frozenset({"role"}),
    "account.appointed": frozenset({"role", "jurisdiction"}),
    "person.described": frozenset({"fields"}),
    "credential.registered": frozenset({"credential", "qualification"}),
    "credential.changed": frozenset({"credential", "fields"}),
    "credential.withdrawn": frozenset({"credential"}),
    "work.registered": frozenset({"work"}),
    "work.changed": frozenset({"work", "fields"}),
    "work.withdrawn": frozenset({"work"}),
    "evidence.uploaded": frozenset({"evidence", "sha256", "scan"}),
    "evidence.attached": frozenset({"evidence", "fact"}),
    "evidence.detached": frozenset({"evidence", "fact"}),
    "evidence.removed": frozenset({"evidence", "sha256"}),
    "evidence.opened": frozenset({"evidence"}),
    "fact.verified": frozenset({"fact", "method"}),
    "fact.rejected": frozenset({"fact", "method"}),
    "case.started": frozenset({"case", "target"}),
    "case.submitted": frozenset({"case", "target"}),
    "case.withdrawn": frozenset({"case"}),
    "case.assessment_begun": frozenset({"case"}),
    "case.judged": frozenset({"case", "clause", "finding"}),
    "case.recommended": frozenset({"case", "outcome"}),
    "case.returned": frozenset({"case"}),
    "case.decided": frozenset({"case", "outcome", "evaluation"}),
    "case.conditions_fulfilled": frozenset({"case"}),
    "recognition.granted": frozenset({"recognition", "case"}),
    "recognition.suspended": frozenset({"recognition"}),
    "recognition.lifted": frozenset({"recognition"}),
    "recognition.revoked": frozenset({"recognition"}),
    "recognition.conditions_met": frozenset({"recognition"}),
    "programme.changed": frozenset({"programme"}),
    "cohort.opened": frozenset({"cohort", "places"}),
    "cohort.changed": frozenset({"cohort"}),
    "enrolment.requested": frozenset({"enrolment", "cohort", "state"}),
    "enrolment.offered": frozenset({"enrolment"}),
    "enrolment.confirmed": frozenset({"enrolment"}),
    "enrolment.progressed": frozenset({"enrolment", "module", "result"}),
    "enrolment.completed": frozenset({"enrolment", "credential"}),
    "enrolment.not_completed": frozenset({"enrolment"}),
    "enrolment.withdrawn": frozenset({"enrolment"}),
    "share.made": frozenset({"share", "purpose", "until"}),
    "share.ended": frozenset({"share"}),
    "share.looked": frozenset({"share", "look"}),
    "release.published": frozenset({"number", "digest"}),
}


def require_complete(kind: str, facts: Mapping[str, object]) -> None:
    """Refuse an unknown kind, a missing fact or an extra one, with ValueError: it is our fault."""
    wanted = ENTRY_KINDS.get(kind)
    if wanted is None:
        raise ValueError(f"unknown journal entry {kind!r}")
    if set(facts) != wanted:
        raise ValueError(f"{kind} needs exactly {sorted(wanted)}, got {sorted(facts)}")
