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
from portal.domain.search import Found
from portal.services.catalogue import entries_by_authority
from portal.services.credentials import CredentialAnswers, CredentialRecord
from portal.services.house import House
from portal.services.shelf import FactFinding, ShelvedDocument
from portal.web.languages import current_language
from portal.web.professional.credentials.forms import DAYS, attribute_label, day_labels, sitting_word
from portal.web.professional.evidence.links import AttachedDocument, attached_documents
from portal.web.professional.words import (
    Difference,
    Tag,
    authority_word,
    method_word,
    office_word,
    qualification_word,
    said,
    said_or_marked,
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


@dataclass(frozen=True, slots=True)
class HitRow:
    """One entry of the catalogue in an answer to a search."""

    title: str
    about: str
    href: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The answer to a search of the catalogue."""

    hits: tuple[HitRow, ...]
    guesses: tuple[HitRow, ...]
    question: str | None
    more: int
    searched: bool


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What one officer found, for the owner to read."""

    sentence: str
    was_changed_since: bool


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


def credential_rows(house: House, records: Sequence[CredentialRecord]) -> tuple[CredentialRow, ...]:
    """The list of a person's credentials."""
    return tuple(
        CredentialRow(
            title=qualification_word(house, record.qualification),
            href=url_for("professional.credential", credential_id=record.id),
            about=_about(record),
            tag=standing_tag(record.standing),
            is_withdrawn=record.standing is Standing.WITHDRAWN,
        )
        for record in records
    )


def _about(record: CredentialRecord) -> str:
    """The day that matters most, in one line."""
    days, language = record.days, current_language()
    if days.begun_on is not None:
        return dates.period(days.begun_on, days.ended_on, language)
    return dates.long_day(days.awarded_on, language) if days.awarded_on is not None else ""


def search_page(house: House, found: Found, *, searched: bool) -> SearchPage:
    """The answer to a search, in the reader's language."""
    return SearchPage(
        hits=_hit_rows(house, found.hits),
        guesses=_hit_rows(house, found.guesses),
        question=_question(found),
        more=found.more,
        searched=searched,
    )


def _question(found: Found) -> str | None:
    if found.question is not None:
        return said(found.question)
    if found.is_ambiguous:
        return _(
            "These words name several qualifications. Choose the one that is printed on your certificate."
        )
    return None


@dataclass(frozen=True, slots=True)
class Body:
    """A body that awards, with the entries of the catalogue under its name."""

    name: str
    entries: tuple[HitRow, ...]


def bodies(house: House) -> tuple[Body, ...]:
    """The whole catalogue to browse, for whom no search finds theirs."""
    return tuple(
        Body(
            said_or_marked(house.rulebook.authorities[authority].title),
            _hit_rows(house, [entry.code for entry in entries]),
        )
        for authority, entries in entries_by_authority(house).items()
    )


def _hit_rows(house: House, codes: Sequence[str]) -> tuple[HitRow, ...]:
    return tuple(
        HitRow(
            title=qualification_word(house, code),
            about=about_entry(house, house.rulebook.qualifications[code]),
            href=url_for("professional.register_credential", qualification=code),
        )
        for code in codes
    )


def about_entry(house: House, entry: Qualification) -> str:
    """Who awards a qualification and of which kind it is."""
    return f"{authority_word(house, entry.authority)} · {vocabulary_word(house, 'kinds', entry.kind)}"


def described(house: House, entry: Qualification, answers: CredentialAnswers) -> dict[str, tuple[str, str]]:
    """Every answer by name, with its label and its value in words; an empty one is a dash."""
    kind = Kind(entry.kind)
    labels, asked = day_labels(kind), dates_asked(kind)
    shown = {"awarded_on": asked.awarded, "begun_on": asked.period, "ended_on": asked.period}
    found: dict[str, tuple[str, str]] = {}
    for name in DAYS:
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
    )


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
