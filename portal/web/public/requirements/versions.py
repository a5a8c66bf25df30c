"""The versions of a rule, and what each changed of the one before, clause by clause.

Owns the words for differences. What differs is found by the comparison of rulebooks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from portal.domain.rules.clauses import Clause, Leaf
from portal.domain.rules.comparison import Difference, Kind
from portal.domain.rules.rulesets import RuleVersion, Target
from portal.rulebook.loader import Rulebook
from portal.services.reading import clause_changes
from portal.web.languages import current_language
from portal.web.public.requirements.clauses import asks_of, said
from portal.web.public.requirements.terms import terms_of
from portal.wording.dates import listed
from portal.wording.marking import N_


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One clause that differs: what happened to it, and how."""

    title: str
    word: str
    colour: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """One dated text of the rule. ``compared`` says that there is an earlier one to compare with."""

    in_force_from: date
    in_force_until: date | None
    note: str
    address: str
    is_shown: bool
    is_ahead: bool
    compared: bool
    changes: tuple[ChangeView, ...]


def version_views(
    target: Target, rulebook: Rulebook, *, shown: RuleVersion, today: date
) -> tuple[VersionView, ...]:
    """All versions, the newest first."""
    versions = target.ruleset.versions
    pairs = zip((None, *versions), versions, strict=False)
    return tuple(
        VersionView(
            in_force_from=version.in_force_from,
            in_force_until=version.in_force_until,
            note=said(version.change_note) if version.change_note else "",
            address=url_for("requirements.target", target=target.id, on=version.in_force_from.isoformat()),
            is_shown=version is shown,
            is_ahead=version.in_force_from > today,
            compared=before is not None,
            changes=_changes(target, before, version, rulebook) if before else (),
        )
        for before, version in reversed(list(pairs))
    )


def _changes(
    target: Target, before: RuleVersion, after: RuleVersion, rulebook: Rulebook
) -> tuple[ChangeView, ...]:
    writer = _Writer(before, after, rulebook)
    return tuple(writer.view(difference) for difference in clause_changes(target, before, after))


_KINDS: Final = {
    Kind.ADDED: (N_("Added"), "green"),
    Kind.REMOVED: (N_("Removed"), "red"),
    Kind.CHANGED: (N_("Changed"), "blue"),
}
# Parts of a clause whose change is told in one sentence; the others show both texts.
_SENTENCES: Final = {
    "cites": N_("It cites other sources, or other places in them."),
    "closed_by": N_("Other measures would close it."),
    "note": N_("Its note was rewritten."),
    "unless": N_("It falls away in another case than before."),
    "applies_when": N_("It applies to other people than before."),
    "decides": N_("Whether it decides has changed."),
    "owner": N_("It is somebody else’s turn."),
}
_ASKED: Final = frozenset(("test", "parameters", "children", "needed", "kind"))


@dataclass(frozen=True, slots=True)
class _Writer:
    before: RuleVersion
    after: RuleVersion
    rulebook: Rulebook

    def view(self, difference: Difference) -> ChangeView:
        """One difference in words."""
        old = self.before.clauses.get(difference.name[-1])
        new = self.after.clauses.get(difference.name[-1])
        word, colour = _KINDS[difference.kind]
        told = new or old
        return ChangeView(
            title=said(told.title) if told else difference.name[-1],
            word=_(word),
            colour=colour,
            lines=tuple(self._lines(old, new, difference.parts)) if old and new else (),
        )

    def _lines(self, old: Clause, new: Clause, parts: tuple[str, ...]) -> Iterator[str]:
        if "title" in parts:
            yield _("Before: %(text)s", text=said(old.title))
        if _ASKED.intersection(parts):
            yield _("Asked before: %(text)s", text=self._asked(old, self.before))
            yield _("Asked now: %(text)s", text=self._asked(new, self.after))
        yield from (_(_SENTENCES[part]) for part in parts if part in _SENTENCES)

    def _asked(self, clause: Clause, version: RuleVersion) -> str:
        """What a clause asks, in one line."""
        language = current_language()
        if isinstance(clause, Leaf):
            terms = terms_of(clause.test, clause.parameters, self.rulebook)
            joint = "；" if language.is_chinese else "; "
            return joint.join(_("%(name)s: %(value)s", name=term.name, value=term.value) for term in terms)
        titles = [said(version.clauses[child].title) for child in clause.children]
        gap = "" if language.is_chinese else " "
        return gap.join((asks_of(clause), listed(titles, language)))
