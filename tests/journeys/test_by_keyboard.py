"""A newcomer who never touches a mouse: from the eligibility check to a submitted application.

Nothing is clicked and nothing is focused by a script: Tab, Space, Enter, arrows and typing alone. At
every stop of the Tab key the element with the focus must lie in the window and look focused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor

EMAIL: Final = "keyed.in@example.com"
PASSWORD: Final = "a bridge crossed without a mouse"
# How many stops a page may have before whoever looks for something gives up.
PATIENCE: Final = 150
# What the focus is drawn with, in one of the properties a focus style may use.
FOCUS_COLOUR: Final = "255, 216, 77"
SKIP_LINK: Final = "govuk-skip-link"
MENU: Final = ".wayfinder"
STOP: Final = """([wanted, colour]) => {
  const on = document.activeElement;
  if (!on || on === document.body) return {at: "", there: false, seen: true, marked: true};
  const box = on.getBoundingClientRect();
  const middle = {x: box.left + box.width / 2, y: box.top + Math.min(box.height, innerHeight) / 2};
  const styles = [getComputedStyle(on)];
  for (const label of on.labels || []) styles.push(getComputedStyle(label, "::before"));
  const drawn = styles.flatMap(style => [
    style.outlineStyle === "none" || style.outlineWidth === "0px" ? "" : style.outlineColor,
    style.boxShadow, style.backgroundColor,
  ]);
  return {
    at: on.outerHTML.slice(0, 160),
    there: on.matches(wanted),
    seen: box.width > 0 && middle.x >= 0 && middle.x <= innerWidth && middle.y >= 0 && middle.y <= innerHeight,
    marked: drawn.some(value => value.includes(colour)),
  };
}"""


class Keyboard:
    """Somebody at a keyboard. Reads the page as one does; touches it with keys alone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def stop(self, wanted: str) -> dict[str, Any]:
        """Where the focus is: whether it is what is wanted, in sight, and looks focused."""
        found: dict[str, Any] = self.page.evaluate(STOP, [wanted, FOCUS_COLOUR])
        return found

    def tab_to(self, wanted: str) -> None:
        """Press Tab until the focus is on what is wanted; every stop on the way must be seen.

        The first stop of a page is the link past its menu, and is taken unless the menu is wanted.
        """
        for _stop in range(PATIENCE):
            self.press("Tab")
            stop = self.stop(wanted)
            assert stop["seen"], f"out of sight on {self.page.url}: {stop['at']}"
            assert stop["marked"], f"does not look focused on {self.page.url}: {stop['at']}"
            if stop["there"]:
                return
            if SKIP_LINK in stop["at"] and not wanted.startswith(MENU):
                self.press("Enter")
        raise AssertionError(f"no way to {wanted} on {self.page.url}")

    def go(self, key: str = "Enter") -> None:
        """Press what leads to another page."""
        with self.page.expect_event("load"):
            self.press(key)

    def follow(self, address: str, within: str = "main") -> None:
        """Go along to a link and follow it."""
        self.tab_to(f'{within} a[href*="{address}"]')
        self.go()

    def send(self, action: str = "/") -> None:
        """Go along to the button of a form and press it."""
        self.tab_to(f'main form[method=post][action*="{action}"] button[type=submit]')
        self.go()
        refused = self.page.locator(".govuk-error-summary")
        assert refused.count() == 0, refused.inner_text()

    def write(self, name: str, value: str) -> None:
        self.tab_to(f'[name="{name}"]')
        self.page.keyboard.type(value)

    def write_day(self, name: str, day: date) -> None:
        for part in ("day", "month", "year"):
            self.write(f"{name}-{part}", str(getattr(day, part)))

    def choose(self, name: str, value: str) -> None:
        """Enter a group of radios and go along it with the arrows; Space takes the one at the door."""
        self.tab_to(f'[name="{name}"]')
        self.press("Space")
        for _choice in range(PATIENCE):
            if self.stop(f'[value="{value}"]:checked')["there"]:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{name} cannot become {value}")

    def tick(self, name: str, value: str = "y") -> None:
        self.tab_to(f'[name="{name}"][value="{value}"]')
        self.press("Space")
        expect(self.page.locator(f'[name="{name}"][value="{value}"]')).to_be_checked()


