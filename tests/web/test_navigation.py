"""The menu shows each reader the doors of their roles, and no door that leads nowhere."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from flask import Flask, g, url_for
from flask.testing import FlaskClient

from portal.domain.people import NOBODY, Actor, Appointment, Role
from portal.domain.places import Jurisdiction
from portal.web.navigation import (
    BY_ROLE,
    FOOT,
    PUBLIC,
    SIGNED_IN,
    SIGNED_OUT,
    foot_links,
    home_address,
    menu_for,
    navigation,
)
from tests.web.small_app import small_app

SOMEBODY = UUID(int=1)
EVERY_DOOR = {
    each.endpoint
    for doors in (PUBLIC, SIGNED_OUT, SIGNED_IN, FOOT, *BY_ROLE.values())
    for door in doors
    for each in (door, *door.rooms)
}


def make_app(*, without: str = "") -> Flask:
    app = small_app()
    for endpoint in sorted(EVERY_DOOR - {without}):
        app.add_url_rule(f"/{endpoint.replace('.', '/')}", endpoint, lambda: "", methods=["GET", "POST"])
    app.add_url_rule("/professional/mapping/<track>", "professional.track", lambda track: "")
    return app


def actor(*roles: Role) -> Actor:
    held = frozenset(Appointment(role, Jurisdiction.HONG_KONG) for role in roles)
    return Actor(account_id=SOMEBODY, appointments=held)


def menu(app: Flask, who: Actor, path: str = "/") -> list[str]:
    with app.test_request_context(path):
        return [item.text for item in menu_for(who)]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (NOBODY, ["Check where you stand", "Check a code", "Requirements", "For employers", "Sign in"]),
        (
            actor(Role.PROFESSIONAL),
            [
                "Overview",
                "My record",
                "My mapping",
                "Bridging",
                "Applications",
                "Recognitions",
                "Inbox",
                "Account",
                "Sign out",
            ],
        ),
        (
            actor(Role.OFFICER),
            [
                "Queue",
                "Recognitions",
                "To clear up",
                "Failed e-mails",
                "Account",
                "Sign out",
            ],
        ),
        (actor(Role.PROGRAMME_MANAGER), ["Programmes", "Account", "Sign out"]),
        (actor(Role.SYSTEM_ADMINISTRATOR), ["Failed e-mails", "Account", "Sign out"]),
        (
            actor(Role.OFFICER, Role.PROGRAMME_MANAGER),
            [
                "Queue",
                "Recognitions",
                "To clear up",
                "Failed e-mails",
                "Programmes",
                "Account",
                "Sign out",
            ],
        ),
    ],
)
def test_each_reader_sees_the_doors_of_their_roles(who: Actor, expected: list[str]) -> None:
    assert menu(make_app(), who) == expected


def test_every_role_has_its_doors_named() -> None:
    assert set(BY_ROLE) == set(Role)


def test_a_door_that_does_not_exist_is_not_shown() -> None:
    assert "Requirements" not in menu(make_app(without="requirements.index"), NOBODY)


def test_the_page_itself_is_marked_and_so_is_the_door_it_lies_under() -> None:
    app = make_app()
    for path in ("/professional/mapping", "/professional/mapping/fund"):
        with app.test_request_context(path):
            marked = [item.text for item in menu_for(actor(Role.PROFESSIONAL)) if item.current]
        assert marked == ["My mapping"]


@pytest.mark.parametrize(
    ("path", "door", "rooms", "room"),
    [
        (
            "/professional/work_history",
            "My record",
            ["Credentials", "Work history", "Evidence", "About me"],
            "Work history",
        ),
        (
            "/professional/credentials/some/change",
            "My record",
            ["Credentials", "Work history", "Evidence", "About me"],
            "Credentials",
        ),
        (
            "/professional/mappings/papers",
            "My mapping",
            ["Clause by clause", "All your bridges"],
            "All your bridges",
        ),
        ("/professional/shares/some", "Recognitions", ["Recognitions", "Shares"], "Shares"),
        ("/professional/programmes", "Bridging", [], None),
        ("/professional/home", "Overview", [], None),
    ],
)
def test_the_rooms_behind_a_door_are_shown_to_those_who_are_in_one(
    path: str, door: str, rooms: list[str], room: str | None
) -> None:
    with make_app().test_request_context(path):
        shown = menu_for(actor(Role.PROFESSIONAL))
    (marked,) = [item for item in shown if item.current]
    assert marked.text == door
    assert [each.text for each in marked.rooms] == rooms
    assert next((each.text for each in marked.rooms if each.current), None) == room
    assert all(not item.rooms for item in shown if item is not marked)


def test_the_overview_is_marked_on_its_own_page_alone() -> None:
    with make_app().test_request_context("/professional/home/elsewhere"):
        assert not any(item.current for item in menu_for(actor(Role.PROFESSIONAL)))


def test_a_closed_room_is_not_shown_behind_its_door() -> None:
    with make_app(without="professional.work_history").test_request_context("/professional/credentials"):
        (marked,) = [item for item in menu_for(actor(Role.PROFESSIONAL)) if item.current]
    assert [room.text for room in marked.rooms] == ["Credentials", "Evidence", "About me"]


def test_signing_out_is_a_form_and_not_a_link() -> None:
    with make_app().test_request_context("/"):
        assert [i.text for i in menu_for(actor()) if i.method == "post"] == ["Sign out"]


def test_the_menu_knows_the_reader_from_the_request() -> None:
    app = make_app()
    app.extensions.pop("portal_navigation_actor")
    from portal.web.navigation import init_navigation

    init_navigation(app)
    with app.test_request_context("/"):
        assert navigation()[-1].text == "Sign in"
        g.actor = actor(Role.OFFICER)
        assert navigation()[0].text == "Queue"


def test_the_footer_is_the_same_for_everybody_and_home_is_where_the_landing_page_is() -> None:
    app = make_app()
    with app.test_request_context("/"):
        assert [link.text for link in foot_links()] == [
            "About this portal",
            "Requirements",
            "How to read these rules",
            "Sources",
            "Releases of the rules",
            "Accessibility",
            "Privacy",
        ]
        assert home_address() == "/"


def test_every_door_of_the_menus_exists_in_the_portal(the_app: Flask) -> None:
    with the_app.test_request_context("/"):
        for doors in (PUBLIC, SIGNED_OUT, SIGNED_IN, FOOT, *BY_ROLE.values()):
            for door in doors:
                for each in (door, *door.rooms):
                    assert each.endpoint in the_app.view_functions, each.endpoint
                    assert url_for(each.endpoint).startswith("/")


def test_every_page_of_an_account_lies_under_its_door(sign_in: Callable[[str], FlaskClient]) -> None:
    browser = sign_in("mei_lam")
    for path in ("/account/settings", "/account/ways", "/account/password", "/account/sign-ins"):
        page = BeautifulSoup(browser.get(path).text, "html.parser")
        assert [link.get_text() for link in page.select(".wayfinder a[aria-current]")] == ["Account"], path
