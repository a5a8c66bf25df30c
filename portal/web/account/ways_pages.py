"""What the pages about ways to sign in show, as sentences in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import segno
from flask import url_for
from flask_babel import gettext as _, ngettext
from markupsafe import Markup

from portal.domain.sign_ins import Device, WayIn
from portal.services.house import House
from portal.services.sign_ins import SignInListing
from portal.services.ways import HeldKey, Ways
from portal.web.formatting import moment

_QUIET, _SCALE = 3, 5


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A passkey or a single sign-on, with the way to remove it."""

    id: UUID
    name: str
    since: str
    used: str
    remove_address: str


@dataclass(frozen=True, slots=True)
class WaysPage:
    """All ways into an account."""

    has_password: bool
    has_second_step: bool
    passkeys: tuple[KeyRow, ...]
    app_since: str
    app_used: str
    provider: str
    outside: tuple[KeyRow, ...]
    codes_left: int
    codes_made: str
    codes_sentence: str


@dataclass(frozen=True, slots=True)
class SignInRow:
    """A browser in which the account is, or was, signed in."""

    id: UUID
    where: str
    way: str
    begun: str
    seen: str
    is_this: bool
    is_alive: bool


def ways_page(house: House, ways: Ways) -> WaysPage:
    """Prepare the page of all ways."""
    sign_on = house.sign_on
    return WaysPage(
        has_password=ways.has_password,
        has_second_step=ways.has_second_step,
        passkeys=tuple(_key(each, "account.remove_passkey", each.name) for each in ways.passkeys),
        app_since=moment(ways.app_since) if ways.app_since else "",
        app_used=_used(ways.app_used_at),
        provider=sign_on.name if sign_on else "",
        outside=tuple(
            _key(
                each,
                "account.remove_outside",
                sign_on.name if sign_on and sign_on.issuer == each.name else each.name,
            )
            for each in ways.outside
        ),
        codes_left=ways.codes_left,
        codes_made=moment(ways.codes_made_at) if ways.codes_made_at else "",
        codes_sentence=ngettext(
            "%(num)s unused code is left.", "%(num)s unused codes are left.", ways.codes_left
        ),
    )


def sign_in_row(listing: SignInListing) -> SignInRow:
    """One browser of the list."""
    return SignInRow(
        id=listing.id,
        where=device_name(Device(listing.browser, listing.system)),
        way=way_name(listing.way),
        begun=moment(listing.begun_at),
        seen=moment(listing.seen_at),
        is_this=listing.is_this,
        is_alive=listing.is_alive,
    )


def device_name(device: Device) -> str:
    """A browser and its system in the words of the people who use them."""
    browser = {
        "wechat": _("WeChat"),
        "edge": "Edge",
        "opera": "Opera",
        "samsung": _("Samsung Internet"),
        "huawei": _("Huawei Browser"),
        "firefox": "Firefox",
        "chrome": "Chrome",
        "safari": "Safari",
    }.get(device.browser, _("A browser"))
    system = {
        "harmonyos": "HarmonyOS",
        "android": "Android",
        "ipad": "iPad",
        "iphone": "iPhone",
        "windows": "Windows",
        "mac": "Mac",
        "chromeos": "ChromeOS",
        "linux": "Linux",
    }.get(device.system)
    return _("%(browser)s on %(system)s", browser=browser, system=system) if system else browser


def way_name(way: WayIn) -> str:
    """How somebody came in."""
    return {
        WayIn.PASSWORD: _("with the password"),
        WayIn.PASSKEY: _("with a passkey"),
        WayIn.SINGLE_SIGN_ON: _("by single sign-on"),
    }[way]


def square_code(address: str) -> Markup:
    """A square code as a drawing in the page, without styles, which the page's policy forbids."""
    code = segno.make(address, error="m", micro=False)
    side = code.symbol_size(border=_QUIET)[0]
    drawn = code.svg_inline(border=_QUIET, light="#ffffff", omitsize=True, svgclass=None, lineclass=None)
    named = Markup('<svg role="img" aria-label="{}" width="{}" height="{}"').format(
        _("A square code that holds the key below"), side * _SCALE, side * _SCALE
    )
    # Drawn by the library: paths and figures alone.
    return named + Markup(drawn.removeprefix("<svg"))  # noqa: S704


def _key(held: HeldKey, endpoint: str, name: str) -> KeyRow:
    return KeyRow(
        id=held.id,
        name=name,
        since=moment(held.since),
        used=_used(held.used_at),
        remove_address=url_for(endpoint, key=held.id),
    )


def _used(at: datetime | None) -> str:
    return _("Last used %(moment)s.", moment=moment(at)) if at else _("Not used yet.")
