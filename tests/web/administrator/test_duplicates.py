"""The officers' pages of possible duplicates, and what the desk of a case says of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from portal.domain.names import NameKind
from portal.domain.places import Jurisdiction
from portal.models.cases import Case
from portal.models.identity import PossibleDuplicate
from portal.services.house import House
from tests.builders.decisions import a_case, an_actor
from tests.builders.identity import a_name, an_hkid, an_identity_document
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient
from tests.services.test_duplicate_rulings import chens_namesake
from tests.web.professional.filling import errors_of, fields_of, form_of, resend, words_of

SignIn = Callable[[str], StrictClient]
LIST = "/desk/duplicates"


@pytest.fixture
def case(house: House) -> Case:
    """Chen Wei's case in Hong Kong; a record kept there has the same name and birthday."""
    case = a_case(house)
    chen = an_actor(house, "chen_wei")
    a_name(house, chen, NameKind.CANTONESE, "Chan", "Wai")
    an_identity_document(house, chen, an_hkid("000007"))
    chens_namesake(house, Jurisdiction.HONG_KONG)
    return case


@pytest.fixture
def address(house: House, case: Case) -> str:
    return f"{LIST}/{house.session.scalars(select(PossibleDuplicate.id)).one()}"


@pytest.mark.parametrize("language", ["en", "zh-Hant-HK", "zh-Hans-CN"])
def test_a_pair_is_listed_read_ruled_on_and_shown_at_the_desk(
    case: Case, sign_in: SignIn, address: str, language: str
) -> None:
    desk = f"/desk/cases/{case.reference}"
    ada = sign_in("ada_ko")
    ada.get(f"/desk/?language={language}")
    assert address in ada.get(LIST).text
    assert address in ada.get(desk).text
    with at_most(12):
        page = ada.get(address)
    assert page.headers["Content-Language"] == language
    assert "Chan Wai" in words_of(page)
    for _ in range(2):
        done = resend(ada, page, verdict="same_person", reason="Deed poll and old card seen.")
        assert done.headers["Location"] == LIST
    assert "Deed poll and old card seen." in words_of(ada.get(address))
    with at_most(12):
        shown = words_of(ada.get(desk))
    assert "Ada Ko" in shown
    with at_most(10):
        assert address in ada.get(LIST).text


def test_the_desk_says_how_two_records_stand(case: Case, sign_in: SignIn, address: str) -> None:
    ada = sign_in("ada_ko")
    desk = f"/desk/cases/{case.reference}"
    before = words_of(ada.get(desk))
    assert "To rule on A record whose file is not open to this side" in before
    assert "Hong Kong identity card ends in" in before
    resend(ada, ada.get(address), verdict="same_person", reason="Deed poll seen.")
    assert "Same person A record whose file is not open to this side" in words_of(ada.get(desk))


def test_of_a_record_that_is_not_open_nothing_is_shown(sign_in: SignIn, address: str) -> None:
    page = sign_in("ada_ko").get(address)
    words = words_of(page)
    assert words.count("Date of birth") == 1
    assert "CHEN Wei" not in words.partition("A record whose file is not open to this side")[2]
    assert "nothing else of it is shown" in words


def test_a_ruling_without_reason_or_verdict_is_refused_with_what_was_typed(
    sign_in: SignIn, address: str
) -> None:
    ada = sign_in("ada_ko")
    page = resend(ada, ada.get(address), reason="Because.")
    assert (page.status_code, errors_of(page)) == (422, ["Choose what was found."])
    assert fields_of(form_of(page))["reason"] == "Because."
    page = resend(ada, page, verdict="different_people", reason=" ")
    assert (page.status_code, errors_of(page)) == (422, ["Enter what the ruling rests on."])


def test_a_stale_page_shows_the_ruling_made_meanwhile(sign_in: SignIn, address: str) -> None:
    ada, bo = sign_in("ada_ko"), sign_in("bo_yip")
    page = bo.get(address)
    resend(ada, ada.get(address), verdict="different_people", reason="The old cards differ.")
    stale = resend(bo, page, verdict="same_person", reason="They look alike.")
    assert stale.status_code == 409
    assert "The old cards differ." in words_of(stale)
    assert fields_of(form_of(stale))["reason"] == "They look alike."


def test_the_other_side_finds_no_such_page(sign_in: SignIn, address: str) -> None:
    su = sign_in("su_qing")
    assert su.get(address).status_code == 404
    assert address not in su.get(LIST).text


@pytest.mark.parametrize("key", ["mei_lam", "tam_lok", "harbour_works", "sys"])
def test_nobody_else_enters(sign_in: SignIn, address: str, key: str) -> None:
    for path in (LIST, address):
        assert sign_in(key).get(path).status_code == 403


def test_the_person_reads_nothing_of_it(sign_in: SignIn, address: str) -> None:
    chen = sign_in("chen_wei")
    chen.get("/me?language=en")
    for path in ("/me", "/me/about-me"):
        words = words_of(chen.get(path)).lower()
        assert "duplicate" not in words
        assert "another record" not in words


def test_the_queue_says_under_which_name_it_found_somebody(case: Case, sign_in: SignIn) -> None:
    ada = sign_in("ada_ko")
    assert "Found under the name Chan Wai" in words_of(ada.get("/desk/?words=chan+wai"))
    assert "Found under the name" not in words_of(ada.get("/desk/?words=chen+wei"))
