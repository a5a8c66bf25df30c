"""What the search of the catalogue shows, prepared: hits, guesses with where they part, the whole list.

Owns how an answer reads. It never chooses for the reader: every row is a link that the reader takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from portal.domain.rules.catalogue import Qualification
from portal.domain.search import Certainty, Found, Hit, Parting
from portal.services.catalogue import entries_by_authority, papers_beside
from portal.services.house import House
from portal.web.professional.words import (
    authority_word,
    qualification_word,
    said,
    said_or_marked,
    vocabulary_word,
)


@dataclass(frozen=True, slots=True)
class HitRow:
    """One entry of the catalogue in an answer; ``remarks`` say by what name, and where a guess parts."""

    title: str
    about: str
    href: str
    remarks: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The answer to a search of the catalogue; ``others`` hold the words of a name that is another’s."""

    hits: tuple[HitRow, ...]
    others: tuple[HitRow, ...]
    guesses: tuple[HitRow, ...]
    question: str | None
    more: int
    searched: bool
    several: tuple[HitRow, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A body that awards, with the entries of the catalogue under its name."""

    name: str
    entries: tuple[HitRow, ...]


def search_page(house: House, found: Found, *, searched: bool) -> SearchPage:
    """The answer to a search, in the reader's language."""
    named = [code for code in found.hits if found.by[code].certainty is Certainty.NAMED]
    asked = named or list(found.hits)
    return SearchPage(
        hits=_rows(house, found, asked),
        others=_rows(house, found, [code for code in found.hits if code not in asked]),
        guesses=_rows(house, found, found.guesses),
        question=_question(found),
        more=found.more,
        searched=searched,
        several=_several(house, asked),
    )


def bodies(house: House) -> tuple[Body, ...]:
    """The whole catalogue to browse, for whom no search finds theirs."""
    return tuple(
        Body(
            said_or_marked(house.rulebook.authorities[authority].title),
            tuple(hit_row(house, entry.code) for entry in entries),
        )
        for authority, entries in entries_by_authority(house).items()
    )


def hit_row(house: House, code: str, remarks: Sequence[str] = ()) -> HitRow:
    """One entry, and the way to registering it."""
    return HitRow(
        title=qualification_word(house, code),
        about=about_entry(house, house.rulebook.qualifications[code]),
        href=url_for("professional.register_credential", qualification=code),
        remarks=tuple(remarks),
        code=code,
    )


def about_entry(house: House, entry: Qualification) -> str:
    """Who awards a qualification and of which kind it is."""
    return f"{authority_word(house, entry.authority)} · {vocabulary_word(house, 'kinds', entry.kind)}"


def remarks_on(hit: Hit) -> tuple[str, ...]:
    """By which name an entry was found, and how it differs from what was typed."""
    said_of = []
    if hit.former:
        said_of.append(_("A former name: %(name)s", name=hit.name))
    elif hit.partings:
        said_of.append(_("Its name: %(name)s", name=hit.name))
    return (*said_of, *map(_parting, hit.partings))


def _rows(house: House, found: Found, codes: Sequence[str]) -> tuple[HitRow, ...]:
    return tuple(hit_row(house, code, remarks_on(found.by[code])) for code in codes)


def _question(found: Found) -> str | None:
    if found.question is not None:
        return said(found.question)
    if found.is_ambiguous:
        return _(
            "These words name several qualifications. Choose the one that is printed on your certificate."
        )
    return None


def _parting(parting: Parting) -> str:
    if not parting.instead:
        return _("You typed “%(typed)s”, which does not stand in this name.", typed=parting.typed)
    if not parting.typed:
        return _("This name also has “%(instead)s”.", instead=parting.instead)
    return _(
        "You typed “%(typed)s”; this name has “%(instead)s”.", typed=parting.typed, instead=parting.instead
    )


def _several(house: House, codes: Sequence[str]) -> tuple[HitRow, ...]:
    """The examinations whose papers can be entered in one go, once each, when several were found."""
    found: dict[str, HitRow] = {}
    for code in codes:
        papers = papers_beside(house, code)
        family = code.rpartition(".")[0]
        if papers and family not in found:
            entry = papers[0]
            found[family] = HitRow(
                title=authority_word(house, entry.authority),
                about=_("%(count)s papers", count=len(papers)),
                href=url_for("professional.choose_papers", family=family),
            )
    return tuple(found.values())
