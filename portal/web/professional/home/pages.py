"""What the overview shows, prepared: each part of the record, how far it is, and the next step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _, ngettext

from portal.domain.cases import Stage
from portal.services.overview import Overview
from portal.services.own_cases import OwnApplication, OwnCase


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the task list; ``tag`` is a colour, or none for a step that is done."""

    title: str
    hint: str
    status: str
    tag: str | None
    href: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do now."""

    sentence: str
    action: str
    href: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The overview after signing in."""

    name: str
    next: NextStep
    steps: tuple[Step, ...]
    has_record: bool


def home_page(record: Overview, applications: Sequence[OwnApplication]) -> HomePage:
    """The record in four lines, and what to do next; what waits for the person comes before anything new."""
    return HomePage(
        name=record.name,
        next=_next_step(record, [case for one in applications for case in one.cases]),
        steps=(_about_me(record), _credentials(record), _work(record), _evidence(record)),
        has_record=bool(record.credentials or record.work),
    )


def _next_step(record: Overview, cases: Sequence[OwnCase]) -> NextStep:
    waiting = next(filter(_waits_for_its_person, cases), None)
    if waiting is not None and (record.credentials or record.work):
        return _waiting_step(waiting)
    if not record.credentials:
        return NextStep(
            _("Register your first credential. The comparison with both cities starts from there."),
            _("Find your qualification"),
            url_for("professional.find_qualification"),
        )
    if not record.work:
        return NextStep(
            _("Add your work. Experience is part of what both cities ask."),
            _("Add a period of work"),
            url_for("professional.register_work"),
        )
    if not record.is_described:
        return NextStep(
            _("Tell us who you are. Some requirements depend on age and residence."),
            _("Describe yourself"),
            url_for("professional.about_me"),
        )
    return NextStep(
        _("See how what you hold compares with what Hong Kong and Shenzhen ask."),
        _("See my mapping"),
        url_for("professional.mapping"),
    )


def _waits_for_its_person(case: OwnCase) -> bool:
    return case.is_draft or (case.stage is Stage.GRANTED_WITH_CONDITIONS and not case.is_revoked)


def _waiting_step(case: OwnCase) -> NextStep:
    address = url_for("professional.application", application_id=case.application_id)
    if case.is_draft:
        return NextStep(
            _("You have begun an application and not submitted it."), _("Go on with the application"), address
        )
    return NextStep(
        _("You are recognised with conditions. Finish them, and the application goes on by itself."),
        _("See the conditions"),
        address,
    )


def _about_me(record: Overview) -> Step:
    return Step(
        _("About me"),
        _("Names, date of birth, and facts some requirements ask for"),
        _("Done") if record.is_described else _("To do"),
        None if record.is_described else "blue",
        url_for("professional.about_me"),
    )


def _credentials(record: Overview) -> Step:
    return Step(
        _("Credentials"),
        _("Licences, examinations, certificates, degrees and memberships"),
        _counted(record.credentials),
        None if record.credentials else "blue",
        url_for("professional.credentials"),
    )


def _work(record: Overview) -> Step:
    return Step(
        _("Work history"),
        _("Periods, functions, and what they add up to"),
        _counted(record.work),
        None if record.work else "blue",
        url_for("professional.work_history"),
    )


def _counted(count: int) -> str:
    return ngettext("%(num)s registered", "%(num)s registered", count) if count else _("To do")


def _evidence(record: Overview) -> Step:
    if record.bare:
        status = ngettext("%(num)s without a document", "%(num)s without a document", record.bare)
    else:
        status = ngettext("%(num)s document", "%(num)s documents", record.documents)
    return Step(
        _("Evidence"),
        _("Documents that let an officer verify what you declared"),
        status,
        "yellow" if record.bare else None,
        url_for("professional.evidence_shelf"),
    )
