"""The file of one case as the desk reads it: facts, documents, both verdicts, history. Reading only.

Owns frozen readings in few statements: one for the person and the consents, one for the words of
the facts and their documents, one for everything that happened, and the dossier. It must not know
pages of the browser, and it decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    case as when,
    cast,
    literal,
    select,
    union_all,
)

from portal.domain.cases import Stage
from portal.domain.credentials import FactKind, Standing
from portal.domain.dossier import Dossier, Judgement
from portal.domain.people import Actor
from portal.domain.places import Jurisdiction
from portal.models.accounts import Account
from portal.models.cases import Case
from portal.models.credentials import Credential, WorkPeriod
from portal.models.people import PersonalFact
from portal.services.case_histories import FOUND_FOR, Event, EventKind, events_of, newest_findings
from portal.services.disclosure_to_officers import DisclosedPerson, case_and_file_for_officer
from portal.services.facts import dossier_of
from portal.services.house import House
from portal.services.mapping import Verdicts, map_dossier
from portal.services.reviews import ReviewSeen, seen_review
from portal.services.same_files import OtherHolder, also_handed_in
from portal.services.shelf import ShelvedDocument, by_fact, documents_of


@dataclass(frozen=True, slots=True)
class FiledFact:
    """One fact as it stands in the file. ``words`` name it in the person's own terms, if it has any."""

    kind: FactKind
    id: UUID
    code: str
    words: tuple[str, ...]
    standing: Standing
    version: int
    value: bool | date | None
    documents: tuple[ShelvedDocument, ...]

    @property
    def awaits_verification(self) -> bool:
        return self.standing in (Standing.DECLARED, Standing.EVIDENCED)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything the desk shows of one case on one day."""

    reference: str
    track: str
    target: str
    jurisdiction: Jurisdiction
    stage: Stage
    version: int
    submitted_at: datetime
    assignee: str
    assigned_to: UUID | None
    on: date
    person: DisclosedPerson
    facts: tuple[FiledFact, ...]
    same_files: Mapping[UUID, tuple[OtherHolder, ...]]
    dossier: Dossier
    verdicts: Verdicts
    events: tuple[Event, ...]
    reviews: tuple[ReviewSeen, ...]

    @property
    def findings(self) -> Mapping[str, bool]:
        """The officers' newest finding on each clause."""
        return newest_findings(self.events)


def open_file(house: House, actor: Actor, reference: str) -> CaseFile:
    """Open the file of a case to an officer of its side, who needs the applicant's consent."""
    case, person = case_and_file_for_officer(house, actor, reference)
    today = house.clock.today()
    events = events_of(house, case)
    dossier = replace(dossier_of(house, case.person_id, on=today), judgements=_judgements(case, events))
    documents = documents_of(house, case.person_id)
    verdicts, _ = map_dossier([house.rulebook.targets[case.target]], dossier, on=today)
    return CaseFile(
        reference=case.reference,
        track=case.track,
        target=case.target,
        jurisdiction=case.jurisdiction,
        stage=case.stage,
        version=case.version,
        submitted_at=case.submitted_at or case.started_at,
        assignee=_assignee(house, case, events),
        assigned_to=case.assigned_to,
        on=today,
        person=person,
        facts=_facts(house, case.person_id, by_fact(documents)),
        same_files=also_handed_in(
            house, actor, case.person_id, [file for each in documents for file in each.files]
        ),
        dossier=dossier,
        verdicts=verdicts[case.target],
        events=events,
        reviews=tuple(map(seen_review, case.reviews)),
    )


def _judgements(case: Case, events: Iterable[Event]) -> tuple[Judgement, ...]:
    newest = {
        one.about: Judgement(one.about, one.what == FOUND_FOR, one.note, case.target)
        for one in events
        if one.kind is EventKind.JUDGEMENT
    }
    return tuple(newest.values())


def _assignee(house: House, case: Case, events: Iterable[Event]) -> str:
    if case.assigned_to is None:
        return ""
    known = next((one.by for one in events if one.account_id == case.assigned_to), None)
    return known or house.session.get_one(Account, case.assigned_to).name


def _words(column: Any) -> ColumnElement[str]:
    return cast(column, String)


def _facts(
    house: House, person_id: UUID, documents: Mapping[UUID, Sequence[ShelvedDocument]]
) -> tuple[FiledFact, ...]:
    """The facts in the person's own words, with their documents."""
    rows = house.session.execute(_words_of_facts(person_id)).all()
    return tuple(
        FiledFact(
            kind=FactKind(row.kind),
            id=row.id,
            code=row.code,
            words=() if row.kind == FactKind.PERSONAL else tuple(filter(None, (row.first, row.second))),
            standing=Standing(row.standing),
            version=row.version,
            value=_value(row.first, row.second) if row.kind == FactKind.PERSONAL else None,
            documents=tuple(documents.get(row.id, ())),
        )
        for row in sorted(rows, key=lambda row: row.id)
    )


_YES, _NO = "yes", "no"


def _value(truth: str | None, day: str | None) -> bool | date | None:
    if day:
        return date.fromisoformat(day[:10])
    return truth == _YES if truth else None


def _words_of_facts(person_id: UUID) -> CompoundSelect[Any]:
    truth = when((PersonalFact.truth.is_(True), literal(_YES)), (PersonalFact.truth.is_(False), literal(_NO)))
    none = literal("")
    return union_all(
        _fact(
            FactKind.CREDENTIAL,
            Credential.id,
            Credential.qualification,
            Credential.number,
            none,
            Credential.standing,
            Credential.version,
        ).where(Credential.person_id == person_id, Credential.standing != Standing.WITHDRAWN),
        _fact(
            FactKind.WORK,
            WorkPeriod.id,
            WorkPeriod.employer_kind,
            WorkPeriod.employer,
            WorkPeriod.post,
            WorkPeriod.standing,
            WorkPeriod.version,
        ).where(WorkPeriod.person_id == person_id, WorkPeriod.standing != Standing.WITHDRAWN),
        _fact(
            FactKind.PERSONAL,
            PersonalFact.id,
            PersonalFact.name,
            truth,
            PersonalFact.day,
            PersonalFact.standing,
            PersonalFact.version,
        ).where(PersonalFact.person_id == person_id, PersonalFact.standing != Standing.WITHDRAWN),
    )


def _fact(
    kind: str, key: Any, code: Any, first: Any, second: Any, standing: Any, version: Any
) -> Select[Any]:
    """One kind of fact in the columns all of them share."""
    return select(
        literal(str(kind)).label("kind"),
        key.label("id"),
        _words(code).label("code"),
        _words(first).label("first"),
        _words(second).label("second"),
        _words(standing).label("standing"),
        version.label("version"),
    )
