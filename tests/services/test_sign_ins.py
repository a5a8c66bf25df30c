"""Sign-ins: recorded, told of when new, listed in plain words, and over at once when ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.errors import NotFound
from portal.domain.people import Actor
from portal.domain.sign_ins import Device, WayIn, device_of
from portal.models.accounts import Account
from portal.models.records import JournalEntry, OutboxMessage
from portal.models.sign_ins import SignIn
from portal.services.house import House
from portal.services.sign_ins import (
    begin_sign_in,
    end_other_sign_ins,
    end_sign_in,
    find_signed_in,
    list_sign_ins,
    note_seen,
    prove_again,
)

LAPTOP, PHONE = Device("firefox", "windows", "laptop"), Device("safari", "iphone", "phone")


def begin(house: House, account: Account, device: Device = LAPTOP) -> UUID:
    key = begin_sign_in(house, account, way=WayIn.PASSWORD, is_strong=False, device=device)
    house.session.commit()
    return key


def kinds(house: House) -> list[str]:
    return list(house.session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


def test_a_new_browser_is_told_of_by_e_mail_without_personal_data(
    house: House, account: Callable[[str], Account], clock: SettableClock
) -> None:
    mei = account("mei_lam")
    begin(house, mei)
    assert kinds(house) == []  # the first there ever was is not news
    begin(house, mei)
    assert kinds(house) == []
    begin(house, mei, PHONE)
    assert kinds(house) == ["account/new_device"]
    mail = house.session.scalars(select(OutboxMessage)).one()
    assert mail.recipient == mei.email
    for word in (mei.email, "Mei", "Safari", "iPhone", "2026"):
        assert word not in mail.subject + mail.body
    clock.advance(timedelta(days=400))
    begin(house, mei)
    assert len(kinds(house)) == 1  # all earlier ones are forgotten, as on the first day


@pytest.mark.parametrize("language", ["en", "zh_Hant_HK", "zh_Hans_CN"])
@pytest.mark.parametrize("kind", ["new_device", "ways_changed", "recovery_code_used"])
def test_every_notice_speaks_every_language(house: House, kind: str, language: str) -> None:
    letter = house.stationery.write_email(f"account/{kind}", language, {"base_url": house.base_url})
    assert house.base_url in letter.body
    assert ("Twin City Bridge" in letter.body) is (language == "en")


def test_an_ended_sign_in_opens_nothing(
    house: House, account: Callable[[str], Account], actor: Callable[[str], Actor]
) -> None:
    mei = account("mei_lam")
    key = begin(house, mei)
    found = find_signed_in(house, uniquifier=mei.fs_uniquifier, sign_in_id=key)
    assert found is not None
    assert found[0] is mei
    assert find_signed_in(house, uniquifier="another", sign_in_id=key) is None
    end_sign_in(house, actor("mei_lam"), key)
    end_sign_in(house, actor("mei_lam"), key)  # twice is once
    assert find_signed_in(house, uniquifier=mei.fs_uniquifier, sign_in_id=key) is None
    assert house.session.scalars(select(JournalEntry.kind)).all().count("account.sign_in_ended") == 1


def test_a_closed_account_opens_nothing(house: House, account: Callable[[str], Account]) -> None:
    mei = account("mei_lam")
    key = begin(house, mei)
    mei.active = False
    house.session.commit()
    assert find_signed_in(house, uniquifier=mei.fs_uniquifier, sign_in_id=key) is None


def test_nobody_ends_the_sign_in_of_somebody_else(
    house: House, account: Callable[[str], Account], actor: Callable[[str], Actor]
) -> None:
    key = begin(house, account("mei_lam"))
    with pytest.raises(NotFound):
        end_sign_in(house, actor("chen_wei"), key)
    assert end_other_sign_ins(house, actor("chen_wei"), UUID(int=7)) == 0
    assert house.session.get_one(SignIn, key).ended_at is None


def test_the_list_marks_this_one_and_drops_what_is_over(
    house: House, account: Callable[[str], Account], actor: Callable[[str], Actor], clock: SettableClock
) -> None:
    mei = account("mei_lam")
    forgotten = begin(house, mei)
    clock.advance(timedelta(minutes=41))
    phone, this = begin(house, mei, PHONE), begin(house, mei)
    listed = list_sign_ins(house, actor("mei_lam"), this)
    assert [(one.id, one.is_this, one.is_alive) for one in listed] == [
        (this, True, True),
        (phone, False, True),
        (forgotten, False, False),
    ]
    assert end_other_sign_ins(house, actor("mei_lam"), this) == 1
    assert [one.id for one in list_sign_ins(house, actor("mei_lam"), this) if one.is_alive] == [this]


def test_use_is_written_down_once_in_ten_minutes(
    house: House, account: Callable[[str], Account], clock: SettableClock
) -> None:
    mei = account("mei_lam")
    key = begin(house, mei)
    begun = clock.now()

    def use() -> None:
        found = find_signed_in(house, uniquifier=mei.fs_uniquifier, sign_in_id=key)
        assert found is not None
        note_seen(house, found[1])

    clock.advance(timedelta(minutes=9))
    use()
    assert house.session.get_one(SignIn, key).seen_at == begun
    clock.advance(timedelta(minutes=1))
    use()
    assert house.session.get_one(SignIn, key).seen_at == clock.now()


def test_a_new_proof_counts_from_now(
    house: House, account: Callable[[str], Account], actor: Callable[[str], Actor], clock: SettableClock
) -> None:
    key = begin(house, account("mei_lam"))
    clock.advance(timedelta(hours=1))
    prove_again(house, actor("mei_lam"), key)
    assert house.session.get_one(SignIn, key).proven_at == clock.now()


@pytest.mark.parametrize(
    ("said", "browser", "system"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "firefox", "linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1", "safari", "iphone"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "chrome", "android"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0.50", "wechat", "android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15", "safari", "mac"),
        ("", "", ""),
        ("<script>alert(1)</script>", "", ""),
    ],
)  # fmt: skip
def test_a_browser_is_known_by_what_it_says(said: str, browser: str, system: str) -> None:
    assert device_of(said) == Device(browser, system)
