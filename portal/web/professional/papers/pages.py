"""What the page of several papers shows: each paper with its fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wtforms import Field

from portal.domain.rules.catalogue import Qualification
from portal.domain.sense import CREDENTIAL_DAYS
from portal.services.house import House
from portal.web.professional.papers.forms import PapersForm, named
from portal.web.professional.words import qualification_word


@dataclass(frozen=True, slots=True)
class PaperFields:
    """One paper of the form; ``is_another`` only when it looks like one that is recorded."""

    title: str
    fields: tuple[Field, ...]
    is_another: Field | None


def papers_asked(house: House, form: PapersForm, papers: Sequence[Qualification]) -> tuple[PaperFields, ...]:
    """The papers in the order of the page."""
    return tuple(_paper(house, form, place, entry) for place, entry in enumerate(papers))


def _paper(house: House, form: PapersForm, place: int, entry: Qualification) -> PaperFields:
    another = form[named(place, "is_another")]
    names = (named(place, name) for name in (*CREDENTIAL_DAYS, *entry.attributes))
    return PaperFields(
        title=qualification_word(house, entry.code),
        fields=tuple(form[name] for name in names if name in form),
        is_another=another if another.errors or another.data else None,
    )
