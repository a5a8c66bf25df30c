"""What forms leave behind goes in the daily round: what was typed, and that they were sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.adapters.clock import SettableClock
from portal.domain.errors import AlreadyDone
from portal.domain.people import Actor
from portal.domain.retention import FORM_KEPT_FOR, SENT_FORMS_FOR
from portal.domain.sign_ins import LONGEST
from portal.models.records import KeptForm, SentForm
from portal.services.forgetting import forget_what_is_over
from portal.services.house import House
from portal.services.work import one_act

MOMENT = timedelta(seconds=1)


def send_form(house: House, actor: Actor) -> None:
    with one_act(house, actor, once="the key on the page"):
        pass


def test_that_a_form_was_sent_is_remembered_for_its_time_and_no_longer(
    house: House, actor: Callable[[str], Actor], clock: SettableClock
) -> None:
    mei = actor("mei_lam")
    send_form(house, mei)
    clock.advance(SENT_FORMS_FOR)
    assert forget_what_is_over(house).forms == 0
    with pytest.raises(AlreadyDone):
        send_form(house, mei)
    clock.advance(MOMENT)
    assert forget_what_is_over(house).forms == 1
    assert house.session.scalars(select(SentForm)).all() == []


def test_no_page_outlives_the_memory_of_its_form() -> None:
    assert SENT_FORMS_FOR > LONGEST + FORM_KEPT_FOR


def test_what_was_typed_and_not_fetched_goes_after_an_hour(house: House, clock: SettableClock) -> None:
    house.session.add(KeptForm(key="x", account_id=None, path="/check", fields={}, at=clock.now()))
    house.session.commit()
    clock.advance(FORM_KEPT_FOR)
    assert forget_what_is_over(house).forms == 0
    clock.advance(MOMENT)
    assert forget_what_is_over(house).forms == 1
    assert house.session.scalars(select(KeptForm)).all() == []
