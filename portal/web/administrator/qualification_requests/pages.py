"""What officers read of a qualification asked for: what it is about, never who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from portal.domain.unlisted import RequestSide
from portal.services.catalogue import search_catalogue
from portal.services.house import House
from portal.services.unlisted import RequestPage, RequestRecord
from portal.web.formatting import in_its_language
from portal.web.forms.fields import SelectChoice
from portal.web.professional.credentials.finding import about_entry, remarks_on
from portal.web.professional.words import qualification_word
from portal.wording.languages import language_of
from portal.wording.marking import N_

SIDES: Final = {
    RequestSide.HONG_KONG: N_("Hong Kong"),
    RequestSide.SHENZHEN: N_("The Mainland"),
    RequestSide.ELSEWHERE: N_("Elsewhere"),
}


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request as officers see it; ``language`` is the one its person reads."""

    id: UUID
    title: str
    awarded_by: str
    side: str
    link: str
    note: str
    language: str
    tag: str
    asked_at: datetime
    address: str
    version: int


@dataclass(frozen=True, slots=True)
class RequestList:
    """One page of the list."""

    rows: tuple[RequestView, ...]
    waiting: int
    next_address: str


def request_list(page: RequestPage) -> RequestList:
    """Prepare the list."""
    address = url_for("administrator.qualification_requests", after=page.next_after)
    return RequestList(tuple(map(request_view, page.rows)), page.waiting, address if page.next_after else "")


def request_view(record: RequestRecord) -> RequestView:
    """Prepare one request."""
    language = language_of(record.language)
    return RequestView(
        id=record.id,
        title=record.title,
        awarded_by=record.awarded_by,
        side=_(SIDES[record.side]),
        link=record.link,
        note=record.note,
        language=in_its_language(language.own_name, language.locale),
        tag=language.tag,
        asked_at=record.created_at,
        address=url_for("administrator.answer_request", request_id=record.id),
        version=record.version,
    )


def entries_on_offer(house: House, typed: str, chosen: str) -> list[SelectChoice]:
    """The entries a search finds or guesses, with the one chosen before; nothing is chosen here."""
    found = search_catalogue(house, typed)
    codes = list(dict.fromkeys((*found.hits, *found.guesses)))
    if chosen in house.rulebook.qualifications and chosen not in codes:
        codes.append(chosen)
    return [
        SelectChoice(
            code,
            qualification_word(house, code),
            render_kw={"hint": _hint(house, code, remarks_on(found.by[code]) if code in found.by else ())},
        )
        for code in codes
    ]


def _hint(house: House, code: str, remarks: Iterable[str]) -> str:
    return " · ".join((about_entry(house, house.rulebook.qualifications[code]), *remarks))