@pytest.mark.browser
def test_from_the_first_question_to_a_submitted_application(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    keys = Keyboard(visitor.page)
    visitor.go("/")
    check_where_one_stands(keys)
    open_an_account(keys, visitor)
    record_a_credential(keys)
    apply_from_the_mapping(keys)
    agree_and_say_who_one_is(keys)
    submit(keys)
    assert visitor.complaints == []


def check_where_one_stands(keys: Keyboard) -> None:
    keys.follow("/eligibility")
    keys.choose("towards", "hk")
    keys.tick("tracks", "fund-management")
    keys.send()
    for _page in range(40):
        if keys.page.url.endswith("/eligibility/result"):
            return
        if keys.page.locator('main [name="answer"]').count():
            is_fact = "/questions/fact-" in keys.page.url
            keys.choose("answer", "yes" if is_fact else "no")
        keys.send()
    raise AssertionError("the questions do not end")


def open_an_account(keys: Keyboard, visitor: Visitor) -> None:
    keys.send("/eligibility/account")
    keys.choose("home", "sz")
    keys.write("email", EMAIL)
    keys.write("password", PASSWORD)
    keys.write("password_confirm", PASSWORD)
    keys.go()
    visitor.go("/mailbox")
    letters = [
        link.get_attribute("href") for link in keys.page.locator("li", has_text=EMAIL).locator("a").all()
    ]
    keys.follow(str(letters[0]))
    keys.follow("/account/confirm/")
    keys.write("password", PASSWORD)
    keys.go()
    if "/sign-in" in keys.page.url:
        keys.write("email", EMAIL)
        keys.write("password", PASSWORD)
        keys.go()
    expect(keys.page).to_have_url(re.compile(r"/eligibility/carry$"))
    keys.send("/eligibility/carry")


def record_a_credential(keys: Keyboard) -> None:
    keys.follow("/me/credentials", within=MENU)
    keys.follow("/me/credentials/find")
    keys.write("q", "HKSI Paper 1")
    keys.go()
    keys.follow("/me/credentials/new/hksi.le.paper-1")
    keys.write_day("awarded_on", date(2025, 11, 8))
    keys.send("/me/credentials/new/")


def apply_from_the_mapping(keys: Keyboard) -> None:
    keys.follow("/me/mapping", within=MENU)
    keys.tab_to(".clause summary")
    keys.press("Enter")
    assert keys.page.locator(".clause details[open]").count() == 1
    keys.press("Space")
    assert keys.page.locator(".clause details[open]").count() == 0
    keys.follow("/me/applications/start")
    keys.choose("sz", "none")
    keys.send("/me/applications/start")


def agree_and_say_who_one_is(keys: Keyboard) -> None:
    keys.follow("/declarations")
    for box in keys.page.locator("main input[type=checkbox]").all():
        keys.tick(str(box.get_attribute("name")), str(box.get_attribute("value")))
    keys.send("/declarations")
    application = keys.page.url
    keys.follow("/me/about-me")
    keys.follow("/me/about-me/names-on-letters")
    keys.write("name_latin", "XU Keyed")
    keys.write("name_chinese", "许键")
    keys.send("/names-on-letters")
    keys.follow("/me/applications", within=MENU)
    keys.follow(application.partition("/me/")[2])


def submit(keys: Keyboard) -> None:
    keys.follow("/check")
    keys.send("/check")
    expect(keys.page.locator(".govuk-notification-banner")).to_be_visible()
    assert re.search(r"HK-\w{4}-\w{4}", keys.page.inner_text("main"))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("guilty", "says"),
    [
        (
            "a:focus { outline: none !important; box-shadow: none !important; background: none !important }",
            "focused",
        ),
        ("a:focus { position: fixed !important; left: -900px !important }", "out of sight"),
    ],
)
def test_a_page_that_hides_the_focus_is_noticed(
    visit: Callable[..., Visitor], guilty: str, says: str
) -> None:
    visitor = visit()
    visitor.go("/about")
    # By a stylesheet object: the policy of the page allows no other.
    visitor.page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }",
        guilty,
    )
    with pytest.raises(AssertionError, match=says):
        Keyboard(visitor.page).tab_to("#nowhere")
