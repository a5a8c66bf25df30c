"""Evidence in a folder of this machine: written once, complete or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO


class FolderStorage:
    """Files below one folder. Keys are our own (never a name somebody typed)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, key: str, content: bytes) -> None:
        """Write to the disk before saying yes; FileExistsError when the key is taken."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def get(self, key: str) -> bytes:
        """The bytes; KeyError when there are none."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError as error:
            raise KeyError(key) from error

    def delete(self, key: str) -> None:
        """Remove the file if it is there."""
        self._path(key).unlink(missing_ok=True)

    def open(self, key: str) -> BinaryIO:
        """The file itself; KeyError when there is none."""
        try:
            return self._path(key).open("rb")
        except FileNotFoundError as error:
            raise KeyError(key) from error

    def under_construction(self, key: str) -> BinaryIO:
        """The file to be read and written, made when it is not there."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        return path.open("r+b")

    def keys(self, *, before: datetime) -> Iterator[str]:
        """The keys of everything written before an instant, in no order."""
        for path in self._folder.rglob("*"):
            if path.is_file() and path.stat().st_mtime < before.timestamp():
                yield path.relative_to(self._folder).as_posix()

    def _path(self, key: str) -> Path:
        path = (self._folder / key).resolve()
        if not path.is_relative_to(self._folder.resolve()):
            raise ValueError("a key stays below the folder")
        return path
