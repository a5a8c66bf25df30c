"""Letters: frozen words in the applicant's language, with nothing left out and nothing promised."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.domain.cases import Verdict
from portal.models.cases import Case, Letter
from portal.models.people import Person
from portal.services.assessment import recommend_case, record_judgement
from portal.services.decision_letters import name_for
from portal.services.house import House
from tests.builders.decisions import (
    a_case,
    a_recognition,
    an_actor,
    decide,
    fact_seen,
    verify,
    verify_everything,
)

LANGUAGES = ("en", "zh_Hant_HK", "zh_Hans_CN")
NO_LICENCE = {"en": "not a licence", "zh_Hant_HK": "並非牌照", "zh_Hans_CN": "不是执业许可"}
REVIEW = {"en": "within 28 days", "zh_Hant_HK": "28天內要求覆核", "zh_Hans_CN": "28日内申请复核"}


def newest(house: House) -> Letter:
    return house.session.scalars(select(Letter).order_by(Letter.id.desc())).all()[0]


def granted_in(house: House, language: str) -> Letter:
    case = a_case(house, stage="recommended")
    case.language = language
    house.session.commit()
    decide(house, an_actor(house, "bo_yip"), case)
    return newest(house)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_grant_says_what_it_is_not_what_remains_and_how_to_ask_again(house: House, language: str) -> None:
    letter = granted_in(house, language)

    target = house.rulebook.targets["hk.sfc.representative.type-9"]
    for words in (
        NO_LICENCE[language],
        REVIEW[language],
        target.title.in_language(language),
        target.remains.in_language(language),
        target.check_elsewhere.in_language(language),
    ):
        assert words in letter.body
    assert "[■]" in letter.body
    assert "%(" not in letter.subject + letter.body


@pytest.mark.parametrize(
    ("language", "day"),
    [("en", "8 November 2028"), ("zh_Hant_HK", "於2028年11月8日失效"), ("zh_Hans_CN", "于2028年11月8日失效")],
)
def test_every_lapse_day_is_printed(house: House, language: str, day: str) -> None:
    assert day in granted_in(house, language).body


def test_a_letter_is_frozen_as_it_was_sent(house: House) -> None:
    letter = granted_in(house, "en")
    words = letter.body
    person = house.session.scalars(select(Person).where(Person.name_latin == "CHEN Wei")).one()
    person.name_latin = "CHAN Wai"
    house.session.commit()

    assert newest(house).body == words
    assert words.startswith("Dear CHEN Wei,")


@pytest.mark.parametrize(
    ("language", "name"), [("en", "CHEN Wei"), ("zh_Hant_HK", "陈伟"), ("zh_Hans_CN", "陈伟")]
)
def test_the_name_is_the_one_of_the_letters_script(house: House, language: str, name: str) -> None:
    person = Person(name_latin="CHEN Wei", name_chinese="陈伟")

    assert name_for(person, language) == name
    assert name_for(Person(name_latin="CHEN Wei", name_chinese=""), language) == "CHEN Wei"


def declined(house: House, case: Case, *reasons: str) -> Letter:
    recommend_case(
        house,
        an_actor(house, "ada_ko"),
        reference=case.reference,
        version=case.version,
        verdict=Verdict.DECLINE,
        reason_codes=reasons,
        note="As read.",
    )
    case.language = "en"
    house.session.commit()
    decide(house, an_actor(house, "bo_yip"), case)
    return newest(house)


def test_a_refusal_names_planks_and_not_every_way_to_meet_them(house: House) -> None:
    case = a_case(house, stage="under_assessment", has_paper=False)
    verify_everything(house, an_actor(house, "ada_ko"), case)

    body = declined(house, case, "requirement_not_met").body

    clauses = house.rulebook.targets[case.target].in_force(house.clock.today()).clauses
    assert f"– {clauses['regulatory_paper'].title.en}" in body
    assert clauses["itinerant_licence"].title.en not in body
    assert "Apply again as soon as the requirement is met" in body


def test_an_untrue_statement_leads_to_a_review_and_to_nothing_else(house: House) -> None:
    case, ada = a_case(house, stage="under_assessment"), an_actor(house, "ada_ko")
    verify(
        house,
        ada,
        case,
        fact_seen(house, case, "amac.registration"),
        verified=False,
        note="Never registered.",
    )

    body = declined(house, case, "statement_untrue", "requirement_not_met").body

    assert "A statement in the application was found to be untrue." in body
    assert "If the statement was a mistake" in body
    assert "Apply again" not in body
    assert "Never registered." not in body


def test_a_finding_against_is_named(house: House) -> None:
    case, ada = a_case(house, stage="under_assessment"), an_actor(house, "ada_ko")
    verify_everything(house, ada, case)
    record_judgement(
        house,
        ada,
        reference=case.reference,
        version=case.version,
        clause="fit_and_proper",
        finding=False,
        reason="A conviction on file.",
    )

    body = declined(house, case, "finding_against").body

    assert "What the officers found against:" in body
    assert "A conviction on file." not in body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", ["suspended", "revoked"])
def test_acts_on_a_recognition_send_their_letters_in_every_language(
    house: House, language: str, status: str
) -> None:
    held = a_recognition(house, status=status, person="mei_lam")
    kinds = set(house.session.scalars(select(Letter.kind)))

    expected = {
        "suspended": {"recognition_suspended"},
        "revoked": {"recognition_lifted", "recognition_revoked"},
    }
    assert kinds >= expected[status]
    assert held.reference in newest(house).body + newest(house).subject
    for kind in kinds - {"granted"}:
        written = house.stationery.write_letter(
            kind,
            language,
            {
                "name": "林美",
                "reference": "HK-K8Q6-FWG4",
                "issued_on": house.clock.today(),
                "operator": "",
                "target": house.rulebook.targets[held.target].title,
                "authority": house.rulebook.authorities["sfc"].title,
                "recognition": held.reference,
                "reason": "R",
                "days_for_review": 28,
            },
        )
        assert held.reference in written.subject
