"""What the journal can say: each kind of entry and the facts it must carry.

An entry without its facts, or with others, is refused when it is made: a journal that may lack
what it is searched for years later is no journal.
"""

from __future__ import annotations

from collections.abc import Mapping

ENTRY_KINDS: dict[str, frozenset[str]] = {
    "account.registered": frozenset({"role"}),
    "account.appointed": frozenset({"role", "jurisdiction"}),
    "account.way_added": frozenset({"way"}),
    "account.way_removed": frozenset({"way"}),
    "account.recovery_codes_made": frozenset(),
    "account.recovery_code_used": frozenset(),
    "account.sign_in_ended": frozenset({"sign_in"}),
    "account.other_sign_ins_ended": frozenset({"count"}),
    "eligibility.carried": frozenset({"records"}),
    "person.described": frozenset({"fields"}),
    "name.added": frozenset({"name", "script"}),
    "name.removed": frozenset({"name", "script"}),
    "document.added": frozenset({"document", "type"}),
    "document.removed": frozenset({"document", "type"}),
    "duplicate.found": frozenset({"duplicate", "reasons"}),
    "duplicate.ruled": frozenset({"duplicate", "verdict"}),
    "credential.registered": frozenset({"credential", "qualification"}),
    "credential.changed": frozenset({"credential", "fields"}),
    "credential.withdrawn": frozenset({"credential"}),
    "case.fact_replaced": frozenset({"case", "credential"}),
    "recognition.fact_replaced": frozenset({"recognition", "credential"}),
    "request.made": frozenset({"request", "side"}),
    "request.answered": frozenset({"request", "answer"}),
    "request.removed": frozenset({"request"}),
    "work.registered": frozenset({"work"}),
    "work.changed": frozenset({"work", "fields"}),
    "work.withdrawn": frozenset({"work"}),
    "referee.asked": frozenset({"request", "work", "flags"}),
    "referee.withdrawn": frozenset({"request"}),
    "referee.answered": frozenset({"request", "work", "confirmed"}),
    "evidence.uploaded": frozenset({"evidence", "sha256", "scan"}),
    "evidence.attached": frozenset({"evidence", "fact"}),
    "evidence.detached": frozenset({"evidence", "fact"}),
    "evidence.removed": frozenset({"evidence", "sha256"}),
    "evidence.opened": frozenset({"evidence", "file"}),
    "evidence.code_kept": frozenset({"evidence", "scheme"}),
    "evidence.changed": frozenset({"evidence", "fields"}),
    "evidence.page_added": frozenset({"evidence", "file", "sha256"}),
    "evidence.page_removed": frozenset({"evidence", "file", "sha256"}),
    "evidence.pages_ordered": frozenset({"evidence"}),
    "evidence.translated": frozenset({"evidence", "translation"}),
    "evidence.translation_removed": frozenset({"evidence", "translation"}),
    "evidence.scanned": frozenset({"evidence", "file", "scan"}),
    "fact.verified": frozenset({"fact", "method"}),
    "fact.rejected": frozenset({"fact", "method"}),
    "case.started": frozenset({"case", "target"}),
    "case.submitted": frozenset({"case", "target"}),
    "case.withdrawn": frozenset({"case"}),
    "case.assessment_begun": frozenset({"case"}),
    "review.asked": frozenset({"case", "review", "clauses"}),
    "review.answered": frozenset({"case", "review", "agrees"}),
    "review.ended": frozenset({"case", "review"}),
    "mail.tried_again": frozenset({"about", "on", "count"}),
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
    "certificate.made": frozenset({"certificate", "recognition", "share", "sha256"}),
    "letter.opened": frozenset({"letter"}),
    "data.export_asked": frozenset({"export"}),
    "data.exported": frozenset({"export", "files"}),
    "data.export_taken": frozenset({"export"}),
    "consent.withdrawn": frozenset({"consent", "subject"}),
    "person.erased": frozenset({"keep_until"}),
    "person.kept_data_erased": frozenset(),
    "release.published": frozenset({"number", "digest"}),
}


def require_complete(kind: str, facts: Mapping[str, object]) -> None:
    """Refuse an unknown kind, a missing fact or an extra one, with ValueError: it is our fault."""
    wanted = ENTRY_KINDS.get(kind)
    if wanted is None:
        raise ValueError(f"unknown journal entry {kind!r}")
    if set(facts) != wanted:
        raise ValueError(f"{kind} needs exactly {sorted(wanted)}, got {sorted(facts)}")
