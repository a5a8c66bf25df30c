"""Who acts, and in which role. What a role may do is decided where it acts, never here alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from portal.domain.errors import NotFound, NotPermitted
from portal.domain.places import Jurisdiction


class Role(StrEnum):
    """What an account may be. Officers and managers belong to a jurisdiction."""

    PROFESSIONAL = "professional"
    OFFICER = "officer"
    PROGRAMME_MANAGER = "programme_manager"
    EMPLOYER_MEMBER = "employer_member"
    SYSTEM_ADMINISTRATOR = "system_administrator"


JURISDICTIONAL_ROLES = frozenset({Role.OFFICER, Role.PROGRAMME_MANAGER})
# Those who decide about others.
STAFF = frozenset({Role.OFFICER, Role.PROGRAMME_MANAGER, Role.SYSTEM_ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Appointment:
    """A role, and the jurisdiction it is held for (None for roles that know no boundary)."""

    role: Role
    jurisdiction: Jurisdiction | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts: an account, the person it belongs to, and its appointments."""

    account_id: UUID | None = None
    person_id: UUID | None = None
    language: str = "en"
    appointments: frozenset[Appointment] = field(default_factory=frozenset)

    @property
    def is_signed_in(self) -> bool:
        """True when an account stands behind the request."""
        return self.account_id is not None

    def has(self, role: Role, jurisdiction: Jurisdiction | None = None) -> bool:
        """True when the actor holds the role, for that jurisdiction when one is named."""
        return any(
            held.role is role and (jurisdiction is None or held.jurisdiction is jurisdiction)
            for held in self.appointments
        )

    def jurisdictions_as(self, role: Role) -> frozenset[Jurisdiction]:
        """The jurisdictions for which the actor holds a role."""
        return frozenset(
            held.jurisdiction
            for held in self.appointments
            if held.role is role and held.jurisdiction is not None
        )

    def require(self, role: Role, jurisdiction: Jurisdiction | None = None) -> None:
        """Refuse with ``actor.lacks_role`` unless the role is held; checked when acting, not when drawing."""
        if not self.has(role, jurisdiction):
            raise NotPermitted("actor.lacks_role", role=role.value)


def own_person(actor: Actor) -> UUID:
    """The professional who acts; refuses accounts of any other kind, and finds nobody behind one without a person."""
    actor.require(Role.PROFESSIONAL)
    if actor.person_id is None:
        raise NotFound("page.not_found")
    return actor.person_id


NOBODY = Actor()
