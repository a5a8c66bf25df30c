"""An upload over a slow line: its progress is seen and said, what is too large never travels, typing stays."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pikepdf
from playwright.sync_api import expect

from tests.builders.papers import a_pdf_with, a_pdf_with_a_script
from tests.builders.records import a_pdf
from tests.journeys.conftest import Shots, Visitor

Visit = Callable[..., Visitor]
UPLOAD = "/me/evidence/new"


def a_large_pdf(folder: Path) -> Path:
    """A PDF of nearly 10 MB that nothing compresses."""
    noise = os.urandom(9 * 1024 * 1024)

    def change(document: pikepdf.Pdf) -> None:
        document.Root.Noise = document.make_stream(noise)

    path = folder / "large.pdf"
    path.write_bytes(a_pdf_with(change))
    return path


def slow_down(visitor: Visitor, *, bytes_a_second: int) -> None:
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 50,
            "downloadThroughput": -1,
            "uploadThroughput": bytes_a_second,
        },
    )


def test_progress_is_seen_and_said_over_a_slow_line(visit: Visit, shots: Shots, tmp_path: Path) -> None:
    visitor = visit()
    visitor.sign_in("mei.lam@example.com")
    visitor.go(UPLOAD)
    page = visitor.page
    page.set_input_files("#file", a_large_pdf(tmp_path))
    page.fill("#description", "A large scan")
    slow_down(visitor, bytes_a_second=3 * 512 * 1024)
    page.click("main form[data-upload] button")
    bar = page.get_by_label("How far the upload is")
    expect(bar).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("25% uploaded")
    assert 25 <= page.evaluate("document.querySelector('progress').value") < 100
    shots.take(page, "upload-progress")
    assert visitor.violations() == []
    expect(page.get_by_role("heading", level=1, name="A large scan")).to_be_visible(timeout=30_000)
    assert visitor.complaints == []


def test_a_file_that_is_too_large_is_refused_before_it_travels(visit: Visit, tmp_path: Path) -> None:
    visitor = visit()
    visitor.sign_in("mei.lam@example.com")
    visitor.go(UPLOAD)
    page = visitor.page
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    (tmp_path / "huge.pdf").write_bytes(bytes(10 * 1024 * 1024 + 1))
    page.set_input_files("#file", tmp_path / "huge.pdf")
    page.fill("#description", "A huge scan")
    page.click("main form[data-upload] button")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("This file is larger than 10 MB.")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.input_value("#description") == "A huge scan"
    assert page.title().startswith("Error: Upload a document")
    assert "POST" not in sent
    assert visitor.violations() == []


def test_a_refusal_by_the_portal_keeps_what_was_typed_and_the_form_works_again(
    visit: Visit, tmp_path: Path
) -> None:
    visitor = visit()
    visitor.sign_in("mei.lam@example.com")
    visitor.go(UPLOAD)
    page = visitor.page
    (tmp_path / "script.pdf").write_bytes(a_pdf_with_a_script())
    (tmp_path / "sound.pdf").write_bytes(a_pdf("after a refusal"))
    page.set_input_files("#file", tmp_path / "script.pdf")
    page.fill("#description", "My degree")
    page.click("main form[data-upload] button")
    expect(page.locator(".govuk-error-summary")).to_contain_text("This PDF can run something")
    assert page.input_value("#description") == "My degree"
    page.set_input_files("#file", tmp_path / "sound.pdf")
    page.click("main form[data-upload] button")
    expect(page.get_by_role("heading", level=1, name="My degree")).to_be_visible()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Uploaded.")


def test_without_scripts_the_plain_form_does_the_same(visit: Visit, tmp_path: Path) -> None:
    visitor = visit(scripts=False)
    visitor.sign_in("mei.lam@example.com")
    visitor.go(UPLOAD)
    page = visitor.page
    expect(page.locator("progress")).to_be_hidden()
    (tmp_path / "plain.pdf").write_bytes(a_pdf("without scripts"))
    page.set_input_files("#file", tmp_path / "plain.pdf")
    page.fill("#description", "Plain form")
    page.click("main form[data-upload] button")
    expect(page.get_by_role("heading", level=1, name="Plain form")).to_be_visible()
