"""Where the house holds anything about one person: every table, and which of its rows are theirs.

Export and erasure both follow this one list, so that what a person is shown is what is deleted. A
test walks all tables of the database and fails for one that is neither here nor among ``NOBODYS``.
It must not know why something is kept, or pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, and_, or_, select, true
from sqlalchemy.orm import Session, scoped_session

from portal.domain.errors import NotFound
from portal.models.accounts import Account, Appointed
from portal.models.cases import (
    Case,
    CaseMove,
    Decision,
    Declaration,
    Letter,
    Photograph,
    Recommendation,
    RecordedJudgement,
)
from portal.models.certificates import Certificate
from portal.models.credentials import Credential, CredentialVersion, Verification, WorkPeriod
from portal.models.database import Base
from portal.models.disclosure import Look, Share, ShareItem
from portal.models.eligibility import EligibilityCheck
from portal.models.evidence import Evidence, EvidenceFile, EvidenceLink, EvidenceTranslation
from portal.models.following import Notice, Review
from portal.models.identity import DuplicateRuling, IdentityDocument, NameKey, PersonName, PossibleDuplicate
from portal.models.mapping_visits import MappingVisit
from portal.models.my_data import DataExport, WithdrawnConsent
from portal.models.people import Person, PersonalFact
from portal.models.programmes import Enrolment, ModuleResult
from portal.models.recognitions import Recognition, RecognitionAct
from portal.models.records import JournalEntry, KeptForm, OutboxMessage, SentForm
from portal.models.referees import RefereeRequest
from portal.models.sign_ins import AuthenticatorApp, LostWays, OutsideIdentity, Passkey, RecoveryCode, SignIn
from portal.models.unlisted import QualificationRequest


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose data is meant: the person, the account they enter by, and its address."""

    person_id: UUID
    account_id: UUID
    email: str
    asked: tuple[tuple[UUID, str], ...] = ()


def whose_data(session: Session | scoped_session[Session], account: Account) -> Whose:
    """Everything by which rows about the person of an account are found; refuses an account without one."""
    if account.person_id is None:
        raise NotFound("page.not_found")
    asked = session.execute(
        select(RefereeRequest.id, RefereeRequest.email).where(RefereeRequest.person_id == account.person_id)
    )
    return Whose(account.person_id, account.id, account.email, tuple((key, email) for key, email in asked))


@dataclass(frozen=True, slots=True)
class Held:
    """One table that holds something about people.

    ``secret`` are columns an export leaves out because they open a door, ``others`` those that
    would name somebody else, ``notes`` those officers write while they are still forming a view.
    ``hidden`` are whole rows left out, because that they exist tells something about somebody else:
    who stated another person's number would else learn that its owner is here.
    """

    model: type[Base]
    rows: Callable[[Whose], ColumnElement[bool]]
    secret: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    hidden: ColumnElement[bool] | None = None
    outlives: bool = False

    @property
    def name(self) -> str:
        """The name of the table, which is also its key in an export."""
        return str(self.model.__tablename__)

    @property
    def table(self) -> Table:
        """The table itself."""
        return cast(Table, self.model.__table__)


def _cases(whose: Whose) -> Select[UUID]:
    return select(Case.id).where(Case.person_id == whose.person_id)


def _evidence(whose: Whose) -> Select[UUID]:
    return select(Evidence.id).where(Evidence.person_id == whose.person_id)


def _recognitions(whose: Whose) -> Select[UUID]:
    return select(Recognition.id).where(Recognition.person_id == whose.person_id)


def _shares(whose: Whose) -> Select[UUID]:
    return select(Share.id).where(Share.person_id == whose.person_id)


def _pairs(whose: Whose) -> Select[UUID]:
    return select(PossibleDuplicate.id).where(_in_pair(whose))


def _in_pair(whose: Whose) -> ColumnElement[bool]:
    return or_(PossibleDuplicate.first_id == whose.person_id, PossibleDuplicate.second_id == whose.person_id)


def _enrolments(whose: Whose) -> Select[UUID]:
    return select(Enrolment.id).where(Enrolment.person_id == whose.person_id)


def _written_to(whose: Whose) -> ColumnElement[bool]:
    """E-mails to the person, and those to their referees: each of these carries its request's id."""
    return or_(
        OutboxMessage.recipient == whose.email,
        *(
            and_(OutboxMessage.recipient == email, OutboxMessage.body.contains(request.hex))
            for request, email in whose.asked
        ),
    )


def _none(*names: str) -> frozenset[str]:
    return frozenset(names)


