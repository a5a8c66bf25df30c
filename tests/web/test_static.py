"""What is compiled or vendored is what it claims to be."""

from __future__ import annotations

import gzip
import re
import tomllib
from pathlib import Path

import pytest

from static.src.build import (
    CHECKSUMS,
    SOURCES,
    STATIC,
    STYLESHEET,
    digest_of,
    digest_of_sources,
    packable,
    packed,
)

RECORD = tomllib.loads(CHECKSUMS.read_text(encoding="utf-8"))
CSS = STYLESHEET.read_text(encoding="utf-8")


def test_the_stylesheet_was_compiled_from_these_sources() -> None:
    assert digest_of_sources() == RECORD["stylesheet"]["sources"], "run static/src/build.py"
    assert digest_of(STYLESHEET) == RECORD["stylesheet"]["output"], "run static/src/build.py"


def test_a_changed_or_renamed_source_is_noticed(tmp_path: Path) -> None:
    for path in SOURCES.glob("*.scss"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert digest_of_sources(tmp_path) == digest_of_sources()
    (tmp_path / "_tokens.scss").rename(tmp_path / "_colours.scss")
    assert digest_of_sources(tmp_path) != digest_of_sources()


@pytest.mark.parametrize("entry", RECORD["vendored"], ids=lambda entry: entry["path"])
def test_a_vendored_file_is_untouched(entry: dict[str, str]) -> None:
    assert digest_of(STATIC.parent / entry["path"]) == entry["sha256"]


def test_every_vendored_file_is_written_down_with_a_licence_beside_it() -> None:
    folders = (STATIC / "vendor", STATIC.parent / "tests" / "vendor")
    found = {
        path.relative_to(STATIC.parent).as_posix()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path != CHECKSUMS and path.suffix != ".gz"
    }
    assert found == {entry["path"] for entry in RECORD["vendored"]}
    for package in {entry["package"] for entry in RECORD["vendored"]}:
        paths = [entry["path"] for entry in RECORD["vendored"] if entry["package"] == package]
        assert any("LICEN" in path for path in paths), package


def stale(folder: Path) -> list[str]:
    """The files whose packed twin is missing or holds something else."""
    return [
        path.name
        for path in packable(folder)
        if not packed(path).exists() or gzip.decompress(packed(path).read_bytes()) != path.read_bytes()
    ]


def test_what_travels_packed_is_what_lies_unpacked() -> None:
    assert len(packable()) > 2
    assert stale(STATIC) == [], "run static/src/build.py --pack"


def test_a_stale_or_missing_packed_file_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("new")
    (tmp_path / "a.js.gz").write_bytes(gzip.compress(b"old"))
    (tmp_path / "b.css").write_text("never packed")
    assert stale(tmp_path) == ["a.js", "b.css"]


def test_the_stylesheet_asks_for_nothing_from_elsewhere() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert "data:" not in CSS
    assert "GDS" not in CSS
    assert "govuk-crest" not in CSS


def test_each_language_has_its_own_face() -> None:
    hong_kong = re.search(r":lang\(zh-Hant\)\{--face:([^}]*)\}", CSS)
    mainland = re.search(r":lang\(zh-Hans\)\{--face:([^}]*)\}", CSS)
    assert hong_kong
    assert mainland
    assert "PingFang HK" in hong_kong[1]
    assert "SC" not in hong_kong[1]
    assert "PingFang SC" in mainland[1]
    assert "HK" not in mainland[1]
    assert "text-autospace:normal" in CSS


def luminance(colour: str) -> float:
    def part(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (part(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TOKENS = dict(re.findall(r"\$([a-z-]+): (#[0-9a-f]{6});", (SOURCES / "_tokens.scss").read_text()))


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"),
        ("ink", "mist"),
        ("ink", "focus"),
        ("soft-ink", "paper"),
        ("soft-ink", "mist"),
        ("link", "paper"),
        ("link", "mist"),
        ("link-visited", "mist"),
        ("hong-kong", "paper"),
        ("shenzhen", "paper"),
        ("paper", "hong-kong"),
        ("paper", "shenzhen"),
        ("met", "paper"),
        ("not-met", "not-met-tint"),
        ("unknown", "unknown-tint"),
    ],
)
def test_words_can_be_read_on_their_ground(text: str, ground: str) -> None:
    assert contrast(TOKENS[text], TOKENS[ground]) >= 4.5
