"""The fields a form of the portal is built from; each draws its own component.

Owns how typed text becomes a value and how it goes back on the page unchanged
when it cannot. Labels, hints and messages belong to the forms. Dates have
``dates.py``, choices ``choices.py``; the choices are handed on from here.
"""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from wtforms import (
    Field,
    PasswordField as WTFPasswordField,
    StringField,
    TextAreaField as WTFTextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.web.forms.choices import CheckboxesField, CheckboxField, RadioField, SelectField
from portal.web.forms.widgets import Validators, attributes_of, draw, drawn_by_itself, explained, title_of

__all__ = [
    "CheckboxField",
    "CheckboxesField",
    "EmailField",
    "FileField",
    "PasswordField",
    "RadioField",
    "SelectChoice",
    "SelectField",
    "TextAreaField",
    "TextField",
]

# Longer than any name or number a person types in one line; a form may ask for less.
_LINE = 200
_PAGE = 4000


class TextField(StringField):
    """One line of text. ``width`` is 2, 3, 4, 5, 10, 20 or 30 characters; strips the ends."""

    widget = drawn_by_itself
    input_type = "text"

    def __init__(
        self,
        label: str | None = None,
        validators: Validators | None = None,
        *,
        hint: str = "",
        width: int | None = None,
        max_length: int = _LINE,
        autocomplete: str | None = None,
        inputmode: str | None = None,
        spellcheck: bool | None = None,
        prefix: str | None = None,
        suffix: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, description=hint, **kwargs)
        self.width, self.max_length = width, max_length
        self.autocomplete, self.inputmode, self.spellcheck = autocomplete, inputmode, spellcheck
        self.prefix_text, self.suffix_text = prefix, suffix

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = str(valuelist[0]).strip() if valuelist else None

    def pre_validate(self, form: Any) -> None:
        refuse_overlong(self.data, self.max_length)

    def drawn(self, **wishes: Any) -> Markup:
        classes = f"govuk-input--width-{self.width}" if self.width else ""
        spellcheck = None if self.spellcheck is None else str(self.spellcheck).lower()
        attributes = attributes_of(
            self,
            autocomplete=self.autocomplete,
            inputmode=self.inputmode,
            spellcheck=spellcheck,
        )
        return draw(
            "input",
            title_of(self),
            self.name,
            value=self._value(),
            type=self.input_type,
            prefix=self.prefix_text,
            suffix=self.suffix_text,
            attributes=attributes,
            **explained(self, **{"classes": classes, **wishes}),
        )


class EmailField(TextField):
    """An e-mail address; the browser offers the reader's own."""

    input_type = "email"

    def __init__(self, label: str | None = None, validators: Validators | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("autocomplete", "email")
        kwargs.setdefault("spellcheck", False)
        super().__init__(label, validators, **kwargs)


class PasswordField(WTFPasswordField):
    """A password: never sent back to the page, never trimmed, never spell-checked."""

    widget = drawn_by_itself

    def __init__(
        self,
        label: str | None = None,
        validators: Validators | None = None,
        *,
        hint: str = "",
        autocomplete: str = "current-password",
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, description=hint, **kwargs)
        self.autocomplete = autocomplete

    def drawn(self, **wishes: Any) -> Markup:
        return draw(
            "password_input",
            title_of(self),
            self.name,
            autocomplete=self.autocomplete,
            attributes=attributes_of(self),
            **explained(self, **wishes),
        )


class TextAreaField(WTFTextAreaField):
    """Several lines of text, with a greatest length that is said before it is passed."""

    widget = drawn_by_itself

    def __init__(
        self,
        label: str | None = None,
        validators: Validators | None = None,
        *,
        hint: str = "",
        rows: int = 5,
        max_length: int = _PAGE,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, description=hint, **kwargs)
        self.rows, self.max_length = rows, max_length

    def process_formdata(self, valuelist: list[Any]) -> None:
        # Browsers send line ends as CR LF, which would count twice.
        self.data = str(valuelist[0]).replace("\r\n", "\n").strip() if valuelist else None

    def pre_validate(self, form: Any) -> None:
        refuse_overlong(self.data, self.max_length)

    def drawn(self, **wishes: Any) -> Markup:
        return draw(
            "textarea",
            title_of(self),
            self.name,
            value=self._value(),
            rows=self.rows,
            attributes=attributes_of(self),
            **explained(self, **wishes),
        )


class FileField(Field):
    """A file from the reader's device; empty choices count as none."""

    widget = drawn_by_itself

    def __init__(
        self,
        label: str | None = None,
        validators: Validators | None = None,
        *,
        hint: str = "",
        accept: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, description=hint, **kwargs)
        self.accept = accept

    def process_formdata(self, valuelist: list[Any]) -> None:
        files = (value for value in valuelist if isinstance(value, FileStorage) and value.filename)
        self.data = next(files, None)
        if self.data is None:
            self.raw_data: list[Any] = []

    def drawn(self, **wishes: Any) -> Markup:
        return draw(
            "file_upload",
            title_of(self),
            self.name,
            attributes=attributes_of(self, accept=self.accept),
            **explained(self, **wishes),
        )


def refuse_overlong(text: str | None, greatest: int) -> None:
    """Refuse text beyond a length, saying both the length allowed and the length typed."""
    if text and len(text) > greatest:
        raise ValidationError(
            _(
                "Use %(greatest)s characters or fewer. You typed %(typed)s.",
                greatest=greatest,
                typed=len(text),
            )
        )