# Children before parents: the order in which rows can be deleted.
HELD: Final[tuple[Held, ...]] = (
    Held(Notice, lambda whose: Notice.person_id == whose.person_id),
    Held(Review, lambda whose: Review.case_id.in_(_cases(whose))),
    Held(WithdrawnConsent, lambda whose: WithdrawnConsent.person_id == whose.person_id),
    Held(DataExport, lambda whose: DataExport.person_id == whose.person_id),
    Held(MappingVisit, lambda whose: MappingVisit.person_id == whose.person_id),
    Held(Certificate, lambda whose: Certificate.recognition_id.in_(_recognitions(whose))),
    Held(Look, lambda whose: Look.share_id.in_(_shares(whose))),
    Held(ShareItem, lambda whose: ShareItem.share_id.in_(_shares(whose))),
    Held(Share, lambda whose: Share.person_id == whose.person_id, secret=_none("factor_digest")),
    Held(RecognitionAct, lambda whose: RecognitionAct.recognition_id.in_(_recognitions(whose))),
    Held(Recognition, lambda whose: Recognition.person_id == whose.person_id),
    Held(Letter, lambda whose: Letter.case_id.in_(_cases(whose))),
    Held(Decision, lambda whose: Decision.case_id.in_(_cases(whose))),
    Held(
        Recommendation,
        lambda whose: Recommendation.case_id.in_(_cases(whose)),
        notes=_none("verdict", "reason_codes", "conditions", "note"),
    ),
    Held(
        RecordedJudgement,
        lambda whose: RecordedJudgement.case_id.in_(_cases(whose)),
        notes=_none("finding", "reason"),
    ),
    Held(Photograph, lambda whose: Photograph.case_id.in_(_cases(whose))),
    Held(CaseMove, lambda whose: CaseMove.case_id.in_(_cases(whose)), notes=_none("note")),
    Held(Declaration, lambda whose: Declaration.case_id.in_(_cases(whose))),
    Held(Case, lambda whose: Case.person_id == whose.person_id),
    Held(Verification, lambda whose: Verification.person_id == whose.person_id, notes=_none("note")),
    Held(EvidenceLink, lambda whose: EvidenceLink.evidence_id.in_(_evidence(whose))),
    Held(EvidenceFile, lambda whose: EvidenceFile.evidence_id.in_(_evidence(whose))),
    Held(EvidenceTranslation, lambda whose: EvidenceTranslation.evidence_id.in_(_evidence(whose))),
    Held(Evidence, lambda whose: Evidence.person_id == whose.person_id),
    Held(OutboxMessage, _written_to, secret=_none("body")),
    Held(RefereeRequest, lambda whose: RefereeRequest.person_id == whose.person_id),
    Held(WorkPeriod, lambda whose: WorkPeriod.person_id == whose.person_id),
    Held(CredentialVersion, lambda whose: CredentialVersion.person_id == whose.person_id),
    Held(Credential, lambda whose: Credential.person_id == whose.person_id),
    Held(QualificationRequest, lambda whose: QualificationRequest.person_id == whose.person_id),
    Held(ModuleResult, lambda whose: ModuleResult.enrolment_id.in_(_enrolments(whose))),
    Held(Enrolment, lambda whose: Enrolment.person_id == whose.person_id),
    Held(
        DuplicateRuling,
        lambda whose: DuplicateRuling.duplicate_id.in_(_pairs(whose)),
        hidden=true(),
    ),
    Held(PossibleDuplicate, _in_pair, hidden=true()),
    Held(IdentityDocument, lambda whose: IdentityDocument.person_id == whose.person_id, _none("digest")),
    Held(NameKey, lambda whose: NameKey.person_id == whose.person_id),
    Held(PersonName, lambda whose: PersonName.person_id == whose.person_id),
    Held(PersonalFact, lambda whose: PersonalFact.person_id == whose.person_id),
    Held(KeptForm, lambda whose: KeptForm.account_id == whose.account_id, secret=_none("key")),
    Held(LostWays, lambda whose: LostWays.account_id == whose.account_id, secret=_none("link_digest")),
    Held(SentForm, lambda whose: SentForm.account_id == whose.account_id, secret=_none("key")),
    Held(
        EligibilityCheck, lambda whose: EligibilityCheck.account_id == whose.account_id, _none("key_digest")
    ),
    Held(SignIn, lambda whose: SignIn.account_id == whose.account_id, secret=_none("device_digest")),
    Held(
        Passkey,
        lambda whose: Passkey.account_id == whose.account_id,
        secret=_none("credential_id", "public_key"),
    ),
    Held(AuthenticatorApp, lambda whose: AuthenticatorApp.account_id == whose.account_id, _none("secret")),
    Held(RecoveryCode, lambda whose: RecoveryCode.account_id == whose.account_id, secret=_none("digest")),
    Held(OutsideIdentity, lambda whose: OutsideIdentity.account_id == whose.account_id),
    Held(Appointed, lambda whose: Appointed.account_id == whose.account_id),
    Held(Account, lambda whose: Account.id == whose.account_id, secret=_none("password", "fs_uniquifier")),
    Held(Person, lambda whose: Person.id == whose.person_id),
    # Ids and words of ours alone; it outlives the person for its own period.
    Held(
        JournalEntry,
        lambda whose: or_(
            JournalEntry.person_id == whose.person_id, JournalEntry.account_id == whose.account_id
        ),
        hidden=JournalEntry.kind.like("duplicate.%"),
        outlives=True,
    ),
)

NOBODYS: Final[Mapping[str, str]] = {
    "programmes": "what a provider offers",
    "modules": "what a provider offers",
    "cohorts": "dated intakes and how many places are taken, nobody's name",
    "releases": "the rules as they were published",
    "erasures": "that somebody was erased: ids and days, needed to delete on time what had to be kept",
    "alembic_version": "the number of the schema",
}
