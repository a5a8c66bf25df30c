"""The forms for several papers: which ones, then what is asked of each.

Owns how the answers of many papers travel in one form. It must not judge them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field

from portal.domain.rules.catalogue import Qualification
from portal.domain.sense import CREDENTIAL_DAYS, CredentialDays
from portal.services.credentials import CredentialAnswers, Paper
from portal.services.house import House
from portal.web.forms.base import PortalForm
from portal.web.forms.checks import Required
from portal.web.forms.fields import CheckboxesField, CheckboxField, SelectChoice
from portal.web.forms.sending import OnceForm
from portal.web.professional.credentials.fields import credential_fields
from portal.web.professional.words import qualification_word


class ChoosePapersForm(PortalForm):
    """Which papers; sent by GET, so that going back keeps them."""

    class Meta(PortalForm.Meta):
        csrf = False

    paper = CheckboxesField(_l("Papers you passed"), [Required(_l("Choose at least one paper."))])


class PapersForm(OnceForm):
    """What is asked of each paper; the fields are added by ``papers_form``."""


def choose_form(house: House, papers: Sequence[Qualification], asked: Any) -> ChoosePapersForm:
    """The list of papers to choose from."""
    form = ChoosePapersForm(formdata=asked)
    form.paper.choices = [SelectChoice(entry.code, qualification_word(house, entry.code)) for entry in papers]
    return form


def papers_form(house: House, papers: Sequence[Qualification]) -> PapersForm:
    """One form for several papers; each paper's fields carry its place in front."""
    fields: dict[str, Field] = {}
    for place, entry in enumerate(papers):
        for name, field in credential_fields(house, entry).items():
            fields[named(place, name)] = field
        fields[named(place, "is_another")] = CheckboxField(
            _l("This is another one, not the one already recorded.")
        )
    made: type[PapersForm] = type("PapersForm", (PapersForm,), fields)
    return made()


def papers_in(form: PapersForm, papers: Sequence[Qualification]) -> list[Paper]:
    """What was typed of each paper, as the use case takes it."""
    found = []
    for place, entry in enumerate(papers):
        days = {day: form[named(place, day)].data for day in CREDENTIAL_DAYS if named(place, day) in form}
        attributes = {name: form[named(place, name)].data or "" for name in entry.attributes}
        said = CredentialAnswers(CredentialDays(**days), attributes)
        found.append(Paper(entry.code, said, bool(form[named(place, "is_another")].data)))
    return found


def named(place: int, name: str) -> str:
    """The name of a paper's field."""
    return f"p{place}_{name}"
