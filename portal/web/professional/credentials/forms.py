"""The form of a credential, made for each qualification from what its catalogue entry asks.

Owns which field stands for which answer. It must not judge the answers: that is done by the use
case's own checks, so that every door judges alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import Field

from portal.domain.attributes import LEVEL, LONGEST, NUMBER, SCORE, SITTING, choices_for
from portal.domain.credentials import Kind, dates_asked
from portal.domain.rules.catalogue import Qualification
from portal.domain.search import LONGEST_QUERY
from portal.domain.sense import CredentialDays
from portal.domain.texts import Text
from portal.services.credentials import CredentialAnswers, CredentialRecord
from portal.services.house import House
from portal.web.forms.base import PortalForm
from portal.web.forms.checks import Optional
from portal.web.forms.dates import DateField
from portal.web.forms.fields import CheckboxField, SelectChoice, SelectField, TextField
from portal.web.forms.sending import EditForm
from portal.web.professional.words import said

DAYS: Final = ("awarded_on", "begun_on", "ended_on", "valid_until")
_SITTINGS_BACK_YEARS: Final = 15


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
    fields: dict[str, Field] = {**_day_fields(Kind(entry.kind))}
    for name in entry.attributes:
        fields[name] = _attribute_field(house, entry, name)
    made: type[CredentialForm] = type("CredentialForm", (CredentialForm,), fields)
    return made(data=_answers_of(record)) if record is not None else made()


def answers_in(form: CredentialForm, entry: Qualification) -> CredentialAnswers:
    """What was typed, as the use case takes it."""
    days = {name: form[name].data for name in DAYS if name in form}
    attributes = {name: form[name].data or "" for name in entry.attributes}
    return CredentialAnswers(CredentialDays(**days), attributes)


def fields_asked(form: CredentialForm, entry: Qualification) -> list[Field]:
    """The fields of the kind and of the entry, in the order of the page."""
    return [form[name] for name in (*DAYS, *entry.attributes) if name in form]


def _answers_of(record: CredentialRecord) -> Mapping[str, Any]:
    days = {name: getattr(record.days, name) for name in DAYS}
    return {**days, **record.attributes, "version": record.version}


def day_labels(kind: Kind) -> dict[str, str]:
    """What each day is called, by kind: a paper is sat, a licence begins, a degree is awarded."""
    awarded = {
        Kind.EXAM_PAPER: _("Day you sat the paper"),
        Kind.COURSE: _("Day of completion"),
    }.get(kind, _("Day of award"))
    return {
        "awarded_on": awarded,
        "begun_on": _("First day"),
        "ended_on": _("Day it ended"),
        "valid_until": _("Valid until"),
    }


def _day_fields(kind: Kind) -> dict[str, Field]:
    asked, labels = dates_asked(kind), day_labels(kind)
    fields: dict[str, Field] = {}
    if asked.awarded:
        fields["awarded_on"] = DateField(labels["awarded_on"])
    if asked.period:
        fields["begun_on"] = DateField(labels["begun_on"])
        fields["ended_on"] = DateField(
            labels["ended_on"],
            [Optional()],
            hint=_("The first day on which you no longer held it. Leave empty while you hold it."),
        )
    if asked.expiry:
        fields["valid_until"] = DateField(
            labels["valid_until"], [Optional()], hint=_("The last day, if one is printed on it.")
        )
    return fields


def attribute_label(house: House, name: str) -> str:
    """What an attribute is called."""
    return said(house.rulebook.vocabulary["attributes"][name])


def _attribute_field(house: House, entry: Qualification, name: str) -> Field:
    book = house.rulebook
    label = attribute_label(house, name)
    choices = choices_for(name, entry, book.qualifications, book.vocabulary)
    checks = [] if name == LEVEL else [Optional()]
    if choices is not None:
        empty = _("Choose one") if name == LEVEL else _("Not stated")
        return SelectField(label, checks, choices=_choices(choices), empty=empty)
    if name == SITTING:
        return SelectField(label, checks, choices=_sittings(house), empty=_("Not stated"))
    if name == SCORE:
        return TextField(label, checks, width=4, inputmode="numeric")
    width = 20 if name == NUMBER else None
    return TextField(label, checks, max_length=LONGEST.get(name, 200), width=width, spellcheck=False)


def _choices(titles: Mapping[str, Text]) -> list[SelectChoice]:
    return [SelectChoice(code, said(title)) for code, title in titles.items()]


def _sittings(house: House) -> list[SelectChoice]:
    """The two sittings of each year, the newest first."""
    this_year = house.clock.today().year
    years = range(this_year, this_year - _SITTINGS_BACK_YEARS, -1)
    return [
        SelectChoice(f"{year}-{half}", sitting_word(f"{year}-{half}")) for year in years for half in (2, 1)
    ]


def sitting_word(sitting: str) -> str:
    """A sitting such as ``2026-1`` in words."""
    year, _dash, half = sitting.partition("-")
    if half == "1":
        return _("%(year)s, first half of the year", year=year)
    return _("%(year)s, second half of the year", year=year)
