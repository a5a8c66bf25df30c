"""What the ten main pages weigh on the wire: the first visit with everything, a later one with the page alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.pages import MAIN_PAGES, NOBODY

MOST_AT_FIRST, MOST_LATER = 150_000, 30_000


def weigh(visitor: Visitor, path: str) -> int:
    """The bytes a browser receives for a page and all it needs, headers included."""
    received: list[float] = []
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("Network.enable")

    def note(event: dict[str, Any]) -> None:
        received.append(event["encodedDataLength"])

    session.on("Network.loadingFinished", note)
    visitor.go(path)
    visitor.page.wait_for_load_state("networkidle")
    session.detach()
    return int(sum(received))


@pytest.mark.browser
@pytest.mark.parametrize(("who", "path"), MAIN_PAGES)
def test_a_main_page_is_light(
    visit: Callable[..., Visitor], record_property: Callable[[str, object], None], who: str, path: str
) -> None:
    visitor = visit(language="zh-Hans-CN")
    if who != NOBODY:
        visitor.come_as(f"{who}@example.com")
        # Signing in has filled the cache: a new window of the same person begins without one.
        cookies = visitor.context.cookies()
        visitor = visit(language="zh-Hans-CN")
        visitor.context.add_cookies(cookies)
    first, later = weigh(visitor, path), weigh(visitor, path)
    record_property("first", first)
    record_property("later", later)
    assert later < first
    assert first < MOST_AT_FIRST
    assert later < MOST_LATER


@pytest.mark.browser
def test_weighing_notices_what_is_sent(visit: Callable[..., Visitor]) -> None:
    assert weigh(visit(), "/static/vendor/govuk-frontend/govuk-frontend.min.js") > 10_000
