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
from portal.domain.rules.answers import Answer, answers_with_target
from portal.domain.rules.explanation import Plank, PlankState, Standing, read_pair, standing_of
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Outcome
from portal.rulebook.loader import Rulebook
from portal.services.mapping import StandingCase, Verdicts
from portal.web.bridge import BridgePicture, BridgeSize, bridge_towards
from portal.web.citations import CitationReader
from portal.web.languages import current_language
from portal.web.professional.mapping.changes import change_of
from portal.web.professional.mapping.clauses import ClauseReader, ClauseView, outcome_word
from portal.web.professional.mapping.days import DayView, days_of
from portal.web.professional.mapping.facts import FactView
from portal.web.professional.mapping.groups import ClauseGroup, Shown, TopClause, groups_of
from portal.web.professional.mapping.steps import Door, Doors
from portal.wording.sentences import Sayer


@dataclass(frozen=True, slots=True)
class VerdictView:
    """One of the two verdicts: on which basis, its word, and the plank state that colours it."""

    basis: str
    word: str
    state: PlankState


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target in full."""

    id: str
    place: Jurisdiction
    title: str
    kind: str
    kind_address: str
    summary: str
    remains: str
    picture: BridgePicture
    verdicts: tuple[VerdictView, ...]
    turns: str
    days: tuple[DayView, ...]
    groups: tuple[ClauseGroup, ...]
    not_needed: tuple[ClauseView, ...]
    in_force_from: date
    rules_address: str
    asked: tuple[Door, ...]
    case_reference: str
    case_address: str
    apply_address: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target in a row of a list: a small bridge, the verdict as a word, whose turn."""

    id: str
    place: Jurisdiction
    title: str
    kind: str
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
        kind=kind_word(target, rulebook),
        picture=_picture(verdicts, planks, BridgeSize.SMALL),
        verdict=_verdict(_("On what you declared"), verdicts.declared.outcome, verified=False),
        turns=turns_sentence(standing_of(planks), target, rulebook),
        address=address,
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """What every target of a page is said with: the rules, the facts in words, the doors out, the sources."""

    rulebook: Rulebook
    facts: Mapping[str, FactView]
    doors: Doors
    citations: CitationReader


def target_view(
    verdicts: Verdicts,
    ground: Ground,
    *,
    track: str,
    shown: Shown,
    standing_case: StandingCase | None,
) -> TargetView:
    """Prepare a target in full; its groups hold the clauses the reader wants shown."""
    target, planks, on = verdicts.target, planks_of(verdicts), verdicts.declared.on
    tops = _top_clauses(target, planks, on, ground)
    locale = current_language().locale
    titled = zip(planks, (top.clause.title for top in tops), strict=True)
    return TargetView(
        id=target.id,
        place=target.jurisdiction,
        title=spoken(target),
        kind=kind_word(target, ground.rulebook),
        kind_address=url_for("requirements.reading_guide", _anchor=target.recognition.value),
        summary=target.summary.in_language(locale),
        remains=target.remains.in_language(locale),
        picture=_picture(verdicts, planks, BridgeSize.LARGE),
        verdicts=verdicts_of(verdicts),
        turns=turns_sentence(standing_of(planks), target, ground.rulebook),
        days=days_of(titled, on=on),
        groups=groups_of(tops, shown),
        not_needed=tuple(top.clause for top in tops if top.clause.state is PlankState.NOT_APPLICABLE),
        in_force_from=verdicts.declared.in_force_from,
        rules_address=url_for("requirements.target", target=target.id),
        asked=tuple(_asked(answer) for answer in answers_with_target(ground.rulebook, target.id)),
        case_reference=standing_case.reference if standing_case else "",
        case_address=_case_address(standing_case),
        apply_address="" if standing_case else _apply_address(target, track),
    )


def _asked(answer: Answer) -> Door:
    """What people ask about a target, and where it is answered."""
    question = answer.question.in_language(current_language().locale)
    return Door(question, url_for("requirements.questions", _anchor=answer.id))


def kind_word(target: Target, rulebook: Rulebook) -> str:
    """Which of the six kinds of recognition a target is about."""
    kinds = rulebook.vocabulary["recognition_kinds"]
    return kinds[target.recognition.value].in_language(current_language().locale)


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
    planks: tuple[Plank, ...],
    on: date,
    ground: Ground,
) -> tuple[TopClause, ...]:
    version = target.in_force(on)
    titles = {name: clause.title for name, clause in version.clauses.items()}
    say = Sayer(ground.rulebook, current_language(), titles).say
    reader = ClauseReader(target, on, version, say, ground.facts, ground.citations)
    return tuple(
        TopClause(reader.view(plank.declared, plank.verified), change_of(plank, version, ground.doors, say))
        for plank in planks
    )


def _case_address(standing: StandingCase | None) -> str:
    if standing is None:
        return ""
    return url_for("professional.application", application_id=standing.application_id)


def _apply_address(target: Target, track: str) -> str:
    wish: dict[str, Any] = {target.jurisdiction.value: target.id}
    return url_for("professional.start_application", track=track, **wish)
