"""The form that names a referee."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.domain.referees import Relation
from portal.services.referees import LONGEST, Nomination
from portal.web.forms.checks import Required
from portal.web.forms.fields import EmailField, RadioField, SelectChoice, TextField
from portal.web.forms.sending import EditForm, OnceForm
from portal.web.languages import current_language
from portal.web.public.references.words import relation_word
from portal.wording.languages import LANGUAGES


class RefereeForm(OnceForm):
    """Whom to ask, and in which language to write to them."""

    name = TextField(
        _l("Name of the referee"), max_length=LONGEST["name"], autocomplete="off", spellcheck=False
    )
    email = EmailField(
        _l("Their e-mail address at work"),
        hint=_l(
            "An address of the employer counts most. A public or a private one is shown to the officer as such."
        ),
        max_length=LONGEST["email"],
        autocomplete="off",
    )
    relation = RadioField(
        _l("How they knew you in this work"), [Required(_l("Choose how they knew you."))], choices=[]
    )
    language = RadioField(
        _l("Language to write to them in"), [Required(_l("Choose a language."))], choices=[]
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.relation.choices = [SelectChoice(one.value, relation_word(one)) for one in Relation]
        self.language.choices = [
            SelectChoice(one.locale, one.own_name, render_kw={"lang": one.tag}) for one in LANGUAGES
        ]
        if not self.language.data:
            self.language.data = current_language().locale

    @property
    def nomination(self) -> Nomination:
        """What was typed, as the use case takes it."""
        known = {one.value: one for one in Relation}
        return Nomination(
            name=self.name.data or "",
            email=self.email.data or "",
            relation=known.get(self.relation.data or ""),
            language=self.language.data or "",
        )


class TakeBackForm(EditForm):
    """Takes a request back."""
