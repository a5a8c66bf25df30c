"""What is asked about a credential beyond its days: number, score, level, field, sitting and the like.

Owns which answers each attribute takes and what makes no sense. It must not know forms or rows;
the catalogue entry says which attributes a qualification has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from portal.domain.errors import Refused
from portal.domain.rules.catalogue import Qualification, Vocabulary
from portal.domain.texts import Text

NUMBER: Final = "number"
SITTING: Final = "sitting"
SCORE: Final = "score"
LEVEL: Final = "level"
STREAM: Final = "stream"

# Attributes answered from a closed list of the vocabulary, because rules read them.
_SECTIONS: Final = {"level": "levels", "field": "fields", "place": "places", "sitting_place": "places"}
# A degree is awarded by a system of education, and a city has none of its own.
_NOT_OFFERED: Final = {"place": frozenset({"shenzhen"})}
# The specialities of the banking examinations: the stream of a certificate is the paper behind it.
_SPECIALITIES: Final = (
    "personal-finance",
    "corporate-credit",
    "personal-loans",
    "risk-management",
    "bank-management",
)
_SITTING: Final = re.compile(r"(?P<year>\d{4})-(?P<half>[12])")
HIGHEST_SCORE: Final = 1000
LONGEST: Final[Mapping[str, int]] = {
    NUMBER: 60,
    STREAM: 80,
    "subject": 120,
    "courses": 300,
    "standing_proof": 200,
    "school": 160,
}

Answers = Mapping[str, str]
Settled = dict[str, str | int]


def choices_for(
    name: str, qualification: Qualification, catalogue: Mapping[str, Qualification], vocabulary: Vocabulary
) -> Mapping[str, Text] | None:
    """The answers an attribute takes, in their order, with their titles; none when it takes any text."""
    if name == STREAM:
        return _streams(qualification, catalogue)
    section = _SECTIONS.get(name)
    if section is None:
        return None
    hidden = _NOT_OFFERED.get(name, frozenset())
    return {code: title for code, title in vocabulary[section].items() if code not in hidden}


def _streams(
    qualification: Qualification, catalogue: Mapping[str, Qualification]
) -> Mapping[str, Text] | None:
    family = qualification.code.rpartition(".")[0]
    papers = {name: catalogue.get(f"{family}.{name}") for name in _SPECIALITIES}
    return {name: paper.title for name, paper in papers.items() if paper is not None} or None


def attribute_faults(
    qualification: Qualification,
    answers: Answers,
    *,
    catalogue: Mapping[str, Qualification],
    vocabulary: Vocabulary,
    today: date,
) -> list[Refused]:
    """Everything that does not make sense about the attributes answered; empty answers are no fault.

    An attribute the catalogue does not ask for is a fault without a field: no form of ours sends it.
    """
    faults = [
        Refused("credential.attribute_unknown") for name in answers if name not in qualification.attributes
    ]
    for name in qualification.attributes:
        answer = answers.get(name, "")
        allowed = choices_for(name, qualification, catalogue, vocabulary)
        fault = _fault(name, answer, allowed, today)
        if fault is not None:
            faults.append(fault)
    return faults


def _fault(name: str, answer: str, allowed: Mapping[str, Text] | None, today: date) -> Refused | None:
    if not answer:
        return Refused("credential.level_missing", field=name) if name == LEVEL else None
    if allowed is not None:
        return None if answer in allowed else Refused("credential.answer_unknown", field=name)
    if name == SCORE and not (answer.isascii() and answer.isdecimal() and int(answer) <= HIGHEST_SCORE):
        return Refused("credential.score_implausible", field=name, most=HIGHEST_SCORE)
    if name == SITTING and not _is_sitting(answer, today):
        return Refused("credential.sitting_implausible", field=name)
    most = LONGEST.get(name)
    if most is not None and len(answer) > most:
        return Refused("credential.too_long", field=name, most=most, typed=len(answer))
    return None


def _is_sitting(answer: str, today: date) -> bool:
    found = _SITTING.fullmatch(answer)
    return found is not None and 1990 <= int(found["year"]) <= today.year


def settled(answers: Answers) -> Settled:
    """The answers as rules read them: empty ones left out, scores as numbers, the number kept apart."""
    kept: Settled = {}
    for name, answer in answers.items():
        if answer and name != NUMBER:
            kept[name] = int(answer) if name == SCORE else answer
    return kept
