"""The forms of one's own data: an export, a consent taken back, and the end."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import ValidationError

from portal.web.forms.checks import Required
from portal.web.forms.fields import CheckboxField, TextField
from portal.web.forms.sending import OnceForm


class ActForm(OnceForm):
    """Nothing to fill in: a button that acts once."""


class EraseForm(OnceForm):
    """What makes an erasure meant: a word typed, and open applications given up."""

    withdraw_open = CheckboxField(_("Withdraw these applications first"))
    word = TextField(
        _("Type the word “%(word)s” to show that you mean it", word=_("erase")),
        [Required(_("Type the word to show that you mean it."))],
        width=10,
        max_length=20,
        autocomplete="off",
        spellcheck=False,
    )

    def validate_word(self, field: Any) -> None:
        """Take the word in the reader's language, whatever its case."""
        if field.data and field.data.strip().casefold() != str(_("erase")).casefold():
            raise ValidationError(_("This is not the word. Type “%(word)s”.", word=_("erase")))
