"""Where a reader may go from any page, as data.

Owns the items of the main menu and of the footer, by audience and endpoint. A
door may have several rooms behind it: they are shown in a second line while the
reader is in one of them, so that the first line stays short.
An item whose endpoint does not exist is not shown, so a room that is closed
leaves no dead door. It must not know who may open what: access is checked
where the page is served; this only spares people doors that stay shut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext as _

from portal.domain.people import NOBODY, Actor, Role
from portal.wording.marking import N_


@dataclass(frozen=True, slots=True)
class Door:
    """A place one can go: its endpoint, its name in English, and the rooms behind it, the first one first.

    ``above`` is where its pages begin, when that is not its own address.
    """

    endpoint: str
    name: str
    method: str = "get"
    rooms: tuple[Door, ...] = ()
    above: str = ""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A door as the menu of one reader shows it.

    ``unread`` counts what waits behind it; ``rooms`` are given only while the reader is in one of them.
    """

    text: str
    address: str
    current: bool = False
    method: str = "get"
    unread: int = 0
    rooms: tuple[MenuItem, ...] = ()


INBOX: Final = "professional.inbox"
# It lies above every room of its reader, so it is marked on its own page alone.
OVERVIEW: Final = "professional.home"
PUBLIC: Final = (
    Door("eligibility.start", N_("Check where you stand")),
    Door("employer.check", N_("Check a code")),
    Door("requirements.index", N_("Requirements")),
    Door("public.for_employers", N_("For employers")),
)
BY_ROLE: Final[dict[Role, tuple[Door, ...]]] = {
    Role.PROFESSIONAL: (
        Door(OVERVIEW, N_("Overview")),
        Door(
            "professional.credentials",
            N_("My record"),
            rooms=(
                Door("professional.credentials", N_("Credentials")),
                Door("professional.work_history", N_("Work history")),
                Door("professional.evidence_shelf", N_("Evidence")),
                Door("professional.about_me", N_("About me")),
            ),
        ),
        Door(
            "professional.mapping",
            N_("My mapping"),
            rooms=(
                Door("professional.mapping", N_("Clause by clause")),
                Door("professional.mappings", N_("All your bridges")),
            ),
        ),
        Door("professional.programmes", N_("Bridging")),
        Door("professional.applications", N_("Applications")),
        Door(
            "professional.recognitions",
            N_("Recognitions"),
            rooms=(
                Door("professional.recognitions", N_("Recognitions")),
                Door("professional.shares", N_("Shares")),
            ),
        ),
        Door(INBOX, N_("Inbox")),
    ),
    Role.OFFICER: (
        Door("administrator.queue", N_("Queue")),
        Door("administrator.recognitions", N_("Recognitions")),
        Door(
            "administrator.duplicates",
            N_("To clear up"),
            rooms=(
                Door("administrator.duplicates", N_("Possible duplicates")),
                Door("administrator.qualification_requests", N_("Qualification requests")),
            ),
        ),
        Door("administrator.failed_mail", N_("Failed e-mails")),
    ),
    Role.PROGRAMME_MANAGER: (Door("programmes.cohorts", N_("Programmes")),),
    Role.EMPLOYER_MEMBER: (
        Door("employer.check", N_("Check a code")),
        Door("employer.looks", N_("Your checks")),
    ),
    Role.SYSTEM_ADMINISTRATOR: (Door("administrator.failed_mail", N_("Failed e-mails")),),
}
SIGNED_OUT: Final = (Door("security.login", N_("Sign in")),)
SIGNED_IN: Final = (
    Door("account.home", N_("Account"), above="/account"),
    Door("security.logout", N_("Sign out"), "post"),
)
FOOT: Final = (
    Door("public.about", N_("About this portal")),
    Door("requirements.index", N_("Requirements")),
    Door("requirements.reading_guide", N_("How to read these rules")),
    Door("requirements.sources", N_("Sources")),
    Door("requirements.releases", N_("Releases of the rules")),
    Door("public.accessibility", N_("Accessibility")),
    Door("public.privacy", N_("Privacy")),
)


def init_navigation(
    app: Flask, actor: Callable[[], Actor] | None = None, unread: Callable[[], int] | None = None
) -> None:
    """Give an application's templates ``navigation()``, ``foot_links()``, ``home_address()`` and ``open_endpoints()``.

    ``actor`` tells who the reader is; without it the actor on ``g`` is used,
    and nobody when there is none. ``unread`` counts what is new in the reader's inbox.
    """
    app.extensions["portal_navigation_actor"] = actor or _actor_of_the_request
    app.extensions["portal_navigation_unread"] = unread or (lambda: 0)
    app.jinja_env.globals["navigation"] = navigation
    app.jinja_env.globals["foot_links"] = foot_links
    app.jinja_env.globals["home_address"] = home_address
    app.jinja_env.globals["open_endpoints"] = lambda: current_app.view_functions


def navigation() -> list[MenuItem]:
    """Give the main menu of the reader now served."""
    actor: Actor = current_app.extensions["portal_navigation_actor"]()
    return menu_for(actor)


def menu_for(actor: Actor) -> list[MenuItem]:
    """Give the doors of all an actor's roles, or the public ones, with the account's at the end."""
    if not actor.is_signed_in:
        return _items((*PUBLIC, *SIGNED_OUT))
    held = [door for role, doors in BY_ROLE.items() if actor.has(role) for door in doors]
    return _items((*dict.fromkeys(held), *SIGNED_IN))


def foot_links() -> list[MenuItem]:
    """Give the links of the footer, the same for everybody."""
    return _items(FOOT)


def home_address() -> str:
    """Give the address behind the brand."""
    return url_for("public.index") if "public.index" in current_app.view_functions else "/"


def _items(doors: Sequence[Door]) -> list[MenuItem]:
    open_doors = [door for door in doors if door.endpoint in current_app.view_functions]
    behind = {room: door for door in open_doors for room in door.rooms or (door,)}
    room = _current([each for each in behind if each.endpoint in current_app.view_functions])
    marked = behind[room] if room else None
    return [
        MenuItem(
            _(door.name),
            url_for(door.endpoint),
            door == marked,
            door.method,
            _unread_behind(door),
            tuple(_items(door.rooms)) if door == marked else (),
        )
        for door in open_doors
    ]


def _unread_behind(door: Door) -> int:
    count: int = current_app.extensions["portal_navigation_unread"]() if door.endpoint == INBOX else 0
    return count


def _current(doors: Sequence[Door]) -> Door | None:
    """The door of the page itself, else the one whose address the page lies under."""
    for door in doors:
        if door.endpoint == request.endpoint:
            return door
    beneath = [
        door
        for door in doors
        if door.method == "get"
        and door.endpoint != OVERVIEW
        and request.path.startswith((door.above or url_for(door.endpoint)).rstrip("/") + "/")
    ]
    return max(beneath, key=lambda door: len(url_for(door.endpoint)), default=None)


def _actor_of_the_request() -> Actor:
    actor = g.get("actor", NOBODY)
    return actor if isinstance(actor, Actor) else NOBODY
