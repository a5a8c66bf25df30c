"""What the pages about possible duplicates show, and what the desk shows of them, prepared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from portal.domain.duplicates import MatchReason
from portal.services.duplicate_rulings import IdentityFile, Pair, PairedFile, PairFile, Ruling
from portal.web.administrator.duplicates.words import REASONS, paired_name, verdict_tag
from portal.web.bridge import city_name
from portal.web.formatting import day, moment
from portal.web.identity_words import document_lines, document_title, name_lines, name_words


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair of a list."""

    address: str
    one: str
    other: str
    reasons: tuple[str, ...]
    tag: dict[str, str]
    found_at: datetime


@dataclass(frozen=True, slots=True)
class IdentityLine:
    """A name or a document, and what is said about it."""

    title: str | Markup
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """One of the two records, as far as it may be seen."""

    name: str
    is_disclosed: bool
    facts: tuple[tuple[str, str], ...]
    names: tuple[IdentityLine, ...]
    documents: tuple[IdentityLine, ...]
    cases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RulingLine:
    """A ruling that stands."""

    tag: dict[str, str]
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PairPage:
    """A pair in full."""

    address: str
    version: int
    tag: dict[str, str]
    found_at: datetime
    reasons: tuple[str, ...]
    shared: tuple[str, ...]
    sides: tuple[SideView, SideView]
    rulings: tuple[RulingLine, ...]


@dataclass(frozen=True, slots=True)
class LinkedRecord:
    """On the desk of a case: another record, and how it stands to this one."""

    address: str
    name: str
    tag: dict[str, str]
    line: str


@dataclass(frozen=True, slots=True)
class DeskIdentity:
    """On the desk of a case: who the applicant says they are."""

    names: tuple[IdentityLine, ...]
    documents: tuple[IdentityLine, ...]
    records: tuple[LinkedRecord, ...]


def pair_rows(pairs: Iterable[Pair]) -> tuple[PairRow, ...]:
    """The pairs of a list."""
    return tuple(
        PairRow(
            address=_address(pair),
            one=paired_name(pair.one),
            other=paired_name(pair.other),
            reasons=_reasons(pair.reasons),
            tag=_tag(pair),
            found_at=pair.found_at,
        )
        for pair in pairs
    )


def pair_page(file: PairFile) -> PairPage:
    """Prepare one pair."""
    one, other = file.files
    return PairPage(
        address=_address(file.pair),
        version=file.pair.version,
        tag=_tag(file.pair),
        found_at=file.pair.found_at,
        reasons=_reasons(file.pair.reasons),
        shared=(
            *file.shared_names,
            *(" · ".join((document_title(held), *document_lines(held))) for held in file.shared_documents),
        ),
        sides=(_side(one), _side(other)),
        rulings=tuple(
            RulingLine(verdict_tag(ruling.verdict), ruling.reason, ruling.by, ruling.at)
            for ruling in file.rulings
        ),
    )


def desk_identity(identity: IdentityFile, person_id: UUID) -> DeskIdentity:
    """Prepare what the desk of a case shows of its applicant."""
    return DeskIdentity(
        names=tuple(
            IdentityLine(name_words(one.name), name_lines(one.name)) for one in identity.papers.names
        ),
        documents=tuple(
            IdentityLine(document_title(one), document_lines(one)) for one in identity.papers.documents
        ),
        records=tuple(_linked(pair, person_id) for pair in identity.pairs),
    )


def _linked(pair: Pair, person_id: UUID) -> LinkedRecord:
    other = pair.other if pair.one.person_id == person_id else pair.one
    line = (
        _ruling_line(pair.ruling) if pair.ruling and not pair.is_open else " · ".join(_reasons(pair.reasons))
    )
    return LinkedRecord(_address(pair), paired_name(other), _tag(pair), line)


def _ruling_line(ruling: Ruling) -> str:
    return _("%(officer)s, %(moment)s", officer=ruling.by, moment=moment(ruling.at))


def _side(file: PairedFile) -> SideView:
    person = file.person
    facts = [
        (_("Record kept in"), city_name(person.home)),
        (_("Record opened"), moment(person.since)),
    ]
    if person.is_disclosed:
        facts.insert(0, (_("Date of birth"), day(person.born_on) if person.born_on else _("Not stated")))
    return SideView(
        name=paired_name(person),
        is_disclosed=person.is_disclosed,
        facts=tuple(facts),
        names=tuple(IdentityLine(name_words(one.name), name_lines(one.name)) for one in file.papers.names),
        documents=tuple(
            IdentityLine(document_title(one), document_lines(one)) for one in file.papers.documents
        ),
        cases=tuple((one, url_for("administrator.case", reference=one)) for one in file.cases),
    )


def _tag(pair: Pair) -> dict[str, str]:
    return verdict_tag(None if pair.is_open or pair.ruling is None else pair.ruling.verdict)


def _reasons(reasons: Iterable[MatchReason]) -> tuple[str, ...]:
    return tuple(_(REASONS[reason]) for reason in reasons)


def _address(pair: Pair) -> str:
    return url_for("administrator.duplicate", duplicate_id=pair.id)
