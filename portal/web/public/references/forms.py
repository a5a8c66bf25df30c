"""The form behind a private link: one plain question a line, and words for what is not so."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.domain.referees import LONGEST_COMMENT, Question, Reply
from portal.services.referee_answers import Given
from portal.web.forms.checks import Optional, Required
from portal.web.forms.fields import RadioField, SelectChoice, TextAreaField
from portal.web.forms.sending import OnceForm
from portal.web.public.references.words import question_word, reply_word


class ReplyField(RadioField):
    """One question with its three replies; which question it is, its name says."""

    def __init__(self, **kwargs: Any) -> None:
        question = question_word(Question(kwargs["name"]))
        super().__init__(question, [Required(_l("Choose one answer."))], choices=[], inline=True, **kwargs)
        self.choices = [SelectChoice(reply.value, reply_word(reply)) for reply in Reply]


class ReferenceForm(OnceForm):
    """At most eight questions; those that do not arise are taken out before it is drawn."""

    knows = ReplyField()
    employer = ReplyField()
    period = ReplyField()
    post = ReplyField()
    functions = ReplyField()
    share = ReplyField()
    manages = ReplyField()
    may_ask = ReplyField()
    comment = TextAreaField(
        _l("What was different, or anything you want to add"),
        [Optional()],
        hint=_l("Needed only where you answered no."),
        max_length=LONGEST_COMMENT,
    )

    def __init__(self, asked: tuple[Question, ...], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for question in Question:
            if question not in asked:
                del self[question.value]
        self._asked = asked

    @property
    def given(self) -> Given:
        """What was answered, as the use case takes it."""
        typed = {question: self[question.value].data for question in self._asked}
        known = {reply.value: reply for reply in Reply}
        replies = {question: known[value] for question, value in typed.items() if value in known}
        return Given(replies, self.comment.data or "")
