"""The demonstration's bridging programme: illustrative in every detail, and it says so.

One press report names an official programme; none describes it. Titles of the modules come from the
rulebook's own illustrative measures.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from portal.cli.demonstration.stage import Stage
from portal.domain.places import Jurisdiction
from portal.domain.texts import Text
from portal.models.programmes import Cohort
from portal.services.programmes import (
    CohortPlan,
    ModulePlan,
    ProgrammeTexts,
    add_module,
    make_programme,
    open_cohort,
)

_MEASURE = "measure.bridging.dual-qualification."
CODE = "dual-qualification"
_TEXTS = ProgrammeTexts(
    title=Text("Dual-qualification bridging programme", "雙資歷銜接計劃", "双资格衔接项目"),
    summary=Text(
        "Prepares practitioners of one city for what the other asks: the two systems side by side, then the "
        "law and practice behind the local papers.",
        "協助一地的從業員準備另一地的要求：先比較兩地制度，再學習當地試卷背後的法規與實務。",
        "帮助一地的从业人员准备另一地的条件：先比较两地制度，再学习当地考试背后的法规和实务。",
    ),
    provider=Text("Example College of Two Rivers", "示範雙江書院", "示例双江学院"),
    tracks=("fund-management", "securities-advising", "credit-risk"),
    illustrative=True,
)
_MODULES = (
    ("two-systems", 6),
    ("hong-kong-securities-regulation", 18),
    ("mainland-fund-law", 18),
)
_CENTRAL = Text("Example Hall, Central", "中環示範會堂", "香港中环示例会堂")
_FUTIAN = Text("Example Tower, Futian", "深圳福田示範大廈", "深圳福田示例大厦")


def open_programme(stage: Stage) -> tuple[Cohort, Cohort, Cohort]:
    """Make the programme with a cohort that has ended, one that is coming, and a small one that fills up."""
    house, manager = stage.house, stage.actors["tam.lok"]
    make_programme(house, manager, code=CODE, jurisdiction=Jurisdiction.HONG_KONG, texts=_TEXTS)
    for code, hours in _MODULES:
        measure = house.rulebook.measures[_MEASURE + code]
        plan = ModulePlan(code=code, title=measure.title, hours=hours, gives=f"bridging.{CODE}.{code}")
        add_module(house, manager, programme_code=CODE, plan=plan)
    return (
        _cohort(stage, "1", starts_in=-45, lasts=35, venue=_CENTRAL, places=20),
        _cohort(stage, "2", starts_in=51, lasts=60, venue=_CENTRAL, places=24),
        _cohort(stage, "3", starts_in=86, lasts=60, venue=_FUTIAN, places=2),
    )


def _cohort(stage: Stage, code: str, *, starts_in: int, lasts: int, venue: Text, places: int) -> Cohort:
    starts_on = stage.today + timedelta(days=starts_in)
    plan = CohortPlan(
        enrol_by=starts_on - timedelta(days=2),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=lasts),
        venue=venue,
        places=places,
    )
    key = open_cohort(stage.house, stage.actors["tam.lok"], programme_code=CODE, code=code, plan=plan)
    return stage.house.session.get_one(Cohort, UUID(key))
