"""Turns the options of GOV.UK Frontend's fixtures into the arguments of our macros.

The fixtures speak Nunjucks (``isPageHeading``, ``errorMessage``); our macros
have fewer and plainer arguments. What is translated here is all they take.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

Options = dict[str, Any]


def text_of(options: Any, prefix: str = "") -> Any:
    """Take the words of an option: HTML as Markup, else plain text."""
    if not isinstance(options, dict):
        return options
    html, text = (f"{prefix}Html", f"{prefix}Text") if prefix else ("html", "text")
    return Markup(options[html]) if options.get(html) else options.get(text)


def control(options: Options) -> Options:
    """The arguments every control shares."""
    label = options.get("label") or {}
    error = options.get("errorMessage")
    return given(
        id=options.get("id"),
        hint=text_of(options["hint"]) if options.get("hint") else None,
        error=text_of(error) if error else None,
        classes=options.get("classes"),
        label_classes=label.get("classes"),
        page_heading=label.get("isPageHeading"),
        described_by=options.get("describedBy"),
        group_classes=(options.get("formGroup") or {}).get("classes"),
        attributes=options.get("attributes"),
    )


def given(**arguments: Any) -> Options:
    return {name: value for name, value in arguments.items() if value is not None}


def button(options: Options) -> tuple[list[Any], Options]:
    classes = (options.get("classes") or "").split()
    kinds = [c.removeprefix("govuk-button--") for c in classes if c.startswith("govuk-button--")]
    rest = [c for c in classes if not c.startswith("govuk-button--")]
    return [text_of(options)], given(
        kind=kinds[0] if kinds else None,
        classes=" ".join(rest),
        href=options.get("href"),
        start=options.get("isStartButton"),
        name=options.get("name"),
        value=options.get("value"),
        type=options.get("type"),
        id=options.get("id"),
        disabled=options.get("disabled"),
        prevent_double_click=options.get("preventDoubleClick"),
        attributes=options.get("attributes"),
    )


def back_link(options: Options) -> tuple[list[Any], Options]:
    named = given(text=text_of(options), classes=options.get("classes"))
    return [options.get("href") or "#"], named


def skip_link(options: Options) -> tuple[list[Any], Options]:
    named = given(href=options.get("href") or "#content", classes=options.get("classes"))
    return [text_of(options)], named


def breadcrumbs(options: Options) -> tuple[list[Any], Options]:
    items = [{"text": text_of(item), "href": item.get("href")} for item in options["items"]]
    return [items], given(
        classes=options.get("classes"),
        collapse=options.get("collapseOnMobile"),
        label=options.get("labelText") or "Breadcrumb",
    )


def _page_link(link: Options | None, default: str) -> Options | None:
    if not link:
        return None
    hidden = Markup('{}<span class="govuk-visually-hidden"> page</span>').format(default)
    return {"href": link["href"], "text": text_of(link) or hidden, "label": link.get("labelText")}


def pagination(options: Options) -> tuple[list[Any], Options]:
    items = [{**item, "label": item.get("visuallyHiddenText")} for item in options.get("items") or []]
    return [], given(
        previous=_page_link(options.get("previous"), "Previous"),
        next=_page_link(options.get("next"), "Next"),
        items=items,
        classes=options.get("classes"),
        label=options.get("landmarkLabel") or "Pagination",
    )


def error_message(options: Options) -> tuple[list[Any], Options]:
    return [text_of(options)], given(id=options.get("id"), classes=options.get("classes"))


def error_summary(options: Options) -> tuple[list[Any], Options]:
    errors = [{"text": text_of(item), "href": item.get("href")} for item in options.get("errorList") or []]
    return [errors], given(
        title=text_of(options, "title"),
        description=text_of(options, "description"),
        classes=options.get("classes"),
    )


def _actions(options: Options | None) -> list[Options]:
    return [
        {"href": a["href"], "text": text_of(a), "hidden": a.get("visuallyHiddenText")}
        for a in (options or {}).get("items") or []
    ]


def summary_list(options: Options) -> tuple[list[Any], Options]:
    rows = [
        {
            "key": text_of(row["key"]),
            "value": text_of(row["value"]),
            "actions": _actions(row.get("actions")),
            "classes": row.get("classes"),
        }
        for row in options["rows"]
    ]
    card = options.get("card")
    title = (card or {}).get("title") or {}
    return [rows], given(
        classes=options.get("classes"),
        card=given(
            title=text_of(title),
            level=title.get("headingLevel"),
            actions=_actions(card.get("actions")),
            classes=card.get("classes"),
        )
        if card
        else None,
    )


def _cell(cell: Options) -> Options:
    return {
        "text": text_of(cell),
        "numeric": cell.get("format") == "numeric",
        "classes": cell.get("classes"),
    }


def table(options: Options) -> tuple[list[Any], Options]:
    return [[[_cell(cell) for cell in row] for row in options["rows"]]], given(
        head=[_cell(cell) for cell in options["head"]] if options.get("head") else None,
        caption=options.get("caption"),
        caption_classes=options.get("captionClasses"),
        first_cell_is_header=options.get("firstCellIsHeader"),
        classes=options.get("classes"),
        attributes=options.get("attributes"),
    )


def tag(options: Options) -> tuple[list[Any], Options]:
    colour = (options.get("classes") or "").removeprefix("govuk-tag--") or None
    return [text_of(options)], given(colour=colour)


def _task(item: Options) -> Options:
    status = item.get("status") or {}
    badge = status.get("tag")
    colour = ((badge or {}).get("classes") or "").removeprefix("govuk-tag--")
    return {
        "title": text_of(item["title"]),
        "href": item.get("href"),
        "hint": text_of(item["hint"]) if item.get("hint") else None,
        "status": text_of(badge or status),
        "tag": (colour or True) if badge else None,
        "quiet": "cannot-start-yet" in (status.get("classes") or ""),
    }


def task_list(options: Options) -> tuple[list[Any], Options]:
    return [[_task(item) for item in options["items"]]], given(
        classes=options.get("classes"), id_prefix=options.get("idPrefix")
    )


def notification_banner(options: Options) -> tuple[list[Any], Options]:
    success = options.get("type") == "success"
    return [options.get("text")], given(
        kind="success" if success else None,
        title=text_of(options, "title") or ("Success" if success else None),
        title_id=options.get("titleId"),
        level=options.get("titleHeadingLevel"),
        role=options.get("role"),
        classes=options.get("classes"),
        caller=(lambda: Markup(options["html"])) if options.get("html") else None,
    )


def inset_text(options: Options) -> tuple[list[Any], Options]:
    return [text_of(options)], given(id=options.get("id"), classes=options.get("classes"))


def details(options: Options) -> tuple[list[Any], Options]:
    return [text_of(options, "summary"), text_of(options)], given(
        id=options.get("id"), open=options.get("open"), classes=options.get("classes")
    )


def panel(options: Options) -> tuple[list[Any], Options]:
    return [text_of(options, "title"), text_of(options)], given(
        level=options.get("headingLevel"), classes=options.get("classes")
    )


def warning_text(options: Options) -> tuple[list[Any], Options]:
    return [text_of(options)], given(hidden=options.get("iconFallbackText"), classes=options.get("classes"))
