"""Papers you hold and what they open: each credential with the clauses it is counted for today.

Owns the list made from the engine's own answers: a paper opens what names it as evidence of a
clause that is met, and nothing else. It must not match papers to licences by their names or numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import url_for

from portal.domain.places import Jurisdiction
from portal.domain.rules.results import ClauseResult
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Outcome
from portal.domain.texts import Text
from portal.rulebook.loader import Rulebook
from portal.services.mapping import PersonMapping
from portal.web.languages import current_language
from portal.web.professional.mapping.facts import FactView, facts_by_key
from portal.wording.sentences import Sayer

_REASONS_SHOWN: Final = 2


@dataclass(frozen=True, slots=True)
class TargetLink:
    """A target in which a paper counts."""

    place: Jurisdiction
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The clauses a paper is counted for, and every target that asks just these."""

    clauses: tuple[str, ...]
    targets: tuple[TargetLink, ...]


@dataclass(frozen=True, slots=True)
class PaperView:
    """One paper and all it opens. ``not_counted`` says why, when rules ask for it and none counts it."""

    fact: FactView
    openings: tuple[Opening, ...]
    not_counted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PapersPage:
    """Every paper a person holds."""

    on: date
    papers: tuple[PaperView, ...]
    all_address: str


def papers_page(mapping: PersonMapping, rulebook: Rulebook) -> PapersPage:
    """Read the answers of all targets from the papers' side."""
    facts = facts_by_key(mapping.dossier, rulebook)
    reader = _Reader(mapping, rulebook, _tracks(rulebook))
    counted, refused = reader.read()
    return PapersPage(
        on=mapping.on,
        papers=tuple(
            PaperView(
                facts[holding.id],
                reader.openings(counted.get(holding.id, {})),
                tuple(refused.get(holding.id, {}))[:_REASONS_SHOWN],
            )
            for holding in mapping.dossier.holdings
        ),
        all_address=url_for("professional.mappings"),
    )


# Fact to what is kept about it: target to clauses, or the sentences that say why it does not count.
_Counted = dict[str, dict[str, dict[str, None]]]
_Refused = dict[str, dict[str, None]]


@dataclass(frozen=True, slots=True)
class _Reader:
    mapping: PersonMapping
    rulebook: Rulebook
    tracks: Mapping[str, str]

    def read(self) -> tuple[_Counted, _Refused]:
        """Go through all answers once: what counts each fact, and why others do not."""
        counted: _Counted = {}
        refused: _Refused = {}
        sayer = Sayer(self.rulebook, current_language())
        for target, verdicts in self.mapping.verdicts.items():
            for leaf in _met_leaves(verdicts.declared.top_level()):
                for fact in leaf.evidence:
                    counted.setdefault(fact, {}).setdefault(target, {})[leaf.clause_id] = None
            for leaf in verdicts.declared.leaves():
                if leaf.outcome is Outcome.NOT_MET:
                    for fact in leaf.evidence:
                        refused.setdefault(fact, {})[sayer.say(leaf.because)] = None
        return counted, refused

    def openings(self, counted: Mapping[str, Iterable[str]]) -> tuple[Opening, ...]:
        """Targets that count a paper for the same clauses stand together."""
        together: dict[tuple[str, ...], list[TargetLink]] = {}
        for name, clauses in counted.items():
            target = self.rulebook.targets[name]
            version = target.in_force(self.mapping.on)
            titles = (_spoken(version.clauses[clause].title) for clause in clauses)
            together.setdefault(tuple(titles), []).append(self._link(target))
        return tuple(Opening(clauses, tuple(links)) for clauses, links in together.items())

    def _link(self, target: Target) -> TargetLink:
        place = target.jurisdiction
        if target.id in self.tracks:
            chosen: dict[str, Any] = {place.value: target.id}
            address = url_for("professional.mapping", track=self.tracks[target.id], **chosen)
        else:
            address = url_for("requirements.target", target=target.id)
        return TargetLink(place, _spoken(target.title), address)


def _spoken(text: Text) -> str:
    return text.in_language(current_language().locale)


def _met_leaves(results: Iterable[ClauseResult]) -> Iterable[ClauseResult]:
    """Leaves that are met and are reached through clauses that are met."""
    for result in results:
        if result.outcome is not Outcome.MET:
            continue
        if result.is_leaf:
            yield result
        else:
            yield from _met_leaves(result.children)


def _tracks(rulebook: Rulebook) -> dict[str, str]:
    """The first track in which a target stands."""
    found: dict[str, str] = {}
    for track in rulebook.tracks.values():
        for target in (*track.hk, *track.sz):
            found.setdefault(target, track.id)
    return found
