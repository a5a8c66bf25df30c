"""Turns the options of the fixtures of form controls into the arguments of our macros."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from tests.web.component_options import Options, control, given, text_of


def input_(options: Options) -> tuple[list[Any], Options]:
    attributes = dict(options.get("attributes") or {})
    for name in ("autocomplete", "inputmode", "pattern", "autocapitalize"):
        if options.get(name):
            attributes[name] = options[name]
    if "spellcheck" in options:
        attributes["spellcheck"] = str(options["spellcheck"]).lower()
    named = control(options) | given(
        value=options.get("value"),
        type=options.get("type"),
        prefix=text_of(options["prefix"]) if options.get("prefix") else None,
        suffix=text_of(options["suffix"]) if options.get("suffix") else None,
        attributes=attributes,
    )
    return [text_of(options["label"]), options["name"]], named


def textarea(options: Options) -> tuple[list[Any], Options]:
    named = control(options) | given(value=options.get("value"), rows=options.get("rows"))
    return [text_of(options["label"]), options["name"]], named


def select(options: Options) -> tuple[list[Any], Options]:
    named = control(options) | given(value=options.get("value"))
    items = [{**item, "value": item.get("value", item["text"])} for item in options["items"]]
    return [text_of(options["label"]), options["name"], items], named


def _items(options: Options) -> list[Options]:
    return [
        {
            **item,
            "text": text_of(item),
            "hint": text_of(item["hint"]) if item.get("hint") else None,
            "conditional": Markup(item["conditional"]["html"]) if item.get("conditional") else None,
            "exclusive": item.get("behaviour") == "exclusive",
        }
        for item in options["items"]
    ]


def _group(options: Options) -> Options:
    shared = control({**options, "id": options.get("idPrefix")})
    for absent in ("label_classes", "page_heading", "attributes"):
        shared.pop(absent, None)
    fieldset = options.get("fieldset") or {}
    legend = fieldset.get("legend") or {}
    return shared | given(
        legend=text_of(legend) if legend else None,
        legend_classes=legend.get("classes"),
        page_heading=legend.get("isPageHeading"),
        described_by=fieldset.get("describedBy") or options.get("describedBy"),
    )


def radios(options: Options) -> tuple[list[Any], Options]:
    return [options["name"], _items(options)], _group(options) | given(value=options.get("value"))


def checkboxes(options: Options) -> tuple[list[Any], Options]:
    named = _group(options) | given(values=options.get("values"))
    return [options["name"], _items(options)], named


def date_input(options: Options) -> tuple[list[Any], Options]:
    fallback = [
        {"name": "day", "classes": "govuk-input--width-2"},
        {"name": "month", "classes": "govuk-input--width-2"},
        {"name": "year", "classes": "govuk-input--width-4"},
    ]
    parts = []
    for item in options.get("items") or fallback:
        classes = " ".join(c for c in item.get("classes", "").split() if c != "govuk-input--error")
        parts.append(
            {
                **item,
                "label": item.get("label") or item["name"].capitalize(),
                "classes": classes,
                "error": "govuk-input--error" in item.get("classes", ""),
            }
        )
    named = _group(options)
    named.pop("id", None)
    named.pop("classes", None)
    legend = named.pop("legend", None)
    named |= given(name_prefix=options.get("namePrefix"))
    return [legend, options["id"], parts], named


def file_upload(options: Options) -> tuple[list[Any], Options]:
    named = control(options) | given(multiple=options.get("multiple"))
    return [text_of(options["label"]), options["name"]], named


def password_input(options: Options) -> tuple[list[Any], Options]:
    named = control(options) | given(autocomplete=options.get("autocomplete"))
    return [text_of(options["label"]), options["name"]], named


def label(options: Options) -> tuple[list[Any], Options]:
    named = given(classes=options.get("classes"), page_heading=options.get("isPageHeading"))
    return [text_of(options), options.get("for")], named


def hint(options: Options) -> tuple[list[Any], Options]:
    return [text_of(options)], given(id=options.get("id"), classes=options.get("classes"))


def fieldset(options: Options) -> tuple[list[Any], Options]:
    legend = options.get("legend") or {}
    return [text_of(legend)], given(
        legend_classes=legend.get("classes"),
        page_heading=legend.get("isPageHeading"),
        described_by=options.get("describedBy"),
        classes=options.get("classes"),
        role=options.get("role"),
        caller=(lambda: Markup(options["html"])) if options.get("html") else None,
    )
