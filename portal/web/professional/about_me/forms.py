"""The form in which people describe themselves; the questions come from the rulebook's vocabulary.

Owns the fields. Each question takes yes, no, or no answer, and no answer is never a no.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import Field

from portal.domain.places import Jurisdiction
from portal.services.house import House
from portal.services.people import LONGEST_NAMES, PersonRecord, SelfDescription, questions_asked
from portal.web.forms.checks import Optional, Required
from portal.web.forms.dates import DateField
from portal.web.forms.fields import RadioField, SelectChoice, TextField
from portal.web.forms.sending import EditForm
from portal.web.professional.words import vocabulary_word

YES: Final = "yes"
NO: Final = "no"
UNSTATED: Final = "unstated"
_ANSWERS: Final[dict[str, bool | None]] = {YES: True, NO: False, UNSTATED: None}
_PREFIX: Final = "fact_"


class AboutMeForm(EditForm):
    """Names, birthday and home; the questions are added by ``about_me_form``."""

    name_latin = TextField(
        _l("Name in Latin letters"),
        [Optional(quiet=True)],
        hint=_l("As on the document you travel with. For example, CHAN Tai Man, Peter or ZHANG SAN."),
        max_length=LONGEST_NAMES["name_latin"],
        autocomplete="name",
        spellcheck=False,
    )
    name_chinese = TextField(
        _l("Name in Chinese"),
        [Optional()],
        hint=_l("As on your identity document."),
        max_length=LONGEST_NAMES["name_chinese"],
        spellcheck=False,
    )
    born_on = DateField(_l("Date of birth"), [Optional()], birthday=True)
    home = RadioField(
        _l("Where do you live?"),
        [Required(_l("Choose the city where you live."))],
        hint=_l("Your data is kept under the law of that place. You can be recognised on both sides."),
        choices=[
            SelectChoice(Jurisdiction.HONG_KONG.value, _l("Hong Kong")),
            SelectChoice(Jurisdiction.SHENZHEN.value, _l("Shenzhen, or elsewhere in the Mainland")),
        ],
    )


def about_me_form(house: House, record: PersonRecord) -> AboutMeForm:
    """The form for one person, filled with what is recorded."""
    fields: dict[str, Field] = {
        _PREFIX + name: RadioField(
            vocabulary_word(house, "facts", name),
            choices=[
                SelectChoice(YES, _("Yes")),
                SelectChoice(NO, _("No")),
                SelectChoice(UNSTATED, _("I would rather not say now")),
            ],
            default=UNSTATED,
            inline=True,
        )
        for name in questions_asked(house)
    }
    made: type[AboutMeForm] = type("AboutMeForm", (AboutMeForm,), fields)
    return made(data=_recorded(house, record))


def questions_of(form: AboutMeForm) -> list[tuple[str, Field]]:
    """The questions of the form, by the name of their fact."""
    return [
        (field.short_name.removeprefix(_PREFIX), field)
        for field in form
        if field.short_name.startswith(_PREFIX)
    ]


def described_in(form: AboutMeForm) -> SelfDescription:
    """What was typed, as the use case takes it."""
    home = form.home.data
    return SelfDescription(
        name_latin=form.name_latin.data or "",
        name_chinese=form.name_chinese.data or "",
        home=Jurisdiction(home) if home in set(Jurisdiction) else Jurisdiction.HONG_KONG,
        born_on=form.born_on.data,
        answers={name: _ANSWERS.get(field.data) for name, field in questions_of(form)},
    )


def _recorded(house: House, record: PersonRecord) -> Mapping[str, Any]:
    said = record.description
    spelled = {answer: word for word, answer in _ANSWERS.items()}
    answers = {_PREFIX + name: spelled[said.answers.get(name)] for name in questions_asked(house)}
    return {
        "name_latin": said.name_latin,
        "name_chinese": said.name_chinese,
        "born_on": said.born_on,
        "home": said.home.value,
        "version": record.version,
        **answers,
    }
