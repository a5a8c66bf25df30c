"""The stage of the demonstration: people take their places, and a clock that goes where it is told.

Owns how a file of ``people.toml`` becomes an account with records, through the use cases a person
at a form would call. What then happens to whom is in ``stories.py``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pikepdf
from flask_security import hash_password

from portal.adapters.clock import SettableClock
from portal.cli.demonstration.sign_ins import PASSWORD, STAFF, SignIn
from portal.domain.credentials import FactKind
from portal.domain.evidence import DocumentAnswers
from portal.domain.files import OfferedFile
from portal.domain.names import NameKind, NameProof, StatedName
from portal.domain.people import NOBODY, Actor, Appointment
from portal.domain.places import Jurisdiction
from portal.domain.sense import CREDENTIAL_DAYS, CredentialDays
from portal.models.accounts import Account
from portal.services.accounts import make_professional, make_staff
from portal.services.credentials import CredentialAnswers, register_credential
from portal.services.evidence import SupportedFact, upload_evidence
from portal.services.house import House
from portal.services.names import add_name
from portal.services.people import SelfDescription, describe_oneself, read_oneself
from portal.services.work_history import WorkAnswers, register_work

PEOPLE = Path(__file__).with_name("people.toml")


@dataclass(slots=True)
class Stage:
    """A house whose clock the stories move, and the actors on it by key."""

    house: House
    clock: SettableClock
    today: date
    now: datetime
    actors: dict[str, Actor]

    @classmethod
    def in_house(cls, house: House) -> Stage:
        """Set the stage; the house itself keeps its own clock."""
        now = house.clock.now()
        clock = SettableClock(now)
        return cls(replace(house, clock=clock), clock, house.clock.today(), now, {})

    def days_ago(self, days: int) -> None:
        """Put the clock so many days before the present."""
        self.clock.put_to(self.now - timedelta(days=days))

    def seat_staff(self) -> None:
        """Make the accounts of officers, managers and employers."""
        digest = hash_password(PASSWORD)
        for member in STAFF:
            account = make_staff(
                self.house,
                NOBODY,
                email=member.email,
                name=_name_of(member),
                password_digest=digest,
                language=member.language,
                role=member.role,
                jurisdiction=member.jurisdiction,
            )
            self.actors[member.key] = _actor_of(account)
        self.house.session.commit()

    def seat_professionals(self) -> None:
        """Make every professional of the file with their records and a document each."""
        digest = hash_password(PASSWORD)
        for entry in tomllib.loads(PEOPLE.read_text())["person"]:
            account = make_professional(
                self.house,
                email=f"{entry['key']}@example.com",
                password_digest=digest,
                home=Jurisdiction(entry["home"]),
                language=entry["language"],
            )
            account.confirmed_at = self.clock.now()
            self.house.session.commit()
            actor = self.actors[entry["key"]] = _actor_of(account)
            self._describe(actor, entry)
            self._fill_file(actor, entry)

    def _describe(self, actor: Actor, entry: dict[str, Any]) -> None:
        describe_oneself(
            self.house,
            actor,
            said=SelfDescription(
                name_latin=entry["latin"],
                name_chinese=entry["chinese"],
                home=Jurisdiction(entry["home"]),
                born_on=entry["born_on"],
                answers=entry["answers"],
            ),
            version=read_oneself(self.house, actor).version,
        )
        for name in entry.get("name", ()):
            kind, proof = NameKind(name["kind"]), name.get("proof")
            said = StatedName(**{**name, "kind": kind, "proof": NameProof(proof) if proof else None})
            add_name(self.house, actor, said=said)

    def _fill_file(self, actor: Actor, entry: dict[str, Any]) -> None:
        for held in entry["credential"]:
            days = CredentialDays(**{name: held[name] for name in CREDENTIAL_DAYS if name in held})
            key = self.hold(actor, held["qualification"], days, held.get("attributes", {}))
            self._upload(actor, held["qualification"], key)
        for work in entry["work"]:
            said = WorkAnswers(**{"ended_on": None, **work, "functions": tuple(work["functions"])})
            register_work(self.house, actor, said=said)

    def hold(
        self, actor: Actor, qualification: str, days: CredentialDays, attributes: dict[str, str] | None = None
    ) -> UUID:
        """Register one credential."""
        said = CredentialAnswers(days, attributes or {})
        return UUID(register_credential(self.house, actor, qualification=qualification, said=said))

    def _upload(self, actor: Actor, qualification: str, key: UUID) -> None:
        name = f"{qualification.replace('.', '-')}.pdf"
        upload_evidence(
            self.house,
            actor,
            offered=OfferedFile(name, "application/pdf", a_document(f"{qualification} {key}")),
            said=DocumentAnswers("Demonstration document"),
            supports=SupportedFact(FactKind.CREDENTIAL, key),
        )


def a_document(line: str) -> bytes:
    """A one-page PDF that says it is a demonstration and what it stands for."""
    words = f"Demonstration document. Not a real certificate. {line}"
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Contents = pdf.make_stream(f"BT /F1 11 Tf 60 760 Td ({words}) Tj ET".encode("ascii", "replace"))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    written = BytesIO()
    pdf.save(written)
    return written.getvalue()


def _name_of(member: SignIn) -> str:
    return member.key.replace(".", " ").title()


def _actor_of(account: Account) -> Actor:
    return Actor(
        account_id=account.id,
        person_id=account.person_id,
        language=account.language,
        appointments=frozenset(Appointment(held.name, held.jurisdiction) for held in account.roles),
    )
