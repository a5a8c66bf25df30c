"""All refusals' sentences in one table; a code without a sentence fails the tests, not a reader."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from portal.domain.errors import PortalError
from portal.web.messages import (
    accounts,
    administration,
    applications,
    credentials,
    evidence,
    general,
    identity,
    my_data,
    programmes,
    records,
    sharing,
)

MESSAGES: dict[str, LazyString] = {
    **general.MESSAGES,
    **accounts.MESSAGES,
    **records.MESSAGES,
    **credentials.MESSAGES,
    **evidence.MESSAGES,
    **applications.MESSAGES,
    **administration.MESSAGES,
    **programmes.MESSAGES,
    **identity.MESSAGES,
    **sharing.MESSAGES,
    **my_data.MESSAGES,
}


def message_for(error: PortalError) -> str:
    """The sentence for an error in the reader's language, its facts filled in."""
    sentence = str(MESSAGES[error.code])
    return sentence % error.params if error.params else sentence
