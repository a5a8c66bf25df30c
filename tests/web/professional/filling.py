"""Filling in a form as a browser does: what stands in it goes back with it, hidden fields included."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from tests.pages.strict_client import StrictClient

Fields = dict[str, Any]


def form_of(page: TestResponse, action: str | None = None) -> Tag:
    """The page's own form (never the sign-out button), or the one that goes to an address."""
    soup = BeautifulSoup(page.text, "lxml")
    main = soup.find("main")
    assert isinstance(main, Tag)
    forms = [form for form in main.find_all("form") if action is None or form["action"] == action]
    assert forms, f"no form on {page.request.path}"
    form = forms[0]
    assert isinstance(form, Tag)
    return form


def fields_of(form: Tag) -> Fields:
    """What a browser would send of a form nobody has touched."""
    sent: Fields = {}
    for control in form.find_all(["input", "select", "textarea"]):
        name = control.get("name")
        if not name:
            continue
        if control.name == "select":
            chosen = control.find("option", selected=True) or control.find("option")
            sent[name] = chosen["value"] if chosen else ""
        elif control.name == "textarea":
            # A browser drops the line break that stands first.
            sent[name] = control.text.removeprefix("\n")
        elif control["type"] in ("radio", "checkbox"):
            if control.has_attr("checked"):
                sent.setdefault(name, []).append(control["value"])
        elif control["type"] != "file":
            sent[name] = control.get("value", "")
    return sent


def a_day(name: str, year: int | str, month: int | str, day: int | str) -> Fields:
    """The three boxes of a date."""
    return {f"{name}-year": str(year), f"{name}-month": str(month), f"{name}-day": str(day)}


def send(client: StrictClient, path: str, *, action: str | None = None, **changes: Any) -> TestResponse:
    """Open a page, change some answers of its form, send it."""
    return resend(client, client.get(path), action=action, **changes)


def resend(
    client: StrictClient, page: TestResponse, *, action: str | None = None, **changes: Any
) -> TestResponse:
    """Change some answers of a form that is on the screen, send it."""
    form = form_of(page, action)
    return client.post(str(form["action"]), data={**fields_of(form), **changes})


def errors_of(page: TestResponse) -> list[str]:
    """The lines of the error summary."""
    soup = BeautifulSoup(page.text, "lxml")
    return [line.get_text(strip=True) for line in soup.select(".govuk-error-summary__list li")]


def title_of(page: TestResponse) -> str:
    """The words of the heading."""
    heading = BeautifulSoup(page.text, "lxml").find("h1")
    assert heading is not None
    return heading.get_text(strip=True)


def words_of(page: TestResponse) -> str:
    """All words of the page in one line."""
    main = BeautifulSoup(page.text, "lxml").find("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())
