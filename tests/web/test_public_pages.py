"""The public pages and the error pages, in three languages, with nothing behind them."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template
from werkzeug.exceptions import default_exceptions

from portal.web.public.routes import public
from portal.wording.languages import LANGUAGES
from tests.pages.faults import faults
from tests.pages.strict_client import StrictClient
from tests.web.small_app import ROOT, small_app

PAGES = ["/", "/about", "/for-employers", "/accessibility", "/privacy"]
ERRORS = sorted(path.stem for path in (ROOT / "templates" / "errors").glob("*.html"))
TAGS = [language.tag for language in LANGUAGES]


def make_app(**settings: str) -> Flask:
    app = small_app()
    app.config.update(settings)
    app.register_blueprint(public)
    return app


@pytest.fixture(scope="module")
def app() -> Flask:
    return make_app()


@pytest.mark.parametrize("language", TAGS)
@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_keeps_the_standard(app: Flask, path: str, language: str) -> None:
    answer = StrictClient(app, language=language).get(path)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text


@pytest.mark.parametrize("language", TAGS)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_that_it_is_a_demonstration_and_no_licence(
    app: Flask, path: str, language: str
) -> None:
    notice = BeautifulSoup(StrictClient(app, language=language).get(path).text, "html.parser").select_one(
        ".notice"
    )
    assert notice is not None
    expected = {"en": "not a licence", "zh-Hant-HK": "並非牌照", "zh-Hans-CN": "不是执业许可"}[language]
    assert expected in notice.text


def test_a_configured_portal_names_who_runs_it_and_whom_to_ask() -> None:
    app = make_app(
        OPERATOR_NAME="Harbour Trust",
        OPERATOR_EMAIL="desk@harbour.example",
        PRIVACY_OFFICER="Ada Ko",
    )
    client = StrictClient(app)
    about, privacy = client.get("/about").text, client.get("/privacy").text
    assert "run by Harbour Trust" in about
    assert "desk@harbour.example" in about
    assert "Ada Ko" in privacy
    assert "Harbour Trust is responsible" in privacy
    assert "Demonstration" not in about
    assert "demonstration" not in privacy


@pytest.mark.parametrize(
    ("language", "near"), [("en", "Hong Kong"), ("zh-Hant-HK", "香港"), ("zh-Hans-CN", "深圳")]
)
def test_the_bridge_of_the_landing_page_begins_where_the_reader_is(
    app: Flask, language: str, near: str
) -> None:
    page = BeautifulSoup(StrictClient(app, language=language).get("/").text, "html.parser")
    assert next(name.text for name in page.select("svg.bridge text")) == near


def test_an_operator_cannot_break_out_of_the_page() -> None:
    page = make_app(OPERATOR_NAME="<script>x</script>").test_client().get("/about").text
    assert "<script>x" not in page


@pytest.mark.parametrize("language", TAGS)
@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_keeps_the_standard_and_needs_nothing(app: Flask, name: str, language: str) -> None:
    with app.test_request_context("/x", headers={"Accept-Language": language}):
        page = render_template(f"errors/{name}.html", status=name, reference="7F3A2B")
    assert faults(page, language=language) == []
    assert "7F3A2B" in page


def test_an_error_page_says_what_the_use_case_said(app: Flask) -> None:
    with app.test_request_context("/x"):
        page = render_template("errors/422.html", status=422, message="A place is no longer free.")
    assert "A place is no longer free." in page
    assert "does not fit together" not in page


def test_a_stale_form_leads_back_to_what_was_typed(app: Flask) -> None:
    with app.test_request_context("/x"):
        page = render_template("errors/400.html", status=400, kept=True, form_address="/me/credentials/add")
    assert 'href="/me/credentials/add"' in page
    assert "is kept" in page


def test_every_error_a_person_may_meet_has_its_page() -> None:
    for status in (400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503):
        assert str(status) in ERRORS
        assert status in default_exceptions
    assert "other" in ERRORS


def test_the_error_pages_stand_on_a_layout_without_session_or_menu() -> None:
    layout = (ROOT / "templates" / "layouts" / "error.html").read_text() + (
        ROOT / "templates" / "layouts" / "base.html"
    ).read_text()
    for word in ("csrf_token", "navigation()", "page_messages", "current_user", "session."):
        assert word not in layout
    for path in Path(ROOT / "templates" / "errors").glob("*.html"):
        assert path.read_text().startswith('{% extends "layouts/error.html" %}')
