"""``employed_in``: the employer a person works for on the day asked.

Also owns how a clause picks periods of work, which experience shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from portal.domain.calendar import ONE_DAY, add_months
from portal.domain.dossier import Work
from portal.domain.rules.clauses import Parameters
from portal.domain.rules.facts import Facts, Reads
from portal.domain.rules.predicates.schema import (
    Check,
    Finding,
    ParameterKind,
    ParameterRule,
    Predicate,
    met,
    not_met,
    settle_pending,
    texts_of,
    undetermined,
)
from portal.domain.rules.reasons import Because, ParamValue
from portal.domain.rules.vocabulary import Outcome

_WORTH: Final = {Outcome.MET: 2, Outcome.UNDETERMINED: 1, Outcome.NOT_MET: 0}


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """Which periods of work a clause counts; an empty list asks nothing."""

    functions: frozenset[str]
    employer_kinds: frozenset[str]
    places: frozenset[str]
    management: bool

    def accepts(self, work: Work) -> bool | None:
        """Yes, no, or none when what the clause asks about was left open."""
        if self.management and not work.manages:
            return False
        is_open = False
        if self.functions:
            is_open = not work.functions
            if not is_open and self.functions.isdisjoint(work.functions):
                return False
        for value, allowed in ((work.employer_kind, self.employer_kinds), (work.place, self.places)):
            if allowed and value not in allowed:
                if value:
                    return False
                is_open = True
        return None if is_open else True


def work_filter(parameters: Parameters) -> WorkFilter:
    """Read the filter a clause gives."""
    return WorkFilter(
        frozenset(texts_of(parameters, "functions")),
        frozenset(texts_of(parameters, "employer_kinds")),
        frozenset(texts_of(parameters, "places")),
        parameters.get("management") is True,
    )


def reads_of(chosen: WorkFilter) -> Reads:
    """The periods a filter may accept, by the narrowest thing it asks."""
    if chosen.management:
        return Reads(management=True)
    if chosen.functions:
        return Reads(functions=(*sorted(chosen.functions), ""))
    if chosen.employer_kinds:
        return Reads(employer_kinds=(*sorted(chosen.employer_kinds), ""))
    if chosen.places:
        return Reads(places=(*sorted(chosen.places), ""))
    return Reads(work=True)


class Span(NamedTuple):
    """The certain and the possible reach of a period: ``until`` is the first day after it.

    The certain reach leaves out the last day of a finished period; an open end
    is none.
    """

    certain_begins: date
    certain_until: date | None
    possible_begins: date
    possible_until: date | None


def span_of(work: Work) -> Span:
    """Read a period's days, or its months where only those are known."""
    begins, last = work.begun_on, work.ended_on
    if not work.month_precision:
        until = last + ONE_DAY if last is not None else None
        return Span(begins, until, begins, until)
    first = begins.replace(day=1)
    return Span(
        add_months(first, 1) - timedelta(days=1),
        last.replace(day=1) + ONE_DAY if last is not None else None,
        first,
        add_months(last.replace(day=1), 1) if last is not None else None,
    )


def _build(parameters: Parameters, _clause: str) -> Check:
    chosen = work_filter(parameters)
    kinds = texts_of(parameters, "employer_kinds")
    nothing = not_met(Because("employed_in.none_found", {"employer_kinds": kinds}))

    def best(periods: tuple[Work, ...], on: date) -> Finding:
        found = [
            _examine(work, on, known=accepted)
            for work in periods
            if (accepted := chosen.accepts(work)) is not False
        ]
        return max(found, key=_worth) if found else nothing

    def check(facts: Facts, on: date) -> Finding:
        counted = best(facts.counted_work, on)
        if not facts.work_pending:
            return counted
        return settle_pending(counted, lambda: best(facts.all_work, on), _awaits)

    return check


def _examine(work: Work, on: date, *, known: bool | None) -> Finding:
    span, evidence = span_of(work), (work.id,)
    kind: dict[str, ParamValue] = {"employer_kind": work.employer_kind}
    if on < span.possible_begins:
        reason = Because("employed_in.begins_later", {**kind, "on": work.begun_on})
        return not_met(reason, evidence, span.certain_begins if known else None)
    if span.possible_until is not None and on >= span.possible_until:
        reason = Because("employed_in.ended", {**kind, "on": span.possible_until - ONE_DAY})
        return not_met(reason, evidence)
    after_certain_end = span.certain_until is not None and on >= span.certain_until
    if not known or on < span.certain_begins or after_certain_end:
        return undetermined(Because("employed_in.month_unknown", kind), evidence)
    return _employed(work, span.certain_until, kind)


def _employed(work: Work, until: date | None, kind: dict[str, ParamValue]) -> Finding:
    since: dict[str, ParamValue] = {**kind, "since": work.begun_on}
    if until is None:
        return met(Because("employed_in.employed", since), (work.id,))
    reason = Because("employed_in.employed_until", {**since, "lapses_on": until})
    return met(reason, (work.id,), until)


def _worth(finding: Finding) -> tuple[int, date, date, tuple[str, ...]]:
    lasting = finding.lapses_on or (date.max if finding.outcome is Outcome.MET else date.min)
    return (_WORTH[finding.outcome], lasting, finding.met_on or date.min, finding.evidence)


def _awaits(hoped: Finding) -> Because:
    return Because(
        "employed_in.awaits_verification", {"employer_kind": hoped.because.params["employer_kind"]}
    )


def _reads(parameters: Parameters, _clause: str) -> Reads:
    return reads_of(work_filter(parameters))


EMPLOYED_IN: Final = Predicate(
    "employed_in",
    {
        "employer_kinds": ParameterRule(ParameterKind.EMPLOYER_KINDS, required=True),
        "places": ParameterRule(ParameterKind.PLACES),
        "functions": ParameterRule(ParameterKind.FUNCTIONS),
    },
    _build,
    _reads,
)
