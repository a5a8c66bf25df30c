"""Nothing of a person reaches an officer but through the consent recorded on the case."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.domain.cases import Stage
from portal.domain.errors import NotPermitted
from portal.domain.places import Jurisdiction
from portal.domain.rules.vocabulary import Basis
from portal.models.cases import Case, Declaration
from portal.services.case_files import open_file
from portal.services.case_histories import EventKind
from portal.services.cases import withdraw_case
from portal.services.disclosure_to_officers import file_for_officer
from portal.services.house import House
from portal.services.photographs import evaluate_case
from portal.services.queue import QueueFilter, list_queue
from tests.builders.applications import AMAC
from tests.builders.decisions import a_case, an_actor


def take_back(house: House, case: Case, kind: str) -> None:
    rows = select(Declaration).where(Declaration.case_id == case.id, Declaration.kind == kind)
    for given in house.session.scalars(rows):
        house.session.delete(given)
    house.session.commit()


def test_with_both_consents_the_far_side_may_read(house: House) -> None:
    case = a_case(house)

    person = file_for_officer(house, an_actor(house, "ada_ko"), case)

    assert (person.name_chinese, person.home) == ("陈伟", Jurisdiction.SHENZHEN)
    assert {one.kind for one in person.consents} >= {"sharing", "crossing"}


@pytest.mark.parametrize("kind", ["sharing", "crossing"])
def test_without_either_consent_the_far_side_reads_nothing(house: House, kind: str) -> None:
    case, ada = a_case(house), an_actor(house, "ada_ko")
    take_back(house, case, kind)

    with pytest.raises(NotPermitted) as refusal:
        file_for_officer(house, ada, case)
    assert refusal.value.code == "disclosure.no_consent"
    with pytest.raises(NotPermitted):
        open_file(house, ada, case.reference)


def test_at_home_no_boundary_is_crossed(house: House) -> None:
    case, su = a_case(house, target=AMAC), an_actor(house, "su_qing")
    take_back(house, case, "crossing")

    assert file_for_officer(house, su, case).name_chinese == "陈伟"
    take_back(house, case, "sharing")
    with pytest.raises(NotPermitted):
        file_for_officer(house, su, case)


def test_withdrawing_the_application_takes_the_consents_back(house: House) -> None:
    case, chen = a_case(house, target=AMAC), an_actor(house, "chen_wei")
    withdraw_case(house, chen, case.reference, version=case.version)

    with pytest.raises(NotPermitted) as refusal:
        file_for_officer(house, an_actor(house, "su_qing"), case)
    assert refusal.value.code == "disclosure.no_consent"
    listed = list_queue(house, an_actor(house, "su_qing"), QueueFilter(stage=Stage.WITHDRAWN)).rows
    assert [row.name_chinese for row in listed] == [""]


def test_consent_to_one_side_opens_nothing_to_the_other(house: House) -> None:
    case = a_case(house)

    with pytest.raises(NotPermitted) as refusal:
        file_for_officer(house, an_actor(house, "su_qing"), case)

    assert refusal.value.code == "case.other_jurisdiction"


def test_the_file_shows_what_the_engine_judges(house: House) -> None:
    case = a_case(house, stage="recommended")

    file = open_file(house, an_actor(house, "bo_yip"), case.reference)

    assert file.verdicts.verified == evaluate_case(house, case, Basis.VERIFIED)
    assert {one.code for one in file.facts} >= {"amac.registration", "chinese_citizen"}
    assert {one.kind for one in file.events} == {
        EventKind.MOVE,
        EventKind.VERIFICATION,
        EventKind.RECOMMENDATION,
        EventKind.PHOTOGRAPH,
    }
    assert file.assignee == "Ada Ko"
