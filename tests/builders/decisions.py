"""Cases and recognitions at any stage, built by walking through the real use cases.

The story: Chen Wei of Shenzhen is registered with AMAC, has a degree and works at a Mainland fund
institution. For an SFC Type 9 recognition in Hong Kong only Paper 1, the sponsor and the SFC's own
judgement can remain. Ada Ko recommends and Bo Yip decides.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from portal.domain.cases import Stage, Verdict
from portal.domain.credentials import COUNTS_AS_DECLARED, FactKind, Standing, VerificationMethod
from portal.domain.people import Actor
from portal.domain.places import Jurisdiction
from portal.domain.recognitions import Status
from portal.models.cases import Case
from portal.models.credentials import Credential, WorkPeriod
from portal.models.people import Person, PersonalFact
from portal.models.recognitions import Recognition
from portal.services.assessment import FactSeen, begin_assessment, recommend_case, verify_fact
from portal.services.decisions import decide_case, newest_recommendation
from portal.services.house import House
from portal.services.people import SelfDescription, describe_oneself, read_oneself
from portal.services.recognitions import lift_suspension, revoke_recognition, suspend_recognition
from tests.builders.applications import NAMES, TYPE_9, a_credential, an_application
from tests.cast import actor_for, seat

PAPER_1_CONDITION = "paper_1/measure.hksi.paper-1"
_OFFICERS = {
    Jurisdiction.HONG_KONG: ("ada_ko", "bo_yip"),
    Jurisdiction.SHENZHEN: ("su_qing", "ding_lan"),
}


def an_actor(house: House, key: str) -> Actor:
    """A member of the cast as use cases meet them."""
    return actor_for(seat(house, key))


def a_case(
    house: House,
    *,
    stage: str = "submitted",
    person: str = "chen_wei",
    target: str = TYPE_9,
    has_paper: bool | None = None,
) -> Case:
    """A case at a stage: draft, submitted, under_assessment, recommended, granted, granted_with_conditions or declined.

    ``has_paper`` says whether the applicant holds Paper 1; without it a full grant is refused. It
    follows from the stage when it is not said.
    """
    wanted = Stage(stage)
    holds = has_paper if has_paper is not None else wanted is not Stage.GRANTED_WITH_CONDITIONS
    case = a_submitted_case(
        house, person=person, target=target, has_paper=holds, submit=wanted is not Stage.DRAFT
    )
    first, second = (an_actor(house, key) for key in _OFFICERS[case.jurisdiction])
    if wanted in (Stage.DRAFT, Stage.SUBMITTED):
        return case
    begin_assessment(house, first, reference=case.reference, version=case.version)
    if wanted is Stage.UNDER_ASSESSMENT:
        return case
    if wanted is Stage.DECLINED:
        recommend_decline(house, first, case)
    else:
        verify_everything(house, first, case)
        recommend_grant(house, first, case, with_condition=not holds)
    if wanted is Stage.RECOMMENDED:
        return case
    decide(house, second, case)
    return case


def a_submitted_case(house: House, *, person: str, target: str, has_paper: bool, submit: bool = True) -> Case:
    """An application for one side, as its applicant makes it."""
    applicant = an_actor(house, person)
    if _is_new(house, applicant):
        describe(house, person)
        a_file(house, applicant, has_paper=has_paper)
    made = an_application(house, applicant, stage="submitted" if submit else "declared", targets=[target])
    return house.session.scalars(select(Case).where(Case.application_id == made.id)).one()


def describe(house: House, person: str) -> None:
    """Give a professional of the cast names in both scripts, a birthday and answers."""
    applicant = an_actor(house, person)
    latin, chinese = NAMES[person]
    home = house.session.get_one(Person, applicant.person_id).home
    describe_oneself(
        house,
        applicant,
        said=SelfDescription(
            latin,
            chinese,
            home,
            date(1992, 5, 17),
            {"chinese_citizen": True, "hk_permanent_resident": home is Jurisdiction.HONG_KONG},
        ),
        version=read_oneself(house, applicant).version,
    )


def a_file(house: House, applicant: Actor, *, has_paper: bool) -> None:
    """What the story's applicant holds."""
    a_credential(house, applicant, "amac.registration", begun_on=date(2018, 5, 7))
    a_credential(house, applicant, "amac.subject-1", awarded_on=date(2025, 3, 28))
    degree = {"level": "bachelor", "field": "finance", "place": "mainland"}
    a_credential(house, applicant, "education.degree", awarded_on=date(2014, 6, 30), **degree)
    if has_paper:
        a_credential(house, applicant, "hksi.le.paper-1", awarded_on=date(2025, 11, 8))


