"""An export of everything about a person: asked for, made in steps, taken, and gone after a week.

The archive is made outside the request that asks for it: by the round that delivers e-mails, or
step by step by the page that waits for it. Owns its state and its bytes; what is in it is in
``export_contents.py``.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import TextIOWrapper
from typing import BinaryIO, Final
from uuid import UUID

from sqlalchemy import select

from portal.domain.errors import NotFound, Refused
from portal.domain.people import NOBODY, Actor, own_person
from portal.domain.retention import EXPORT_DAYS
from portal.models.accounts import Account
from portal.models.my_data import DataExport
from portal.services.export_contents import (
    VERSION,
    files_to_copy,
    has_open_case,
    letters_as_sent,
    schema,
    write_data,
)
from portal.services.house import House
from portal.services.journal import record
from portal.services.notices import tell_person
from portal.services.person_tables import Whose, whose_data
from portal.services.work import one_act
from portal.wording.dates import BOTH_BANKS

# So much of files is copied in one step, so that a page that waits for a step answers soon.
_BYTES_A_STEP: Final = 8 * 1024 * 1024
# Whoever holds a step longer than this has fallen over, and the next may take it.
_LEASE: Final = timedelta(minutes=2)
_PIECE: Final = 256 * 1024
# Where its owner finds it.
EXPORT: Final = "/me/data/export"


@dataclass(frozen=True, slots=True)
class ExportState:
    """An export as its owner sees it."""

    id: UUID
    asked_at: datetime
    steps_done: int
    steps: int
    size_bytes: int
    ready_at: datetime | None
    gone_at: datetime | None

    @property
    def is_ready(self) -> bool:
        return self.ready_at is not None


@dataclass(frozen=True, slots=True)
class TakenExport:
    """An archive handed out, to be read bit by bit."""

    file: BinaryIO
    name: str
    size_bytes: int


def ask_for_export(house: House, actor: Actor, *, language: str, once: str | None = None) -> str:
    """Ask for an export; gives its key. The one before, if it is ready, makes room for it.

    Refuses with ``export.under_way`` while one is being made: two would only wait for each other.
    """
    person_id = own_person(actor)
    gone = ""
    with one_act(house, actor, once=once) as act:
        before = _export_of(house, person_id)
        if before is not None:
            if before.ready_at is None:
                raise Refused("export.under_way")
            gone = before.storage_key
            house.session.delete(before)
            house.session.flush()
        key = house.new_key()
        files = files_to_copy(house, _whose(house, person_id))
        house.session.add(
            DataExport(
                id=key,
                person_id=person_id,
                language=language,
                asked_at=house.clock.now(),
                files=[{"key": each.key, "path": each.path} for each in files],
                steps_done=0,
                steps=len(files) + 1,
                size_bytes=0,
                storage_key=f"exports/{key}",
            )
        )
        record(house, actor, "data.export_asked", person_id=person_id, export=str(key))
        act.result = str(key)
    if gone:
        house.storage.delete(gone)
    return act.result


def read_export(house: House, actor: Actor) -> ExportState | None:
    """The actor's export, made or being made; none when there is none or its week is over."""
    row = _export_of(house, own_person(actor))
    if row is None or _is_over(house, row):
        return None
    return ExportState(
        id=row.id,
        asked_at=row.asked_at,
        steps_done=row.steps_done,
        steps=row.steps,
        size_bytes=row.size_bytes,
        ready_at=row.ready_at,
        gone_at=row.ready_at + timedelta(days=EXPORT_DAYS) if row.ready_at else None,
    )


def advance_own_export(house: House, actor: Actor) -> None:
    """Make the next step of the actor's own export, if one waits to be made; its owner is looking on."""
    row = _export_of(house, own_person(actor))
    if row is not None:
        make_next_step(house, row.id, is_watched=True)


def make_exports(house: House) -> int:
    """Make every export that waits, to its end; gives how many steps that took."""
    waiting = house.session.scalars(
        select(DataExport.id).where(DataExport.ready_at.is_(None)).order_by(DataExport.id)
    ).all()
    house.session.rollback()
    steps = 0
    for export_id in waiting:
        while make_next_step(house, export_id):
            steps += 1
    return steps


def make_next_step(house: House, export_id: UUID, *, is_watched: bool = False) -> bool:
    """Make one step of an export; False when there is nothing to do, or somebody else is doing it.

    Its owner is told when the last step is done, unless they are watching.
    """
    row = _lease(house, export_id)
    if row is None:
        return False
    try:
        done, size = _build(house, row)
    except NotFound:
        house.storage.delete(row.storage_key)  # its owner was erased meanwhile
        return False
    with one_act(house, NOBODY):
        kept = house.session.get(DataExport, export_id, with_for_update=True, populate_existing=True)
        if kept is not None:
            kept.steps_done, kept.size_bytes, kept.leased_until = done, size, None
            if done == kept.steps:
                kept.ready_at = house.clock.now()
                files = len(kept.files)
                record(
                    house,
                    NOBODY,
                    "data.exported",
                    person_id=kept.person_id,
                    export=str(kept.id),
                    files=files,
                )
                if not is_watched:
                    gone_on = (kept.ready_at + timedelta(days=EXPORT_DAYS)).astimezone(BOTH_BANKS).date()
                    tell_person(house, kept.person_id, "export_ready", place=EXPORT, gone_on=gone_on)
    if kept is None:
        house.storage.delete(row.storage_key)
        return False
    return True


