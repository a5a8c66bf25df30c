"""The life of a recognition: granted, made full, suspended, lifted, revoked. Dated acts, never a status.

Owns the acts and their refusals. What a recognition is worth on a day is derived from them by
``portal/domain/recognitions.py``; lists and pages are read in ``recognition_lists``.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.domain.cases import Verdict
from portal.domain.errors import NotFound, Refused
from portal.domain.identifiers import tidy_reference
from portal.domain.people import Actor, Role
from portal.domain.places import Jurisdiction
from portal.domain.recognitions import Act, require_possible
from portal.models.cases import Case
from portal.models.recognitions import Recognition, RecognitionAct
from portal.services.decision_letters import write_letter
from portal.services.disclosure_to_officers import refuse_unless_theirs
from portal.services.facts import status_of
from portal.services.grounds import Proposal
from portal.services.house import House
from portal.services.journal import record
from portal.services.notices import tell_person
from portal.services.work import one_act, require_version

# R for recognition, then the side: nobody takes it for the reference of a case.
_PREFIXES = {Jurisdiction.HONG_KONG: "RH", Jurisdiction.SHENZHEN: "RS"}


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of act: its entry in the journal and the letter and e-mail it sends."""

    entry: str
    letter: str


_KINDS = {
    Act.SUSPENDED: _Kind("recognition.suspended", "recognition_suspended"),
    Act.LIFTED: _Kind("recognition.lifted", "recognition_lifted"),
    Act.REVOKED: _Kind("recognition.revoked", "recognition_revoked"),
}


def recognise(house: House, actor: Actor, case: Case, proposal: Proposal) -> Recognition:
    """Carry out a positive decision; the caller has checked it, and commits.

    The first makes the recognition. A second full one, after the conditions were finished, makes
    a conditional recognition full; a second conditional one replaces what is to be finished.
    """
    conditions = [condition.to_json() for condition in proposal.conditions]
    standing = house.session.scalars(
        select(Recognition).where(Recognition.case_id == case.id).options(selectinload(Recognition.acts))
    ).one_or_none()
    if standing is None:
        return _grant(house, actor, case, conditions)
    require_possible(Act.CONDITIONS_MET, status_of(standing, on=house.clock.today()))
    if proposal.verdict is Verdict.GRANT_WITH_CONDITIONS:
        standing.conditions = conditions
        return standing
    _add_act(house, actor, standing, Act.CONDITIONS_MET)
    _journal(house, actor, "recognition.conditions_met", standing)
    return standing


def suspend_recognition(
    house: House, actor: Actor, *, reference: str, version: int, reason: str, once: str | None = None
) -> str:
    """Suspend: until it is lifted the recognition says nothing. Gives its reference."""
    return _act(house, actor, reference, version, Act.SUSPENDED, reason, once)


def lift_suspension(
    house: House, actor: Actor, *, reference: str, version: int, reason: str, once: str | None = None
) -> str:
    """Lift a suspension: what stood before stands again. Gives the reference."""
    return _act(house, actor, reference, version, Act.LIFTED, reason, once)


def revoke_recognition(
    house: House, actor: Actor, *, reference: str, version: int, reason: str, once: str | None = None
) -> str:
    """Revoke: final. Gives the reference."""
    return _act(house, actor, reference, version, Act.REVOKED, reason, once)


def recognition_for_officer(house: House, actor: Actor, reference: str) -> tuple[Recognition, Case]:
    """A recognition of the officer's side with its case.

    Answers ``NotFound`` for an unknown reference; refuses an officer of the other side, and one
    whose own recognition it is.
    """
    actor.require(Role.OFFICER)
    found = house.session.execute(
        select(Recognition, Case)
        .join(Case, Case.id == Recognition.case_id)
        .where(Recognition.reference == tidy_reference(reference))
        .options(selectinload(Recognition.acts))
    ).one_or_none()
    if found is None:
        raise NotFound("page.not_found")
    recognition, case = found
    refuse_unless_theirs(actor, case)
    return recognition, case


def version_of(recognition: Recognition) -> int:
    """What a form about a recognition carries: how many acts its reader saw."""
    return len(recognition.acts)


def _act(
    house: House,
    actor: Actor,
    reference: str,
    version: int,
    act: Act,
    reason: str,
    once: str | None,
) -> str:
    """One act with its reason, letter and e-mail.

    Refuses an act without a reason, because the holder reads it, and one that makes no sense in
    the status of the day. The database refuses two acts in one place, so a race is a conflict.
    """
    with one_act(house, actor, once=once) as done:
        recognition, case = recognition_for_officer(house, actor, reference)
        require_version(version_of(recognition), version)
        require_possible(act, status_of(recognition, on=house.clock.today()))
        if not reason.strip():
            raise Refused("recognition.reason_missing", field="reason")
        _add_act(house, actor, recognition, act, reason.strip())
        _journal(house, actor, _KINDS[act].entry, recognition)
        write_letter(
            house,
            case,
            _KINDS[act].letter,
            {"recognition": recognition.reference, "reason": reason.strip()},
        )
        tell_person(house, case.person_id, _KINDS[act].letter, reference=recognition.reference)
        done.result = recognition.reference
    return done.result


def _grant(house: House, actor: Actor, case: Case, conditions: list[dict[str, object]]) -> Recognition:
    recognition = Recognition(
        id=house.new_key(),
        reference=house.new_reference(_PREFIXES[case.jurisdiction]),
        case_id=case.id,
        person_id=case.person_id,
        target=case.target,
        jurisdiction=case.jurisdiction,
        conditional=bool(conditions),
        conditions=conditions,
        granted_on=house.clock.today(),
    )
    house.session.add(recognition)
    _add_act(house, actor, recognition, Act.GRANTED)
    house.session.flush()
    _journal(house, actor, "recognition.granted", recognition, case=case.reference)
    return recognition


def _add_act(house: House, actor: Actor, recognition: Recognition, act: Act, reason: str = "") -> None:
    recognition.acts.append(
        RecognitionAct(
            id=house.new_key(),
            act=act,
            on=house.clock.today(),
            order=len(recognition.acts) + 1,
            reason=reason,
            account_id=actor.account_id,
            at=house.clock.now(),
        )
    )


def _journal(house: House, actor: Actor, kind: str, recognition: Recognition, **facts: str) -> None:
    record(
        house,
        actor,
        kind,
        person_id=recognition.person_id,
        case_id=recognition.case_id,
        recognition=recognition.reference,
        **facts,
    )
