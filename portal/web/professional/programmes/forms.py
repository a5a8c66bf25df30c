"""The forms of a learner's acts: nothing to fill in, but each is done once and on a fresh page."""

from __future__ import annotations

from portal.web.forms.sending import EditForm, OnceForm


class EnrolForm(OnceForm):
    """Ask for a place after reading what it means."""


class MoveForm(EditForm):
    """Confirm or give up a place, as it stood when the page was drawn."""
