"""Each predicate: what meets it, what does not, what cannot be told, and the day it turns."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from portal.domain.dossier import Dossier, HeldRecognition, Holding, Judgement, PersonFact
from portal.domain.rules.predicates.registry import PREDICATES
from portal.domain.rules.results import ClauseResult
from portal.domain.rules.vocabulary import Basis, Outcome
from tests.domain.rules.making import TODAY, answers, ask, ask_one, holding, leaf, text, worked

MET, NOT_MET, OPEN = Outcome.MET, Outcome.NOT_MET, Outcome.UNDETERMINED


def holds(facts: Dossier, on: date = TODAY, basis: Basis = Basis.DECLARED, **more: Any) -> ClauseResult:
    return ask_one("holds", facts, on=on, basis=basis, any_of=("x",), **more)


@pytest.mark.parametrize(
    ("facts", "asked", "outcome", "reason"),
    [
        ({}, {}, MET, "holds.held"),
        ({"awarded_on": date(2020, 1, 1)}, {}, MET, "holds.found"),
        ({"awarded_on": date(2027, 1, 1)}, {}, NOT_MET, "holds.not_yet"),
        ({"awarded_on": date(2020, 1, 1)}, {"awarded_within_months": 36}, NOT_MET, "holds.too_old"),
        ({}, {"awarded_within_months": 36}, OPEN, "holds.day_unknown"),
        ({"begun_on": date(2020, 1, 1)}, {"current": True}, MET, "holds.current"),
        ({}, {"current": True}, OPEN, "holds.day_unknown"),
        (
            {"begun_on": date(2020, 1, 1), "ended_on": date(2026, 11, 22)},
            {"current": True},
            NOT_MET,
            "holds.ended",
        ),
        (
            {"begun_on": date(2020, 1, 1), "ended_on": date(2026, 11, 23)},
            {"current": True},
            MET,
            "holds.current_until",
        ),
        (
            {"awarded_on": date(2020, 1, 1), "valid_until": date(2026, 11, 21)},
            {"current": True},
            NOT_MET,
            "holds.expired",
        ),
        (
            {"awarded_on": date(2020, 1, 1), "valid_until": date(2026, 11, 22)},
            {"current": True},
            MET,
            "holds.current_until",
        ),
        (
            {"awarded_on": date(2020, 5, 1)},
            {"awarded_on_or_before": date(2020, 4, 30)},
            NOT_MET,
            "holds.too_late",
        ),
        (
            {"awarded_on": date(2020, 5, 1)},
            {"awarded_on_or_after": date(2020, 5, 2)},
            NOT_MET,
            "holds.too_early",
        ),
        ({"attributes": {"stream": "a"}}, {"attributes": {"stream": ("a", "b")}}, MET, "holds.held"),
        (
            {"attributes": {"stream": "c"}},
            {"attributes": {"stream": ("a", "b")}},
            NOT_MET,
            "holds.attribute_other",
        ),
        ({}, {"attributes": {"stream": ("a",)}}, OPEN, "holds.attribute_unknown"),
        ({"attributes": {"score": "73"}}, {"at_least": {"score": 70}}, MET, "holds.held"),
        ({"attributes": {"score": 69}}, {"at_least": {"score": 70}}, NOT_MET, "holds.below"),
        ({"attributes": {"score": "good"}}, {"at_least": {"score": 70}}, OPEN, "holds.attribute_unknown"),
    ],
)
def test_a_holding_is_asked_each_question_in_turn(
    facts: dict[str, Any], asked: dict[str, Any], outcome: Outcome, reason: str
) -> None:
    found = holds(holding("x", **facts), **asked)

    assert (found.outcome, found.because.code) == (outcome, reason)


def test_another_qualification_is_not_the_one_asked() -> None:
    assert holds(holding("y")).because.code == "holds.none_found"


def test_a_paper_counts_until_the_anniversary_which_is_printed() -> None:
    paper = holding("x", awarded_on=date(2024, 10, 26))
    lapse = date(2027, 10, 26)

    assert holds(paper, awarded_within_months=36).lapses_on == lapse
    assert holds(paper, on=lapse - timedelta(days=1), awarded_within_months=36).outcome is MET
    assert holds(paper, on=lapse, awarded_within_months=36).outcome is NOT_MET


@pytest.mark.parametrize(
    ("ended_on", "outcome", "lapses_on"),
    [(date(2023, 12, 22), MET, date(2026, 12, 22)), (date(2023, 10, 22), NOT_MET, None)],
)
def test_a_licence_that_ended_counts_for_three_years_and_closes_on_the_day_printed(
    ended_on: date, outcome: Outcome, lapses_on: date | None
) -> None:
    licence = holding("x", begun_on=date(2015, 6, 1), ended_on=ended_on)

    found = holds(licence, current_or_ended_within_months=36)

    assert (found.outcome, found.lapses_on) == (outcome, lapses_on)
    for day, expected in ((date(2026, 12, 21), MET), (date(2026, 12, 22), NOT_MET)):
        turning = holding("x", begun_on=date(2015, 6, 1), ended_on=date(2023, 12, 22))
        assert holds(turning, on=day, current_or_ended_within_months=36).outcome is expected


def test_the_best_of_several_holdings_stands_whatever_their_order() -> None:
    old = Holding("old", "x", awarded_on=date(2020, 1, 1))
    newer = Holding("newer", "x", awarded_on=date(2025, 1, 1))
    newest = Holding("newest", "x", awarded_on=date(2026, 1, 1))

    for order in ((old, newer, newest), (newest, old, newer)):
        found = holds(Dossier(holdings=order), awarded_within_months=36)
        assert found.evidence == ("newest",)
        assert found.lapses_on == date(2029, 1, 1)


def test_an_unverified_holding_that_would_settle_it_makes_the_clause_pending() -> None:
    found = holds(holding("x"), basis=Basis.VERIFIED)

    assert (found.outcome, found.pending) == (OPEN, True)
    assert found.because.code == "holds.awaits_verification"


def test_an_unverified_holding_that_would_not_settle_it_changes_nothing() -> None:
    paper = holding("x", awarded_on=date(2020, 1, 1))

    assert holds(paper, basis=Basis.VERIFIED, awarded_within_months=36).outcome is NOT_MET


# --- Sittings ---------------------------------------------------------------------------------------


def sittings(**passes: str) -> ClauseResult:
    facts = Dossier(
        holdings=tuple(
            Holding(code, code, attributes={"sitting": sitting} if sitting else {})
            for code, sitting in passes.items()
        )
    )
    return ask_one("passed_in_consecutive_sittings", facts, papers=(("law",), ("speciality",)))


@pytest.mark.parametrize(
    ("passes", "outcome", "reason"),
    [
        ({}, NOT_MET, "sittings.none_found"),
        ({"law": "2026-1", "speciality": "2026-1"}, MET, "sittings.passed_together"),
        ({"law": "2025-2", "speciality": "2026-1"}, MET, "sittings.passed_together"),
        ({"law": "2025-1", "speciality": "2026-1"}, NOT_MET, "sittings.apart"),
        ({"law": "2025-1"}, NOT_MET, "sittings.lapsed"),
        ({"law": "2026-2"}, NOT_MET, "sittings.one_missing"),
        ({"law": "2026-2", "speciality": ""}, OPEN, "sittings.sitting_unknown"),
        ({"law": ""}, NOT_MET, "sittings.none_found"),
    ],
)
def test_papers_count_only_when_passed_in_the_same_or_the_next_sitting(
    passes: dict[str, str], outcome: Outcome, reason: str
) -> None:
    found = sittings(**passes)

    assert (found.outcome, found.because.code) == (outcome, reason)


def test_two_passes_on_the_shelf_can_be_worth_nothing() -> None:
    found = sittings(law="2025-1", speciality="2026-1")

    assert found.because.params["sitting"] == "2025-1"
    assert found.because.params["other_sitting"] == "2026-1"


# --- Education ----------------------------------------------------------------------------------------


def educated(asked: dict[str, Any], *degrees: dict[str, Any]) -> ClauseResult:
    facts = Dossier(
        holdings=tuple(
            Holding(f"d{n}", "education.degree", awarded_on=date(2020, 7, 1), attributes=degree)
            for n, degree in enumerate(degrees)
        )
    )
    return ask_one("education_at_least", facts, **asked)


@pytest.mark.parametrize(
    ("degree", "asked", "outcome", "reason"),
    [
        ({"level": "master"}, {"level": "bachelor"}, MET, "education.reached"),
        ({"level": "junior_college"}, {"level": "bachelor"}, NOT_MET, "education.below"),
        ({}, {"level": "bachelor"}, OPEN, "education.attribute_unknown"),
        (
            {"level": "bachelor", "field": "arts"},
            {"level": "bachelor", "fields": ("law",)},
            NOT_MET,
            "education.other_field",
        ),
        (
            {"level": "bachelor"},
            {"level": "bachelor", "fields": ("law",)},
            OPEN,
            "education.attribute_unknown",
        ),
        (
            {"level": "bachelor", "place": "hk"},
            {"level": "bachelor", "places": ("mainland",)},
            NOT_MET,
            "education.other_place",
        ),
    ],
)
def test_a_degree_is_measured_by_level_field_and_place(
    degree: dict[str, Any], asked: dict[str, Any], outcome: Outcome, reason: str
) -> None:
    found = educated(asked, degree)

    assert (found.outcome, found.because.code) == (outcome, reason)


def test_no_degree_is_said_as_such_and_one_to_come_has_its_day() -> None:
    assert educated({"level": "bachelor"}).because.code == "education.none_found"
    future = Holding("d", "education.degree", awarded_on=date(2027, 7, 1), attributes={"level": "bachelor"})
    found = ask_one("education_at_least", Dossier(holdings=(future,)), level="bachelor")
    assert (found.because.code, found.met_on) == ("education.not_yet", date(2027, 7, 1))


# --- Employment ---------------------------------------------------------------------------------------


def employed(on: date = TODAY, **work: Any) -> ClauseResult:
    facts = Dossier(work=(worked("w", work.pop("begun_on"), work.pop("ended_on", None), **work),))
    return ask_one("employed_in", facts, on=on, employer_kinds=("hk-licensed-corporation",))


def test_an_offer_is_not_met_yet_and_its_first_day_is_given() -> None:
    offer: dict[str, Any] = {"begun_on": date(2027, 2, 1), "employer_kind": "hk-licensed-corporation"}

    found = employed(**offer)

    assert (found.outcome, found.because.code) == (NOT_MET, "employed_in.begins_later")
    assert found.met_on == date(2027, 2, 1)
    assert employed(on=date(2027, 2, 1), **offer).outcome is MET


def test_work_that_ends_counts_through_its_last_day() -> None:
    work: dict[str, Any] = {
        "begun_on": date(2020, 1, 1),
        "ended_on": date(2026, 11, 30),
        "employer_kind": "hk-licensed-corporation",
    }

    assert employed(**work).lapses_on == date(2026, 12, 1)
    assert employed(on=date(2026, 12, 1), **work).because.code == "employed_in.ended"


def test_another_kind_of_employer_and_a_month_without_a_day() -> None:
    assert employed(begun_on=date(2020, 1, 1)).because.code == "employed_in.none_found"
    month: dict[str, Any] = {
        "begun_on": date(2026, 11, 1),
        "month_precision": True,
        "employer_kind": "hk-licensed-corporation",
    }
    assert employed(**month).because.code == "employed_in.month_unknown"


# --- The person, judgements, recognitions, texts not read -----------------------------------------------


@pytest.mark.parametrize(
    ("value", "verified", "outcome", "reason"),
    [
        (True, True, MET, "person.stated"),
        (False, True, NOT_MET, "person.stated_otherwise"),
        (None, True, OPEN, "person.not_stated"),
        (True, False, OPEN, "person.awaits_verification"),
        (False, False, OPEN, "person.awaits_verification"),
    ],
)
def test_a_fact_about_the_person(value: bool | None, verified: bool, outcome: Outcome, reason: str) -> None:
    facts = Dossier(facts=(PersonFact("chinese_citizen", value, verified=verified),))

    found = ask_one("person_is", facts, basis=Basis.VERIFIED, fact="chinese_citizen")

    assert (found.outcome, found.because.code) == (outcome, reason)


def test_two_answers_to_one_question_leave_it_open_in_any_order() -> None:
    yes, no = PersonFact("f", value=True), PersonFact("f", value=False)

    for order in ((yes, no, yes), (yes, yes, no), (no, yes, yes)):
        assert ask_one("person_is", Dossier(facts=order), fact="f").outcome is OPEN


def test_an_age_is_reached_on_the_birthday() -> None:
    born = answers(born_on=date(2008, 2, 29))

    assert ask_one("age_at_least", born, on=date(2026, 2, 27), years=18).met_on == date(2026, 2, 28)
    assert ask_one("age_at_least", born, on=date(2026, 2, 28), years=18).outcome is MET
    assert ask_one("age_at_least", answers(), years=18).because.code == "age.not_stated"


def test_a_judgement_stays_open_until_an_officer_records_a_finding() -> None:
    question = leaf("proper", "judgement", question=text("Is the person fit and proper?"))

    def found(*judgements: Judgement) -> Outcome:
        return ask(question, facts=Dossier(judgements=judgements)).outcome

    assert found() is OPEN
    assert found(Judgement("proper", finding=True)) is MET
    assert found(Judgement("proper", finding=False)) is NOT_MET
    assert found(Judgement("proper", finding=True, target="sz.other")) is OPEN
    assert found(Judgement("proper", finding=True), Judgement("proper", finding=False)) is OPEN


def test_a_recognition_counts_while_it_lasts() -> None:
    held = HeldRecognition("r", "hk.other", date(2026, 1, 1), date(2027, 1, 1))
    facts = Dossier(recognitions=(held,))

    assert ask_one("recognised_for", facts, target="hk.other").lapses_on == date(2027, 1, 1)
    assert ask_one("recognised_for", facts, on=date(2027, 1, 1), target="hk.other").outcome is NOT_MET
    assert ask_one("recognised_for", facts, target="hk.third").outcome is NOT_MET


def test_a_text_nobody_read_decides_nothing() -> None:
    found = ask_one("unread", Dossier(), document="hk.S54")

    assert (found.outcome, found.because.params) == (OPEN, {"document": "hk.S54"})


def test_every_predicate_is_known_by_its_own_name() -> None:
    assert all(name == predicate.name for name, predicate in PREDICATES.items())
