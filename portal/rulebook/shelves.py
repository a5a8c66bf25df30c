"""Reading everything that is not a target: catalogue, measures, sources, authorities, tracks, words."""

from __future__ import annotations

from collections.abc import Mapping

from portal.domain.rules.answers import Answer
from portal.domain.rules.catalogue import Authority, Measure, Qualification, Source, Track
from portal.domain.rules.faults import Fault, Place
from portal.domain.texts import Text
from portal.rulebook.reading import Reader, Table

_QUALIFICATION = ["code", "kind", "jurisdiction", "authority", "title", "abbreviations", "attributes", "ask"]
_SOURCE = ["id", "publisher", "title", "last_read_on", "date", "url"]
_ANSWER = ["id", "question", "answer", "about", "tracks", "cites", "to_read", "ours"]
_TRACK = ["id", "title", "hk", "sz", "note"]


def read_qualifications(reader: Reader) -> list[Qualification]:
    """The kinds of award a catalogue file lists."""
    return [_qualification(reader.at(table)) for table in reader.tables("qualification")]


def _qualification(entry: Reader) -> Qualification:
    return Qualification(
        code=entry.string("code"),
        kind=entry.string("kind"),
        jurisdiction=entry.string("jurisdiction"),
        authority=entry.string("authority"),
        title=entry.text("title"),
        abbreviations=entry.codes("abbreviations"),
        attributes=entry.codes("attributes"),
        ask=entry.optional_text("ask"),
        origin=entry.place.file,
        more=entry.rest(_QUALIFICATION),
    )


def read_measures(reader: Reader) -> list[Measure]:
    """The bridging measures a file lists."""
    found = []
    for table in reader.tables("measure"):
        entry = reader.at(table)
        found.append(
            Measure(
                entry.string("id"),
                entry.text("title"),
                entry.place.file,
                entry.rest(("id", "title")),
            )
        )
    return found


def read_sources(reader: Reader) -> list[Source]:
    """What was read, and when."""
    return [_source(reader.at(table)) for table in reader.tables("source")]


def _source(entry: Reader) -> Source:
    written = entry.table.get("date")
    return Source(
        id=entry.string("id"),
        publisher=entry.words("publisher"),
        title=entry.words("title"),
        last_read_on=entry.day("last_read_on"),
        date=str(written) if written is not None else "",
        url=entry.string("url", required=False) or None,
        origin=entry.place.file,
        more=entry.rest(_SOURCE),
    )


def read_authorities(reader: Reader) -> list[Authority]:
    """The bodies that set requirements or make awards."""
    found = []
    for table in reader.tables("authority"):
        entry = reader.at(table)
        found.append(
            Authority(
                entry.string("id"),
                entry.text("title"),
                entry.optional_text("short"),
                entry.place.file,
                entry.rest(("id", "title", "short")),
            )
        )
    return found


def read_tracks(reader: Reader) -> list[Track]:
    """The pairs of targets that make a person dual-qualified."""
    found = []
    for table in reader.tables("track"):
        entry = reader.at(table)
        entry.only(_TRACK)
        found.append(
            Track(
                entry.string("id"),
                entry.text("title"),
                entry.codes("hk"),
                entry.codes("sz"),
                entry.optional_text("note"),
                entry.place.file,
            )
        )
    return found


def read_answers(reader: Reader) -> list[Answer]:
    """What people ask, answered."""
    found = []
    for table in reader.tables("answer"):
        entry = reader.at(table)
        entry.only(_ANSWER)
        found.append(
            Answer(
                id=entry.string("id"),
                question=entry.text("question"),
                answer=entry.text("answer"),
                about=entry.codes("about"),
                tracks=entry.codes("tracks"),
                cites=entry.codes("cites"),
                to_read=entry.optional_text("to_read"),
                ours=entry.flag("ours", default=False),
                origin=entry.place.file,
            )
        )
    return found


def read_vocabulary(document: Table, origin: str, faults: list[Fault]) -> dict[str, Mapping[str, Text]]:
    """The titles of every list of codes, by section."""
    reader = Reader(document, Place(origin), faults)
    found: dict[str, Mapping[str, Text]] = {}
    for section, words in document.items():
        inner = reader.at(words)
        found[section] = {code: inner.as_text(code, value) for code, value in inner.table.items()}
    return found
