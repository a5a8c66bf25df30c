"""Every consent a person has given: in which words, when, what it holds up, and taking it back.

Owns the list over applications, shares, referees and answers carried over, and the withdrawal, which
is the use case that ends the thing itself together with a record of the instant. It must not know
pages or the sentences they use.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from portal.domain.cases import OPEN_STAGES, Stage
from portal.domain.consents import ConsentKind, ConsentState
from portal.domain.declarations import DeclarationKind
from portal.domain.disclosure import Purpose, ShareState
from portal.domain.errors import Conflict, NotFound
from portal.domain.people import Actor, own_person
from portal.domain.places import Jurisdiction
from portal.domain.referees import State
from portal.models.cases import Case, Declaration
from portal.models.disclosure import Share
from portal.models.my_data import WithdrawnConsent
from portal.models.records import JournalEntry
from portal.models.referees import RefereeRequest
from portal.services.cases import withdraw_case
from portal.services.house import House
from portal.services.journal import record
from portal.services.referees import state_of as state_of_request, withdraw_request
from portal.services.sharing import end_share, state_of as state_of_share
from portal.services.work import one_act


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent as its giver sees it; only what its kind has is filled in.

    ``wording`` is what was read, in ``language``; ``reference`` names the case or the share.
    """

    kind: ConsentKind
    subject: str
    given_at: datetime
    state: ConsentState
    withdrawn_at: datetime | None
    reference: str = ""
    jurisdiction: Jurisdiction | None = None
    target: str = ""
    declaration: DeclarationKind | None = None
    wording: str = ""
    wording_version: str = ""
    language: str = ""
    purpose: Purpose | None = None
    purpose_note: str = ""
    until: date | None = None
    referee: str = ""

    @property
    def may_be_withdrawn(self) -> bool:
        return self.state is ConsentState.STANDS


def list_consents(house: House, actor: Actor) -> list[Consent]:
    """All consents of the actor, newest first."""
    person_id = own_person(actor)
    rows = house.session.execute(
        select(WithdrawnConsent.kind, WithdrawnConsent.subject, WithdrawnConsent.at).where(
            WithdrawnConsent.person_id == person_id
        )
    )
    withdrawn = {(kind, subject): at for kind, subject, at in rows}
    found = (
        *_declarations(house, person_id, withdrawn),
        *_shares(house, person_id, withdrawn),
        *_referees(house, person_id, withdrawn),
        *_carried(house, person_id),
    )
    return sorted(found, key=lambda each: (each.given_at, each.subject), reverse=True)


def read_consent(house: House, actor: Actor, kind: ConsentKind, subject: str) -> Consent:
    """One consent of the actor's; ``page.not_found`` for anything else."""
    for consent in list_consents(house, actor):
        if (consent.kind, consent.subject) == (kind, subject):
            return consent
    raise NotFound("page.not_found")


def withdraw_consent(
    house: House, actor: Actor, *, kind: ConsentKind, subject: str, once: str | None = None
) -> str:
    """Take a consent back, and end what rested on it, in one act; gives its subject.

    Refuses with ``consent.not_standing`` when there is nothing left to stop: what was done with a
    consent before it was withdrawn stands.
    """
    with one_act(house, actor, once=once) as act:
        consent = read_consent(house, actor, kind, subject)
        if not consent.may_be_withdrawn:
            raise Conflict("consent.not_standing")
        _end(house, actor, consent)
        person_id = own_person(actor)
        house.session.add(
            WithdrawnConsent(
                id=house.new_key(),
                person_id=person_id,
                kind=kind.value,
                subject=subject,
                at=house.clock.now(),
            )
        )
        record(house, actor, "consent.withdrawn", person_id=person_id, consent=kind.value, subject=subject)
        act.result = subject
    return act.result


def _end(house: House, actor: Actor, consent: Consent) -> None:
    if consent.kind is ConsentKind.DECLARATION:
        case = house.session.scalars(select(Case).where(Case.reference == consent.reference)).one()
        withdraw_case(house, actor, case.reference, version=case.version)
    elif consent.kind is ConsentKind.SHARE:
        end_share(house, actor, code=consent.subject)
    else:
        request = house.session.get_one(RefereeRequest, UUID(consent.subject))
        withdraw_request(house, actor, request_id=request.id, version=request.version)


Withdrawn = dict[tuple[str, str], datetime]


def _declarations(house: House, person_id: UUID, withdrawn: Withdrawn) -> Iterable[Consent]:
    rows = house.session.execute(
        select(Declaration, Case)
        .join(Case, Case.id == Declaration.case_id)
        .where(Case.person_id == person_id)
    )
    for given, case in rows:
        kind, subject = DeclarationKind(given.kind), str(given.id)
        yield Consent(
            kind=ConsentKind.DECLARATION,
            subject=subject,
            given_at=given.given_at,
            state=_state_of_declaration(kind, case.stage),
            withdrawn_at=withdrawn.get((ConsentKind.DECLARATION, subject)),
            reference=case.reference,
            jurisdiction=case.jurisdiction,
            target=case.target,
            declaration=kind,
            wording=given.wording,
            wording_version=given.wording_version,
            language=given.language,
        )


def _state_of_declaration(kind: DeclarationKind, stage: Stage) -> ConsentState:
    if kind is DeclarationKind.TRUTH:
        return ConsentState.STATEMENT
    if stage in OPEN_STAGES:
        return ConsentState.STANDS
    return ConsentState.ENDED if stage in (Stage.WITHDRAWN, Stage.LAPSED) else ConsentState.DONE


def _shares(house: House, person_id: UUID, withdrawn: Withdrawn) -> Iterable[Consent]:
    for share in house.session.scalars(select(Share).where(Share.person_id == person_id)):
        stands = state_of_share(house, share) in (ShareState.OPEN, ShareState.LOCKED)
        yield Consent(
            kind=ConsentKind.SHARE,
            subject=share.code,
            given_at=share.made_at,
            state=ConsentState.STANDS if stands and share.ended_at is None else ConsentState.ENDED,
            withdrawn_at=withdrawn.get((ConsentKind.SHARE, share.code)) or share.ended_at,
            reference=share.code,
            purpose=share.purpose,
            purpose_note=share.purpose_note,
            until=share.until,
        )


def _referees(house: House, person_id: UUID, withdrawn: Withdrawn) -> Iterable[Consent]:
    states = {
        State.WAITING: ConsentState.STANDS,
        State.ANSWERED: ConsentState.DONE,
    }
    for row in house.session.scalars(select(RefereeRequest).where(RefereeRequest.person_id == person_id)):
        subject = str(row.id)
        yield Consent(
            kind=ConsentKind.REFEREE,
            subject=subject,
            given_at=row.asked_at,
            state=states.get(state_of_request(house, row), ConsentState.ENDED),
            withdrawn_at=withdrawn.get((ConsentKind.REFEREE, subject)) or row.withdrawn_at,
            referee=row.name,
        )


def _carried(house: House, person_id: UUID) -> Iterable[Consent]:
    entries = house.session.scalars(
        select(JournalEntry).where(
            JournalEntry.person_id == person_id, JournalEntry.kind == "eligibility.carried"
        )
    )
    for entry in entries:
        yield Consent(
            kind=ConsentKind.ELIGIBILITY,
            subject=str(entry.id),
            given_at=entry.at,
            state=ConsentState.DONE,
            withdrawn_at=None,
        )
