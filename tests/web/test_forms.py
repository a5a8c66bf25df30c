"""Forms keep what was typed, say what is wrong at the field, and never fall over what a browser sends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, g
from hypothesis import given, settings, strategies as st
from werkzeug.datastructures import MultiDict

from portal.domain.errors import Refused
from portal.web.forms.base import PortalForm, page_errors
from portal.web.forms.checks import NotBefore, NotInTheFuture, NotInThePast, Optional, Required
from portal.web.forms.dates import DateField, MonthField
from portal.web.forms.fields import (
    CheckboxesField,
    CheckboxField,
    EmailField,
    FileField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    TextAreaField,
    TextField,
)
from tests.web.small_app import small_app

SIDES = [SelectChoice("hk", "Hong Kong", render_kw={"hint": "SFC"}), SelectChoice("sz", "Shenzhen")]


class Everything(PortalForm):
    """One of every field."""

    name = TextField("Name", [Required("Enter your name.")], hint="As on your card.", width=20)
    email = EmailField("E-mail address", [Optional()])
    password = PasswordField("Password", [Optional(quiet=True)])
    awarded_on = DateField("Date of award", [Required("Enter the date of award."), NotInTheFuture()])
    valid_until = DateField("When does it end?", [Optional(), NotBefore("awarded_on")], called="End")
    begun = MonthField("Begun", [Optional()])
    kind = SelectField("Kind", [Required("Choose a kind.")], choices=SIDES, empty="Choose one")
    side = RadioField("Which side?", [Required("Choose a side.")], choices=SIDES)
    papers = CheckboxesField("Papers", [Required("Choose the papers.")], choices=SIDES)
    agree = CheckboxField("This is true.", [Required("Confirm that it is true.")])
    document = FileField("Evidence", [Required("Choose a file.")], accept=".pdf")
    note = TextAreaField("Note", [Optional()], max_length=10)


GOOD: dict[str, Any] = {
    "name": "  Mei Lam ",
    "awarded_on-day": "1",
    "awarded_on-month": "3",
    "awarded_on-year": "2024",
    "kind": "hk",
    "side": "sz",
    "papers": ["hk", "sz"],
    "agree": "y",
    "note": "one\r\ntwo",
}


@pytest.fixture(scope="module")
def app() -> Flask:
    made = small_app()
    made.config["WTF_CSRF_ENABLED"] = False
    return made


@contextmanager
def sent(
    app: Flask, form: type[PortalForm] = Everything, language: str = "en", **changes: Any
) -> Iterator[Any]:
    typed: dict[str, Any] = {**GOOD, "document": (BytesIO(b"%PDF"), "a.pdf"), **changes}
    typed = {name: value for name, value in typed.items() if value is not None}
    with app.test_request_context("/", method="POST", data=typed, headers={"Accept-Language": language}):
        made = form()
        made.validate()
        yield made


def errors(form: PortalForm) -> dict[str, str]:
    return {line.href or "": line.text for line in page_errors(form)}


def drawn(field: Any, **wishes: Any) -> BeautifulSoup:
    return BeautifulSoup(str(field(**wishes)), "html.parser")


def test_a_good_form_has_values_and_no_errors(app: Flask) -> None:
    with sent(app) as form:
        assert errors(form) == {}
        assert form.name.data == "Mei Lam"
        assert form.awarded_on.data == date(2024, 3, 1)
        assert (form.valid_until.data, form.begun.data) == (None, None)
        assert (form.kind.data, form.side.data, form.papers.data) == ("hk", "sz", ["hk", "sz"])
        assert form.agree.data is True
        assert form.document.data.filename == "a.pdf"
        assert form.note.data == "one\ntwo"


def test_every_field_says_what_is_missing_and_leads_to_its_first_control(app: Flask) -> None:
    empty = dict.fromkeys([*GOOD, "document"])
    with sent(app, **empty) as form:
        assert errors(form) == {
            "#name": "Enter your name.",
            "#awarded_on-day": "Enter the date of award.",
            "#kind": "Choose a kind.",
            "#side": "Choose a side.",
            "#papers": "Choose the papers.",
            "#agree": "Confirm that it is true.",
            "#document": "Choose a file.",
        }
        for line in page_errors(form):
            assert any(drawn(field).find(id=line.href[1:]) for field in form), line.href


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"awarded_on-day": "31", "awarded_on-month": "2"},
            {"#awarded_on-day": "Date of award must be a real date."},
        ),
        ({"awarded_on-day": ""}, {"#awarded_on-day": "Date of award must include a day."}),
        ({"awarded_on-month": " "}, {"#awarded_on-month": "Date of award must include a month."}),
        ({"awarded_on-year": None}, {"#awarded_on-year": "Date of award must include a year."}),
        (
            {"awarded_on-year": "24"},
            {"#awarded_on-year": "Date of award must have a year of four digits, such as 2026."},
        ),
        ({"awarded_on-year": "2o24"}, {"#awarded_on-day": "Date of award must be a real date."}),
        ({"awarded_on-year": "2027"}, {"#awarded_on-day": "Date of award must be today or in the past."}),
        (
            {"valid_until-day": "1", "valid_until-month": "2", "valid_until-year": "2024"},
            {"#valid_until-day": "End must be the same as or after Date of award."},
        ),
        ({"begun-month": "13", "begun-year": "2024"}, {"#begun-month": "Begun must be a real date."}),
        ({"note": "eleven chars"}, {"#note": "Use 10 characters or fewer. You typed 12."}),
        ({"name": "x" * 201}, {"#name": "Use 200 characters or fewer. You typed 201."}),
        ({"kind": "moon"}, {"#kind": "Choose one from the list."}),
        ({"side": "moon"}, {"#side": "Choose one from the list."}),
    ],
)
def test_nonsense_is_answered_at_the_field(
    app: Flask, changes: dict[str, str], expected: dict[str, str]
) -> None:
    with sent(app, **changes) as form:
        assert errors(form) == expected


def test_what_was_typed_comes_back_as_it_was(app: Flask) -> None:
    with sent(app, **{"awarded_on-day": "31", "awarded_on-month": "feb<", "name": ""}) as form:
        page = drawn(form.awarded_on)
        assert [box["value"] for box in page.find_all("input")] == ["31", "feb<", "2024"]
        assert "govuk-input--error" in page.input["class"]


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march", "３"])
def test_a_month_may_be_written_in_several_ways(app: Flask, month: str) -> None:
    with sent(app, **{"awarded_on-month": month}) as form:
        assert form.awarded_on.data == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", ["day", "month", "year"]),
        ("zh-HK", ["day", "month", "year"]),
        ("zh-CN", ["year", "month", "day"]),
    ],
)
def test_the_boxes_stand_in_the_order_of_the_language(app: Flask, language: str, order: list[str]) -> None:
    with sent(app, language=language, **dict.fromkeys(GOOD)) as form:
        names = [box["name"].removeprefix("awarded_on-") for box in drawn(form.awarded_on).find_all("input")]
        assert names == order
        assert f"#awarded_on-{order[0]}" in errors(form)


@settings(max_examples=150, deadline=None)
@given(
    parts=st.dictionaries(
        st.sampled_from(["day", "month", "year"]), st.lists(st.text(max_size=6), max_size=3)
    )
)
def test_a_date_never_falls_over_what_is_sent(parts: dict[str, list[str]]) -> None:
    app = _SHARED
    typed = MultiDict([(f"awarded_on-{part}", value) for part, values in parts.items() for value in values])
    with app.test_request_context("/", method="POST"):
        form = Everything(formdata=typed)
        form.validate()
        assert form.awarded_on.data is None or isinstance(form.awarded_on.data, date)
        assert drawn(form.awarded_on).find_all("input")


_SHARED = small_app()
_SHARED.config["WTF_CSRF_ENABLED"] = False


def test_a_kept_date_fills_the_boxes(app: Flask) -> None:
    with app.test_request_context("/"):
        form = Everything(data={"awarded_on": date(2024, 3, 1), "begun": date(2020, 5, 1)})
        assert [box["value"] for box in drawn(form.awarded_on).find_all("input")] == ["1", "3", "2024"]
        assert [box["value"] for box in drawn(form.begun).find_all("input")] == ["5", "2020"]


def test_what_was_kept_when_the_sign_in_ended_fills_the_form_again(app: Flask) -> None:
    with app.test_request_context("/"):
        g.kept_form = MultiDict({"name": "Mei Lam", "awarded_on-day": "31"})
        form = Everything()
        assert form.name.data == "Mei Lam"
        assert drawn(form.awarded_on).input["value"] == "31"


def test_labels_say_what_may_be_left_out(app: Flask) -> None:
    with sent(app) as form:
        assert drawn(form.email).label.text.strip() == "E-mail address (optional)"
        assert drawn(form.password).label.text.strip() == "Password"
        assert drawn(form.name).label.text.strip() == "Name"


def test_a_control_carries_its_hint_its_error_and_its_help_for_the_browser(app: Flask) -> None:
    with sent(app, name="") as form:
        control = drawn(form.name).input
        assert control["aria-describedby"] == "name-hint name-error"
        assert drawn(form.email).input["autocomplete"] == "email"
        assert drawn(form.email).input["spellcheck"] == "false"
        assert drawn(form.document).input["accept"] == ".pdf"
        assert drawn(form.password).input.get("value") is None
        assert drawn(form.name, label_classes="govuk-label--l").label["class"][-1] == "govuk-label--l"
        assert drawn(form.side, label_classes="x").legend["class"][-1] == "x"


def test_choices_are_drawn_as_chosen(app: Flask) -> None:
    with sent(app) as form:
        assert [box["value"] for box in drawn(form.papers).find_all("input", checked=True)] == ["hk", "sz"]
        assert drawn(form.side).find("input", checked=True)["value"] == "sz"
        assert drawn(form.kind).find("option", selected=True)["value"] == "hk"
        assert drawn(form.agree).input.has_attr("checked")
        assert drawn(form.side).find(id="side-item-hint").text.strip() == "SFC"


def test_typed_text_cannot_become_a_tag(app: Flask) -> None:
    with sent(app, name="<b>x</b>", note="</textarea>") as form:
        assert drawn(form.name).b is None
        assert drawn(form.note).textarea.text.strip() == "</textarea>"


def test_a_refusal_stands_at_the_control_it_is_about(app: Flask) -> None:
    with sent(app) as form:
        form.refuse(Refused("credential.number_taken", field="name"))
        form.refuse("This has been registered already.")
        assert errors(form)["#name"] == "credential.number_taken"
        assert errors(form)[""] == "This has been registered already."
        assert form.has_errors


def test_a_page_without_a_form_has_no_errors() -> None:
    assert page_errors(None) == []


class Limits(PortalForm):
    """The checks that look at the present."""

    starts = DateField("Start", [NotInThePast()])
    month = MonthField("Month", [NotInThePast("Choose a month to come.")])


@pytest.mark.parametrize(("day", "good"), [("21", False), ("22", True), ("23", True)])
def test_today_is_the_day_of_the_clock(app: Flask, day: str, good: bool) -> None:
    typed = {"starts-day": day, "starts-month": "11", "starts-year": "2026"}
    with app.test_request_context("/", method="POST", data=typed):
        form = Limits()
        assert form.validate() is good
