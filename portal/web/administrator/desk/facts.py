"""Facts and history as the desk shows them: what awaits verification first, each with its documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from portal.domain.cases import Move
from portal.domain.credentials import FactKind, VerificationMethod
from portal.domain.dossier import Dossier
from portal.domain.rules.vocabulary import Basis, Outcome
from portal.services.case_files import CaseFile, FiledFact
from portal.services.case_histories import FOUND_FOR, VERIFIED, Event, EventKind
from portal.services.house import House
from portal.web.administrator.desk.papers import desk_document
from portal.web.administrator.words import MOVES, verdict_word
from portal.web.formatting import day, moment, period
from portal.web.professional.credentials.pages import attribute_word
from portal.web.professional.evidence.views import DocumentView
from portal.web.professional.words import (
    method_word,
    qualification_word,
    standing_tag,
    vocabulary_word,
)

# The recommendation and the decision stand in the history with all they say; their moves add nothing.
_SAID_BY_MORE = frozenset({Move.RECOMMEND, Move.GRANT, Move.GRANT_WITH_CONDITIONS, Move.DECLINE})


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact with what an officer needs to check it."""

    anchor: str
    title: str
    details: tuple[str, ...]
    standing: dict[str, str]
    awaits: bool
    documents: tuple[DocumentView, ...]
    past: tuple[str, ...]
    verify_address: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the history."""

    text: str
    note: str
    by: str
    at: datetime


# What a register or an employer can confirm is worked through first.
_KINDS: Final = (FactKind.CREDENTIAL, FactKind.WORK, FactKind.PERSONAL)


def fact_rows(house: House, file: CaseFile, *, may_verify: bool) -> tuple[FactRow, ...]:
    """The facts, what awaits verification first: credentials, then work, then statements.

    They come without an address to verify them when nobody may.
    """
    days = _days(file.dossier)
    past = _findings(file.events)
    by_kind = sorted(file.facts, key=lambda fact: _KINDS.index(fact.kind))
    rows = [_fact_row(house, file, fact, days, past, may_verify=may_verify) for fact in by_kind]
    return tuple(sorted(rows, key=lambda row: not row.awaits))


def fact_title(house: House, fact: FiledFact) -> str:
    """A fact by the name the rulebook has for it."""
    if fact.kind is FactKind.CREDENTIAL:
        return qualification_word(house, fact.code)
    if fact.kind is FactKind.WORK:
        return " · ".join(fact.words) or vocabulary_word(house, "employer_kinds", fact.code)
    return vocabulary_word(house, "facts", fact.code)


def fact_details(house: House, file: CaseFile, fact: FiledFact) -> tuple[str, ...]:
    """What the applicant stated of a fact."""
    stated: list[str] = []
    if fact.kind is FactKind.CREDENTIAL and fact.words:
        stated.append(_("Number %(number)s", number=fact.words[0]))
    if fact.kind is FactKind.WORK:
        stated.append(vocabulary_word(house, "employer_kinds", fact.code))
    if fact.kind is FactKind.PERSONAL:
        stated.append(_stated(fact.value))
    stated.extend(_from_dossier(house, file.dossier, fact))
    return tuple(stated)


def fact_anchors(house: House, file: CaseFile) -> dict[str, tuple[str, str]]:
    """Facts by the key results name them with: their title and their place on the page."""
    return {
        fact.code if fact.kind is FactKind.PERSONAL else str(fact.id): (
            fact_title(house, fact),
            f"#fact-{fact.id}",
        )
        for fact in file.facts
    }


def history(house: House, file: CaseFile, titles: Mapping[str, str]) -> tuple[HistoryLine, ...]:
    """Everything that happened, newest first; ``titles`` names the clauses."""
    facts = {str(fact.id): fact_title(house, fact) for fact in file.facts}
    lines = [
        HistoryLine(_happened(event, titles, facts), event.note, event.by, event.at)
        for event in file.events
        if not (event.kind is EventKind.MOVE and event.what in _SAID_BY_MORE)
    ]
    return tuple(reversed(lines))


def outcome_word(outcome: Outcome) -> str:
    """An outcome within a sentence."""
    words = {
        Outcome.MET: _("met"),
        Outcome.NOT_MET: _("not met"),
        Outcome.UNDETERMINED: _("cannot be told yet"),
        Outcome.NOT_APPLICABLE: _("does not apply"),
    }
    return words[outcome]


def _fact_row(
    house: House,
    file: CaseFile,
    fact: FiledFact,
    days: Mapping[str, str],
    past: Mapping[str, tuple[str, ...]],
    *,
    may_verify: bool,
) -> FactRow:
    tag = standing_tag(fact.standing)
    details = fact_details(house, file, fact)
    when = days.get(str(fact.id), "")
    return FactRow(
        anchor=f"fact-{fact.id}",
        title=fact_title(house, fact),
        details=(when, *details) if when else details,
        standing={"text": tag.text, "colour": tag.colour},
        awaits=fact.awaits_verification,
        documents=tuple(desk_document(house, file, one) for one in fact.documents),
        past=_past(fact, past),
        verify_address=_verify_address(file, fact) if may_verify else "",
    )


def _past(fact: FiledFact, past: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What officers found before; a fact that was found on and awaits anew was replaced since."""
    found = past.get(str(fact.id), ())
    if not found or not fact.awaits_verification:
        return found
    return (*found, _("Replaced by the applicant since: what was found holds for an earlier version."))


