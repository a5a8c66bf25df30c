"""The record by keyboard alone: finding, mending, uploading, exporting. Nothing needs a mouse, nothing traps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.builders.records import a_pdf
from tests.journeys.conftest import Shots, Visitor

Visit = Callable[..., Visitor]
MOST_STOPS = 120


def tab_to(page: Page, name: str, role: str = "link") -> None:
    """Press Tab until what is called so has the focus, as a reader hears it."""
    wanted = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches {role} “{name}”")


def has_a_visible_mark(page: Page) -> bool:
    """True when what has the focus looks different from what has not."""
    return bool(
        page.evaluate(
            """() => {
              const look = node => { const s = getComputedStyle(node); return [s.boxShadow, s.outline, s.backgroundColor].join() };
              const node = document.activeElement, focused = look(node);
              node.blur();
              const plain = look(node);
              node.focus();
              return focused !== plain;
            }"""
        )
    )


def test_a_credential_is_found_mended_and_registered_by_keyboard(visit: Visit, shots: Shots) -> None:
    visitor = visit()
    visitor.sign_in("mei.lam@example.com")
    visitor.go("/me/credentials")
    page = visitor.page
    tab_to(page, "Add a credential", "button")
    page.keyboard.press("Enter")
    tab_to(page, "Name or abbreviation", "textbox")
    page.keyboard.type("frm")
    page.keyboard.press("Enter")
    tab_to(page, "Financial Risk Manager (FRM)")
    assert has_a_visible_mark(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Financial Risk Manager")
    tab_to(page, "Day", "textbox")
    page.keyboard.type("31")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.type("2024")
    page.keyboard.press("Enter")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("must be a real date")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Day").first).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("28")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Registered.")
    assert visitor.complaints == []


def test_a_document_is_uploaded_by_keyboard_and_attached_from_its_own_page(
    visit: Visit, tmp_path: Path
) -> None:
    visitor = visit()
    visitor.sign_in("kavita.rao@example.com")
    visitor.go("/me/evidence/new")
    page = visitor.page
    (tmp_path / "paper.pdf").write_bytes(a_pdf("uploaded by keyboard"))
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "file":
            break
    assert has_a_visible_mark(page)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(tmp_path / "paper.pdf")
    page.keyboard.press("Tab")
    page.keyboard.type("Sent by keyboard")
    tab_to(page, "Upload", "button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Sent by keyboard")).to_be_visible()
    tab_to(page, "Attach it to", "combobox")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Attach", "button")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Attached.")
    assert visitor.violations() == []
    assert visitor.complaints == []


def test_an_export_shows_how_far_it_is_and_is_taken(visit: Visit, shots: Shots) -> None:
    visitor = visit()
    visitor.sign_in("cheung.mei.yan@example.com")
    page = visitor.page
    pending: list[Route] = []

    def hold(route: Route) -> None:
        pending.append(route)

    page.route("**/me/data/export/step", hold)
    visitor.go("/me/data/export")
    page.click("main form button")
    bar = page.get_by_role("progressbar")
    expect(bar).to_be_visible()
    expect(page.locator("main")).to_contain_text("Your file is being made: 0 of")
    expect(page.get_by_role("button", name="Go on")).to_be_hidden()
    assert visitor.violations() == []
    shots.take(page, "export-progress")
    for route in pending:
        route.continue_()
    pending.clear()
    page.route("**/me/data/export/step", lambda route: route.continue_())
    ready = page.get_by_role("button", name="Download the ZIP file")
    expect(ready).to_be_visible(timeout=30_000)
    with page.expect_download() as download:
        ready.click()
    assert download.value.suggested_filename.endswith(".zip")
    assert visitor.complaints == []
