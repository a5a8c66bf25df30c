"""Questions a person or an officer answers, for a whole register: facts, age, judgements, recognitions.

The vectorised twins of the predicates of the same names.
"""

from __future__ import annotations

from typing import cast

import numpy as np

from portal.domain.rules.batch.bits import Flags, Numbers
from portal.domain.rules.batch.coded import Coded
from portal.domain.rules.batch.days import add_months, known
from portal.domain.rules.batch.planes import Planes, settled_planes
from portal.domain.rules.batch.register import FactColumns
from portal.domain.rules.batch.verdicts import Question, undecided
from portal.domain.rules.clauses import Parameters
from portal.domain.rules.predicates.person import BORN_ON


def person_is(parameters: Parameters, question: Question) -> Planes:
    """Who states so; an answer that is missing, contested or not verified leaves it open."""
    stated = _stated(question, str(parameters["fact"]))
    if stated is None:
        return undecided(question)
    return settled_planes(stated.yes, ~(stated.yes | stated.otherwise))


def age_at_least(parameters: Parameters, question: Question) -> Planes:
    """Who has reached an age, by the stated day of birth."""
    stated = _stated(question, BORN_ON)
    if stated is None or stated.day is None:
        return undecided(question)
    birthday = add_months(stated.day, cast("int", parameters["years"]) * 12)
    is_known = known(stated.day)
    return settled_planes(is_known & (birthday <= question.day), ~is_known)


def _stated(question: Question, name: str) -> FactColumns | None:
    return question.register.facts[question.basis].get(name)


def judgement(target: str, clause: str, question: Question) -> Planes:
    """Whom officers found for and against on a clause; both, or neither, leaves it open."""
    register, columns = question.register, question.register.judgements
    rows = columns.clause.rows([clause])
    if target:
        rows = rows[_binding(columns.target, target, rows)]
    if not len(rows):
        return undecided(question)
    found_for, found_against = (
        _people(register.size, columns.person[rows[columns.finding[rows] == finding]])
        for finding in (True, False)
    )
    return settled_planes(found_for & ~found_against, found_for == found_against)


def _binding(targets: Coded[str], target: str, rows: Numbers) -> Flags:
    return cast("Flags", targets.translated(lambda other: int(other == target), 1, rows) == 1)


def recognised_for(parameters: Parameters, question: Question) -> Planes:
    """Who holds a recognition for a target on the day."""
    register, held = question.register, question.register.recognitions
    rows = held.target.rows([str(parameters["target"])])
    granted, ended = held.granted_on[rows], held.ended_on[rows]
    lasting = (granted <= question.day) & (~known(ended) | (ended > question.day))
    met = _people(register.size, held.person[rows[lasting]])
    return settled_planes(met, np.zeros_like(met))


def _people(size: int, person: Numbers) -> Flags:
    found = np.zeros(size, dtype=np.bool_)
    found[person] = True
    return found
