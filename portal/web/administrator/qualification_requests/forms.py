"""The officers' forms: looking for an entry, and answering."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext as _
from markupsafe import Markup

from portal.domain.search import LONGEST_QUERY
from portal.domain.unlisted import LONGEST_REMARK, Answered, AnswerKind, WhyNotCounted, answer_faults
from portal.web.forms.base import PortalForm
from portal.web.forms.checks import Optional
from portal.web.forms.fields import RadioField, SelectChoice, TextAreaField, TextField
from portal.web.forms.sending import EditForm
from portal.web.messages.table import message_for
from portal.web.professional.requests.pages import REASONS


class EntrySearchForm(PortalForm):
    """Which entries to offer; sent by GET."""

    class Meta(PortalForm.Meta):
        csrf = False

    q = TextField(
        _("Look in the catalogue"), [Optional(quiet=True)], max_length=LONGEST_QUERY, spellcheck=False
    )


class AnswerForm(EditForm):
    """One of three answers, with what each needs."""

    kind = RadioField(_("Answer"), [Optional(quiet=True)])
    listed_as = RadioField(_("Listed as"), [Optional(quiet=True)])
    reason = RadioField(_("Why it does not count"), [Optional(quiet=True)])
    remark = TextAreaField(_("A remark for the person"), [Optional()], max_length=LONGEST_REMARK, rows=3)

    def offer(self, entries: Sequence[SelectChoice]) -> None:
        """Fill in what can be chosen; an answer chosen before stays on offer."""
        self.kind.choices = [
            SelectChoice(
                AnswerKind.LISTED.value, _("It is in the catalogue, under another name"), render_kw={}
            ),
            SelectChoice(
                AnswerKind.WILL_BE_ADDED.value, _("It will be added; it cannot be compared yet"), render_kw={}
            ),
            SelectChoice(
                AnswerKind.DOES_NOT_COUNT.value, _("It does not count for any target"), render_kw={}
            ),
        ]
        self.listed_as.choices = list(entries)
        self.reason.choices = [SelectChoice(one.value, gettext(words)) for one, words in REASONS.items()]

    def lay_out(self) -> None:
        """Put what an answer needs under it; called when errors, if any, are known."""
        nothing = Markup('<p class="govuk-body">{}</p>').format(
            gettext("Nothing in the catalogue looks like it. Look under another name.")
        )
        listed, _added, not_counted = self.kind.choices
        listed.render_kw["conditional"] = self.listed_as() if self.listed_as.choices else nothing
        not_counted.render_kw["conditional"] = self.reason()

    def validate(self, extra_validators: Any = None) -> bool:
        """Put everything that is missing at its field at once."""
        is_sound = super().validate(extra_validators)
        faults = answer_faults(self.answered())
        for fault in faults:
            self.refuse(message_for(fault), field=fault.field)
        return is_sound and not faults

    def answered(self) -> Answered:
        """What was chosen, as the use case takes it."""
        kind = AnswerKind(self.kind.data) if self.kind.data in list(AnswerKind) else None
        reason = WhyNotCounted(self.reason.data) if self.reason.data in list(WhyNotCounted) else None
        return Answered(kind, self.listed_as.data or "", reason, self.remark.data or "")
