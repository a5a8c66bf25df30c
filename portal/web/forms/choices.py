"""Fields that choose: from a list, from a few in sight, or yes to one statement.

Owns how choices become what the components read, and what is said of a choice
that is not in the list. Labels, hints and choices belong to the forms.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup
from wtforms import (
    BooleanField,
    RadioField as WTFRadioField,
    SelectField as WTFSelectField,
    SelectMultipleField,
)
from wtforms.fields.choices import SelectChoice

from portal.web.forms.widgets import Validators, attributes_of, draw, drawn_by_itself, explained, title_of


class SelectField(WTFSelectField):
    """One of a list. ``choices`` are ``SelectChoice(value, label)``; ``empty`` adds a first line without value."""

    widget = drawn_by_itself

    def __init__(
        self,
        label: str | None = None,
        validators: Validators | None = None,
        *,
        hint: str = "",
        choices: Iterable[SelectChoice] | None = None,
        empty: str | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("validate_choice", True)
        super().__init__(label, validators, description=hint, choices=list(choices or []), **kwargs)
        self.empty = empty

    def pre_validate(self, form: Any) -> None:
        if self.empty is not None and not self.data:
            return
        super().pre_validate(form)

    def drawn(self, **wishes: Any) -> Markup:
        items = [{"value": "", "text": str(self.empty)}] if self.empty is not None else []
        items += choice_items(self.choices)
        return draw(
            "select",
            title_of(self),
            self.name,
            items,
            value=self.data,
            attributes=attributes_of(self),
            **explained(self, **wishes),
        )


class RadioField(WTFRadioField):
    """One of a few, all in sight. A choice's ``render_kw`` may hold hint, conditional, divider."""

    widget = drawn_by_itself

    def __init__(
        self,
        label: str | None = None,
        validators: Validators | None = None,
        *,
        hint: str = "",
        choices: Iterable[SelectChoice] | None = None,
        inline: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, description=hint, choices=list(choices or []), **kwargs)
        self.inline = inline

    @property
    def first_control(self) -> str:
        return str(self.id)

    def pre_validate(self, form: Any) -> None:
        if not self.data and self.flags.optional:
            return
        super().pre_validate(form)

    def process_data(self, value: Any) -> None:
        # WTForms turns "nothing chosen" into the text "None".
        self.data = None if value is None else self.coerce(value)

    def drawn(self, **wishes: Any) -> Markup:
        classes = "govuk-radios--inline" if self.inline else ""
        return draw(
            "radios",
            self.name,
            choice_items(self.choices),
            legend=title_of(self),
            value=self.data,
            **explained(self, **{"classes": classes, **_legend(wishes)}),
        )


class CheckboxesField(SelectMultipleField):
    """Any number of a few; its value is a list."""

    widget = drawn_by_itself

    def __init__(
        self,
        label: str | None = None,
        validators: Validators | None = None,
        *,
        hint: str = "",
        choices: Iterable[SelectChoice] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, description=hint, choices=list(choices or []), **kwargs)

    def drawn(self, **wishes: Any) -> Markup:
        return draw(
            "checkboxes",
            self.name,
            choice_items(self.choices),
            legend=title_of(self),
            values=self.data or [],
            **explained(self, **_legend(wishes)),
        )


class CheckboxField(BooleanField):
    """One statement to agree to. ``label`` is the statement; there is no legend."""

    widget = drawn_by_itself

    def __init__(
        self,
        label: str | None = None,
        validators: Validators | None = None,
        *,
        hint: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, description=hint, **kwargs)

    def drawn(self, **wishes: Any) -> Markup:
        item = {"value": "y", "text": str(self.label.text), "checked": bool(self.data)}
        return draw("checkboxes", self.name, [item], **explained(self, **wishes))


def choice_items(choices: Any) -> list[dict[str, Any]]:
    """Turn choices into what the macros read; ``render_kw`` adds hints, languages and the like."""
    return [
        {"value": choice.value, "text": str(choice.label), **choice.render_kw} for choice in choices or []
    ]


def _legend(wishes: dict[str, Any]) -> dict[str, Any]:
    """Labels and legends are asked for with one word, whichever a control has."""
    renamed = dict(wishes)
    if "label_classes" in renamed:
        renamed["legend_classes"] = renamed.pop("label_classes")
    return renamed
