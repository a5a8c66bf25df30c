"""A holder's shares: made within limits, ended at once, and watched."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.disclosure import Factor, Purpose, ShareState
from portal.domain.errors import AlreadyDone, Conflict, NotFound, NotPermitted, Refused
from portal.domain.identifiers import is_well_formed
from portal.models.disclosure import Share
from portal.models.people import Person
from portal.models.recognitions import Recognition
from portal.models.records import JournalEntry
from portal.services.factors import make_pin
from portal.services.house import House
from portal.services.sharing import end_share, list_shares, make_share, read_share
from tests.builders.decisions import a_recognition
from tests.builders.programmes import a_day_later
from tests.builders.sharing import PIN, a_look, a_share
from tests.cast import actor_for, seat


@pytest.fixture
def recognition(house: House) -> Recognition:
    return a_recognition(house, person="chen_wei")


def make(house: House, recognition: Recognition, **wishes: object) -> str:
    """Make a share with one thing otherwise."""
    terms: dict[str, object] = {
        "purpose": Purpose.HIRING,
        "recognition_ids": [recognition.id],
        "until": date(2027, 5, 31),
        "factor": Factor.PIN,
        "pin": PIN,
        "shows_bridging": False,
    }
    return make_share(house, actor_for(seat(house, "chen_wei")), **{**terms, **wishes})  # type: ignore[arg-type]


def test_a_share_has_a_code_that_can_be_read_aloud_and_is_journaled(
    house: House, recognition: Recognition
) -> None:
    code = make(house, recognition)
    entry = house.session.scalars(select(JournalEntry).where(JournalEntry.kind == "share.made")).one()
    assert code.startswith("SH-")
    assert is_well_formed(code)
    assert entry.facts == {"share": code, "purpose": "hiring", "until": "2027-05-31"}


def test_neither_pin_nor_date_of_birth_is_kept(house: House, recognition: Recognition) -> None:
    make(house, recognition)
    make(house, recognition, factor=Factor.BIRTH_DATE, pin="")
    shares = house.session.scalars(select(Share)).all()
    assert len(shares) == 2
    for share in shares:
        assert share.factor_digest.startswith("$argon2id$")
        assert PIN not in share.factor_digest
        assert "1992" not in share.factor_digest


@pytest.mark.parametrize(
    ("wish", "code", "field"),
    [
        ({"until": date(2026, 11, 21)}, "share.until_is_past", "until"),
        ({"until": date(2027, 11, 23)}, "share.until_is_too_far", "until"),
        ({"pin": "12345"}, "share.pin_not_six_digits", "pin"),
        ({"pin": "12345a"}, "share.pin_not_six_digits", "pin"),
        ({"pin": "１２３４５６"}, "share.pin_not_six_digits", "pin"),
        ({"pin": "123456"}, "share.pin_too_simple", "pin"),
        ({"pin": "000000"}, "share.pin_too_simple", "pin"),
        ({"recognition_ids": []}, "share.nothing_chosen", "recognitions"),
        ({"recognition_ids": [uuid4()]}, "share.not_your_recognition", "recognitions"),
        ({"purpose": Purpose.OTHER, "purpose_note": " "}, "share.purpose_not_said", "purpose_note"),
    ],
)
def test_a_share_outside_the_limits_is_refused_at_its_field(
    house: House, recognition: Recognition, wish: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        make(house, recognition, **wish)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_a_share_may_last_from_today_to_a_year_from_today(house: House, recognition: Recognition) -> None:
    assert make(house, recognition, until=date(2026, 11, 22))
    assert make(house, recognition, until=date(2027, 11, 22))


def test_a_date_of_birth_nobody_told_us_is_no_factor(house: House, recognition: Recognition) -> None:
    house.session.get_one(Person, recognition.person_id).born_on = None
    house.session.commit()
    with pytest.raises(Refused, match=r"share\.birth_date_unknown"):
        make(house, recognition, factor=Factor.BIRTH_DATE, pin="")


def test_nobody_shares_what_is_somebody_elses(house: House, recognition: Recognition) -> None:
    with pytest.raises(Refused, match=r"share\.not_your_recognition"):
        make_share(
            house,
            actor_for(seat(house, "mei_lam")),
            purpose=Purpose.HIRING,
            recognition_ids=[recognition.id],
            until=date(2027, 1, 1),
            factor=Factor.PIN,
            pin=PIN,
            shows_bridging=False,
        )


def test_a_doubled_form_is_one_share(house: House, recognition: Recognition) -> None:
    first = make(house, recognition, once="the form's key")
    with pytest.raises(AlreadyDone) as replay:
        make(house, recognition, once="the form's key")
    assert replay.value.result == first


def test_pins_made_here_are_six_digits_nobody_guesses_first(house: House) -> None:
    made = {make_pin(house) for _each in range(200)}
    assert all(len(pin) == 6 and pin.isdecimal() and len(set(pin)) > 2 for pin in made)
    assert len(made) > 190


def test_an_ended_share_stays_in_the_list_and_ends_once(house: House) -> None:
    share = a_share(house)
    end_share(house, share.holder, code=share.code)
    (listing,) = list_shares(house, share.holder)
    assert listing.state is ShareState.ENDED
    with pytest.raises(Conflict, match=r"share\.already_ended"):
        end_share(house, share.holder, code=share.code)


def test_a_share_expires_after_its_last_day(house: House, clock: SettableClock) -> None:
    share = a_share(house, until=date(2026, 11, 23))
    a_day_later(clock)
    assert list_shares(house, share.holder)[0].state is ShareState.OPEN
    a_day_later(clock)
    assert list_shares(house, share.holder)[0].state is ShareState.EXPIRED


def test_strangers_find_no_share(house: House) -> None:
    share = a_share(house)
    stranger = actor_for(seat(house, "mei_lam"))
    with pytest.raises(NotFound):
        read_share(house, stranger, share.code)
    with pytest.raises(NotFound):
        end_share(house, stranger, code=share.code)
    with pytest.raises(NotPermitted):
        list_shares(house, actor_for(seat(house, "ada_ko")))


def test_the_holder_sees_who_looked_and_who_tried(house: House) -> None:
    share = a_share(house)
    shown = a_look(house, share.code, looked_as="Kwan, Harbour Works")
    with pytest.raises(Refused):
        a_look(house, share.code, factor="999111", looked_as="Somebody")
    held = read_share(house, share.holder, share.code)
    assert {(each.looked_as, each.shown) for each in held.looks} == {
        ("Somebody", False),
        ("Kwan, Harbour Works", True),
    }
    assert shown.receipt in {each.reference for each in held.looks}
    assert (held.listing.times_shown, held.listing.wrong_tries) == (1, 1)
