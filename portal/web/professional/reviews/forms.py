"""The request for a human review: which answers, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext as _

from portal.domain.reviews import MOST_CHARACTERS
from portal.web.forms.checks import Optional, Required
from portal.web.forms.fields import CheckboxesField, SelectChoice, TextAreaField
from portal.web.forms.sending import OnceForm


@dataclass(frozen=True, slots=True)
class PlankChoice:
    """A requirement to choose, and those it is made of."""

    plank: SelectChoice
    parts: tuple[SelectChoice, ...]


class AskReviewForm(OnceForm):
    """Which requirements the program answered wrongly, and why the person thinks so.

    The parts of a requirement are fields of their own, made by ``ask_review_form``.
    """

    clauses = CheckboxesField(
        _("Which answers should people look at?"),
        [Required(_("Choose at least one requirement."))],
    )
    why = TextAreaField(
        _("Why do you think the program is wrong?"),
        [Required(_("Say in your own words what the program got wrong."))],
        hint=_("Your own words, in any of the three languages. The officers read them with your file."),
        rows=6,
        max_length=MOST_CHARACTERS,
    )

    @property
    def meant(self) -> set[str]:
        """Every clause that was ticked, requirements and parts alike."""
        return {name for field in self if isinstance(field, CheckboxesField) for name in field.data or ()}


def ask_review_form(choices: Iterable[PlankChoice]) -> AskReviewForm:
    """Make the form for the requirements of one case; the parts of each stand under it once it is ticked.

    A part that is ticked ticks its requirement: without a script both are in sight.
    """
    offered = {_within(one): one for one in choices}
    parts = {name: _parts(one) for name, one in offered.items() if one.parts}
    made: type[AskReviewForm] = type("AskReviewForm", (AskReviewForm,), parts)
    form = made()
    for name in parts:
        plank = offered[name].plank
        plank.render_kw["conditional"] = form[name](classes="govuk-checkboxes--small")
        if form[name].data and plank.value not in form.clauses.data:
            form.clauses.data.append(plank.value)
    form.clauses.choices = [one.plank for one in offered.values()]
    return form


def _within(one: PlankChoice) -> str:
    return f"within-{one.plank.value}"


def _parts(one: PlankChoice) -> CheckboxesField:
    return CheckboxesField(
        gettext("Is it one part of this? You need not say."), [Optional(quiet=True)], choices=one.parts
    )
