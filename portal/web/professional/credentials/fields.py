"""The fields of a credential: one for each day of its kind and each attribute of its catalogue entry.

Owns what each is called, what helps to fill it in, and its words. It must not judge an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext as _
from wtforms import Field

from portal.domain.attributes import LEVEL, LONGEST, NUMBER, SCORE, SITTING, choices_for
from portal.domain.credentials import Kind, dates_asked
from portal.domain.rules.catalogue import Qualification
from portal.domain.texts import Text
from portal.services.house import House
from portal.web.forms.checks import Optional
from portal.web.forms.dates import DateField
from portal.web.forms.fields import SelectChoice, SelectField, TextAreaField, TextField
from portal.web.professional.words import said
from portal.wording.marking import N_

_SITTINGS_BACK_YEARS: Final = 15
# What helps to answer; an attribute that explains itself has none.
_HINTS: Final = {
    NUMBER: N_("As it is printed. An officer looks it up by this number; no requirement reads it."),
    SITTING: N_("Passes count together only within two sittings that follow each other."),
    "sitting_place": N_("The city in which you sat it, not the city in which you live."),
    SCORE: N_("As it is printed on the result. Where one sitting has several papers, the lowest of them."),
    LEVEL: N_("The level of this one. Register each of your degrees by itself."),
    "field": N_("As the certificate names it. Choose the nearest; an officer compares it with the document."),
    "courses": N_(
        "Only when the field is another one: the courses in accounting, business administration, economics, finance or law that you passed, as the transcript names them."
    ),
    "stream": N_("The direction or speciality that is printed on it."),
    "subject": N_("As it is printed on the certificate."),
    "standing_proof": N_(
        "How the body confirms that you are in good standing today, and on which day it did."
    ),
    "school": N_("Its full name, in the language of the certificate."),
    "place": N_("Where the body that awarded it is at home."),
}
_LONG_TEXTS: Final = frozenset({"courses"})


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


def day_fields(kind: Kind) -> dict[str, Field]:
    """The days a kind of qualification has."""
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


def credential_fields(house: House, entry: Qualification) -> dict[str, Field]:
    """Every field of one qualification, in the order of the page."""
    fields = day_fields(Kind(entry.kind))
    for name in entry.attributes:
        fields[name] = attribute_field(house, entry, name)
    return fields


def attribute_label(house: House, name: str) -> str:
    """What an attribute is called."""
    return said(house.rulebook.vocabulary["attributes"][name])


def attribute_field(house: House, entry: Qualification, name: str) -> Field:
    """The field of one attribute: a list where the answers are closed, else a text."""
    book = house.rulebook
    label = attribute_label(house, name)
    choices = choices_for(name, entry, book.qualifications, book.vocabulary)
    checks = [] if name == LEVEL else [Optional()]
    hint = _(_HINTS[name]) if name in _HINTS else ""
    if choices is not None:
        empty = _("Choose one") if name == LEVEL else _("Not stated")
        return SelectField(label, checks, choices=_choices(choices), empty=empty, hint=hint)
    if name == SITTING:
        return SelectField(label, checks, choices=_sittings(house), empty=_("Not stated"), hint=hint)
    if name == SCORE:
        return TextField(label, checks, width=4, inputmode="numeric", hint=hint)
    most = LONGEST.get(name, 200)
    if name in _LONG_TEXTS:
        return TextAreaField(label, checks, max_length=most, rows=3, hint=hint)
    width = 20 if name == NUMBER else None
    return TextField(label, checks, max_length=most, width=width, spellcheck=False, hint=hint)


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
