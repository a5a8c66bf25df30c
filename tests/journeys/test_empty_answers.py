"""A form sent empty: the summary of what is missing has the focus, and each of its lines leads to a control."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.conftest import PHONE, Visitor
from tests.journeys.pages import FORMS, NOBODY, addresses

LEADS_THERE = """
place => { const goal = document.querySelector(place), on = document.activeElement;
  return !!goal && (on === goal || goal.contains(on)); }
"""


@pytest.mark.browser
@pytest.mark.parametrize("who", FORMS)
def test_what_is_missing_is_said_first_and_leads_to_where_it_is_missing(
    visit: Callable[..., Visitor], who: str
) -> None:
    visitor = visit(language="zh-Hans-CN", size=PHONE)
    page = visitor.page
    if who != NOBODY:
        visitor.come_as(f"{who}@example.com")
    for path in addresses(FORMS[who], visitor.read):
        visitor.go(path)
        with page.expect_event("load"):
            page.locator("main form[method=post] button[type=submit]").last.click()
        summary = page.locator(".govuk-error-summary")
        assert summary.evaluate("summary => document.activeElement === summary"), path
        assert page.title().startswith("错误："), path
        lines = summary.locator("a").all()
        assert lines, path
        for line in lines:
            place = str(line.get_attribute("href"))
            line.focus()
            page.keyboard.press("Enter")
            assert page.evaluate(LEADS_THERE, place), f"{path}: {place}"
            page.keyboard.press("Tab")
            assert not page.evaluate("document.activeElement === document.body"), f"{path}: held at {place}"
        assert not visitor.is_wider_than_the_screen(), path
        assert visitor.violations() == [], path
    assert visitor.complaints == []
