"""Ways to sign in, in real Chromium with its virtual authenticators, and single sign-on at a real provider.

A portal of its own at ``localhost``: passkeys belong to a name, and 127.0.0.1 is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Browser, Page, expect

from portal.cli.demonstration.sign_ins import PASSWORD
from tests.journeys.conftest import PHONE, WIDE, Shots, Visitor, open_door, serving
from tests.peers.openid import openid_provider

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
MEI, WEI, ADA = "mei.lam@example.com", "chen.wei@example.com", "ada.ko@example.com"
KAVITA = "kavita.rao@example.com"


@pytest.fixture(scope="module")
def portal_by_name(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demonstration at localhost that knows a real single sign-on provider."""
    with open_door() as door:
        back = f"http://localhost:{door.getsockname()[1]}/account/sso/back"
        with (
            openid_provider(back) as provider,
            serving(
                door, tmp_path_factory.mktemp("portal"), host="localhost", **provider.settings
            ) as address,
        ):
            yield address


@pytest.fixture
def visit(chromium: Browser, portal_by_name: str) -> Iterator[Visit]:
    opened: list[Visitor] = []

    def open_window(*, language: str = "en", size: dict[str, int] | None = None) -> Visitor:
        context = chromium.new_context(viewport=size or WIDE)  # type: ignore[arg-type]
        context.add_cookies([{"name": "language", "value": language, "url": portal_by_name}])
        context.set_default_timeout(15_000)
        visitor = Visitor(context, portal_by_name)
        opened.append(visitor)
        return visitor

    yield open_window
    for visitor in opened:
        visitor.context.close()


class Authenticator:
    """A virtual authenticator of the browser's: its own (internal) or a stick (usb)."""

    def __init__(self, visitor: Visitor, transport: str) -> None:
        self._wire = visitor.context.new_cdp_session(visitor.page)
        self._wire.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": transport,
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        self.id = self._wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def holds(self) -> int:
        """How many keys it holds."""
        return len(self._wire.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"])

    def refuse(self) -> None:
        """Its holder's finger is not known any more."""
        self._wire.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": False})


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("main").get_by_role("button", name=name).click()


def sign_out(visitor: Visitor) -> None:
    visitor.page.locator(".wayfinder__button").click()
    visitor.page.wait_for_load_state()


def look(visitor: Visitor, shots: Shots, name: str) -> None:
    assert not visitor.is_wider_than_the_screen(), name
    assert visitor.violations() == [], name
    shots.take(visitor.page, f"sign-in-{name}")


@pytest.mark.parametrize(("transport", "email"), [("internal", MEI), ("usb", WEI)])
def test_a_passkey_is_made_and_signs_in_alone(visit: Visit, shots: Shots, transport: str, email: str) -> None:
    visitor = visit(size=PHONE if transport == "internal" else None)
    page, key = visitor.page, Authenticator(visitor, transport)
    visitor.sign_in(email)
    visitor.go("/account/ways")
    look(visitor, shots, f"{transport}-ways-before")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_label("Name of this passkey")).to_have_value("Chrome on Linux")
    look(visitor, shots, f"{transport}-add")
    press(page, "Add the passkey")
    page.wait_for_selector("main ol code")
    assert key.holds() == 1
    assert page.locator("main ol code").count() == 10
    look(visitor, shots, f"{transport}-codes")
    press(page, "I have kept them")
    look(visitor, shots, f"{transport}-ways-after")
    page.get_by_role("button", name="Add a passkey").click()
    press(page, "Add the passkey")
    expect(page.get_by_text("already holds a passkey")).to_be_visible()
    sign_out(visitor)
    visitor.go("/account/sign-in")
    look(visitor, shots, f"{transport}-sign-in")
    press(page, "Sign in with a passkey")
    page.wait_for_url("**/me")
    visitor.go("/account/ways")
    assert "Last used" in page.inner_text("main")
    sign_out(visitor)
    visitor.sign_in(email)
    page.wait_for_url("**/account/second-step")
    look(visitor, shots, f"{transport}-second-step")
    press(page, "Go on with a passkey")
    page.wait_for_url("**/me")
    sign_out(visitor)
    key.refuse()
    visitor.go("/account/sign-in")
    press(page, "Sign in with a passkey")
    expect(page.get_by_role("alert")).to_contain_text(re.compile("Nothing happened|The passkey"))
    assert visitor.complaints == []


def code_now(spelt: str, *, steps_ahead: int = 0) -> str:
    """The code an app shows, computed by itself; half a minute ahead is taken too."""
    at = datetime.now(UTC).timestamp() + 30 * steps_ahead
    return str(TOTP(key=spelt.replace("-", ""), format="base32").generate(time=int(at)).token)


def set_up_app(visitor: Visitor) -> None:
    visitor.go("/account/ways/app")
    found = re.search(r"(?:[A-Z2-7]{4}-){7}[A-Z2-7]{4}", visitor.page.inner_text("main"))
    assert found
    visitor.page.fill("#one_time_code", code_now(found[0]))
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_selector("main ol code")


