"""One target as the mapping page shows it: the picture, two verdicts, whose turn, the clauses.

Owns the frozen view of one target and its short form for lists. It must not know tracks or routes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _, ngettext

from portal.domain.places import Jurisdiction
from portal.domain.rules.explanation import Plank, PlankState, Standing, read_pair, standing_of
from portal.domain.rules.rulesets import RuleVersion, Target
from portal.domain.rules.vocabulary import Outcome, Owner
from portal.rulebook.loader import Rulebook
from portal.services.mapping import StandingCase, Verdicts
from portal.web.bridge import BridgePicture, BridgeSize, bridge_towards
from portal.web.citations import CitationReader
from portal.web.languages import current_language
from portal.web.professional.mapping.changes import ChangeView, change_of
from portal.web.professional.mapping.clauses import ClauseReader, ClauseView, outcome_word
from portal.web.professional.mapping.facts import FactView
from portal.wording.sentences import Sayer


@dataclass(frozen=True, slots=True)
class VerdictView:
    """One of the two verdicts: on which basis, its word, and the plank state that colours it."""

    basis: str
    word: str
    state: PlankState


@dataclass(frozen=True, slots=True)
class TopClause:
    """A plank in words: the clause and what would change it."""

    clause: ClauseView
    change: ChangeView | None


@dataclass(frozen=True, slots=True)
class ClauseGroup:
    """The planks of one owner, under that owner's heading."""

    owner: Owner
    heading: str
    clauses: tuple[TopClause, ...]


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target in full."""

    id: str
    place: Jurisdiction
    title: str
    kind: str
    summary: str
    remains: str
    picture: BridgePicture
    verdicts: tuple[VerdictView, ...]
    turns: str
    groups: tuple[ClauseGroup, ...]
    not_needed: tuple[ClauseView, ...]
    in_force_from: date
    rules_address: str
    case_reference: str
    case_address: str
    apply_address: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target in a row of a list: a small bridge, the verdict as a word, whose turn."""

    id: str
    place: Jurisdiction
    title: str
    picture: BridgePicture
    verdict: VerdictView
    turns: str
    address: str


def planks_of(verdicts: Verdicts) -> tuple[Plank, ...]:
    """The planks of a target in laying order."""
    return read_pair(verdicts.declared, verdicts.verified)


def target_row(verdicts: Verdicts, rulebook: Rulebook, address: str) -> TargetRow:
    """Prepare a target for a list."""
    target, planks = verdicts.target, planks_of(verdicts)
    return TargetRow(
        id=target.id,
        place=target.jurisdiction,
        title=spoken(target),
        picture=_picture(verdicts, planks, BridgeSize.SMALL),
        verdict=_verdict(_("On what you declared"), verdicts.declared.outcome, verified=False),
        turns=turns_sentence(standing_of(planks), target, rulebook),
        address=address,
    )


def target_view(
    verdicts: Verdicts,
    rulebook: Rulebook,
    facts: Mapping[str, FactView],
    *,
    track: str,
    standing_case: StandingCase | None,
) -> TargetView:
    """Prepare a target in full."""
    target, planks = verdicts.target, planks_of(verdicts)
    version = target.in_force(verdicts.declared.on)
    tops = _top_clauses(target, version, planks, rulebook, facts)
    kinds = rulebook.vocabulary["recognition_kinds"]
    locale = current_language().locale
    return TargetView(
        id=target.id,
        place=target.jurisdiction,
        title=spoken(target),
        kind=kinds[target.recognition.value].in_language(locale),
        summary=target.summary.in_language(locale),
        remains=target.remains.in_language(locale),
        picture=_picture(verdicts, planks, BridgeSize.LARGE),
        verdicts=verdicts_of(verdicts),
        turns=turns_sentence(standing_of(planks), target, rulebook),
        groups=_groups(tops),
        not_needed=tuple(top.clause for top in tops if top.clause.state is PlankState.NOT_APPLICABLE),
        in_force_from=verdicts.declared.in_force_from,
        rules_address=url_for("requirements.target", target=target.id),
        case_reference=standing_case.reference if standing_case else "",
        case_address=_case_address(standing_case),
        apply_address="" if standing_case else _apply_address(target, track),
    )


