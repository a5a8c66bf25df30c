"""The form of a credential, made for each qualification from what its catalogue entry asks.

Owns which field stands for which answer. It must not judge the answers: that is done by the use
case's own checks, so that every door judges alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field

from portal.domain.rules.catalogue import Qualification
from portal.domain.search import LONGEST_QUERY
from portal.domain.sense import CREDENTIAL_DAYS, CredentialDays
from portal.services.credentials import CredentialAnswers, CredentialRecord
from portal.services.house import House
from portal.web.forms.base import PortalForm
from portal.web.forms.fields import CheckboxField, TextField
from portal.web.forms.sending import EditForm
from portal.web.professional.credentials.fields import credential_fields


class SearchForm(PortalForm):
    """The search of the catalogue; sent by GET, so that an answer can be bookmarked."""

    class Meta(PortalForm.Meta):
        csrf = False

    q = TextField(
        _l("Name or abbreviation"),
        hint=_l("In English, traditional or simplified Chinese. For example, Type 9, CISP or Paper 1."),
        max_length=LONGEST_QUERY,
        autocomplete="off",
        spellcheck=False,
    )


class CredentialForm(EditForm):
    """What is asked of every credential; the fields of its kind are added by ``credential_form``."""

    is_another = CheckboxField(_l("This is another one, not the one already recorded."))


class WithdrawForm(EditForm):
    """Nothing but the wish to withdraw."""


def credential_form(
    house: House, entry: Qualification, record: CredentialRecord | None = None
) -> CredentialForm:
    """The form for one qualification, filled from a record when there is one."""
    fields = credential_fields(house, entry)
    made: type[CredentialForm] = type("CredentialForm", (CredentialForm,), fields)
    return made(data=_answers_of(record)) if record is not None else made()


def answers_in(form: CredentialForm, entry: Qualification) -> CredentialAnswers:
    """What was typed, as the use case takes it."""
    days = {name: form[name].data for name in CREDENTIAL_DAYS if name in form}
    attributes = {name: form[name].data or "" for name in entry.attributes}
    return CredentialAnswers(CredentialDays(**days), attributes)


def fields_asked(form: CredentialForm, entry: Qualification) -> list[Field]:
    """The fields of the kind and of the entry, in the order of the page."""
    return [form[name] for name in (*CREDENTIAL_DAYS, *entry.attributes) if name in form]


def _answers_of(record: CredentialRecord) -> Mapping[str, Any]:
    days = {name: getattr(record.days, name) for name in CREDENTIAL_DAYS}
    return {**days, **record.attributes, "version": record.version}
