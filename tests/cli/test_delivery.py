"""The round of errands: one that fails is told and holds up no other."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import text

from portal.cli.delivery import go_round
from portal.services.house import House
from portal.services.outbox import post_words
from tests.services.test_outbox import Postman


def post_one(house: House) -> None:
    post_words(house, "granted", recipient="mei.lam@example.com", language="en", subject="S", body="B")
    house.session.commit()


def test_a_round_sends_what_is_due_and_names_nothing_that_failed(house: House) -> None:
    post_one(house)
    assert go_round(house, Postman()) == (1, [])


def test_an_errand_that_fails_is_logged_and_the_e_mails_still_leave(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    post_one(house)
    # A table that is gone fails the errand that reads it, as a half-made restore would.
    house.session.execute(text("ALTER TABLE referee_requests RENAME TO lost"))
    house.session.commit()
    postman = Postman()
    with caplog.at_level(logging.ERROR, logger="portal"):
        assert go_round(house, postman) == (1, ["remind referees"])
    assert [record.getMessage() for record in caplog.records] == ["An errand failed: remind referees"]
    assert [recipient for recipient, _key in postman.taken] == ["mei.lam@example.com"]
