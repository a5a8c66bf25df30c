"""Where a visit goes next: the first thing that is missing, else the page of answers.

Owns the order of the pages. What is worth asking is the domain's.
"""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.domain.eligibility.answers import HeldAnswer, Told
from portal.domain.eligibility.questions import ambiguous_with, question_again
from portal.web.public.check.visit import Visit


def next_address(visit: Visit) -> str:
    """The page that comes next."""
    answers = visit.answers
    if not answers.towards:
        return url_for("eligibility.start")
    if not answers.tracks:
        asked = answers.periods or answers.work in (Told.UNSURE, Told.WHOLE)
        return url_for("eligibility.proposals") if asked else url_for("eligibility.add_period")
    if not answers.aims:
        return url_for("eligibility.aims")
    if answers.untold is not None:
        return address_of(visit, answers.untold)
    left = visit.left()
    return url_for("eligibility.question", key=left[0].key) if left else url_for("eligibility.result")


def address_of(visit: Visit, one: HeldAnswer) -> str:
    """The page that asks about one qualification: which of several it is, then its days."""
    unclear = not one.sure and ambiguous_with(one.qualification, visit.house.rulebook.qualifications)
    return url_for("eligibility.meant" if unclear else "eligibility.holding", item=one.id)


def go_on(visit: Visit) -> Response:
    """Lead on to the next page."""
    return redirect(next_address(visit), 303)


def back_to_list(visit: Visit, key: str) -> Response:
    """Back to the list an item belongs to, where more can be added or the list closed."""
    if question_again(key, visit.aims, visit.asking) is None:
        return go_on(visit)
    return redirect(url_for("eligibility.question", key=key), 303)
