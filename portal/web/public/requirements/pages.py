"""One target as anybody may read it: the rule in force on a day, and all that stands around it.

Owns the frozen values of the page of a target. It must not know people: nothing here is evaluated
but the worked cases; it is the rule itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import url_for

from portal.domain.people import Role
from portal.domain.places import Jurisdiction
from portal.domain.rules.answers import answers_with_target
from portal.domain.rules.clauses import Group
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import ClauseKind
from portal.rulebook.loader import Rulebook
from portal.web.access import current_actor
from portal.web.citations import CitationReader
from portal.web.public.requirements.answers import AnswerView, answer_views
from portal.web.public.requirements.clauses import Drawn, RuleClause, RuleReader, asks_of, drawn_from, said
from portal.web.public.requirements.guide import KindView, kind_view
from portal.web.public.requirements.versions import VersionView, version_views
from portal.web.public.requirements.worked import CaseView, case_views

# A rule of at most so many clauses is read at one go.
_SHORT: Final = 12


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which a target has a rule. ``last`` is none while the rule goes on."""

    first: date
    last: date | None

    def nearest(self, day: date) -> date:
        """The day itself, or the nearest one on which there is a rule."""
        if day < self.first:
            return self.first
        return self.last if self.last is not None and day > self.last else day


@dataclass(frozen=True, slots=True)
class TargetPage:
    """A target and the rule in force on a day.

    ``begins`` is told where the rule is not in force yet today, ``ended`` where it no longer is.
    """

    place: Jurisdiction
    title: str
    kind: KindView
    authority: str
    authority_website: str
    summary: str
    remains: str
    check_elsewhere: str
    on: date
    in_force_from: date
    begins: date | None
    ended: date | None
    clauses: tuple[RuleClause, ...]
    drawn: Drawn
    asks: str
    answers: tuple[AnswerView, ...]
    cases: tuple[CaseView, ...]
    versions: tuple[VersionView, ...]
    mapping_address: str
    open_address: str
    is_open: bool
    cases_open: bool


def span_of(target: Target) -> Span:
    """From the first day of the first version to the last day of the last one."""
    versions = target.ruleset.versions
    return Span(versions[0].in_force_from, versions[-1].in_force_until)


def target_page(
    target: Target, rulebook: Rulebook, *, on: date, today: date, is_open: bool = False
) -> TargetPage:
    """A target with the version of its rule in force on a day, which must lie in its span.

    A short rule lies open; a long one is folded clause by clause until it is asked for ``is_open``.
    """
    version, span = target.in_force(on), span_of(target)
    reader = RuleReader(version, rulebook, target.jurisdiction.other, CitationReader(rulebook.sources))
    root = version.clauses[version.root]
    is_list = isinstance(root, Group) and root.kind is ClauseKind.ALL_OF
    clauses = tuple(map(reader.read, root.children if is_list else (version.root,)))
    authority = rulebook.authorities[target.authority]
    return TargetPage(
        place=target.jurisdiction,
        title=said(target.title),
        kind=kind_view(target.recognition, rulebook.vocabulary),
        authority=said(authority.title),
        authority_website=str(authority.more.get("website") or ""),
        summary=said(target.summary),
        remains=said(target.remains),
        check_elsewhere=said(target.check_elsewhere),
        on=on,
        in_force_from=version.in_force_from,
        begins=span.first if today < span.first else None,
        ended=span.last if span.last is not None and span.last < today else None,
        clauses=clauses,
        drawn=drawn_from(clauses),
        asks=asks_of(root) if is_list else "",
        answers=answer_views(answers_with_target(rulebook, target.id), rulebook),
        cases=case_views(target, rulebook),
        versions=version_views(target, rulebook, shown=version, today=today),
        mapping_address=_mapping_address(target, rulebook),
        open_address=url_for("requirements.target", target=target.id, on=on.isoformat(), open="all"),
        is_open=is_open or len(version.clauses) <= _SHORT,
        cases_open=is_open,
    )


def _mapping_address(target: Target, rulebook: Rulebook) -> str:
    """Where a professional sees this target mapped: in the first track that has it; nowhere for staff."""
    reader = current_actor()
    if reader.is_signed_in and not reader.has(Role.PROFESSIONAL):
        return ""
    tracks = rulebook.tracks.values()
    track = next((one for one in tracks if target.id in (*one.hk, *one.sz)), None)
    if track is None:
        return ""
    wish: dict[str, Any] = {target.jurisdiction.value: target.id}
    return url_for("professional.mapping", track=track.id, **wish)
