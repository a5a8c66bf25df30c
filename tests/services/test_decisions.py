"""Deciding: four eyes, grounds that hold on the day, and everything that follows from a signature."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.cases import Stage, Verdict
from portal.domain.credentials import Standing
from portal.domain.errors import AlreadyDone, Conflict, NotFound, NotPermitted, Refused
from portal.domain.recognitions import Act, Status
from portal.models.cases import Case, Decision, Declaration, Letter, Photograph
from portal.models.credentials import Credential
from portal.models.recognitions import Recognition
from portal.models.records import JournalEntry, OutboxMessage
from portal.services.assessment import begin_assessment, recommend_case, record_judgement
from portal.services.decision_files import open_decision
from portal.services.decisions import decide_case, newest_recommendation, return_case
from portal.services.facts import status_of
from portal.services.house import House
from tests.builders.applications import a_credential, an_application
from tests.builders.decisions import (
    a_case,
    an_actor,
    decide,
    describe,
    fact_seen,
    recommend_decline,
    recommend_grant,
    verify,
    verify_everything,
)


def the_recognition(house: House) -> Recognition:
    return house.session.scalars(select(Recognition)).one()


def letters(house: House) -> list[Letter]:
    return list(house.session.scalars(select(Letter).order_by(Letter.written_at, Letter.id)))


def finish_the_paper(house: House, case: Case) -> None:
    """Chen Wei passes Paper 1, and the desk verifies it."""
    a_credential(house, an_actor(house, "chen_wei"), "hksi.le.paper-1", awarded_on=date(2026, 11, 1))
    verify(house, an_actor(house, "ada_ko"), case, fact_seen(house, case, "hksi.le.paper-1"))


def test_a_grant_makes_a_recognition_a_letter_and_an_e_mail(house: House) -> None:
    case = a_case(house, stage="granted")

    recognition, letter = the_recognition(house), letters(house)[0]
    told = house.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "granted")).one()
    assert (case.stage, recognition.conditional) == (Stage.GRANTED, False)
    assert status_of(recognition, on=house.clock.today()) is Status.FULL
    assert recognition.reference.startswith("RH-")
    assert (letter.kind, letter.language) == ("granted", "zh_Hans_CN")
    assert recognition.reference in letter.body
    assert "不是执业许可" in letter.body
    clauses = house.rulebook.targets[case.target].in_force(house.clock.today()).clauses
    assert f"用人单位：{clauses['sponsor'].title.zh_hans}" in letter.body
    assert case.reference in told.body
    assert "陈伟" not in told.body + told.subject
    assert "CHEN" not in told.body + told.subject


def test_a_decision_cites_a_photograph_of_its_own_day(house: House, clock: SettableClock) -> None:
    case = a_case(house, stage="recommended")
    clock.advance(timedelta(days=3))

    decide(house, an_actor(house, "bo_yip"), case)

    signed = house.session.scalars(select(Decision)).one()
    photograph = house.session.get_one(Photograph, signed.photograph_id)
    assert photograph.on == signed.on == date(2026, 11, 25)
    assert photograph.release_digest == house.rulebook.digest
    entry = house.session.scalars(select(JournalEntry).where(JournalEntry.kind == "case.decided")).one()
    assert entry.facts == {
        "case": case.reference,
        "outcome": "grant",
        "evaluation": str(photograph.id),
    }


def test_the_recommending_officer_cannot_decide(house: House) -> None:
    case = a_case(house, stage="recommended")

    with pytest.raises(NotPermitted) as refusal:
        decide(house, an_actor(house, "ada_ko"), case)

    assert refusal.value.code == "decision.four_eyes"
    assert case.stage is Stage.RECOMMENDED


def test_the_recommending_officer_cannot_even_read_the_decision(house: House) -> None:
    case = a_case(house, stage="recommended")

    with pytest.raises(NotPermitted):
        open_decision(house, an_actor(house, "ada_ko"), case.reference)


def test_an_officer_of_the_other_side_cannot_decide(house: House) -> None:
    case = a_case(house, stage="recommended")

    with pytest.raises(NotPermitted) as refusal:
        decide(house, an_actor(house, "ding_lan"), case)

    assert refusal.value.code == "case.other_jurisdiction"


def test_signing_twice_is_one_decision(house: House) -> None:
    case, bo = a_case(house, stage="recommended"), an_actor(house, "bo_yip")
    recommendation = newest_recommendation(house, case.id)
    assert recommendation is not None
    form = {
        "reference": case.reference,
        "recommendation_id": recommendation.id,
        "version": case.version,
        "once": "k",
    }
    decide_case(house, bo, **form)  # type: ignore[arg-type]

    with pytest.raises(AlreadyDone):
        decide_case(house, bo, **form)  # type: ignore[arg-type]

    assert len(house.session.scalars(select(Decision)).all()) == 1
    assert len(letters(house)) == 1


def test_a_case_that_moved_is_not_decided(house: House) -> None:
    case = a_case(house, stage="granted")

    with pytest.raises(Conflict) as conflict:
        decide(house, an_actor(house, "bo_yip"), case)

    assert conflict.value.code == "case.not_in_stage"


def test_a_page_that_showed_another_recommendation_decides_nothing(
    house: House, clock: SettableClock
) -> None:
    case, bo = a_case(house, stage="recommended"), an_actor(house, "bo_yip")
    old = newest_recommendation(house, case.id)
    assert old is not None
    return_case(
        house,
        bo,
        reference=case.reference,
        recommendation_id=old.id,
        version=case.version,
        note="Look again.",
    )
    clock.advance(timedelta(hours=1))
    recommend_grant(house, an_actor(house, "ada_ko"), case)

    with pytest.raises(Conflict) as conflict:
        decide_case(house, bo, reference=case.reference, recommendation_id=old.id, version=case.version)

    assert conflict.value.code == "row.changed"


def test_what_changed_since_is_found_out_and_refuses_the_grant(house: House) -> None:
    case, bo = a_case(house, stage="recommended"), an_actor(house, "bo_yip")
    row = house.session.scalars(select(Credential).where(Credential.qualification == "hksi.le.paper-1")).one()
    row.standing = Standing.DECLARED
    house.session.commit()

    read = open_decision(house, bo, case.reference)
    assert [change.clause for change in read.changes] == ["paper_1"]
    with pytest.raises(Refused) as refusal:
        decide(house, bo, case)

    assert refusal.value.code == "decision.clauses_open"
    assert case.stage is Stage.RECOMMENDED
    assert not house.session.scalars(select(Recognition)).all()


def test_a_paper_that_lapses_between_recommendation_and_decision_refuses_the_grant(
    house: House, clock: SettableClock
) -> None:
    case = a_case(house, stage="recommended")
    clock.advance(timedelta(days=3 * 366))

    with pytest.raises(Refused) as refusal:
        decide(house, an_actor(house, "bo_yip"), case)

    assert refusal.value.code == "decision.clauses_open"


def test_sending_back_needs_a_note_and_puts_the_case_on_the_desk(house: House) -> None:
    case, bo = a_case(house, stage="recommended"), an_actor(house, "bo_yip")
    recommendation = newest_recommendation(house, case.id)
    assert recommendation is not None
    form = {"reference": case.reference, "recommendation_id": recommendation.id, "version": case.version}

    with pytest.raises(Refused):
        return_case(house, bo, note=" ", **form)  # type: ignore[arg-type]
    return_case(house, bo, note="Ask AMAC for the day.", **form)  # type: ignore[arg-type]

    assert case.stage is Stage.UNDER_ASSESSMENT
    assert case.assigned_to == an_actor(house, "ada_ko").account_id


def test_there_is_nothing_to_decide_before_a_recommendation(house: House) -> None:
    case = a_case(house, stage="under_assessment")

    with pytest.raises(NotFound):
        decide_case(
            house,
            an_actor(house, "bo_yip"),
            reference=case.reference,
            recommendation_id=case.id,
            version=case.version,
        )


def test_declining_sends_the_reasons_and_the_way_on(house: House) -> None:
    case = a_case(house, stage="declined", has_paper=False)

    letter = letters(house)[0]
    assert (case.stage, letter.kind) == (Stage.DECLINED, "declined")
    assert "有一项须由您自行达到的条件未满足" in letter.body
    assert "28日内申请复核" in letter.body
    assert "再次申请" in letter.body
    assert not house.session.scalars(select(Recognition)).all()


def test_a_conditional_grant_says_what_is_to_be_finished_and_by_when(house: House) -> None:
    case = a_case(house, stage="granted_with_conditions")

    recognition, letter = the_recognition(house), letters(house)[0]
    assert case.stage is Stage.GRANTED_WITH_CONDITIONS
    assert status_of(recognition, on=house.clock.today()) is Status.CONDITIONAL
    assert letter.kind == "granted_with_conditions"
    assert "2027年6月30日前（含当日）" in letter.body


def test_finished_conditions_and_a_second_decision_make_the_recognition_full(
    house: House, clock: SettableClock
) -> None:
    case = a_case(house, stage="granted_with_conditions")
    clock.advance(timedelta(days=30))
    finish_the_paper(house, case)
    recommend_grant(house, an_actor(house, "ada_ko"), case)
    clock.advance(timedelta(days=1))

    decide(house, an_actor(house, "bo_yip"), case)

    recognition = the_recognition(house)
    assert [done.act for done in recognition.acts] == [Act.GRANTED, Act.CONDITIONS_MET]
    assert status_of(recognition, on=date(2026, 12, 22)) is Status.CONDITIONAL
    assert status_of(recognition, on=date(2026, 12, 23)) is Status.FULL
    assert letters(house)[-1].kind == "conditions_finished"
    assert case.stage is Stage.GRANTED


def test_a_recognition_that_stands_is_not_ended_by_declining(house: House) -> None:
    case = a_case(house, stage="granted_with_conditions")
    finish_the_paper(house, case)

    with pytest.raises(Refused) as refusal:
        recommend_decline(house, an_actor(house, "ada_ko"), case)

    assert refusal.value.code == "decision.recognition_stands"


def test_without_the_applicants_consent_nobody_decides(house: House) -> None:
    case = a_case(house, stage="recommended")
    for given in house.session.scalars(select(Declaration).where(Declaration.kind == "crossing")):
        house.session.delete(given)
    house.session.commit()

    with pytest.raises(NotPermitted) as refusal:
        decide(house, an_actor(house, "bo_yip"), case)

    assert refusal.value.code == "disclosure.no_consent"


def test_a_finding_settles_what_no_source_decides_and_the_letter_says_so(house: House) -> None:
    chen, ada = an_actor(house, "chen_wei"), an_actor(house, "ada_ko")
    describe(house, "chen_wei")
    a_credential(house, chen, "hkib.ecf-crm.core-modules", awarded_on=date(2025, 3, 1))
    made = an_application(
        house, chen, stage="submitted", track="credit-risk", targets=["hk.hkib.credit-risk.acrp"]
    )
    case = house.session.scalars(select(Case).where(Case.application_id == made.id)).one()
    begin_assessment(house, ada, reference=case.reference, version=case.version)
    verify_everything(house, ada, case)
    with pytest.raises(Refused) as refusal:
        recommend_grant(house, ada, case)
    assert refusal.value.code == "decision.clauses_open"

    record_judgement(
        house,
        ada,
        reference=case.reference,
        version=case.version,
        clause="experience",
        finding=True,
        reason="Read the guide: no years are asked.",
    )
    recommend_grant(house, ada, case)
    decide(house, an_actor(house, "bo_yip"), case)

    assert case.stage is Stage.GRANTED
    assert "由经办人仅就该申请作出判断" in letters(house)[-1].body


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_move_a_letter_and_an_e_mail_in_three_languages(
    house: House, verdict: Verdict
) -> None:
    stage = {
        Verdict.GRANT: "granted",
        Verdict.GRANT_WITH_CONDITIONS: "granted_with_conditions",
        Verdict.DECLINE: "declined",
    }[verdict]
    case = a_case(
        house,
        stage="recommended" if verdict is not Verdict.DECLINE else "under_assessment",
        has_paper=verdict is Verdict.GRANT,
    )
    if verdict is Verdict.DECLINE:
        recommend_case(
            house,
            an_actor(house, "ada_ko"),
            reference=case.reference,
            version=case.version,
            verdict=verdict,
            reason_codes=["requirement_not_met", "requirement_not_settled"],
            note="x",
        )
    case.language = "zh_Hant_HK"
    house.session.commit()

    decide(house, an_actor(house, "bo_yip"), case)

    letter = letters(house)[-1]
    assert letter.kind == stage
    assert letter.language == "zh_Hant_HK"
    assert "並非牌照" in letter.body
    assert "覆核" in letter.body
    assert "%(" not in letter.body
