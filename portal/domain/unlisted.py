"""A qualification a person holds and the catalogue does not list: what is asked, what can be answered.

Owns the sides a request goes to, the answers an officer has, and what makes no sense about either.
Nothing here is a fact: no rule reads a request, whatever becomes of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.domain.errors import Refused
from portal.domain.places import Jurisdiction
from portal.domain.sense import length_faults

LONGEST: Final = {"title": 160, "awarded_by": 160, "link": 300, "note": 1000}
LONGEST_REMARK: Final = 500
# An address a browser would follow as a page; nothing that runs, nothing with a password in it.
_PAGE: Final = re.compile(r"https?://(?:[\w-]+\.)+[\w-]{2,}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
# More waiting at once is no longer somebody looking for their qualifications.
MOST_WAITING: Final = 10


class RequestSide(StrEnum):
    """Where the body that awards is at home; elsewhere is both sides' affair."""

    HONG_KONG = "hk"
    SHENZHEN = "sz"
    ELSEWHERE = "elsewhere"


class AnswerKind(StrEnum):
    """What an officer can answer."""

    LISTED = "listed"
    WILL_BE_ADDED = "will_be_added"
    DOES_NOT_COUNT = "does_not_count"


class WhyNotCounted(StrEnum):
    """Why a qualification counts for no target; closed, so that each is said in three languages."""

    NOT_READ = "not_read"
    NOT_PERSONAL = "not_personal"
    NOT_IDENTIFIED = "not_identified"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person says about a qualification that is not listed."""

    title: str
    awarded_by: str
    side: RequestSide | None
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What an officer answers; ``remark`` is for the person to read beside the standing words."""

    kind: AnswerKind | None
    listed_as: str = ""
    reason: WhyNotCounted | None = None
    remark: str = ""


def sides_of(jurisdictions: frozenset[Jurisdiction]) -> frozenset[RequestSide]:
    """The sides whose requests an officer of these jurisdictions answers.

    >>> sorted(sides_of(frozenset({Jurisdiction.SHENZHEN})))
    [<RequestSide.ELSEWHERE: 'elsewhere'>, <RequestSide.SHENZHEN: 'sz'>]
    """
    if not jurisdictions:
        return frozenset()
    return frozenset({RequestSide.ELSEWHERE, *(RequestSide(one.value) for one in jurisdictions)})


def asked_faults(asked: Asked) -> list[Refused]:
    """Everything that makes no sense about a request."""
    typed = {name: getattr(asked, name) for name in LONGEST}
    faults = length_faults("request.too_long", typed, LONGEST)
    if not asked.title:
        faults.append(Refused("request.title_missing", field="title"))
    if not asked.awarded_by:
        faults.append(Refused("request.awarding_body_missing", field="awarded_by"))
    if asked.side is None:
        faults.append(Refused("request.side_missing", field="side"))
    if asked.link and _PAGE.fullmatch(asked.link) is None:
        faults.append(Refused("request.link_malformed", field="link"))
    return faults


def answer_faults(answered: Answered) -> list[Refused]:
    """Everything that is missing from an answer; whether the entry exists is the catalogue's affair."""
    faults = length_faults("request.too_long", {"remark": answered.remark}, {"remark": LONGEST_REMARK})
    if answered.kind is None:
        faults.append(Refused("request.answer_missing", field="kind"))
    if answered.kind is AnswerKind.LISTED and not answered.listed_as:
        faults.append(Refused("request.entry_missing", field="listed_as"))
    if answered.kind is AnswerKind.DOES_NOT_COUNT and answered.reason is None:
        faults.append(Refused("request.reason_missing", field="reason"))
    return faults