def verify_everything(house: House, officer: Actor, case: Case) -> None:
    """Verify every fact of the case's person that is not yet verified."""
    for kind, table in (
        (FactKind.CREDENTIAL, Credential),
        (FactKind.WORK, WorkPeriod),
        (FactKind.PERSONAL, PersonalFact),
    ):
        rows = house.session.scalars(
            select(table).where(
                table.person_id == case.person_id,
                table.standing.in_(COUNTS_AS_DECLARED - {Standing.VERIFIED}),
            )
        ).all()
        for row in rows:
            verify(house, officer, case, FactSeen(kind, row.id, row.version))


def verify(
    house: House, officer: Actor, case: Case, seen: FactSeen, *, verified: bool = True, note: str = ""
) -> None:
    """Verify or reject one fact."""
    verify_fact(
        house,
        officer,
        reference=case.reference,
        seen=seen,
        verified=verified,
        method=VerificationMethod.OFFICIAL_REGISTER,
        note=note,
    )


def fact_seen(house: House, case: Case, qualification: str) -> FactSeen:
    """A credential of the case's person as an officer sees it now."""
    row = house.session.scalars(
        select(Credential).where(
            Credential.person_id == case.person_id, Credential.qualification == qualification
        )
    ).one()
    return FactSeen(FactKind.CREDENTIAL, row.id, row.version)


def recommend_grant(house: House, officer: Actor, case: Case, *, with_condition: bool = False) -> None:
    """Recommend a grant; with the condition to pass Paper 1 when asked."""
    verdict = Verdict.GRANT_WITH_CONDITIONS if with_condition else Verdict.GRANT
    recommend_case(
        house,
        officer,
        reference=case.reference,
        version=case.version,
        verdict=verdict,
        conditions={PAPER_1_CONDITION: date(2027, 6, 30)} if with_condition else None,
        note="The register of AMAC and the degree certificate agree with what was declared.",
    )


def recommend_decline(house: House, officer: Actor, case: Case) -> None:
    """Recommend to decline because a requirement is not met."""
    recommend_case(
        house,
        officer,
        reference=case.reference,
        version=case.version,
        verdict=Verdict.DECLINE,
        reason_codes=["requirement_not_met"],
        note="Nothing in the file meets the local paper.",
    )


def decide(house: House, officer: Actor, case: Case) -> None:
    """Sign the newest recommendation of a case."""
    recommendation = newest_recommendation(house, case.id)
    assert recommendation is not None
    decide_case(
        house,
        officer,
        reference=case.reference,
        recommendation_id=recommendation.id,
        version=case.version,
    )


def a_recognition(house: House, *, status: str = "full", person: str = "chen_wei") -> Recognition:
    """A recognition in a status: full, conditional, suspended or revoked."""
    wanted = Status(status)
    stage = "granted_with_conditions" if wanted is Status.CONDITIONAL else "granted"
    case = a_case(house, stage=stage, person=person)
    recognition = house.session.scalars(select(Recognition).where(Recognition.case_id == case.id)).one()
    officer = an_actor(house, "ada_ko")
    acts = {
        Status.SUSPENDED: (suspend_recognition,),
        Status.REVOKED: (suspend_recognition, lift_suspension, revoke_recognition),
    }
    for order, act in enumerate(acts.get(wanted, ())):
        act(
            house,
            officer,
            reference=recognition.reference,
            version=order + 1,
            reason="The register no longer shows the registration.",
        )
    return recognition


def _is_new(house: House, applicant: Actor) -> bool:
    person = house.session.get_one(Person, applicant.person_id)
    return not (person.name_latin or person.name_chinese)
