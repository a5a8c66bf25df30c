"""A check: somebody with a share's code and second factor looks at what its holder agreed to show.

Owns the one refusal. Unknown, ended, expired, locked and wrong factor are answered alike, in the
same words and after the same work, so that nobody learns from an answer that a person is here.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import select, update

from portal.domain.disclosure import Purpose, ShareState
from portal.domain.errors import AlreadyDone, Refused
from portal.domain.identifiers import is_well_formed, tidy_reference
from portal.domain.people import Actor, Role
from portal.models.disclosure import Look, Share
from portal.models.people import Person
from portal.services.disclosure import Disclosure, disclose
from portal.services.factors import agrees
from portal.services.house import House
from portal.services.journal import record
from portal.services.sharing import state_of
from portal.services.work import one_act

_CODE_LENGTH: Final = len("SH-XXXX-XXXX")
LOOKS_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """What a look showed: the question as it was understood, the instant, a receipt, and the facts."""

    code: str
    purpose: Purpose
    purpose_note: str
    until: date
    looked_as: str
    checked_at: datetime
    receipt: str
    shown: Disclosure


@dataclass(frozen=True, slots=True)
class OwnLook:
    """A look as the employer who took it sees it later: a receipt, never the facts again."""

    key: UUID
    receipt: str
    code: str
    looked_as: str
    at: datetime
    shown: bool


class _Looked(NamedTuple):
    """A look just taken; the holder is kept with it, so that the answer need not read them again."""

    share: Share
    holder: Person
    look: Look


def read_code(typed: str) -> str:
    """Understand a code however it was typed: spaces, lower case, full width, without hyphens.

    Refuses with ``share.code_malformed`` what no share's code looks like. Nothing is looked up for
    that, so the answer tells nothing about which codes exist.
    """
    code = tidy_reference(unicodedata.normalize("NFKC", typed))
    if len(code) != _CODE_LENGTH or not code.startswith("SH-") or not is_well_formed(code):
        raise Refused("share.code_malformed", field="code")
    return code


def check_share(
    house: House,
    actor: Actor,
    *,
    code: str,
    factor: str | date,
    looked_as: str,
    once: str | None = None,
) -> CheckAnswer:
    """Look at a share. Gives what it shows today, or refuses with ``share.nothing_to_show``."""
    asked = read_code(code)
    try:
        with one_act(house, actor, once=once) as act:
            looked = _look(house, actor, asked, factor, looked_as.strip())
            answer = _answer(house, looked.share, looked.look) if looked and looked.look.shown else None
            act.result = answer.receipt if answer else ""
    except AlreadyDone as done:
        answer = _same_look_again(house, asked, factor, done.result)
    if answer is None:
        raise Refused("share.nothing_to_show")
    return answer


def list_own_looks(house: House, actor: Actor, *, before: UUID | None = None) -> list[OwnLook]:
    """The looks an employer's member took while signed in, newest first, a page at a time."""
    actor.require(Role.EMPLOYER_MEMBER)
    rows = house.session.execute(
        select(Look, Share.code)
        .join(Share, Share.id == Look.share_id)
        .where(Look.account_id == actor.account_id, *([Look.id < before] if before else []))
        .order_by(Look.id.desc())
        .limit(LOOKS_A_PAGE)
    ).all()
    return [
        OwnLook(look.id, look.reference, code, look.looked_as, look.at, look.shown) for look, code in rows
    ]


def _look(house: House, actor: Actor, code: str, factor: str | date, looked_as: str) -> _Looked | None:
    found = house.session.execute(
        select(Share, Person)
        .join(Person, Person.id == Share.person_id)
        .where(Share.code == code)
        .with_for_update(of=Share)
    ).one_or_none()
    if found is None:
        # Nothing will be written: no other writer has to wait for the work that follows.
        house.session.rollback()
        agrees(None, factor)
        return None
    share: Share = found[0]
    is_open = state_of(house, share) is ShareState.OPEN
    is_right = agrees(share.factor_digest, factor)
    if is_open and not is_right:
        _count_wrong_try(house, share)
    look = Look(
        id=house.new_key(),
        reference=house.new_reference("RC"),
        share_id=share.id,
        shown=is_open and is_right,
        looked_as=looked_as,
        account_id=actor.account_id,
        at=house.clock.now(),
    )
    house.session.add(look)
    record(
        house,
        actor,
        "share.looked",
        person_id=share.person_id,
        share=share.code,
        look=look.reference,
    )
    return _Looked(share, found[1], look)


def _count_wrong_try(house: House, share: Share) -> None:
    house.session.execute(update(Share).where(Share.id == share.id).values(wrong_tries=Share.wrong_tries + 1))


def _answer(house: House, share: Share, look: Look) -> CheckAnswer:
    return CheckAnswer(
        code=share.code,
        purpose=share.purpose,
        purpose_note=share.purpose_note,
        until=share.until,
        looked_as=look.looked_as,
        checked_at=look.at,
        receipt=look.reference,
        shown=disclose(house, share, on=house.clock.today()),
    )


def _same_look_again(house: House, code: str, factor: str | date, receipt: str) -> CheckAnswer | None:
    """The same form sent twice is one look: show it again to whoever knows the factor still."""
    share = house.session.scalars(select(Share).where(Share.code == code)).one_or_none()
    is_right = agrees(share.factor_digest if share else None, factor)
    if share is None or not is_right or state_of(house, share) is not ShareState.OPEN:
        return None
    look = house.session.scalars(
        select(Look).where(Look.reference == receipt, Look.share_id == share.id)
    ).one_or_none()
    return _answer(house, share, look) if look else None
