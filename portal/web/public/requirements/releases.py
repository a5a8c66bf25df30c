"""The published releases of the rulebook as anybody may list them, download them and check them.

Owns the frozen values of the list and the answer that carries a release as a file. It must not
know how a release is published.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import Response, request, url_for

from portal.services.house import House
from portal.services.reading import ReleaseListing, published_releases, release_document


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """One release. ``is_read_here`` marks the one these pages are drawn from."""

    number: int
    digest: str
    effective_on: date
    published_at: datetime
    is_read_here: bool
    file_name: str
    address: str


@dataclass(frozen=True, slots=True)
class ReleasesPage:
    """All releases, the newest first, and the digest of the rulebook these pages are drawn from."""

    releases: tuple[ReleaseView, ...]
    digest_here: str

    @property
    def is_here_published(self) -> bool:
        return any(release.is_read_here for release in self.releases)


def releases_page(house: House) -> ReleasesPage:
    """The list of releases."""
    return ReleasesPage(
        releases=tuple(_view(release, house) for release in published_releases(house)),
        digest_here=house.rulebook.digest,
    )


def file_name_of(release: ReleaseListing) -> str:
    """The name under which a release is saved."""
    return f"twin-city-bridge-release-{release.number}.json"


def _view(release: ReleaseListing, house: House) -> ReleaseView:
    return ReleaseView(
        number=release.number,
        digest=release.digest,
        effective_on=release.effective_on,
        published_at=release.published_at,
        is_read_here=release.digest == house.rulebook.digest,
        file_name=file_name_of(release),
        address=url_for("requirements.release", number=release.number),
    )


def release_answer(house: House, release: ReleaseListing) -> Response:
    """The file itself, its digest as its tag: whoever has it already is told so without reading it again."""
    answer = Response(mimetype="application/json")
    answer.set_etag(release.digest)
    answer.last_modified = release.published_at
    answer.headers["Cache-Control"] = "public, no-cache"
    if request.if_none_match.contains(release.digest):
        answer.status_code = 304
        return answer
    answer.set_data(release_document(house, release))
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name_of(release)}"'
    return answer
