"""The operator lets staff in again who have lost every way, and nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.adapters.clock import SettableClock
from portal.cli.main import portal
from portal.models.records import JournalEntry, OutboxMessage
from portal.models.sign_ins import AuthenticatorApp, RecoveryCode
from portal.services.house import House
from tests.cast import CAST
from tests.web.account.steps import enter, set_up_app


def remove(app: Flask, member: str, *options: str) -> Result:
    email = CAST[member].email
    runner = app.test_cli_runner()
    return runner.invoke(portal, ["staff", "remove-second-steps", "--email", email, *options])


def test_an_officer_is_let_in_again_and_told(
    app: Flask,
    sign_in: Callable[[str], FlaskClient],
    client: FlaskClient,
    house: House,
    clock: SettableClock,
) -> None:
    ada = sign_in("ada_ko")
    set_up_app(ada, clock)
    assert enter(client, "ada_ko").location == "/account/second-step"
    house.session.rollback()
    assert remove(app, "ada_ko", "--yes").exit_code == 0
    for table in (AuthenticatorApp, RecoveryCode):
        assert house.session.scalar(select(func.count()).select_from(table)) == 0
    entry = house.session.scalars(
        select(JournalEntry).where(JournalEntry.kind == "account.second_steps_removed")
    ).one()
    assert entry.facts == {"by": "operator"}
    assert "account/second_steps_removed" in house.session.scalars(select(OutboxMessage.kind)).all()
    assert ada.get("/account/settings").location.startswith("/account/sign-in"), "signed out everywhere"
    assert enter(client, "ada_ko").location == "/account"


@pytest.mark.parametrize(
    ("member", "complaint"),
    [("mei_lam", "can come back by itself"), ("ada_ko", "no second step"), ("bo_yip", "no account")],
)
def test_everything_else_is_refused_with_its_reason(
    app: Flask, account: Callable[[str], object], member: str, complaint: str
) -> None:
    account("mei_lam")
    account("ada_ko")
    answer = remove(app, member, "--yes")
    assert answer.exit_code == 1
    assert complaint in answer.output


def test_nothing_happens_without_a_yes(app: Flask, account: Callable[[str], object]) -> None:
    account("ada_ko")
    assert remove(app, "ada_ko").exit_code == 1
