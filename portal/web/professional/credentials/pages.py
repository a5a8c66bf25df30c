"""What the pages about credentials show, prepared: frozen values, no rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from portal.domain.attributes import SITTING, choices_for
from portal.domain.credentials import FactKind, Kind, Standing, dates_asked
from portal.domain.rules.catalogue import Qualification
from portal.domain.sense import CREDENTIAL_DAYS
from portal.services.catalogue import provisional_for
from portal.services.credentials import CredentialAnswers, CredentialRecord
from portal.services.house import House
from portal.services.shelf import FactFinding, ShelvedDocument
from portal.web.languages import current_language
from portal.web.professional.credentials.fields import attribute_label, day_labels, sitting_word
from portal.web.professional.evidence.links import AttachedDocument, attached_documents
from portal.web.professional.words import (
    Difference,
    Tag,
    authority_word,
    method_word,
    office_word,
    qualification_word,
    said,
    standing_meaning,
    standing_tag,
    vocabulary_word,
)
from portal.wording import dates


@dataclass(frozen=True, slots=True)
class CredentialRow:
    """One credential in a list."""

    title: str
    href: str
    about: str
    tag: Tag
    is_withdrawn: bool
    is_provisional: bool
    proof: CredentialRow | None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What one officer found, for the owner to read."""

    sentence: str
    was_changed_since: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """One standing a credential can have, what it means, and whether it has it now."""

    tag: Tag
    meaning: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Exchange:
    """A provisional proof and the certificate it is exchanged for, seen from either.

    ``address`` leads to the other one, or to registering it; ``is_provisional`` of the proof.
    """

    other: str
    address: str
    is_provisional: bool
    is_registered: bool


@dataclass(frozen=True, slots=True)
class CredentialPage:
    """One credential with everything about it."""

    id: UUID
    title: str
    authority: str
    answers: tuple[tuple[str, str], ...]
    tag: Tag
    meaning: str
    documents: tuple[AttachedDocument, ...]
    findings: tuple[FindingRow, ...]
    supports: str
    may_change: bool
    is_from_programme: bool
    version: int
    stages: tuple[Stage, ...]
    exchange: Exchange | None
    has_history: bool


def credential_rows(house: House, records: Sequence[CredentialRecord]) -> tuple[CredentialRow, ...]:
    """The list of a person's credentials; a proof stands under the certificate it was exchanged for."""
    held = {one.qualification for one in records if one.standing is not Standing.WITHDRAWN}
    proofs = {
        final: record
        for record in records
        if record.standing is not Standing.WITHDRAWN
        and (final := provisional_for(house, record.qualification)) in held
    }
    under = {record.id for record in proofs.values()}
    return tuple(
        _row(house, record, proofs.get(record.qualification)) for record in records if record.id not in under
    )


def _row(house: House, record: CredentialRecord, proof: CredentialRecord | None = None) -> CredentialRow:
    is_withdrawn = record.standing is Standing.WITHDRAWN
    return CredentialRow(
        title=qualification_word(house, record.qualification),
        href=url_for("professional.credential", credential_id=record.id),
        about=_about(record),
        tag=standing_tag(record.standing),
        is_withdrawn=is_withdrawn,
        is_provisional=provisional_for(house, record.qualification) is not None,
        proof=_row(house, proof) if proof is not None and not is_withdrawn else None,
    )


def _about(record: CredentialRecord) -> str:
    """The day that matters most, in one line."""
    days, language = record.days, current_language()
    if days.begun_on is not None:
        return dates.period(days.begun_on, days.ended_on, language)
    return dates.long_day(days.awarded_on, language) if days.awarded_on is not None else ""


def about_entry(house: House, entry: Qualification) -> str:
    """Who awards a qualification and of which kind it is."""
    return f"{authority_word(house, entry.authority)} · {vocabulary_word(house, 'kinds', entry.kind)}"


def described(house: House, entry: Qualification, answers: CredentialAnswers) -> dict[str, tuple[str, str]]:
    """Every answer by name, with its label and its value in words; an empty one is a dash."""
    kind = Kind(entry.kind)
    labels, asked = day_labels(kind), dates_asked(kind)
    shown = {"awarded_on": asked.awarded, "begun_on": asked.period, "ended_on": asked.period}
    found: dict[str, tuple[str, str]] = {}
    for name in CREDENTIAL_DAYS:
        if shown.get(name, asked.expiry):
            found[name] = (labels[name], _day_word(name, getattr(answers.days, name)))
    for name in entry.attributes:
        value = attribute_word(house, entry, name, answers.attributes.get(name, ""))
        found[name] = (attribute_label(house, name), value)
    return found


