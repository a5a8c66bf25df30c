"""Shares: a holder's consent to be checked, for a purpose, a scope and a time.

Owns making a share, ending it, and what its holder sees of it. What a checker sees is decided in
``disclosure`` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from portal.domain.calendar import add_months
from portal.domain.disclosure import Factor, Purpose, ShareState, ShareTerms, share_state
from portal.domain.errors import Conflict, NotFound, Refused
from portal.domain.people import Actor, own_person
from portal.models.disclosure import Look, Share, ShareItem
from portal.models.people import Person
from portal.models.recognitions import Recognition
from portal.services.factors import digest_of, require_good_pin
from portal.services.house import House
from portal.services.journal import record
from portal.services.work import one_act

LONGEST_MONTHS: Final = 12
MOST_LOOKS_LISTED: Final = 100


@dataclass(frozen=True, slots=True)
class ShareListing:
    """One share as its holder's list shows it."""

    code: str
    purpose: Purpose
    purpose_note: str
    until: date
    state: ShareState
    times_shown: int
    wrong_tries: int


@dataclass(frozen=True, slots=True)
class HolderLook:
    """One look as the holder sees it."""

    reference: str
    at: datetime
    looked_as: str
    by_member: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class HeldShare:
    """One share with its scope and every look at it, newest first."""

    listing: ShareListing
    factor: Factor
    shows_bridging: bool
    made_at: datetime
    ended_at: datetime | None
    recognitions: tuple[Recognition, ...]
    looks: tuple[HolderLook, ...]


def make_share(
    house: House,
    actor: Actor,
    *,
    purpose: Purpose,
    purpose_note: str = "",
    recognition_ids: Sequence[UUID],
    until: date,
    factor: Factor,
    pin: str = "",
    shows_bridging: bool,
    once: str | None = None,
) -> str:
    """Make a share of one's own recognitions; gives its code.

    The second factor is a PIN of six digits or, when it is known, the holder's date of birth.
    """
    with one_act(house, actor, once=once) as act:
        share = add_share(
            house,
            actor,
            code=house.new_reference("SH"),
            purpose=purpose,
            purpose_note=purpose_note,
            recognition_ids=recognition_ids,
            until=until,
            factor=factor,
            pin=pin,
            shows_bridging=shows_bridging,
        )
        act.result = share.code
    return act.result


def add_share(
    house: House,
    actor: Actor,
    *,
    code: str,
    purpose: Purpose,
    purpose_note: str = "",
    recognition_ids: Sequence[UUID],
    until: date,
    factor: Factor,
    pin: str = "",
    shows_bridging: bool,
) -> Share:
    """Write a share with all its refusals, under a code made before; the caller commits."""
    person_id = own_person(actor)
    require_time(house, until)
    _require_purpose(purpose, purpose_note)
    chosen = _own_recognitions(house, person_id, recognition_ids)
    share = Share(
        id=house.new_key(),
        code=code,
        person_id=person_id,
        purpose=purpose,
        purpose_note=purpose_note.strip(),
        until=until,
        factor=factor,
        factor_digest=digest_of(require_factor(house, actor, factor, pin)),
        shows_bridging=shows_bridging,
        wrong_tries=0,
        made_at=house.clock.now(),
        items=[ShareItem(id=house.new_key(), recognition_id=each.id) for each in chosen],
    )
    house.session.add(share)
    record(
        house,
        actor,
        "share.made",
        person_id=person_id,
        share=share.code,
        purpose=purpose.value,
        until=until.isoformat(),
    )
    return share


def end_share(house: House, actor: Actor, *, code: str, once: str | None = None) -> str:
    """End a share at once; from then on it answers like a code nobody ever made."""
    with one_act(house, actor, once=once) as act:
        share = _own_share(house, actor, code)
        if share.ended_at is not None:
            raise Conflict("share.already_ended")
        share.ended_at = house.clock.now()
        record(house, actor, "share.ended", person_id=share.person_id, share=share.code)
        act.result = share.code
    return act.result


def list_shares(house: House, actor: Actor) -> list[ShareListing]:
    """The holder's shares, newest first, each with how often it was shown."""
    person_id = own_person(actor)
    rows = house.session.execute(
        select(Share, *_counts())
        .outerjoin(Look, Look.share_id == Share.id)
        .where(Share.person_id == person_id)
        .group_by(Share.id)
        .order_by(Share.made_at.desc(), Share.id.desc())
    ).all()
    return [_listing(house, share, shown, wrong) for share, shown, wrong in rows]


