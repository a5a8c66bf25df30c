"""One clause as the mapping page shows it, with everything under it.

Owns the reading of two results side by side into a frozen view: state, outcome in words, because,
facts used, sources, days, and the routes or parts below. It must not know targets or the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _

from portal.domain.rules.clauses import Clause, Leaf
from portal.domain.rules.explanation import PlankState
from portal.domain.rules.reasons import Because
from portal.domain.rules.results import ClauseResult
from portal.domain.rules.rulesets import RuleVersion, Target
from portal.domain.rules.vocabulary import ClauseKind, Outcome, Owner
from portal.web.citations import CitationReader, CitationView
from portal.web.professional.mapping.days import nearness
from portal.web.professional.mapping.facts import FactView
from portal.wording.marking import N_

Say = Callable[[Because], str]
_SHOWN: Final = 3
_ROUTE_ORDER: Final = (Outcome.MET, Outcome.UNDETERMINED, Outcome.NOT_MET)


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause and what lies under it.

    ``because_verified`` is empty unless the verified facts give another answer than the declared
    ones. ``routes`` are the ways of an any-of, the taken one first; ``parts`` are what an all-of
    asks together. ``folded`` are those that do not apply.
    """

    anchor: str
    title: str
    state: PlankState
    owner: Owner
    because: str
    because_verified: str
    verified_word: str
    facts: tuple[FactView, ...]
    citations: tuple[CitationView, ...]
    lapses_on: date | None
    lapses_near: str
    met_on: date | None
    note: str
    unread: str
    is_judgement: bool
    routes: tuple[ClauseView, ...]
    parts: tuple[ClauseView, ...]
    folded: tuple[ClauseView, ...]

    @property
    def is_met(self) -> bool:
        return self.state in (PlankState.MET_VERIFIED, PlankState.MET_DECLARED)

    @property
    def taken(self) -> ClauseView | None:
        """The route that meets the clause."""
        return self.routes[0] if self.routes and self.routes[0].is_met and self.is_met else None

    @property
    def carrying(self) -> tuple[ClauseView, ...]:
        """The leaves that carry a met clause: those of the taken route; the clause itself otherwise."""
        below = (self.taken,) if self.taken else self.parts
        if not below or not self.is_met:
            return (self,)
        leaves = (leaf for one in below if one is not None for leaf in one.carrying)
        return tuple({leaf.anchor: leaf for leaf in leaves}.values())

    @property
    def sentences(self) -> tuple[str, ...]:
        """Why, in as few sentences as say it."""
        return tuple(dict.fromkeys(leaf.because for leaf in self.carrying))[:_SHOWN]

    @property
    def facts_used(self) -> tuple[FactView, ...]:
        """The facts it rests on, each once."""
        return tuple(dict.fromkeys(fact for leaf in self.carrying for fact in leaf.facts))

    @property
    def first_source(self) -> CitationView | None:
        """The surest source of the clause, or of what carries it."""
        cited = (one for view in (self, *self.carrying) for one in view.citations)
        return next(cited, None)

    @property
    def has_more(self) -> bool:
        """There is more to read than fits under the heading."""
        below = self.routes or self.parts or self.folded
        return bool(below or self.note or len(self.citations) > 1)

    @property
    def other_routes(self) -> tuple[ClauseView, ...]:
        """The ways not taken; all of them while none is."""
        return self.routes[1:] if self.taken else self.routes


def clause_anchor(target: Target, clause_id: str) -> str:
    """Where a clause of a target stands on its page."""
    return f"{target.id.replace('.', '-')}-{clause_id}"


@dataclass(frozen=True, slots=True)
class ClauseReader:
    """What is needed to say a clause of one version of one target on a day."""

    target: Target
    on: date
    version: RuleVersion
    say: Say
    facts: Mapping[str, FactView]
    citations: CitationReader

    def view(self, declared: ClauseResult, verified: ClauseResult) -> ClauseView:
        """Read one clause and all below it, on both bases."""
        clause = self.version.clauses[declared.clause_id]
        below = [self.view(*pair) for pair in zip(declared.children, verified.children, strict=True)]
        applying = [one for one in below if one.state is not PlankState.NOT_APPLICABLE]
        is_choice = declared.kind in (ClauseKind.ANY_OF, ClauseKind.AT_LEAST)
        state = state_of(declared, verified)
        differs = declared.outcome is not verified.outcome
        lapses_on = (verified if state is PlankState.MET_VERIFIED else declared).lapses_on
        return ClauseView(
            anchor=clause_anchor(self.target, declared.clause_id),
            title=clause.title.in_language(self.citations.language.locale),
            state=state,
            owner=declared.owner,
            because=self.say(declared.because),
            because_verified=self.say(verified.because) if differs else "",
            verified_word=outcome_word(verified.outcome) if differs else "",
            facts=tuple(self.facts[fact] for fact in declared.evidence if fact in self.facts),
            citations=self.citations.of_clause(clause),
            lapses_on=lapses_on,
            lapses_near=nearness(lapses_on, on=self.on)[0] if lapses_on else "",
            met_on=declared.met_on,
            note=clause.note.in_language(self.citations.language.locale) if clause.note else "",
            unread=_low_confidence_note(clause, declared),
            is_judgement=isinstance(clause, Leaf) and clause.test == "judgement",
            routes=tuple(sorted(applying, key=_route_order)) if is_choice else (),
            parts=() if is_choice else tuple(applying),
            folded=tuple(one for one in below if one.state is PlankState.NOT_APPLICABLE),
        )


_OUTCOMES: Final = {
    Outcome.MET: N_("Met"),
    Outcome.NOT_MET: N_("Not met yet"),
    Outcome.UNDETERMINED: N_("Cannot tell yet"),
    Outcome.NOT_APPLICABLE: N_("Not applicable"),
}


def outcome_word(outcome: Outcome) -> str:
    """A verdict as a word; a person who may still get there reads “yet”."""
    word: str = _(_OUTCOMES[outcome])
    return word


def state_of(declared: ClauseResult, verified: ClauseResult) -> PlankState:
    """What is known of a clause on both verdicts."""
    if declared.outcome is Outcome.MET:
        met = verified.outcome is Outcome.MET
        return PlankState.MET_VERIFIED if met else PlankState.MET_DECLARED
    return PlankState(declared.outcome.value)


def _route_order(view: ClauseView) -> int:
    """Met first, then what cannot be told, then what is not met; the rule's order within each."""
    outcome = Outcome.MET if view.is_met else Outcome(view.state.value)
    verified = 0 if view.state is PlankState.MET_VERIFIED else 1
    return _ROUTE_ORDER.index(outcome) * 2 + verified


def _low_confidence_note(clause: Clause, result: ClauseResult) -> str:
    """Why such a clause stays open whatever the person holds."""
    if not isinstance(clause, Leaf) or result.outcome is not Outcome.UNDETERMINED:
        return ""
    if clause.test != "unread" and clause.can_decide:
        return ""
    return _(
        "A source that is unread, or read with low confidence, never decides. It stays open until somebody has read it."
    )
