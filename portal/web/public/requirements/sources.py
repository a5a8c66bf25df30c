"""Every source the rules rest on: what it is, when somebody last read it, and what rests on it.

Owns the frozen values of the list of sources and the narrowing of it. It must not know what a source
says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from portal.domain.rules.catalogue import Source
from portal.domain.rules.vocabulary import Confidence
from portal.domain.texts import Text
from portal.rulebook.loader import Rulebook
from portal.services.reading import is_due, targets_resting_on
from portal.web.citations import confidence_word, source_anchor
from portal.web.formatting import in_its_language
from portal.web.languages import current_language
from portal.web.public.requirements.clauses import said
from portal.wording.dates import short_day
from portal.wording.marking import N_

KINDS: Final = {
    "primary": N_("The publisher’s own text"),
    "copy": N_("A copy of the publisher’s text"),
    "secondary": N_("Somebody else’s account"),
    "weak": N_("A weak account"),
}


@dataclass(frozen=True, slots=True)
class RestingTarget:
    """A target whose rule cites a source, and how sure the reading is there."""

    title: str
    confidence: str
    address: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source. ``url`` is empty for what may not be linked; ``seen_as`` then says what was read."""

    anchor: str
    name: str
    kind: str
    dated: Markup | str
    last_read_on: date
    url: str
    seen_as: str
    targets: tuple[RestingTarget, ...]


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Sources: those due for reading again first, the longest unread of them at the head.

    ``narrowed`` says that only some are shown; ``count`` of them, out of ``of``.
    """

    on: date
    due: tuple[SourceView, ...]
    fresh: tuple[SourceView, ...]
    narrowed: bool
    of: int

    @property
    def count(self) -> int:
        return len(self.due) + len(self.fresh)


def sources_page(rulebook: Rulebook, *, on: date, words: str = "", kind: str = "") -> SourcesPage:
    """The sources as they stand on a day: all, or those of one kind, or those that every word speaks of."""
    resting = targets_resting_on(rulebook)
    due: list[SourceView] = []
    fresh: list[SourceView] = []
    for source in rulebook.sources.values():
        if kind and source.more.get("kind") != kind:
            continue
        if not _speaks_of(source, words, (rulebook.targets[one].title for one in resting.get(source.id, {}))):
            continue
        view = _view(source, resting.get(source.id, {}), rulebook)
        (due if is_due(source, on=on) else fresh).append(view)
    return SourcesPage(
        on=on,
        due=tuple(sorted(due, key=lambda one: (one.last_read_on, one.name))),
        fresh=tuple(sorted(fresh, key=lambda one: (one.name, one.anchor))),
        narrowed=bool(words or kind),
        of=len(rulebook.sources),
    )


def _speaks_of(source: Source, words: str, targets: Iterable[Text]) -> bool:
    """Whether every word stands in a source's names or in those of what rests on it, in any language."""
    wanted = _folded(words).split()
    if not wanted:
        return True
    texts = (source.publisher, source.title, *targets)
    spoken = _folded(
        " ".join((source.url or "", *(each for text in texts for each in text.to_json().values())))
    )
    return all(word in spoken for word in wanted)


def _folded(words: str) -> str:
    """Full-width letters and capitals are no difference."""
    return unicodedata.normalize("NFKC", words).casefold()


def _view(source: Source, resting: Mapping[str, Confidence], rulebook: Rulebook) -> SourceView:
    return SourceView(
        anchor=source_anchor(source.id),
        name=_("%(publisher)s: %(title)s", publisher=said(source.publisher), title=said(source.title)),
        kind=_(KINDS[str(source.more["kind"])]) if source.more.get("kind") in KINDS else "",
        dated=_dated(source.date),
        last_read_on=source.last_read_on,
        url=source.url or "",
        seen_as=_seen_as(source.more.get("seen_as")),
        targets=tuple(
            RestingTarget(
                title=said(rulebook.targets[target].title),
                confidence=confidence_word(confidence),
                address=url_for("requirements.target", target=target),
            )
            for target, confidence in resting.items()
        ),
    )


def _dated(written: str) -> Markup | str:
    """A source's own date: a day, a year, or the words in which it dates itself."""
    if not written or written == "undated":
        undated: str = _("undated")
        return undated
    try:
        return short_day(date.fromisoformat(written), current_language())
    except ValueError:
        return written if written.isdigit() else in_its_language(written, "en")


def _seen_as(value: object) -> str:
    return said(Text.from_json(value)) if isinstance(value, Mapping) else ""
