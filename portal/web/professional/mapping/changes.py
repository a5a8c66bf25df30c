"""What would change an open clause: the smallest ways to meet it, named by their measures.

Owns the choice of the ways worth showing and their words. It must not promise anything: a way says
what would meet the clause, not that somebody will grant it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from portal.domain.rules.alternatives import settling_sets
from portal.domain.rules.catalogue import Measure
from portal.domain.rules.clauses import Leaf
from portal.domain.rules.explanation import Plank, PlankState, Turn
from portal.domain.rules.reasons import Because
from portal.domain.rules.results import ClauseResult
from portal.domain.rules.rulesets import RuleVersion
from portal.domain.texts import Text
from portal.web.languages import current_language
from portal.web.professional.mapping.steps import Door, Doors
from portal.wording.dates import listed

SHOWN: Final = 3
# No deed of the person's changes these: somebody must read a document, or it is a fact of life.
_UNREAD: Final = ("unread.", "confidence.")
_JUDGED: Final = "judgement."
_OUT_OF_REACH: Final = (*_UNREAD, _JUDGED, "person.stated_otherwise")
_UNANSWERED: Final = ("person.not_stated", "age.not_stated")
_DETAILS: Final = ("where", "when", "fee")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to meet a clause: what it takes, where, when and for how much if known, and its doors."""

    text: str
    details: tuple[str, ...]
    illustrative: bool
    doors: tuple[Door, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What would change a clause: a sentence, then the ways, the shortest first.

    ``to_read`` names what has to be read before it can be told at all.
    """

    lead: str
    ways: tuple[Way, ...] = ()
    to_read: tuple[str, ...] = ()


def change_of(
    plank: Plank, version: RuleVersion, doors: Doors, say: Callable[[Because], str]
) -> ChangeView | None:
    """Say what would change a plank; nothing for one that lies firm or does not apply."""
    if plank.turn is None:
        return None
    if plank.turn is Turn.VERIFY:
        return ChangeView(
            _("An officer has to verify it. Attach the document that proves it, if you have not yet.")
        )
    results = {result.clause_id: result for result in plank.declared.walk()}
    reader = _Reader(version, results, doors)
    to_read = reader.to_read(plank.declared, say) if plank.state is PlankState.UNDETERMINED else ()
    ways = reader.ways(plank.declared)
    if not ways:
        lead = _lead_without_ways(plank, reader)
        return ChangeView(lead, (), to_read) if lead or to_read else None
    lead = _("This would meet it:") if len(ways) == 1 else _("Any one of these would meet it:")
    return ChangeView(lead, ways, to_read)


def _lead_without_ways(plank: Plank, reader: _Reader) -> str:
    """What to say when no measure is known: whose turn it is, or that it is nobody's; nothing for the rest."""
    if plank.declared.because.code in _UNANSWERED:
        return _("Answer the question under “About me”.")
    if plank.turn is Turn.EMPLOYER:
        return _("An employer has to do this for you.")
    if reader.waits_for_judgement:
        return _("The authority judges this when you apply. You need do nothing now.")
    if all(leaf.because.code.startswith(_UNREAD) for leaf in reader.open_leaves):
        return _("You can do nothing about this today: a source has to be read first.")
    return ""


@dataclass(frozen=True, slots=True)
class _Reader:
    version: RuleVersion
    results: Mapping[str, ClauseResult]
    doors: Doors

    @property
    def waits_for_judgement(self) -> bool:
        return any(result.because.code == "judgement.awaits_officer" for result in self.results.values())

    @property
    def open_leaves(self) -> list[ClauseResult]:
        return [one for one in self.results.values() if one.is_leaf and one.outcome.is_open]

    def to_read(self, root: ClauseResult, say: Callable[[Because], str]) -> tuple[str, ...]:
        """What nobody has read yet, on the branches that are still open; each document once.

        A clause without branches says it of itself, above.
        """
        said: dict[str, None] = {}
        waiting = list(root.children)
        while waiting:
            one = waiting.pop()
            if not one.outcome.is_open:
                continue
            if one.is_leaf and one.because.code.startswith(_UNREAD):
                said[say(one.because)] = None
            waiting.extend(reversed(one.children))
        return tuple(said)[:SHOWN]

    def ways(self, root: ClauseResult) -> tuple[Way, ...]:
        """The measures that close the clause as a whole, else the shortest ways within somebody's reach.

        Among ways of as many steps, those whose every step has a known measure come first.
        """
        whole = self._measures(root.clause_id)
        if whole and not root.is_leaf:
            return tuple(self._way_by(root.clause_id, measure) for measure in whole[:SHOWN])
        found = settling_sets(self.version, root)
        sets = [names for names in found if self._tells_more(names, root) and self._can_be_gone(names)]
        sets.sort(key=lambda names: (len(names), not all(map(self._has_measure, names))))
        return tuple(self._way(names) for names in sets[:SHOWN])

    def _tells_more(self, names: tuple[str, ...], root: ClauseResult) -> bool:
        """A way that only repeats the clause itself is none, unless a door leads on from it."""
        return bool(names) and (names != (root.clause_id,) or self._leads_on(root.clause_id))

    def _leads_on(self, clause_id: str) -> bool:
        return self._has_measure(clause_id) or bool(self._doors(clause_id))

    def _can_be_gone(self, names: tuple[str, ...]) -> bool:
        """Every step is in reach, or waits for a judgement that follows one that is."""
        reached = [self._in_reach(name) for name in names]
        return any(reached) and all(
            ok or self.results[name].because.code.startswith(_JUDGED)
            for name, ok in zip(names, reached, strict=True)
        )

    def _in_reach(self, clause_id: str) -> bool:
        code = self.results[clause_id].because.code
        return self._has_measure(clause_id) or not code.startswith(_OUT_OF_REACH)

    def _has_measure(self, clause_id: str) -> bool:
        return bool(self.version.clauses[clause_id].closed_by)

    def _way(self, names: tuple[str, ...]) -> Way:
        closing = [measure for name in names for measure in self._measures(name)]
        doors = (door for name in names for door in self._doors(name))
        return Way(
            text=listed([self._step(name) for name in names], current_language()),
            details=_details(closing[0]) if len(names) == 1 and len(closing) == 1 else (),
            illustrative=any(measure.more.get("illustrative") is True for measure in closing),
            doors=tuple(dict.fromkeys(doors)),
        )

    def _way_by(self, clause_id: str, measure: Measure) -> Way:
        return Way(
            text=measure.title.in_language(current_language().locale),
            details=_details(measure),
            illustrative=measure.more.get("illustrative") is True,
            doors=self.doors.of(self.version.clauses[clause_id], [measure]),
        )

    def _doors(self, clause_id: str) -> tuple[Door, ...]:
        return self.doors.of(self.version.clauses[clause_id], self._measures(clause_id))

    def _measures(self, clause_id: str) -> list[Measure]:
        known = self.doors.rulebook.measures
        return [known[name] for name in self.version.clauses[clause_id].closed_by if name in known]

    def _step(self, clause_id: str) -> str:
        """A leaf by what closes it, or by what it asks when no measure is known."""
        locale, clause = current_language().locale, self.version.clauses[clause_id]
        titles = [measure.title.in_language(locale) for measure in self._measures(clause_id)]
        if not titles:
            return clause.title.in_language(locale)
        together = isinstance(clause, Leaf) and clause.test == "passed_in_consecutive_sittings"
        return listed(titles, current_language(), last="and" if together else "or")


def _details(measure: Measure) -> tuple[str, ...]:
    """Where, when and for how much, as far as a source says."""
    locale = current_language().locale
    told = (measure.more.get(name) for name in _DETAILS)
    return tuple(Text.from_json(text).in_language(locale) for text in told if isinstance(text, Mapping))
