"""What is checked before an application is submitted: the file, the verdicts, who will read it.

Owns the frozen page of the last look. It must not decide whether the application may be submitted:
the use case does, when acting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.declarations import DeclarationKind, Wording, wordings_asked
from portal.domain.places import Jurisdiction
from portal.rulebook.loader import Rulebook
from portal.services.file_summary import FileSummary, NamedWork
from portal.services.mapping import PersonMapping, Verdicts
from portal.services.own_cases import OwnApplication
from portal.web.bridge import city_name
from portal.web.professional.applications.pages import DeclarationView, declaration_view
from portal.web.professional.mapping.facts import FactView, facts_by_key
from portal.web.professional.mapping.targets import TargetRow, VerdictView, target_row, verdicts_of

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class SideAnswers:
    """One side as it would be sent: the reference, the bridge, both verdicts, who reads it."""

    place: Jurisdiction
    reference: str
    row: TargetRow
    verdicts: tuple[VerdictView, ...]
    shared_with: str
    crossing: str


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """The whole file on one page."""

    back: str
    address: str
    person: tuple[Row, ...]
    credentials: tuple[FactView, ...]
    work: tuple[FactView, ...]
    answers: tuple[FactView, ...]
    documents: int
    sides: tuple[SideAnswers, ...]
    declarations: tuple[DeclarationView, ...]


def answers_page(
    application: OwnApplication,
    summary: FileSummary,
    mapping: PersonMapping,
    work: Mapping[str, NamedWork],
    rulebook: Rulebook,
) -> AnswersPage:
    """Prepare the page on which everything is checked."""
    facts = facts_by_key(mapping.dossier, rulebook)
    asked = wordings_asked(summary.home, [case.jurisdiction for case in application.drafts])
    key: dict[str, Any] = {"application_id": application.id}
    return AnswersPage(
        back=url_for("professional.application", **key),
        address=url_for("professional.check_application", **key),
        person=_person_rows(summary),
        credentials=tuple(facts[one.id] for one in mapping.dossier.holdings),
        work=tuple(_named(facts[one.id], work.get(one.id)) for one in mapping.dossier.work),
        answers=tuple(facts[one.name] for one in mapping.dossier.facts),
        documents=summary.documents,
        sides=tuple(
            _side(case.jurisdiction, case.reference, mapping.verdicts[case.target], asked, rulebook)
            for case in application.drafts
            if case.target in mapping.verdicts
        ),
        declarations=_declarations(application),
    )


def _person_rows(summary: FileSummary) -> tuple[Row, ...]:
    rows: list[Row] = []
    if summary.name_latin:
        rows.append({"key": _("Name in English"), "value": summary.name_latin})
    if summary.name_chinese:
        rows.append({"key": _("Name in Chinese"), "value": summary.name_chinese})
    rows.append({"key": _("Home"), "value": city_name(summary.home)})
    return tuple(rows)


def _named(fact: FactView, named: NamedWork | None) -> FactView:
    """Work under the employer's name, as the applicant gave it."""
    if named is None:
        return fact
    text = _("%(employer)s: %(work)s", employer=named.employer, work=fact.text)
    return FactView(text, fact.standing, fact.verified, fact.address)


def _side(
    place: Jurisdiction,
    reference: str,
    verdicts: Verdicts,
    asked: Sequence[Wording],
    rulebook: Rulebook,
) -> SideAnswers:
    city = city_name(place)
    crosses = any(wording.kind is DeclarationKind.CROSSING and wording.covers(place) for wording in asked)
    return SideAnswers(
        place=place,
        reference=reference,
        row=target_row(verdicts, rulebook, ""),
        verdicts=verdicts_of(verdicts),
        shared_with=_(
            "This programme’s officers for %(city)s: your name, credentials, work, answers and evidence. Nobody else.",
            city=city,
        ),
        crossing=_("Your file crosses the boundary to %(city)s for this.", city=city)
        if crosses
        else _("Nothing crosses the boundary for this."),
    )


def _declarations(application: OwnApplication) -> tuple[DeclarationView, ...]:
    """Each statement once, though both sides of an application may carry it."""
    given = {one.wording: declaration_view(one) for case in application.drafts for one in case.declarations}
    return tuple(given.values())
