"""What an e-mail is about, for the list of those that failed: the matter, never the words."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _

_ABOUT: Final = (
    ("account/", "account"),
    ("enrolment_", "enrolment"),
    ("recognition_", "recognition"),
    ("referee_", "referee"),
)


def kind_word(kind: str) -> str:
    """A kind of e-mail in a word or two."""
    about = next((word for start, word in _ABOUT if kind.startswith(start)), kind)
    words: dict[str, str] = {
        "account": _("About an account"),
        "enrolment": _("About an enrolment"),
        "recognition": _("About a recognition"),
        "referee": _("To or about a referee"),
        "evidence_destroyed": _("About a document"),
        "export_ready": _("About an export"),
        "request_answered": _("About a qualification that is not listed"),
        "fact_replaced": _("To an officer, about a checked fact"),
    }
    return words.get(about) or _("About an application")
