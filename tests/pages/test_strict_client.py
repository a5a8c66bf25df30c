"""The strict client lets a good page pass and finds each fault of a bad one."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.wording.languages import ENGLISH, HONG_KONG, MAINLAND
from tests.pages.faults import faults, invalid_html
from tests.pages.strict_client import StrictClient, UnfitPage
from tests.web.small_app import small_app

GOOD = """<!DOCTYPE html>
<html lang="en"><head><title>Your work – Twin City Bridge</title></head><body>
<h1>Your work</h1><h2>One</h2>
<form method="post" action="/work"><input type="hidden" name="csrf_token" value="t">
<label for="name">Name</label><input id="name" name="name" type="text"><button>Save</button></form>
<p>None recorded. It’s fine.</p><a href="#name">Name</a>
<svg role="img" aria-label="A bridge"></svg>
</body></html>"""
IN_HONG_KONG = GOOD.replace('lang="en"', 'lang="zh-Hant-HK"').replace(
    "None recorded. It’s fine.", "沒有紀錄。"
)
IN_HONG_KONG = IN_HONG_KONG.replace("<h2>One</h2>", "").replace(">Save<", ">儲存<")


def test_a_good_page_has_no_fault() -> None:
    assert faults(GOOD, language=ENGLISH.tag) == []
    assert invalid_html(GOOD) == []


GUILTY = {
    "two headings": ("<h2>One</h2>", "<h1>One</h1>", "2 h1 elements"),
    "no heading": ("<h1>Your work</h1>", "", "0 h1 elements"),
    "another title": ("<title>Your work", "<title>Something", "does not begin"),
    "no title": ("<title>Your work – Twin City Bridge</title>", "", "no title"),
    "a skipped heading": ("<h2>One</h2>", "<h3>One</h3>", "skips from h1 to h3"),
    "an unlabelled input": ('for="name"', "", "no label for name"),
    "an empty label": (">Name</label>", "></label>", "no label for name"),
    "a double id": ("<h2>One", '<h2 id="name">One', "stands 2 times"),
    "a description that is not there": (
        'type="text"',
        'aria-describedby="x" type="text"',
        "aria-describedby names 'x'",
    ),
    "a link into nothing": ('href="#name"', 'href="#other"', "leads to #other"),
    "no action": ('action="/work"', "", "without an action"),
    "no token": ('name="csrf_token"', 'name="other"', "no CSRF token"),
    "an empty token": ('value="t"', 'value=""', "no CSRF token"),
    "an inline style": ("<h2>", '<h2 style="color:red">', "the attribute style"),
    "a style element": ("<h2>", "<style>p{}</style><h2>", "a style element"),
    "an inline script": ("<h2>", "<script>1</script><h2>", "an inline script"),
    "an event attribute": ("<h2>", '<h2 onclick="x()">', "the attribute onclick"),
    "a script in a link": ('href="#name"', 'href="javascript:x()"', "a script in href"),
    "an unknown language": ('lang="en"', 'lang="fr"', "none of the three"),
    "a link without words": (">Name</a>", "></a>", "a a without words"),
    "an image without words": ("<h2>", '<img src="/x.png"><h2>', "an image without alt"),
    "a drawing without words": (' aria-label="A bridge"', "", "a drawing without words"),
    "a None": ("None recorded.", "Ended on: None", "None in"),
    "template marks": ("None recorded.", "{{ name }}", "template marks"),
    "a placeholder": ("None recorded.", "Dear %(name)s", "a placeholder"),
    "a straight quote": ("It’s", "It's", "a straight quote"),
}


@pytest.mark.parametrize("name", GUILTY)
def test_a_guilty_page_is_found_out(name: str) -> None:
    innocent, guilty, expected = GUILTY[name]
    assert innocent in GOOD
    found = faults(GOOD.replace(innocent, guilty))
    assert any(expected in fault for fault in found), found


def test_a_page_in_another_language_than_promised_is_found_out() -> None:
    assert faults(GOOD, language=MAINLAND.tag)


def test_the_error_prefix_may_stand_before_the_heading() -> None:
    assert faults(GOOD.replace("<title>", "<title>Error: ")) == []


def translated(text: str) -> list[str]:
    page = IN_HONG_KONG.replace("Your work", "工作經驗").replace("Name", "姓名")
    return faults(page.replace("沒有紀錄。", text))


@pytest.mark.parametrize(
    "text",
    [
        "沒有紀錄。",
        "CHAN Tai Man, Peter",
        "按HKIB、SFC及CPWP(A)。",
        '<span lang="en">Certificate in the practice of banking</span>',
    ],
)
def test_names_and_marked_words_are_no_english_sentences(text: str) -> None:
    assert translated(text) == []


@pytest.mark.parametrize("text", ["Sign in", "You have not added any work", "請 send it to us"])
def test_english_on_a_chinese_page_is_found_out(text: str) -> None:
    assert any("untranslated" in fault for fault in translated(text))


def test_html_a_browser_would_have_to_repair_is_found_out() -> None:
    assert invalid_html(GOOD.replace("<p>None", "<p><div>None</p>"))


def _app(page: str) -> Flask:
    app = small_app()
    app.add_url_rule("/page", "page", lambda: page)
    return app


def test_the_client_passes_a_good_page_on() -> None:
    assert StrictClient(_app(GOOD)).get("/page").status_code == 200


def test_the_client_refuses_a_bad_page_and_says_all_that_is_wrong() -> None:
    bad = GOOD.replace("<h2>One</h2>", "<h3>One</h3>").replace("It’s", "It's")
    with pytest.raises(UnfitPage) as caught:
        StrictClient(_app(bad)).get("/page")
    assert "skips" in str(caught.value)
    assert "straight quote" in str(caught.value)


def test_the_client_reads_error_pages_too() -> None:
    with pytest.raises(UnfitPage):
        StrictClient(_app(GOOD)).get("/nowhere")


def test_the_client_speaks_the_language_it_is_given() -> None:
    client = StrictClient(_app(GOOD), language=HONG_KONG.tag)
    with pytest.raises(UnfitPage, match="zh-Hant-HK"):
        client.get("/page")
