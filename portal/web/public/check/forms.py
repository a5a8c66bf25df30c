"""The forms of the check: each asks for facts, and each can be answered with "not sure".

Owns the fields. What makes no sense about a day is judged by the same checks as every other record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import Field

from portal.domain.credentials import Kind
from portal.domain.eligibility.answers import MOST_ITEMS, Answers, Held, HeldAnswer
from portal.domain.eligibility.questions import Question
from portal.domain.places import Jurisdiction
from portal.domain.rules.catalogue import Qualification, Track
from portal.domain.rules.rulesets import Target
from portal.domain.sense import CREDENTIAL_DAYS, CredentialDays
from portal.services.house import House
from portal.services.work_history import LONGEST
from portal.web.forms.base import PortalForm
from portal.web.forms.checks import Optional, Required
from portal.web.forms.dates import DateField
from portal.web.forms.fields import CheckboxesField, RadioField, SelectChoice, TextField
from portal.web.forms.sending import OnceForm
from portal.web.professional.credentials.fields import attribute_field, day_fields
from portal.web.professional.words import said
from portal.web.professional.work.forms import WorkForm

MOST_TRACKS: Final = 3
MOST_AIMS: Final = 6
UNSURE: Final = "unsure"
YES: Final = "yes"
NO: Final = "no"
BOTH: Final = "both"


def refuse_too_many(form: PortalForm, answers: Answers) -> None:
    """Take nothing more when a visit has told more than anybody has."""
    if answers.is_full:
        form.refuse(
            _(
                "This check takes %(most)s qualifications and periods of work. "
                "Remove one before you add another.",
                most=MOST_ITEMS,
            )
        )


class StartForm(PortalForm):
    """Which way, and which kind of work."""

    towards = RadioField(
        _l("Where do you want your qualifications to count?"),
        [Required(_l("Choose where your qualifications should count."))],
        choices=[
            SelectChoice(Jurisdiction.HONG_KONG.value, _l("In Hong Kong")),
            SelectChoice(Jurisdiction.SHENZHEN.value, _l("In Shenzhen")),
            SelectChoice(BOTH, _l("In both cities")),
        ],
    )
    tracks = CheckboxesField(
        _l("Which work is it about?"),
        [Required(_l("Choose the work it is about, or “I am not sure”."))],
        hint=_l("Choose up to three."),
    )

    def __init__(self, tracks: Iterable[Track], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        known = [SelectChoice(track.id, said(track.title)) for track in tracks]
        unsure = SelectChoice(
            UNSURE,
            _("I am not sure"),
            render_kw={
                "divider": _("or"),
                "exclusive": True,
                "hint": _("We ask where you work and as what, and propose some."),
            },
        )
        self.tracks.choices = [*known, unsure]

    def validate_tracks(self, field: CheckboxesField) -> None:
        """At most a few, so that the check stays short."""
        chosen = [one for one in field.data if one != UNSURE]
        if len(chosen) > MOST_TRACKS:
            field.errors = [*field.errors, _("Choose three at most. You can check others afterwards.")]
        elif chosen and UNSURE in field.data:
            field.errors = [*field.errors, _("Choose some kinds of work, or “I am not sure”, not both.")]

    @property
    def sides(self) -> tuple[Jurisdiction, ...]:
        """The cities aimed at."""
        return tuple(Jurisdiction) if self.towards.data == BOTH else (Jurisdiction(str(self.towards.data)),)


class ProposedForm(PortalForm):
    """The tracks that fit what somebody said of their work."""

    tracks = CheckboxesField(
        _l("Which of these do you want to check?"),
        [Required(_l("Choose at least one."))],
        hint=_l("Choose up to three."),
    )

    def __init__(self, tracks: Iterable[Track], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tracks.choices = [SelectChoice(track.id, said(track.title)) for track in tracks]

    def validate_tracks(self, field: CheckboxesField) -> None:
        """At most a few, so that the check stays short."""
        if len(field.data) > MOST_TRACKS:
            field.errors = [*field.errors, _("Choose three at most. You can check others afterwards.")]


class AimsForm(PortalForm):
    """What exactly is aimed at, in each city."""

    hk = CheckboxesField(_l("In Hong Kong"), [Optional(quiet=True)])
    sz = CheckboxesField(_l("In Shenzhen"), [Optional(quiet=True)])

    def __init__(self, targets: Sequence[Target], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for side in Jurisdiction:
            there = [one for one in targets if one.jurisdiction is side]
            if there:
                self[side.value].choices = [SelectChoice(one.id, said(one.title)) for one in there]
            else:
                del self[side.value]

    @property
    def chosen(self) -> tuple[str, ...]:
        """What was chosen on both sides."""
        return tuple(one for side in Jurisdiction if side.value in self for one in self[side.value].data)

    def validate(self, **kwargs: Any) -> bool:
        """At least one, and no more than a check can hold."""
        valid = bool(super().validate(**kwargs))
        if not self.chosen:
            self.refuse(_("Choose at least one."), field=next(iter(self.sides_asked)))
        elif len(self.chosen) > MOST_AIMS:
            self.refuse(
                _("Choose six at most. You can check others afterwards."), field=next(iter(self.sides_asked))
            )
        return valid and not self.has_errors

    @property
    def sides_asked(self) -> tuple[str, ...]:
        """The names of the fields there are."""
        return tuple(side.value for side in Jurisdiction if side.value in self)


class FactForm(PortalForm):
    """One question about the person: yes, no, or not sure."""

    answer = RadioField(
        "",
        [Required(_l("Choose yes, no or “not sure”."))],
        choices=[
            SelectChoice(YES, _l("Yes")),
            SelectChoice(NO, _l("No")),
            SelectChoice(UNSURE, _l("Not sure, or I prefer not to say")),
        ],
    )


class BirthForm(PortalForm):
    """The date of birth, asked only when a rule asks for an age."""

    born_on = DateField(
        _l("Date of birth"),
        [Optional(quiet=True)],
        hint=_l("A rule asks for an age. Leave it empty if you prefer not to say."),
        birthday=True,
    )


class HeldForm(PortalForm):
    """Which of a list of qualifications somebody holds or held."""

    answer = RadioField("", [Required(_l("Choose one of the answers."))])
    held = CheckboxesField(_l("Which of them?"))

    def __init__(self, house: House, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        titles = house.rulebook.qualifications
        self.held.choices = [SelectChoice(code, said(titles[code].title)) for code in codes]
        self.answer.choices = [
            SelectChoice(YES, _("Yes")),
            SelectChoice(NO, _("No, none of these")),
            SelectChoice(UNSURE, _("Not sure, or I prefer not to say")),
        ]

    def validate_held(self, field: CheckboxesField) -> None:
        """A yes names at least one."""
        if self.answer.data == YES and not field.data:
            field.errors = [*field.errors, _("Choose which of them you hold or held.")]

    def show_list(self) -> None:
        """Put the list under its answer, once everything that can be said about it is known."""
        first, *others = self.answer.choices
        under_yes = {"conditional": self.held()}
        self.answer.choices = [SelectChoice(first.value, first.label, render_kw=under_yes), *others]


class HoldingForm(PortalForm):
    """The days of one qualification, and what rules read of it; its fields are added for each kind."""


class MeantForm(PortalForm):
    """Which of several things an abbreviation stands for."""

    meant = RadioField("", [Required(_l("Choose which of them you mean."))])

    def __init__(self, entries: Iterable[Qualification], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.meant.choices = [SelectChoice(one.code, said(one.title)) for one in entries]


class PeriodForm(WorkForm):
    """One period of work; the employer's name can wait until there is an account."""

    employer = TextField(
        _l("Employer"),
        [Optional()],
        hint=_l("Not needed for the check. An account needs it later."),
        max_length=LONGEST["employer"],
        autocomplete="organization",
    )


