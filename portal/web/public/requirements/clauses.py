"""One clause of a rule as anybody may read it, with all below it.

Owns the frozen view of the tree and what is drawn out of it: the routes from the other side, the
windows, and what stays open. It must not know people, nor the page around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from flask_babel import gettext as _

from portal.domain.places import Jurisdiction
from portal.domain.rules.clauses import Clause, Leaf
from portal.domain.rules.rulesets import RuleVersion
from portal.domain.rules.vocabulary import ClauseKind, Owner
from portal.domain.texts import Text
from portal.rulebook.loader import Rulebook
from portal.services.reading import qualifications_in
from portal.web.citations import CitationReader, CitationView
from portal.web.languages import current_language
from portal.web.public.requirements.terms import Term, terms_of, windows_of
from portal.wording.marking import N_


@dataclass(frozen=True, slots=True)
class RuleClause:
    """One clause of a rule. ``anchor`` is empty where the clause stands on the page a second time."""

    anchor: str
    title: str
    asks: str
    owner: str
    turn: Owner
    terms: tuple[Term, ...]
    applies: tuple[Term, ...]
    unless: str
    note: str
    decides: bool
    is_judgement: bool
    citations: tuple[CitationView, ...]
    measures: tuple[str, ...]
    windows: tuple[Term, ...]
    from_other_side: bool
    children: tuple[RuleClause, ...]

    def walk(self) -> Iterator[RuleClause]:
        """This clause and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class TurnView:
    """The clauses of the first row that are the turn of one."""

    heading: str
    clauses: tuple[RuleClause, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a reader looks for in a tree before reading it whole; each clause once."""

    turns: tuple[TurnView, ...]
    routes: tuple[RuleClause, ...]
    windows: tuple[RuleClause, ...]
    undecided: tuple[RuleClause, ...]


def drawn_from(clauses: tuple[RuleClause, ...]) -> Drawn:
    """Pick out of the tree the leaves that answer the commonest questions."""
    leaves = [one for top in clauses for one in top.walk() if one.anchor and not one.children]
    by_turn = ((owner, tuple(one for one in clauses if one.turn is owner)) for owner in Owner)
    return Drawn(
        turns=tuple(TurnView(_(_TURNS[owner]), found) for owner, found in by_turn if found),
        routes=tuple(one for one in leaves if one.from_other_side),
        windows=tuple(one for one in leaves if one.windows),
        undecided=tuple(one for one in leaves if not one.decides),
    )


@dataclass(frozen=True, slots=True)
class RuleReader:
    """What is needed to say the clauses of one version of one target."""

    version: RuleVersion
    rulebook: Rulebook
    other_side: Jurisdiction
    citations: CitationReader
    _seen: set[str] = field(default_factory=set)

    def read(self, clause_id: str) -> RuleClause:
        """One clause and all below it, in the rule's order."""
        clause = self.version.clauses[clause_id]
        anchor = "" if clause_id in self._seen else f"clause-{clause_id.replace('_', '-')}"
        self._seen.add(clause_id)
        leaf = clause if isinstance(clause, Leaf) else None
        owners = set(self._owners_below(clause))
        measures = (self.rulebook.measures.get(name) for name in clause.closed_by)
        asked = clause.applies_when
        return RuleClause(
            anchor=anchor,
            title=said(clause.title),
            asks=asks_of(clause),
            owner=" · ".join(_(_OWNERS[owner]) for owner in Owner if owner in owners),
            # As on the mapping page: the person before all others, then the employer.
            turn=next(owner for owner in Owner if owner in owners),
            terms=terms_of(leaf.test, leaf.parameters, self.rulebook) if leaf else (),
            applies=terms_of(asked.test, asked.parameters, self.rulebook) if asked else (),
            unless=said(self.version.clauses[clause.unless].title) if clause.unless else "",
            note=said(clause.note) if clause.note else "",
            decides=leaf.can_decide if leaf else True,
            is_judgement=leaf is not None and leaf.test == "judgement",
            citations=self.citations.of_clause(clause),
            measures=tuple(said(measure.title) for measure in measures if measure),
            windows=windows_of(leaf.test, leaf.parameters, self.rulebook) if leaf else (),
            from_other_side=self._is_from_other_side(leaf),
            children=tuple(map(self.read, clause.children)),
        )

    def _is_from_other_side(self, leaf: Leaf | None) -> bool:
        """True for a leaf that counts something awarded on the other bank."""
        codes = qualifications_in(leaf.test, leaf.parameters) if leaf else ()
        known = (self.rulebook.qualifications.get(code) for code in codes)
        return any(entry.jurisdiction == self.other_side.value for entry in known if entry)

    def _owners_below(self, clause: Clause) -> Iterator[Owner]:
        if isinstance(clause, Leaf):
            yield clause.owner
        for child in clause.children:
            yield from self._owners_below(self.version.clauses[child])


_OWNERS: Final = {
    Owner.PERSON: N_("The person alone"),
    Owner.EMPLOYER: N_("An employer"),
    Owner.AUTHORITY: N_("The authority"),
}
_TURNS: Final = {
    Owner.PERSON: N_("You can do this alone"),
    Owner.EMPLOYER: N_("This needs an employer"),
    Owner.AUTHORITY: N_("The authority decides"),
}


def asks_of(clause: Clause) -> str:
    """How the clauses below are combined; nothing for a leaf."""
    if isinstance(clause, Leaf):
        return ""
    if clause.kind is ClauseKind.ALL_OF:
        return _("All of the following:")
    if clause.kind is ClauseKind.ANY_OF:
        return _("Any one of the following:")
    return _("At least %(count)s of the following:", count=clause.needed)


def said(text: Text) -> str:
    """A text of the rulebook in the reader's language."""
    return text.in_language(current_language().locale)
