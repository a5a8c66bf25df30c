"""The task list of an application: what is left before it can be submitted.

Owns the tasks, their order and their state, and where each is done. It must not know how a task
is done: that is the records room's, and the consents' page.
"""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _, ngettext

from portal.domain.declarations import wordings_asked
from portal.domain.places import Jurisdiction
from portal.services.file_summary import FileSummary
from portal.services.own_cases import OwnApplication

Row = dict[str, object]


def task_rows(application: OwnApplication, summary: FileSummary) -> tuple[Row, ...]:
    """The tasks in the order of the file; the last one waits for the others."""
    declared = has_all_declarations(application, summary.home)
    ready = declared and summary.can_be_assessed
    check = url_for("professional.check_application", application_id=application.id)
    return (
        *_file_tasks(summary),
        _task(
            _("Declarations and consents"),
            url_for("professional.declarations", application_id=application.id),
            done=declared,
        ),
        _task(_("Check your answers and submit"), check if ready else "", done=False, waits=not ready),
    )


def _file_tasks(summary: FileSummary) -> tuple[Row, ...]:
    """What the file needs: a name, and a credential or a period of work."""
    something = bool(summary.credentials or summary.work_periods)
    return (
        _task(_("About me"), url_for("professional.about_me"), done=summary.has_name),
        _task(
            _("Credentials"),
            url_for("professional.credentials"),
            done=something,
            counted=ngettext("%(num)s credential", "%(num)s credentials", summary.credentials),
        ),
        _task(
            _("Work history"),
            url_for("professional.work_history"),
            done=something,
            counted=ngettext("%(num)s period", "%(num)s periods", summary.work_periods),
        ),
        _task(
            _("Evidence"),
            url_for("professional.evidence_shelf"),
            done=True,
            counted=ngettext("%(num)s document", "%(num)s documents", summary.documents),
            hint=_("You can submit without it, but officers verify only what they can see."),
        ),
    )


def has_all_declarations(application: OwnApplication, home: Jurisdiction) -> bool:
    """True when every draft has every statement it needs."""
    return all(
        (case.jurisdiction, wording.kind.value) in application.given
        for case in application.drafts
        for wording in wordings_asked(home, [case.jurisdiction])
    )


def _task(
    title: str, href: str, *, done: bool, counted: str = "", hint: str = "", waits: bool = False
) -> Row:
    """One task; a count stands for its state where there is one to give."""
    status = _("Cannot start yet") if waits else _("Completed") if done else _("To do")
    return {
        "title": title,
        "href": href,
        "status": counted if done and counted else status,
        "tag": None if done or waits else "blue",
        "hint": hint,
        "quiet": waits,
        "done": done,
    }
