"""Rules and dossiers by chance: every predicate, every shape of fact, contested and half-known ones too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from portal.domain.dossier import Dossier, HeldRecognition, Holding, Judgement, PersonFact, Work
from portal.domain.rules.clauses import Citation, Clause, Condition, Leaf
from portal.domain.rules.vocabulary import Confidence
from tests.domain.rules.making import TODAY, all_of, any_of, at_least, leaf, text

DAYS = st.dates(date(2014, 1, 1), date(2030, 12, 31))
# Days around the one asked make boundaries likely.
NEAR = st.sampled_from(
    [date(2023, 11, 22), date(2023, 11, 23), date(2026, 11, 21), TODAY, date(2026, 11, 23)]
)
SOME_DAY = DAYS | NEAR
MAYBE_DAY = st.none() | SOME_DAY
SHARES = st.sampled_from([Fraction(1), Fraction(1), Fraction(1, 2), Fraction(3, 5), None])
LEVELS = ("secondary", "junior_college", "bachelor", "master", "doctorate")


@dataclass(frozen=True)
class Words:
    """The codes rules and dossiers choose from, so that they meet."""

    qualifications: Sequence[str] = ("p1", "p2", "education.degree", "education.other")
    functions: Sequence[str] = ("asset-management", "credit-risk", "other")
    kinds: Sequence[str] = ("mainland-bank", "hk-other")
    places: Sequence[str] = ("hk", "shenzhen", "other")
    facts: Sequence[str] = ("chinese_citizen", "sound")
    targets: Sequence[str] = ("hk.sample", "hk.other")
    clauses: Sequence[str] = ("l0", "l1", "l2")
    attributes: Mapping[str, Sequence[str | int]] | None = None

    @property
    def answers(self) -> Mapping[str, Sequence[str | int]]:
        return self.attributes or {
            "level": (*LEVELS, ""),
            "field": ("law", "finance"),
            "place": ("hk", "mainland"),
            "score": (59, "60", 61, "unclear"),
            "sitting": ("2025-1", "2025-2", "2026-1", "unclear"),
        }


WORDS = Words()


def dossiers(words: Words = WORDS) -> st.SearchStrategy[Dossier]:
    """One person's facts, some verified, some contested, some without a day."""
    return st.builds(
        Dossier,
        holdings=_numbered(st.lists(_holdings(words), max_size=5)),
        work=_numbered(st.lists(_work(words), max_size=4)),
        facts=st.lists(_facts(words), max_size=5).map(tuple),
        judgements=st.lists(_judgements(words), max_size=3).map(tuple),
        recognitions=_numbered(st.lists(_recognitions(words), max_size=2)),
    )


def _numbered(rows: st.SearchStrategy[list[Any]]) -> st.SearchStrategy[tuple[Any, ...]]:
    return rows.map(lambda made: tuple(replace(row, id=f"{number}") for number, row in enumerate(made)))


def _holdings(words: Words) -> st.SearchStrategy[Holding]:
    attributes = st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(list(values)) for name, values in words.answers.items()}
    )
    return st.builds(
        Holding,
        id=st.just(""),
        qualification=st.sampled_from(list(words.qualifications)),
        awarded_on=MAYBE_DAY,
        begun_on=MAYBE_DAY,
        ended_on=MAYBE_DAY,
        valid_until=MAYBE_DAY,
        attributes=attributes,
        verified=st.booleans(),
    )


@st.composite
def _work(draw: st.DrawFn, words: Words) -> Work:
    begun_on, ended_on = draw(SOME_DAY), draw(MAYBE_DAY)
    if ended_on is not None and ended_on < begun_on:
        begun_on, ended_on = ended_on, begun_on
    return Work(
        "",
        tuple(draw(st.lists(st.sampled_from(list(words.functions)), max_size=2, unique=True))),
        draw(st.sampled_from([*words.kinds, ""])),
        draw(st.sampled_from([*words.places, ""])),
        begun_on,
        ended_on,
        draw(SHARES),
        manages=draw(st.booleans()),
        verified=draw(st.booleans()),
        month_precision=draw(st.booleans()),
    )


def _facts(words: Words) -> st.SearchStrategy[PersonFact]:
    answers = st.builds(
        PersonFact, st.sampled_from(list(words.facts)), st.none() | st.booleans(), verified=st.booleans()
    )
    births = st.dates(date(1990, 1, 1), date(2012, 12, 31)) | st.just(date(2008, 11, 22))
    return answers | st.builds(PersonFact, st.just("born_on"), st.none() | births, verified=st.booleans())


