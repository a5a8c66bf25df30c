"""What happens to the demonstration's people, told in order of time through the real use cases.

Mei Lam of Hong Kong is granted the Shenzhen side. Chen Wei of Shenzhen is recognised in Hong Kong on
condition of Paper 1, prepares for it in the bridging programme, and shares his recognition with an
employer. Kavita Rao's case awaits a second officer, Leung Ho Yin's is being verified; Huang Jiaqi, who
doubts the machine's answer, and others have just arrived.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.cli.demonstration.programme import open_programme
from portal.cli.demonstration.stage import Stage
from portal.domain.cases import Verdict
from portal.domain.credentials import COUNTS_AS_DECLARED, FactKind, Standing, VerificationMethod
from portal.domain.declarations import WORDING_VERSION, wordings_asked
from portal.domain.disclosure import Factor, Purpose
from portal.domain.enrolments import ModuleOutcome
from portal.domain.places import Jurisdiction
from portal.models.cases import Case
from portal.models.credentials import Credential, WorkPeriod
from portal.models.people import Person, PersonalFact
from portal.models.programmes import Cohort, Enrolment
from portal.services.assessment import FactSeen, begin_assessment, recommend_case, verify_fact
from portal.services.cases import give_declarations, start_application, submit_application
from portal.services.checking import check_share
from portal.services.completions import complete_enrolment, record_result
from portal.services.decisions import decide_case, newest_recommendation
from portal.services.enrolments import confirm_enrolment, enrol
from portal.services.reviews import ask_review
from portal.services.sharing import make_share, shareable_recognitions

TYPE_9 = "hk.sfc.representative.type-9"
AMAC = "sz.amac.practitioner"
FUNDS = "fund-management"
_OFFICERS = {Jurisdiction.HONG_KONG: ("ada.ko", "bo.yip"), Jurisdiction.SHENZHEN: ("su.qing", "ding.lan")}
DEMONSTRATION_PIN = "246810"


def tell_stories(stage: Stage) -> None:
    """Walk everybody's story up to today."""
    stage.days_ago(60)
    past, coming, full = open_programme(stage)
    _grant_mei_lam(stage)
    chen = _recognise_chen_wei_with_a_condition(stage)
    _send_through_the_programme(stage, past, coming, full)
    _share(stage, chen)
    _leave_a_decision_open(stage)
    _fill_the_queues(stage)


def _grant_mei_lam(stage: Stage) -> None:
    case = apply(stage, "mei.lam", FUNDS, AMAC, days_ago=52)
    verify_file(stage, case, days_ago=45)
    recommend(stage, case, Verdict.GRANT, days_ago=44)
    decide(stage, case, days_ago=43)


def _recognise_chen_wei_with_a_condition(stage: Stage) -> Case:
    case = apply(stage, "chen.wei", FUNDS, TYPE_9, days_ago=50)
    verify_file(stage, case, days_ago=41)
    due_on = stage.today + timedelta(days=210)
    conditions: dict[str, date | None] = {"paper_1/measure.hksi.paper-1": due_on}
    recommend(stage, case, Verdict.GRANT_WITH_CONDITIONS, days_ago=40, conditions=conditions)
    decide(stage, case, days_ago=38)
    return case


def _send_through_the_programme(stage: Stage, past: Cohort, coming: Cohort, full: Cohort) -> None:
    house = stage.house
    stage.days_ago(48)
    finished = house.session.get_one(
        Enrolment, UUID(enrol(house, stage.actors["leung.ho.yin"], cohort_id=past.id))
    )
    confirm_enrolment(house, stage.actors["leung.ho.yin"], enrolment_id=finished.id, version=finished.version)
    stage.days_ago(8)
    manager = stage.actors["tam.lok"]
    for module in past.programme.modules:
        record_result(
            house,
            manager,
            enrolment_id=finished.id,
            version=finished.version,
            module_id=module.id,
            outcome=ModuleOutcome.COMPLETED,
            on=stage.clock.today(),
        )
    complete_enrolment(house, manager, enrolment_id=finished.id, version=finished.version)
    stage.days_ago(7)
    chen = stage.actors["chen.wei"]
    place = house.session.get_one(Enrolment, UUID(enrol(house, chen, cohort_id=coming.id)))
    confirm_enrolment(house, chen, enrolment_id=place.id, version=place.version)
    for key in ("lin.yuhan", "huang.jiaqi", "cai.jingwen"):
        enrol(house, stage.actors[key], cohort_id=full.id)


