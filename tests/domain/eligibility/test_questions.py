"""Which questions the check asks: derived from the rulebook, and none that changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings, strategies as st

from portal.domain.eligibility.answers import Answers, Held, HeldAnswer, Told, WorkedAnswer
from portal.domain.eligibility.questions import (
    Question,
    ambiguous_with,
    needed_attributes,
    question_again,
    questions_left,
)
from portal.domain.eligibility.tracks import proposed_tracks
from portal.domain.eligibility.unanswered import DEGREE, FACT, WORK, Asking, unanswered_as
from portal.domain.rules.results import ClauseResult
from portal.domain.rules.rulesets import Target
from portal.domain.rules.vocabulary import Outcome
from portal.domain.sense import CredentialDays
from portal.rulebook.loader import Rulebook, load

TODAY = date(2026, 11, 22)
AIMS = (
    "hk.sfc.representative.type-1",
    "hk.sfc.representative.type-9",
    "sz.sac.general",
    "sz.amac.practitioner",
    "sz.cicpa.cpa",
    "sz.qianhai.tax-filing",
    "sz.cba.intermediate.risk-management",
    "hk.hkib.credit-risk.acrp",
)
DAYS = st.dates(date(2015, 1, 1), TODAY)


@cache
def book() -> Rulebook:
    return load()


def targets(*names: str) -> tuple[Target, ...]:
    return tuple(book().targets[name] for name in names)


def asking(answers: Answers) -> Asking:
    return Asking.about(answers, book().qualifications, on=TODAY)


def test_nobody_who_has_answered_nothing_is_told_no() -> None:
    """An unanswered question is no no: whatever reads a fact stays open."""
    for target in book().targets.values():
        if target.ruleset.versions[0].in_force_from > TODAY:
            continue
        for result in asking(Answers()).evaluate(target).root.walk():
            if result.is_leaf and result.outcome is Outcome.NOT_MET:
                assert not result.because.code.startswith(
                    ("holds.", "education.", "experience.", "employed_in.")
                ), (
                    target.id,
                    result,
                )


def test_a_clause_left_open_names_its_question() -> None:
    evaluation = asking(Answers()).evaluate(*targets("hk.sfc.representative.type-1"))
    assert unanswered_as(evaluation.find("chinese_citizen").because) == "fact-chinese_citizen"
    assert unanswered_as(evaluation.find("paper_1").because) == "papers-hk"
    assert unanswered_as(evaluation.find("fit_and_proper").because) == ""


def test_residence_comes_first_and_papers_come_last() -> None:
    keys = [
        one.key
        for one in questions_left(
            targets("hk.sfc.representative.type-4", "sz.sac.general"), asking(Answers())
        )
    ]
    assert all(key.startswith(FACT) for key in keys[:4])
    assert {"fact-hk_permanent_resident", "fact-chinese_citizen"} <= set(keys[:4])
    assert min(keys.index("papers-hk"), keys.index("papers-sz")) > keys.index("licences-hk")
    assert keys.index("fact-born_on") > keys.index(WORK)


def test_a_birthday_is_asked_only_where_a_rule_asks_for_an_age() -> None:
    without = questions_left(targets("hk.sfc.representative.type-1"), asking(Answers()))
    with_age = questions_left(targets("sz.sac.general"), asking(Answers()))
    assert "fact-born_on" not in [one.key for one in without]
    assert "fact-born_on" in [one.key for one in with_age]


def test_a_no_spares_the_questions_behind_it() -> None:
    """Who is no Chinese citizen is not asked for the Mainland registrations of the CEPA route.

    A degree settles the academic ground, which would read them too.
    """
    aims = targets("hk.sfc.representative.type-1")
    degree = HeldAnswer("1", "education.degree", attributes={"level": "bachelor", "field": "arts"}, told=True)
    before = Answers(degrees=Told.WHOLE, holdings=(degree,))
    after = replace(before, facts={"chinese_citizen": False})
    assert "licences-sz" in [one.key for one in questions_left(aims, asking(before))]
    assert "licences-sz" not in [one.key for one in questions_left(aims, asking(after))]


def test_what_was_answered_with_not_sure_is_not_asked_again_and_stays_open() -> None:
    unsure = Answers(facts={"chinese_citizen": None}, degrees=Told.UNSURE)
    left = questions_left(targets("hk.sfc.representative.type-1"), asking(unsure))
    assert not {"fact-chinese_citizen", DEGREE} & {one.key for one in left}
    evaluation = asking(unsure).evaluate(*targets("hk.sfc.representative.type-1"))
    assert evaluation.find("degree").outcome is Outcome.UNDETERMINED
    assert evaluation.find("chinese_citizen").outcome is Outcome.UNDETERMINED


def test_a_question_is_found_again_to_change_its_answer() -> None:
    aims = targets("hk.sfc.representative.type-1")
    again = question_again("papers-hk", aims, asking(Answers()))
    assert again is not None
    assert "hksi.le.paper-1" in again.codes
    assert question_again("fact-macao_permanent_resident", aims, asking(Answers())) is None


def test_only_what_a_rule_reads_is_asked_of_a_qualification() -> None:
    needed = needed_attributes(
        "cba.intermediate.law", targets("sz.cba.intermediate.risk-management"), asking(Answers())
    )
    assert needed == {"sitting"}
    assert (
        needed_attributes("hksi.le.paper-1", targets("hk.sfc.representative.type-1"), asking(Answers()))
        == set()
    )


def test_work_is_asked_wherever_a_rule_reads_it() -> None:
    """Whatever a rule picks periods of work by, they are asked for with one question."""
    for name in (
        "hk.sfc.representative.type-1",
        "sz.cba.intermediate.risk-management",
        "sz.qianhai.tax-filing",
    ):
        assert WORK in [one.key for one in questions_left(targets(name), asking(Answers()))], name


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("cfa-institute.charter", "cfa-china.futures.qualification"),
        ("hkicpa.membership", "cicpa.cpa"),
    ],
)
def test_a_name_of_several_things_is_a_question(code: str, other: str) -> None:
    assert other in {one.code for one in ambiguous_with(code, book().qualifications)}
    assert code in {one.code for one in ambiguous_with(other, book().qualifications)}
    assert ambiguous_with("sfc.rep.type-1", book().qualifications) == ()


def test_work_proposes_its_tracks_nearest_first() -> None:
    period = WorkedAnswer("1", "", "hk-authorized-institution", "hk", ("credit-risk",), date(2020, 1, 1))
    proposed = proposed_tracks([period], book().tracks, book().targets, on=TODAY)
    assert proposed[0] == "credit-risk"
    nothing = replace(period, functions=("other",), employer_kind="elsewhere")
    assert proposed_tracks([nothing], book().tracks, book().targets, on=TODAY) == ()


@st.composite
def some_answers(draw: st.DrawFn, question: Question) -> dict[str, object]:
    """One way or another to answer a question, as fields of ``Answers``."""
    if question.fact == "born_on":
        return {"facts": {"born_on": draw(st.dates(date(1950, 1, 1), date(2010, 1, 1)))}}
    if question.fact:
        return {"facts": {question.fact: draw(st.sampled_from([True, False, None]))}}
    if question.key == WORK:
        functions = list(book().vocabulary["functions"])
        period = WorkedAnswer(
            "01a200fb-5100-7000-8000-000000000001",
            "",
            draw(st.sampled_from(list(book().vocabulary["employer_kinds"]))),
            draw(st.sampled_from(["hk", "shenzhen", "mainland"])),
            tuple(draw(st.sets(st.sampled_from(functions), min_size=1, max_size=3))),
            draw(DAYS),
            share_percent=draw(st.sampled_from([None, 50, 100])),
            manages=draw(st.booleans()),
        )
        return draw(
            st.sampled_from(
                [{"work": Told.WHOLE}, {"work": Told.WHOLE, "periods": (period,)}, {"work": Told.UNSURE}]
            )
        )
    codes = ["education.degree"] if question.key == DEGREE else list(question.codes)
    held = draw(st.sets(st.sampled_from(codes), max_size=3))
    holdings = tuple(draw(_holding(place, code)) for place, code in enumerate(sorted(held)))
    if question.key == DEGREE:
        return {"degrees": draw(st.sampled_from([Told.WHOLE, Told.UNSURE])), "holdings": holdings}
    otherwise = draw(st.sampled_from([Held.NO, Held.UNSURE]))
    return {
        "held": {code: Held.YES if code in held else otherwise for code in codes},
        "holdings": holdings,
    }


@st.composite
def _holding(draw: st.DrawFn, place: int, code: str) -> HeldAnswer:
    day = draw(st.none() | DAYS)
    ended = draw(st.none() | DAYS)
    attributes: dict[str, str | int] = {}
    if code == "education.degree":
        attributes = {
            "level": draw(st.sampled_from(["secondary", "bachelor", "master"])),
            "field": draw(st.sampled_from(list(book().vocabulary["fields"]))),
            "place": draw(st.sampled_from(["hk", "mainland", "other"])),
        }
    days = CredentialDays(
        awarded_on=day, begun_on=day, ended_on=ended if day and ended and ended >= day else None
    )
    return HeldAnswer(f"{code}-{place}", code, days, attributes, told=True)


def answered(answers: Answers, given: dict[str, object]) -> Answers:
    """The answers with one question more answered."""
    return Answers(
        facts={**answers.facts, **given.get("facts", {})},  # type: ignore[dict-item]
        held={**answers.held, **given.get("held", {})},  # type: ignore[dict-item]
        holdings=(*answers.holdings, *given.get("holdings", ())),  # type: ignore[misc]
        degrees=given.get("degrees", answers.degrees),  # type: ignore[arg-type]
        work=given.get("work", answers.work),  # type: ignore[arg-type]
        periods=(*answers.periods, *given.get("periods", ())),  # type: ignore[misc]
    )


def settled(answers: Answers, aims: tuple[Target, ...]) -> dict[tuple[str, str], Outcome]:
    """The requirements of the targets, and the targets themselves, that are settled."""
    found: dict[tuple[str, str], Outcome] = {}
    for target in aims:
        evaluation = asking(answers).evaluate(target)
        results: Iterator[ClauseResult] = iter((evaluation.root, *evaluation.top_level()))
        found |= {(target.id, one.clause_id): one.outcome for one in results if one.outcome.is_settled}
    return found


def every_question(aims: tuple[Target, ...]) -> tuple[Question, ...]:
    return questions_left(aims, asking(Answers()))


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_a_question_that_is_skipped_changes_nothing_however_it_is_answered(data: st.DataObject) -> None:
    """Answer some questions; then answer the skipped ones either way: what was settled stays settled."""
    aims = targets(*data.draw(st.sets(st.sampled_from(AIMS), min_size=1, max_size=2).map(sorted)))
    questions = every_question(aims)
    some = data.draw(st.lists(st.sampled_from(questions), unique_by=lambda one: one.key))
    answers = Answers()
    for question in some:
        answers = answered(answers, data.draw(some_answers(question)))
    left = {one.key for one in questions_left(aims, asking(answers))}
    before = settled(answers, aims)
    skipped = [one for one in questions if one.key not in left and one not in some]
    more = answers
    for question in skipped:
        more = answered(more, data.draw(some_answers(question)))
    after = settled(more, aims)
    assert {key: after.get(key) for key in before} == before
    # And no answer at all, to whatever question, unsettles what was settled.
    for question in (one for one in questions if one.key in left and one not in some):
        more = answered(more, data.draw(some_answers(question)))
    final = settled(more, aims)
    assert {key: final.get(key) for key in before} == before


@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_answers_are_read_back_as_they_were_kept(data: st.DataObject) -> None:
    answers = Answers(tracks=("accounting",), aims=("sz.cicpa.cpa",))
    for question in every_question(targets("sz.cicpa.cpa", "sz.sac.general")):
        answers = answered(answers, data.draw(some_answers(question)))
    assert Answers.from_json(answers.to_json()) == answers
