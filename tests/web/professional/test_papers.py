"""Several papers of one examination in one go: all or none, each fault at its paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bs4 import BeautifulSoup
from sqlalchemy import func, select

from portal.domain.people import Actor
from portal.models.credentials import Credential
from portal.services.credentials import own_credentials
from portal.services.house import House
from tests.builders.records import a_credential
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import a_day, errors_of, fields_of, form_of, resend, send, words_of

Cast = Callable[[str], Actor]
SignIn = Callable[[str], StrictClient]
HKSI = "/me/credentials/papers/hksi.le"
TWO = f"{HKSI}/register?paper=hksi.le.paper-1&paper=hksi.le.paper-6"
CBA = "/me/credentials/papers/cba.intermediate/register"


def count(house: House) -> int:
    return house.session.scalar(select(func.count()).select_from(Credential)) or 0


def test_a_search_that_finds_papers_leads_to_entering_several(sign_in: SignIn) -> None:
    page = sign_in("mei_lam").get("/me/credentials/find", query_string={"q": "HKSI 卷"})
    assert f'href="{HKSI}"' in page.text


def test_the_papers_are_chosen_first(sign_in: SignIn) -> None:
    mei = sign_in("mei_lam")
    boxes = BeautifulSoup(mei.get(HKSI).text, "html5lib").select("input[type=checkbox]")
    assert len(boxes) == 17
    none = mei.get(f"{HKSI}?sent=y")
    assert (none.status_code, errors_of(none)) == (422, ["Choose at least one paper."])
    chosen = mei.get(f"{HKSI}?sent=y&paper=hksi.le.paper-1&paper=hksi.le.paper-6")
    assert chosen.status_code == 303
    assert "Register 2 papers" in words_of(mei.get(chosen.location))


def test_all_are_registered_together(house: House, sign_in: SignIn, actor: Cast) -> None:
    mei = sign_in("mei_lam")
    sent = {**a_day("p0_awarded_on", 2025, 6, 14), **a_day("p1_awarded_on", 2025, 9, 20)}
    answer = send(mei, TWO, **sent, p0_sitting_place="hk", p1_sitting_place="shenzhen")
    assert answer.status_code == 303
    held = {one.qualification: one for one in own_credentials(house, actor("mei_lam"))}
    assert held["hksi.le.paper-1"].days.awarded_on == date(2025, 6, 14)
    assert held["hksi.le.paper-6"].attributes == {"sitting_place": "shenzhen"}


def test_banking_papers_carry_their_sittings(house: House, sign_in: SignIn, actor: Cast) -> None:
    path = f"{CBA}?paper=cba.intermediate.law&paper=cba.intermediate.corporate-credit"
    sent = {**a_day("p0_awarded_on", 2025, 10, 25), **a_day("p1_awarded_on", 2026, 6, 6)}
    answer = send(sign_in("mei_lam"), path, **sent, p0_sitting="2025-2", p1_sitting="2026-1")
    assert answer.status_code == 303
    sittings = {one.attributes["sitting"] for one in own_credentials(house, actor("mei_lam"))}
    assert sittings == {"2025-2", "2026-1"}


def test_one_fault_keeps_all_of_them_back_and_stands_at_its_paper(house: House, sign_in: SignIn) -> None:
    page = send(sign_in("mei_lam"), TWO, **a_day("p0_awarded_on", 2025, 6, 14))
    assert page.status_code == 422
    assert errors_of(page) == ["Enter the day. It is printed on the document."]
    assert 'href="#p1_awarded_on' in page.text
    assert fields_of(form_of(page))["p0_awarded_on-year"] == "2025"
    assert count(house) == 0


def test_one_that_is_registered_already_is_asked_about_at_its_place(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    a_credential(house, actor("mei_lam"), qualification="hksi.le.paper-1", awarded_on=date(2025, 6, 14))
    mei = sign_in("mei_lam")
    sent = {**a_day("p0_awarded_on", 2025, 6, 14), **a_day("p1_awarded_on", 2025, 9, 20)}
    page = send(mei, TWO, **sent)
    assert page.status_code == 422
    assert "Some of these are registered already. Look at the boxes to tick." in errors_of(page)
    assert count(house) == 1
    assert resend(mei, page, p0_is_another="y").status_code == 303
    assert count(house) == 3


def test_a_double_click_registers_once(house: House, sign_in: SignIn) -> None:
    mei = sign_in("mei_lam")
    form = form_of(mei.get(TWO))
    sent = {
        **fields_of(form),
        **a_day("p0_awarded_on", 2025, 6, 14),
        **a_day("p1_awarded_on", 2025, 9, 20),
    }
    assert [mei.post(str(form["action"]), data=sent).status_code for _ in range(2)] == [303, 303]
    assert count(house) == 2


def test_what_is_no_examination_of_several_papers_is_not_there(sign_in: SignIn) -> None:
    mei = sign_in("mei_lam")
    for family in ("moon", "education", "bridging.dual-qualification"):
        assert mei.get(f"/me/credentials/papers/{family}").status_code == 404
    assert mei.get(f"{HKSI}/register?paper=moon").status_code == 303