def _judgements(words: Words) -> st.SearchStrategy[Judgement]:
    bound = st.none() | st.sampled_from(list(words.targets))
    return st.builds(Judgement, st.sampled_from(list(words.clauses)), st.booleans(), st.just(""), bound)


def _recognitions(words: Words) -> st.SearchStrategy[HeldRecognition]:
    return st.builds(HeldRecognition, st.just(""), st.sampled_from(list(words.targets)), SOME_DAY, MAYBE_DAY)


# --- Rules -------------------------------------------------------------------------------------------


def _some(values: Iterable[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(list(values)), min_size=1, max_size=2, unique=True).map(tuple)


def _given(required: Mapping[str, Any], optional: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(dict(required), optional=dict(optional))


MONTHS = st.sampled_from([1, 6, 12, 24, 36, 60])
WORK_FILTER = {
    "functions": _some(WORDS.functions),
    "employer_kinds": _some(WORDS.kinds),
    "places": _some(WORDS.places),
}
QUESTIONS: Mapping[str, st.SearchStrategy[dict[str, Any]]] = {
    "holds": _given(
        {"any_of": _some(WORDS.qualifications)},
        {
            "awarded_within_months": MONTHS,
            "current": st.booleans(),
            "current_or_ended_within_months": MONTHS,
            "attributes": st.fixed_dictionaries({"field": _some(["law", "finance"])}),
            "at_least": st.just({"score": 60}),
            "awarded_on_or_before": SOME_DAY,
            "awarded_on_or_after": SOME_DAY,
        },
    ),
    "passed_in_consecutive_sittings": st.just({"papers": (("p1",), ("p2", "education.other"))}),
    "education_at_least": _given(
        {"level": st.sampled_from(LEVELS)},
        {"fields": _some(["law", "finance"]), "places": _some(["hk", "mainland"])},
    ),
    "experience_at_least": _given(
        {"months": MONTHS}, {**WORK_FILTER, "within_months": MONTHS, "management": st.booleans()}
    ),
    "employed_in": _given(
        {"employer_kinds": _some(WORDS.kinds)},
        {"functions": _some(WORDS.functions), "places": _some(WORDS.places)},
    ),
    "person_is": st.fixed_dictionaries({"fact": st.sampled_from([*WORDS.facts, "never_asked"])}),
    "age_at_least": st.just({"years": 18}),
    "judgement": st.just({"question": text("Proper?")}),
    "recognised_for": st.fixed_dictionaries({"target": st.sampled_from(WORDS.targets)}),
    "unread": st.just({"document": "hk.S9"}),
}
LOW = (Citation("hk.S9", "table 2", Confidence.LOW),)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    """What settles whether a clause applies."""
    test = draw(st.sampled_from(list(QUESTIONS)))
    return Condition(test, draw(QUESTIONS[test]))


@st.composite
def leaves(draw: st.DrawFn, clause_id: str) -> Leaf:
    """A leaf of any predicate; a few rest on nothing but a low reading."""
    test = draw(st.sampled_from(list(QUESTIONS)))
    made = leaf(clause_id, test, **draw(QUESTIONS[test]))
    condition = draw(st.none() | conditions())
    return replace(made, applies_when=condition, cites=LOW if draw(st.integers(0, 9)) == 0 else made.cites)


@st.composite
def rules(draw: st.DrawFn) -> list[Clause]:
    """A random tree with exceptions and conditions, its root first."""
    clauses: list[Clause] = [draw(leaves(f"l{number}")) for number in range(draw(st.integers(1, 5)))]
    for number in range(draw(st.integers(0, 4))):
        known = [clause.id for clause in clauses]
        children = draw(st.lists(st.sampled_from(known), min_size=1, max_size=4, unique=True))
        needed = draw(st.integers(0, len(children)))
        kind = draw(st.sampled_from([all_of, any_of]))
        name = f"g{number}"
        made = at_least(needed, name, *children) if needed else kind(name, *children)
        spare = draw(st.none() | st.sampled_from(known))
        condition = draw(st.none() | conditions())
        clauses.append(replace(made, unless=spare if spare not in children else None, applies_when=condition))
    return clauses[::-1]
