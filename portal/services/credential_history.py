"""The versions of a credential: what it said before its owner replaced it, and who had relied on that.

Owns keeping the whole old state, reading versions with what officers found of each, and telling
those whose work rests on the state replaced. It must not know how a credential is changed, and it
changes no case and no recognition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from sqlalchemy import or_, select

from portal.domain.attributes import NUMBER
from portal.domain.cases import ON_THE_DESK, Stage
from portal.domain.credentials import FactKind, Standing
from portal.domain.errors import NotFound
from portal.domain.people import Actor, own_person
from portal.domain.rules.results import Evaluation
from portal.domain.sense import CREDENTIAL_DAYS, CredentialDays
from portal.models.accounts import Account
from portal.models.cases import Case, Decision, Photograph
from portal.models.credentials import Credential, CredentialVersion, Verification
from portal.models.recognitions import Recognition
from portal.services.house import House
from portal.services.journal import record
from portal.services.outbox import post_email
from portal.services.shelf import FactFinding
from portal.services.standings import own_row

# Whose officers, or second officers, may be reading the credential now.
_WATCHED: Final = ON_THE_DESK | {Stage.APPEALED}


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """One version of a credential; ``until`` is none for the one that stands."""

    order: int
    qualification: str
    days: CredentialDays
    attributes: Mapping[str, str]
    standing: Standing
    since: datetime
    until: datetime | None
    findings: tuple[FactFinding, ...]

    @property
    def was_verified(self) -> bool:
        """True when an officer verified this version, whatever became of it."""
        return any(finding.verified for finding in self.findings)


@dataclass(frozen=True, slots=True)
class RestingOn:
    """Whose work a credential carries now: references of open cases and of recognitions."""

    cases: tuple[str, ...] = ()
    recognitions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedGround:
    """A credential a recognition rests on that its holder has replaced or withdrawn since."""

    qualification: str
    at: datetime | None
    is_withdrawn: bool


def keep_version(house: House, actor: Actor, row: Credential) -> None:
    """Keep a credential as it stands, before its owner replaces what it says; the caller commits."""
    house.session.add(
        CredentialVersion(
            id=house.new_key(),
            credential_id=row.id,
            person_id=row.person_id,
            version=row.version,
            qualification=row.qualification,
            number=row.number,
            attributes=dict(row.attributes),
            standing=row.standing,
            account_id=actor.account_id,
            replaced_at=house.clock.now(),
            **{name: getattr(row, name) for name in CREDENTIAL_DAYS},
        )
    )


def own_versions(house: House, actor: Actor, credential_id: UUID) -> Sequence[VersionRecord]:
    """The versions of one of the actor's credentials, newest first; strangers learn nothing."""
    found = versions_in_file(house, own_person(actor), credential_id)
    if not found:
        raise NotFound("credential.not_found")
    return found


def versions_in_file(house: House, person_id: UUID, credential_id: UUID) -> Sequence[VersionRecord]:
    """The versions of a credential in one person's file, newest first, in two statements.

    Who may read the file is the caller's affair. Empty for a credential that is not in it, so that
    nothing is learnt of another's.
    """
    rows = house.session.execute(
        select(Credential, CredentialVersion)
        .outerjoin(CredentialVersion, CredentialVersion.credential_id == Credential.id)
        .where(Credential.id == credential_id, Credential.person_id == person_id)
        .order_by(CredentialVersion.version)
    ).all()
    if not rows:
        return ()
    kept = [version for _row, version in rows if version is not None]
    return _versions(house, rows[0][0], kept)


def resting_on(house: House, actor: Actor, credential_id: UUID) -> RestingOn:
    """What an owner should know before replacing a credential: who relies on it as it stands."""
    row = own_row(house, actor, Credential, credential_id)
    return RestingOn(
        tuple(case.reference for case in _open_cases(house, row)),
        tuple(held.reference for held in _recognitions_on(house, row)),
    )


def tell_who_relied(house: House, actor: Actor, row: Credential) -> None:
    """Write into every open case and recognition that a fact of theirs was replaced; the caller commits.

    The officer who has the case on the desk gets an e-mail that names the case alone. Nothing is
    decided here: what it means for a case or a recognition is an officer's to say.
    """
    for case in _open_cases(house, row):
        _journal(house, actor, "case.fact_replaced", row, case.id, case=case.reference)
        officer = house.session.get(Account, case.assigned_to) if case.assigned_to else None
        if officer is not None:
            post_email(
                house,
                "fact_replaced",
                recipient=officer.email,
                language=officer.language,
                facts={"base_url": house.base_url, "reference": case.reference},
            )
    for held in _recognitions_on(house, row):
        _journal(house, actor, "recognition.fact_replaced", row, held.case_id, recognition=held.reference)


