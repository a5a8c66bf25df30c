"""Default deny: every view has its marker, every POST needs its token, every address is in the ledger."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from portal.services.house import House
from portal.web.access import UnmarkedView, access_to, open_to_all, require_markers, signed_in
from portal.web.messages.table import MESSAGES

ROOT = Path(__file__).parents[2]
LEDGER = Path(__file__).with_name("addresses.txt")
FRAMEWORK = ("security.", "static")


def addresses(app: Flask) -> list[str]:
    """Every address with its methods, endpoint and marker."""
    lines = []
    for rule in app.url_map.iter_rules():
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        access = access_to(app, rule.endpoint)
        assert access is not None
        who = "anybody" if not access.needs_account else ",".join(sorted(access.roles)) or "any account"
        lines.append(f"{rule.rule}  {methods}  {rule.endpoint}  {who}")
    return sorted(lines)


def test_no_address_is_added_or_lost_without_being_accepted(the_app: Flask) -> None:
    """Accept a change by writing it into addresses.txt: who may enter is seen in the diff."""
    assert addresses(the_app) == LEDGER.read_text().splitlines()


def test_a_view_without_a_marker_stops_the_start(the_app: Flask) -> None:
    bare = Flask("bare")
    bare.add_url_rule("/open-by-oversight", "oversight", lambda: "")
    with pytest.raises(UnmarkedView, match="oversight"):
        require_markers(bare)


def test_a_view_with_two_markers_is_refused() -> None:
    with pytest.raises(UnmarkedView):

        @open_to_all
        @signed_in
        def view() -> str:
            return ""


def filled(rule: str) -> str:
    """An address with its parts filled by values of the right form that nobody holds."""
    parts = []
    for part in rule.split("/"):
        if part.startswith("<uuid:"):
            parts.append(str(UUID(int=7)))
        elif part.startswith("<int:"):
            parts.append("7")
        elif part.startswith("<"):
            parts.append("none-such")
        else:
            parts.append(part)
    return "/".join(parts)


def test_every_post_without_its_token_is_refused(the_app: Flask, app: Flask, client: FlaskClient) -> None:
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or set())]
    assert len(posts) > 20
    answers = {rule.endpoint: client.post(filled(rule.rule), data={"x": "y"}).status_code for rule in posts}
    assert {endpoint: status for endpoint, status in answers.items() if status != 400} == {}


def codes_raised() -> set[str]:
    """The codes of all refusals in the source."""
    found = set()
    for path in [
        *ROOT.glob("portal/domain/**/*.py"),
        *ROOT.glob("portal/services/**/*.py"),
        *ROOT.glob("portal/adapters/**/*.py"),
        *ROOT.glob("portal/web/**/*.py"),
    ]:
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(getattr(node, "func", None), "id", "")
            if name in ("Refused", "Conflict", "NotFound", "NotPermitted") and node.args:  # type: ignore[attr-defined]
                code = node.args[0]  # type: ignore[attr-defined]
                if isinstance(code, ast.Constant):
                    found.add(str(code.value))
    return found


def test_every_refusal_has_its_sentence() -> None:
    assert codes_raised() - set(MESSAGES) == set()
    assert "row.changed" in codes_raised()


def test_no_sentence_is_left_over() -> None:
    source = "\n".join(
        path.read_text() for path in ROOT.glob("portal/**/*.py") if path.parent.name != "messages"
    )
    spelled = set(re.findall(r'f"([a-z_]+\.)\{[^}]+\}([a-z_]*)"', source))
    left_over = [code for code in MESSAGES if f'"{code}"' not in source]
    # Codes put together from a kind are looked for by their ends.
    assert [
        code for code in left_over if not any(code.startswith(a) and code.endswith(b) for a, b in spelled)
    ] == []


@pytest.mark.parametrize(
    ("status", "path", "method"),
    [(404, "/no-such-page", "get"), (405, "/account/settings", "delete"), (404, "/mailbox/not-a-key", "get")],
)
@pytest.mark.parametrize("language", ["en", "zh-Hant-HK", "zh-Hans-CN"])
def test_errors_have_a_page_in_every_language(
    client: FlaskClient, status: int, path: str, method: str, language: str
) -> None:
    client.set_cookie("language", language)
    answer = getattr(client, method)(path)
    assert answer.status_code == status
    assert f'lang="{language}"' in answer.text


def test_a_fault_of_ours_has_a_page_that_needs_no_database(
    the_app: Flask, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> str:
        raise RuntimeError("a secret detail")

    monkeypatch.setitem(app.view_functions, "account.registered", open_to_all(broken))
    answer = client.get("/account/registered")
    assert answer.status_code == 500
    assert "a secret detail" not in answer.text


def test_somebody_signed_in_sees_that_page_too_when_the_database_fails(
    sign_in: Callable[[str], FlaskClient], house: House
) -> None:
    browser = sign_in("mei_lam")
    house.session.execute(text("ALTER TABLE sign_ins RENAME TO sign_ins_lost"))
    house.session.commit()
    answer = browser.get("/me")
    assert answer.status_code == 500
    assert "quote this reference" in answer.text
    assert "sign_ins" not in answer.text


def test_a_request_that_is_too_large_is_told_so(
    app: Flask, sign_in: Callable[[str], FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    answer = sign_in("mei_lam").post("/account/password", data={"csrf_token": "x" * 2000})
    assert answer.status_code == 413
