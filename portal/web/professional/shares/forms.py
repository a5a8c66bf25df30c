"""The form of a new share, and the one that ends a share."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _

from portal.domain.disclosure import Factor, Purpose
from portal.web.forms.checks import NotInThePast, Optional, Required
from portal.web.forms.dates import DateField
from portal.web.forms.fields import (
    CheckboxesField,
    CheckboxField,
    RadioField,
    SelectChoice,
    SelectField,
    TextField,
)
from portal.web.forms.sending import OnceForm


class CheckTerms:
    """How a form that makes a share asks for the second factor; the fields are its own.

    The PIN stands under its choice, so the choices are drawn when errors, if any, are known.
    """

    factor: RadioField
    pin: TextField

    def offer_factors(self, *, knows_birth_date: bool) -> None:
        """Fill in the second factors there are."""
        self._birth_hint = (
            _("They enter the date you gave us. We never show it.")
            if knows_birth_date
            else _("We do not know your date of birth yet. Add it to your details first.")
        )
        self.factor.choices = self._factors()

    def lay_out(self) -> None:
        """Put the PIN under its choice."""
        self.factor.choices = self._factors(conditional=self.pin())

    def _factors(self, **pin_look: Any) -> list[SelectChoice]:
        return [
            SelectChoice(Factor.PIN.value, _("A PIN"), render_kw=pin_look),
            SelectChoice(
                Factor.BIRTH_DATE.value,
                _("My date of birth"),
                render_kw={"hint": self._birth_hint},
            ),
        ]

    @property
    def pin_typed(self) -> str:
        """The PIN without the spaces people put between digits."""
        return "".join((self.pin.data or "").split())


def until_field(label: Any, missing: Any) -> DateField:
    """The last day of a share."""
    return DateField(
        label,
        [Required(missing), NotInThePast(_("The last day of a share must be today or later."))],
        hint=_("One year from today at most. You can end it earlier at any time."),
    )


def factor_field() -> RadioField:
    """The second thing a checker must know."""
    return RadioField(
        _("What must somebody know besides the code?"), [Required(_("Choose a second item."))], choices=[]
    )


def pin_field() -> TextField:
    """A PIN made for the holder, to keep or to change."""
    return TextField(
        _("PIN of six digits"),
        [Optional(quiet=True)],
        hint=_("We made one for you. Change it if you like; we do not keep it."),
        width=10,
        max_length=40,
        autocomplete="off",
        inputmode="numeric",
        spellcheck=False,
    )


class MakeShareForm(CheckTerms, OnceForm):
    """What a holder agrees to show, for what, until when, and to whom the second factor was given."""

    purpose = SelectField(
        _("What is the share for?"),
        [Required(_("Choose what the share is for."))],
        empty=_("Choose one"),
        choices=[
            SelectChoice(Purpose.HIRING.value, _("Hiring")),
            SelectChoice(Purpose.ONBOARDING.value, _("Starting in a post")),
            SelectChoice(Purpose.YEARLY_REVIEW.value, _("Yearly review")),
            SelectChoice(Purpose.CLIENT_ASSURANCE.value, _("Assurance to a client")),
            SelectChoice(Purpose.OTHER.value, _("Another purpose")),
        ],
    )
    purpose_note = TextField(
        _("More about the purpose"),
        [Optional()],
        hint=_("For example, the name of the employer. Whoever checks can read this."),
        max_length=200,
    )
    recognitions = CheckboxesField(
        _("Which recognitions may be seen?"),
        [Required(_("Choose at least one recognition to share."))],
        choices=[],
    )
    shows_bridging = CheckboxField(_("Also show how far I am in my bridging programmes"))
    until = until_field(_("Last day of the share"), _("Enter the last day of the share."))
    factor = factor_field()
    pin = pin_field()

    def offer(self, recognitions: list[tuple[str, str, str]], *, knows_birth_date: bool) -> None:
        """Fill in the choices: recognitions as key, title and hint; and the factors there are."""
        self.recognitions.choices = [
            SelectChoice(key, title, render_kw={"hint": hint}) for key, title, hint in recognitions
        ]
        self.offer_factors(knows_birth_date=knows_birth_date)

    @property
    def chosen(self) -> list[UUID]:
        """The keys of the recognitions ticked; the choices were checked before."""
        return [UUID(key) for key in self.recognitions.data or []]


class EndShareForm(OnceForm):
    """Nothing to fill in: the page asks whether it is meant."""
