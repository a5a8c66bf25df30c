"""What a holder's share pages show, as sentences in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _, ngettext

from portal.domain.disclosure import Factor, ShareState
from portal.models.recognitions import Recognition
from portal.services.disclosure import shown_recognition
from portal.services.house import House
from portal.services.sharing import HeldShare, HolderLook, ShareListing
from portal.web.bridge import city_name
from portal.web.formatting import day, moment, spoken
from portal.web.share_words import purpose_name, status_sentence

_COLOURS = {
    ShareState.OPEN: "green",
    ShareState.ENDED: "grey",
    ShareState.EXPIRED: "grey",
    ShareState.LOCKED: "red",
}


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One share of the list."""

    code: str
    purpose: str
    until: str
    state: str
    colour: str
    looks: str


@dataclass(frozen=True, slots=True)
class SharePage:
    """One share in full; ``pin`` is there on the first showing alone."""

    code: str
    state: str
    colour: str
    is_open: bool
    is_locked: bool
    pin: str
    rows: tuple[dict[str, str], ...]
    looks: tuple[tuple[str, ...], ...]
    has_older_looks: bool


def share_row(listing: ShareListing) -> ShareRow:
    """One share of the list."""
    return ShareRow(
        code=listing.code,
        purpose=purpose_name(listing.purpose, listing.purpose_note),
        until=day(listing.until),
        state=state_name(listing.state),
        colour=_COLOURS[listing.state],
        looks=_looks_sentence(listing),
    )


def share_page(house: House, held: HeldShare, *, pin: str) -> SharePage:
    """One share in full."""
    listing = held.listing
    return SharePage(
        code=listing.code,
        state=state_name(listing.state),
        colour=_COLOURS[listing.state],
        is_open=listing.state is ShareState.OPEN,
        is_locked=listing.state is ShareState.LOCKED,
        pin=pin,
        rows=_rows(house, held),
        looks=tuple(map(_look_row, held.looks)),
        has_older_looks=listing.times_shown + listing.wrong_tries > len(held.looks),
    )


def recognition_choice(house: House, recognition: Recognition) -> tuple[str, str, str]:
    """A recognition as the form offers it: key, title, and how it stands today."""
    shown = shown_recognition(house, recognition, on=house.clock.today())
    title = _("%(city)s: %(target)s", city=city_name(shown.jurisdiction), target=spoken(shown.title))
    return str(recognition.id), title, status_sentence(shown)


def state_name(state: ShareState) -> str:
    """A share's state in a word."""
    return {
        ShareState.OPEN: _("Open for checks"),
        ShareState.ENDED: _("Ended"),
        ShareState.EXPIRED: _("Expired"),
        ShareState.LOCKED: _("Locked"),
    }[state]


def _rows(house: House, held: HeldShare) -> tuple[dict[str, str], ...]:
    listing = held.listing
    today = house.clock.today()
    recognitions = [shown_recognition(house, each, on=today) for each in held.recognitions]
    return (
        {"key": _("Shared for"), "value": purpose_name(listing.purpose, listing.purpose_note)},
        *(
            {
                "key": _(
                    "%(city)s: %(target)s", city=city_name(each.jurisdiction), target=spoken(each.title)
                ),
                "value": status_sentence(each),
            }
            for each in recognitions
        ),
        {"key": _("Bridging"), "value": _("Included") if held.shows_bridging else _("Not included")},
        {"key": _("Second item"), "value": factor_name(held.factor)},
        {"key": _("Made"), "value": moment(held.made_at)},
        _last_row(held),
    )


def _last_row(held: HeldShare) -> dict[str, str]:
    if held.ended_at is not None:
        return {"key": _("Ended"), "value": moment(held.ended_at)}
    return {"key": _("Open until"), "value": day(held.listing.until)}


def factor_name(factor: Factor) -> str:
    """What somebody must know besides the code."""
    return _("A PIN") if factor is Factor.PIN else _("My date of birth")


def _looks_sentence(listing: ShareListing) -> str:
    shown = ngettext("Shown %(num)s time.", "Shown %(num)s times.", listing.times_shown)
    if not listing.wrong_tries:
        return shown
    wrong = ngettext("%(num)s wrong try.", "%(num)s wrong tries.", listing.wrong_tries)
    return f"{shown} {wrong}" if not shown.endswith("。") else shown + wrong


def _look_row(look: HolderLook) -> tuple[str, ...]:
    who = look.looked_as or _("Not said")
    known = _("%(who)s (signed in as an employer)", who=who) if look.by_member else who
    return (
        moment(look.at),
        known,
        _("Shown") if look.shown else _("Not shown: wrong second item, or no longer open"),
        look.reference,
    )
