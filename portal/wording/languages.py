"""The three languages of the portal, and every name each of them goes by.

Owns the mapping between a language's tag (what the browser and ``lang``
attributes use), its locale (what gettext and Babel use) and the name its own
readers call it by. It must not know requests, cookies or accounts: choosing a
language for a reader is the web's affair.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class DateOrder(StrEnum):
    """The order in which a reader expects to type the parts of a date."""

    DAY_FIRST = "day_first"
    YEAR_FIRST = "year_first"


@dataclass(frozen=True, slots=True)
class Language:
    """One language the portal speaks.

    ``tag`` is the BCP 47 name used in ``lang`` attributes, addresses and
    cookies; ``locale`` is the name gettext and Babel know it by.
    """

    tag: str
    locale: str
    own_name: str
    date_order: DateOrder

    @property
    def is_chinese(self) -> bool:
        return self.locale.startswith("zh")


ENGLISH: Final = Language("en", "en", "English", DateOrder.DAY_FIRST)
HONG_KONG: Final = Language("zh-Hant-HK", "zh_Hant_HK", "繁體中文", DateOrder.DAY_FIRST)
MAINLAND: Final = Language("zh-Hans-CN", "zh_Hans_CN", "简体中文", DateOrder.YEAR_FIRST)

LANGUAGES: Final[tuple[Language, ...]] = (ENGLISH, HONG_KONG, MAINLAND)
TRANSLATED: Final[tuple[Language, ...]] = (HONG_KONG, MAINLAND)

# Readers of the older names mean one of ours: a Taiwanese or Macao browser is
# better served by traditional characters, a Singaporean one by simplified.
_TRADITIONAL: Final = frozenset({"hant", "hk", "tw", "mo"})


def language_named(name: str | None) -> Language | None:
    """Find the language a tag or a locale means, however it is spelt.

    Gives nothing for a language the portal does not speak, so that the caller
    can go on to the reader's next wish.

    >>> language_named("zh-TW").tag
    'zh-Hant-HK'
    >>> language_named("zh_CN").tag
    'zh-Hans-CN'
    >>> language_named("en-GB").tag
    'en'
    >>> language_named("fr") is None
    True
    """
    parts = (name or "").replace("_", "-").lower().split("-")
    if parts[0] == "en":
        return ENGLISH
    if parts[0] == "yue":
        return HONG_KONG
    if parts[0] != "zh":
        return None
    if "hans" in parts:
        return MAINLAND
    return HONG_KONG if _TRADITIONAL.intersection(parts) else MAINLAND


def language_of(locale: str) -> Language:
    """Give the language of a stored locale or tag.

    Refuses with ``ValueError`` a name that is not exactly one of ours: what is
    stored was chosen by the portal, so another value is a fault, not a wish.
    """
    for language in LANGUAGES:
        if locale in (language.locale, language.tag):
            return language
    raise ValueError(f"no such language: {locale!r}")
