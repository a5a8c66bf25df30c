"""Every page a visitor meets in the check, in three languages: axe finds nothing, nothing is cut off."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.conftest import PHONE, WIDE, Shots, Visitor
from tests.journeys.test_the_check import answer, press_first
from tests.journeys.test_the_story import Teller

MOST_PAGES = 40


def look(person: Teller) -> list[str]:
    """What is wrong with the page that is open, on a phone and wide."""
    path = person.page.url.partition("/eligibility")[2]
    found = [f"{path}: {each}" for each in person.visitor.violations()]
    for size in (WIDE, PHONE):
        person.page.set_viewport_size(size)  # type: ignore[arg-type]
        if person.visitor.is_wider_than_the_screen():
            found.append(f"{path} is wider than {size['width']} pixels")
    return found


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "zh-Hant-HK", "zh-Hans-CN"])
def test_every_page_of_the_check_is_fit_for_everybody(
    visit: Callable[..., Visitor], shots: Shots, language: str
) -> None:
    person = Teller(visit(language=language, size=PHONE), shots, f"whole-check-{language}")
    found: list[str] = []
    person.go("/eligibility")
    # Refused once for being empty, then answered: both states of a form are pages.
    person.page.locator("main form button[type=submit]").first.click()
    person.page.wait_for_load_state()
    assert person.page.locator(".govuk-error-summary").count()
    found += look(person)
    person.fill(towards="both", tracks=["fund-management"])
    press_first(person)
    found += look(person)
    press_first(person)
    for _page in range(MOST_PAGES):
        found += look(person)
        path = person.page.url.partition("/eligibility")[2]
        if path == "/result":
            break
        answer(person, path)
        press_first(person)
    else:
        pytest.fail("the questions have no end")
    for path in ("/answers", "/questions/licences-hk", "/questions/work", "/work/new"):
        person.go(f"/eligibility{path}")
        found += look(person)
    assert found == []
    assert person.visitor.complaints == []
