"""The form that asks officers about a qualification, and the one that takes a note away."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.domain.unlisted import LONGEST, Asked, RequestSide
from portal.web.forms.checks import Optional
from portal.web.forms.fields import RadioField, SelectChoice, TextAreaField, TextField
from portal.web.forms.sending import EditForm, OnceForm


class RequestForm(OnceForm):
    """What a person says about a qualification that is not listed."""

    title = TextField(
        _("What is it called?"),
        [Optional(quiet=True)],
        hint=_("As it is printed on the document, in its own language."),
        max_length=LONGEST["title"],
    )
    awarded_by = TextField(
        _("Who awards it?"),
        [Optional(quiet=True)],
        hint=_("The body whose name or seal is on it."),
        max_length=LONGEST["awarded_by"],
    )
    side = RadioField(
        _("Where is this body?"),
        [Optional(quiet=True)],
        choices=[
            SelectChoice(RequestSide.HONG_KONG.value, _("Hong Kong")),
            SelectChoice(RequestSide.SHENZHEN.value, _("The Mainland")),
            SelectChoice(RequestSide.ELSEWHERE.value, _("Elsewhere")),
        ],
    )
    link = TextField(
        _("A page that describes it"),
        [Optional()],
        hint=_("The body’s own page, if there is one. It begins with https://"),
        max_length=LONGEST["link"],
        spellcheck=False,
        inputmode="url",
    )
    note = TextAreaField(
        _("Anything else an officer should know"),
        [Optional()],
        hint=_("For example its level, or an older name. Leave out your name and your numbers."),
        max_length=LONGEST["note"],
        rows=4,
    )

    def asked(self) -> Asked:
        """What was typed, as the use case takes it."""
        side = RequestSide(self.side.data) if self.side.data in list(RequestSide) else None
        return Asked(
            title=self.title.data or "",
            awarded_by=self.awarded_by.data or "",
            side=side,
            link=self.link.data or "",
            note=self.note.data or "",
        )


class RemoveForm(EditForm):
    """Nothing but the wish to take the note away."""
