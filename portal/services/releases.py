"""Publishing the shipped rulebook: immutable releases in the database, each with its digest."""

from __future__ import annotations

from sqlalchemy import select

from portal.domain.people import NOBODY
from portal.models.records import Release
from portal.services.house import House
from portal.services.journal import record
from portal.services.work import one_act


def publish_shipped(house: House) -> Release:
    """Publish the rulebook this portal was shipped with, unless it is the newest release already.

    The first one becomes release 1. A published release is never changed: another text is another
    release.
    """
    newest = house.session.scalars(select(Release).order_by(Release.number.desc())).first()
    if newest is not None and newest.digest == house.rulebook.digest:
        return newest
    number = newest.number + 1 if newest else 1
    actor = NOBODY
    with one_act(house, actor):
        release = Release(
            number=number,
            digest=house.rulebook.digest,
            effective_on=house.clock.today(),
            published_at=house.clock.now(),
            content=house.rulebook.to_json(),
        )
        house.session.add(release)
        record(house, actor, "release.published", number=number, digest=house.rulebook.digest)
    return release
