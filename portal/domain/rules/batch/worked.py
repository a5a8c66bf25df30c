"""Questions about work, for a whole register: employment on the day, and months of experience.

The vectorised twins of the predicates of the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from portal.domain.calendar import THIRTIETHS
from portal.domain.rules.batch.bits import Bits, Flags, all_of, pack, places, unpack
from portal.domain.rules.batch.bounds import covered, reach_in, told
from portal.domain.rules.batch.days import NO_DAY, add_months
from portal.domain.rules.batch.periods import Asked, Window, enough
from portal.domain.rules.batch.planes import Planes
from portal.domain.rules.batch.verdicts import Question, Verdicts, best_of_facts
from portal.domain.rules.clauses import Parameters
from portal.domain.rules.predicates.employment import WorkFilter, work_filter
from portal.domain.rules.predicates.schema import number_of
from portal.domain.rules.vocabulary import Basis

Value = TypeVar("Value", bound=Hashable)
Answers = npt.NDArray[np.uint8]


def employed_in(parameters: Parameters, question: Question) -> Planes:
    """Who works for such an employer on the day."""
    register, on = question.register, question.day
    layout = register.work.layout
    picked = layout.picked(work_filter(parameters))
    rows = places(picked.possibly, layout.size)
    span = layout.spans.taken(rows)
    may_be = (span.possible_begins <= on) & (span.possible_until > on)
    surely = unpack(picked.surely, layout.size)[rows]
    surely &= (span.certain_begins <= on) & (span.certain_until > on)
    facts = Verdicts(may_be & surely, may_be & ~surely)
    work = register.work
    rows = layout.rows[rows]
    return best_of_facts(question, work.person[rows], work.verified[rows], facts)


class _Experience(NamedTuple):
    """One question about months, read."""

    chosen: WorkFilter
    needed: int
    within: int | None


def experience(asked: Sequence[Parameters], question: Question) -> list[Planes]:
    """Who has so many months of such work, for certain or as far as can be told; many questions at once."""
    questions = [_read(parameters) for parameters in asked]
    layout = question.register.work.layout
    counts = layout.verified if question.basis is Basis.VERIFIED else all_of(layout.size)
    found, close = _told_by_days(questions, question, counts)
    for one, exactly in zip(
        questions, enough(layout, [close[one] for one in questions], counts), strict=True
    ):
        found[one][close[one].people] = _answers(*exactly)
    return [_planes(found[one], question) for one in questions]


def _read(parameters: Parameters) -> _Experience:
    needed = (number_of(parameters, "months") or 0) * THIRTIETHS
    return _Experience(work_filter(parameters), needed, number_of(parameters, "within_months"))


def _told_by_days(
    questions: Sequence[_Experience], question: Question, counts: Bits
) -> tuple[dict[_Experience, Answers], dict[_Experience, Asked]]:
    """What whole days tell of everybody, and who is left to be counted exactly.

    Questions about one window share its days, and those that differ only in the
    months they ask share one count.
    """
    layout = question.register.work.layout
    found, close = {}, {}
    for within, same_window in _grouped(questions, lambda one: one.within):
        window = _window(question, within)
        reach = reach_in(layout, window.since, window.until)
        for chosen, same_work in _grouped(same_window, lambda one: one.chosen):
            picked = layout.picked(chosen)
            days = covered(layout, reach, picked.possibly, picked.surely & counts)
            for one in same_work:
                by_days = told(layout, days, one.needed)
                found[one] = _answers(by_days.surely, by_days.possibly)
                close[one] = Asked(np.flatnonzero(by_days.close), picked, one.needed, window)
    return found, close


def _grouped(
    questions: Iterable[_Experience], key: Callable[[_Experience], Value]
) -> Iterable[tuple[Value, list[_Experience]]]:
    groups: dict[Value, list[_Experience]] = {}
    for one in questions:
        groups.setdefault(key(one), []).append(one)
    return groups.items()


def _window(question: Question, within: int | None) -> Window:
    if within is None:
        return Window(NO_DAY, question.day)
    return Window(int(add_months(np.array([question.day], dtype=np.int32), -within)[0]), question.day)


def _answers(surely: Flags, possibly: Flags) -> Answers:
    """Two for surely, one for possibly: whoever surely has enough possibly has."""
    return possibly.view(np.uint8) + surely.view(np.uint8)


def _planes(answers: Answers, question: Question) -> Planes:
    register = question.register
    everybody = np.zeros(register.size, dtype=np.uint8)
    everybody[register.work.layout.people] = answers
    return Planes(pack(everybody > 0), pack(everybody < 2))
