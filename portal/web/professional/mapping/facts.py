"""A person's facts by the names they know them by, each with its standing and where it is kept.

Owns the short line that stands for a fact under a clause. It must not know which clause uses it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask import url_for
from flask_babel import gettext as _, ngettext

from portal.domain.credentials import FactKind
from portal.domain.dossier import Dossier, HeldRecognition, Holding, PersonFact, Work
from portal.domain.texts import Text
from portal.rulebook.loader import Rulebook
from portal.web.languages import current_language
from portal.wording.dates import listed, long_day, period


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact in a line. ``address`` is where its owner can look at it, if anywhere.

    ``documents`` counts what is attached, in words, where that was read; ``attach`` leads to where
    a document can be added to a fact that has none and is not verified.
    """

    text: str
    standing: str
    verified: bool
    address: str
    documents: str = ""
    attach: str = ""


def facts_by_key(
    dossier: Dossier, rulebook: Rulebook, documents: Mapping[str, int] | None = None
) -> dict[str, FactView]:
    """Every fact of a dossier under the key by which results name it."""
    facts = dict(_Reader(rulebook).read(dossier))
    if documents is not None:
        kinds = {work.id: FactKind.WORK for work in dossier.work}
        kinds |= {holding.id: FactKind.CREDENTIAL for holding in dossier.holdings}
        for key, kind in kinds.items():
            facts[key] = _with_documents(facts[key], f"{kind.value}:{key}", documents.get(key, 0))
    return facts


def _with_documents(fact: FactView, spelled: str, count: int) -> FactView:
    if count:
        return replace(fact, documents=ngettext("%(num)s document", "%(num)s documents", count))
    if fact.verified:
        return fact
    return replace(
        fact, documents=_("no document"), attach=url_for("professional.upload_evidence", supports=spelled)
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    rulebook: Rulebook

    def read(self, dossier: Dossier) -> Iterator[tuple[str, FactView]]:
        for holding in dossier.holdings:
            address = url_for("professional.credential", credential_id=holding.id)
            yield holding.id, _view(self.holding(holding), holding.verified, address)
        for work in dossier.work:
            address = url_for("professional.work_history", _anchor=f"work-{work.id}")
            yield work.id, _view(self.work(work), work.verified, address)
        for fact in dossier.facts:
            address = url_for("professional.about_me")
            yield fact.name, _view(self.person_fact(fact), fact.verified, address)
        for held in dossier.recognitions:
            yield held.id, _view(self.recognition(held), True, "")

    def holding(self, holding: Holding) -> str:
        title = self._title(self.rulebook.qualifications[holding.qualification].title)
        language = current_language()
        if holding.awarded_on:
            when = long_day(holding.awarded_on, language)
        elif holding.begun_on:
            when = period(holding.begun_on, holding.ended_on, language)
        else:
            return title
        return _("%(what)s, %(when)s", what=title, when=when)

    def work(self, work: Work) -> str:
        functions = self.rulebook.vocabulary["functions"]
        named = [self._title(functions[code]) for code in work.functions if code in functions]
        language = current_language()
        return _(
            "%(what)s, %(when)s",
            what=listed(named, language),
            when=period(work.begun_on, work.ended_on, language),
        )

    def person_fact(self, fact: PersonFact) -> str:
        """A statement with its answer: a no is an answer too, and must not read like a yes."""
        statement = self._title(self.rulebook.vocabulary["facts"][fact.name])
        if isinstance(fact.value, bool):
            answer = _("Yes") if fact.value else _("No")
        else:
            answer = long_day(fact.value, current_language()) if fact.value else _("Not stated")
        return _("%(statement)s – %(answer)s", statement=statement.rstrip(".。"), answer=answer)

    def recognition(self, held: HeldRecognition) -> str:
        title = self._title(self.rulebook.targets[held.target].title)
        return _("%(what)s, %(when)s", what=title, when=long_day(held.granted_on, current_language()))

    @staticmethod
    def _title(text: Text) -> str:
        return text.in_language(current_language().locale)


def _view(text: str, verified: bool, address: str) -> FactView:
    standing = _("verified") if verified else _("declared, not verified yet")
    return FactView(text, standing, verified, address)
