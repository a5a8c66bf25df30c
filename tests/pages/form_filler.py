"""Fills in a form as a browser does: opens its page, types, and sends everything the page holds.

Hidden fields travel along, so a test of a form also proves that its token, its key and its version
are there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Typed = Mapping[str, str | Sequence[str]]


def fill_in(
    client: FlaskClient, path: str, typed: Typed | None = None, *, action: str | None = None
) -> TestResponse:
    """Open a page, type into its form, send it. ``action`` names the form when there are several."""
    page = client.get(path)
    assert page.status_code == 200, f"{path} answered {page.status_code}"
    return send(client, page, typed, action=action)


def send(
    client: FlaskClient, page: TestResponse, typed: Typed | None = None, *, action: str | None = None
) -> TestResponse:
    """Type into the form of a page that is open already, and send it."""
    form = form_on(page, action=action)
    fields: dict[str, list[str]] = held_by(form)
    for name, value in (typed or {}).items():
        fields[name] = [value] if isinstance(value, str) else list(value)
    return client.post(str(form["action"]), data=fields)


def form_on(page: TestResponse, *, action: str | None = None) -> Tag:
    """The form of a page that is not the sign-out button."""
    forms = [
        form
        for form in BeautifulSoup(page.text, "lxml").select('form[method="post"]')
        if (action is None and "wayfinder__form" not in form.get("class", []))
        or (action is not None and form.get("action") == action)
    ]
    assert forms, f"no form on the page{f' that leads to {action}' if action else ''}"
    return forms[0]


def held_by(form: Tag) -> dict[str, list[str]]:
    """What a form would send if nobody touched it."""
    fields: dict[str, list[str]] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        for value in _values(control):
            fields.setdefault(str(control["name"]), []).append(value)
    return fields


def _values(control: Tag) -> list[str]:
    if control.name == "textarea":
        return [control.text.removeprefix("\n")]
    if control.name == "select":
        options = control.select("option")
        chosen = [option for option in options if option.has_attr("selected")] or options[:1]
        return [str(option.get("value", "")) for option in chosen]
    if control.get("type") in ("checkbox", "radio") and not control.has_attr("checked"):
        return []
    return [str(control.get("value", ""))]
