"""Every answer forbids what the portal does not use, and personal pages are kept nowhere."""

from __future__ import annotations

from flask import Flask, session

from tests.web.small_app import small_app


def make_app() -> Flask:
    app = small_app()
    app.config["WTF_CSRF_ENABLED"] = False
    app.add_url_rule("/page", "page", lambda: "<p>x</p>", methods=["GET", "POST"])

    def enter() -> str:
        session["_user_id"] = "somebody"
        return "<p>x</p>"

    app.add_url_rule("/enter", "enter", enter)
    return app


def test_the_policy_lets_nothing_run_that_is_not_ours() -> None:
    policy = make_app().test_client().get("/page").headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["img-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert rules["form-action"] == "'self'"
    assert "unsafe" not in policy
    assert "data:" not in policy
    assert "*" not in policy


def test_every_answer_carries_the_headers_errors_and_files_too() -> None:
    client = make_app().test_client()
    for path in ("/page", "/nowhere", "/static/css/portal.css"):
        with client.get(path) as answer:
            headers = answer.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_personal_pages_are_kept_nowhere() -> None:
    client = make_app().test_client()
    assert "no-store" not in client.get("/page").headers.get("Cache-Control", "")
    assert client.post("/page").headers["Cache-Control"] == "no-store"
    assert client.get("/enter").headers["Cache-Control"] == "no-store"
    assert client.get("/page").headers["Cache-Control"] == "no-store"
    with client.get("/static/css/portal.css") as file:
        assert "no-store" not in file.headers.get("Cache-Control", "")


def test_only_a_portal_behind_https_insists_on_it() -> None:
    app = make_app()
    assert "Strict-Transport-Security" not in app.test_client().get("/page").headers
    app.config["SESSION_COOKIE_SECURE"] = True
    assert "max-age=63072000" in app.test_client().get("/page").headers["Strict-Transport-Security"]
