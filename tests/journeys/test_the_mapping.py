"""The mapping in a real browser: on paper, by keyboard alone, with and without a script, in three languages."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.conftest import PHONE, WIDE, Shots, Visitor

ME = "kavita.rao@example.com"
FUNDS = "/me/mapping?track=fund-management"
LANGUAGES = ("en", "zh-Hant-HK", "zh-Hans-CN")


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mapping_is_fit_for_everybody(visit: Callable[..., Visitor], shots: Shots, language: str) -> None:
    visitor = visit(language=language)
    visitor.come_as(ME)
    found: list[str] = []
    for name, path in (
        ("page", FUNDS),
        ("filtered", f"{FUNDS}&show=unknown"),
        ("another-day", f"{FUNDS}&on=2027-03-01"),
        ("no-counterpart", "/me/mapping?track=operational-risk"),
        ("overview", "/me/mappings"),
        ("papers", "/me/mappings/papers"),
    ):
        visitor.go(path)
        found += [f"{path}: {each}" for each in visitor.violations()]
        for size in (PHONE, WIDE):
            visitor.page.set_viewport_size(size)  # type: ignore[arg-type]
            if visitor.is_wider_than_the_screen():
                found.append(f"{path} is wider than {size['width']} pixels")
            shots.take(visitor.page, f"mapping-{name}-{language}-{size['width']}")
    assert found == []
    assert visitor.complaints == []


@pytest.mark.browser
def test_cities_stand_side_by_side_when_wide_and_in_turn_on_a_phone(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.come_as(ME)
    visitor.go(FUNDS)
    for size, beside in ((WIDE, True), (PHONE, False)):
        visitor.page.set_viewport_size(size)  # type: ignore[arg-type]
        for banks in visitor.page.locator(".banks").all():
            first, second = (box for one in banks.locator("> section").all() if (box := one.bounding_box()))
            assert (first["y"] == second["y"]) is beside
            assert (first["x"] < second["x"]) is beside


@pytest.mark.browser
def test_on_paper_everything_lies_open_and_nothing_leads_away(
    visit: Callable[..., Visitor], shots: Shots, tmp_path: Path
) -> None:
    visitor = visit()
    visitor.come_as(ME)
    visitor.go(FUNDS)
    fold = visitor.page.locator(".clause > .clause__body > details > .govuk-details__text").first
    assert not fold.is_visible()
    visitor.page.emulate_media(media="print")
    assert fold.is_visible()
    for gone in (".wayfinder", ".rooms", ".languages", ".filters", ".bar", ".foot__links"):
        assert not visitor.page.locator(gone).first.is_visible(), gone
    assert visitor.page.locator(".printed__sources li").count() > 5
    shots.take(visitor.page, "mapping-on-paper")
    paper = tmp_path / "mapping.pdf"
    paper.write_bytes(visitor.page.pdf(format="A4"))
    printed = subprocess.run(
        ["pdftotext", "-layout", str(paper), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "https://www.sfc.hk" in printed or "https://sfc.hk" in printed
    assert "Every way and every source" in printed
    assert "SHA-256" in printed
    assert "1 / " in printed
    assert "My mapping" not in printed
    assert "Print or save" not in printed


@pytest.mark.browser
def test_by_keyboard_alone_one_filters_unfolds_and_asks_for_another_day(
    visit: Callable[..., Visitor],
) -> None:
    visitor = visit()
    visitor.come_as(ME)
    visitor.go(FUNDS)
    page = visitor.page
    page.locator(".filters a").nth(2).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**show=unknown**")
    summary = page.locator(".clause summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator(".clause details[open]").count() == 1
    page.locator("#on-day").focus()
    for typed, then in (("1", "Tab"), ("3", "Tab"), ("2027", "Enter")):
        page.keyboard.press("Control+A")
        page.keyboard.type(typed)
        page.keyboard.press(then)
    page.wait_for_url("**on-year=2027**")
    assert "not today" in page.locator(".other-day").inner_text()
    assert "show=unknown" in page.url
    page.locator(".other-day a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "2027" not in url)


@pytest.mark.browser
def test_the_mark_makes_itself_with_a_script_and_by_a_button_without(visit: Callable[..., Visitor]) -> None:
    plain = visit(scripts=False)
    plain.sign_in("huang.jiaqi@example.com")
    plain.go(FUNDS)
    button = plain.page.locator('form[action="/me/mapping/seen"] button')
    assert button.is_visible()
    button.click()
    plain.page.wait_for_url("**/me/mapping?track=fund-management")
    assert plain.page.locator('form[action="/me/mapping/seen"]').count() == 0

    scripted = visit()
    scripted.sign_in("ng.tsz.ching@example.com")
    with scripted.page.expect_response("**/me/mapping/seen"):
        scripted.go("/me/mapping?track=tax")
    assert not scripted.page.locator("form[data-by-itself]").is_visible()
    scripted.go("/me/mapping?track=tax")
    assert scripted.page.locator("form[data-by-itself]").count() == 0
    assert scripted.complaints == []
