"""The forms of the shelf: uploading a document, its pages and translations, and what is said of it.

Owns how a fact is named in a form and an address: ``credential:<id>``, ``work:<id>``,
``personal:<id>``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar
from uuid import UUID

from flask_babel import gettext as _, lazy_gettext as _l

from portal.domain.credentials import FactKind
from portal.domain.errors import NotFound, Refused
from portal.domain.evidence import (
    LONGEST_CODE,
    LONGEST_DESCRIPTION,
    LONGEST_TRANSLATOR,
    DocumentAnswers,
    TranslationAnswers,
    TranslatorKind,
    Validity,
    WrittenLanguage,
)
from portal.domain.files import OfferedFile
from portal.domain.official_codes import CodeScheme, tidy_code
from portal.services.evidence import SupportedFact
from portal.services.shelf import ShelvedDocument
from portal.web.forms.checks import Optional, Required
from portal.web.forms.dates import DateField
from portal.web.forms.fields import FileField, RadioField, SelectChoice, SelectField, TextField
from portal.web.forms.sending import EditForm, OnceForm
from portal.web.professional.evidence.words import LANGUAGES, SCHEMES, TRANSLATORS

ACCEPTED: Final = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"

Word = TypeVar("Word", bound=StrEnum)


# Each form lists its fields in the order of its page, which is the order of the error summary too.
def _file_field() -> FileField:
    return FileField(
        _l("Document"),
        [Required(_l("Choose a file."))],
        hint=_l("PDF, JPEG or PNG, up to 10 MB, without a password."),
        accept=ACCEPTED,
    )


def _description_field() -> TextField:
    return TextField(
        _l("What it shows"),
        [Optional()],
        hint=_l("For example, degree certificate."),
        max_length=LONGEST_DESCRIPTION,
    )


def _issued_field() -> DateField:
    return DateField(_l("Issued on"), [Optional()])


def _until_field() -> DateField:
    return DateField(
        _l("Valid until"), [Optional()], hint=_l("Leave it empty for a document that does not run out.")
    )


def _scheme_field(empty: str) -> SelectField:
    return SelectField(_l("Whose code it is"), [Optional(quiet=True)], empty=empty)


def _code_field(check: Optional) -> TextField:
    return TextField(
        _l("Official verification code"),
        [check],
        hint=_l("As printed on the report or certificate. Officers type it on the issuer’s own site."),
        max_length=LONGEST_CODE,
        autocomplete="off",
        spellcheck=False,
        width=20,
    )


def _supports_field() -> SelectField:
    return SelectField(
        _l("What it supports"), [Optional(quiet=True)], empty=_l("Nothing yet: keep it on the shelf")
    )


class UploadForm(OnceForm):
    """A document from the reader's device."""

    file = _file_field()
    description = _description_field()
    issued_on = _issued_field()
    valid_until = _until_field()
    supports = _supports_field()

    def __init__(self, facts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.supports.choices = [SelectChoice(code, title) for code, title in facts]


class CodeForm(OnceForm):
    """An official code without a file."""

    scheme = _scheme_field(_l("Choose one"))
    code = _code_field(Optional(quiet=True))
    description = _description_field()
    issued_on = _issued_field()
    valid_until = _until_field()
    supports = _supports_field()

    def __init__(self, facts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.scheme.choices = _choices(SCHEMES)
        self.supports.choices = [SelectChoice(code, title) for code, title in facts]


class DetailsForm(EditForm):
    """What is said of a document that is on the shelf."""

    description = _description_field()
    issued_on = _issued_field()
    valid_until = _until_field()
    scheme = _scheme_field(_l("No code"))
    code = _code_field(Optional())

    def __init__(self, document: ShelvedDocument) -> None:
        said = document.said
        kept = {
            "description": said.description,
            "issued_on": said.validity.issued_on,
            "valid_until": said.validity.valid_until,
            "scheme": said.scheme.value if said.scheme else "",
            "code": said.code,
            "version": document.version,
        }
        super().__init__(data=kept)
        self.scheme.choices = _choices(SCHEMES)


class PageForm(OnceForm):
    """A further page."""

    file = _file_field()


class TranslationForm(OnceForm):
    """A translation with its first page. What is missing is said by the use case's own checks."""

    translator = TextField(
        _l("Name of the translator or firm"),
        [Optional(quiet=True)],
        hint=_l("As on the translation’s own certificate or stamp."),
        max_length=LONGEST_TRANSLATOR,
    )
    kind = RadioField(_l("What they are"), [Optional(quiet=True)])
    language = RadioField(_l("Language of the translation"), [Optional(quiet=True)])
    translated_on = DateField(_l("Day of the translation"), [Optional(quiet=True)])
    file = _file_field()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = _choices(TRANSLATORS)
        self.language.choices = _choices(LANGUAGES)


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


class SupportForm(OnceForm):
    """What a document that is on the shelf is to support as well."""

    supports = SelectField(
        _l("Attach it to"), [Required(_l("Choose what it supports."))], empty=_l("Choose one")
    )

    def __init__(self, facts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.supports.choices = [SelectChoice(code, title) for code, title in facts]


class ConfirmForm(OnceForm):
    """Nothing but the wish to go on."""


def offered_in(form: UploadForm | PageForm | TranslationForm) -> OfferedFile:
    """The file as it was sent, nothing about it believed."""
    sent = form.file.data
    if sent is None:
        raise Refused("evidence.empty", field="file")
    return OfferedFile(sent.filename or "", sent.mimetype or "", sent.read())


def document_answers(form: UploadForm | CodeForm | DetailsForm) -> DocumentAnswers:
    """What was typed about a document, with its code where the form asks for one."""
    has_code = not isinstance(form, UploadForm)
    return DocumentAnswers(
        description=form.description.data or "",
        validity=Validity(form.issued_on.data, form.valid_until.data),
        scheme=_chosen(CodeScheme, form.scheme.data) if has_code else None,
        code=tidy_code(form.code.data or "") if has_code else "",
    )


def translation_answers(form: TranslationForm) -> TranslationAnswers:
    """What was typed about a translation."""
    return TranslationAnswers(
        translator=form.translator.data or "",
        kind=_chosen(TranslatorKind, form.kind.data),
        language=_chosen(WrittenLanguage, form.language.data),
        translated_on=form.translated_on.data,
    )


def fact_named(spelled: str) -> SupportedFact:
    """Read the name of a fact; an address with another spelling leads nowhere."""
    kind, _colon, key = spelled.partition(":")
    try:
        return SupportedFact(FactKind(kind), UUID(key))
    except ValueError as error:
        raise NotFound("evidence.fact_not_found") from error


def _choices(named: Mapping[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(word.value, _(title)) for word, title in named.items()]


def _chosen(words: type[Word], typed: str | None) -> Word | None:
    return words(typed) if typed in {word.value for word in words} else None