def changed_grounds(house: House, case_id: UUID) -> tuple[ChangedGround, ...]:
    """The credentials a case's newest decision rests on that were replaced or withdrawn after it.

    Who may ask is the caller's affair.
    """
    found = house.session.execute(
        select(Decision.at, Photograph.tree)
        .join(Photograph, Photograph.id == Decision.photograph_id)
        .where(Decision.case_id == case_id)
        .order_by(Decision.at.desc(), Decision.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        return ()
    decided_at, tree = found
    rows = house.session.execute(
        select(Credential, CredentialVersion.replaced_at)
        .join(Case, Case.person_id == Credential.person_id)
        .outerjoin(
            CredentialVersion,
            (CredentialVersion.credential_id == Credential.id)
            & (CredentialVersion.replaced_at >= decided_at),
        )
        .where(
            Case.id == case_id,
            or_(CredentialVersion.id.is_not(None), Credential.standing == Standing.WITHDRAWN),
        )
        .order_by(Credential.id, CredentialVersion.replaced_at)
    ).all()
    rested = _rested_on(tree)
    newest = {
        row.id: ChangedGround(row.qualification, at, row.standing is Standing.WITHDRAWN)
        for row, at in rows
        if str(row.id) in rested
    }
    return tuple(newest.values())


def _versions(house: House, row: Credential, kept: Sequence[CredentialVersion]) -> Sequence[VersionRecord]:
    findings = house.session.scalars(
        select(Verification)
        .where(Verification.fact_kind == FactKind.CREDENTIAL, Verification.fact_id == row.id)
        .order_by(Verification.at.desc(), Verification.id.desc())
    ).all()
    states: list[Credential | CredentialVersion] = [*kept, row]
    begun = [row.created_at, *(one.replaced_at for one in kept)]
    ended: list[datetime | None] = [*(one.replaced_at for one in kept), None]
    limits = [0, *(one.version for one in kept), max(row.version, *(one.fact_version for one in findings), 0)]
    spans = list(pairwise(limits))
    return [
        _version(place + 1, state, begun[place], ended[place], _within(findings, *spans[place]))
        for place, state in reversed(list(enumerate(states)))
    ]


def _within(findings: Iterable[Verification], after: int, up_to: int) -> tuple[FactFinding, ...]:
    """What officers found of a version: a finding names the row's version as it was seen."""
    return tuple(
        FactFinding(one.verified, one.method, one.jurisdiction, one.at, one.fact_version)
        for one in findings
        if after < one.fact_version <= up_to
    )


def _version(
    order: int,
    state: Credential | CredentialVersion,
    since: datetime,
    until: datetime | None,
    findings: tuple[FactFinding, ...],
) -> VersionRecord:
    said = {name: str(value) for name, value in state.attributes.items()}
    if state.number:
        said[NUMBER] = state.number
    days = CredentialDays(*(getattr(state, name) for name in CREDENTIAL_DAYS))
    return VersionRecord(order, state.qualification, days, said, state.standing, since, until, findings)


def _open_cases(house: House, row: Credential) -> Sequence[Case]:
    return house.session.scalars(
        select(Case).where(Case.person_id == row.person_id, Case.stage.in_(_WATCHED)).order_by(Case.id)
    ).all()


def _recognitions_on(house: House, row: Credential) -> list[Recognition]:
    """The person's recognitions whose newest decision rests on the credential."""
    found = house.session.execute(
        select(Recognition, Photograph.tree)
        .join(Decision, Decision.case_id == Recognition.case_id)
        .join(Photograph, Photograph.id == Decision.photograph_id)
        .where(Recognition.person_id == row.person_id)
        .order_by(Recognition.id, Decision.at)
    ).all()
    newest = {held.id: (held, tree) for held, tree in found}
    return [held for held, tree in newest.values() if str(row.id) in _rested_on(tree)]


def _rested_on(tree: dict[str, Any]) -> frozenset[str]:
    """The keys of the facts a photograph's answer cites."""
    return frozenset(fact for leaf in Evaluation.from_json(tree).leaves() for fact in leaf.evidence)


def _journal(house: House, actor: Actor, kind: str, row: Credential, case_id: UUID, **facts: str) -> None:
    record(house, actor, kind, person_id=row.person_id, case_id=case_id, credential=str(row.id), **facts)
