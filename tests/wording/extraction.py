"""Finds every sentence the portal asks to have translated, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from babel.messages.extract import extract

ROOT: Final = Path(__file__).resolve().parents[2]
# ``N_`` marks a sentence that is looked up later.
KEYWORDS: Final[dict[str, Any]] = {
    "_": None,
    "_l": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_TEMPLATE_OPTIONS: Final = {"extensions": "jinja2.ext.i18n", "silent": "false"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the source, its plural when it has one, and its place."""

    english: str
    plural: str | None
    context: str | None
    place: str


def sentences_in(path: Path, root: Path = ROOT) -> Iterator[Sentence]:
    """Read the sentences of one Python file or template."""
    is_template = path.suffix in (".html", ".txt")
    method = "jinja2.ext:babel_extract" if is_template else "python"
    options: dict[str, Any] = dict(_TEMPLATE_OPTIONS) if is_template else {}
    with path.open("rb") as file:
        for line, message, _comments, context in extract(method, file, KEYWORDS, (), options):
            english, plural = message if isinstance(message, tuple) else (message, None)
            if english:
                yield Sentence(english, plural, context, f"{path.relative_to(root)}:{line}")


def source_files(root: Path = ROOT) -> list[Path]:
    """List everything the portal is made of that may speak to a reader."""
    python = sorted((root / "portal").rglob("*.py"))
    templates = sorted(path for path in (root / "templates").rglob("*") if path.suffix in (".html", ".txt"))
    return [*python, *templates]


def all_sentences(root: Path = ROOT) -> list[Sentence]:
    """Read the sentences of the whole portal."""
    return [sentence for path in source_files(root) for sentence in sentences_in(path, root)]
