"""Every page of every role, in three languages, wide and on a phone: axe finds nothing, nothing is cut off."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.conftest import PHONE, WIDE, Shots, Visitor
from tests.journeys.pages import EVERY_PAGE, NOBODY, addresses

CASES = [(who, language) for who in EVERY_PAGE for language in ("en", "zh-Hant-HK", "zh-Hans-CN")]


@pytest.mark.browser
@pytest.mark.parametrize(("who", "language"), CASES)
def test_every_page_is_fit_for_everybody(
    visit: Callable[..., Visitor], shots: Shots, who: str, language: str
) -> None:
    visitor = visit(language=language)
    if who != NOBODY:
        visitor.come_as(f"{who}@example.com")
    found: list[str] = []
    for path in addresses(EVERY_PAGE[who], visitor.read):
        visitor.go(path)
        found += [f"{path}: {each}" for each in visitor.violations()]
        for size in (PHONE, WIDE):
            visitor.page.set_viewport_size(size)  # type: ignore[arg-type]
            if visitor.is_wider_than_the_screen():
                found.append(f"{path} is wider than {size['width']} pixels")
            shots.take(visitor.page, f"{who}{path.replace('/', '-')}-{language}-{size['width']}")
    assert found == []
    assert visitor.complaints == []


@pytest.mark.browser
def test_axe_finds_a_guilty_page(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.go("/about")
    visitor.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x><input>')")
    assert any(each.startswith(("image-alt", "label")) for each in visitor.violations())