def _share(stage: Stage, case: Case) -> None:
    stage.days_ago(5)
    house, chen = stage.house, stage.actors["chen.wei"]
    code = make_share(
        house,
        chen,
        purpose=Purpose.HIRING,
        recognition_ids=[held.id for held in shareable_recognitions(house, chen) if held.case_id == case.id],
        until=stage.today + timedelta(days=90),
        factor=Factor.PIN,
        pin=DEMONSTRATION_PIN,
        shows_bridging=True,
    )
    stage.days_ago(3)
    check_share(
        house, stage.actors["harbour.works"], code=code, factor=DEMONSTRATION_PIN, looked_as="Harbour Works"
    )


def _leave_a_decision_open(stage: Stage) -> None:
    case = apply(stage, "kavita.rao", FUNDS, AMAC, days_ago=20)
    verify_file(stage, case, days_ago=6)
    recommend(stage, case, Verdict.GRANT, days_ago=4)


def _fill_the_queues(stage: Stage) -> None:
    waiting = apply(stage, "huang.jiaqi", FUNDS, TYPE_9, days_ago=9)
    apply(stage, "lin.yuhan", "securities-advising", "hk.sfc.representative.type-4", days_ago=6)
    apply(stage, "cheung.mei.yan", "cybersecurity", "sz.cnitsec.cisp", days_ago=3)
    taken_up = apply(stage, "leung.ho.yin", "credit-risk", "hk.hkib.credit-risk.ccrp-cl", days_ago=2)
    stage.days_ago(1)
    begin_assessment(
        stage.house, stage.actors["ada.ko"], reference=taken_up.reference, version=taken_up.version
    )
    _doubt_the_machine(stage, waiting)


def _doubt_the_machine(stage: Stage, case: Case) -> None:
    """An applicant thinks that the program is wrong, and asks that people look."""
    ask_review(
        stage.house,
        stage.actors["huang.jiaqi"],
        case.reference,
        clauses=["paper_1"],
        why="Demonstration: the program should look at Paper 1 again.",
    )


def apply(stage: Stage, key: str, track: str, target: str, *, days_ago: int) -> Case:
    """Apply for one side, with every declaration the applicant is asked for."""
    stage.days_ago(days_ago)
    house, actor = stage.house, stage.actors[key]
    application = UUID(
        start_application(house, actor, track=track, targets=[target], language=actor.language)
    )
    case = house.session.scalars(select(Case).where(Case.application_id == application)).one()
    home = house.session.get_one(Person, actor.person_id).home
    give_declarations(
        house,
        actor,
        application,
        given=[wording.key for wording in wordings_asked(home, [case.jurisdiction])],
        wording_version=WORDING_VERSION,
        language=actor.language,
        version=case.version,
    )
    submit_application(house, actor, application, version=case.version)
    return case


def verify_file(stage: Stage, case: Case, *, days_ago: int) -> None:
    """Take the case up and verify every fact in its person's file."""
    stage.days_ago(days_ago)
    house, officer = stage.house, stage.actors[_OFFICERS[case.jurisdiction][0]]
    begin_assessment(house, officer, reference=case.reference, version=case.version)
    for seen in _unverified(stage, case):
        verify_fact(
            house,
            officer,
            reference=case.reference,
            seen=seen,
            verified=True,
            method=VerificationMethod.OFFICIAL_REGISTER,
            note="Demonstration: nothing was asked of any register.",
        )


def _unverified(stage: Stage, case: Case) -> list[FactSeen]:
    found: list[FactSeen] = []
    for kind, table in (
        (FactKind.CREDENTIAL, Credential),
        (FactKind.WORK, WorkPeriod),
        (FactKind.PERSONAL, PersonalFact),
    ):
        rows = stage.house.session.execute(
            select(table.id, table.version).where(
                table.person_id == case.person_id,
                table.standing.in_(COUNTS_AS_DECLARED - {Standing.VERIFIED}),
            )
        )
        found += [FactSeen(kind, key, version) for key, version in rows]
    return found


def recommend(
    stage: Stage,
    case: Case,
    verdict: Verdict,
    *,
    days_ago: int,
    conditions: dict[str, date | None] | None = None,
) -> None:
    """The first officer's opinion."""
    stage.days_ago(days_ago)
    recommend_case(
        stage.house,
        stage.actors[_OFFICERS[case.jurisdiction][0]],
        reference=case.reference,
        version=case.version,
        verdict=verdict,
        note="The documents agree with what was declared.",
        conditions=conditions,
    )


def decide(stage: Stage, case: Case, *, days_ago: int) -> None:
    """The second officer signs."""
    stage.days_ago(days_ago)
    recommendation = newest_recommendation(stage.house, case.id)
    if recommendation is None:
        raise LookupError("a decision needs a recommendation")
    decide_case(
        stage.house,
        stage.actors[_OFFICERS[case.jurisdiction][1]],
        reference=case.reference,
        recommendation_id=recommendation.id,
        version=case.version,
    )
