"""The words of a certificate, in its three languages, as facts for the typesetter.

Owns every sentence a certificate says: what it certifies, what it rests on, and what it does not
tell. It must not know fonts or paper, and it decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from portal.domain.places import Jurisdiction
from portal.domain.texts import Text
from portal.wording import dates
from portal.wording.documents import DocumentWriter, region_of
from portal.wording.languages import LANGUAGES, language_of
from portal.wording.marking import N_

_CITIES: Final = {Jurisdiction.HONG_KONG: N_("Hong Kong"), Jurisdiction.SHENZHEN: N_("Shenzhen")}
# In which shapes a city writes its characters.
_REGIONS: Final = {Jurisdiction.HONG_KONG: "hk", Jurisdiction.SHENZHEN: "cn"}
_DIGITS_TOGETHER: Final = 8

# Words with the language and the shapes they are written in.
_Written = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class PrintedCondition:
    """One condition of a recognition as a certificate names it."""

    title: Text
    due_on: date | None
    finished: bool


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """Everything a certificate says."""

    reference: str
    recognition: str
    place: Jurisdiction
    home: Jurisdiction
    name_latin: str
    name_chinese: str
    target: Text
    authority: Text
    remains: Text
    check_elsewhere: Text
    conditional: bool
    conditions: tuple[PrintedCondition, ...]
    granted_on: date
    expires_on: date | None
    recommended_on: date
    decided_on: date
    release: int | None
    release_digest: str
    made_on: date
    code: str
    code_picture: str
    check_address: str
    checked_until: date
    operator: str


def certificate_facts(facts: CertificateFacts, locale: str) -> dict[str, Any]:
    """What ``certificate.typ`` prints, in one language."""
    return _CertificateWriter(language_of(locale)).certificate(facts)


class _CertificateWriter(DocumentWriter):
    """Writes a certificate in one language."""

    def certificate(self, facts: CertificateFacts) -> dict[str, Any]:
        heading = self._say(N_("Certificate of recognition"))
        names = self._names(facts)
        title = self._say(N_("%(document)s: %(name)s")) % {"document": heading, "name": names[0]["words"]}
        return {
            **self._frame(facts.made_on, facts.place, facts.operator),
            "title": title,
            "names": names,
            "target": self._titles(facts.target),
            "marks": self._marks(facts),
            "code": facts.code_picture,
            "sections": [
                *self._conditions(facts),
                self._with_others(facts),
                self._not_told(facts),
                self._foundations(facts),
            ],
            "words": self._certificate_words(facts, heading),
        }

    def _names(self, facts: CertificateFacts) -> list[_Written]:
        """The names as recorded, the reader's script first, in the shapes of the holder's own city."""
        latin: _Written = {"lang": "en", "region": None, "words": facts.name_latin}
        chinese: _Written = {"lang": "zh", "region": _REGIONS[facts.home], "words": facts.name_chinese}
        names = [chinese, latin] if self._language.is_chinese else [latin, chinese]
        return [name for name in names if name["words"]]

    def _titles(self, title: Text) -> list[_Written]:
        others = [language for language in LANGUAGES if language != self._language]
        return [
            {
                "lang": "zh" if each.is_chinese else "en",
                "region": region_of(each),
                "words": title.in_language(each.locale),
            }
            for each in (self._language, *others)
        ]

    def _marks(self, facts: CertificateFacts) -> list[dict[str, str]]:
        state = N_("Recognised with conditions") if facts.conditional else N_("Recognised")
        marks = [
            (N_("Decided as"), self._say(state)),
            (N_("Granted on"), self._day(facts.granted_on)),
            (N_("Reference"), facts.recognition),
        ]
        if facts.expires_on is not None:
            marks.insert(2, (N_("Last day of the recognition"), self._day(facts.expires_on)))
        return [{"name": self._say(name), "value": value} for name, value in marks]

    def _certificate_words(self, facts: CertificateFacts, heading: str) -> dict[str, Any]:
        filled = {
            "city": self._say(_CITIES[facts.place]),
            "authority": self._said(facts.authority),
            "address": facts.check_address,
            "code": facts.code,
            "until": self._day(facts.checked_until),
            "made": self._day(facts.made_on),
            "reference": facts.reference,
        }
        sentences = {
            "says_that": N_("This certifies that"),
            "is_recognised": N_("is recognised by the bridging programme, on its %(city)s side, for"),
            "no_licence": N_(
                "This recognition is the programme’s own. It is not a licence and replaces nothing that this body grants: %(authority)s."
            ),
            "how_to_check": N_(
                "Does it stand today? Scan the code, or enter %(code)s at %(address)s, with the second item that the holder gives you."
            ),
            "not_lasting": N_(
                "Paper cannot tell: this page says how things stood on %(made)s. The check is open until %(until)s, unless the holder ends it earlier."
            ),
            "foot": N_("Certificate %(reference)s · made on %(made)s"),
        }
        return {
            **self._page_words(facts.operator),
            **{name: self._say(sentence) % filled for name, sentence in sentences.items()},
            "heading": heading,
            "address": facts.check_address,
            "code_alt": self._code_words(facts.check_address),
            "table_head": [self._say(N_("Item")), self._say(N_("As recorded"))],
        }

    def _conditions(self, facts: CertificateFacts) -> list[dict[str, Any]]:
        if not facts.conditions:
            return []
        lead = (
            N_(
                "The recognition counts with these conditions. Whether they are finished by now, the check tells."
            )
            if facts.conditional
            else N_("It was granted with these conditions. All are finished.")
        )
        points = [self._condition(condition) for condition in facts.conditions]
        return [_section(self._say(N_("Conditions")), lines=[self._say(lead)], points=points)]

    def _condition(self, condition: PrintedCondition) -> str:
        title = self._said(condition.title)
        if condition.finished:
            return self._say(N_("Finished: %(condition)s.")) % {"condition": title}
        if condition.due_on is None:
            return self._say(N_("To finish: %(condition)s.")) % {"condition": title}
        by_day = dates.by_day(condition.due_on, self._language)
        return self._say(N_("To finish %(by_day)s: %(condition)s.")) % {"by_day": by_day, "condition": title}

    def _with_others(self, facts: CertificateFacts) -> dict[str, Any]:
        return _section(
            self._say(N_("What remains with others")),
            lines=[self._said(facts.remains), self._said(facts.check_elsewhere)],
        )

    def _not_told(self, facts: CertificateFacts) -> dict[str, Any]:
        points = (
            N_("Whether the recognition stands on the day you read this. Only the check tells."),
            N_(
                "Whether a licence or registration is in force. A recognition is the programme’s own and is not a licence."
            ),
            N_(
                "Whether the person may work on the other side. A Hong Kong licence does not cover work in Shenzhen, and a Mainland registration does not cover work in Hong Kong."
            ),
            N_("How the person works, and what former employers would say."),
        )
        return _section(
            self._say(N_("What this certificate does not tell")),
            points=[self._say(point) for point in points],
        )

    def _foundations(self, facts: CertificateFacts) -> dict[str, Any]:
        city = self._say(_CITIES[facts.place])
        office = self._say(N_("The programme’s office for %(city)s")) % {"city": city}
        rows = [
            (N_("Decided by"), office),
            (N_("Recommended by one officer on"), self._day(facts.recommended_on)),
            (N_("Signed by a second officer on"), self._day(facts.decided_on)),
            (N_("Rules applied"), self._release(facts.release)),
            (N_("SHA-256 of the rules"), _in_groups(facts.release_digest)),
        ]
        return _section(
            self._say(N_("What it rests on")),
            lines=[self._say(N_("Verified facts, compared with published requirements, and two officers."))],
            rows=[{"name": self._say(name), "value": value} for name, value in rows],
        )

    def _release(self, number: int | None) -> str:
        """A release of the rulebook; one that was never published is known by its digest alone."""
        if number is None:
            return self._say(N_("Not published"))
        return self._say(N_("Release %(number)s")) % {"number": number}


def _section(
    title: str,
    *,
    lines: list[str] | None = None,
    points: list[str] | None = None,
    rows: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    return {"title": title, "lines": lines or [], "points": points or [], "rows": rows or []}


def _in_groups(digest: str) -> str:
    """A long digest in groups that an eye can compare and a line can break between."""
    return " ".join(
        digest[start : start + _DIGITS_TOGETHER] for start in range(0, len(digest), _DIGITS_TOGETHER)
    )