def take_export(house: House, actor: Actor) -> TakenExport:
    """Hand out the archive to the one it is about; nobody else learns that it exists."""
    with one_act(house, actor):
        row = _export_of(house, own_person(actor))
        if row is None or row.ready_at is None or _is_over(house, row):
            raise NotFound("page.not_found")
        record(house, actor, "data.export_taken", person_id=row.person_id, export=str(row.id))
        made_on, size, key = row.ready_at.date(), row.size_bytes, row.storage_key
    return TakenExport(house.storage.open(key), f"twin-city-bridge-{made_on.isoformat()}.zip", size)


def drop_old_exports(house: House) -> int:
    """Delete the exports whose week is over; gives how many."""
    rows = house.session.scalars(select(DataExport)).all()
    over = [(row.id, row.storage_key) for row in rows if _is_over(house, row)]
    for export_id, key in over:
        with one_act(house, NOBODY):
            row = house.session.get(DataExport, export_id)
            if row is not None:
                house.session.delete(row)
        house.storage.delete(key)
    return len(over)


def _lease(house: House, export_id: UUID) -> DataExport | None:
    """Take the next step for oneself; gives the export as it stands, apart from the session."""
    now = house.clock.now()
    with one_act(house, NOBODY):
        row = house.session.get(DataExport, export_id, with_for_update=True, populate_existing=True)
        if row is None or row.ready_at is not None:
            return None
        if row.leased_until is not None and row.leased_until > now:
            return None
        row.leased_until = now + _LEASE
        house.session.flush()
        house.session.refresh(row)
        house.session.expunge(row)
    return row


def _build(house: House, row: DataExport) -> tuple[int, int]:
    """Write the next part of the archive; gives how many steps are done, and how large it is now."""
    with house.storage.under_construction(row.storage_key) as out:
        done = row.steps_done if zipfile.is_zipfile(out) else 0
        if done == 0:
            # Nothing yet, or what a fall left in the middle of a file: from the beginning.
            out.truncate(0)
        out.seek(0)
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            if done == 0:
                _write_words(house, row, archive)
                done = 1
            else:
                done = _copy_files(house, row, archive, done)
        out.seek(0, 2)
        return done, out.tell()


def _write_words(house: House, row: DataExport, archive: zipfile.ZipFile) -> None:
    whose = _whose(house, row.person_id)
    readme = house.stationery.write_letter(
        "export_readme",
        row.language,
        {
            "operator": house.operator,
            "at": row.asked_at,
            "version": VERSION,
            "has_open_case": has_open_case(house, whose),
        },
    )
    archive.writestr(_entry(row, "README.txt"), f"{readme.subject}\n\n{readme.body}\n")
    archive.writestr(_entry(row, "schema.json"), json.dumps(schema(), indent=1))
    for path, words in letters_as_sent(house, whose):
        archive.writestr(_entry(row, path), words)
    paths = {each["path"]: each["key"].rpartition("/")[2] for each in row.files}
    with archive.open(_entry(row, "data.json"), "w") as raw, TextIOWrapper(raw, "utf-8") as out:
        write_data(house, whose, paths, out)
    house.session.rollback()


def _copy_files(house: House, row: DataExport, archive: zipfile.ZipFile, done: int) -> int:
    copied = 0
    while done < row.steps and copied < _BYTES_A_STEP:
        each = row.files[done - 1]
        copied += _copy(house, each["key"], _entry(row, each["path"]), archive)
        done += 1
    return done


def _entry(row: DataExport, path: str) -> zipfile.ZipInfo:
    """A place in the archive, of the hour in which it was asked for."""
    entry = zipfile.ZipInfo(path, row.asked_at.astimezone(BOTH_BANKS).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _copy(house: House, key: str, entry: zipfile.ZipInfo, archive: zipfile.ZipFile) -> int:
    """Copy one stored file piece by piece; nothing when its owner removed it meanwhile."""
    try:
        source = house.storage.open(key)
    except KeyError:
        return 0
    size = 0
    # Documents and pictures are packed already: packing them again costs time and gains nothing.
    entry.compress_type = zipfile.ZIP_STORED
    with source, archive.open(entry, "w") as target:
        while piece := source.read(_PIECE):
            target.write(piece)
            size += len(piece)
    return size


def _export_of(house: House, person_id: UUID) -> DataExport | None:
    return house.session.scalars(select(DataExport).where(DataExport.person_id == person_id)).one_or_none()


def _is_over(house: House, row: DataExport) -> bool:
    until = (row.ready_at or row.asked_at) + timedelta(days=EXPORT_DAYS)
    return house.clock.now() >= until


def _whose(house: House, person_id: UUID) -> Whose:
    account = house.session.scalars(select(Account).where(Account.person_id == person_id)).one_or_none()
    if account is None:
        raise NotFound("page.not_found")
    return whose_data(house.session, account)