def read_share(house: House, actor: Actor, code: str) -> HeldShare:
    """One share of the holder's, with its scope and its looks."""
    share = _own_share(house, actor, code)
    looks = house.session.scalars(
        select(Look)
        .where(Look.share_id == share.id)
        .order_by(Look.at.desc(), Look.id.desc())
        .limit(MOST_LOOKS_LISTED)
    ).all()
    shown, wrong = house.session.execute(select(*_counts()).where(Look.share_id == share.id)).one()
    return HeldShare(
        listing=_listing(house, share, shown, wrong),
        factor=share.factor,
        shows_bridging=share.shows_bridging,
        made_at=share.made_at,
        ended_at=share.ended_at,
        recognitions=tuple(recognitions_in(house, share)),
        looks=tuple(map(_holder_look, looks)),
    )


def shareable_recognitions(house: House, actor: Actor) -> list[Recognition]:
    """The recognitions a holder may put into a share, newest first, their acts loaded."""
    return list(
        house.session.scalars(
            select(Recognition)
            .where(Recognition.person_id == own_person(actor))
            .options(selectinload(Recognition.acts))
            .order_by(Recognition.granted_on.desc(), Recognition.id.desc())
        )
    )


def recognitions_in(house: House, share: Share) -> list[Recognition]:
    """The recognitions within a share's scope, their acts loaded, in one statement."""
    found = house.session.scalars(
        select(Recognition)
        .join(ShareItem, ShareItem.recognition_id == Recognition.id)
        .where(ShareItem.share_id == share.id)
        .options(joinedload(Recognition.acts))
        .order_by(Recognition.jurisdiction, Recognition.target)
    )
    return list(found.unique())


def knows_birth_date(house: House, actor: Actor) -> bool:
    """True when a date of birth is on file, so that it can be a second factor."""
    return house.session.get_one(Person, own_person(actor)).born_on is not None


def state_of(house: House, share: Share) -> ShareState:
    """What a holder sees of a share today."""
    terms = ShareTerms(share.until, share.ended_at, share.wrong_tries)
    return share_state(terms, on=house.clock.today())


def _counts() -> tuple[ColumnElement[int], ColumnElement[int]]:
    """How often a share was shown, and how often it was not."""
    return (
        func.count(Look.id).filter(Look.shown.is_(True)),
        func.count(Look.id).filter(Look.shown.is_(False)),
    )


def _own_share(house: House, actor: Actor, code: str) -> Share:
    person_id = own_person(actor)
    share = house.session.scalars(select(Share).where(Share.code == code)).one_or_none()
    if share is None or share.person_id != person_id:
        raise NotFound("page.not_found")
    return share


def _own_recognitions(house: House, person_id: UUID, wanted: Sequence[UUID]) -> Sequence[Recognition]:
    if not wanted:
        raise Refused("share.nothing_chosen", field="recognitions")
    found = house.session.scalars(
        select(Recognition).where(Recognition.id.in_(set(wanted)), Recognition.person_id == person_id)
    ).all()
    if len(found) != len(set(wanted)):
        raise Refused("share.not_your_recognition", field="recognitions")
    return found


def require_time(house: House, until: date) -> None:
    """Refuse a last day that is past, or further off than a share may last."""
    today = house.clock.today()
    if until < today:
        raise Refused("share.until_is_past", field="until")
    if until > add_months(today, LONGEST_MONTHS):
        last = add_months(today, LONGEST_MONTHS)
        raise Refused("share.until_is_too_far", field="until", last=last)


def _require_purpose(purpose: Purpose, note: str) -> None:
    if purpose is Purpose.OTHER and not note.strip():
        raise Refused("share.purpose_not_said", field="purpose_note")


def require_factor(house: House, actor: Actor, factor: Factor, pin: str) -> str | date:
    """The second factor itself; refuses a weak PIN, and a date of birth nobody stated."""
    if factor is Factor.PIN:
        return require_good_pin(pin)
    born_on = house.session.get_one(Person, own_person(actor)).born_on
    if born_on is None:
        raise Refused("share.birth_date_unknown", field="factor")
    return born_on


def _listing(house: House, share: Share, shown: int, wrong: int) -> ShareListing:
    return ShareListing(
        code=share.code,
        purpose=share.purpose,
        purpose_note=share.purpose_note,
        until=share.until,
        state=state_of(house, share),
        times_shown=shown,
        wrong_tries=wrong,
    )


def _holder_look(look: Look) -> HolderLook:
    return HolderLook(
        reference=look.reference,
        at=look.at,
        looked_as=look.looked_as,
        by_member=look.account_id is not None,
        shown=look.shown,
    )
