"""The commands that look after the shelf."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from flask import Flask

from portal.cli.shelf import scan, sweep
from portal.domain.people import Actor
from portal.domain.ports import ScanResult
from portal.services.house import House
from tests.builders.records import a_document


class Cleaner:
    """A scanner that finds nothing."""

    is_present = True

    def scan(self, content: bytes) -> ScanResult:
        return ScanResult.CLEAN


@pytest.fixture
def scanned(app: Flask, house: House) -> Iterator[None]:
    """The application with a scanner, for as long as a test runs."""
    app.extensions["house"] = replace(house, scanner=Cleaner())
    yield
    app.extensions["house"] = house


def test_without_a_scanner_the_command_says_what_to_set(app: Flask) -> None:
    said = app.test_cli_runner().invoke(scan)
    assert said.exit_code == 1
    assert "set CLAMD_ADDRESS" in said.output


def test_a_round_of_the_scanner_is_counted(
    app: Flask, house: House, actor: Callable[[str], Actor], scanned: None
) -> None:
    a_document(house, actor("mei_lam"))
    assert app.test_cli_runner().invoke(scan).output == "clean 1, infected 0, waiting 0\n"
    assert app.test_cli_runner().invoke(scan).output == "clean 0, infected 0, waiting 0\n"


def test_young_leftovers_are_left(app: Flask, house: House) -> None:
    key = f"{uuid4()}/{uuid4()}"
    house.storage.put(key, b"left over")
    app.test_cli_runner().invoke(sweep)
    assert house.storage.get(key) == b"left over"
    house.storage.delete(key)