def _day_word(name: str, day: date | None) -> str:
    if day is not None:
        return dates.long_day(day, current_language())
    return _("You still hold it") if name == "ended_on" else _("Not stated")


def attribute_word(house: House, entry: Qualification, name: str, value: str) -> str:
    """The answer to one attribute in words."""
    if not value:
        return _("Not stated")
    book = house.rulebook
    choices = choices_for(name, entry, book.qualifications, book.vocabulary)
    if choices is not None:
        return said(choices[value]) if value in choices else value
    return sitting_word(value) if name == SITTING else value


def differences(
    house: House, entry: Qualification, recorded: CredentialAnswers, typed: CredentialAnswers
) -> tuple[Difference, ...]:
    """Where what is recorded now and what was typed part."""
    now, wished = described(house, entry, recorded), described(house, entry, typed)
    return tuple(
        Difference(label, value, wished[name][1])
        for name, (label, value) in now.items()
        if value != wished[name][1]
    )


def credential_page(
    house: House,
    entry: Qualification,
    record: CredentialRecord,
    *,
    documents: Sequence[ShelvedDocument],
    findings: Sequence[FactFinding],
    others: Sequence[CredentialRecord] = (),
    has_history: bool = False,
) -> CredentialPage:
    """Everything about one credential."""
    answers = CredentialAnswers(record.days, record.attributes)
    return CredentialPage(
        id=record.id,
        title=qualification_word(house, record.qualification),
        authority=authority_word(house, entry.authority),
        answers=tuple(described(house, entry, answers).values()),
        tag=standing_tag(record.standing),
        meaning=standing_meaning(record.standing),
        documents=attached_documents(documents, FactKind.CREDENTIAL, record.id),
        findings=finding_rows(
            findings, still_holds=record.standing in (Standing.VERIFIED, Standing.REJECTED)
        ),
        supports=f"{FactKind.CREDENTIAL.value}:{record.id}",
        may_change=record.may_change,
        is_from_programme=record.from_programme,
        version=record.version,
        stages=stages_of(record.standing),
        exchange=exchange_of(house, record, others),
        has_history=has_history,
    )


def stages_of(standing: Standing) -> tuple[Stage, ...]:
    """Every standing with what it means, the one that holds marked."""
    return tuple(Stage(standing_tag(one), standing_meaning(one), one is standing) for one in Standing)


def exchange_of(
    house: House, record: CredentialRecord, others: Sequence[CredentialRecord]
) -> Exchange | None:
    """The other state of a credential that comes first as a provisional proof, then as a certificate."""
    held = {one.qualification: one for one in others if one.standing is not Standing.WITHDRAWN}
    final = provisional_for(house, record.qualification)
    if final is not None:
        certificate = held.get(final)
        address = (
            url_for("professional.credential", credential_id=certificate.id)
            if certificate is not None
            else url_for("professional.register_credential", qualification=final)
        )
        title = qualification_word(house, final)
        return Exchange(title, address, is_provisional=True, is_registered=certificate is not None)
    for code, proof in held.items():
        if provisional_for(house, code) == record.qualification:
            address = url_for("professional.credential", credential_id=proof.id)
            return Exchange(
                qualification_word(house, code), address, is_provisional=False, is_registered=True
            )
    return None


def finding_rows(findings: Sequence[FactFinding], *, still_holds: bool) -> tuple[FindingRow, ...]:
    """What officers found, newest first; the newest says so when the fact was changed after it."""
    return tuple(
        FindingRow(_finding_sentence(finding), was_changed_since=place == 0 and not still_holds)
        for place, finding in enumerate(findings)
    )


def _finding_sentence(finding: FactFinding) -> str:
    facts: Mapping[str, str] = {
        "office": office_word(finding.jurisdiction),
        "method": method_word(finding.method),
        "day": dates.moment(finding.at, current_language()),
    }
    if finding.verified:
        return _("%(office)s verified it on %(day)s. How: %(method)s.", **facts)
    return _("%(office)s did not accept it on %(day)s. How: %(method)s.", **facts)
