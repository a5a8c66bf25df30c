"""Every e-mail a person is told by, in three languages, as one table to be read in review."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from portal.wording.languages import LANGUAGES
from portal.wording.stationery import TemplateStationery

ROOT: Final = Path(__file__).parents[2]
_FACTS: Final = {
    "base_url": "https://bridge.example/me/inbox",
    "reference": "HK-4F7Q-2XKM",
    "references": ["HK-4F7Q-2XKM", "SZ-9C3D-7TRW"],
    "reply_by": date(2026, 12, 1),
    "gone_on": date(2026, 12, 8),
}


def kinds() -> list[str]:
    """The kinds written on the sheet of people who have an account."""
    sheets = sorted((ROOT / "templates" / "emails").glob("[a-z]*.txt"))
    return [path.stem for path in sheets if "emails/_email.txt" in path.read_text(encoding="utf-8")]


def email_table(kind: str) -> str:
    """One kind in all languages, as it leaves the house."""
    stationery = TemplateStationery(ROOT / "templates")
    written = (stationery.write_email(kind, language.locale, _FACTS) for language in LANGUAGES)
    return "\n".join(f"## {one.language}\n\n**{one.subject}**\n\n{one.body}\n" for one in written)


def whole_table() -> str:
    """All kinds, each under its name."""
    return "\n".join(f"# {kind}\n\n{email_table(kind)}" for kind in kinds())


if __name__ == "__main__":
    Path(__file__).with_name("emails.md").write_text(whole_table(), encoding="utf-8")
