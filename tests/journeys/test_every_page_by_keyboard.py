"""Every kind of page by keyboard alone: all of it is reached in order, seen where one is, and left again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.conftest import PHONE, WIDE, Visitor
from tests.journeys.pages import KEYBOARD_PAGES, NOBODY, addresses

MOST_STOPS = 400
# How an element looks, with the marks that stand beside or around a control.
LOOKS = """
() => { window.looks = element => {
  const label = element.labels && element.labels[0];
  const drawn = [[element, null], [element, '::before'], [label, '::before'], [element.parentElement, null]];
  return drawn.filter(([each]) => each).map(([each, part]) => {
    const style = getComputedStyle(each, part);
    return ['outlineStyle', 'outlineColor', 'boxShadow', 'backgroundColor', 'borderColor', 'borderWidth',
      'color'].map(name => style[name]).join();
  }).join('|');
}; window.stop = window.first = null; }
"""
# Where the last press of Tab led: what is wrong there, and whether it is the end of the page.
STOP = """
() => {
  const now = document.activeElement, before = window.stop;
  const faults = [];
  if (before && before.element.isConnected && before.element !== now
      && window.looks(before.element) === before.looks)
    faults.push('looks the same with and without focus: ' + before.element.outerHTML.slice(0, 120));
  // Past the end a browser without a frame of its own begins anew.
  if (!now || now === document.body || (before && now === window.first && now !== before.element))
    return {faults, at: ''};
  window.first ||= now;
  const box = now.getBoundingClientRect(), label = now.labels && now.labels[0];
  const seen = [box, label && label.getBoundingClientRect()].some(one => one && one.width > 0
    && one.bottom > 0 && one.top < innerHeight && one.right > 0 && one.left < innerWidth);
  if (!seen) faults.push('is not on the screen: ' + now.outerHTML.slice(0, 120));
  if (before && !(before.element.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING))
    faults.push('comes after what follows it: ' + now.outerHTML.slice(0, 120));
  window.stop = {element: now, looks: window.looks(now)};
  return {faults, at: now.outerHTML.slice(0, 120)};
}
"""
CASES = [(who, size) for who in KEYBOARD_PAGES for size in ("wide", "phone")]


def walk(visitor: Visitor) -> tuple[list[str], list[str]]:
    """Press Tab from the top of the page to its end; gives what was passed, and what was wrong."""
    page = visitor.page
    page.evaluate(LOOKS)
    passed: list[str] = []
    found: list[str] = []
    for _press in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        found += stop["faults"]
        if not stop["at"]:
            return passed, found
        passed.append(stop["at"])
    return passed, [*found, "there is no end: focus is held somewhere"]


@pytest.mark.browser
@pytest.mark.parametrize(("who", "size"), CASES)
def test_every_page_is_walked_by_keyboard(visit: Callable[..., Visitor], who: str, size: str) -> None:
    visitor = visit(size=WIDE if size == "wide" else PHONE)
    if who != NOBODY:
        visitor.come_as(f"{who}@example.com")
    faults: list[str] = []
    for path in addresses(KEYBOARD_PAGES[who], visitor.read):
        visitor.go(path)
        passed, found = walk(visitor)
        faults += [f"{path}: {each}" for each in found]
        assert "govuk-skip-link" in passed[0], path
        # What is folded away is no stop; everything else that leads somewhere is one.
        assert len(passed) > visitor.page.locator("main a[href]:visible").count(), path
    assert faults == []


@pytest.mark.browser
def test_the_skip_link_leads_past_the_menu(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.go("/requirements")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("/eligibility", "towards"),
        ("/account/sign-in", "email"),
        ("/account/register", "home"),
        ("/account/reset", "email"),
        ("/account/confirm", "email"),
        ("/check", "code"),
    ],
)
def test_after_a_bad_form_focus_is_on_what_is_wrong(
    visit: Callable[..., Visitor], path: str, first: str
) -> None:
    """The summary has the focus, its first link leads into the first control, and that says what is wrong."""
    visitor = visit()
    visitor.go(path)
    page = visitor.page
    page.locator("main form button[type=submit]").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    assert page.evaluate("document.activeElement.classList.contains('govuk-error-summary')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert str(page.evaluate("document.activeElement.name")).startswith(first)
    described = page.evaluate(
        "(document.activeElement.closest('fieldset[aria-describedby]') || document.activeElement)"
        ".getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id).textContent).join(' ')"
    )
    message = page.locator(".govuk-error-message").first.inner_text()
    assert " ".join(message.split()) in " ".join(described.split())


@pytest.mark.browser
def test_what_is_folded_opens_by_keyboard(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.go("/sources?q=hksi")
    summary = visitor.page.locator("main summary").first
    summary.focus()
    assert not visitor.page.locator("main details[open]").count()
    visitor.page.keyboard.press("Enter")
    assert visitor.page.locator("main details[open]").count() == 1
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate(
        "document.querySelector('main details[open]').contains(document.activeElement)"
    )


@pytest.mark.browser
def test_the_walk_finds_a_guilty_page(visit: Callable[..., Visitor]) -> None:
    """A control whose focus is not seen, one that comes out of order, and one that holds the focus."""
    visitor = visit()
    visitor.go("/about")
    visitor.page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('#unseen:focus { outline: none; box-shadow: none }');
          document.adoptedStyleSheets = [sheet];
          document.querySelector('main').insertAdjacentHTML('beforeend',
            '<button id="unseen">a</button><button id="early" tabindex="1">b</button>');
        }"""
    )
    _passed, found = walk(visitor)
    assert any("looks the same" in each and "unseen" in each for each in found)
    assert any("comes after what follows it" in each for each in found)
    visitor.go("/about")
    visitor.page.evaluate(
        """() => {
          document.querySelector('main').insertAdjacentHTML('beforeend', '<button id="trap">a</button>');
          document.querySelector('#trap').addEventListener('keydown', event => event.preventDefault());
        }"""
    )
    _passed, found = walk(visitor)
    assert found[-1] == "there is no end: focus is held somewhere"
