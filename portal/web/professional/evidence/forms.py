"""The forms of the shelf: uploading a document, attaching one that is there, taking one off.

Owns how a fact is named in a form and an address: ``credential:<id>``, ``work:<id>``,
``personal:<id>``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _l

from portal.domain.credentials import FactKind
from portal.domain.errors import NotFound, Refused
from portal.domain.files import OfferedFile
from portal.services.evidence import LONGEST_DESCRIPTION, SupportedFact
from portal.web.forms.checks import Optional, Required
from portal.web.forms.fields import FileField, SelectChoice, SelectField, TextField
from portal.web.forms.sending import OnceForm

ACCEPTED: Final = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"


class UploadForm(OnceForm):
    """A document from the reader's device."""

    file = FileField(
        _l("Document"),
        [Required(_l("Choose a file."))],
        hint=_l("PDF, JPEG or PNG, up to 10 MB, without a password."),
        accept=ACCEPTED,
    )
    description = TextField(
        _l("What it shows"),
        [Optional()],
        hint=_l("For example, certificate with its translation."),
        max_length=LONGEST_DESCRIPTION,
    )
    supports = SelectField(
        _l("What it supports"), [Optional(quiet=True)], empty=_l("Nothing yet: keep it on the shelf")
    )

    def __init__(self, facts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.supports.choices = [SelectChoice(code, title) for code, title in facts]


class AttachForm(OnceForm):
    """A document that is on the shelf already. Its token travels in a field of the page's own."""

    class Meta(OnceForm.Meta):
        # Under the prefix the token would have another name; every POST is guarded all the same.
        csrf = False

    document = SelectField(
        _l("Document on your shelf"), [Required(_l("Choose a document."))], empty=_l("Choose one")
    )

    def __init__(self, documents: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        # Two forms may stand on one page, and ids must not meet.
        super().__init__(prefix="shelf-", **kwargs)
        self.document.choices = [SelectChoice(code, title) for code, title in documents]


class ConfirmForm(OnceForm):
    """Nothing but the wish to go on."""


def offered_in(form: UploadForm) -> OfferedFile:
    """The file as it was sent, nothing about it believed."""
    sent = form.file.data
    if sent is None:
        raise Refused("evidence.empty", field="file")
    return OfferedFile(sent.filename or "", sent.mimetype or "", sent.read())


def fact_named(spelled: str) -> SupportedFact:
    """Read the name of a fact; an address with another spelling leads nowhere."""
    kind, _colon, key = spelled.partition(":")
    try:
        return SupportedFact(FactKind(kind), UUID(key))
    except ValueError as error:
        raise NotFound("evidence.fact_not_found") from error
