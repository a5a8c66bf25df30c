"""What the queue shows, prepared: counts, rows with small bridges, and the way to the next page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from portal.domain.places import Jurisdiction
from portal.domain.rules.explanation import read_pair
from portal.rulebook.loader import Rulebook
from portal.services.queue import Queue, QueueRow
from portal.services.queue_order import QueueFilter
from portal.web.administrator.words import STAGES, person_name, stage_tag, undisclosed
from portal.web.bridge import BridgePicture, BridgeSize, bridge_towards
from portal.web.identity_words import name_words
from portal.web.languages import current_language


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many cases stand in a stage, and where they are listed."""

    word: str
    count: int
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of the list."""

    address: str
    reference: str
    name: str
    title: str
    track: str
    place: Jurisdiction
    stage: dict[str, str]
    submitted_at: datetime
    assignee: str
    picture: BridgePicture | None
    found_as: Markup | None
    awaits_review: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue."""

    counts: tuple[StageCount, ...]
    rows: tuple[CaseRow, ...]
    next_address: str
    first_address: str


def queue_page(
    queue: Queue, wanted: QueueFilter, rulebook: Rulebook, reviewed: Collection[UUID] = ()
) -> QueuePage:
    """Prepare a page; addresses keep what was asked. ``reviewed`` are cases with an open human review."""
    asked = _asked(wanted)
    return QueuePage(
        counts=tuple(
            StageCount(
                _(STAGES[stage][0]),
                count,
                url_for("administrator.queue", stage=stage.value),
                stage is wanted.stage,
            )
            for stage, count in queue.counts.items()
            if count
        ),
        rows=tuple(_row(row, rulebook, awaits_review=row.id in reviewed) for row in queue.rows),
        next_address=url_for("administrator.queue", **asked, after=queue.next_after)
        if queue.next_after
        else "",
        first_address=url_for("administrator.queue", **asked) if wanted.after else "",
    )


def _asked(wanted: QueueFilter) -> dict[str, Any]:
    asked = {
        "words": wanted.words,
        "stage": wanted.stage.value if wanted.stage else "",
        "track": wanted.track or "",
        "mine": "y" if wanted.mine else "",
        "unassigned": "y" if wanted.unassigned else "",
    }
    return {name: value for name, value in asked.items() if value}


def _row(row: QueueRow, rulebook: Rulebook, *, awaits_review: bool) -> CaseRow:
    locale = current_language().locale
    name = person_name(row.name_latin, row.name_chinese) if row.is_disclosed else undisclosed()
    return CaseRow(
        address=url_for("administrator.case", reference=row.reference),
        reference=row.reference,
        name=name,
        title=rulebook.targets[row.target].title.in_language(locale),
        track=rulebook.tracks[row.track].title.in_language(locale),
        place=row.jurisdiction,
        stage=stage_tag(row.stage),
        submitted_at=row.submitted_at,
        assignee=_assignee(row),
        picture=_picture(row, rulebook, name),
        found_as=name_words(row.found_as) if row.found_as else None,
        awaits_review=awaits_review,
    )


def _assignee(row: QueueRow) -> str:
    if row.is_mine:
        return _("Assigned to me")
    return _("Assigned to %(officer)s", officer=row.assignee) if row.assignee else _("Assigned to nobody")


def _picture(row: QueueRow, rulebook: Rulebook, name: str) -> BridgePicture | None:
    """The bridge as last photographed; none before there is a photograph of the rule in force then."""
    if row.declared is None or row.verified is None:
        return None
    version = rulebook.targets[row.target].in_force(row.verified.on)
    planks = [
        (plank.state.value, version.clauses[plank.clause_id].title.in_language(current_language().locale))
        for plank in read_pair(row.declared, row.verified)
        if plank.clause_id in version.clauses
    ]
    return bridge_towards(row.jurisdiction, planks, size=BridgeSize.SMALL, near_name=name)
