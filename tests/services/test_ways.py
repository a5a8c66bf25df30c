"""Ways to sign in: made, recognised, refused when they are not right, and never the last one removed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from passlib.totp import TOTP
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.errors import AlreadyDone, NotFound, Refused
from portal.domain.people import Actor
from portal.domain.places import Jurisdiction
from portal.domain.ports import OutsidePerson
from portal.domain.sign_ins import Device, WayIn
from portal.models.accounts import Account
from portal.models.records import OutboxMessage
from portal.models.sign_ins import AuthenticatorApp, Passkey, RecoveryCode, SignIn
from portal.services.house import House
from portal.services.outside_identities import account_of, link, open_account, unlink
from portal.services.passkeys import (
    Challenge,
    add_passkey,
    ask_for_new_passkey,
    ask_for_passkey,
    recognise,
    remove_passkey,
)
from portal.services.second_steps import (
    make_recovery_codes,
    new_app_secret,
    take_code,
    turn_off_app,
    turn_on_app,
)
from portal.services.sign_ins import begin_sign_in
from portal.services.ways import has_second_step, read_ways
from tests.builders.passkeys import HeldPasskey


class Owner:
    """Mei Lam at her account pages: the account, the actor, and a sign-in."""

    def __init__(self, house: House, account: Account, actor: Actor) -> None:
        self.house, self.account, self.actor = house, account, actor
        self.sign_in = begin_sign_in(house, account, way=WayIn.PASSWORD, is_strong=False, device=Device())
        house.session.commit()

    def add(
        self,
        key: HeldPasskey,
        *,
        name: str = "Laptop",
        once: str | None = None,
        challenge: Challenge | None = None,
    ) -> None:
        asked = challenge or ask_for_new_passkey(self.house, self.account)
        add_passkey(
            self.house, self.actor, self.account,
            name=name, credential=key.make(asked.options), secret=asked.secret, sign_in_id=self.sign_in, once=once,
        )  # fmt: skip

    def show(self, key: HeldPasskey, account_id: UUID | None = None) -> Account:
        asked = ask_for_passkey(self.house, account_id)
        return recognise(self.house, key.sign(asked.options), asked.secret, account_id=account_id)

    def turn_on_app(self, clock: SettableClock) -> str:
        secret = new_app_secret(self.house, self.account)
        turn_on_app(
            self.house, self.actor, self.account,
            sealed=secret.sealed, code=code_of(secret.spelt, clock), sign_in_id=self.sign_in, once=None,
        )  # fmt: skip
        return secret.spelt


def code_of(spelt: str, clock: SettableClock) -> str:
    """The code an app shows now, computed by itself from the key a person types."""
    return str(TOTP(key=spelt.replace("-", ""), format="base32").generate(time=clock.now()).token)


@pytest.fixture
def mei(house: House, account: Callable[[str], Account], actor: Callable[[str], Actor]) -> Owner:
    return Owner(house, account("mei_lam"), actor("mei_lam"))


@pytest.fixture
def wei(house: House, account: Callable[[str], Account], actor: Callable[[str], Actor]) -> Owner:
    return Owner(house, account("chen_wei"), actor("chen_wei"))


def test_a_passkey_is_made_and_opens_the_account_by_itself(house: House, mei: Owner) -> None:
    key = HeldPasskey()
    assert not has_second_step(house, mei.account.id)
    mei.add(key)
    assert has_second_step(house, mei.account.id)
    assert house.session.get_one(SignIn, mei.sign_in).is_strong
    assert mei.show(key) is mei.account
    assert mei.show(key, mei.account.id) is mei.account
    held = house.session.scalars(select(Passkey)).one()
    assert (held.sign_count, held.used_at) == (2, house.clock.now())
    assert house.session.scalars(select(OutboxMessage.kind)).all() == ["account/ways_changed"]


def test_a_laptop_s_own_key_is_asked_for_as_much_as_a_stick(house: House, mei: Owner) -> None:
    selection = ask_for_new_passkey(house, mei.account).options["authenticatorSelection"]
    assert selection["userVerification"] == "required"
    assert selection["residentKey"] == "required"
    assert not selection.get("authenticatorAttachment")


def test_a_key_held_already_is_named_so_as_not_to_be_made_twice(house: House, mei: Owner) -> None:
    key = HeldPasskey()
    mei.add(key)
    excluded = ask_for_new_passkey(house, mei.account).options["excludeCredentials"]
    assert len(excluded) == 1


@pytest.mark.parametrize(
    "key",
    [HeldPasskey("https://bridge.evil.example"), HeldPasskey(verifies=False)],
    ids=["made elsewhere", "asked nobody"],
)
def test_a_key_made_wrongly_is_refused(house: House, mei: Owner, key: HeldPasskey) -> None:
    with pytest.raises(Refused, match=r"passkey\.not_made"):
        mei.add(key)
    assert house.session.scalars(select(Passkey)).all() == []


def test_an_answer_to_another_challenge_is_refused(house: House, mei: Owner) -> None:
    key, asked = HeldPasskey(), ask_for_new_passkey(house, mei.account)
    with pytest.raises(Refused, match=r"passkey\.not_made"):
        mei.add(key, challenge=replace(asked, secret=b"another"))
    mei.add(key)
    asked = ask_for_passkey(house, None)
    with pytest.raises(Refused, match=r"passkey\.not_recognised"):
        recognise(house, key.sign(asked.options), b"another")


@pytest.mark.parametrize(
    "answer", ["", "{}", "null", '{"id": "!"}', '{"id": 7}', "[]", '{"id": "AAAA", "response": {}}']
)
def test_nonsense_is_refused_and_is_no_fault(house: House, mei: Owner, answer: str) -> None:
    with pytest.raises(Refused):
        recognise(house, answer, b"x")
    with pytest.raises(Refused):
        add_passkey(
            house,
            mei.actor,
            mei.account,
            name="n",
            credential=answer,
            secret=b"x",
            sign_in_id=mei.sign_in,
            once=None,
        )


def test_a_key_that_was_copied_is_noticed_by_its_count(house: House, mei: Owner) -> None:
    key = HeldPasskey()
    mei.add(key)
    mei.show(key)
    mei.show(key)
    key.count = 0
    with pytest.raises(Refused, match=r"passkey\.not_recognised"):
        mei.show(key)


def test_one_key_opens_one_account(house: House, mei: Owner, wei: Owner) -> None:
    key = HeldPasskey()
    mei.add(key)
    with pytest.raises(Refused, match=r"passkey\.not_made"):
        wei.add(key)
    with pytest.raises(Refused, match=r"passkey\.not_recognised"):
        wei.show(key, wei.account.id)


def test_a_closed_account_is_not_opened_by_its_key(house: House, mei: Owner) -> None:
    key = HeldPasskey()
    mei.add(key)
    mei.account.active = False
    house.session.commit()
    with pytest.raises(Refused, match=r"passkey\.not_recognised"):
        mei.show(key)


def test_a_key_without_a_name_and_one_too_many_are_refused(house: House, mei: Owner) -> None:
    with pytest.raises(Refused, match=r"passkey\.name_missing"):
        mei.add(HeldPasskey(), name="   ")
    for number in range(20):
        mei.add(HeldPasskey(), name=f"Key {number}")
    with pytest.raises(Refused, match=r"passkey\.too_many"):
        mei.add(HeldPasskey())


def test_a_double_click_makes_one_key(house: House, mei: Owner) -> None:
    mei.add(HeldPasskey(), once="same")
    with pytest.raises(AlreadyDone):
        mei.add(HeldPasskey(), once="same")
    assert len(house.session.scalars(select(Passkey)).all()) == 1


def test_nobody_removes_the_key_of_somebody_else(house: House, mei: Owner, wei: Owner) -> None:
    mei.add(HeldPasskey())
    (held,) = read_ways(house, mei.account).passkeys
    with pytest.raises(NotFound):
        remove_passkey(house, wei.actor, wei.account, held.id, once=None)


def test_the_last_way_in_cannot_be_removed(house: House, mei: Owner) -> None:
    first, second = HeldPasskey(), HeldPasskey()
    mei.add(first)
    mei.add(second)
    mei.account.password = None
    house.session.commit()
    one, other = read_ways(house, mei.account).passkeys
    remove_passkey(house, mei.actor, mei.account, one.id, once=None)
    with pytest.raises(Refused, match=r"way\.last_one"):
        remove_passkey(house, mei.actor, mei.account, other.id, once=None)
    opened = []
    for held in (first, second):
        with suppress(Refused):
            opened.append(mei.show(held))
    assert opened == [mei.account]


def test_a_code_of_the_app_is_taken_once_and_only_while_it_is_shown(
    house: House, mei: Owner, clock: SettableClock
) -> None:
    spelt = mei.turn_on_app(clock)
    assert has_second_step(house, mei.account.id)
    assert not take_code(house, mei.account, code_of(spelt, clock)), "the code of the set-up was used"
    clock.advance(timedelta(seconds=30))
    code = code_of(spelt, clock)
    assert not take_code(house, mei.account, f"{(int(code) + 1) % 10**6:06}")
    assert take_code(house, mei.account, f" {code[:3]} {code[3:]} ")
    assert not take_code(house, mei.account, code), "replayed"
    clock.advance(timedelta(seconds=30))
    late = code_of(spelt, clock)
    clock.advance(timedelta(seconds=90))
    assert not take_code(house, mei.account, late)


def test_an_older_code_is_not_taken_after_a_newer_one(house: House, mei: Owner, clock: SettableClock) -> None:
    spelt = mei.turn_on_app(clock)
    clock.advance(timedelta(minutes=5))
    older = code_of(spelt, clock)
    clock.advance(timedelta(seconds=30))
    assert take_code(house, mei.account, code_of(spelt, clock))
    assert not take_code(house, mei.account, older)


def test_a_wrong_first_code_sets_up_nothing(house: House, mei: Owner) -> None:
    secret = new_app_secret(house, mei.account)
    with pytest.raises(Refused, match=r"code\.wrong"):
        turn_on_app(
            house,
            mei.actor,
            mei.account,
            sealed=secret.sealed,
            code="000000",
            sign_in_id=mei.sign_in,
            once=None,
        )
    assert not has_second_step(house, mei.account.id)


def test_the_secret_is_kept_sealed(house: House, mei: Owner, clock: SettableClock) -> None:
    spelt = mei.turn_on_app(clock)
    kept = house.session.get_one(AuthenticatorApp, mei.account.id).secret
    assert spelt.replace("-", "") not in kept
    assert new_app_secret(house, mei.account).address.startswith("otpauth://totp/Twin%20City%20Bridge:")


def test_a_recovery_code_works_once_and_is_told_of(house: House, mei: Owner, clock: SettableClock) -> None:
    mei.turn_on_app(clock)
    codes = make_recovery_codes(house, mei.actor, mei.account, once=None)
    assert len(set(codes)) == 10
    kept = house.session.scalars(select(RecoveryCode.digest)).all()
    assert not set(codes) & set(kept)
    assert take_code(house, mei.account, codes[3].upper().replace("-", " "))
    assert not take_code(house, mei.account, codes[3])
    house.session.commit()
    assert read_ways(house, mei.account).codes_left == 9
    assert "account/recovery_code_used" in house.session.scalars(select(OutboxMessage.kind)).all()


def test_new_recovery_codes_take_the_place_of_the_old(house: House, mei: Owner, clock: SettableClock) -> None:
    mei.turn_on_app(clock)
    old = make_recovery_codes(house, mei.actor, mei.account, once=None)
    make_recovery_codes(house, mei.actor, mei.account, once=None)
    assert not take_code(house, mei.account, old[0])


def test_codes_that_would_stand_in_for_nothing_are_not_made(house: House, mei: Owner) -> None:
    with pytest.raises(NotFound):
        make_recovery_codes(house, mei.actor, mei.account, once=None)


def test_one_account_s_codes_open_no_other(
    house: House, mei: Owner, wei: Owner, clock: SettableClock
) -> None:
    spelt = mei.turn_on_app(clock)
    codes = make_recovery_codes(house, mei.actor, mei.account, once=None)
    clock.advance(timedelta(seconds=30))
    assert not take_code(house, wei.account, codes[0])
    assert not take_code(house, wei.account, code_of(spelt, clock))


def test_without_a_second_step_the_recovery_codes_go_too(
    house: House, mei: Owner, clock: SettableClock
) -> None:
    mei.turn_on_app(clock)
    make_recovery_codes(house, mei.actor, mei.account, once=None)
    turn_off_app(house, mei.actor, mei.account, once=None)
    assert not has_second_step(house, mei.account.id)
    assert read_ways(house, mei.account).codes_left == 0
    with pytest.raises(NotFound):
        turn_off_app(house, mei.actor, mei.account, once=None)


PERSON = OutsidePerson("https://id.example", "subject-1", "new.person@example.com", True)


def test_somebody_new_gets_an_account_without_a_password(house: House) -> None:
    account = open_account(house, PERSON, home=Jurisdiction.SHENZHEN, language="en", once=None)
    assert account.password is None
    assert account.confirmed_at == house.clock.now()
    assert account_of(house, PERSON) is account
    assert account_of(house, replace(PERSON, issuer="https://other.example")) is None


def test_an_address_the_provider_did_not_verify_opens_nothing(house: House) -> None:
    for person in (replace(PERSON, email_verified=False), replace(PERSON, email="")):
        with pytest.raises(Refused, match=r"sign_on\.address_not_verified"):
            open_account(house, person, home=Jurisdiction.SHENZHEN, language="en", once=None)


def test_an_identity_is_linked_to_one_account(house: House, mei: Owner, wei: Owner) -> None:
    link(house, mei.actor, mei.account, PERSON, once=None)
    link(house, mei.actor, mei.account, PERSON, once=None)
    assert account_of(house, PERSON) is mei.account
    with pytest.raises(Refused, match=r"sign_on\.linked_elsewhere"):
        link(house, wei.actor, wei.account, PERSON, once=None)
    (held,) = read_ways(house, mei.account).outside
    with pytest.raises(NotFound):
        unlink(house, wei.actor, wei.account, held.id, once=None)
    unlink(house, mei.actor, mei.account, held.id, once=None)
    assert account_of(house, PERSON) is None


def test_the_only_provider_is_the_last_way_in(house: House, mei: Owner) -> None:
    account = open_account(house, PERSON, home=Jurisdiction.HONG_KONG, language="en", once=None)
    actor = Actor(account_id=account.id, person_id=account.person_id)
    (held,) = read_ways(house, account).outside
    with pytest.raises(Refused, match=r"way\.last_one"):
        unlink(house, actor, account, held.id, once=None)
