"""What officers may see of a person, and only with the consent recorded on the case.

Every officer's look at a person goes through here: the file of one case, and the names a list
shows. A case on the side where the person is at home needs the consent to share; a case on the far
side also needs the separate consent to cross the boundary. Without it, or once the
application is withdrawn, there is no name, no fact and no document. It must not know pages, and it decides nothing about cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from portal.domain.cases import Stage
from portal.domain.declarations import DeclarationKind
from portal.domain.errors import NotFound, NotPermitted
from portal.domain.people import Actor, Role
from portal.domain.places import Jurisdiction
from portal.models.cases import Case, Declaration
from portal.models.people import Person
from portal.services.house import House
from portal.services.name_keys import found_by_name


@dataclass(frozen=True, slots=True)
class DisclosedPerson:
    """Who an applicant is, as far as an officer of one case may know."""

    person_id: UUID
    home: Jurisdiction
    name_latin: str
    name_chinese: str
    born_on: date | None
    consents: tuple[GivenConsent, ...]


@dataclass(frozen=True, slots=True)
class GivenConsent:
    """A declaration or consent on the case, in the words that were read."""

    kind: DeclarationKind
    wording: str
    language: str
    given_at: datetime


def case_for_officer(house: House, actor: Actor, reference: str) -> Case:
    """The case an officer wants to work on.

    Refuses an officer of the other side with ``case.other_jurisdiction`` (an insider without the
    right), a case of the officer's own person with ``case.own_case``, and answers ``NotFound`` for
    a reference that does not exist or is still a draft: a draft is the applicant's alone.
    """
    actor.require(Role.OFFICER)
    case = house.session.scalars(select(Case).where(Case.reference == reference)).one_or_none()
    return _theirs(actor, case)


def refuse_unless_theirs(actor: Actor, case: Case) -> None:
    """Refuse an officer of the other side, and one who would act on an application of their own."""
    if not actor.has(Role.OFFICER, case.jurisdiction):
        raise NotPermitted("case.other_jurisdiction")
    if actor.person_id is not None and actor.person_id == case.person_id:
        raise NotPermitted("case.own_case")


def file_for_officer(house: House, actor: Actor, case: Case) -> DisclosedPerson:
    """Open the file of one case to an officer of its side: one statement.

    Refuses with ``disclosure.no_consent`` unless the applicant agreed to share with this side and,
    when the person is at home on the other side, separately agreed that the file crosses.
    """
    refuse_unless_theirs(actor, case)
    rows = house.session.execute(
        select(Person, Declaration)
        .outerjoin(Declaration, Declaration.case_id == case.id)
        .where(Person.id == case.person_id)
        .order_by(Declaration.given_at, Declaration.id)
    ).all()
    return _disclosed(case, rows[0][0], [given for _, given in rows])


def case_and_file_for_officer(house: House, actor: Actor, reference: str) -> tuple[Case, DisclosedPerson]:
    """The case with its reviews and its file in one statement, for pages; with the refusals of both."""
    actor.require(Role.OFFICER)
    found = house.session.execute(
        select(Case, Person, Declaration)
        .join(Person, Person.id == Case.person_id)
        .outerjoin(Declaration, Declaration.case_id == Case.id)
        .where(Case.reference == reference)
        .options(joinedload(Case.reviews))
        .order_by(Declaration.given_at, Declaration.id)
    )
    rows = found.unique().all()
    case = _theirs(actor, rows[0][0] if rows else None)
    return case, _disclosed(case, rows[0][1], [given for _, _, given in rows])


def _theirs(actor: Actor, case: Case | None) -> Case:
    if case is None or case.stage is Stage.DRAFT or case.submitted_at is None:
        raise NotFound("page.not_found")
    refuse_unless_theirs(actor, case)
    return case


def _disclosed(case: Case, person: Person, given: Sequence[Declaration | None]) -> DisclosedPerson:
    consents = tuple(
        GivenConsent(DeclarationKind(one.kind), one.wording, one.language, one.given_at)
        for one in given
        if one is not None
    )
    # Withdrawing the application is how an applicant takes the consents back.
    if case.stage is Stage.WITHDRAWN:
        raise NotPermitted("disclosure.no_consent")
    if not _needed(person.home, case.jurisdiction) <= {given.kind for given in consents}:
        raise NotPermitted("disclosure.no_consent")
    return DisclosedPerson(
        person_id=person.id,
        home=person.home,
        name_latin=person.name_latin,
        name_chinese=person.name_chinese,
        born_on=person.born_on,
        consents=consents,
    )


def names_are_disclosed(case: type[Case] = Case, person: type[Person] = Person) -> ColumnElement[bool]:
    """For lists: true of a row (a case joined to its person) whose name officers may see."""
    return and_(
        case.stage != Stage.WITHDRAWN,
        _has_given(DeclarationKind.SHARING, case),
        or_(person.home == case.jurisdiction, _has_given(DeclarationKind.CROSSING, case)),
    )


def is_open_to(actor: Actor, person: type[Person] = Person) -> ColumnElement[bool]:
    """For lists of people: true of a person with a case that is disclosed to one of the officer's sides.

    Never true of the officer's own person.
    """
    seen = aliased(Case)
    return and_(
        person.id != actor.person_id if actor.person_id is not None else true(),
        exists()
        .where(
            seen.person_id == person.id,
            seen.jurisdiction.in_(sorted(actor.jurisdictions_as(Role.OFFICER))),
            seen.stage != Stage.DRAFT,
            seen.submitted_at.is_not(None),
            names_are_disclosed(seen, person),
        )
        .correlate(person),
    )


def name_contains(words: str) -> ColumnElement[bool]:
    """For lists: true of a disclosed row whose person is found under the words, by any name, in any script."""
    return and_(names_are_disclosed(), found_by_name(Case.person_id, words))


def _needed(home: Jurisdiction, side: Jurisdiction) -> set[DeclarationKind]:
    if home is side:
        return {DeclarationKind.SHARING}
    return {DeclarationKind.SHARING, DeclarationKind.CROSSING}


def _has_given(kind: DeclarationKind, case: type[Case]) -> ColumnElement[bool]:
    given = aliased(Declaration)
    return exists().where(given.case_id == case.id, given.kind == kind.value).correlate(case)
