"""What a sign-in is: how somebody came in, from which browser, and how long that counts.

Owns the names of browsers and systems as far as a person would know them, read from what a browser
says of itself. It must not know passwords, keys, addresses or pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

# Changing a way of signing in asks for a proof no older than this.
FRESH_FOR: Final = timedelta(minutes=15)
# "Last used" is exact to this; writing it at each request would cost a write a page.
SEEN_EVERY: Final = timedelta(minutes=10)
# A sign-in ends by itself half an hour after the last thing done.
IDLE_FOR: Final = timedelta(minutes=30)
# However busy, a sign-in ends half a day after it began; then everybody shows anew who they are.
LONGEST: Final = timedelta(hours=12)
# Records older than this serve nobody: they go when the same person signs in again.
KEPT_FOR: Final = timedelta(days=365)


class WayIn(StrEnum):
    """The first thing somebody showed to come in."""

    PASSWORD = "password"  # noqa: S105 - the name of a way, not a password
    PASSKEY = "passkey"
    SINGLE_SIGN_ON = "single_sign_on"


@dataclass(frozen=True, slots=True)
class Device:
    """A browser as far as we keep it: its name, its system, and the digest of the mark we left in it.

    Empty names mean that the browser did not say.
    """

    browser: str = ""
    system: str = ""
    digest: str = ""


# The first that fits: browsers also name the ones they descend from.
_BROWSERS: Final = (
    ("wechat", r"MicroMessenger/"),
    ("edge", r"Edg(?:e|A|iOS)?/"),
    ("opera", r"OPR/"),
    ("samsung", r"SamsungBrowser/"),
    ("huawei", r"HuaweiBrowser/"),
    ("firefox", r"(?:Firefox|FxiOS)/"),
    ("chrome", r"(?:Chrome|Chromium|CriOS)/"),
    ("safari", r"Version/.*Safari/"),
)
_SYSTEMS: Final = (
    ("harmonyos", r"HarmonyOS|OpenHarmony"),
    ("android", r"Android"),
    ("ipad", r"iPad"),
    ("iphone", r"iPhone"),
    ("windows", r"Windows"),
    ("mac", r"Macintosh|Mac OS X"),
    ("chromeos", r"CrOS"),
    ("linux", r"Linux"),
)


def device_of(user_agent: str, digest: str = "") -> Device:
    """Read a browser's description of itself.

    >>> device_of("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0")
    Device(browser='edge', system='windows', digest='')
    >>> device_of("curl/8.0")
    Device(browser='', system='', digest='')
    """
    return Device(_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent), digest)


def is_fresh(proven_at: datetime, now: datetime) -> bool:
    """True while a proof is recent enough to change how one signs in."""
    return now - proven_at < FRESH_FOR


def is_alive(begun_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """True while a sign-in may still be used: neither it nor the last thing done is too long ago."""
    return now - begun_at < LONGEST and now - seen_at < IDLE_FOR + SEEN_EVERY


def _first(table: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for name, pattern in table if re.search(pattern, text)), "")
