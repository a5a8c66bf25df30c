"""What the pages about applications show, prepared: frozen values, every sentence already chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _, ngettext

from portal.domain.cases import Stage
from portal.domain.errors import PortalError
from portal.domain.places import Jurisdiction
from portal.domain.reviews import may_be_asked
from portal.domain.rules.catalogue import Track
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Basis, Outcome
from portal.rulebook.loader import Rulebook
from portal.services.file_summary import FileSummary
from portal.services.next_days import has_days_ahead
from portal.services.own_cases import GivenDeclaration, OwnApplication, OwnCase, SentLetter
from portal.services.reviews import ReviewSeen
from portal.web.bridge import city_name
from portal.web.languages import current_language
from portal.web.professional.applications import words
from portal.web.professional.applications.following import Days, NextStep, next_line, next_steps
from portal.web.professional.applications.tasks import Row, task_rows
from portal.web.professional.mapping.clauses import outcome_word
from portal.web.professional.reviews.pages import ReviewView, review_views
from portal.wording.dates import moment
from portal.wording.languages import language_of
from portal.wording.stationery import paragraphs


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in the list of applications."""

    address: str
    title: str
    city: str
    reference: str
    stage: str
    colour: str | None
    turn: str
    since: str
    next: str


@dataclass(frozen=True, slots=True)
class ApplicationsPage:
    """The list: what is open first, then what is closed."""

    open: tuple[CaseRow, ...]
    closed: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One line of a case's timeline."""

    sentence: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter as it was sent, in the language it was written in."""

    subject: str
    body: tuple[tuple[str, ...], ...]
    tag: str
    written_at: datetime
    address: str


@dataclass(frozen=True, slots=True)
class DeclarationView:
    """A declaration or consent in the words that were read; ``tag`` is their language."""

    about: str
    wording: str
    tag: str
    version: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseView:
    """One side of an application in full."""

    place: Jurisdiction
    title: str
    remains: str
    reference: str
    stage: str
    colour: str | None
    turn: str
    is_draft: bool
    is_granted: bool
    withdraw_address: str
    mapping_address: str
    submitted_as: tuple[Row, ...]
    timeline: tuple[TimelineStep, ...]
    ahead: tuple[NextStep, ...]
    next: str
    letters: tuple[LetterView, ...]
    declarations: tuple[DeclarationView, ...]
    reviews: tuple[ReviewView, ...]
    review_address: str


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """An application: its task list while something is a draft, and its cases."""

    title: str
    address: str
    tasks: tuple[Row, ...]
    tasks_left: str
    cases: tuple[CaseView, ...]

    @property
    def is_draft(self) -> bool:
        return bool(self.tasks)


@dataclass(frozen=True, slots=True)
class StartPage:
    """Choosing the sides: the track, and the application that stands in the way if one does."""

    track: str
    title: str
    note: str
    blocking_address: str
    blocking_reference: str


@dataclass(frozen=True, slots=True)
class WithdrawPage:
    """The question before a case is taken back."""

    reference: str
    title: str
    city: str
    back: str
    is_draft: bool


def applications_page(
    applications: Iterable[OwnApplication], days: Days, rulebook: Rulebook
) -> ApplicationsPage:
    """Prepare the list of applications."""
    rows = [
        (case.is_open, _case_row(application, case, days, rulebook.targets[case.target]))
        for application in applications
        for case in application.cases
    ]
    return ApplicationsPage(
        open=tuple(row for is_open, row in rows if is_open),
        closed=tuple(row for is_open, row in rows if not is_open),
    )


def open_case_rows(
    applications: Iterable[OwnApplication], days: Days, rulebook: Rulebook
) -> tuple[CaseRow, ...]:
    """A line for each case that has something ahead, for the overview."""
    return tuple(
        _case_row(application, case, days, rulebook.targets[case.target])
        for application in applications
        for case in application.cases
        if has_days_ahead(case)
    )


def _case_row(application: OwnApplication, case: OwnCase, days: Days, target: Target) -> CaseRow:
    day = moment(case.submitted_at or case.started_at, current_language())
    return CaseRow(
        address=url_for("professional.application", application_id=application.id),
        title=_spoken(target),
        city=city_name(case.jurisdiction),
        reference=case.reference,
        stage=words.stage_word(case),
        colour=words.stage_colour(case),
        turn=words.turn_word(case.turn),
        since=_("Submitted %(day)s", day=day) if case.submitted_at else _("Begun %(day)s", day=day),
        next=next_line(case, days),
    )


def application_page(
    application: OwnApplication,
    summary: FileSummary,
    reviews: Mapping[UUID, Sequence[ReviewSeen]],
    days: Days,
    rulebook: Rulebook,
) -> ApplicationPage:
    """Prepare one application."""
    listed = task_rows(application, summary) if application.drafts else ()
    left = sum(1 for task in listed if not task["done"])
    return ApplicationPage(
        title=rulebook.tracks[application.track].title.in_language(current_language().locale),
        address=url_for("professional.application", application_id=application.id),
        tasks=listed,
        tasks_left=ngettext("%(num)s task is left.", "%(num)s tasks are left.", left) if left else "",
        cases=tuple(
            _case_view(case, application, reviews.get(case.id, ()), days, rulebook)
            for case in application.cases
        ),
    )


def _case_view(
    case: OwnCase,
    application: OwnApplication,
    reviews: Sequence[ReviewSeen],
    days: Days,
    rulebook: Rulebook,
) -> CaseView:
    target = rulebook.targets[case.target]
    return CaseView(
        place=case.jurisdiction,
        title=_spoken(target),
        remains=target.remains.in_language(current_language().locale),
        reference=case.reference,
        stage=words.stage_word(case),
        colour=words.stage_colour(case),
        turn=words.turn_sentence(case),
        is_draft=case.is_draft,
        is_granted=case.stage in (Stage.GRANTED, Stage.GRANTED_WITH_CONDITIONS),
        withdraw_address=_withdraw_address(case),
        mapping_address=_mapping_address(case, application),
        submitted_as=tuple(verdict_row(basis, outcome) for basis, outcome in case.submitted_as),
        timeline=_timeline(case),
        ahead=next_steps(case, days),
        next=next_line(case, days),
        letters=tuple(map(_letter, case.letters)),
        declarations=tuple(map(declaration_view, case.declarations)),
        reviews=review_views(reviews, target, case.jurisdiction),
        review_address=_review_address(case, reviews),
    )


def _review_address(case: OwnCase, reviews: Sequence[ReviewSeen]) -> str:
    """Where a human review is asked for: nowhere while one is open, or once it is decided."""
    if not may_be_asked(case.stage) or any(review.is_open for review in reviews):
        return ""
    return url_for("professional.request_review", reference=case.reference)


def _mapping_address(case: OwnCase, application: OwnApplication) -> str:
    wish: dict[str, Any] = {case.jurisdiction.value: case.target}
    return url_for("professional.mapping", track=application.track, **wish)


def _withdraw_address(case: OwnCase) -> str:
    if not case.may_be_withdrawn:
        return ""
    return url_for("professional.withdraw_case", reference=case.reference)


def _timeline(case: OwnCase) -> tuple[TimelineStep, ...]:
    begun = TimelineStep(_("You began the application."), case.started_at)
    moved = [TimelineStep(words.step_sentence(step.move), step.at) for step in case.steps]
    later = [
        TimelineStep(said, letter.written_at)
        for letter in case.letters
        if (said := words.letter_step(letter.kind))
    ]
    return (begun, *sorted((*moved, *later), key=lambda step: step.at))


def _letter(letter: SentLetter) -> LetterView:
    body = tuple(tuple(lines) for lines in paragraphs(letter.body))
    address = url_for("professional.download_letter", letter_id=letter.id)
    return LetterView(letter.subject, body, language_of(letter.language).tag, letter.written_at, address)


def declaration_view(given: GivenDeclaration) -> DeclarationView:
    """A declaration as it was given, in the words and the language that were read."""
    return DeclarationView(
        about=words.declaration_word(given.kind),
        wording=given.wording,
        tag=language_of(given.language).tag,
        version=given.wording_version,
        at=given.given_at,
    )


def verdict_row(basis: Basis, outcome: Outcome) -> Row:
    """One of the two verdicts, in words."""
    names = {
        Basis.DECLARED: _("On what you declared"),
        Basis.VERIFIED: _("On what is verified"),
    }
    return {"key": names[basis], "value": outcome_word(outcome)}


def start_page(track: Track, held: Iterable[OwnApplication], refusal: PortalError | None) -> StartPage:
    """Prepare the choice of sides; a refusal names the application that stands in the way."""
    reference = str(refusal.params.get("reference", "")) if refusal else ""
    standing = next((one.id for one in held if reference in {case.reference for case in one.cases}), None)
    language = current_language().locale
    return StartPage(
        track=track.id,
        title=track.title.in_language(language),
        note=track.note.in_language(language) if track.note else "",
        blocking_address=url_for("professional.application", application_id=standing) if standing else "",
        blocking_reference=reference,
    )


def withdraw_page(case: OwnCase, rulebook: Rulebook) -> WithdrawPage:
    """Prepare the question before a case is taken back."""
    return WithdrawPage(
        reference=case.reference,
        title=_spoken(rulebook.targets[case.target]),
        city=city_name(case.jurisdiction),
        back=url_for("professional.application", application_id=case.application_id),
        is_draft=case.is_draft,
    )


def _spoken(target: Target) -> str:
    return target.title.in_language(current_language().locale)
