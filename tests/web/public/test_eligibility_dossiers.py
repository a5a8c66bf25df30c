"""Worked dossiers, walked through the pages of the check: the outcomes are those worked by hand."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from portal.domain.eligibility.answers import Answers
from portal.domain.eligibility.unanswered import Asking
from portal.domain.rules.vocabulary import Outcome
from portal.models.eligibility import EligibilityCheck
from portal.services.house import House
from tests.builders.checks import Somebody, Walk, states_of
from tests.pages.strict_client import StrictClient


def clauses_answered(house: House, target: str) -> dict[str, Outcome]:
    """Every clause of a target on the answers kept by the one visit there is."""
    kept = house.session.scalars(select(EligibilityCheck)).one()
    answers = Answers.from_json(kept.answers)
    today = house.clock.today()
    asking = Asking.about(answers, house.rulebook.qualifications, on=today)
    root = asking.evaluate(house.rulebook.targets[target]).root
    return {result.clause_id: result.outcome for result in root.walk()}


LIN_YUHAN = Somebody(
    towards="hk",
    tracks=["securities-dealing"],
    aims=["hk.sfc.representative.type-1"],
    facts={"chinese_citizen": True},
    born_on=date(1999, 4, 2),
    degrees=[
        {"awarded_on": date(2022, 6, 30), "level": "bachelor", "field": "economics", "place": "mainland"}
    ],
    held={
        "sac.registration": {"begun_on": date(2022, 9, 14)},
        "sac.general.law": {"awarded_on": date(2022, 7, 2)},
        "sac.general.fundamentals": {"awarded_on": date(2022, 7, 2)},
        "hksi.le.paper-1": {"awarded_on": date(2024, 10, 26)},
    },
    periods=[
        {
            "employer_kind": "mainland-securities-firm",
            "place": "shenzhen",
            "functions": ["securities-dealing"],
            "begun_on": date(2022, 7, 18),
        }
    ],
)


def test_lin_yuhan_lacks_the_firm_alone(client: StrictClient, house: House) -> None:
    """Paper 1 passed, registered with SAC, a degree: the sponsor is missing and the SFC judges."""
    page = Walk(client, LIN_YUHAN).to_the_end()
    assert states_of(page) == {
        "hk-sfc-representative-type-1-regulatory_paper": "met_declared",
        "hk-sfc-representative-type-1-academic_ground": "met_declared",
        "hk-sfc-representative-type-1-practical_knowledge": "met_declared",
        "hk-sfc-representative-type-1-sponsor": "not_met",
        "hk-sfc-representative-type-1-fit_and_proper": "undetermined",
    }
    assert "26 October 2027" in page.text
    clauses = clauses_answered(house, "hk.sfc.representative.type-1")
    # The practical papers fall away twice: by CEPA, and by the degree.
    for clause in ("chinese_citizen", "matching_credential", "paper_1", "degree"):
        assert clauses[clause] is Outcome.MET, clause


def former_adviser(ended_on: date) -> Somebody:
    """One of the twins: a permanent resident with a BBA whose Type 4 licence ended on a day."""
    return Somebody(
        towards="both",
        tracks=["securities-advising"],
        aims=["hk.sfc.representative.type-4", "sz.sac.general"],
        facts={"hk_permanent_resident": True, "no_regulatory_sanction": True, "full_civil_capacity": True},
        born_on=date(1990, 1, 1),
        degrees=[
            {
                "awarded_on": date(2012, 7, 1),
                "level": "bachelor",
                "field": "business-administration",
                "place": "hk",
            }
        ],
        held={"sfc.rep.type-4": {"begun_on": date(2015, 5, 4), "ended_on": ended_on}},
    )


def test_two_years_and_eleven_months_after_a_licence_its_windows_are_open(client: StrictClient) -> None:
    page = Walk(client, former_adviser(date(2023, 12, 22))).to_the_end()
    states = states_of(page)
    assert states["hk-sfc-representative-type-4-regulatory_paper"] == "met_declared"
    assert states["hk-sfc-representative-type-4-practical_knowledge"] == "met_declared"
    assert states["sz-sac-general-law_paper"] == "not_met"
    assert states["sz-sac-general-second_ground"] == "met_declared"
    assert "22 December 2026" in page.text


def test_three_years_and_one_month_after_it_both_are_closed(client: StrictClient) -> None:
    page = Walk(client, former_adviser(date(2023, 10, 22))).to_the_end()
    states = states_of(page)
    assert states["hk-sfc-representative-type-4-regulatory_paper"] == "not_met"
    assert states["hk-sfc-representative-type-4-academic_ground"] == "met_declared"
    assert states["sz-sac-general-law_paper"] == "not_met"
    assert states["sz-sac-general-second_ground"] == "not_met"
    assert "CPT hours" in page.text


MA_TIANRUI = Somebody(
    towards="both",
    tracks=["futures"],
    aims=["hk.sfc.representative.type-2", "sz.cfa-china.practitioner"],
    facts={"chinese_citizen": True, "hk_permanent_resident": False, "full_civil_capacity": True},
    born_on=date(1993, 10, 10),
    degrees=[
        {
            "awarded_on": date(2016, 6, 30),
            "level": "bachelor",
            "field": "business-administration",
            "place": "mainland",
        }
    ],
    # He ticks what is nearest to the “CFA” of his own papers; asked what it is, he says the charter.
    meant={"cfa-china.futures.qualification": "cfa-institute.charter"},
    held={
        "cfa-institute.charter": {"begun_on": date(2021, 9, 30), "ended_on": date(2025, 6, 30)},
        "hksi.le.paper-1": {"awarded_on": date(2024, 8, 31)},
    },
    periods=[
        {
            "employer_kind": "mainland-other",
            "place": "shenzhen",
            "functions": ["futures"],
            "begun_on": date(2019, 3, 1),
        }
    ],
)


def test_cfa_is_asked_about_and_never_matched(client: StrictClient) -> None:
    """The charter opens no futures route; the degree carries him in Hong Kong, two papers remain in Shenzhen."""
    walk = Walk(client, MA_TIANRUI)
    page = walk.to_the_end()
    states = states_of(page)
    assert any(path.endswith("/meant") for path in walk.pages)
    assert states["hk-sfc-representative-type-2-practical_knowledge"] == "met_declared"
    assert states["hk-sfc-representative-type-2-regulatory_paper"] == "met_declared"
    assert "31 August 2027" in page.text
    assert states["sz-cfa-china-practitioner-law_paper"] == "not_met"
    assert states["sz-cfa-china-practitioner-second_ground"] == "not_met"


YIP_MAN_KIT = Somebody(
    towards="sz",
    tracks=["accounting"],
    aims=["sz.cicpa.cpa"],
    facts={
        "hk_permanent_resident": True,
        "no_penalty_three_years": True,
        "full_civil_capacity": True,
    },
    held={
        "hkicpa.membership": {"begun_on": date(2009, 3, 10)},
        "tihk.tax-adviser": {"begun_on": date(2020, 7, 1)},
    },
    periods=[
        {
            "employer_kind": "hk-other",
            "place": "hk",
            "functions": ["tax"],
            "begun_on": date(2019, 1, 7),
        }
    ],
)


def test_seven_papers_have_a_better_door_in_qianhai(client: StrictClient) -> None:
    """Admitted after July 2008 and not by the full programme: no paper falls away, and a filing asks none."""
    walk = Walk(client, YIP_MAN_KIT)
    page = walk.to_the_end()
    states = states_of(page)
    assert states["sz-cicpa-cpa-examination"] == "not_met"
    assert states["sz-cicpa-cpa-who_may_sit"] == "met_declared"
    assert 'name="target" value="sz.qianhai.tax-filing"' in page.text
    page = walk.check_too("sz.qianhai.tax-filing")
    states = states_of(page)
    assert states == {
        **states,
        "sz-qianhai-tax-filing-holder": "met_declared",
        "sz-qianhai-tax-filing-three_years_of_tax": "met_declared",
        "sz-qianhai-tax-filing-no_penalty": "met_declared",
    }


LEUNG_HO_YIN = Somebody(
    towards="sz",
    tracks=["credit-risk"],
    aims=["sz.cba.intermediate.risk-management"],
    facts={"full_civil_capacity": True, "hk_permanent_resident": True},
    born_on=date(1998, 1, 12),
    degrees=[{"awarded_on": date(2021, 7, 1), "level": "bachelor", "field": "mathematics", "place": "hk"}],
    periods=[
        {
            "employer_kind": "hk-authorized-institution",
            "place": "hk",
            "functions": ["commercial-credit"],
            "begun_on": date(2022, 3, 21),
        }
    ],
)


def test_mathematics_asks_for_five_years_and_says_when(client: StrictClient) -> None:
    walk = Walk(client, LEUNG_HO_YIN)
    page = walk.to_the_end()
    states = states_of(page)
    assert states["sz-cba-intermediate-risk-management-education_and_years"] == "not_met"
    assert states["sz-cba-intermediate-risk-management-papers"] == "not_met"
    assert "21 March 2027" in page.text
    assert states["sz-cba-intermediate-risk-management-recognised_education"] == "undetermined"
