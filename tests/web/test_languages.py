"""Each reader gets the language asked for, remembered, kept with the account, or spoken by the browser."""

from __future__ import annotations

import pytest
from flask import Flask, g
from flask_babel import gettext

from portal.web.languages import current_language, other_languages
from portal.wording.languages import ENGLISH, HONG_KONG, LANGUAGES, MAINLAND, language_named, language_of
from tests.web.small_app import small_app


def make_app(account_language: str | None = None) -> Flask:
    app = small_app(account_language=lambda: account_language)
    app.config["WTF_CSRF_ENABLED"] = False
    app.add_url_rule("/page", "page", lambda: f"<p>{current_language().tag} {gettext('Sign in')}</p>")
    app.add_url_rule("/only-post", "only_post", lambda: other_languages()[0].address, methods=["POST"])
    app.add_url_rule("/", "public.index", lambda: "")
    return app


def spoken_to(app: Flask, accept: str, **cookies: str) -> str:
    client = app.test_client()
    for name, value in cookies.items():
        client.set_cookie(name, value)
    return client.get("/page", headers={"Accept-Language": accept}).text


@pytest.mark.parametrize(
    ("accept", "tag"),
    [
        ("zh-HK", "zh-Hant-HK"),
        ("zh-TW,zh;q=0.9", "zh-Hant-HK"),
        ("zh-Hant", "zh-Hant-HK"),
        ("zh-MO", "zh-Hant-HK"),
        ("yue-HK", "zh-Hant-HK"),
        ("zh", "zh-Hans-CN"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans-CN"),
        ("zh-SG", "zh-Hans-CN"),
        ("zh-Hans-HK", "zh-Hans-CN"),
        ("fr,zh-HK;q=0.5,en;q=0.4", "zh-Hant-HK"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
        ("zh-HK;q=0.1,en;q=0.9", "en"),
    ],
)
def test_the_browser_is_understood(accept: str, tag: str) -> None:
    assert spoken_to(make_app(), accept).startswith(f"<p>{tag} ")


def test_the_account_goes_before_the_browser_and_the_cookie_before_both() -> None:
    app = make_app("zh_Hans_CN")
    assert "登录" in spoken_to(app, "en")
    assert "登入" in spoken_to(app, "en", language="zh-Hant-HK")


def test_a_cookie_nobody_set_is_ignored() -> None:
    assert "Sign in" in spoken_to(make_app(), "en", language="<script>")


def test_asking_for_a_language_remembers_it_and_shows_the_same_page_again() -> None:
    client = make_app().test_client()
    answer = client.get("/page?track=fund&language=zh-Hant-HK&track=credit")
    assert (answer.status_code, answer.location) == (303, "/page?track=fund&track=credit")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    assert "登入" in client.get("/page").text


def test_asking_for_a_language_nobody_speaks_changes_nothing() -> None:
    answer = make_app().test_client().get("/page?language=tlh")
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["//evil.example/?language=en", "/%2F%2Fevil.example?language=en"])
def test_asking_for_a_language_never_leads_elsewhere(path: str) -> None:
    location = make_app().test_client().get(path).headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith("//")


def test_a_page_offers_itself_in_the_two_other_languages() -> None:
    app = make_app()
    with app.test_request_context("/page?a=1&language=en", headers={"Accept-Language": "zh-HK"}):
        links = other_languages()
    assert [link.tag for link in links] == ["en", "zh-Hans-CN"]
    assert links[1].address == "/page?a=1&language=zh-Hans-CN"
    assert links[1].name == "简体中文"


def test_the_answer_to_a_sent_form_offers_the_home_page() -> None:
    assert make_app().test_client().post("/only-post").text == "/?language=zh-Hant-HK"


def test_the_answer_names_its_language() -> None:
    answer = make_app().test_client().get("/page", headers={"Accept-Language": "zh-CN"})
    assert answer.headers["Content-Language"] == "zh-Hans-CN"
    assert {"Cookie", "Accept-Language"} <= set(answer.vary)


def test_the_account_is_not_asked_while_an_error_page_is_drawn() -> None:
    def broken() -> str:
        raise RuntimeError("the database is away")

    app = small_app(account_language=broken)
    with app.test_request_context("/"):
        g.failsafe = True
        assert current_language() == ENGLISH


def test_outside_a_request_english_is_spoken() -> None:
    assert current_language() == ENGLISH


def test_a_stored_language_must_be_one_of_ours() -> None:
    assert language_of("zh_Hant_HK") == language_of("zh-Hant-HK") == HONG_KONG
    with pytest.raises(ValueError, match="zh_TW"):
        language_of("zh_TW")


def test_a_name_that_is_no_language_means_none() -> None:
    assert language_named(None) is None
    assert {language_named(language.tag) for language in LANGUAGES} == set(LANGUAGES)
    assert [language.is_chinese for language in (ENGLISH, HONG_KONG, MAINLAND)] == [False, True, True]
