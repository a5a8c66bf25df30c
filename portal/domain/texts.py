"""A text in the three languages of the portal, as the rulebook states it.

Owns the value and the choice of a language. It must not know who is reading,
gettext or any page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LANGUAGE_KEYS: Final = ("en", "zh_hant", "zh_hans")
_ATTRIBUTES: Final = {
    "en": "en",
    "zh_hant": "zh_hant",
    "zh_hans": "zh_hans",
    "zh_Hant_HK": "zh_hant",
    "zh_Hans_CN": "zh_hans",
    "zh-Hant-HK": "zh_hant",
    "zh-Hans-CN": "zh_hans",
}


@dataclass(frozen=True, slots=True)
class Text:
    """The same thing said in English, Hong Kong Traditional and Mainland Simplified Chinese."""

    en: str
    zh_hant: str
    zh_hans: str

    def in_language(self, language: str) -> str:
        """Give the wording for a locale such as ``zh_Hant_HK``; refuses an unknown one.

        >>> Text("Bridge", "橋", "桥").in_language("zh_Hans_CN")
        '桥'
        """
        wording: str = getattr(self, _ATTRIBUTES[language])
        return wording

    def to_json(self) -> dict[str, str]:
        """The form the rulebook files use."""
        return {"en": self.en, "zh_hant": self.zh_hant, "zh_hans": self.zh_hans}

    @staticmethod
    def from_json(words: Mapping[str, str]) -> Text:
        """Read the form the rulebook files use."""
        return Text(words["en"], words["zh_hant"], words["zh_hans"])
