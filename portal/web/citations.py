"""How a clause's sources are said: who published what, when, how sure the reading is, when it was read.

Owns the citation line of the mapping page and of the requirements browser. A link is given only for
a page that may be linked; where a copy was read, the copy is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from portal.domain.rules.catalogue import Measure, Source
from portal.domain.rules.clauses import Citation, Clause
from portal.domain.rules.vocabulary import Confidence
from portal.domain.texts import Text
from portal.web.formatting import in_its_language
from portal.web.languages import current_language
from portal.wording.dates import short_day
from portal.wording.languages import Language
from portal.wording.marking import N_

_ENGLISH_WORD: Final = re.compile(r"[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class CitationView:
    """One source of a clause: its name, and in one line its date, how sure the reading is, when it was read.

    ``url`` is the publisher's own page where it may be linked, ``site`` the name of that site;
    ``address`` is the source's row in the list of sources, which names all that rests on it; ``place``
    is empty where its words are not in the reader's language.
    """

    name: str
    line: Markup
    url: str
    site: str
    address: str
    place: str
    seen_as: str


def source_anchor(source: str) -> str:
    """Where a source stands in the list of sources."""
    return source.replace(".", "-")


@dataclass(frozen=True, slots=True)
class CitationReader:
    """Says citations for one page; the same source in the same confidence is said once and kept."""

    sources: Mapping[str, Source]
    language: Language = field(default_factory=current_language)
    _said: dict[tuple[str, Confidence], CitationView] = field(default_factory=dict)

    def of_clause(self, clause: Clause) -> tuple[CitationView, ...]:
        """The sources of a clause, the surest first."""
        return self._views(clause.cites)

    def of_measure(self, measure: Measure) -> tuple[CitationView, ...]:
        """The sources of a paper, a course or another step, the surest first; as its file spells them."""
        written = measure.more.get("cites")
        rows = written if isinstance(written, (list, tuple)) else ()
        return self._views(
            Citation(str(row["source"]), str(row["at"]), Confidence(row["confidence"])) for row in rows
        )

    def _views(self, cites: Iterable[Citation]) -> tuple[CitationView, ...]:
        ordered = sorted(cites, key=lambda cite: -cite.confidence.rank)
        return tuple(self._view(cite) for cite in ordered if cite.source in self.sources)

    @property
    def said(self) -> tuple[CitationView, ...]:
        """Every source said so far, each once, for a list at the end of a printed page."""
        once = {view.address: view for view in self._said.values()}
        return tuple(sorted(once.values(), key=lambda view: view.name))

    def _view(self, cite: Citation) -> CitationView:
        key = (cite.source, cite.confidence)
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = self._say(cite.confidence, self.sources[cite.source])
        return replace(said, place=self._place(cite.at))

    def _place(self, at: str) -> str:
        """The place inside a source. It is noted in English; in Chinese only a bare number is of use."""
        return "" if self.language.is_chinese and _ENGLISH_WORD.search(at) else at

    def _say(self, confidence: Confidence, source: Source) -> CitationView:
        locale = self.language.locale
        return CitationView(
            name=_(
                "%(publisher)s: %(title)s",
                publisher=source.publisher.in_language(locale),
                title=source.title.in_language(locale),
            ),
            line=Markup(" · ").join(
                (
                    self._dated(source.date),
                    confidence_word(confidence),
                    _("read %(day)s", day=short_day(source.last_read_on, self.language)),
                )
            ),
            url=source.url or "",
            site=_site(source.url),
            address=url_for("requirements.sources", _anchor=source_anchor(source.id)),
            place="",
            seen_as=_words(source.more.get("seen_as"), locale),
        )

    def _dated(self, written: str) -> Markup | str:
        """A source's own date: a day, a year, or the words in which it dates itself."""
        if not written or written == "undated":
            undated: str = _("undated")
            return undated
        try:
            return short_day(date.fromisoformat(written), self.language)
        except ValueError:
            return written if written.isdigit() else in_its_language(written, "en")


_CONFIDENCES: Final = {
    Confidence.HIGH: N_("high confidence"),
    Confidence.MEDIUM: N_("medium confidence"),
    Confidence.LOW: N_("low confidence"),
}


def confidence_word(confidence: Confidence) -> str:
    """How sure a reading is, in words."""
    word: str = _(_CONFIDENCES[confidence])
    return word


def _site(url: str | None) -> str:
    """Whose site an address is on: people trust a name, and are misled by one."""
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""


def _words(value: object, locale: str) -> str:
    """A text of the rulebook that is kept as it was written in the file."""
    if isinstance(value, Mapping):
        value = Text.from_json(value)
    if isinstance(value, Text):
        return value.in_language(locale)
    return str(value) if value else ""
