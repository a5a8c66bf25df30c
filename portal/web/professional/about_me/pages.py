"""What the pages about oneself show: names, documents, how each stated fact stands, and both sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from portal.domain.credentials import FactKind, Standing
from portal.services.house import House
from portal.services.identity_documents import HeldDocument
from portal.services.identity_papers import papers_of
from portal.services.names import HeldName
from portal.services.people import (
    BORN_ON,
    PersonRecord,
    Section,
    SelfDescription,
    StatedFact,
    questions_asked,
)
from portal.services.shelf import ShelvedDocument
from portal.web.bridge import city_name
from portal.web.identity_words import document_lines, document_title, name_lines, name_words
from portal.web.languages import current_language
from portal.web.professional.evidence.links import AttachedDocument, attached_documents
from portal.web.professional.words import Difference, Tag, change_warning, standing_tag, vocabulary_word
from portal.wording import dates


@dataclass(frozen=True, slots=True)
class FactRow:
    """One stated fact: its answer, its standing, its documents."""

    title: str
    answer: str
    tag: Tag
    warning: str | None
    is_verified: bool
    documents: tuple[AttachedDocument, ...]
    supports: str


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """A further name or a document: what it is, what is said about it, and where it is removed."""

    title: str | Markup
    lines: tuple[str, ...]
    remove: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class AboutPage:
    """The summary of what a person says of themselves."""

    name_latin: str
    name_chinese: str
    names: tuple[IdentityRow, ...]
    documents: tuple[IdentityRow, ...]
    birth: FactRow | None
    home: str
    facts: tuple[FactRow, ...]
    is_unanswered: bool


def about_page(house: House, record: PersonRecord, documents: Sequence[ShelvedDocument]) -> AboutPage:
    """Prepare the summary."""
    said, papers = record.description, papers_of(house, record.id)
    rows = {name: _row(house, fact, documents) for name, fact in record.facts.items()}
    return AboutPage(
        name_latin=said.name_latin,
        name_chinese=said.name_chinese,
        names=_name_rows(papers.names),
        documents=_document_rows(papers.documents),
        birth=rows.get(BORN_ON),
        home=city_name(said.home),
        facts=tuple(rows[name] for name in questions_asked(house) if name in rows),
        is_unanswered=any(name not in rows for name in questions_asked(house)),
    )


def facts_at_stake(house: House, record: PersonRecord, section: Section) -> tuple[FactRow, ...]:
    """The facts of a section whose standing a change would end."""
    asked = {Section.NAMES: (), Section.BIRTH: (BORN_ON,), Section.FACTS: questions_asked(house)}[section]
    rows = (_row(house, record.facts[name], ()) for name in asked if name in record.facts)
    return tuple(row for row in rows if row.warning)


def _name_rows(names: Iterable[HeldName]) -> tuple[IdentityRow, ...]:
    return tuple(
        IdentityRow(
            name_words(one.name),
            name_lines(one.name),
            url_for("professional.about_me_remove_name", name_id=one.id),
            one.name.is_former,
        )
        for one in names
    )


def _document_rows(documents: Iterable[HeldDocument]) -> tuple[IdentityRow, ...]:
    return tuple(
        IdentityRow(
            document_title(one),
            document_lines(one),
            url_for("professional.about_me_remove_document", document_id=one.id),
            one.has_expired,
        )
        for one in documents
    )


def _row(house: House, fact: StatedFact, documents: Sequence[ShelvedDocument]) -> FactRow:
    return FactRow(
        title=vocabulary_word(house, "facts", fact.name),
        answer=answer_word(fact.value),
        tag=standing_tag(fact.standing),
        warning=change_warning(fact.standing),
        is_verified=fact.standing is Standing.VERIFIED,
        documents=attached_documents(documents, FactKind.PERSONAL, fact.id),
        supports=f"{FactKind.PERSONAL.value}:{fact.id}",
    )


def answer_word(value: bool | date | None) -> str:
    """An answer in words."""
    if value is None:
        return _("Not stated")
    if isinstance(value, bool):
        return _("This is true") if value else _("This is not true")
    return dates.long_day(value, current_language())


def differences(house: House, recorded: SelfDescription, typed: SelfDescription) -> tuple[Difference, ...]:
    """Where what is recorded now and what was typed part."""
    now, wished = _described(house, recorded), _described(house, typed)
    return tuple(
        Difference(label, value, wished[name][1])
        for name, (label, value) in now.items()
        if value != wished[name][1]
    )


def _described(house: House, said: SelfDescription) -> dict[str, tuple[str, str]]:
    found = {
        "name_latin": (_("Name in Latin letters"), said.name_latin or _("Not stated")),
        "name_chinese": (_("Name in Chinese"), said.name_chinese or _("Not stated")),
        "born_on": (_("Date of birth"), answer_word(said.born_on)),
        "home": (_("Where do you live?"), city_name(said.home)),
    }
    for name in questions_asked(house):
        found[name] = (vocabulary_word(house, "facts", name), answer_word(said.answers.get(name)))
    return found
