"""Templates write days, numbers, money and the rulebook's texts as the reader writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask, flash, render_template_string

from portal.domain.texts import Text
from portal.web.formatting import FILTERS
from tests.web.small_app import small_app

DAY = date(2026, 3, 5)
FACTS = {
    "day": DAY,
    "at": datetime(2026, 3, 5, 6, 5, tzinfo=UTC),
    "text": Text("Fund", "基金業", "基金"),
    "names": ["A", "B"],
}


@pytest.fixture(scope="module")
def app() -> Flask:
    return small_app()


def written(app: Flask, template: str, language: str) -> str:
    with app.test_request_context("/", headers={"Accept-Language": language}):
        return render_template_string(template, **FACTS)


@pytest.mark.parametrize(
    ("template", "english", "hong_kong", "mainland"),
    [
        ("{{ day|day }}", "5 March 2026", "2026年3月5日", "2026年3月5日"),
        ("{{ day|short_day }}", "5 Mar 2026", "2026年3月5日", "2026-03-05"),
        ("{{ day|month }}", "March 2026", "2026年3月", "2026年3月"),
        ("{{ day|from_day }}", "from 5 March 2026", "由2026年3月5日起", "自2026年3月5日起"),
        ("{{ day|by_day }}", "by 5 March 2026", "2026年3月5日或之前", "2026年3月5日前（含当日）"),
        ("{{ at|moment }}", "5 March 2026 at 2.05 pm", "2026年3月5日下午2時5分", "2026年3月5日14:05"),
        ("{{ day|period }}", "5 March 2026 to now", "2026年3月5日至今", "2026年3月5日至今"),
        ("{{ 12950|number }}", "12,950", "12,950", "12,950"),
        ("{{ 0.7|percent }}", "70%", "70%", "70%"),
        ("{{ 2950|money('HKD') }}", "HK$2,950", "港幣2,950元", "港币2,950元"),
        ("{{ 360|money('CNY') }}", "RMB 360", "人民幣360元", "人民币360元"),
        ("{{ names|listed }}", "A and B", "A及B", "A和B"),
        ("{{ names|listed('or') }}", "A or B", "A或B", "A或B"),
        ("{{ text|spoken }}", "Fund", "基金業", "基金"),
        ("{{ city_name('sz') }}", "Shenzhen", "深圳", "深圳"),
        ("{{ plank_word('not_met') }}", "Not met", "未符合", "未满足"),
    ],
)
def test_each_language_has_its_form(
    app: Flask, template: str, english: str, hong_kong: str, mainland: str
) -> None:
    got = [written(app, template, language) for language in ("en", "zh-HK", "zh-CN")]
    assert got == [english, hong_kong, mainland]


def test_a_name_that_stays_in_another_language_is_marked(app: Flask) -> None:
    template = "{{ '<中证协>'|in_its_language('zh_Hans_CN') }}"
    assert written(app, template, "zh-HK") == '<span lang="zh-Hans-CN">&lt;中证协&gt;</span>'
    assert written(app, template, "zh-CN") == "&lt;中证协&gt;"


def test_an_asset_has_an_address_that_changes_with_its_content(app: Flask) -> None:
    address = written(app, "{{ asset('css/portal.css') }}", "en")
    assert address.startswith("/static/css/portal.css?v=")
    assert len(address.split("=")[1]) == 10


def test_a_message_of_the_page_before_is_shown_once(app: Flask) -> None:
    app.add_url_rule("/flash", "flash", lambda: flash("Saved.", "success") or "")
    app.add_url_rule(
        "/shown",
        "shown",
        lambda: str([(m["text"], m["kind"]) for m in app.jinja_env.globals["page_messages"]()]),
    )
    client = app.test_client()
    client.get("/flash")
    assert client.get("/shown").text == "[('Saved.', 'success')]"
    assert client.get("/shown").text == "[]"


def test_every_filter_is_installed_and_explained(app: Flask) -> None:
    for name, function in FILTERS.items():
        assert app.jinja_env.filters[name] is function
        assert function.__doc__
