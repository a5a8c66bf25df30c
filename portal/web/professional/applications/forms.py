"""The forms of an application: what to apply for, what to agree to, and the acts on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import HiddenField

from portal.domain.declarations import DeclarationKind, Wording
from portal.domain.places import Jurisdiction
from portal.domain.rules.catalogue import Track
from portal.domain.rules.rulesets import Target
from portal.web.bridge import city_name
from portal.web.forms.base import PortalForm
from portal.web.forms.checks import Required
from portal.web.forms.fields import CheckboxField, RadioField, SelectChoice
from portal.web.forms.sending import EditForm, OnceForm
from portal.web.messages.table import MESSAGES

NOT_HERE = "none"


class ChooseTrackForm(PortalForm):
    """The first question: which track. Asked with a GET, so that the answer is an address."""

    track = RadioField()

    def __init__(self, tracks: Iterable[Track], language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, meta={"csrf": False}, **kwargs)
        self.track.label.text = _("Which track?")
        self.track.validators = [Required(_("Choose a track from the list."))]
        self.track.choices = [SelectChoice(track.id, track.title.in_language(language)) for track in tracks]


class StartApplicationForm(OnceForm):
    """What to apply for on each side of a track."""

    hk = RadioField()
    sz = RadioField()

    def __init__(self, sides: Mapping[Jurisdiction, Sequence[Target]], language: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for side, targets in sides.items():
            field = self[side.value]
            field.label.text = city_name(side)
            field.validators = [
                Required(_("Choose what to apply for in %(city)s, or that you do not.", city=city_name(side)))
            ]
            field.choices = [
                *(SelectChoice(target.id, target.title.in_language(language)) for target in targets),
                SelectChoice(NOT_HERE, _("Do not apply on this side")),
            ]

    def wish(self, wishes: Mapping[str, str]) -> None:
        """Choose beforehand what the page before proposed, where it is one of the choices."""
        for field in (self.hk, self.sz):
            proposed = wishes.get(field.name)
            if field.data is None and proposed in {choice.value for choice in field.choices}:
                field.data = proposed

    @property
    def targets(self) -> list[str]:
        """The targets chosen, one a side at most."""
        return [str(field.data) for field in (self.hk, self.sz) if field.data != NOT_HERE]


class DeclarationsForm(EditForm):
    """The statements of one application, each with its own box and none of them ticked beforehand.

    The fields are made by ``declarations_form``, because what is asked depends on the sides. The
    version and language of the words travel with them: what is recorded is what was read.
    """

    wording_version = HiddenField()
    read_in = HiddenField()

    def given(self, asked: Iterable[Wording]) -> frozenset[str]:
        """The keys of the statements that were ticked."""
        return frozenset(wording.key for wording in asked if self[wording.key].data)


def declarations_form(asked: Iterable[Wording], language: str) -> type[DeclarationsForm]:
    """Make the form for the statements an application needs, in a language."""
    fields = {wording.key: _statement(wording, language) for wording in asked}
    made: type[DeclarationsForm] = type("AskedDeclarationsForm", (DeclarationsForm,), fields)
    return made


def _statement(wording: Wording, language: str) -> CheckboxField:
    return CheckboxField(
        wording.text.in_language(language),
        [Required(_missing(wording.kind))],
        hint=wording.why.in_language(language),
    )


def _missing(kind: DeclarationKind) -> str:
    return str(MESSAGES[f"declarations.{kind}_missing"])


class SubmitApplicationForm(EditForm):
    """Sends what was checked."""


class WithdrawCaseForm(EditForm):
    """Takes back one case."""
