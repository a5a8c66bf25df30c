"""Evidence in a folder of this machine: written once, complete or not at all."""

from __future__ import annotations

import os
from pathlib import Path


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

    def _path(self, key: str) -> Path:
        path = (self._folder / key).resolve()
        if not path.is_relative_to(self._folder.resolve()):
            raise ValueError("a key stays below the folder")
        return path
