"""What the pages of recognitions show, prepared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.places import Jurisdiction
from portal.domain.recognitions import Act, may
from portal.domain.texts import Text
from portal.rulebook.loader import Rulebook
from portal.services.credential_history import ChangedGround
from portal.services.recognition_lists import RecognitionFile, RecognitionPage
from portal.web.administrator.words import ACTS, person_name, status_tag, undisclosed
from portal.web.formatting import moment
from portal.web.languages import current_language
from portal.web.professional.recognitions.pages import LetterRow, letter_row


@dataclass(frozen=True, slots=True)
class ListRow:
    """One recognition of the list."""

    address: str
    reference: str
    name: str
    title: str
    place: Jurisdiction
    status: dict[str, str]
    granted_on: date


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of the list."""

    rows: tuple[ListRow, ...]
    next_address: str
    first_address: str


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act in the recognition's life."""

    word: str
    on: date
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecognitionView:
    """One recognition in full; the addresses are empty for acts that make no sense today."""

    reference: str
    case_reference: str
    case_address: str
    name: str
    title: str
    place: Jurisdiction
    status: dict[str, str]
    granted_on: date
    asked_on: date
    status_asked: dict[str, str]
    conditions: tuple[tuple[str, date | None], ...]
    acts: tuple[ActRow, ...]
    suspend_address: str
    lift_address: str
    revoke_address: str
    check_elsewhere: str
    letters: tuple[LetterRow, ...]
    changed: tuple[str, ...]


def list_page(found: RecognitionPage, rulebook: Rulebook, *, words: str, after: str) -> ListPage:
    """Prepare the list; addresses keep what was asked."""
    asked: dict[str, Any] = {"words": words} if words else {}
    return ListPage(
        rows=tuple(
            ListRow(
                address=url_for("administrator.recognition", reference=row.reference),
                reference=row.reference,
                name=person_name(row.name_latin, row.name_chinese) if row.is_disclosed else undisclosed(),
                title=_spoken(rulebook.targets[row.target].title),
                place=row.jurisdiction,
                status=status_tag(row.status),
                granted_on=row.granted_on,
            )
            for row in found.rows
        ),
        next_address=url_for("administrator.recognitions", **asked, after=found.next_after)
        if found.next_after
        else "",
        first_address=url_for("administrator.recognitions", **asked) if after else "",
    )


def recognition_view(held: RecognitionFile, rulebook: Rulebook) -> RecognitionView:
    """Prepare one recognition."""
    target = rulebook.targets[held.target]
    return RecognitionView(
        reference=held.reference,
        case_reference=held.case_reference,
        case_address=url_for("administrator.case", reference=held.case_reference),
        name=person_name(held.person.name_latin, held.person.name_chinese),
        title=_spoken(target.title),
        place=held.jurisdiction,
        status=status_tag(held.status),
        granted_on=held.granted_on,
        asked_on=held.asked_on,
        status_asked=status_tag(held.status_asked),
        conditions=tuple((_spoken(one.title), one.due_on) for one in held.conditions),
        acts=tuple(ActRow(_(ACTS[done.act]), done.on, done.reason, done.by, done.at) for done in held.acts),
        suspend_address=_address(held, Act.SUSPENDED, "suspend"),
        lift_address=_address(held, Act.LIFTED, "lift"),
        revoke_address=_address(held, Act.REVOKED, "revoke"),
        check_elsewhere=_spoken(target.check_elsewhere),
        letters=tuple(map(letter_row, held.letters)),
        changed=tuple(_changed(rulebook, one) for one in held.changed_grounds),
    )


def _changed(rulebook: Rulebook, ground: ChangedGround) -> str:
    """One credential the decision rests on, and what its holder did to it since."""
    entry = rulebook.qualifications.get(ground.qualification)
    name = _spoken(entry.title) if entry is not None else ground.qualification
    if ground.is_withdrawn:
        return _("%(name)s: withdrawn by its holder", name=name)
    if ground.at is None:
        return name
    return _("%(name)s: replaced by its holder on %(day)s", name=name, day=moment(ground.at))


def _address(held: RecognitionFile, act: Act, endpoint: str) -> str:
    if not may(act, held.status):
        return ""
    return url_for(f"administrator.{endpoint}", reference=held.reference)


def _spoken(text: Text) -> str:
    return text.in_language(current_language().locale)