class TellForm(PortalForm):
    """Whether a list is complete."""

    answer = RadioField("", [Required(_l("Choose one of the answers."))])

    def __init__(self, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.answer.choices = [SelectChoice(value, words) for value, words in choices]


class ActForm(OnceForm):
    """A button and nothing else."""


def holding_form(
    house: House, entry: Qualification, attributes: Iterable[str], one: HeldAnswer
) -> HoldingForm:
    """The form for one qualification, filled with what is known."""
    fields: dict[str, Field] = {**day_fields(Kind(entry.kind))}
    asked = set(attributes)
    fields |= {name: attribute_field(house, entry, name) for name in entry.attributes if name in asked}
    made: type[HoldingForm] = type("HoldingForm", (HoldingForm,), fields)
    days = {name: getattr(one.days, name) for name in CREDENTIAL_DAYS}
    known = {name: str(value) for name, value in one.attributes.items()}
    return made(data={**days, **known})


def holding_fields(form: HoldingForm, entry: Qualification) -> list[Field]:
    """The fields in the order of the page."""
    return [form[name] for name in (*CREDENTIAL_DAYS, *entry.attributes) if name in form]


def typed_holding(form: HoldingForm, entry: Qualification) -> tuple[CredentialDays, Mapping[str, str]]:
    """What was typed: the days, and the attributes that were asked."""
    days = CredentialDays(**{name: form[name].data for name in CREDENTIAL_DAYS if name in form})
    return days, {name: form[name].data or "" for name in entry.attributes if name in form}


def answered_before(answers: Answers, question: Question) -> dict[str, Any]:
    """How a list question stands, as its form shows it."""
    said_of = {answers.held.get(code) for code in question.codes}
    held = [code for code in question.codes if answers.held.get(code) is Held.YES]
    if held:
        return {"answer": YES, "held": held}
    if None in said_of:
        return {}
    return {"answer": UNSURE if Held.UNSURE in said_of else NO, "held": []}
