"""From the landing page to an account with the facts in it, on a phone, in Mainland Chinese.

Somebody in Shenzhen with a degree, a fund qualification and Paper 1 asks what Hong Kong makes of it
before there is any account, keeps the answers, and finds them in the file after signing in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Shots, Visitor
from tests.journeys.test_the_story import Teller

HELD = {"licences-sz": "sac.registration", "papers-hk": "hksi.le.paper-1"}


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_the_check_from_the_landing_page_to_an_account(
    visit: Callable[..., Visitor], shots: Shots, *, scripts: bool
) -> None:
    person = Teller(visit(language="zh-Hans-CN", size=PHONE, scripts=scripts), shots, f"check-{scripts}")
    person.go("/")
    person.follow("/eligibility")
    if scripts:
        person.shoot("start")
    person.fill(towards="hk", tracks=["securities-dealing"])
    press_first(person)
    press_first(person)
    answer_everything(person)
    expect(person.page).to_have_url(re.compile(r"/eligibility/result$"))
    assert not person.visitor.is_wider_than_the_screen() if scripts else True
    if scripts:
        person.shoot("result")
    person.page.locator('main form[action="/eligibility/account"] button').first.click()
    person.page.wait_for_load_state()
    email, password = f"lin.yuhan.{scripts}@example.com".lower(), "a bridge with many planks"
    person.fill(home="sz", email=email, password=password, password_confirm=password)
    person.press()
    confirm(person, email, password)
    person.visitor.sign_in(email, password)
    expect(person.page).to_have_url(re.compile(r"/eligibility/carry$"))
    if scripts:
        person.shoot("carry")
    person.page.locator('main form[action="/eligibility/carry"] button').click()
    person.page.wait_for_load_state()
    person.go("/me/credentials")
    assert person.page.locator('main a[href*="/me/credentials/0"]').count() >= len(HELD) + 1
    assert person.visitor.complaints == []


def press_first(person: Teller) -> None:
    person.page.locator("main form button[type=submit]").first.click()
    person.page.wait_for_load_state()
    refused = person.page.locator(".govuk-error-summary")
    assert refused.count() == 0, refused.inner_text()


def answer_everything(person: Teller) -> None:
    for _page in range(40):
        path = person.page.url.partition("/eligibility")[2]
        if path == "/result":
            return
        answer(person, path)
        press_first(person)


def answer(person: Teller, path: str) -> None:
    key = path.rpartition("/")[2]
    if "/holdings/" in path:
        tell(person)
    elif key == "fact-chinese_citizen":
        person.fill(answer="yes")
    elif key == "degree":
        told = person.page.locator('main ul a[href*="/eligibility/holdings/"]').count()
        person.fill(answer="no" if told else "education.degree")
    elif key in HELD and person.page.locator(f'[name="held"][value="{HELD[key]}"]').count():
        person.fill(answer="yes")
        person.fill(held=[HELD[key]])
    else:
        person.fill(answer="no")


def tell(person: Teller) -> None:
    if person.page.locator('[name="level"]').count():
        person.fill(level="bachelor", awarded_on=date(2022, 6, 30))
    elif person.page.locator('[name="awarded_on-day"]').count():
        person.fill(awarded_on=date(2024, 10, 26))
    else:
        person.fill(begun_on=date(2022, 9, 14))


def confirm(person: Teller, email: str, password: str) -> None:
    """Open the mail, and say on its page which password was chosen; the link itself acts on nothing."""
    person.go("/mailbox")
    person.page.locator("li", has_text=email).first.locator("a").click()
    person.page.locator('main a[href*="/account/confirm/"]').click()
    person.page.wait_for_load_state()
    person.fill(password=password)
    person.press()
