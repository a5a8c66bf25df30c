"""Somebody who walks through the eligibility check: knows facts about themselves and nothing of the rules.

Each page is read as a browser reads it, and answered from what the person knows; what they do not
know they leave open. Which questions come, and in which order, is the portal's affair.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import a_day, fields_of, form_of

MOST_PAGES = 60
ASKED_THE_OTHER_WAY = ("no_regulatory_sanction", "no_penalty_three_years")


@dataclass(frozen=True, slots=True)
class Somebody:
    """What a person knows of themselves."""

    towards: str
    tracks: Sequence[str]
    aims: Sequence[str]
    facts: Mapping[str, bool] = field(default_factory=dict)
    born_on: date | None = None
    degrees: Sequence[Mapping[str, Any]] = ()
    held: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    periods: Sequence[Mapping[str, Any]] = ()
    meant: Mapping[str, str] = field(default_factory=dict)


class Walk:
    """One person at one browser, page after page."""

    def __init__(self, client: StrictClient, who: Somebody) -> None:
        self.client, self.who = client, who
        self.pages: list[str] = []
        self._meant_for: dict[str, str] = {}

    def to_the_end(self) -> TestResponse:
        """Answer whatever is asked until the result is reached."""
        return self._on(self._follow(self.client.get("/eligibility")))

    def check_too(self, target: str) -> TestResponse:
        """Follow one of the other routes of the result, and answer what it asks besides."""
        page = self.client.get("/eligibility/result")
        token = {"csrf_token": fields_of(form_of(page))["csrf_token"], "target": target}
        return self._on(self._follow(self.client.post("/eligibility/aims/add", data=token)))

    def _on(self, page: TestResponse) -> TestResponse:
        for _page in range(MOST_PAGES):
            path = page.request.path
            self.pages.append(path)
            if path == "/eligibility/result":
                return page
            page = self._follow(self._answer(page, path))
            assert page.status_code == 200, (path, page.status_code, _errors(page))
        raise AssertionError(f"no end to the questions: {self.pages}")

    def _follow(self, page: TestResponse) -> TestResponse:
        while page.status_code in (302, 303):
            page = self.client.get(page.headers["Location"])
        return page

    def _answer(self, page: TestResponse, path: str) -> TestResponse:
        if path == "/eligibility":
            return self._send(page, towards=self.who.towards, tracks=list(self.who.tracks))
        if path == "/eligibility/aims":
            sides = {"hk": [a for a in self.who.aims if a.startswith("hk.")]}
            sides["sz"] = [a for a in self.who.aims if a.startswith("sz.")]
            return self._send(page, **sides)
        if path.endswith("/meant"):
            return self._send(page, meant=self._meaning(page))
        if "/holdings/" in path:
            return self._tell(page)
        if path == "/eligibility/work/new":
            return self._send(page, **self._period())
        return self._question(page, path.rpartition("/")[2])

    def _question(self, page: TestResponse, key: str) -> TestResponse:
        if key == "fact-born_on":
            return self._send(page, **_days("born_on", self.who.born_on))
        if key.startswith("fact-"):
            name = key.removeprefix("fact-")
            known = self.who.facts.get(name)
            # Asked as “have you had any?”, recorded as “I have had none”.
            asked = not known if name in ASKED_THE_OTHER_WAY and known is not None else known
            return self._send(page, answer={True: "yes", False: "no", None: "unsure"}[asked])
        if key == "degree":
            told = _listed(page)
            return self._send(page, answer="education.degree" if told < len(self.who.degrees) else "no")
        if key == "work":
            return self._send(page, answer="yes" if _listed(page) < len(self.who.periods) else "no")
        offered = _offered(page, "held")
        held = [code for code in offered if code in {*self.who.held, *self.who.meant}]
        return self._send(page, answer="yes" if held else "no", held=held)

    def _meaning(self, page: TestResponse) -> str:
        offered = _offered(page, "meant")
        return next(code for code in (*self.who.meant.values(), *self.who.held) if code in offered)

    def _tell(self, page: TestResponse) -> TestResponse:
        title = _title(page)
        catalogue = self.client.application.extensions["house"].rulebook.qualifications
        code = next(code for code, entry in catalogue.items() if entry.title.en == title)
        if code == "education.degree":
            degrees = self.who.degrees
            told = len([path for path in self.pages if path.endswith("/questions/degree")]) - 1
            return self._send(page, **_spread(page, degrees[min(told, len(degrees) - 1)]))
        return self._send(page, **_spread(page, self.who.held.get(code, {})))

    def _period(self) -> dict[str, Any]:
        told = sum(path == "/eligibility/work/new" for path in self.pages) - 1
        said = {"share": "full", "place": "hk", **self.who.periods[told]}
        days = {**_days("begun_on", said.pop("begun_on")), **_days("ended_on", said.pop("ended_on", None))}
        return {**said, **days}

    def _send(self, page: TestResponse, **changes: Any) -> TestResponse:
        form = form_of(page)
        return self.client.post(str(form["action"]), data={**fields_of(form), **changes})


def states_of(page: TestResponse) -> dict[str, str]:
    """What the result page says of each requirement: target and clause to the state of its plank."""
    soup = BeautifulSoup(page.text, "lxml")
    found = {}
    for clause in soup.select("li.clause[id]"):
        drawn = clause.select_one('[class*="plank"]')
        assert drawn is not None
        states = re.findall(
            r"(met_verified|met_declared|not_met|undetermined|not_applicable)", str(drawn).replace("-", "_")
        )
        found[str(clause["id"])] = states[0]
    return found


def _spread(page: TestResponse, known: Mapping[str, Any]) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for name, value in known.items():
        sent |= _days(name, value) if isinstance(value, date) else {name: value}
    present = {str(one.get("name")) for one in form_of(page).find_all(["input", "select", "textarea"])}
    return {name: value for name, value in sent.items() if name in present}


def _days(name: str, day: date | None) -> dict[str, str]:
    return a_day(name, day.year, day.month, day.day) if day else a_day(name, "", "", "")


def _offered(page: TestResponse, name: str) -> list[str]:
    return [str(one["value"]) for one in form_of(page).select(f'input[name="{name}"]')]


def _listed(page: TestResponse) -> int:
    soup = BeautifulSoup(page.text, "lxml")
    return len(
        soup.select(
            'main ul.govuk-list a[href*="/eligibility/holdings/"], main ul.govuk-list a[href*="/eligibility/work/"]'
        )
    )


def _title(page: TestResponse) -> str:
    heading = BeautifulSoup(page.text, "lxml").find("h1")
    assert heading is not None
    return heading.get_text(strip=True)


def _errors(page: TestResponse) -> list[str]:
    soup = BeautifulSoup(page.text, "lxml")
    return [one.get_text(strip=True) for one in soup.select(".govuk-error-summary__list li")]
