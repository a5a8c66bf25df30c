"""The pages of the check: bad input, going back, who may read, and the way into an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from portal.domain.eligibility.answers import MOST_ITEMS
from portal.models.accounts import Account
from portal.models.credentials import Credential
from portal.models.eligibility import EligibilityCheck
from portal.models.people import PersonalFact
from portal.models.records import OutboxMessage
from portal.services.house import House
from portal.web.public.check.forms import MOST_AIMS
from tests.builders.checks import Somebody, Walk, states_of
from tests.conftest import Browser
from tests.pages.statements import at_most
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import a_day, errors_of, fields_of, form_of, send, title_of, words_of

AIM = "hk.sfc.representative.type-1"
DEALER = Somebody(
    towards="hk",
    tracks=["securities-dealing"],
    aims=[AIM],
    facts={"chinese_citizen": True},
    degrees=[{"awarded_on": date(2022, 6, 30), "level": "bachelor", "field": "economics"}],
    held={
        "sac.registration": {"begun_on": date(2022, 9, 14)},
        "hksi.le.paper-1": {"awarded_on": date(2024, 10, 26)},
    },
)
PASSWORD = "a bridge with many planks"


def began(client: StrictClient, *, towards: str = "hk") -> None:
    """Begin a check for securities dealing, without answering anything."""
    send(client, "/eligibility", towards=towards, tracks=["securities-dealing"])
    page = client.get("/eligibility/aims")
    client.post("/eligibility/aims", data=fields_of(form_of(page)))


def test_the_landing_page_and_the_menu_lead_to_the_check(client: StrictClient) -> None:
    page = client.get("/")
    assert page.text.count('href="/eligibility"') == 2


@pytest.mark.parametrize("language", ["en", "zh-HK", "zh-CN"])
def test_the_whole_check_reads_well_in_each_language(app: Flask, language: str) -> None:
    browser = Browser(app, language=language)
    if language == "en":
        page = Walk(browser, DEALER).to_the_end()
        assert "This is no promise and no licence." in words_of(page)
    for path in ("/eligibility", "/eligibility/answers", "/eligibility/work/new"):
        assert browser.get(path).status_code in (200, 303)
    began(browser)
    for path in (
        "/eligibility/aims",
        "/eligibility/questions/fact-chinese_citizen",
        "/eligibility/questions/licences-hk",
        "/eligibility/questions/degree",
        "/eligibility/questions/work",
        "/eligibility/work/new",
        "/eligibility/answers",
        "/eligibility/result",
    ):
        assert browser.get(path).status_code == 200, path


def test_nothing_chosen_too_much_and_both_are_refused_at_the_field(client: StrictClient) -> None:
    assert len(errors_of(send(client, "/eligibility"))) == 2
    four = ["securities-dealing", "futures", "accounting", "credit-risk"]
    assert "Choose three at most." in errors_of(send(client, "/eligibility", towards="hk", tracks=four))[0]
    both = ["futures", "unsure"]
    assert "not both" in errors_of(send(client, "/eligibility", towards="hk", tracks=both))[0]
    nothing = send(client, "/eligibility", towards="sz", tracks=["private-wealth"])
    assert "Nothing was found there" in errors_of(nothing)[0]
    assert 'value="private-wealth" checked' in nothing.text.replace('checked=""', "checked")


def test_not_sure_asks_for_the_work_and_proposes(client: StrictClient) -> None:
    asked = " ".join(client.get("/eligibility").text.split())
    assert 'value="unsure"' in asked
    assert "I am not sure" in asked
    page = send(client, "/eligibility", towards="both", tracks=["unsure"])
    assert page.headers["Location"] == "/eligibility/work/new"
    page = send(
        client,
        "/eligibility/work/new",
        employer_kind="hk-authorized-institution",
        place="hk",
        functions=["credit-risk"],
        share="full",
        **a_day("begun_on", 2022, 3, 21),
    )
    page = client.get(page.headers["Location"])
    assert page.request.path == "/eligibility/proposals"
    assert "Credit risk" in words_of(page)
    page = send(client, "/eligibility/proposals", tracks=["credit-risk"])
    assert page.headers["Location"] == "/eligibility/aims"


def test_days_that_make_no_sense_are_refused_where_they_are_typed(client: StrictClient) -> None:
    began(client)
    work = {"employer_kind": "hk-other", "place": "hk", "functions": ["other"], "share": "full"}

    def tried(**days: str) -> list[str]:
        return errors_of(send(client, "/eligibility/work/new", **work, **days))

    assert tried() == ["Enter the first day you worked there."]
    assert "real date" in tried(**a_day("begun_on", 2020, 2, 31))[0]
    ahead = tried(**a_day("begun_on", 2030, 1, 1))
    assert "has not come yet" in ahead[0]
    backwards = {**a_day("begun_on", 2022, 1, 1), **a_day("ended_on", 2021, 1, 1)}
    assert tried(**backwards) == ["The end must be on or after the first day."]
    page = send(client, "/eligibility/questions/licences-hk", answer="yes", held=["sfc.rep.type-1"])
    licence = page.headers["Location"]
    refused = send(client, licence, **{**a_day("begun_on", 2022, 1, 1), **a_day("ended_on", 2021, 1, 1)})
    assert refused.status_code == 422
    assert errors_of(refused) == ["The end must be on or after the first day."]
    assert 'value="2021"' in refused.text


def test_a_birthday_after_a_paper_is_refused(client: StrictClient) -> None:
    send(client, "/eligibility", towards="sz", tracks=["securities-dealing"])
    page = send(client, "/eligibility/questions/papers-sz", answer="yes", held=["sac.general.law"])
    send(client, page.headers["Location"], **a_day("awarded_on", 2010, 5, 1))
    page = send(client, "/eligibility/questions/fact-born_on", **a_day("born_on", 2011, 1, 1))
    assert page.status_code == 422
    assert "date of birth" in errors_of(page)[0]


def test_a_yes_names_what_is_held(client: StrictClient) -> None:
    began(client)
    page = send(client, "/eligibility/questions/licences-hk", answer="yes")
    assert errors_of(page) == ["Choose which of them you hold or held."]
    assert errors_of(send(client, "/eligibility/questions/fact-chinese_citizen")) == [
        "Choose yes, no or “not sure”."
    ]


def test_any_answer_can_be_changed_and_the_result_follows(client: StrictClient) -> None:
    walk = Walk(client, DEALER)
    assert states_of(walk.to_the_end())["hk-sfc-representative-type-1-regulatory_paper"] == "met_declared"
    answers = client.get("/eligibility/answers")
    assert "26 October 2024" in words_of(answers)
    send(client, "/eligibility/questions/papers-hk", answer="no", held=[])
    states = states_of(client.get("/eligibility/result"))
    assert states["hk-sfc-representative-type-1-regulatory_paper"] == "not_met"
    send(client, "/eligibility/questions/papers-hk", answer="unsure", held=[])
    states = states_of(client.get("/eligibility/result"))
    assert states["hk-sfc-representative-type-1-regulatory_paper"] == "undetermined"


def test_an_empty_check_ends_on_a_page_that_says_no_to_nothing(client: StrictClient) -> None:
    began(client)
    page = client.get("/eligibility/result")
    assert set(states_of(page).values()) == {"undetermined"} or "not_met" not in {
        state for name, state in states_of(page).items() if not name.endswith("sponsor")
    }
    assert "These questions could still change something" in words_of(page)


def test_another_browser_reads_nothing(client: StrictClient, app: Flask) -> None:
    Walk(client, DEALER).to_the_end()
    stranger = Browser(app)
    assert stranger.get("/eligibility/result").headers["Location"] == "/eligibility"
    assert stranger.get("/eligibility/answers").headers["Location"] == "/eligibility"
    assert stranger.get("/eligibility/holdings/01a200fb-5100-7000-8000-000000000001").status_code == 404


def test_answers_are_deleted_at_once_when_asked(client: StrictClient, house: House) -> None:
    Walk(client, DEALER).to_the_end()
    page = client.get("/eligibility/answers")
    client.post("/eligibility/forget", data=fields_of(form_of(page)))
    assert house.session.scalar(select(func.count()).select_from(EligibilityCheck)) == 0
    assert client.get("/eligibility/answers").headers["Location"] == "/eligibility"


def test_what_nobody_asks_is_no_page(client: StrictClient) -> None:
    began(client)
    for path in (
        "questions/fact-nonsense",
        "questions/fact-macao_permanent_resident",
        "work/01a200fb-5100-7000-8000-000000000001",
    ):
        assert client.get(f"/eligibility/{path}").status_code == 404


def test_every_page_is_quick(client: StrictClient) -> None:
    Walk(client, DEALER).to_the_end()
    for path in ("", "/answers", "/result", "/questions/licences-hk", "/work/new", "/aims"):
        with at_most(12):
            assert client.get(f"/eligibility{path}").status_code == 200


def test_costs_documents_and_what_is_not_known_are_said(client: StrictClient) -> None:
    page = Walk(client, Somebody("sz", ["securities-dealing"], ["sz.sac.general"])).to_the_end()
    words = words_of(page)
    assert "RMB 61 a paper" in words
    assert "not known" in words
    dealer = words_of(Walk(client, DEALER).to_the_end())
    assert "The result notice, with the day of the sitting." in dealer


def test_what_it_costs_names_its_sources(client: StrictClient) -> None:
    """A figure nobody can trace is folklore: each step names what was read, and where it may be linked."""
    page = BeautifulSoup(
        Walk(client, Somebody("sz", ["securities-dealing"], ["sz.sac.general"])).to_the_end().text,
        "html.parser",
    )
    steps = [row for row in page.select("#costs ~ ul.rows .row") if "Fee:" in row.get_text()]
    assert steps
    for step in steps:
        assert step.select('.clause__source a[href^="/sources#"]'), step.get_text(" ", strip=True)


def test_the_result_begins_with_the_picture_and_leads_to_everything_below(client: StrictClient) -> None:
    page = BeautifulSoup(Walk(client, DEALER).to_the_end().text, "lxml")
    headings = [heading.get_text() for heading in page.select("main h2")]
    assert headings[:2] == ["In short", "Securities dealing"]
    order = ["What to prepare", "What it costs and takes", "What this page does not say"]
    assert [heading for heading in headings if heading in order] == order
    assert page.select_one("main .row .bridge--small")
    targets = [str(link["href"]) for link in page.select('nav[aria-label="On this page"] a')]
    assert len(targets) >= 3
    for target in targets:
        assert page.select_one(target), target
    assert len(page.select('form[action="/eligibility/account"]')) == 2


def test_nobody_has_to_say_no_to_say_that_nothing_was_wrong(client: StrictClient) -> None:
    """Asked “has anybody sanctioned you?”, a “no” is recorded as “nobody has”, and read back as “no”."""
    send(client, "/eligibility", towards="sz", tracks=["tax"])
    address = "/eligibility/questions/fact-no_penalty_three_years"
    page = client.get(address)
    assert (
        title_of(page)
        == "In the last three years, have you had a penalty or been disciplined by your profession?"
    )
    assert "“No” means: In the last three years I have had no penalty" in words_of(page)
    states = {}
    for answer in ("no", "yes", "unsure"):
        send(client, address, answer=answer)
        result = client.get("/eligibility/result")
        states[answer] = states_of(result)["sz-qianhai-tax-filing-no_penalty"]
        checked = BeautifulSoup(client.get(address).text, "lxml").select_one("input[checked]")
        assert checked is not None
        assert checked["value"] == answer
        shown = {"no": "No", "yes": "Yes", "unsure": "Not sure"}[answer]
        rows = BeautifulSoup(client.get("/eligibility/answers").text, "lxml").select(
            ".govuk-summary-list__row"
        )
        row = next(row for row in rows if "had a penalty" in row.get_text())
        assert row.select_one(".govuk-summary-list__value").get_text(strip=True) == shown  # type: ignore[union-attr]
    assert states == {"no": "met_declared", "yes": "not_met", "unsure": "undetermined"}


def press_account(client: StrictClient) -> str:
    page = client.get("/eligibility/result")
    token = fields_of(form_of(page, "/eligibility/account"))
    return client.post("/eligibility/account", data=token).headers["Location"]


def test_the_answers_wait_for_the_first_sign_in_on_any_device(
    client: StrictClient, app: Flask, house: House
) -> None:
    """From the result to a new account, confirmed and signed in on another device, with the facts in it."""
    Walk(client, DEALER).to_the_end()
    assert press_account(client) == "/account/register"
    assert client.get("/eligibility/aims").status_code == 200
    send(
        client,
        "/account/register",
        home="sz",
        email="lin@example.com",
        password=PASSWORD,
        password_confirm=PASSWORD,
    )
    assert house.session.scalar(select(func.count()).select_from(Credential)) == 0
    assert client.get("/eligibility/aims").status_code == 303, "this browser is anybody's now"
    member = house.session.scalars(select(Account).where(Account.email == "lin@example.com")).one()
    assert house.session.scalars(select(EligibilityCheck.account_id)).all() == [member.id]
    assert house.session.scalars(select(OutboxMessage.recipient)).all() == ["lin@example.com"]
    member.confirmed_at = house.clock.now()
    house.session.commit()
    phone = Browser(app)
    assert send(phone, "/account/sign-in", email="lin@example.com", password=PASSWORD).status_code in (
        302,
        303,
    )
    assert phone.get("/account").headers["Location"] == "/eligibility/carry"
    page = phone.get("/eligibility/carry")
    assert title_of(page) == "Take your answers into your file"
    assert "26 October 2024" in words_of(page)
    done = phone.post("/eligibility/carry", data=fields_of(form_of(page, "/eligibility/carry")))
    assert done.headers["Location"] == "/me"
    again = phone.post("/eligibility/carry", data=fields_of(form_of(page, "/eligibility/carry")))
    assert again.status_code in (200, 303)
    held = sorted(house.session.scalars(select(Credential.qualification)))
    assert held == ["education.degree", "hksi.le.paper-1", "sac.registration"]
    assert house.session.scalars(select(PersonalFact.name)).all() == ["chinese_citizen"]
    assert phone.get("/account").headers["Location"] == "/me"


def test_an_account_that_exists_sees_what_will_be_added_first(
    client: StrictClient, sign_in: Callable[[str], StrictClient], house: House
) -> None:
    mei = sign_in("mei_lam")
    Walk(mei, DEALER).to_the_end()
    assert press_account(mei) == "/eligibility/carry"
    page = mei.get("/eligibility/carry")
    assert house.session.scalar(select(func.count()).select_from(Credential)) == 0
    mei.post("/eligibility/drop", data=fields_of(form_of(page, "/eligibility/drop")))
    assert house.session.scalar(select(func.count()).select_from(EligibilityCheck)) == 0
    assert "No answers are waiting." in words_of(mei.get("/eligibility/carry"))


def test_whoever_said_no_to_everything_is_told_that_nothing_is_recorded(
    sign_in: Callable[[str], StrictClient], house: House
) -> None:
    mei = sign_in("mei_lam")
    Walk(mei, Somebody("hk", ["securities-dealing"], [AIM])).to_the_end()
    page = mei.get("/eligibility/carry")
    assert "so your file stays as it is" in words_of(page)
    assert mei.get("/eligibility/result").status_code == 200
    mei.post("/eligibility/drop", data=fields_of(form_of(page, "/eligibility/drop")))
    assert "No answers are waiting." in words_of(mei.get("/eligibility/carry"))


def test_what_lacks_a_day_can_be_completed_and_is_then_recorded(
    sign_in: Callable[[str], StrictClient], house: House
) -> None:
    mei = sign_in("mei_lam")
    undated = Somebody("hk", ["securities-dealing"], [AIM], held={"hksi.le.paper-1": {}})
    Walk(mei, undated).to_the_end()
    page = mei.get("/eligibility/carry")
    assert "Enter the day." in words_of(page)
    address = next(link for link in page.text.split('"') if link.startswith("/eligibility/holdings/"))
    send(mei, address, action=address, **a_day("awarded_on", 2025, 6, 14))
    page = mei.get("/eligibility/carry")
    mei.post("/eligibility/carry", data=fields_of(form_of(page, "/eligibility/carry")))
    assert house.session.scalars(select(Credential.awarded_on)).all() == [date(2025, 6, 14)]


def test_one_visit_cannot_pile_up_answers_without_end(client: StrictClient) -> None:
    began(client)
    work = {"employer_kind": "hk-other", "place": "hk", "functions": ["other"], "share": "full"}
    page = client.get("/eligibility/work/new")
    sent = {**fields_of(form_of(page)), **work, **a_day("begun_on", 2020, 2, 3)}
    answers = [client.post("/eligibility/work/new", data=sent).status_code for _ in range(MOST_ITEMS + 1)]
    assert answers == [303] * MOST_ITEMS + [422]
    page = client.post("/eligibility/work/new", data=sent)
    assert errors_of(page) == [
        f"This check takes {MOST_ITEMS} qualifications and periods of work. Remove one before you add another."
    ]
    assert send(client, "/eligibility/questions/degree", answer="education.degree").status_code == 422
    assert client.get("/eligibility/result").status_code == 200


def test_aims_added_one_by_one_are_six_at_most_too(client: StrictClient, house: House) -> None:
    began(client)
    token = fields_of(form_of(client.get("/eligibility/aims")))["csrf_token"]
    for target in list(house.rulebook.targets)[:12]:
        client.post("/eligibility/aims/add", data={"csrf_token": token, "target": target})
    kept = house.session.scalars(select(EligibilityCheck)).one()
    assert len(kept.answers["aims"]) == MOST_AIMS


def test_an_address_that_writes_checks_by_machine_is_held_back(client: StrictClient) -> None:
    began(client)
    token = fields_of(form_of(client.get("/eligibility/aims")))["csrf_token"]
    told = {client.post("/eligibility/aims/add", data={"csrf_token": token}).status_code for _ in range(150)}
    assert told == {303, 429}
