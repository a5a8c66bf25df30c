"""What referees answered about a period of work, as the officer who checks it reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from portal.services.confirmations import Confirmation
from portal.web.public.references.words import flag_word, question_word, relation_word, reply_word


@dataclass(frozen=True, slots=True)
class ConfirmationCard:
    """One referee's answer: who, from which address, what was said, and what speaks against it."""

    referee: str
    email: str
    answered_at: datetime
    rows: tuple[dict[str, str], ...]
    warnings: tuple[str, ...]


def confirmation_cards(found: Iterable[Confirmation]) -> tuple[ConfirmationCard, ...]:
    """Every answer, in the order given."""
    return tuple(_card(each) for each in found)


def _card(confirmation: Confirmation) -> ConfirmationCard:
    rows = [{"key": _("As the applicant put it"), "value": relation_word(confirmation.relation)}]
    rows += [
        {"key": question_word(question), "value": reply_word(reply)}
        for question, reply in confirmation.replies
    ]
    if confirmation.comment:
        rows.append({"key": _("In the referee’s words"), "value": confirmation.comment})
    warnings = [flag_word(flag) for flag in confirmation.flags]
    if not confirmation.still_holds:
        warnings.append(_("The applicant changed the period after this answer."))
    return ConfirmationCard(
        confirmation.referee, confirmation.email, confirmation.answered_at, tuple(rows), tuple(warnings)
    )
