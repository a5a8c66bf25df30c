"""What the page about oneself shows beside its form: how each stated fact stands, and both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal.domain.credentials import FactKind, Standing
from portal.services.house import House
from portal.services.people import PersonRecord, SelfDescription, StatedFact, questions_asked
from portal.services.shelf import ShelvedDocument
from portal.web.bridge import city_name
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


def fact_rows(
    house: House, record: PersonRecord, documents: Sequence[ShelvedDocument]
) -> tuple[FactRow, ...]:
    """The facts stated, in the order of the questions."""
    names = [name for name in house.rulebook.vocabulary["facts"] if name in record.facts]
    return tuple(_row(house, record.facts[name], documents) for name in names)


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
        return _("Yes") if value else _("No")
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
