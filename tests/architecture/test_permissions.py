"""The permission matrix: every address, by every method, for every member of the cast.

``permissions.txt`` is the table, to be read by people: one line an address, one column a member, the
status each gets. Addresses with a key are asked for a key that nobody holds. A line that changes
fails here until it is accepted in the table, where a reviewer sees who gained or lost what.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from tests.architecture.test_doors import filled

TABLE = Path(__file__).with_name("permissions.txt")
MEMBERS = ("nobody", "mei_lam", "ada_ko", "tam_lok", "harbour_works", "sys")
# Pages of the library, with their own tests; asked here they would sign the members out.
LEFT_OUT = ("security.", "static")
# What somebody reads whose account has just gone; it shows nothing of anybody.
FAREWELL = "/me/data/erased"


def matrix(app: Flask, client: FlaskClient, sign_in: Callable[[str], FlaskClient]) -> list[str]:
    """Ask every address as every member."""
    browsers = {"nobody": client, **{key: sign_in(key) for key in MEMBERS[1:]}}
    tokens = {key: token(browser) for key, browser in browsers.items()}
    lines = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(LEFT_OUT):
            continue
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            statuses = [status(browsers[key], method, filled(rule.rule), tokens[key]) for key in MEMBERS]
            lines.append(f"{method:4} {rule.rule:66} {' '.join(statuses)}")
    return [f"{'':4} {'':66} {' '.join(MEMBERS)}", *sorted(lines, key=lambda line: line[5:])]


def token(browser: FlaskClient) -> str:
    """A form token of the member's own session."""
    page = browser.get("/account/reset").text
    if "csrf_token" not in page:
        page = browser.get("/account/password").text
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def status(browser: FlaskClient, method: str, path: str, csrf: str) -> str:
    data = {"csrf_token": csrf} if method == "POST" else None
    # A file that nobody reads to its end has to be closed by hand.
    with closing(browser.open(path, method=method, data=data)) as answer:
        return str(answer.status_code)


def test_everybody_gets_what_the_table_says(
    app: Flask, client: FlaskClient, sign_in: Callable[[str], FlaskClient]
) -> None:
    assert matrix(app, client, sign_in) == TABLE.read_text().splitlines()


def test_the_table_denies_by_default() -> None:
    """Nobody without an account gets past the public doors, and no role walks through another's."""
    for line in TABLE.read_text().splitlines()[1:]:
        path, *statuses = line[5:].rsplit(maxsplit=len(MEMBERS))
        if path == FAREWELL:
            continue
        by_member = dict(zip(MEMBERS, statuses, strict=True))
        if path.startswith(("/me", "/desk", "/programmes")):
            assert by_member["nobody"] == "303", line
        if path.startswith("/me"):
            # Officers may open the documents of the cases on their desk: a stranger's is not found.
            is_document = path.endswith("/file") or path.startswith("/me/evidence/files/")
            allowed = {"403", "404"} if is_document else {"403"}
            assert {by_member[key] for key in MEMBERS[2:]} <= allowed, line
        if path.startswith("/desk"):
            # Failed e-mails are the system administrator's business too.
            theirs = ("ada_ko", "sys") if path.startswith("/desk/mail") else ("ada_ko",)
            assert {by_member[key] for key in MEMBERS if key not in ("nobody", *theirs)} == {"403"}, line
