"""Recognitions in the browser: the list, the acts, and the status of any day asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.services.house import House
from tests.builders.decisions import a_recognition
from tests.pages.form_filler import fill_in, send
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient

SignIn = Callable[[str], StrictClient]
LANGUAGES = ("en", "zh-Hant-HK", "zh-Hans-CN")


def an_officer(sign_in: SignIn, tag: str = "en") -> StrictClient:
    client = sign_in("ada_ko")
    client.set_cookie("language", tag)
    return client


@pytest.mark.parametrize(
    ("status", "tag"),
    [
        ("full", "en"),
        ("conditional", "zh-Hant-HK"),
        ("suspended", "zh-Hans-CN"),
        ("revoked", "zh-Hant-HK"),
    ],
)
def test_the_pages_read_in_three_languages(house: House, sign_in: SignIn, tag: str, status: str) -> None:
    held, ada = a_recognition(house, status=status), an_officer(sign_in, tag)

    assert held.reference in ada.get("/desk/recognitions").text
    assert ada.get(f"/desk/recognitions/{held.reference}").status_code == 200


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_acts_read_in_three_languages(house: House, sign_in: SignIn, tag: str) -> None:
    held, ada = a_recognition(house, status="suspended"), an_officer(sign_in, tag)

    for act in ("suspend", "lift", "revoke"):
        assert ada.get(f"/desk/recognitions/{held.reference}/{act}").status_code == 200


def test_suspending_needs_a_reason_and_shows_at_once(house: House, sign_in: SignIn) -> None:
    held, ada = a_recognition(house), an_officer(sign_in)
    where = f"/desk/recognitions/{held.reference}/suspend"

    assert fill_in(ada, where).status_code == 422
    assert fill_in(ada, where, {"reason": "The registration was withdrawn."}).status_code == 303
    page = ada.get(f"/desk/recognitions/{held.reference}")
    assert "Suspended" in page.text
    assert "The registration was withdrawn." in page.text
    assert "/lift" in page.text
    assert "/suspend" not in page.text


def test_an_act_on_a_stale_page_is_a_conflict_that_keeps_the_reason(house: House, sign_in: SignIn) -> None:
    held, ada = a_recognition(house), an_officer(sign_in)
    where = f"/desk/recognitions/{held.reference}"
    stale = ada.get(f"{where}/revoke")
    fill_in(ada, f"{where}/suspend", {"reason": "First."})

    answer = send(ada, stale, {"reason": "Second."})

    assert answer.status_code == 409
    assert "Second." in answer.text


def test_an_act_that_makes_no_sense_is_a_conflict(house: House, sign_in: SignIn) -> None:
    held, ada = a_recognition(house), an_officer(sign_in)

    assert fill_in(ada, f"/desk/recognitions/{held.reference}/lift", {"reason": "x"}).status_code == 409


def test_the_status_of_a_day_is_asked_with_a_date(house: House, sign_in: SignIn) -> None:
    held, ada = a_recognition(house), an_officer(sign_in)
    where = f"/desk/recognitions/{held.reference}"

    before = ada.get(f"{where}?on-day=1&on-month=1&on-year=2026")
    nonsense = ada.get(f"{where}?on-day=31&on-month=2&on-year=2026")

    assert "Not yet granted" in before.text
    assert nonsense.status_code == 422


def test_the_other_side_is_refused(house: House, sign_in: SignIn) -> None:
    held, su = a_recognition(house), sign_in("su_qing")

    for rest in ("", "/suspend", "/lift", "/revoke"):
        assert su.get(f"/desk/recognitions/{held.reference}{rest}").status_code == 403
    assert held.reference not in su.get("/desk/recognitions").text


@pytest.mark.parametrize("rest", ["", "/one", "/suspend"])
def test_the_pages_cost_at_most_ten_statements(house: House, sign_in: SignIn, rest: str) -> None:
    held, ada = a_recognition(house), an_officer(sign_in)
    one = f"/desk/recognitions/{held.reference}"
    where = {"": "/desk/recognitions", "/one": one, "/suspend": f"{one}/suspend"}[rest]

    with at_most(10):
        assert ada.get(where).status_code == 200