def _verify_address(file: CaseFile, fact: FiledFact) -> str:
    return url_for(
        "administrator.verify_fact",
        reference=file.reference,
        kind=fact.kind.value,
        fact_id=fact.id,
    )


def _days(dossier: Dossier) -> dict[str, str]:
    found: dict[str, str] = {}
    for held in dossier.holdings:
        if held.awarded_on:
            found[held.id] = day(held.awarded_on)
        elif held.begun_on:
            found[held.id] = period(held.begun_on, held.ended_on)
    for work in dossier.work:
        found[work.id] = period(work.begun_on, work.ended_on)
    return found


def _from_dossier(house: House, dossier: Dossier, fact: FiledFact) -> list[str]:
    """Attributes of a credential, functions of a period of work, by the rulebook's words."""
    if fact.kind is FactKind.CREDENTIAL:
        held = next((one for one in dossier.holdings if one.id == str(fact.id)), None)
        return [
            _(
                "%(name)s: %(value)s",
                name=vocabulary_word(house, "attributes", name),
                value=attribute_word(house, house.rulebook.qualifications[fact.code], name, str(value)),
            )
            for name, value in (held.attributes.items() if held else ())
            if name != "number"
        ]
    work = next((one for one in dossier.work if one.id == str(fact.id)), None)
    return [vocabulary_word(house, "functions", code) for code in work.functions] if work else []


def _stated(value: bool | date | None) -> str:
    if isinstance(value, date):
        return day(value)
    return _("Stated: yes") if value else _("Stated: no")


def _findings(events: tuple[Event, ...]) -> dict[str, tuple[str, ...]]:
    """What officers found of each fact before, oldest first."""
    found: dict[str, tuple[str, ...]] = {}
    for event in events:
        if event.kind is EventKind.VERIFICATION:
            line = _(
                "%(day)s, %(officer)s: %(finding)s. %(method)s.",
                day=moment(event.at),
                officer=event.by,
                finding=_("verified") if event.what == VERIFIED else _("rejected"),
                method=method_word(VerificationMethod(event.how)),
            )
            found[event.about] = (*found.get(event.about, ()), line)
    return found


def _happened(event: Event, titles: Mapping[str, str], facts: Mapping[str, str]) -> str:
    if event.kind is EventKind.MOVE:
        return _(MOVES[Move(event.what)])
    if event.kind is EventKind.JUDGEMENT:
        clause = titles.get(event.about, event.about)
        if event.what == FOUND_FOR:
            return _("Found to be met: %(clause)s", clause=clause)
        return _("Found not to be met: %(clause)s", clause=clause)
    if event.kind is EventKind.VERIFICATION:
        fact = facts.get(event.about, _("A fact since withdrawn"))
        if event.what == VERIFIED:
            return _("Fact verified: %(fact)s", fact=fact)
        return _("Fact rejected: %(fact)s", fact=fact)
    if event.kind is EventKind.PHOTOGRAPH:
        return _photograph(event)
    if event.kind is EventKind.DECISION:
        return _("Decision: %(verdict)s", verdict=verdict_word(event.what))
    return _("Recommendation: %(verdict)s", verdict=verdict_word(event.what))


def _photograph(event: Event) -> str:
    outcome = outcome_word(Outcome(event.what))
    release = event.how[:12]
    if Basis(event.about) is Basis.VERIFIED:
        return _(
            "Comparison on verified facts: %(outcome)s (rules %(release)s)", outcome=outcome, release=release
        )
    return _("Comparison as declared: %(outcome)s (rules %(release)s)", outcome=outcome, release=release)
