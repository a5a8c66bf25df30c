"""How shares and recognitions are spoken of, alike to holders and to those who check.

Owns the names of purposes and the sentence for a status: "recognised", never "may practise",
because licences are others' to give.
"""

from __future__ import annotations

from flask_babel import gettext as _

from portal.domain.disclosure import Purpose
from portal.domain.recognitions import Status
from portal.services.disclosure import ShownCondition, ShownRecognition
from portal.web.formatting import by_day, day, spoken


def purpose_name(purpose: Purpose, note: str = "") -> str:
    """What a share is for, in the reader's language; the holder's own words when there are some."""
    names = {
        Purpose.HIRING: _("Hiring"),
        Purpose.ONBOARDING: _("Starting in a post"),
        Purpose.YEARLY_REVIEW: _("Yearly review"),
        Purpose.CLIENT_ASSURANCE: _("Assurance to a client"),
        Purpose.OTHER: _("Another purpose"),
        Purpose.CERTIFICATE: _("Certificate"),
    }
    name = names[purpose]
    return _("%(purpose)s: %(note)s", purpose=name, note=note) if note else name


def status_sentence(shown: ShownRecognition) -> str:
    """What a recognition is worth on the day, in one sentence."""
    since = day(shown.since)
    sentences = {
        Status.FULL: _("Recognised since %(day)s.", day=since),
        Status.CONDITIONAL: _("Recognised with conditions since %(day)s.", day=since),
        Status.SUSPENDED: _("Not recognised at present: suspended since %(day)s.", day=since),
        Status.REVOKED: _("No longer recognised: revoked on %(day)s.", day=since),
        Status.NOT_YET: _("Not recognised on this day."),
    }
    if shown.status is Status.EXPIRED and shown.expires_on is not None:
        return _("No longer recognised: it ended on %(day)s.", day=day(shown.expires_on))
    return sentences[shown.status]


def condition_sentence(condition: ShownCondition) -> str:
    """What is still to finish and by when, or that it is finished."""
    title = spoken(condition.title)
    if condition.finished:
        return _("Finished: %(condition)s.", condition=title)
    if condition.due_on is not None:
        return _("To finish %(by_day)s: %(condition)s.", by_day=by_day(condition.due_on), condition=title)
    return _("To finish: %(condition)s.", condition=title)
