"""How the check asks: the words of each question, and of each answer on the page of answers.

Owns the wording. Which questions are asked, and of whom, is the domain's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _

from portal.domain.dossier import Holding, Work
from portal.domain.eligibility.answers import Answers, Held, Told, WorkedAnswer
from portal.domain.eligibility.questions import Question
from portal.domain.eligibility.unanswered import DEGREE, FACT, WORK, question_of
from portal.services.house import House
from portal.web.languages import current_language
from portal.web.professional.words import qualification_word, vocabulary_word
from portal.wording.dates import listed, long_day, period
from portal.wording.marking import N_

_FACTS: Final = {
    "chinese_citizen": N_("Are you a Chinese citizen?"),
    "hk_permanent_resident": N_("Are you a permanent resident of Hong Kong?"),
    "macao_permanent_resident": N_("Are you a permanent resident of Macao?"),
    "born_on": N_("When were you born?"),
    "full_civil_capacity": N_("Do you have full civil capacity?"),
    "no_regulatory_sanction": N_("Has a financial or securities regulator ever sanctioned you?"),
    "no_penalty_three_years": N_(
        "In the last three years, have you had a penalty or been disciplined by your profession?"
    ),
}
# Recorded as “none”, asked as “any”: “have you stayed free of …?” is answered the wrong way round by many.
TURNED: Final = ("no_regulatory_sanction", "no_penalty_three_years")
# Questions that say all there is to say.
_PLAIN: Final = ("born_on", "chinese_citizen", "hk_permanent_resident", "macao_permanent_resident")
_LISTS: Final = {
    "licences-hk": N_("Do you hold, or did you once hold, any of these Hong Kong licences or registrations?"),
    "licences-sz": N_("Do you have, or did you once have, any of these registrations on the Mainland?"),
    "papers-hk": N_("Have you passed any of these papers in Hong Kong?"),
    "papers-sz": N_("Have you passed any of these papers on the Mainland?"),
    "titles": N_("Do you hold, or did you once hold, any of these?"),
    "courses": N_("Have you completed any of these?"),
    DEGREE: N_("What did you study, and to which level?"),
    WORK: N_("Where did you work, as what, from when to when?"),
}


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answered question on the page of answers, and where to change it."""

    asked: str
    answered: tuple[str, ...]
    key: str


def question_word(house: House, key: str) -> str:
    """The heading of a question; a fact nobody has phrased as a question is put as it is stated."""
    if key in _LISTS:
        return _(_LISTS[key])
    name = key.removeprefix(FACT)
    if name in _FACTS:
        return _(_FACTS[name])
    return _("Is this true of you? “%(statement)s”", statement=vocabulary_word(house, "facts", name))


def statement_word(house: House, key: str) -> str:
    """The statement a yes stands for, or a no where it is asked the other way round; else empty."""
    name = key.removeprefix(FACT)
    known = key.startswith(FACT) and name in _FACTS and name not in _PLAIN
    return vocabulary_word(house, "facts", name) if known else ""


def answer_rows(house: House, answers: Answers, keys: tuple[str, ...]) -> tuple[AnswerRow, ...]:
    """Everything answered, question by question."""
    return tuple(AnswerRow(question_word(house, key), _answered(house, answers, key), key) for key in keys)


def holding_word(house: House, holding: Holding) -> str:
    """A qualification and its days in a line."""
    title = qualification_word(house, holding.qualification)
    if level := holding.attributes.get("level"):
        field = holding.attributes.get("field")
        parts = [vocabulary_word(house, "levels", str(level))]
        parts += [vocabulary_word(house, "fields", str(field))] if field else []
        title = listed(parts, current_language())
    return _with_days(title, holding.awarded_on, holding.begun_on, holding.ended_on)


def work_word(house: House, work: Work | WorkedAnswer) -> str:
    """A period of work in a line."""
    what = listed([vocabulary_word(house, "functions", one) for one in work.functions], current_language())
    return _("%(what)s, %(when)s", what=what, when=period(work.begun_on, work.ended_on, current_language()))


def _with_days(title: str, awarded: date | None, begun: date | None, ended: date | None) -> str:
    language = current_language()
    if awarded is not None:
        return _("%(what)s, %(when)s", what=title, when=long_day(awarded, language))
    if begun is not None:
        return _("%(what)s, %(when)s", what=title, when=period(begun, ended, language))
    return title


def _answered(house: House, answers: Answers, key: str) -> tuple[str, ...]:
    dossier = answers.as_dossier()
    if key == WORK:
        return tuple(work_word(house, one) for one in dossier.work) or (_told(answers.work),)
    if key.startswith(FACT):
        name = key.removeprefix(FACT)
        value = answers.facts[name]
        return (_fact_word(not value if name in TURNED and isinstance(value, bool) else value),)
    catalogue = house.rulebook.qualifications
    held = tuple(
        holding_word(house, one)
        for one in dossier.holdings
        if question_of(one.qualification, catalogue) == key
    )
    if held:
        return held
    if key == DEGREE:
        return (_told(answers.degrees),)
    unsure = any(
        answer is Held.UNSURE
        for code, answer in answers.held.items()
        if code in catalogue and question_of(code, catalogue) == key
    )
    return (_("Not sure") if unsure else _("None of these"),)


def _told(told: Told) -> str:
    return _("Not sure") if told is Told.UNSURE else _("Nothing")


def _fact_word(value: bool | date | None) -> str:
    if value is None:
        return _("Not sure")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return long_day(value, current_language())


def why_asked(house: House, question: Question) -> tuple[str, ...]:
    """The requirements a question bears on, in words, each once; three at most."""
    titles: dict[str, None] = {}
    for target_id, clause_id in question.bears_on:
        version = house.rulebook.targets[target_id].in_force(house.clock.today())
        titles[version.clauses[clause_id].title.in_language(current_language().locale)] = None
    return tuple(titles)[:3]