def verdicts_of(verdicts: Verdicts) -> tuple[VerdictView, ...]:
    """Both verdicts, on what is declared first."""
    return (
        _verdict(_("On what you declared"), verdicts.declared.outcome, verified=False),
        _verdict(_("On what is verified"), verdicts.verified.outcome, verified=True),
    )


def turns_sentence(standing: Standing, target: Target, rulebook: Rulebook) -> str:
    """Whose turn the open planks are, in one line: "1 for you · 1 to verify · 1 for the SFC"."""
    authority = rulebook.authorities[target.authority]
    short = (authority.short or authority.title).in_language(current_language().locale)
    said = (
        (standing.open_person, _("%(count)s for you", count=standing.open_person)),
        (standing.open_verify, _("%(count)s to verify", count=standing.open_verify)),
        (
            standing.open_employer,
            ngettext("%(num)s for an employer", "%(num)s for an employer", standing.open_employer),
        ),
        (
            standing.open_authority,
            _("%(count)s for %(authority)s", count=standing.open_authority, authority=short),
        ),
    )
    parts = [words for count, words in said if count]
    return " · ".join(parts) if parts else _("Nothing is left to do.")


def spoken(target: Target) -> str:
    """A target's title in the reader's language."""
    return target.title.in_language(current_language().locale)


def _verdict(basis: str, outcome: Outcome, *, verified: bool) -> VerdictView:
    met = PlankState.MET_VERIFIED if verified else PlankState.MET_DECLARED
    state = met if outcome is Outcome.MET else PlankState(outcome.value)
    return VerdictView(basis, outcome_word(outcome), state)


def _picture(verdicts: Verdicts, planks: tuple[Plank, ...], size: BridgeSize) -> BridgePicture:
    version = verdicts.target.in_force(verdicts.declared.on)
    locale = current_language().locale
    labelled = [
        (plank.state.value, version.clauses[plank.clause_id].title.in_language(locale)) for plank in planks
    ]
    return bridge_towards(verdicts.target.jurisdiction, labelled, size=size)


def _top_clauses(
    target: Target,
    version: RuleVersion,
    planks: tuple[Plank, ...],
    rulebook: Rulebook,
    facts: Mapping[str, FactView],
) -> tuple[TopClause, ...]:
    prefix = target.id.replace(".", "-")
    titles = {name: clause.title for name, clause in version.clauses.items()}
    say = Sayer(rulebook, current_language(), titles).say
    reader = ClauseReader(prefix, version, say, facts, CitationReader(rulebook.sources))
    return tuple(
        TopClause(reader.view(plank.declared, plank.verified), change_of(plank, version, rulebook.measures))
        for plank in planks
    )


def _groups(tops: tuple[TopClause, ...]) -> tuple[ClauseGroup, ...]:
    headings = {
        Owner.PERSON: _("You can do this alone"),
        Owner.EMPLOYER: _("This needs an employer"),
        Owner.AUTHORITY: _("The authority decides"),
    }
    groups = (
        ClauseGroup(
            owner,
            heading,
            tuple(
                top
                for top in tops
                if top.clause.owner is owner and top.clause.state is not PlankState.NOT_APPLICABLE
            ),
        )
        for owner, heading in headings.items()
    )
    return tuple(group for group in groups if group.clauses)


def _case_address(standing: StandingCase | None) -> str:
    if standing is None:
        return ""
    return url_for("professional.application", application_id=standing.application_id)


def _apply_address(target: Target, track: str) -> str:
    wish: dict[str, Any] = {target.jurisdiction.value: target.id}
    return url_for("professional.start_application", track=track, **wish)