def test_every_way_lost_is_asked_for_and_stopped_from_another_browser(visit: Visit, shots: Shots) -> None:
    owner, finder = visit(language="zh-Hant-HK"), visit(language="zh-Hans-CN", size=PHONE)
    owner.sign_in(KAVITA)
    set_up_app(owner)
    finder.sign_in(KAVITA)
    finder.page.wait_for_url("**/account/second-step")
    send = 'main form[method="post"] button[type=submit]'
    for name, leads_on in (
        ("second-step", 'main a[href="/account/lost"]'),
        ("lost", send),
        ("lost-asked", 'main a[href="/mailbox"]'),
        ("mailbox", "main li a"),
        ("letter", 'main a[href*="/account/lost/"]'),
        ("lost-link", send),
    ):
        look(finder, shots, name)
        finder.page.locator(leads_on).first.click()
        finder.page.wait_for_load_state()
    look(finder, shots, "lost-waiting")
    owner.go("/me")
    look(owner, shots, "lost-notice")
    owner.page.locator('form[action="/account/lost/stop"] button').click()
    owner.page.wait_for_url("**/account/ways")
    assert owner.page.locator('form[action="/account/lost/stop"]').count() == 0
    finder.page.reload()
    look(finder, shots, "lost-ended")
    assert owner.complaints == []


def test_an_app_and_recovery_codes_by_keyboard_alone(visit: Visit, shots: Shots) -> None:
    visitor = visit(language="zh-Hant-HK")
    page = visitor.page
    visitor.sign_in(ADA)
    look(visitor, shots, "officer-is-told")
    visitor.go("/account/ways/app")
    look(visitor, shots, "app")
    found = re.search(r"(?:[A-Z2-7]{4}-){7}[A-Z2-7]{4}", page.inner_text("main"))
    assert found
    page.focus("#one_time_code")
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look(visitor, shots, "app-refused")
    used = code_now(found[0])
    page.fill("#one_time_code", used)
    page.keyboard.press("Enter")
    page.wait_for_selector("main ol code")
    codes = page.locator("main ol code").all_inner_texts()
    look(visitor, shots, "codes")
    for code, taken in (
        (used, False),
        (codes[0], True),
        (codes[0], False),
        (code_now(found[0], steps_ahead=1), True),
    ):
        if page.locator(".wayfinder__button").count():
            sign_out(visitor)
        visitor.sign_in(ADA)
        page.focus("#one_time_code")
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        if taken:
            page.wait_for_url("**/desk/")
        else:
            expect(page.locator(".govuk-error-summary")).to_be_visible()
    visitor.go("/account/ways")
    look(visitor, shots, "officer-ways")
    assert visitor.complaints == []


def test_a_browser_ended_from_another_is_out(visit: Visit, shots: Shots) -> None:
    laptop, phone = visit(language="zh-Hans-CN"), visit(language="zh-Hans-CN", size=PHONE)
    for visitor in (laptop, phone):
        visitor.sign_in("tam.lok@example.com")
    laptop.go("/account/sign-ins")
    look(laptop, shots, "sign-ins")
    laptop.page.locator('main form[action$="/end"] button').click()
    laptop.page.wait_for_load_state()
    assert laptop.page.locator('main form[action$="/end"]').count() == 0
    phone.go("/programmes")
    expect(phone.page).to_have_url(re.compile("/account/sign-in"))
    laptop.go("/mailbox")
    mail = laptop.page.locator("li", has_text="tam.lok@example.com").first
    mail.locator("a").click()
    look(laptop, shots, "mail-new-device")


def test_single_sign_on_from_the_sign_in_page(visit: Visit, shots: Shots) -> None:
    visitor = visit(size=PHONE)
    page = visitor.page
    visitor.go("/account/sign-in")
    press(page, "Sign in with Example ID")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("You turned back at Example ID.")).to_be_visible()
    look(visitor, shots, "sso-turned-back")
    press(page, "Sign in with Example ID")
    page.get_by_label("Address").fill("jun.he@example.com")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/account/sso/new")
    look(visitor, shots, "sso-home")
    page.get_by_label("Hong Kong").check()
    press(page, "Create an account")
    page.wait_for_url("**/me")
    visitor.go("/account/ways")
    look(visitor, shots, "sso-ways")
    sign_out(visitor)
    visitor.go("/account/sign-in")
    press(page, "Sign in with Example ID")
    page.wait_for_url("**/me")
    assert visitor.complaints == []


def test_an_account_that_is_there_is_linked_after_its_own_sign_in(visit: Visit, shots: Shots) -> None:
    visitor, email = visit(), "wu.hai@example.com"
    page = visitor.page
    visitor.go("/account/sign-in")
    press(page, "Sign in with Example ID")
    page.get_by_label("Address").fill(email)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("There is an account with this e-mail address already.")).to_be_visible()
    look(visitor, shots, "sso-known-address")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url("**/account/sso/link")
    look(visitor, shots, "sso-link")
    press(page, "Link them")
    expect(page.get_by_text("Linked.")).to_be_visible()
    sign_out(visitor)
    visitor.go("/account/sign-in")
    press(page, "Sign in with Example ID")
    page.wait_for_url("**/programmes**")
    assert visitor.complaints == []
