"""The versions of a credential, prepared for its owner and for an officer who reads the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from flask_babel import gettext as _

from portal.services.credential_history import VersionRecord
from portal.services.credentials import CredentialAnswers
from portal.services.house import House
from portal.web.languages import current_language
from portal.web.professional.credentials.pages import FindingRow, described, finding_rows
from portal.web.professional.words import Tag, standing_tag
from portal.wording import dates


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version: what it said, from when to when, what officers found; ``changed`` names its answers
    that the version before did not have."""

    title: str
    span: str
    answers: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]
    tag: Tag
    findings: tuple[FindingRow, ...]
    is_current: bool


def version_rows(house: House, versions: Sequence[VersionRecord]) -> tuple[VersionRow, ...]:
    """The versions, newest first, each beside the one before it; none for what keeps no versions."""
    return tuple(_row(house, one, before) for one, before in zip_longest(versions, versions[1:]))


def _row(house: House, version: VersionRecord, before: VersionRecord | None) -> VersionRow:
    now = _described(house, version)
    then = _described(house, before) if before is not None else now
    language = current_language()
    since = dates.moment(version.since, language)
    return VersionRow(
        title=_("Version %(number)s", number=version.order),
        span=_("Since %(moment)s", moment=since)
        if version.until is None
        else _("From %(begin)s to %(end)s", begin=since, end=dates.moment(version.until, language)),
        answers=tuple(now.values()),
        changed=tuple(label for name, (label, value) in now.items() if then.get(name, ("", ""))[1] != value),
        tag=standing_tag(version.standing),
        findings=tuple(
            replace(row, was_changed_since=False) for row in finding_rows(version.findings, still_holds=True)
        ),
        is_current=version.until is None,
    )


def _described(house: House, version: VersionRecord) -> dict[str, tuple[str, str]]:
    """What a version said; a qualification a later rulebook dropped is told by its number alone."""
    entry = house.rulebook.qualifications.get(version.qualification)
    if entry is None:
        return {}
    return described(house, entry, CredentialAnswers(version.days, version.attributes))
