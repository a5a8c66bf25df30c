"""Until when data is kept, as a sentence beside the data: every page that shows some says so.

Owns the sentences; the rules are in ``portal/domain/retention.py``. The periods are the operator's
own, illustrative until the operator sets them, and the sentence says which.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Flask
from flask_babel import gettext as _, ngettext

from portal.domain.retention import EXPORT_DAYS, RULES, DataKind, RetentionPeriods, Rule

_WITH_PERIOD: Final = frozenset(Rule) - {Rule.ERASED, Rule.REMOVED, Rule.A_FEW_DAYS}


def init_retention(app: Flask, periods: Callable[[], RetentionPeriods]) -> None:
    """Give an application's templates ``retention_line("names")``, and the parts of it for pages with many."""
    app.jinja_env.globals["retention_line"] = lambda kind: retention_line(kind, periods())
    app.jinja_env.globals["rule_in_words"] = lambda kind: rule_in_words(kind, periods())
    app.jinja_env.globals["periods_are_set"] = lambda: periods().are_set


def retention_line(kind: DataKind | str, periods: RetentionPeriods) -> str:
    """The sentence for one kind of data."""
    sentence = rule_in_words(kind, periods)
    return joined(sentence, whose_periods(periods)) if RULES[DataKind(kind)] in _WITH_PERIOD else sentence


def rule_in_words(kind: DataKind | str, periods: RetentionPeriods) -> str:
    """How long one kind of data is kept, without saying who set it."""
    rule = RULES[DataKind(kind)]
    if rule is Rule.ERASED:
        return _("Kept until you erase your data.")
    if rule is Rule.REMOVED:
        return _("Kept until you remove it or erase your data.")
    if rule is Rule.A_FEW_DAYS:
        return _("Deleted %(days)s days after it was made.", days=EXPORT_DAYS)
    return _with_period(rule, periods)


def whose_periods(periods: RetentionPeriods) -> str:
    """Who set the periods, or that nobody has yet."""
    if periods.are_set:
        return _("The operator of this portal set this period.")
    return _("This period is illustrative until the operator sets it.")


def joined(*sentences: str) -> str:
    """Sentences one after another; in Chinese nothing stands between them."""
    text = ""
    for sentence in sentences:
        text += sentence if not text or text.endswith("。") else f" {sentence}"
    return text


def months_in_words(count: int) -> str:
    """A span in whole years where it is one."""
    if count and count % 12 == 0:
        return ngettext("%(num)s year", "%(num)s years", count // 12)
    return ngettext("%(num)s month", "%(num)s months", count)


def _with_period(rule: Rule, periods: RetentionPeriods) -> str:
    decisions = months_in_words(periods.decisions)
    if rule is Rule.DECIDED:
        return _(
            "Kept until you erase your data; what a decision rests on is kept for %(months)s after it.",
            months=decisions,
        )
    if rule is Rule.RECOGNISED:
        return _("Kept for %(months)s after the recognition ends.", months=decisions)
    if rule is Rule.LOOKED_AT:
        return _(
            "Kept until you erase your data. A check that showed something is the receipt of whoever "
            "checked, and is kept for %(months)s after the recognition ends.",
            months=decisions,
        )
    if rule is Rule.SENT:
        return _("Kept for %(months)s after it was sent.", months=months_in_words(periods.messages))
    return _(
        "Kept for %(months)s after you erase your data, with ids and no names.",
        months=months_in_words(periods.journal),
    )
