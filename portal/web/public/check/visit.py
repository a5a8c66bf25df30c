"""The visit behind a request: the answers kept so far, and what they are asked against.

Owns the key in the visitor's session. It must not know forms or pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask import g, session

from portal.domain.eligibility.answers import Answers
from portal.domain.eligibility.questions import Question, questions_left
from portal.domain.eligibility.unanswered import Asking
from portal.domain.rules.rulesets import Target
from portal.services.eligibility_checks import (
    KeptCheck,
    begin_check,
    forget_check,
    read_check,
    save_check,
)
from portal.services.house import House
from portal.web.access import current_actor
from portal.web.house import the_house

KEY: Final = "eligibility"
# Once somebody has registered, their answers wait for a sign-in and are not shown here before it.
_SET_ASIDE: Final = "eligibility_set_aside"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request's view of the check: the answers, laid out against the rules of today."""

    house: House
    check: KeptCheck | None
    answers: Answers

    @property
    def asking(self) -> Asking:
        """The answers as rules are asked about them."""
        return Asking.about(self.answers, self.house.rulebook.qualifications, on=self.house.clock.today())

    @property
    def aims(self) -> tuple[Target, ...]:
        """The targets aimed at that have rules today."""
        return targets_in_force(self.house, self.answers.aims)

    def left(self) -> tuple[Question, ...]:
        """The questions that can still change something."""
        return questions_left(self.aims, self.asking)

    def keep(self, answers: Answers) -> Visit:
        """Save the answers, under a new key for a new visit."""
        if self.check is None:
            session[KEY] = begin_check(self.house, answers)
            g.eligibility_visit = _read(self.house)
        else:
            save_check(self.house, self.check, answers)
            g.eligibility_visit = Visit(self.house, self.check, answers)
        kept: Visit = g.eligibility_visit
        return kept

    def forget(self) -> None:
        """Delete the answers and the key to them."""
        if self.check is not None:
            forget_check(self.house, self.check)
        session.pop(KEY, None)
        session.pop(_SET_ASIDE, None)


def set_aside() -> None:
    """After a registration: keep the key to the answers for the sign-in, and show them to nobody until then.

    The same whether the address was known or not; what a browser shows must not tell.
    """
    if KEY in session:
        session[_SET_ASIDE] = session.pop(KEY)


def key_to_claim() -> str | None:
    """The key to the answers of this browser's visit, also when an earlier registration set it aside."""
    key: str | None = session.get(KEY) or session.get(_SET_ASIDE)
    return key


def this_visit() -> Visit:
    """The visit of the request now served."""
    if "eligibility_visit" not in g:
        g.eligibility_visit = _read(the_house())
    visit: Visit = g.eligibility_visit
    return visit


def targets_in_force(house: House, names: Iterable[str]) -> tuple[Target, ...]:
    """The targets of some names whose rules bind today, each once."""
    today, known = house.clock.today(), house.rulebook.targets
    found = (known[name] for name in dict.fromkeys(names) if name in known)
    return tuple(
        one for one in found if _binds(one, house) and today >= one.ruleset.versions[0].in_force_from
    )


def _binds(target: Target, house: House) -> bool:
    last = target.ruleset.versions[-1].in_force_until
    return last is None or house.clock.today() <= last


def _read(house: House) -> Visit:
    actor = current_actor()
    check = read_check(house, key_to_claim() if actor.is_signed_in else session.get(KEY), actor)
    return Visit(house, check, check.answers if check else Answers())
