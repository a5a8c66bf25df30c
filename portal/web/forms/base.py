"""The form every form of the portal is made from, and the summary of its errors.

Owns the words of WTForms' own messages in each language, and the way from an
error to the control that has to be mended. It must not know any one form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from babel.support import Translations
from flask import g, has_request_context
from flask_wtf import FlaskForm
from jinja2 import Undefined
from wtforms import Field

from portal.domain.errors import PortalError
from portal.web.languages import current_language
from portal.wording.catalogue import translations_for


class CatalogueTranslations:
    """Lets WTForms find its sentences in our catalogue.

    WTForms ships only ``zh`` and ``zh_TW``, so a Hong Kong reader would meet
    Mainland or Taiwanese words; ``framework.po`` has them right.
    """

    def gettext(self, string: str) -> str:
        return _current().gettext(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return _current().ngettext(singular, plural, n)


def _current() -> Translations:
    return translations_for(current_language())


class PortalForm(FlaskForm):
    """A form with a CSRF token, our components, and messages in the reader's language."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: FlaskForm) -> CatalogueTranslations:
            return CatalogueTranslations()

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """Read what was sent; on a fresh page, what was kept when a sign-in had ended."""
            sent = super().wrap_formdata(form, formdata)
            return g.get("kept_form") if sent is None and has_request_context() else sent

    def refuse(self, error: PortalError | str, *, field: str | None = None) -> None:
        """Put a refusal of a use case at the control it is about.

        ``error`` is the sentence to show. Without a field of that name it
        stands in the summary alone.
        """
        name = field or (error.field if isinstance(error, PortalError) else None)
        target = self._fields.get(name) if name else None
        if target is None:
            self.form_errors.append(str(error))
        else:
            target.errors = [*target.errors, str(error)]

    @property
    def has_errors(self) -> bool:
        """True when anything has to be mended."""
        return any(True for _error in error_summary(self))


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of the error summary and the control it leads to."""

    text: str
    href: str | None = None


def error_summary(form: FlaskForm) -> Iterator[SummaryLine]:
    """Give the errors of a form, one a field, in the order of the page.

    Each leads to the first control of its field, so that a keyboard lands
    where typing is needed, not on a group that takes no typing.
    """
    for error in form.form_errors:
        yield SummaryLine(str(error))
    for field in form:
        error = first_error(field)
        if error:
            yield SummaryLine(error, f"#{first_control(field)}")


def first_error(field: Field) -> str | None:
    """Give the first message of a field; further ones wait until it is mended."""
    return next((str(error) for error in field.errors), None)


def first_control(field: Field) -> str:
    """Give the id of the control a reader has to reach to mend a field."""
    control = getattr(field, "first_control", None)
    return str(control) if control else str(field.id)


def page_errors(form: Any) -> list[SummaryLine]:
    """Give the summary of a page's form; nothing for a page without one."""
    if form is None or isinstance(form, Undefined):
        return []
    return list(error_summary(form))
