"""The bridge from a WTForms field to the component that draws it.

Owns how a field's data, label, hint and error become the arguments of a macro
in ``templates/components/controls.html``. It must not know any one form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from flask import get_template_attribute
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import Field

from portal.web.forms.base import first_error

CONTROLS: Final = "components/controls.html"
Validators = Sequence[Callable[[Any, Any], None]]


class _DrawnByItself:
    """The widget of every field: it asks the field itself."""

    def __call__(self, field: Any, **wishes: Any) -> Markup:
        drawing: Markup = field.drawn(**wishes)
        return drawing


drawn_by_itself = _DrawnByItself()


def draw(macro: str, *arguments: Any, **options: Any) -> Markup:
    """Draw one control by its macro."""
    drawn: Callable[..., str] = get_template_attribute(CONTROLS, macro)
    return Markup(drawn(*arguments, **options))  # noqa: S704 - a macro's output is already escaped


def title_of(field: Field) -> str:
    """Give the words of a field's label, saying so when it may be left empty."""
    text = str(field.label.text)
    if field.flags.optional and not field.flags.hide_optional:
        return _("%(label)s (optional)", label=text)
    return text


def explained(field: Field, **wishes: Any) -> dict[str, Any]:
    """Gather what every control shares: its ids, hint, error and the page's wishes for its look."""
    return {
        "id": field.id,
        "hint": str(field.description) or None,
        "error": first_error(field),
        **wishes,
    }


def attributes_of(field: Field, **more: str | int | None) -> dict[str, Any]:
    """Gather further HTML attributes: those of the field first, then the control's own."""
    own = dict(field.render_kw or {})
    return {name: value for name, value in {**more, **own}.items() if value is not None}
