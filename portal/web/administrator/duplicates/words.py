"""How possible duplicates are said to officers: reasons, verdicts, and a record whose file is not open."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _

from portal.domain.duplicates import MatchReason, SamenessVerdict
from portal.services.duplicate_rulings import PairedPerson
from portal.web.administrator.words import person_name
from portal.wording.marking import N_

REASONS: Final = {
    MatchReason.SAME_DOCUMENT: N_("The same number of an identity document"),
    MatchReason.SAME_CHARACTERS: N_(
        "The same name in characters, present or former, and the same date of birth"
    ),
    MatchReason.SAME_LATIN: N_(
        "The same name in Latin letters, present or former, and the same date of birth"
    ),
}
VERDICTS: Final = {
    SamenessVerdict.SAME_PERSON: (N_("Same person"), "purple"),
    SamenessVerdict.DIFFERENT_PEOPLE: (N_("Different people"), "grey"),
}


def verdict_tag(verdict: SamenessVerdict | None) -> dict[str, str]:
    """A ruling, or that there is none yet, as a word and a colour."""
    if verdict is None:
        return {"text": _("To rule on"), "colour": "yellow"}
    word, colour = VERDICTS[verdict]
    return {"text": _(word), "colour": colour}


def paired_name(person: PairedPerson) -> str:
    """A name; nothing of a record whose file is not open."""
    if not person.is_disclosed:
        return _("A record whose file is not open to this side")
    return person_name(person.name_latin, person.name_chinese)
